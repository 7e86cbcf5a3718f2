"""What was going on around a visit: choices, plain measures, the note. Free of Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.codes import MEASURE_KINDS, title_of
from app.records.model import Measure, Visit, VisitContext
from scales.answers import read_number
from widgets.values import Choice

SLEPT = (N_("as usual"), N_("less than usual"), N_("hardly"))
ILL = (N_("neither"), N_("fever"), N_("infection"), N_("both"))
MISSED = (N_("none"), N_("yes, missed"), N_("not known"))
COOPERATION = (N_("good"), N_("fair"), N_("poor"))
COUNTED = ("sleep_hours", "night_wakings", "rages_per_day")
"""The measures that a parent can count; never part of a sum."""


@dataclass(frozen=True, slots=True)
class MeasureField:
    """A measure that can be typed, and what is typed."""

    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ContextView:
    """The context as stored, the choices of each question, and the measures."""

    date: PartialDate
    time: str
    context: VisitContext
    slept: tuple[Choice, ...]
    ill: tuple[Choice, ...]
    missed_dose: tuple[Choice, ...]
    cooperation: tuple[Choice, ...]
    measures: tuple[MeasureField, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """A measure or a total as somebody typed it; ``id`` says of what."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class When:
    """The day and the time of a visit as somebody wrote them."""

    date: PartialDate
    time: str


def context_view(visit: Visit, measures: Sequence[Measure], words: Words) -> ContextView:
    """Return what is recorded around a visit."""
    context = visit.facts.context
    taken = {one.facts.kind: words.number(one.facts.value) for one in measures}
    return ContextView(
        date=visit.facts.date,
        time=visit.facts.time,
        context=context,
        slept=_choices(SLEPT, context.slept, words),
        ill=_choices(ILL, context.ill, words),
        missed_dose=_choices(MISSED, context.missed_dose, words),
        cooperation=_choices(COOPERATION, context.cooperation, words),
        measures=tuple(
            MeasureField(kind, words(title_of(MEASURE_KINDS, kind)), taken.get(kind, ""))
            for kind in COUNTED
        ),
    )


def _choices(offered: tuple[str, ...], stored: str, words: Words) -> tuple[Choice, ...]:
    """Offer the usual words, and whatever else is stored already."""
    all_words = dict.fromkeys((*offered, stored) if stored else offered)
    return tuple(Choice(text, words(text)) for text in all_words)


def typed_number(text: str) -> Decimal | None:
    """Read a number with a point or a comma; an empty text is none.

    Raises:
        UserError: It is not a number.

    """
    if not text.strip():
        return None
    number = read_number(text.strip().replace(",", "."))
    if number is None:
        raise UserError(N_("“{text}” is not a number. Write for example 7 or 7.5."), text=text)
    return number
