"""The charts of the pages: set at the height they ask for, in the bundled fonts."""

import pytest

from app.drawing.family import FamilyChart, chart_height
from app.palette import load_palette
from app.reports.chart import draw_family_chart, draw_figure, natural_height, smallest_height
from app.reports.fonts import Fonts
from app.reports.painted import Painted
from app.trends.figure import Figure, MarkShape, RaterShape
from tests.builders import replace
from tests.drawing.drawn import texts, told

WIDTH = 515.0
PALETTE = load_palette("light")


def drawn(figure: Figure, height: float) -> Painted:
    """Draw a figure at some height."""
    return draw_figure(figure, PALETTE, WIDTH, height, Fonts())


def test_a_chart_is_as_high_as_it_was_given(figure: Figure) -> None:
    """At its natural height and between; never lower than it can be read."""
    natural, smallest = natural_height(figure, WIDTH), smallest_height(figure, WIDTH)
    assert smallest < natural
    for height in (natural, (natural + smallest) / 2, smallest):
        assert drawn(figure, height).height == pytest.approx(height)
    assert drawn(figure, 10).height == pytest.approx(smallest)


def test_small_print_is_seven_and_a_half_points(figure: Figure) -> None:
    """Whatever the height; only a chart that is too high for its page is smaller as a whole."""
    chart = drawn(figure, natural_height(figure, WIDTH))
    assert min(each.size for each in texts(chart.drawing)) * chart.scale == 7.5
    assert chart.width == WIDTH
    low = draw_figure(figure, PALETTE, WIDTH, 400, Fonts(), most=200)
    assert low.height == pytest.approx(200)
    assert low.width < WIDTH


def test_every_rater_is_named_below(figure: Figure) -> None:
    """In as many lines as that takes; more raters ask for more height."""
    raters = tuple(RaterShape(f"Dr Number {number}", MarkShape.STAR) for number in range(12))
    many = replace(figure, raters=raters)
    assert natural_height(many, WIDTH) > natural_height(figure, WIDTH)
    assert {rater.rater for rater in raters} <= set(told(drawn(many, 600).drawing))


def test_letters_without_a_font_are_reported(figure: Figure) -> None:
    """A rater's emoji is drawn as a box, and the document knows."""
    fonts = Fonts()
    figure = replace(figure, raters=(RaterShape("Dr 😀", MarkShape.CIRCLE),))
    draw_figure(figure, PALETTE, WIDTH, 400, fonts)
    assert fonts.has_boxes


def test_the_familys_chart_is_as_high_as_it_says(figure: Figure) -> None:
    """The page is planned by it."""
    chart = FamilyChart(figure, "", "", "")
    drawing = draw_family_chart(chart, PALETTE, WIDTH, 100, Fonts())
    assert (drawing.width, drawing.height) == (WIDTH, chart_height(chart, 100))
