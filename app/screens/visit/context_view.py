"""The context of a visit: its day, choices, plain measures, the note. Free of Qt."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from app.dates import PartialDate
from app.language import Words
from app.records.lists import code_list
from app.records.model import Measure, Visit, VisitContext
from app.screens.offers import offers
from widgets.values import Choice

COUNTED = ("sleep_hours", "night_wakings", "rages_per_day")
"""The measures that a parent can count; never part of a sum."""


class MeasureField(Struct, frozen=True):
    """A measure that can be typed, with its text as stored."""

    kind: str
    title: str
    text: str


class ContextView(Struct, frozen=True):
    """The context as stored, the choices of each question, and the measures."""

    date: PartialDate
    time: str
    context: VisitContext
    slept: tuple[Choice, ...]
    ill: tuple[Choice, ...]
    missed_dose: tuple[Choice, ...]
    cooperation: tuple[Choice, ...]
    measures: tuple[MeasureField, ...]


class Typed(Struct, frozen=True):
    """A measure or a total as somebody typed it; ``id`` says of what.

    It is finished once its field was left, so that it may be asked about.
    """

    id: str
    text: str
    is_finished: bool = True


class When(Struct, frozen=True):
    """The day and the time of a visit as somebody wrote them, finished once the field was left."""

    date: PartialDate
    time: str
    is_finished: bool = True


class Unsaved(Struct, frozen=True):
    """What is typed around a visit and not stored; nothing of it, or what it is, where it is."""

    note: str | None = None
    measures: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, str] | None = None

    def __bool__(self) -> bool:
        """Whether anything is not stored."""
        return self.note is not None or bool(self.measures) or self.when is not None


def context_view(visit: Visit, measures: Sequence[Measure], words: Words) -> ContextView:
    """Return what is recorded around a visit."""
    context = visit.facts.context
    taken = {one.facts.kind: words.number(one.facts.value) for one in measures}
    return ContextView(
        date=visit.facts.date,
        time=visit.facts.time,
        context=context,
        slept=offers("slept", words, context.slept),
        ill=offers("ill", words, context.ill),
        missed_dose=offers("missed_dose", words, context.missed_dose),
        cooperation=offers("cooperation", words, context.cooperation),
        measures=tuple(_measure(kind, taken.get(kind, ""), words) for kind in COUNTED),
    )


def _measure(kind: str, text: str, words: Words) -> MeasureField:
    return MeasureField(kind, words(code_list("measure_kinds").get(kind).title), text)


def typed_number(text: str, words: Words) -> Decimal | None:
    """Read a number as the window's language writes it; an empty text is none.

    Raises:
        UserError: It is not a number, or could be two.

    """
    return words.read_number(text) if text.strip() else None
