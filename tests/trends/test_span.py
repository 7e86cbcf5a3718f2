"""The stretches of time that can be chosen: each by its rule, offered where it cuts something."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.language import words
from app.records.model import PatientRecord
from app.trends.axis import Extent
from app.trends.compose import FigureOptions, axis_words, compose, context_of
from app.trends.figure import AxisKind, Figure
from app.trends.model import Trend
from app.trends.span import Span
from tests.courses import CATALOGUE, event, record, totals, treatment, trend, when

WORDS = words()
DAY = date(1970, 1, 1)
AS_OF = date(2026, 2, 1)


def _offered(course: Trend, kind: AxisKind = AxisKind.DATE) -> tuple[Span, ...]:
    options = FigureOptions(axis=kind)
    return axis_words(context_of(course, CATALOGUE, WORDS, options)).spans


def _shown(course: Trend, span: Span, kind: AxisKind = AxisKind.DATE) -> Figure:
    return compose(course, CATALOGUE, WORDS, FigureOptions(axis=kind, span=span))


def _days(figure: Figure) -> tuple[date, date]:
    """Return the first and the last whole day in view, on an axis by date."""
    low, high = figure.axis.lowest, figure.axis.highest
    return DAY + timedelta(days=int(low // 1)), DAY + timedelta(days=int(high // 1))


def _long() -> PatientRecord:
    """A child treated at once, with busy weeks, then two quiet years."""
    by_day = {"2024-01-02": "12", "2024-01-20": "6", "2024-02-10": "2", "2024-03-01": "1"}
    quiet = {f"202{year}-0{month}-01": "1" for year in (4, 5) for month in (5, 9)}
    return record(
        totals("oms", {**by_day, **quiet, "2026-01-15": "1"}),
        [treatment("a", "ivig", "2024-01-05", "2024-01-09")],
        birth="2021-03-14",
    )


def test_recent_months_end_with_the_day_the_chart_stands_at() -> None:
    """91 and 365 days up to then, the last visit among them."""
    course = trend(_running(_long()), AS_OF)
    for span, days in ((Span.THREE_MONTHS, 91), (Span.YEAR, 365)):
        figure = _shown(course, span)
        assert figure.axis.highest - figure.axis.lowest == pytest.approx(days)
        assert _days(figure)[1] == date(2026, 2, 2)


def _running(of: PatientRecord) -> PatientRecord:
    """Return the course with a treatment that still runs."""
    return replace(of, treatments=(treatment("a", "ivig", "2024-01-05"),))


def test_recent_months_never_leave_the_last_visit_out() -> None:
    """Where it is longer ago they end with it: an empty drawing answers nothing."""
    course = trend(_running(record(totals("oms", {"2024-01-02": "9", "2025-01-02": "3"}))), AS_OF)
    figure = _shown(course, Span.THREE_MONTHS)
    first, last = _days(figure)
    assert first < date(2025, 1, 2) < last < AS_OF


def test_around_the_start_are_a_month_before_and_half_a_year() -> None:
    """The baseline's thirty days, and where an answer to the treatment is looked for."""
    course = trend(_long(), AS_OF)
    first, last = _days(_shown(course, Span.AROUND))
    assert last == date(2024, 1, 5) + timedelta(days=182)
    assert first <= date(2024, 1, 2)
    since = _shown(course, Span.AROUND, AxisKind.SINCE)
    assert since.axis.highest == pytest.approx(182)


def test_since_onset_begins_there() -> None:
    """With a little air, up to the end; without an onset it is not offered."""
    course = _long()
    early = replace(course, visits=(*totals("oms", {"2021-05-01": "0"}), *course.visits))
    assert Span.ONSET not in _offered(trend(early, AS_OF))
    facts = replace(early.patient.facts, onset_date=when("2023-12-20"))
    known = trend(replace(early, patient=replace(early.patient, facts=facts)), AS_OF)
    assert Span.ONSET in _offered(known)
    figure = _shown(known, Span.ONSET)
    assert date(2023, 10, 1) < _days(figure)[0] < date(2023, 12, 20)
    assert figure.axis.highest == figure.axis.last


def test_the_focus_is_from_the_first_start_to_the_last_change_after_it() -> None:
    """By a point or more: long quiet time after busy weeks is left out."""
    course = trend(_long(), AS_OF)
    assert Span.FOCUS in _offered(course)
    first, last = _days(_shown(course, Span.FOCUS))
    assert date(2023, 12, 25) < first < date(2024, 1, 5)
    assert date(2024, 3, 1) <= last < date(2024, 3, 15)


_GIVEN = ("2024-01-05",)


@pytest.mark.parametrize(
    ("by_day", "starts"),
    [
        ({"2024-01-02": "3", "2026-01-02": "3"}, _GIVEN),
        ({"2024-01-02": "3", "2024-02-02": "9", "2026-01-01": "9"}, ()),
        ({"2023-01-02": "9", "2023-02-02": "3", "2026-01-01": "3"}, _GIVEN),
        ({"2024-01-02": "9", "2025-12-30": "3", "2026-01-01": "3"}, _GIVEN),
    ],
    ids=["nothing changed", "nothing given", "changed before the start", "changed to the end"],
)
def test_without_busy_weeks_there_is_no_focus(
    by_day: dict[str, str], starts: tuple[str, ...]
) -> None:
    """A button that shows the same as before is none."""
    course = record(totals("oms", by_day), [treatment("a", "ivig", start) for start in starts])
    assert Span.FOCUS not in _offered(trend(course, AS_OF))


def test_what_cuts_nothing_is_not_offered() -> None:
    """A short course has only its whole."""
    course = record(totals("oms", {"2026-01-02": "3", "2026-01-20": "1"}))
    assert _offered(trend(course, AS_OF)) == (Span.ALL,)


def test_a_stretch_that_is_not_there_shows_the_whole() -> None:
    """What was chosen for another patient does no harm."""
    course = trend(record(totals("oms", {"2024-01-02": "3", "2026-01-20": "1"})), AS_OF)
    for span in (Span.AROUND, Span.ONSET, Span.FOCUS):
        axis = _shown(course, span).axis
        assert (axis.lowest, axis.highest) == (axis.first, axis.last)


_DAYS = st.dates(date(2015, 1, 1), AS_OF).map(date.isoformat)
_COURSES = st.builds(
    lambda by_day, starts, events: record(
        totals("oms", by_day),
        [treatment(f"t{n}", "ivig", start) for n, start in enumerate(starts)],
        [event("fever", day) for day in events],
        birth="2014-01-01",
    ),
    st.dictionaries(_DAYS, st.integers(0, 18).map(str), max_size=8),
    st.lists(_DAYS, max_size=3, unique=True),
    st.lists(_DAYS, max_size=3),
)


@given(_COURSES, st.sampled_from(Span), st.sampled_from([AxisKind.DATE, AxisKind.AGE]))
def test_every_stretch_lies_in_the_course(
    course: PatientRecord, span: Span, kind: AxisKind
) -> None:
    """It is never empty, never outside, and what is offered shows less than all."""
    told = trend(course, AS_OF)
    axis = _shown(told, span, kind).axis
    assert axis.first <= axis.lowest < axis.highest <= axis.last
    offered = _offered(told, kind)
    assert Span.ALL in offered
    if span in offered and span is not Span.ALL:
        assert axis.highest - axis.lowest < axis.last - axis.first


@given(_COURSES, st.sampled_from([Span.THREE_MONTHS, Span.YEAR, Span.ALL]))
def test_the_last_visit_is_always_in_the_recent_stretches(
    course: PatientRecord, span: Span
) -> None:
    """Nobody is told by an empty drawing that all is quiet."""
    axis = _shown(trend(course, AS_OF), span).axis
    days = [(visit.facts.date.first - DAY).days for visit in course.visits]
    if days:
        assert axis.lowest <= max(days) <= axis.highest


@pytest.mark.parametrize(
    ("kind", "span", "told"),
    [
        (AxisKind.DATE, Span.ALL, "Dec~2023 – Feb~2026"),
        (AxisKind.DATE, Span.FOCUS, "2~Jan~2024 – 3~Mar~2024"),
        (AxisKind.SINCE, Span.AROUND, "day~−26 – day~182"),
        (AxisKind.AGE, Span.ALL, "2~y~9~m – 4~y~11~m"),
    ],
)
def test_a_stretch_is_told_in_words(kind: AxisKind, span: Span, told: str) -> None:
    """By months where it is long, by days where it is short; no end (``~``) is parted."""
    options = FigureOptions(axis=kind, span=span)
    course = trend(_long(), AS_OF)
    axis = compose(course, CATALOGUE, WORDS, options).axis
    time = axis_words(context_of(course, CATALOGUE, WORDS, options)).time
    assert time.told(Extent(axis.lowest, axis.highest)) == told.replace("~", "\xa0")
