"""The drawings of a cohort: pointing, choosing, walking with keys, and what is painted."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.palette import load_palette
from app.trends.cohort import DAYS
from app.trends.cohort_figure import Fan, FanLine, Step, Steps, Tick
from widgets.cohort_plot import FanPlot, StepPlot

_NO_KEYS = Qt.KeyboardModifier.NoModifier
LIGHT = load_palette("light")
UP = (Tick(0, "0"), Tick(18, "18"))


def _flat(value: float) -> tuple[float | None, ...]:
    return (value,) * len(DAYS)


def _fan(*lines: FanLine) -> Fan:
    nothing = (None,) * len(DAYS)
    across = (Tick(-28, "−28", "2"), Tick(364, "364", "2"))
    return Fan(lines, nothing, nothing, nothing, 0, 18, across, UP, "days", "in words")


@pytest.fixture
def plot(dressed: QApplication) -> Iterator[FanPlot]:
    """Return a drawing of two patients, one of whom was seen once."""
    assert dressed is not None
    plot = FanPlot("Totals")
    once = (None, 6.0, *(None,) * (len(DAYS) - 2))
    lines = (FanLine("a", _flat(12)), FanLine("b", _flat(4)), FanLine("c", once))
    plot.set_height(400)
    plot.show_fan(_fan(*lines), LIGHT)
    plot.resize(700, 400)
    plot.show()
    QApplication.processEvents()
    yield plot
    plot.close()
    plot.deleteLater()


def _grab(widget: FanPlot | StepPlot) -> QImage:
    return widget.grab().toImage()


def _point(plot: FanPlot, where: QPointF) -> None:
    """Bring the pointer to a place, whatever window stands above."""
    none = Qt.MouseButton.NoButton
    place = QMouseEvent(
        QEvent.Type.MouseMove, where, plot.mapToGlobal(where), none, none, _NO_KEYS
    )
    QApplication.sendEvent(plot, place)


def _near(image: QImage, where: QPointF, colour: QColor) -> bool:
    """Whether a colour stands within two pixels."""
    x, y = round(where.x()), round(where.y())
    around = ((x + i, y + j) for i in range(-2, 3) for j in range(-2, 3))
    return any(_alike(image.pixelColor(*one), colour) for one in around)


def _alike(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index] # stubs
    return all(abs(a - b) < 40 for a, b in pairs)


def test_a_line_is_pointed_at_and_chosen_where_it_runs(plot: FanPlot) -> None:
    """Between its days too; away from any line nobody is."""
    pointed: list[str] = []
    chosen: list[str] = []
    plot.pointed.connect(pointed.append)
    plot.patient_chosen.connect(chosen.append)
    between = (plot.where("b", 28) + plot.where("b", 56)) / 2
    _point(plot, between)
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.where("a", 0).toPoint())
    away = between.toPoint() + QPoint(0, -60)
    _point(plot, away.toPointF())
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=away)
    assert pointed[0] == "b"
    assert pointed[-1] == ""
    assert chosen == ["a"]


def test_the_arrows_walk_through_the_lines_and_enter_chooses(plot: FanPlot) -> None:
    """Round and round; other keys are left to the page."""
    pointed: list[str] = []
    chosen: list[str] = []
    plot.pointed.connect(pointed.append)
    plot.patient_chosen.connect(chosen.append)
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_X):
        QTest.keyClick(plot, key)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert pointed == ["a", "b", "a", "c"]
    assert chosen == ["c"]


def test_who_is_pointed_at_stands_out(plot: FanPlot) -> None:
    """The line is drawn in the colour of text, as no other one is."""
    where = plot.where("b", 196)
    ink = QColor(LIGHT["ink"])
    assert not _near(_grab(plot), where, ink)
    _point(plot, where)
    assert _near(_grab(plot), where, ink)


def test_it_says_in_words_what_it_shows(plot: FanPlot) -> None:
    """To a screen reader; where there is no value there is no place."""
    assert (plot.accessibleName(), plot.accessibleDescription()) == ("Totals", "in words")
    assert plot.where("c", 364) == plot.where("z", 0) == QPointF(-1, -1)


def test_an_empty_drawing_is_harmless(dressed: QApplication) -> None:
    """Before anything is shown, and with nobody in it."""
    assert dressed is not None
    plot, chosen = FanPlot("Totals"), list[str]()
    plot.patient_chosen.connect(chosen.append)
    plot.set_height(200)
    plot.resize(300, 200)
    for fan in (None, _fan()):
        if fan is not None:
            plot.show_fan(fan, LIGHT)
        assert not _grab(plot).isNull()
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton)
        QTest.keyClick(plot, Qt.Key.Key_Down)
    assert chosen == []
    plot.deleteLater()


def test_the_median_and_its_band_are_painted(plot: FanPlot) -> None:
    """Over the thin lines, in the colour of the first series."""
    fan = Fan(
        (), _flat(9), _flat(6), _flat(12), 0, 18, (), UP, "days", ""
    )  # fmt: skip
    at_nine = plot.where("a", 196) + (plot.where("b", 196) - plot.where("a", 196)) * 3 / 8
    plot.show_fan(fan, LIGHT)
    image = _grab(plot)
    assert _near(image, at_nine, QColor(LIGHT["series1"]))
    bare, banded = (
        image.pixelColor(round(at_nine.x()), 30),
        image.pixelColor(round(at_nine.x()), round(at_nine.y()) - 20),
    )
    assert bare != banded


def test_a_median_of_one_day_is_a_dot(plot: FanPlot) -> None:
    """And has no band beside it."""
    once = (None, None, 9.0, *(None,) * (len(DAYS) - 3))
    where = plot.where("a", 28) + (plot.where("b", 28) - plot.where("a", 28)) * 3 / 8
    plot.show_fan(Fan((), once, once, once, 0, 18, (), UP, "days", ""), LIGHT)
    assert _near(_grab(plot), where, QColor(LIGHT["series1"]))


def _steps() -> Steps:
    return Steps(
        (Step(50, 0.5, 0.3, 0.7), Step(51, 0.4, 0.2, 0.6), Step(100, 0.2, None, None)),
        tuple(Tick(day, str(day), "9") for day in (0, 50, 100)),
        (Tick(0, "0 %"), Tick(1, "100 %")),
        "days",
        "in words",
    )


def test_steps_are_painted_with_words_beside_them(dressed: QApplication) -> None:
    """From a hundred per cent down."""
    assert dressed is not None
    plot = StepPlot("Time to zero")
    plot.set_height(230)
    assert not _grab(plot).isNull()
    plot.show_steps(_steps(), LIGHT)
    plot.resize(600, 230)
    image = _grab(plot)
    found = {image.pixelColor(x, y).name() for x in range(600) for y in range(200)}
    assert QColor(LIGHT["series2"]).name() in found
    assert plot.accessibleDescription() == "in words"
    plot.deleteLater()


def test_a_drawing_is_as_high_as_asked_or_as_its_words_need(dressed: QApplication) -> None:
    """Larger text makes one higher that was too low."""
    assert dressed is not None
    plot = StepPlot("Time to zero")
    plot.show_steps(_steps(), LIGHT)
    plot.set_height(230)
    assert plot.height() == 230
    plot.set_height(10)
    least = plot.height()
    assert least > 60
    font = plot.font()
    font.setPixelSize(font.pixelSize() * 2)
    plot.setFont(font)
    assert plot.height() > least
    plot.deleteLater()


def test_what_stands_still_is_laid_out_once(
    plot: FanPlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pointing paints one line above a picture, however many patients there are."""
    _grab(plot)
    monkeypatch.setattr(plot, "_painted", None)  # laying out anew would call it
    for day in (28, 56):
        _point(plot, plot.where("a", day))
        assert not _grab(plot).isNull()
