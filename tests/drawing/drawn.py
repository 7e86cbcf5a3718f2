"""What stands in a drawing, and random courses to draw."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from app.drawing.vocabulary import Drawing, Element, Group, Text
from app.lettering import width_of
from app.records.model import Event, PatientRecord, Treatment
from tests.courses import event, record, sheet, step, treatment, visit

FIRST = date(2024, 6, 1)
DAYS = st.integers(0, 600)
LEVELS = st.text("0123x-.", min_size=6, max_size=6)
AGENTS = st.sampled_from(["ivig", "prednisolone", "rituximab", "trazodone", "corticotropin"])
KINDS = st.sampled_from(["fever", "infection", "relapse", "vaccination", "suspected_relapse"])


def elements(drawing: Drawing) -> Iterator[Element]:
    """Yield every element of a drawing, in the order in which it is drawn."""
    for part in drawing.parts:
        if isinstance(part, Group):
            yield from part.elements
        else:
            yield part


def texts(drawing: Drawing) -> list[Text]:
    """Return every text of a drawing."""
    return [each for each in elements(drawing) if isinstance(each, Text)]


def told(drawing: Drawing) -> list[str]:
    """Return the words of every text."""
    return [each.text for each in texts(drawing)]


def box(text: Text) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the letters of a text, without their tails."""
    right = text.x + width_of(text.text, text.size, text.weight)
    return text.x, text.y - 0.72 * text.size, right, text.y


def day(number: int) -> str:
    """Return a day as it is typed."""
    return (FIRST + timedelta(days=number)).isoformat()


PRECISIONS = st.sampled_from([10, 10, 10, 7, 4])
"""How many letters of a date stay: the whole day as a rule, else the month or the year."""


@st.composite
def treatments(draw: st.DrawFn) -> Treatment:
    """Return a treatment with a few steps; some have no end, some no steps."""
    start = draw(DAYS)
    stop = draw(st.none() | st.integers(start, 640))
    doses = sorted(draw(st.lists(st.integers(start, start + 90), max_size=4, unique=True)))
    steps = [step(str(n + 1), "mg/kg", "daily", day(at)) for n, at in enumerate(doses)]
    steps = steps if stop is None or not doses or doses[-1] <= stop else []
    ends = "" if stop is None else day(stop)
    name = draw(st.uuids()).hex[:8]
    return treatment(name, draw(AGENTS), day(start)[: draw(PRECISIONS)], ends, *steps)


@st.composite
def happenings(draw: st.DrawFn) -> Event:
    """Return an event of one day or of several; some have dates that are not exact."""
    start, length = draw(DAYS), draw(st.none() | st.integers(0, 60))
    stop = "" if length is None else day(start + length)[: draw(PRECISIONS)]
    return event(draw(KINDS), day(start)[: draw(PRECISIONS)], stop)


@st.composite
def records(draw: st.DrawFn) -> PatientRecord:
    """Return a course with visits of two scales, treatments and events."""
    days = sorted(draw(st.lists(DAYS, max_size=12, unique=True)))
    visits = [
        visit(
            day(number),
            sheet("oms", draw(LEVELS)),
            *([sheet("five_feature", draw(LEVELS)[:5])] if number % 3 else []),
            rater=f"R{number % 4}",
        )
        for number in days
    ]
    given_ = draw(st.lists(treatments(), max_size=4))
    return record(visits, given_, draw(st.lists(happenings(), max_size=8)))
