"""The strip of items: what is seen of many visits, and the levels of one day beside it."""

from app.drawing.items import item_cells
from app.drawing.measure import Measure
from app.drawing.time_scale import TimeScale
from app.drawing.view import CourseView
from app.drawing.vocabulary import Block, Frame, Text
from app.language import words
from app.trends.compose import FigureOptions, compose
from tests.courses import CATALOGUE, record, sheet, trend, visit

MEASURE = Measure()


def view_of(*levels: str) -> CourseView:
    """Return a view of visits a day apart, each with the levels of the OMS scale."""
    visits = [visit(f"2025-06-{n + 1:02d}", sheet("oms", each)) for n, each in enumerate(levels)]
    figure = compose(trend(record(visits)), CATALOGUE, words(), FigureOptions(chosen="oms"))
    return CourseView.of(figure, MEASURE, (900, 700))


def told(view: CourseView, number: int | None) -> list[str]:
    """Return the levels beside the strip, pointing at a visit or at none."""
    spot = None if number is None else view.spots()[number]
    return [one.text for one in view.levels(spot) if isinstance(one, Text)]


def test_the_last_visit_in_view_is_told_beside_the_strip() -> None:
    """A level, a dash where there is none, 0 as 0."""
    assert told(view_of("333333", "01x230"), None) == ["0", "1", "–", "2", "3", "0"]


def test_a_visit_that_is_pointed_at_is_told_instead() -> None:
    """In the colour of what is chosen."""
    view = view_of("333333", "012230")
    assert told(view, 0) == ["3"] * 6
    roles = {one.role for one in view.levels(view.spots()[0]) if isinstance(one, Text)}
    assert roles == {"ink"}


def test_of_two_visits_on_one_day_the_one_that_is_pointed_at_is_told() -> None:
    """Neither is taken for the other; pointed at neither, the later one is told."""
    visits = [
        visit("2025-06-01", sheet("oms", levels), visit_id=name)
        for name, levels in (("a", "333333"), ("b", "012230"))
    ]
    figure = compose(trend(record(visits)), CATALOGUE, words(), FigureOptions(chosen="oms"))
    view = CourseView.of(figure, MEASURE, (900, 700))
    ids = [spot.visit for spot in view.spots()]
    assert told(view, ids.index("#a")) == ["3"] * 6
    assert told(view, ids.index("#b")) == ["0", "1", "2", "2", "3", "0"]
    assert told(view, None) == ["0", "1", "2", "2", "3", "0"]


def test_of_visits_that_share_a_place_the_worst_is_seen() -> None:
    """However many there are, cells are at least as far apart as they are wide, or nearly."""
    view = view_of("000000", "300000", "100000")
    place = view.layout.panels[0]
    far = TimeScale(100.0, 200.0, view.scale.lowest - 3000, view.scale.highest + 3000)
    cells = list(item_cells(place, far, MEASURE))
    assert len(cells) == len(place.panel.items)
    strongest = max((each for each in cells if isinstance(each, Block)), key=lambda b: b.alpha)
    assert strongest == cells[0]


def test_a_cell_without_a_level_is_an_outline() -> None:
    """Declined and not testable are neither 0 nor anything else."""
    view = view_of("-x0000")
    cells = list(item_cells(view.layout.panels[0], view.scale, MEASURE))
    assert [isinstance(each, Frame) for each in cells] == [True, True] + [False] * 4


def test_one_without_a_level_is_seen_where_another_is_worse() -> None:
    """The worst of a place has an outline then; where all have a level there is none."""
    view = view_of("3x0000", "1x0000", "-10000")
    far = TimeScale(100.0, 200.0, view.scale.lowest - 3000, view.scale.highest + 3000)
    cells = list(item_cells(view.layout.panels[0], far, MEASURE))
    kinds = [type(each) for each in cells]
    assert kinds == [Block, Frame, Block, Frame, Block, Block, Block, Block]
    block, frame = cells[0], cells[1]
    assert isinstance(block, Block)
    assert isinstance(frame, Frame)
    assert (frame.left, frame.top, frame.role) == (block.left, block.top, "ink")
