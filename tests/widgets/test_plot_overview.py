"""The strip of the whole course: it shows which stretch is in view, and moves it."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.language import words
from app.palette import load_palette
from app.trends.axis import Extent
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Figure
from tests.courses import CATALOGUE, child, record, trend
from widgets.plot_overview import Overview

LIGHT = load_palette("light")
LEFT, RIGHT = 100.0, 700.0


@pytest.fixture
def figure() -> Figure:
    """The invented child's course."""
    return compose(trend(child()), CATALOGUE, words(), FigureOptions(chosen="oms"))


@pytest.fixture
def strip(qtbot: Any, figure: Figure) -> Overview:
    """The strip of that course, 600 pixels wide, with its middle half in view."""
    made = Overview()
    qtbot.addWidget(made)
    made.resize(800, 32)
    made.show_figure(figure, LIGHT)
    made.stand_below(LEFT, RIGHT)
    made.show_window(_part(figure, 0.25, 0.75))
    made.show()
    return made


def _part(figure: Figure, begin: float, end: float) -> Extent:
    first, width = figure.axis.first, figure.axis.last - figure.axis.first
    return Extent(first + begin * width, first + end * width)


def _shares(figure: Figure, window: Extent) -> tuple[float, float]:
    first, width = figure.axis.first, figure.axis.last - figure.axis.first
    return (window.lowest - first) / width, (window.highest - first) / width


def _drag(strip: Overview, start: int, end: int) -> list[Extent]:
    """Press at one pixel and move to another; return what was asked, each taken at once."""
    asked: list[Extent] = []
    strip.window_asked.connect(asked.append)
    strip.window_asked.connect(strip.show_window)
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(start, 16))
    at = QPointF(end, 16)
    move = QMouseEvent(
        QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(strip, move)
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(end, 16))
    return asked


def test_the_brush_stands_where_the_stretch_does(strip: Overview) -> None:
    """In the same pixels as the plot above."""
    assert [strip.brush.left(), strip.brush.right()] == pytest.approx([250, 550])


def test_the_course_is_drawn_from_first_to_last_day(strip: Overview) -> None:
    """Something of it stands at both ends, inside the brush and outside of it."""
    image, ink = strip.grab().toImage(), QColor(LIGHT["ink_soft"])

    def is_drawn(left: int, right: int) -> bool:
        return any(
            abs(image.pixelColor(x, y).red() - ink.red()) < 40
            and abs(image.pixelColor(x, y).blue() - ink.blue()) < 40
            for x in range(left, right)
            for y in range(4, 28)
        )

    assert is_drawn(125, 240)
    assert is_drawn(300, 500)
    assert is_drawn(600, 690)
    assert not is_drawn(10, 90)


@pytest.mark.parametrize(
    ("start", "end", "shares"),
    [
        (400, 460, (0.35, 0.85)),
        (250, 310, (0.35, 0.75)),
        (550, 490, (0.25, 0.65)),
        (250, 190, (0.15, 0.75)),
    ],
    ids=["the middle moves", "the left end", "the right end", "wider"],
)
def test_dragging_moves_the_stretch_or_one_end(
    strip: Overview, figure: Figure, start: int, end: int, shares: tuple[float, float]
) -> None:
    """Wherever the brush is taken."""
    asked = _drag(strip, start, end)
    assert _shares(figure, asked[-1]) == pytest.approx(shares)


def test_a_press_beside_the_brush_brings_it_there(strip: Overview, figure: Figure) -> None:
    """Its middle to the pointer, and on with it."""
    asked = _drag(strip, 640, 650)
    assert _shares(figure, asked[0]) == pytest.approx((0.65, 1.15))
    assert len(asked) == 2


def test_an_end_is_never_dragged_past_the_other(strip: Overview) -> None:
    """What would be nothing is not asked for."""
    assert _drag(strip, 250, 600) == []


def test_a_narrow_brush_is_moved_as_a_whole(strip: Overview, figure: Figure) -> None:
    """There is no telling its ends apart; it stays wide enough to be taken."""
    strip.show_window(_part(figure, 0.5, 0.502))
    assert strip.brush.width() == 8
    asked = _drag(strip, 402, 462)
    assert _shares(figure, asked[-1]) == pytest.approx((0.6, 0.602))


def test_without_scores_there_is_no_strip(strip: Overview) -> None:
    """An empty record, and a strip before its first figure, draw nothing and break nothing."""
    strip.show_figure(compose(trend(record()), CATALOGUE, words()), LIGHT)
    assert not strip.isVisible()
    empty = Overview()
    empty.resize(200, 32)
    assert not empty.grab().isNull()
    assert _drag(empty, 20, 60)
