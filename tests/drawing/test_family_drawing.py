"""The family's chart: large words, one line, no dose."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.family import FamilyChart, chart_height, family_drawing
from app.drawing.vocabulary import Block, Disc, Drawing, Frame, Line, Polyline
from app.language import words
from app.records.model import PatientRecord
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Figure, ValueTick
from tests.builders import replace
from tests.courses import CATALOGUE, event, record, totals, treatment, trend, typed, visit
from tests.drawing.by_hand import FIRST
from tests.drawing.drawn import box, elements, records, texts, told

WIDTH = 515.0


def family(figure: Figure, label: str = "last: 0", *, has_lanes: bool = True) -> Drawing:
    """Draw the family's chart with a label at the last mark."""
    marks = figure.panels[0].marks
    last, caption = marks[-1].visit if marks else "", "Score at each visit. Lower is better."
    chart = FamilyChart(figure, caption, label, last, has_lanes)
    return family_drawing(chart, WIDTH, 100)


@pytest.mark.parametrize("has_lanes", [True, False])
def test_the_familys_chart_is_large(figure: Figure, has_lanes: bool) -> None:
    """No text is smaller than 12 points, and the last mark is named."""
    drawing = family(replace(figure, panels=figure.panels[:1]), has_lanes=has_lanes)
    assert {each.size for each in texts(drawing)} == {12.0}
    found = told(drawing)
    assert "Score at each visit. Lower is better." in found
    assert "last: 0" in found
    assert ("Prednisolone" in found) is has_lanes
    assert not any("mg" in each for each in found)


def test_the_familys_chart_holds_odd_courses(figure: Figure) -> None:
    """No mark, one mark, crowded ticks and reasons, lanes without bars: all are drawn."""
    panel = figure.panels[0]
    crowd = tuple(replace(panel.open_marks[0], x=FIRST + 300.0 + day) for day in range(5))
    ticks = tuple(ValueTick(Decimal(number), str(number)) for number in range(19))
    events = (figure.events[1], replace(figure.events[1], x=FIRST + 226.0))
    lane = replace(figure.lanes[0], bars=())
    one = replace(panel, marks=panel.marks[:1], lines=(panel.lines[0][:1],), ticks=ticks)
    crowded = replace(
        figure, panels=(replace(one, open_marks=crowd),), events=events, lanes=(lane,)
    )
    assert told(family(crowded)).count("no total: speech not testable") == 1
    none = replace(panel, marks=(), lines=(), open_marks=())
    assert "last: 0" not in told(family(replace(figure, panels=(none,))))
    axis = replace(figure.axis, ticks=figure.axis.ticks * 3)
    many = replace(panel, marks=panel.marks * 3)
    assert family(replace(figure, panels=(many,), axis=axis), "").height > 0


def test_the_familys_chart_says_its_height(figure: Figure) -> None:
    """The drawing is as tall as it was said to be, and holds every word."""
    chart, drawing = FamilyChart(figure, "", "", ""), family(figure)
    assert drawing.height == chart_height(chart, 100)
    assert all(0 <= each.y <= drawing.height for each in texts(drawing))


def test_the_familys_planned_bar_is_hollow_too() -> None:
    """And only that one."""
    treated = [treatment("a", "ivig", "2025-12-01"), treatment("b", "scig", "2026-03-01")]
    made = record(totals("oms", {"2026-01-28": "3"}), treated)
    figure = compose(trend(made), CATALOGUE, words(), FigureOptions(is_simple=True))
    assert sum(isinstance(each, Frame) for each in elements(family(figure))) == 1


def _planned() -> Figure:
    treated = [treatment("a", "prednisolone", "2025-12-01"), treatment("b", "ivig", "2026-03-01")]
    made = record(totals("oms", {"2025-12-01": "5", "2026-01-28": "3"}), treated)
    return compose(trend(made), CATALOGUE, words(), FigureOptions(is_simple=True))


def test_the_family_sees_the_line_of_the_day_where_something_is_planned() -> None:
    """Through the lanes, where they are drawn."""

    def lines(figure: Figure, *, has_lanes: bool = True) -> int:
        drawing = family(figure, has_lanes=has_lanes)
        found = [each for each in elements(drawing) if isinstance(each, Line)]
        return sum(each.role == "ink" for each in found)

    assert lines(_planned()) == 1
    assert lines(replace(_planned(), today=None)) == 0
    assert lines(_planned(), has_lanes=False) == 0


DATES = st.sampled_from(
    ["2025", "2025-05", "2025-06", "2025-06-01", "2025-06-10", "2025-06-11", "2025-08-20"]
)
VISITS = st.lists(st.tuples(DATES, st.integers(0, 18)), min_size=1, max_size=9)


@given(VISITS, st.sampled_from([50, 66, 130]))
def test_the_label_stands_at_the_mark_of_the_visit_that_the_words_call_last(
    visits: list[tuple[str, int]], height: float
) -> None:
    """Next to that mark, whichever stands furthest right."""
    figure = _scored(visits)
    last = trend(_record(visits)).series[0].points[-1]
    marks = {mark.visit: mark for mark in figure.panels[0].marks}
    chart = FamilyChart(figure, "", "label", last.visit)
    drawing = family_drawing(chart, WIDTH, height)
    (label,) = [each for each in texts(drawing) if each.text == "label"]
    discs = [each.centre for each in drawing.marks[0].elements if isinstance(each, Disc)]
    at = discs[list(marks).index(last.visit)]
    left, top, right, bottom = box(label)
    assert max(left - at[0], at[0] - right) <= 9
    assert max(top - at[1], at[1] - bottom) <= 18


def test_a_month_beside_a_day_of_it_leaves_the_label_clear_of_its_mark() -> None:
    """The number of the last visit is not written at the mark of another."""
    visits = [("2025-01-05", 14), ("2025-06", 9), ("2025-06-10", 4)]
    figure = _scored(visits)
    last = figure.panels[0].marks[1]
    assert (last.y, last.day) == (Decimal(4), "10 Jun 2025")
    drawing = family_drawing(FamilyChart(figure, "", "4", last.visit), WIDTH, 100)
    label = next(each for each in texts(drawing) if each.text == "4")
    first, of_last, of_month = (
        each.centre for each in drawing.marks[0].elements if isinstance(each, Disc)
    )
    assert first[0] < of_last[0] < of_month[0]
    assert abs(label.y - of_last[1]) < abs(label.y - of_month[1])
    assert [len(each.places) for each in elements(drawing) if isinstance(each, Polyline)] == [2]


def _record(visits: list[tuple[str, int]]) -> PatientRecord:
    return record(
        visit(day, typed("oms", str(total)), visit_id=f"v{number}")
        for number, (day, total) in enumerate(visits)
    )


def _scored(visits: list[tuple[str, int]]) -> Figure:
    return compose(trend(_record(visits)), CATALOGUE, words(), FigureOptions(is_simple=True))


def test_a_relapse_of_a_month_has_no_edge_on_the_familys_chart() -> None:
    """It is as wide as the month, and comes and goes softly; an exact one has its edges."""
    relapses = [event("relapse", "2025-02"), event("relapse", "2025-04-01", "2025-04-30")]
    made = record(totals("oms", {"2025-01-01": "9", "2025-06-01": "3"}), events=relapses)
    figure = compose(trend(made), CATALOGUE, words(), FigureOptions(is_simple=True))
    vague, exact = (
        each
        for each in elements(family(figure))
        if isinstance(each, Block) and each.role == "relapse_soft"
    )
    assert vague.fade_left == vague.fade_right == pytest.approx(vague.width / 2)
    assert vague.width / exact.width == pytest.approx(28 / 30)
    assert (exact.fade_left, exact.fade_right) == (0, 0)


@given(records(), st.integers(10, 18))
def test_the_label_covers_no_name_of_a_relapse(made: PatientRecord, last: int) -> None:
    """Though a high score stands just below them."""
    visits = (*made.visits, visit("2026-01-27", typed("oms", str(last))))
    course = trend(replace(made, visits=visits))
    figure = compose(course, CATALOGUE, words(), FigureOptions(is_simple=True, keys=("oms",)))
    drawing = family_drawing(FamilyChart(figure, "", "label", "#v2026-01-27"), WIDTH, 66)
    (label,) = [each for each in texts(drawing) if each.text == "label"]
    left, top, right, bottom = box(label)
    for name in (each for each in texts(drawing) if each.text.startswith("Relapse,")):
        left2, top2, right2, bottom2 = box(name)
        assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
