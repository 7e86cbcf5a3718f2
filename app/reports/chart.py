"""The charts of the pages: the drawings that the screen shows, set on paper."""

from math import inf

from msgspec.structs import replace

from app.drawing.course import course_drawing
from app.drawing.family import FamilyChart, family_drawing
from app.drawing.measure import Measure
from app.drawing.places import Layout, readable_height, whole_layout_of
from app.drawing.sheet import rater_elements, raters_height
from app.palette import Palette
from app.reports.fonts import Fonts
from app.reports.painted import Painted
from app.trends.figure import Figure

_POINTS = 0.625
"""How many points a pixel is wide on paper: text of 12 pixels is 7.5 points high."""
_MEASURE = Measure()


def natural_height(figure: Figure, width: float) -> float:
    """Return the height at which the figure reads well, in points."""
    across = width / _POINTS
    layout = whole_layout_of(figure, across, _MEASURE)
    return (readable_height(figure, across, _MEASURE) + _raters(figure, layout)) * _POINTS


def smallest_height(figure: Figure, width: float) -> float:
    """Return the least height at which the figure can still be read, in points."""
    layout = whole_layout_of(figure, width / _POINTS, _MEASURE, has_items=False)
    return (layout.needed + _raters(figure, layout)) * _POINTS


def _raters(figure: Figure, layout: Layout) -> float:
    return raters_height(figure.raters, layout.scale.width, _MEASURE)


def draw_figure(
    figure: Figure,
    palette: Palette,
    width: float,
    height: float,
    fonts: Fonts,
    most: float = inf,
) -> Painted:
    """Draw the whole figure with its raters; every text in it is set in the bundled fonts.

    One that is higher than ``most`` points is made smaller as a whole. The strips of items stand
    where the height has room for them. The notes of the figure are not drawn: the page sets them
    as text beside it.
    """
    across, down = width / _POINTS, height / _POINTS
    whole = whole_layout_of(figure, across, _MEASURE)
    raters = _raters(figure, whole)
    has_items = whole.needed + raters <= down
    layout = whole_layout_of(figure, across, _MEASURE, down - raters, has_items=has_items)
    course = course_drawing(figure, layout, layout.scale, figure.axis.ticks, _MEASURE)
    below = (layout.scale.left, course.height, layout.scale.width)
    words = (*course.words, *rater_elements(figure.raters, *below, _MEASURE))
    high = course.height + _raters(figure, layout)
    scale = _POINTS * min(1.0, most / (high * _POINTS))
    return Painted(replace(course, height=high, words=words), palette, fonts, scale)


def draw_family_chart(
    chart: FamilyChart, palette: Palette, width: float, plot_height: float, fonts: Fonts
) -> Painted:
    """Draw the family's chart."""
    return Painted(family_drawing(chart, width, plot_height), palette, fonts)
