"""The family's chart: large words, one line, no dose."""

from decimal import Decimal

import pytest

from app.drawing.family import FamilyChart, chart_height, family_drawing
from app.drawing.vocabulary import Drawing, Frame, Line
from app.language import words
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Figure, ValueTick
from tests.builders import replace
from tests.courses import CATALOGUE, record, totals, treatment, trend
from tests.drawing.by_hand import FIRST
from tests.drawing.drawn import elements, texts, told

WIDTH = 515.0


def family(figure: Figure, label: str = "last: 0", *, has_lanes: bool = True) -> Drawing:
    """Draw the family's chart."""
    chart = FamilyChart(figure, "Score at each visit. Lower is better.", label, has_lanes)
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
    chart, drawing = FamilyChart(figure, "", ""), family(figure)
    assert drawing.height == chart_height(chart, 100)
    assert all(0 <= each.y <= drawing.height for each in texts(drawing))


def test_the_familys_planned_bar_is_hollow_too() -> None:
    """And only that one."""
    given = [treatment("a", "ivig", "2025-12-01"), treatment("b", "scig", "2026-03-01")]
    made = record(totals("oms", {"2026-01-28": "3"}), given)
    figure = compose(trend(made), CATALOGUE, words(), FigureOptions(is_simple=True))
    assert sum(isinstance(each, Frame) for each in elements(family(figure))) == 1


def _planned() -> Figure:
    given = [treatment("a", "prednisolone", "2025-12-01"), treatment("b", "ivig", "2026-03-01")]
    made = record(totals("oms", {"2025-12-01": "5", "2026-01-28": "3"}), given)
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
