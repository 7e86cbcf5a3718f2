"""What a chart shows, as one frozen value. Screen and page draw this same object.

``x`` is a day on the axis (days since 1970-01-01, since a start, or since birth) and may have a
fraction for the time of day; ``y`` is an exact total. Colours are roles of ``app.palette``.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.records import declaration

RELAPSE = declaration.RELAPSE
"""The kind of event that is drawn through every panel, over all its days."""


class AxisKind(StrEnum):
    """What the time axis counts."""

    DATE = "date"
    SINCE = "since"
    AGE = "age"


class MarkShape(StrEnum):
    """A point's shape; each rater has one."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    STAR = "star"


Days = tuple[float, float]
"""The days between which something lies whose own day is not known: a month, or a year."""


class Tick(Struct, frozen=True):
    """A labelled place on the time axis."""

    x: float
    label: str


class ValueTick(Struct, frozen=True):
    """A labelled place on the axis of totals."""

    y: Decimal
    label: str


class Axis(Struct, frozen=True):
    """The time axis: its kind, the stretch it opens on, its ticks, and what it counts in words.

    ``first`` and ``last`` are the ends of the whole course.
    """

    kind: AxisKind
    lowest: float
    highest: float
    ticks: tuple[Tick, ...]
    caption: str
    first: float
    last: float


class Mark(Struct, frozen=True):
    """A total at a visit. An approximate date stretches from ``x_from`` to ``x_to``.

    ``words`` is what hovering says, ``day`` when it was; ``visit`` is the internal id that a click
    opens. ``is_typed`` is a total from paper, ``is_amended`` one of a later version.
    ``alike`` counts the visits of this date with this total: their marks lie on each other.
    """

    x: float
    x_from: float
    x_to: float
    y: Decimal
    shape: MarkShape
    visit: str
    words: str
    is_approximate: bool
    day: str = ""
    is_typed: bool = False
    is_amended: bool = False
    alike: int = 1


class OpenMark(Struct, frozen=True):
    """A visit without a total: it has no height and stands below the panel with its reason."""

    x: float
    shape: MarkShape
    visit: str
    label: str
    words: str


class Band(Struct, frozen=True):
    """A published range around a value, with its label."""

    low: Decimal
    high: Decimal
    label: str


class AgeNote(Struct, frozen=True):
    """What typical people of one age score, at the day this patient has that age."""

    x: float
    median: Decimal
    low: Decimal
    high: Decimal
    label: str


class ItemCell(Struct, frozen=True):
    """An item at a visit: ``share`` of the worst it can be, ``None`` where there is no level.

    ``level`` is what was given, a dash where nothing was; the right side comes first.
    """

    x: float
    share: float | None
    visit: str
    words: str
    level: str = ""


class ItemRow(Struct, frozen=True):
    """One item over time."""

    label: str
    cells: tuple[ItemCell, ...]


class Panel(Struct, frozen=True):
    """One series: its range, its marks, and its lines (runs of marks without a gap).

    ``items`` are the rows of a strip below, for a scale that has few. ``lines`` are runs of
    ``(x, y)``; a run breaks at a visit without a total, where the version of the scale changes to
    one that does not compare, and where it is not known which visit came first. ``new_raters``
    are the days on which somebody else rated than the time before. A panel that ``is_measure``
    stands lower than a scale. ``caution`` must stand beside the title; empty where none is needed.
    """

    key: str
    title: str
    subtitle: str
    caution: str
    colour: str
    lowest: Decimal
    highest: Decimal
    ticks: tuple[ValueTick, ...]
    lines: tuple[tuple[tuple[float, Decimal], ...], ...]
    marks: tuple[Mark, ...]
    open_marks: tuple[OpenMark, ...]
    bands: tuple[Band, ...]
    age_notes: tuple[AgeNote, ...]
    items: tuple[ItemRow, ...] = ()
    new_raters: tuple[float, ...] = ()
    is_measure: bool = False


class Bar(Struct, frozen=True):
    """A stretch of treatment. ``height`` is 0 to 1 of the lane.

    ``soft_start`` and ``soft_stop`` mark an approximate or unknown edge; ``is_running`` an
    arrow for "still running on the day the figure stands at". ``is_planned`` is what lies after
    that day: it is drawn hollow, and nothing else is. ``has_reason``: why it ended is recorded.
    ``told`` puts it into words, as of hundreds of bars only a few are pointed at.
    """

    start: float
    stop: float
    height: float
    soft_start: bool
    soft_stop: bool
    is_running: bool
    told: Callable[[], str]
    is_planned: bool = False
    has_reason: bool = False

    @property
    def words(self) -> str:
        """What pointing at it says."""
        return self.told()


class Lane(Struct, frozen=True):
    """One agent's treatments: its label, its colour role, its bars, and its doses in words.

    ``weight`` is the last one in words, where a dose goes by it that is given or planned.
    """

    key: str
    label: str
    colour: str
    bars: tuple[Bar, ...]
    words: str
    weight: str = ""


class EventMark(Struct, frozen=True):
    """An event, or a span such as a relapse; ``stop`` is ``None`` for a single day.

    ``begun`` and ``ended`` are within which days it began and ended, where the day is not known: a
    span reaches from the first of the one to the last of the other, a single event stands in the
    middle of ``begun``.
    """

    x: float
    stop: float | None
    kind: str
    label: str
    words: str
    begun: Days | None = None
    ended: Days | None = None

    @property
    def is_approximate(self) -> bool:
        """Whether a date of it is not exact."""
        return self.begun is not None or self.ended is not None

    @property
    def reach(self) -> Days:
        """From where to where it may have been."""
        if self.stop is not None:
            return self.x, self.stop
        return self.begun or (self.x, self.x)


class StartLine(Struct, frozen=True):
    """A treatment start that runs through every panel; the chosen one is day 0.

    ``begun`` is within which days it lies, where the day is not known.
    """

    x: float
    label: str
    treatment_id: str
    is_chosen: bool
    begun: Days | None = None


class TodayLine(Struct, frozen=True):
    """Where the day ends that the figure stands at.

    ``behind`` says that what is drawn behind it is planned; empty where nothing is. Where the axis
    ends long before it ``is_beyond``: there is no line, and its name stands at that end.
    """

    x: float
    label: str
    behind: str = ""
    is_beyond: bool = False


class RaterShape(Struct, frozen=True):
    """Which shape is whose."""

    rater: str
    shape: MarkShape


class Figure(Struct, frozen=True):
    """A whole chart. ``notes`` are the sentences that must stand with it, none left out.

    ``title`` names it, and ``summary`` says it in one sentence, for those who do not see it.
    ``today`` stands where that day lies on the axis. ``chosen`` are the panels that have the room,
    the others are folded; empty where all have it. ``more`` says how many events are not named,
    with a place for ``{count}``.
    """

    axis: Axis
    panels: tuple[Panel, ...]
    lanes: tuple[Lane, ...]
    events: tuple[EventMark, ...]
    starts: tuple[StartLine, ...]
    raters: tuple[RaterShape, ...]
    notes: tuple[str, ...]
    title: str
    summary: str
    today: TodayLine | None = None
    chosen: tuple[str, ...] = ()
    more: str = "+ {count}"
