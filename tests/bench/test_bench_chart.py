"""The chart of ten treatments with sixty dose steps each, beside matplotlib's."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from app.clock import FixedClock, Moment
from app.palette import load_palette
from app.screens.chart.control import ChartControl
from app.screens.places import ChartPlace
from app.trends.figure import Figure
from scales.catalogue import load_catalogue
from tests.bench.drawn import draw, draw_rows
from tests.bench.kept_course import keep_course, rows_of
from tests.bench.long_course import long_record, stepped_figure
from tests.bench.pairs import measure_pairs
from tests.growth.folders import new_store
from tests.screens.patient_rooms.bench import RoomBench

SIZE = (1000, 720)
_NOW = Moment(datetime(2026, 1, 28, 10, tzinfo=UTC), 0)


def _ours(figure: Figure) -> Any:
    from widgets.plot import CoursePlot  # noqa: PLC0415 - ours and the yardstick pay it alike

    plot = CoursePlot()
    plot.resize(*SIZE)
    plot.show_figure(figure, load_palette("light"))
    plot.show()
    return plot


def _canvas(drawing: Callable[[Any], object]) -> Any:
    from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg  # noqa: PLC0415 - the same
    from matplotlib.figure import Figure as MplFigure  # noqa: PLC0415 - the same

    drawn = MplFigure(figsize=(SIZE[0] / 100, SIZE[1] / 100), dpi=100)
    canvas: Any = FigureCanvasQTAgg(drawn)  # type: ignore[no-untyped-call] # untyped library
    drawing(drawn)
    canvas.resize(*SIZE)
    canvas.show()
    return canvas


def _yardstick(figure: Figure) -> Any:
    return _canvas(lambda drawn: draw(drawn, figure))


@pytest.fixture
def shown(qtbot: Any) -> Iterator[list[QWidget]]:
    """Collect the widgets of a run and let go of them afterwards."""
    widgets: list[QWidget] = []
    yield widgets
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    qtbot.wait(1)


@pytest.mark.parametrize("visits", [200, 2000])
def test_first_paint(benchmark: Any, shown: list[QWidget], visits: int) -> None:
    """Build, show and paint the composed figure."""
    benchmark.group = f"chart of {visits:,} visits: painting a composed figure"
    benchmark.extra_info["goal"] = "at most 0.25" if visits == 200 else "none"
    figure = stepped_figure(visits)

    def painting(build: Callable[[Figure], QWidget]) -> Callable[[], None]:
        def run() -> None:
            shown.append(build(figure))
            shown[-1].grab()

        return run

    measure_pairs(benchmark, painting(_ours), painting(_yardstick), rounds=30)


def test_pan_frame(benchmark: Any, shown: list[QWidget]) -> None:
    """Move time by some pixels and paint."""
    benchmark.group = "chart of 200 visits: a pan frame"
    benchmark.extra_info["goal"] = "at most 0.17"
    figure = stepped_figure(200)
    plot, canvas = _ours(figure), _yardstick(figure)
    shown.extend((plot, canvas))
    axis, lanes = figure.axis, canvas.figure.axes[-1]
    theirs_moved = count()

    def pan_theirs() -> None:
        move = next(theirs_moved) % 200 * 10
        lanes.set_xlim(axis.lowest + move, axis.highest + move)
        canvas.draw()
        canvas.grab()

    measure_pairs(benchmark, _panning(plot), pan_theirs, rounds=200)


def _panning(plot: Any) -> Callable[[], None]:
    """Return what moves time to and fro in half the course, and paints."""
    axis = plot.view.figure.axis
    near = plot.view.zoomed((plot.view.scale.left + plot.view.scale.right) / 2, 0.5)
    moved = count()
    assert axis.highest > axis.lowest

    def pan() -> None:
        plot._show(near.panned(next(moved) % 200))
        plot.grab()

    return pan


def test_pan_frame_of_many(benchmark: Any, shown: list[QWidget]) -> None:
    """Ours: 2,000 visits; the yardstick: ours with 200."""
    benchmark.group = "a pan frame of 2,000 visits, beside one of 200"
    benchmark.extra_info["goal"] = "at most 1.5"
    many, few = _ours(stepped_figure(2000)), _ours(stepped_figure(200))
    shown.extend((many, few))
    measure_pairs(benchmark, _panning(many), _panning(few), rounds=200)


def test_pointing_at_many(benchmark: Any, shown: list[QWidget]) -> None:
    """Find what is under the pointer among 2,000 visits; the yardstick: among 200."""
    benchmark.group = "pointing at a chart of 2,000 visits, beside one of 200"
    many, few = _ours(stepped_figure(2000)), _ours(stepped_figure(200))
    shown.extend((many, few))

    def pointing(plot: Any) -> Callable[[], None]:
        places = count()

        def point() -> None:
            place = next(places)
            plot._on_pointed(QPointF(150 + place * 7 % 800, place * 13 % 700))

        return point

    measure_pairs(benchmark, pointing(many), pointing(few), rounds=300)
    took = median(benchmark.stats.stats.data) * 1000
    benchmark.extra_info["goal"] = f"at most 5 ms ({took:.2f} ms)"
    assert took <= 5


def test_opening_a_chart(benchmark: Any, shown: list[QWidget], tmp_path: Path) -> None:
    """From the choice in the list until it is painted; the yardstick reads the same file."""
    benchmark.group = "chart of 200 visits: from the file until it is painted"
    benchmark.extra_info["goal"] = "at most 1"
    with closing(new_store(tmp_path / "records")) as store:
        patient = keep_course(store, long_record(200, 10, 60))
        rooms = RoomBench(store, load_catalogue(), FixedClock(_NOW))
        control = ChartControl(rooms.desk)
        control.page.resize(1280, 800)
        control.page.show()
        shown.append(control.page)

        def ours() -> None:
            control.open(ChartPlace(patient))
            control.page.grab()

        def theirs() -> None:
            shown.append(_canvas(lambda drawn: draw_rows(drawn, *rows_of(store, patient))))
            shown[-1].grab()

        measure_pairs(benchmark, ours, theirs, rounds=20)
