"""Screen, paper and file draw the same drawing: every mark and every word at the same place."""

import xml.etree.ElementTree as Xml
from datetime import date
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPolygonF

from app.drawing.cohort import fan_axes, fan_drawing, steps_axes, steps_drawing
from app.drawing.course import course_drawing
from app.drawing.family import FamilyChart, family_drawing
from app.drawing.measure import Measure
from app.drawing.moved import moved
from app.drawing.panels import mark_size
from app.drawing.places import PanelPlace, whole_layout_of
from app.drawing.shapes import shape_at
from app.drawing.sheet import sheet_drawing
from app.drawing.vocabulary import Disc, Drawing, Outline, Polyline, Text
from app.language import words
from app.lettering import Weight, runs_of
from app.palette import load_palette
from app.records.cohort import Asked
from app.reports.fonts import Fonts
from app.reports.painted import Painted, paint_on
from app.reports.vector import svg_of
from app.trends.cohort import Cohort, cohort_of
from app.trends.cohort_figure import fan_of, steps_of
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Mark
from tests.builders import replace
from tests.courses import CATALOGUE, child, published_case, trend
from tests.drawing.drawn import elements, texts
from tests.made_cohort import AGENT, SCALE, made_aligned
from widgets.plot import CoursePlot
from widgets.plot_painting import Colours, DrawingPainter

pytestmark = pytest.mark.usefixtures("qapp")
LIGHT = load_palette("light")
SVG = "{http://www.w3.org/2000/svg}"
ASKED = Asked(AGENT, SCALE, date(2026, 6, 1))
Place = tuple[float, float]
Word = tuple[str, float, float]


def course() -> Drawing:
    """The invented child's course, with everything that a chart can show."""
    figure = compose(trend(child()), CATALOGUE, words())
    layout = whole_layout_of(figure, 840, Measure())
    return course_drawing(figure, layout, layout.scale, figure.axis.ticks, Measure())


def adult() -> Drawing:
    """The published case with its raters and notes, noise band and all."""
    figure = compose(trend(published_case()), CATALOGUE, words())
    return sheet_drawing(figure, (1000, 900), "Whose it is")


def family() -> Drawing:
    """The family's chart."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(is_simple=True))
    return family_drawing(
        FamilyChart(figure, "Score at each visit.", "0", figure.panels[0].marks[-1].visit),
        515,
        100,
    )


def together() -> Drawing:
    """The made cohort's fan: lines that shine through one another, a band, and the median."""
    fan = fan_of(_made(), ASKED, CATALOGUE, words())
    return fan_drawing(fan, fan_axes(fan, (840, 360), Measure()), Measure())


def waiting() -> Drawing:
    """How long the made cohort took to a first 0, with the interval."""
    steps = steps_of(_made().to_zero, words())
    return steps_drawing(steps, steps_axes(steps, (420, 180), Measure()), Measure())


@cache
def _made() -> Cohort:
    return cohort_of(made_aligned(ASKED))


MADE = pytest.mark.parametrize("made", [course(), adult(), family(), together(), waiting()])


def laid_out_words(drawing: Drawing) -> list[Word]:
    """Return every word as it was laid out."""
    return [(each.text, each.x, each.y) for each in texts(drawing)]


def laid_out_marks(drawing: Drawing) -> list[Place]:
    """Return the middle of every circle, and the first corner of every other shape."""
    kinds = (each for each in elements(drawing) if isinstance(each, Disc | Outline))
    return [e.centre if isinstance(e, Disc) else e.corners[0] for e in kinds]


def laid_out_lines(drawing: Drawing) -> list[list[Place]]:
    """Return every line of scores."""
    lines = (each for each in elements(drawing) if isinstance(each, Polyline))
    return [list(line.places) for line in lines]


def flat(found: object) -> list[object]:
    """Return nested lists as one, for comparing numbers as nearly as files hold them."""
    if isinstance(found, list | tuple):
        return [one for each in found for one in flat(each)]
    return [found]


def same(found: object, expected: object) -> bool:
    """Whether two nested lists hold the same words, and the same numbers to a fiftieth."""
    one, other = flat(found), flat(expected)
    return len(one) == len(other) and all(map(_same, one, other))


def _same(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= 0.02
    return one == other


@MADE
def test_a_file_has_every_word_mark_and_line(made: Drawing) -> None:
    """As SVG, read back."""
    root = Xml.fromstring(svg_of(made, LIGHT, "R & D", "<one>"))  # noqa: S314 - our own
    found = [
        (each.text or "", float(each.get("x", "")), float(each.get("y", "")))
        for each in root.iter(f"{SVG}text")
    ]
    assert same(found, laid_out_words(made))
    marks = [_svg_place(each) for each in root.iter() if _is_mark(each)]
    assert same(marks, laid_out_marks(made))
    lines = [_points(each) for each in root.iter(f"{SVG}polyline")]
    assert same(lines, laid_out_lines(made))
    assert [each.text for each in root[:2]] == ["R & D", "<one>"]


def _is_mark(element: Xml.Element) -> bool:
    return element.tag in (f"{SVG}circle", f"{SVG}polygon")


def _svg_place(element: Xml.Element) -> Place:
    if element.tag == f"{SVG}circle":
        return (float(element.get("cx", "")), float(element.get("cy", "")))
    return _points(element)[0]


def _points(element: Xml.Element) -> list[Place]:
    pairs = (pair.split(",") for pair in element.get("points", "").split())
    return [(float(x), float(y)) for x, y in pairs]


class Sheet:
    """Stands for a canvas of reportlab, and notes what it is asked to draw, counted from above."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.words: list[Word] = []
        self.marks: list[Place] = []
        self.lines: list[list[Place]] = []

    def drawString(self, x: float, y: float, text: str) -> None:  # noqa: N802 - reportlab's name
        """Note a run of a word."""
        self.words.append((text, x, self._height - y))

    def beginPath(self) -> "Trace":  # noqa: N802 - as above
        """Return a path that notes its places."""
        return Trace(self._height)

    def drawPath(self, path: "Trace", *, stroke: int, fill: int) -> None:  # noqa: N802 - as above
        """Note a mark by its middle or first corner, or a line."""
        if path.is_closed:
            self.marks.append(path.places[0])
        else:
            self.lines.append(path.places)
        assert stroke or fill

    def __getattr__(self, _name: str) -> Any:
        return lambda *_asked, **_more: None


class Trace:
    """A path of a sheet."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.places: list[Place] = []
        self.is_closed = False

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802 - as above
        """Note a place."""
        self.places.append((x, self._height - y))

    lineTo = moveTo  # noqa: N815 - as above

    def circle(self, x: float, y: float, _radius: float) -> None:
        """Note a middle."""
        self.moveTo(x, y)
        self.close()

    def close(self) -> None:
        """Note that it is a shape."""
        self.is_closed = True


@MADE
def test_paper_has_every_word_mark_and_line(made: Drawing) -> None:
    """As reportlab is asked to draw them, counted from below; a word is as many runs as fonts."""
    sheet = Sheet(made.height)
    paint_on(sheet, made, LIGHT, Fonts())  # type: ignore[arg-type] # the sheet
    runs = [run.text for text in texts(made) for run in runs_of(text.text, text.weight)[0]]
    assert [word for word, _, _ in sheet.words] == runs
    firsts = [(x, y) for _, x, y in sheet.words]
    for _word, x, y in laid_out_words(made):
        assert any(same(first, (x, y)) for first in firsts)
    assert same(sheet.marks, laid_out_marks(made))
    assert same(sheet.lines, laid_out_lines(made))


@pytest.mark.parametrize("scale", [1.0, 0.625])
def test_paper_is_as_large_as_it_says(scale: float) -> None:
    """And finds a letter that no font has before it is drawn."""
    made, fonts = course(), Fonts()
    block = Painted(made, LIGHT, fonts, scale)
    assert block.wrap(1.0, 1.0) == (made.width * scale, made.height * scale)
    assert not fonts.has_boxes
    odd = replace(made, words=(Text(0.0, 9.0, "😀", 12.0, Weight.REGULAR, "ink"),))
    Painted(odd, LIGHT, fonts)
    assert fonts.has_boxes


class Spy:
    """Stands for a painter of Qt, and notes what it is asked to draw."""

    def __init__(self) -> None:
        self.words: list[Word] = []
        self.marks: list[Place] = []
        self.lines: list[list[Place]] = []
        self.fonts: list[QFont] = []

    def setFont(self, font: QFont) -> None:  # noqa: N802 - Qt's name
        """Note a font."""
        self.fonts.append(font)

    def drawText(self, at: QPointF, text: str) -> None:  # noqa: N802 - as above
        """Note a word."""
        self.words.append((text, at.x(), at.y()))

    def drawEllipse(self, centre: QPointF, *_radii: float) -> None:  # noqa: N802 - as above
        """Note a mark."""
        self.marks.append((centre.x(), centre.y()))

    def drawPolygon(self, corners: QPolygonF) -> None:  # noqa: N802 - as above
        """Note a mark."""
        self.marks.append((corners.at(0).x(), corners.at(0).y()))

    def drawPolyline(self, places: QPolygonF) -> None:  # noqa: N802 - as above
        """Note a line."""
        self.lines.append([(places.at(n).x(), places.at(n).y()) for n in range(places.size())])

    def __getattr__(self, _name: str) -> Any:
        return lambda *_asked: None


@MADE
def test_the_screen_has_every_word_mark_and_line(made: Drawing) -> None:
    """As Qt is asked to draw them, each text in the bundled font of its size."""
    spy = Spy()
    DrawingPainter(spy, Colours(LIGHT)).paint(made.parts)  # type: ignore[arg-type] # the spy
    assert same(spy.words, laid_out_words(made))
    assert same(spy.marks, laid_out_marks(made))
    assert same(spy.lines, laid_out_lines(made))
    assert [font.pixelSize() for font in spy.fonts] == [each.size for each in texts(made)]
    assert {font.families()[0] for font in spy.fonts} == {"Noto Sans"}


def test_the_view_boxes_put_marks_where_the_drawing_has_them(qtbot: Any) -> None:
    """What pyqtgraph moves by itself stands within half a pixel of where it was laid out."""
    plot = CoursePlot()
    qtbot.addWidget(plot)
    plot.resize(1000, 900)
    plot.show_figure(compose(trend(child()), CATALOGUE, words()), LIGHT)
    plot.show()
    assert plot.view is not None
    drawing = plot.view.drawing()
    boxes = plot._canvas._boxes
    for box, place, group in zip(boxes, plot.view.layout.panels, drawing.marks, strict=True):
        for mark, element in zip(place.panel.marks, group.elements, strict=True):
            shown = box.mapViewToScene(QPointF(mark.x, float(mark.y)))
            assert (shown.x(), shown.y()) == pytest.approx(middle(mark, place, element), abs=0.5)


def middle(mark: Mark, place: PanelPlace, element: Any) -> Place:
    """Return the middle of a mark as it was drawn; of corners, what they stand around."""
    if isinstance(element, Disc):
        return element.centre
    around = shape_at(mark.shape, (0.0, 0.0), mark_size(place), "")
    assert isinstance(around, Outline)
    (x, y), (right, down) = element.corners[0], around.corners[0]
    return x - right, y - down


def test_a_moved_drawing_has_everything_at_the_new_place() -> None:
    """Every word, mark and line, right and down alike; clips move along."""
    made = adult()
    other = moved(made, 10, 20)
    words_there = [(word, x + 10, y + 20) for word, x, y in laid_out_words(made)]
    marks_there = [(x + 10, y + 20) for x, y in laid_out_marks(made)]
    assert same(laid_out_words(other), words_there)
    assert same(laid_out_marks(other), marks_there)
    assert [group.left for group in other.marks] == [group.left + 10 for group in made.marks]
