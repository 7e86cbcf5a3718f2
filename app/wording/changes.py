"""How far one total is from another, in words: what changed, never why or whether it is good."""

from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_
from app.language import Words

_ON = (
    N_("The same as on {date}."),
    N_("{number} higher than on {date}."),
    N_("{number} lower than on {date}."),
)
_IN = (
    N_("The same as in {date}."),
    N_("{number} higher than in {date}."),
    N_("{number} lower than in {date}."),
)
_WAS = (N_("was {value} on {date}"), N_("was {value} in {date}"))
_BRIEF = (N_("same as before"), N_("{number} higher"), N_("{number} lower"))


def change_words(change: Decimal, before: PartialDate, words: Words) -> str:
    """Return a change as a sentence: “1 lower than on 3 Dec 2025.”."""
    text = _of(_ON if before.is_full else _IN, change)
    return words(text, number=words.number(abs(change)), date=words.short_date(before))


def brief_change(change: Decimal, words: Words) -> str:
    """Return a change to the total before as a line of a list has room for it: “1 lower”."""
    return words(_of(_BRIEF, change), number=words.number(abs(change)))


def was_words(value: str, date: PartialDate, words: Words) -> str:
    """Return what a number was before, and when: “was 0 on 22 Jul 2026”."""
    text = _WAS[0] if date.is_full else _WAS[1]
    return words(text, value=value, date=words.short_date(date))


def _of(texts: tuple[str, str, str], change: Decimal) -> str:
    return texts[(change > 0) - (change < 0)]
