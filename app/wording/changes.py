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
_AT = (
    N_("The same as on {date}, {time}."),
    N_("{number} higher than on {date}, {time}."),
    N_("{number} lower than on {date}, {time}."),
)
_DATED = (N_("{value} on {date}"), N_("{value} in {date}"))
_WAS = (N_("was {value} on {date}"), N_("was {value} in {date}"))
_BRIEF = (N_("same as before"), N_("{number} higher"), N_("{number} lower"))


def change_words(
    change: Decimal,
    before: PartialDate,
    words: Words,
    *,
    now: PartialDate | None = None,
    time: str = "",
) -> str:
    """Return a change as a sentence: “1 lower than on 3 Dec 2025.”.

    Where ``now``, the date of the later total, is the same day, ``time``, that of the one before,
    tells the two apart: “1 lower than on 3 Dec 2025, 09:00.”.
    """
    texts = _ON if before.is_full else _IN
    if now == before:
        texts = _AT
    return words(
        _of(texts, change),
        number=words.number(abs(change)),
        date=words.short_date(before),
        time=time,
    )


def unordered_words(total: str, date: PartialDate, words: Words) -> str:
    """Return a total of which nobody knows whether it came before the one that is told."""
    text = N_("Also {total}, {date}: which came first is not known.")
    return words(text, total=total, date=words.short_date(date))


def dated_words(value: str, date: PartialDate, words: Words) -> str:
    """Return a number with its date: “0 on 22 Jul 2026”, “0 in Jul 2026”."""
    return words(
        _DATED[0] if date.is_full else _DATED[1], value=value, date=words.short_date(date)
    )


def brief_change(change: Decimal, words: Words) -> str:
    """Return a change to the total before as a line of a list has room for it: “1 lower”."""
    return words(_of(_BRIEF, change), number=words.number(abs(change)))


def was_words(value: str, date: PartialDate, words: Words) -> str:
    """Return what a number was before, and when: “was 0 on 22 Jul 2026”."""
    text = _WAS[0] if date.is_full else _WAS[1]
    return words(text, value=value, date=words.short_date(date))


def _of(texts: tuple[str, str, str], change: Decimal) -> str:
    return texts[(change > 0) - (change < 0)]
