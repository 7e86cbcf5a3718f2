"""What is pointed at: a mark, a cell, a bar, an event, else the day itself."""

import pytest

from app.drawing.measure import Measure
from app.drawing.view import CourseView
from app.language import words
from app.trends.compose import FigureOptions, axis_words, compose, context_of
from app.trends.figure import AxisKind
from tests.courses import CATALOGUE, child, event, record, sheet, trend, visit, whole_record


def view_of(axis: AxisKind = AxisKind.DATE) -> CourseView:
    """Return the view of the invented child's course."""
    options = FigureOptions(axis=axis)
    figure = compose(trend(child()), CATALOGUE, words(), options)
    time = axis_words(context_of(trend(child()), CATALOGUE, words(), options)).time
    return CourseView.of(figure, Measure(), (1200, 900), time)


def free_place(view: CourseView) -> tuple[float, float]:
    """Return a place in the first panel away from every mark: the middle of the widest gap."""
    plot, marks = view.layout.panels[0].plot, view.layout.panels[0].panel.marks
    xs = sorted(view.scale.px(mark.x) for mark in marks)
    gap = max(range(1, len(xs)), key=lambda n: xs[n] - xs[n - 1])
    return (xs[gap - 1] + xs[gap]) / 2, plot.top + 1


def test_free_ground_of_a_panel_tells_the_day_and_every_last_total() -> None:
    """Each with its own day: nothing is between two visits."""
    view = view_of()
    at = free_place(view)
    spot = view.spot_at(at)
    assert spot is not None
    assert (spot.is_day, spot.visit) == (True, "")
    day, *told = spot.words.split("\n")
    assert day == view.time.at(view.scale.day(at[0])) if view.time else False
    expected = []
    for panel in view.figure.panels:
        before = [mark for mark in panel.marks if mark.x <= spot.x]
        last = max(before, key=lambda mark: mark.x, default=None)
        expected += [f"{panel.title}: {last.y.normalize():f}, {last.day}"] if last else []
    assert told == expected
    assert all(any(panel.title in line for panel in view.figure.panels) for line in told)


@pytest.mark.parametrize(
    ("axis", "start"), [(AxisKind.SINCE, "day "), (AxisKind.AGE, "3 y 6 m"), (AxisKind.DATE, "")]
)
def test_the_day_is_told_on_each_axis(axis: AxisKind, start: str) -> None:
    """By date, by days since the start, by age."""
    view = view_of(axis)
    spot = view.spot_at(free_place(view))
    assert spot is not None
    assert spot.words.startswith(start)


def test_of_two_totals_of_one_day_the_later_one_is_the_last() -> None:
    """As a series orders them."""
    days = [
        visit("2025-06-01", sheet("oms", levels), visit_id=name)
        for name, levels in (("a", "333333"), ("b", "000001"))
    ]
    course = trend(record([*days, visit("2025-09-01", sheet("oms", "000000"))]))
    figure = compose(course, CATALOGUE, words())
    time = axis_words(context_of(course, CATALOGUE, words())).time
    view = CourseView.of(figure, Measure(), (1200, 900), time)
    spot = view.spot_at(free_place(view))
    assert spot is not None
    assert spot.words.split("\n")[1:] == ["OMS scale: 1, 1 Jun 2025"]


def test_before_the_first_visit_only_the_day_is_told() -> None:
    """No total is known there."""
    view = view_of()
    plot = view.layout.panels[0].plot
    spot = view.spot_at((plot.left + 1, plot.top + 1))
    assert spot is not None
    assert "\n" not in spot.words


def test_between_panels_and_lanes_nothing_is_told() -> None:
    """Only the ground of a panel stands for a day."""
    view = view_of()
    assert view.spot_at((view.scale.right - 1, view.layout.ticks_top + 2)) is None


def test_an_event_whose_day_is_not_known_is_pointed_at_over_all_its_days() -> None:
    """Of two whose days overlap, the nearer triangle is meant."""
    happened = [event("fever", "2025-06"), event("hospital", "2025"), event("relapse", "2025")]
    course = trend(record([visit("2026-01-01", sheet("oms", "111111"))], events=happened))
    view = CourseView.of(compose(course, CATALOGUE, words()), Measure(), (1200, 700))
    top, px = view.layout.events_top + 2, view.scale.px
    fever = view.figure.events[2]
    assert fever.begun is not None
    for x, kind in ((fever.begun[0] + 3, "Fever"), (fever.x, "Fever")):
        spot = view.spot_at((px(x), top))
        assert spot is not None
        assert spot.words.startswith(kind)
    spot = view.spot_at((px(fever.x - 120), top))
    assert spot is not None
    assert spot.words.startswith("Hospital")


def test_of_marks_on_each_other_the_later_one_is_pointed_at() -> None:
    """The arrow keys reach both."""
    seen = [visit("2025-03-01", sheet("oms", "111111"), visit_id=name) for name in ("a", "b")]
    figure = compose(trend(record(seen)), CATALOGUE, words(), FigureOptions())
    view = CourseView.of(figure, Measure(), (900, 700))
    spots = view.spots()
    assert [spot.visit for spot in spots] == ["#a", "#b"]
    found = view.spot_at(spots[0].centre)
    assert found is not None
    assert found.visit == "#b"


def test_a_folded_panel_says_what_its_sign_stands_for() -> None:
    """The caution is never further than the pointer; a scale without one has its range."""
    options = FigureOptions(chosen="oms")
    course = trend(whole_record())
    figure = compose(course, CATALOGUE, words(), options)
    time = axis_words(context_of(course, CATALOGUE, words(), options)).time
    view = CourseView.of(figure, Measure(), (1200, 900), time)
    folded = [place for place in view.layout.panels if place.is_folded]
    told = []
    for place in folded:
        spot = view.spot_at((20.0, place.plot.middle))
        assert spot is not None
        assert (spot.visit, spot.is_day) == ("", False)
        told.append(spot.words.split("\n"))
    assert told == [
        [each.panel.title, each.panel.subtitle]
        + [each.panel.caution] * bool(each.panel.caution)
        + ["Press to give it the room."]
        for each in folded
    ]
    assert any("not a validated scale" in lines[2] for lines in told)
