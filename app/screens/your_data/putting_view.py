"""What putting a copy back would take away and bring, in words, before anybody is asked."""

from collections.abc import Iterator

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words
from app.records.copies.comparison import Comparison, Lack
from app.wording.copies import cut_words

_MOST = 40
"""How many lines stand there on each side; how many more there are is said."""


class LackLine(Struct, frozen=True):
    """One patient on one day, and what was written."""

    who: str
    day: str
    what: str


class LackView(Struct, frozen=True):
    """One side of the comparison: its heading, its lines, and what else there is."""

    title: str
    lines: tuple[LackLine, ...]
    rest: str = ""


class PuttingView(Struct, frozen=True):
    """A copy before it is put back. ``asked`` says why a passphrase is needed; empty if none is.

    ``sides`` are there once both were read; ``can_go_on`` once the deed can be done.
    """

    title: str
    text: str
    sides: tuple[LackView, ...] = ()
    asked: str = ""
    is_reading: bool = False
    can_go_on: bool = False


def reading_view(when: str, words: Words) -> PuttingView:
    """Say that the copy is being held against the records."""
    text = words(N_("Reading this copy and the records, to say what would change…"))
    return PuttingView(_title(when, words), text, is_reading=True)


def secret_view(when: str, why: str, words: Words) -> PuttingView:
    """Ask for what opened the copy on its day, and say why."""
    return PuttingView(_title(when, words), "", asked=why)


def problem_view(when: str, problem: str, words: Words) -> PuttingView:
    """Say why this copy cannot be put back."""
    return PuttingView(_title(when, words), problem)


def putting_view(when: str, found: Comparison, words: Words) -> PuttingView:
    """Tell what would be gone, and what would come."""
    return PuttingView(
        title=_title(when, words),
        text=compared_text(found, words),
        sides=sides(found, words),
        can_go_on=True,
    )


def compared_text(found: Comparison, words: Words) -> str:
    """Say in whole sentences how a copy and the records differ."""
    cut = "" if found.cut is None else cut_words(found.cut, words)
    return words.sentences((cut, *(words(one) for one in _sentences(found))))


def sides(found: Comparison, words: Words) -> tuple[LackView, ...]:
    """Return both sides of a comparison, as far as there is something on them."""
    gone = words(N_("In the records, and not in this copy"))
    new = words(N_("In this copy, and not in the records"))
    both = (
        _side(gone, found.missing, found.unit_missing, words),
        _side(new, found.extra, found.unit_extra, words),
    )
    return tuple(side for side in both if side.lines or side.rest)


def what_words(lack: Lack, words: Words) -> str:
    """Return what was written about a patient on a day: how many visits, treatments and so on."""
    counts = (
        (NN_("{count} visit", "{count} visits"), lack.visits),
        (NN_("{count} change of treatments", "{count} changes of treatments"), lack.treatments),
        (NN_("{count} event", "{count} events"), lack.events),
        (NN_("{count} other entry", "{count} other entries"), lack.others),
    )
    return words.several(words.plural(forms, count) for forms, count in counts if count)


def _title(when: str, words: Words) -> str:
    return words(N_("Put back the copy: {when}"), when=when)


def _sentences(found: Comparison) -> Iterator[str]:
    if not found.is_related:
        yield N_("This copy is of other records: it has nothing in common with these.")
    if not found.is_whole:
        yield N_("Not all of the records could be read, so more may be missing than is told here.")
    if found.is_alike:
        yield N_("This copy holds all that the records hold, and nothing else.")
    elif not found.missing and not found.unit_missing:
        yield N_("This copy holds all that the records hold, and more.")
    else:
        yield N_("What was written after this copy would not be in the records any more.")
    yield N_("The records as they are now are set aside whole, and nothing of them is deleted.")


def _side(title: str, lacks: tuple[Lack, ...], about_nobody: int, words: Words) -> LackView:
    lines = tuple(_line(lack, words) for lack in lacks[:_MOST])
    rest = []
    if len(lacks) > _MOST:
        forms = NN_("and {count} more line of this kind", "and {count} more lines of this kind")
        rest.append(words.plural(forms, len(lacks) - _MOST))
    if about_nobody:
        forms = NN_(
            "{count} entry about people and settings", "{count} entries about people and settings"
        )
        rest.append(words.plural(forms, about_nobody))
    return LackView(title, lines, words.several(rest) if rest else "")


def _line(lack: Lack, words: Words) -> LackLine:
    who = words(N_("A patient whose name is not known any more"))
    if lack.identifier:
        who = words(N_("{name}, ID {identifier}"), name=lack.name, identifier=lack.identifier)
    day = words(N_("written on {day}"), day=words.short_date(lack.day))
    return LackLine(who, day, what_words(lack, words))
