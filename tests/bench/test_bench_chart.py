"""The chart of 200 visits in three scales, against matplotlib drawing the same points and bars."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.palette import load_palette
from app.trends.figure import Figure
from tests.bench.drawn import draw
from tests.bench.long_course import long_figure
from tests.bench.pairs import measure_pairs

SIZE = (1000, 720)


def _ours(figure: Figure) -> Any:
    from widgets.plot import CoursePlot  # noqa: PLC0415 - ours and the yardstick pay it alike

    plot = CoursePlot()
    plot.resize(*SIZE)
    plot.show_figure(figure, load_palette("light"))
    plot.show()
    return plot


def _yardstick(figure: Figure) -> Any:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: PLC0415 - the same
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - the same

    drawn = MplFigure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    canvas: Any = FigureCanvasQTAgg(drawn)  # type: ignore[no-untyped-call] # untyped library
    draw(drawn, figure)
    canvas.resize(*SIZE)
    canvas.show()
    return canvas


@pytest.fixture
def shown(qtbot: Any) -> Iterator[list[QWidget]]:
    """Collect the widgets of a run and let go of them afterwards."""
    widgets: list[QWidget] = []
    yield widgets
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    qtbot.wait(1)


def test_first_paint(benchmark: Any, shown: list[QWidget]) -> None:
    """Build, show and paint the composed figure."""
    benchmark.group = "chart of 200 visits: first paint"
    benchmark.extra_info["goal"] = "at most 0.67"
    figure = long_figure()

    def painting(build: Callable[[Figure], QWidget]) -> Callable[[], None]:
        def run() -> None:
            shown.append(build(figure))
            shown[-1].grab()

        return run

    measure_pairs(benchmark, painting(_ours), painting(_yardstick), rounds=30)


def test_pan_frame(benchmark: Any, shown: list[QWidget]) -> None:
    """Move time by some pixels and paint."""
    benchmark.group = "chart of 200 visits: a pan frame"
    benchmark.extra_info["goal"] = "at most 0.33"
    figure = long_figure()
    plot, canvas = _ours(figure), _yardstick(figure)
    shown.extend((plot, canvas))
    home, axis, lanes = plot._view, figure.axis, canvas.figure.axes[-1]
    ours_moved, theirs_moved = count(), count()

    def pan_ours() -> None:
        plot._show(home.panned(next(ours_moved) % 200))
        plot.grab()

    def pan_theirs() -> None:
        move = next(theirs_moved) % 200 * 10
        lanes.set_xlim(axis.lowest + move, axis.highest + move)
        canvas.draw()
        canvas.grab()

    measure_pairs(benchmark, pan_ours, pan_theirs, rounds=200)
