"""The chart of 200 visits in three scales, against matplotlib drawing the same points and bars."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.palette import load_palette
from app.trends.figure import Figure
from tests.bench.long_course import long_figure

SIZE = (1000, 720)
FIRST_PAINT = "chart of 200 visits: first paint"
PAN = "chart of 200 visits: a pan frame"


def _keep(benchmark: Any, group: str, side: str, goal: str) -> None:
    benchmark.group = group
    benchmark.extra_info.update(side=side, goal=goal)


def _ours(figure: Figure) -> Any:
    from widgets.plot import CoursePlot  # noqa: PLC0415 - ours and the yardstick pay it alike

    plot = CoursePlot()
    plot.resize(*SIZE)
    plot.show_figure(figure, load_palette("light"))
    plot.show()
    return plot


def _yardstick(figure: Figure) -> Any:
    """Draw the same marks, lines and bars with matplotlib, one panel above the other."""
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: PLC0415 - the same
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - the same

    drawn = MplFigure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    canvas: Any = FigureCanvasQTAgg(drawn)  # type: ignore[no-untyped-call] # untyped library
    axes = drawn.subplots(len(figure.panels) + 1, 1, sharex=True)
    for axis, panel in zip(axes, figure.panels, strict=False):
        for run in panel.lines:
            axis.plot([x for x, _ in run], [float(y) for _, y in run])
        axis.scatter([m.x for m in panel.marks], [float(m.y) for m in panel.marks])
        axis.set_ylim(float(panel.lowest), float(panel.highest))
        axis.set_title(panel.title)
    for row, lane in enumerate(figure.lanes):
        for bar in lane.bars:
            axes[-1].broken_barh([(bar.start, bar.stop - bar.start)], (-row, bar.height))
    axes[-1].set_xlim(figure.axis.lowest, figure.axis.highest)
    axes[-1].set_xticks([t.x for t in figure.axis.ticks], [t.label for t in figure.axis.ticks])
    canvas.resize(*SIZE)
    canvas.show()
    return canvas


def _painted(widget: QWidget) -> QImage:
    """Return what a widget shows, which makes it paint."""
    return widget.grab().toImage()


@pytest.fixture
def shown(qtbot: Any) -> Iterator[list[QWidget]]:
    """Collect the widgets of a run and let go of them afterwards."""
    widgets: list[QWidget] = []
    yield widgets
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    qtbot.wait(1)


def test_first_paint_of_ours(benchmark: Any, shown: list[QWidget]) -> None:
    """Ours: build, show and paint."""
    _keep(benchmark, FIRST_PAINT, "ours", "at most 0.67")
    figure = long_figure()

    def run() -> None:
        shown.append(_ours(figure))
        _painted(shown[-1])

    benchmark.pedantic(run, rounds=15, warmup_rounds=2)


def test_first_paint_of_matplotlib(benchmark: Any, shown: list[QWidget]) -> None:
    """The yardstick: the same points and bars on the QtAgg canvas."""
    _keep(benchmark, FIRST_PAINT, "yardstick", "at most 0.67")
    figure = long_figure()

    def run() -> None:
        shown.append(_yardstick(figure))
        _painted(shown[-1])

    benchmark.pedantic(run, rounds=15, warmup_rounds=2)


def test_pan_frame_of_ours(benchmark: Any, shown: list[QWidget]) -> None:
    """Ours: move time by some pixels and paint."""
    _keep(benchmark, PAN, "ours", "at most 0.33")
    plot = _ours(long_figure())
    shown.append(plot)
    home = plot._view
    steps = iter(range(10**6))

    def run() -> None:
        plot._show(home.panned(next(steps) % 200))
        _painted(plot)

    benchmark.pedantic(run, rounds=60, warmup_rounds=5)


def test_pan_frame_of_matplotlib(benchmark: Any, shown: list[QWidget]) -> None:
    """The yardstick: move the shared axis and draw."""
    _keep(benchmark, PAN, "yardstick", "at most 0.33")
    figure = long_figure()
    canvas = _yardstick(figure)
    shown.append(canvas)
    steps = iter(range(10**6))

    def run() -> None:
        move = next(steps) % 200 * 10
        canvas.figure.axes[-1].set_xlim(figure.axis.lowest + move, figure.axis.highest + move)
        canvas.draw()
        _painted(canvas)

    benchmark.pedantic(run, rounds=30, warmup_rounds=3)
