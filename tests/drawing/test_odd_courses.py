"""Every odd course is readable, and says what it cannot show."""

from itertools import combinations

import pytest

from app.drawing.measure import Measure
from app.drawing.sheet import sheet_drawing
from app.drawing.view import CourseView
from app.drawing.vocabulary import Disc, Drawing, Outline
from app.errors import UserError
from app.language import words
from app.screens.chart.view import Chosen, chart_view
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind, Figure
from tests.courses import CATALOGUE, record, totals, trend
from tests.drawing.drawn import box, elements, texts, told
from tests.drawing.odd_courses import ODD

SIZES = ((992, 460), (1248, 540), (1560, 820))
"""What is left for the chart at 1024x768, 1280x800 and 1920x1080."""


def figure_of(name: str) -> Figure:
    """Return the figure of an odd course."""
    return compose(trend(ODD[name]), CATALOGUE, words())


def covers(drawing: Drawing) -> list[tuple[str, str]]:
    """Return the texts of which one covers the other."""
    found = []
    for one, other in combinations(texts(drawing), 2):
        left, top, right, bottom = box(one)
        left2, top2, right2, bottom2 = box(other)
        if not (right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top):
            found.append((one.text, other.text))
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ODD)
def test_it_is_readable_on_every_screen(name: str, size: tuple[int, int]) -> None:
    """No word covers another, and none leaves the drawing, in usual and in large letters."""
    for measure in (Measure(), Measure(1.5)):
        view = CourseView.of(figure_of(name), measure, size)
        drawing = view.drawing()
        assert covers(drawing) == []
        for each in texts(drawing):
            left, top, right, bottom = box(each)
            assert min(left, top) >= 0, each
            assert right <= drawing.width, each
            assert bottom <= drawing.height, each


@pytest.mark.parametrize("name", ODD)
def test_it_is_readable_on_paper(name: str) -> None:
    """With its raters and every note below."""
    figure = figure_of(name)
    drawing = sheet_drawing(figure, (1000, 600), "Whose it is")
    assert covers(drawing) == []
    said = " ".join(told(drawing))
    assert all(note.split(" ")[0] in said for note in figure.notes)


def test_one_visit_is_a_point_without_a_line() -> None:
    """And the axis has room around it."""
    figure = figure_of("one visit")
    assert [len(run) for run in figure.panels[0].lines] == [1]
    assert figure.axis.last - figure.axis.first >= 14


def test_nothing_says_that_there_is_nothing() -> None:
    """The screen says what to do first; the figure says that no visit is recorded."""
    view = chart_view(trend(ODD["nothing"]), CATALOGUE, words(), Chosen())
    assert view.drawing.figure is None
    assert view.empty
    assert "No visit is recorded yet." in figure_of("nothing").summary


def test_zeros_are_drawn_at_the_bottom() -> None:
    """0 is a score: nine points on a line."""
    figure = figure_of("all at zero")
    view = CourseView.of(figure, Measure(), SIZES[0])
    marks = [e for e in view.drawing().marks[0].elements if isinstance(e, Disc | Outline)]
    bottom = view.layout.panels[0].plot.bottom
    assert len(marks) == 9
    assert all(isinstance(mark, Disc) and mark.centre[1] == bottom for mark in marks)


def test_incomplete_visits_stand_below_with_their_reasons() -> None:
    """No total is drawn; each visit has its open mark."""
    figure = figure_of("all incomplete")
    assert figure.panels[0].marks == ()
    assert len(figure.panels[0].open_marks) == 9
    said = told(CourseView.of(figure, Measure(), SIZES[2]).drawing())
    assert any("not testable" in each for each in said)
    assert any("declined" in each for each in said)


def test_a_visit_before_birth_is_drawn_by_date_and_by_age() -> None:
    """Its age is none; it stands left of birth."""
    course = trend(ODD["visits before birth"])
    by_age = compose(course, CATALOGUE, words(), FigureOptions(axis=AxisKind.AGE))
    assert by_age.panels[0].marks[0].x < 0 < by_age.panels[0].marks[1].x


def test_a_stop_before_a_start_has_a_bar_all_the_same() -> None:
    """No bar runs backwards."""
    for lane in figure_of("a stop before a start").lanes:
        assert lane.bars
        assert all(bar.stop >= bar.start for bar in lane.bars)


def test_forty_treatments_keep_their_names() -> None:
    """Every agent has its lane, whatever the height of the screen, and the scale its room."""
    figure = figure_of("forty treatments at once")
    view = CourseView.of(figure, Measure(), SIZES[0])
    said = told(view.drawing())
    assert {lane.label for lane in figure.lanes} <= set(said)
    assert view.layout.panels[0].plot.height >= 110


def test_a_dose_of_0_is_a_pause() -> None:
    """The bar sinks to a line between two doses, and the pause is told."""
    (lane,) = figure_of("a dose of 0").lanes
    assert min(bar.height for bar in lane.bars if not bar.is_planned) == 0
    assert any("pause" in bar.words.lower() for bar in lane.bars)


def test_thirty_years_have_years_as_ticks() -> None:
    """Few of them, none over another."""
    figure = figure_of("thirty years")
    labels = [tick.label for tick in figure.axis.ticks]
    assert 3 <= len(labels) <= 10
    assert all(label.isdigit() and len(label) == 4 for label in labels)


def test_years_alone_are_wide_and_count_no_days() -> None:
    """Each mark stretches over its year, and the note says what that means."""
    figure = figure_of("years alone")
    assert all(mark.x_to - mark.x_from >= 365 for mark in figure.panels[0].marks)
    assert any("not exact" in note for note in figure.notes)


def test_a_planned_start_alone_is_hollow_and_no_axis() -> None:
    """Nothing can be counted from what has not begun."""
    course = trend(ODD["a planned start alone"])
    figure = compose(course, CATALOGUE, words())
    assert [bar.is_planned for lane in figure.lanes for bar in lane.bars] == [True]
    assert any("planned" in note for note in figure.notes)
    with pytest.raises(UserError):
        compose(course, CATALOGUE, words(), FigureOptions(AxisKind.SINCE, "a"))


def test_visits_of_one_day_are_all_seen() -> None:
    """Four totals are four points at one place in time."""
    marks = figure_of("many visits on one day").panels[0].marks
    assert len({mark.visit for mark in marks}) == len({mark.y for mark in marks}) == 4


def test_two_equal_totals_of_one_day_are_two_marks() -> None:
    """The keys find both, though one lies on the other."""
    both = [*totals("oms", {"2025-06-01": "3"}), *totals("oms", {"2025-06-01": "3"})]
    figure = compose(trend(record(both)), CATALOGUE, words())
    spots = CourseView.of(figure, Measure(), SIZES[0]).spots()
    assert len(spots) == 2
    assert sum(isinstance(e, Disc) for e in elements(sheet_drawing(figure, (900, 500)))) >= 2
