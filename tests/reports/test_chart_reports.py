"""The charts of the pages: set at the height they ask for, in the bundled fonts."""

from collections.abc import Iterator
from typing import Any

import pytest
from reportlab.graphics.shapes import Drawing, Group, String

from app.drawing.family import FamilyChart, chart_height
from app.palette import load_palette
from app.reports.chart import draw_family_chart, draw_figure, natural_height, smallest_height
from app.reports.fonts import Fonts
from app.trends.figure import Figure, MarkShape, RaterShape
from tests.builders import replace

WIDTH = 515.0
PALETTE = load_palette("light")


def shapes(group: Any) -> Iterator[Any]:
    """Yield every shape of a drawing."""
    for each in group.contents:
        if isinstance(each, Group):
            yield from shapes(each)
        else:
            yield each


def drawn(figure: Figure, height: float) -> Drawing:
    """Draw a figure at some height."""
    return draw_figure(figure, PALETTE, WIDTH, height, Fonts())


def texts(drawing: Drawing) -> list[str]:
    """Return every text of a drawing."""
    return [str(each.text) for each in shapes(drawing) if isinstance(each, String)]


def test_a_chart_is_as_high_as_it_was_given(figure: Figure) -> None:
    """At its natural height and between; never lower than it can be read."""
    natural, smallest = natural_height(figure, WIDTH), smallest_height(figure, WIDTH)
    assert smallest < natural
    for height in (natural, (natural + smallest) / 2, smallest):
        assert drawn(figure, height).height == pytest.approx(height)
    assert drawn(figure, 10).height == pytest.approx(smallest)


def test_small_print_is_seven_and_a_half_points(figure: Figure) -> None:
    """Whatever the height."""
    drawing = drawn(figure, natural_height(figure, WIDTH))
    content: Any = drawing.contents[0]
    sizes = [each.fontSize for each in shapes(content) if isinstance(each, String)]
    assert min(sizes) * content.transform[0] == 7.5
    assert drawing.width == WIDTH


def test_every_rater_is_named_below(figure: Figure) -> None:
    """In as many lines as that takes; more raters ask for more height."""
    raters = tuple(RaterShape(f"Dr Number {number}", MarkShape.STAR) for number in range(12))
    many = replace(figure, raters=raters)
    assert natural_height(many, WIDTH) > natural_height(figure, WIDTH)
    assert {rater.rater for rater in raters} <= set(texts(drawn(many, 600)))


def test_letters_without_a_font_are_reported(figure: Figure) -> None:
    """A rater's emoji is drawn as a box, and the document knows."""
    fonts = Fonts()
    figure = replace(figure, raters=(RaterShape("Dr 😀", MarkShape.CIRCLE),))
    draw_figure(figure, PALETTE, WIDTH, 400, fonts)
    assert fonts.has_boxes


def test_the_familys_chart_is_as_high_as_it_says(figure: Figure) -> None:
    """The page is planned by it."""
    chart = FamilyChart(figure, "", "")
    drawing = draw_family_chart(chart, PALETTE, WIDTH, 100, Fonts())
    assert (drawing.width, drawing.height) == (WIDTH, chart_height(chart, 100))
