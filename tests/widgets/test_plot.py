"""The course plot: what it draws, what it says, and what pointing, dragging and keys do."""

import gc
import weakref
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.language import words
from app.palette import load_palette
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind, Figure
from tests.courses import (
    CATALOGUE,
    child,
    event,
    published_case,
    record,
    sheet,
    step,
    totals,
    treatment,
    trend,
    visit,
)
from widgets.plot import CoursePlot, picture
from widgets.plot_labels import place_labels
from widgets.plot_places import Spot
from widgets.plot_style import Style

pytestmark = pytest.mark.usefixtures("qapp")

LIGHT = load_palette("light")


@pytest.fixture(scope="module")
def figure() -> Figure:
    """The invented child's course."""
    return compose(trend(child()), CATALOGUE, words())


@pytest.fixture
def plot(qtbot: Any, figure: Figure) -> CoursePlot:
    """A plot of that course, laid out."""
    made = CoursePlot()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_figure(figure, LIGHT)
    made.show()
    return made


def _at(plot: CoursePlot, number: int) -> QPoint:
    view = plot._view
    assert view is not None
    return view.spots()[number].centre.toPoint()


def _move(plot: CoursePlot, to: QPointF, *, held: bool = False) -> None:
    button = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, to, to, Qt.MouseButton.NoButton, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)


def _spot(plot: CoursePlot) -> Spot | None:
    return plot._spot


def _window(plot: CoursePlot) -> tuple[float, float]:
    assert plot._view is not None
    return plot._view.scale.lowest, plot._view.scale.highest


def test_a_panel_draws_every_total_and_breaks_where_one_is_missing(
    plot: CoursePlot, figure: Figure
) -> None:
    """The points are the totals; the line is not joined across a visit without one."""
    panel = figure.panels[0]
    curve, points = plot._canvas._boxes[0].childGroup.childItems()
    assert list(points.getData()[1]) == [float(mark.y) for mark in panel.marks]
    assert list(curve.getData()[0]) == [x for run in panel.lines for x, _ in run]
    joins = list(curve.opts["connect"])
    assert joins.count(0) == len(panel.lines) == 2


def test_panels_and_lanes_share_one_time_axis(plot: CoursePlot) -> None:
    """A day stands at the same pixel in every panel and in the lanes."""
    view = plot._view
    assert view is not None
    for box, place in zip(plot._canvas._boxes, view.layout.panels, strict=True):
        mark = place.panel.marks[0]
        at = box.mapViewToScene(QPointF(mark.x, float(mark.y)))
        assert at.x() == pytest.approx(view.scale.px(mark.x), abs=0.01)


def test_a_score_has_its_true_height(plot: CoursePlot) -> None:
    """The highest value of the range is at the top of the panel, the lowest at its bottom."""
    view = plot._view
    assert view is not None
    box, place = plot._canvas._boxes[0], view.layout.panels[0]
    top = box.mapViewToScene(QPointF(0, float(place.panel.highest)))
    bottom = box.mapViewToScene(QPointF(0, float(place.panel.lowest)))
    assert (top.y(), bottom.y()) == pytest.approx((place.plot.top(), place.plot.bottom()), abs=0.1)


def test_a_click_on_a_mark_chooses_its_visit(plot: CoursePlot, qtbot: Any) -> None:
    """The signal carries the internal id of the visit."""
    with qtbot.waitSignal(plot.visit_chosen) as chosen:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=_at(plot, 3))
    assert chosen.args == ["#v2025-01-24"]


def test_an_open_mark_chooses_its_visit_too(plot: CoursePlot, qtbot: Any) -> None:
    """A visit without a total can be opened like any other."""
    view = plot._view
    assert view is not None
    spot = next(each for each in view.spots() if "no total" in each.words)
    with qtbot.waitSignal(plot.visit_chosen) as chosen:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=spot.centre.toPoint())
    assert chosen.args == ["#v2025-09-12"]


def test_a_click_beside_everything_chooses_nothing(plot: CoursePlot, qtbot: Any) -> None:
    """The empty ground opens no visit."""
    with qtbot.assertNotEmitted(plot.visit_chosen):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        QTest.mouseClick(plot, Qt.MouseButton.RightButton, pos=_at(plot, 3))


def test_hovering_says_the_visit_once_and_then_that_it_is_left(plot: CoursePlot) -> None:
    """The signal is the visit's id, then None when the pointer leaves."""
    heard: list[object] = []
    plot.visit_hovered.connect(heard.append)
    _move(plot, QPointF(_at(plot, 0)))
    _move(plot, QPointF(_at(plot, 0)) + QPointF(1, 0))
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert heard == ["#v2024-12-19", None]


def test_hovering_a_bar_says_its_dose(plot: CoursePlot) -> None:
    """A bar has words but no visit."""
    view = plot._view
    assert view is not None
    lane = next(place for place in view.layout.lanes if place.lane.key == "prednisolone")
    x = view.scale.px(lane.lane.bars[0].start) + 6
    _move(plot, QPointF(x, lane.rect.center().y()))
    assert plot._spot is not None
    assert plot._spot.words.startswith("Prednisolone 2 mg/kg daily")


def test_hovering_an_event_says_what_happened(plot: CoursePlot) -> None:
    """An event's tick answers with its kind and date; so does the name of a span."""
    view = plot._view
    assert view is not None
    fever = next(event for event in view.figure.events if event.kind == "fever")
    _move(plot, QPointF(view.scale.px(fever.x), view.layout.events_top + 8))
    assert plot._spot is not None
    assert plot._spot.words == "Fever\n14 Jun 2025"
    relapse = next(event for event in view.figure.events if event.kind == "relapse")
    _move(plot, QPointF(view.scale.px(relapse.x) + 4, 8))
    assert plot._spot.words.startswith("Relapse")


def test_a_drag_moves_time_and_nothing_else(plot: CoursePlot, qtbot: Any) -> None:
    """Days follow the pointer, no visit is chosen, and values keep their height."""
    before, heights = _window(plot), plot._canvas._boxes[0].viewRange()[1]
    start = QPoint(400, 300)
    with qtbot.assertNotEmitted(plot.visit_chosen):
        QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
        _move(plot, QPointF(405, 300), held=True)
        assert _window(plot) == before
        _move(plot, QPointF(300, 200), held=True)
        QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert _window(plot)[0] > before[0]
    assert plot._canvas._boxes[0].viewRange()[1] == pytest.approx(heights)


def test_a_drag_never_loses_the_course(plot: CoursePlot) -> None:
    """However far it goes, a quarter of the window still shows the record."""
    view = plot._view
    assert view is not None
    far = view.panned(-(10**6)).scale
    width = far.highest - far.lowest
    assert far.lowest == pytest.approx(view.layout.scale.highest - width / 4)


def test_a_double_click_shows_everything_again(plot: CoursePlot) -> None:
    """The window goes back to the whole axis."""
    before = _window(plot)
    assert plot._view is not None
    plot._show(plot._view.panned(120))
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert _window(plot) == before


def test_the_wheel_does_not_zoom(plot: CoursePlot) -> None:
    """The wheel belongs to the page around the plot."""
    before = _window(plot)
    at = QPointF(400, 300)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)
    assert _window(plot) == before
    assert not event.isAccepted()


def test_there_is_no_context_menu(plot: CoursePlot) -> None:
    """A right click opens nothing."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(400, 300), QPoint(400, 300))
    QApplication.sendEvent(plot, event)
    assert QApplication.activePopupWidget() is None


def test_the_keyboard_walks_over_the_marks_and_opens_one(plot: CoursePlot, qtbot: Any) -> None:
    """Right from nowhere is the first mark, Home and End the ends, Enter opens, Escape lets go."""
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    with qtbot.waitSignal(plot.visit_chosen) as chosen:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == ["#v2025-01-01"]
    QTest.keyClick(plot, Qt.Key.Key_End)
    assert plot._spot is not None
    assert plot._spot.visit == "#v2026-01-28"
    QTest.keyClick(plot, Qt.Key.Key_Home)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot._spot.visit == "#v2024-12-19"
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert _spot(plot) is None


def test_other_keys_are_left_to_the_window(plot: CoursePlot, qtbot: Any) -> None:
    """A key that the plot does not know, or that has nothing to act on, does nothing."""
    with qtbot.assertNotEmitted(plot.visit_chosen):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_A):
            QTest.keyClick(plot, key)
    assert plot._spot is None


def test_tabbing_into_the_plot_shows_where_one_is(plot: CoursePlot) -> None:
    """The last visit is pointed at when the keyboard comes in, but not when a click does."""
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    assert _spot(plot) is None
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert plot._spot is not None
    assert plot._spot.visit == "#v2026-01-28"


def test_a_mark_out_of_view_is_brought_into_view(plot: CoursePlot) -> None:
    """Walking to the first mark of a chart opened on its last days moves time there."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(days=60))
    plot.show_figure(figure, LIGHT)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot._spot is not None
    assert plot._view is not None
    assert plot._view.scale.holds(plot._spot.x)


def test_a_screen_reader_hears_what_the_plot_shows(plot: CoursePlot, figure: Figure) -> None:
    """The name lists the panels, the description is the figure's summary."""
    assert plot.accessibleName() == "OMS scale, SARA"
    assert plot.accessibleDescription() == figure.summary


def test_a_plot_without_a_figure_draws_nothing_and_breaks_nothing(qtbot: Any) -> None:
    """Before the first figure every event is harmless."""
    empty = CoursePlot()
    qtbot.addWidget(empty)
    empty.resize(600, 400)
    _move(empty, QPointF(5, 5))
    QTest.mouseClick(empty, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(empty, Qt.MouseButton.LeftButton)
    QTest.keyClick(empty, Qt.Key.Key_Right)
    assert empty.needed_height(600) == 0
    assert not empty.grab().isNull()


def test_an_empty_record_says_so(qtbot: Any) -> None:
    """Without a visit the plot is named by its summary, and keys find no mark."""
    figure = compose(trend(record()), CATALOGUE, words())
    plot = CoursePlot()
    qtbot.addWidget(plot)
    plot.show_figure(figure, LIGHT)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleName() == "No visit is recorded yet."
    assert _has_colour(plot.grab().toImage(), LIGHT["background"])
    assert plot._spot is None


def test_a_low_plot_asks_for_the_height_it_needs(plot: CoursePlot) -> None:
    """Nothing is crowded: the least height holds every panel and lane."""
    plot.resize(600, 200)
    assert plot.minimumHeight() == plot.needed_height(plot.width()) > 200
    assert plot.minimumSizeHint().height() >= plot.needed_height(600)


def test_a_new_figure_takes_the_place_of_the_old_one(plot: CoursePlot) -> None:
    """Nothing of the patient before stays in the scene."""
    figure = compose(trend(published_case()), CATALOGUE, words())
    plot.show_figure(figure, load_palette("dark"))
    assert len(plot._canvas._boxes) == len(figure.panels)
    boxes = [item for item in plot._canvas.scene().items() if item in plot._canvas._boxes]
    assert len(boxes) == len(figure.panels)


def test_a_closed_plot_is_freed(qtbot: Any, figure: Figure) -> None:
    """No connection keeps a plot alive."""
    plot = CoursePlot()
    plot.show_figure(figure, LIGHT)
    plot.grab()
    gone = weakref.ref(plot)
    plot.deleteLater()
    del plot
    qtbot.wait(1)
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_picture_has_its_size_and_its_ground(theme: str, figure: Figure) -> None:
    """The picture is as wide as asked, at least as high, and on the theme's background."""
    palette = load_palette(theme)
    image = picture(figure, palette, 1500, 900, "Amira Haddad · born 14 Mar 2022 · ID 40-1187")
    assert (image.width(), image.height()) == (1500, 900)
    assert image.pixelColor(1498, 2).name().upper() == palette["background"]
    series = palette[figure.panels[0].colour]
    assert _has_colour(image, series)


def test_a_picture_grows_where_it_would_crowd(figure: Figure) -> None:
    """Too low a height is not obeyed: no note is cut."""
    assert picture(figure, LIGHT, 720, 300).height() > 300


@pytest.mark.parametrize("axis", list(AxisKind))
def test_every_axis_can_be_drawn(axis: AxisKind) -> None:
    """The adult's course is drawn by date, since a start and by age, noise band and all."""
    options = FigureOptions(axis=axis, treatment_id="ivig")
    figure = compose(trend(published_case()), CATALOGUE, words(), options)
    assert any(panel.bands for panel in figure.panels)
    assert _has_colour(picture(figure, LIGHT, 720, 640), LIGHT["class_steroid"])


def test_the_same_figure_makes_the_same_picture(figure: Figure) -> None:
    """Nothing of the picture depends on the moment."""
    assert picture(figure, LIGHT, 720, 640) == picture(figure, LIGHT, 720, 640)


def _has_colour(image: QImage, colour: str) -> bool:
    wanted = colour.upper()
    return any(
        image.pixelColor(x, y).name().upper() == wanted
        for y in range(0, image.height(), 2)
        for x in range(0, image.width(), 2)
    )


def test_zero_is_drawn_like_any_other_total(plot: CoursePlot, figure: Figure) -> None:
    """A total of 0 is a point on the line, not a gap."""
    last = figure.panels[0].marks[-1]
    assert last.y == Decimal(0)
    points = plot._canvas._boxes[0].childGroup.childItems()[1]
    assert points.getData()[1][-1] == 0.0


RARE = {
    "age marks and no lanes": record(
        totals("sara", {"2025-01-01": "12", "2026-01-01": "3"}), birth="2021-08-05"
    ),
    "short dates everywhere": record(
        totals("icars", {"2001-01": "60", "2001-03": "10", "2002": "36"}),
        [treatment("a", "ivig", "2001-01", "2001-02"), treatment("b", "trazodone")],
        [event("relapse", "2001-05", "2001-08"), event("relapse", "2001-06", "2001-07")],
    ),
    "many events on one day": record(
        totals("oms", {"2025-01-01": "3"}),
        events=[
            event(kind, "2025-01-01")
            for kind in ("fever", "infection", "surgery", "hospital", "vaccination")
        ],
    ),
    "a long caution and a long name": record(
        [visit("2025-01-01", sheet("five_feature", "11x11"))],
        [
            treatment(
                "a", "other", "2025-01-01", "2025-02-01",
                *(step(str(n), unit, "daily", f"2025-01-0{n + 1}") for n, unit in
                  enumerate(("mg", "g", "mg/kg", "g/kg"))),
                note="A treatment with a very long name that no column of labels can hold",
            )
        ],
    ),
    "six raters and open marks": record(
        [
            visit(f"2025-01-0{n}", sheet("oms", "00000x" if n % 2 else "000000"), rater=f"R{n}")
            for n in range(1, 7)
        ]
    ),
    "doses before the end": record(
        totals("oms", {"2025-01-01": "3", "2026-01-20": "2"}),
        [treatment("a", "rituximab", "2026-01-10", "2026-01-20",
                   step("375", "mg/m2", "weekly", "2026-01-10", "2026-01-20"))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RARE)
@pytest.mark.parametrize(("width", "height"), [(560, 400), (1500, 900)])
def test_rare_courses_are_drawn_whole(name: str, width: int, height: int) -> None:
    """Nothing breaks and something is drawn, narrow or wide, whole or moved aside."""
    figure = compose(trend(RARE[name]), CATALOGUE, words())
    assert _has_colour(picture(figure, LIGHT, width, height), LIGHT["ink"])
    plot = CoursePlot()
    plot.resize(width, height)
    plot.show_figure(figure, LIGHT)
    assert plot._view is not None
    plot._show(plot._view.panned(width / 2))
    plot._show(plot._view.panned(-width / 2))
    assert not plot.grab().isNull()


def test_text_is_never_below_twelve_pixels(plot: CoursePlot) -> None:
    """Small print is twelve pixels, and grows with the text of the system."""
    font = plot.font()
    font.setPixelSize(15)
    style = Style(LIGHT, font)
    fonts = (style.title, style.text, style.strong, style.small, style.small_strong)
    assert min(each.pixelSize() for each in fonts) == 12
    font.setPixelSize(22)
    assert Style(LIGHT, font).small.pixelSize() == 18


def test_labels_of_lanes_never_reach_into_the_bars(plot: CoursePlot, figure: Figure) -> None:
    """The column of labels holds the widest one."""
    view = plot._view
    assert view is not None
    widest = max(view.style.width(lane.label, view.style.text) for lane in figure.lanes)
    assert widest < view.scale.left


def test_no_two_labels_of_one_row_cover_each_other(plot: CoursePlot) -> None:
    """Placed labels of events keep apart; one without room is left to hovering."""
    figure = compose(trend(RARE["many events on one day"]), CATALOGUE, words())
    plot.show_figure(figure, LIGHT)
    view = plot._view
    assert view is not None
    placed = [each for each in place_labels(figure.events, view.scale, view.style) if each.text]
    for one, other in combinations(placed, 2):
        ends = sorted(
            (each.text_x, each.text_x + view.style.width(each.text, view.style.small))
            for each in (one, other)
        )
        assert one.row != other.row or ends[0][1] <= ends[1][0]


def test_what_is_out_of_view_is_not_drawn(plot: CoursePlot) -> None:
    """Bars, events, marks and labels before the window leave no trace beside the axis."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(days=40))
    plot.show_figure(figure, LIGHT)
    assert plot._view is not None
    top = int(plot._view.layout.lanes[0].rect.top())
    image = plot.grab().toImage()
    assert not _has_colour(image.copy(0, top, image.width(), 200), LIGHT["class_b_cell"])


def test_the_pointer_on_free_ground_of_a_lane_says_nothing(plot: CoursePlot) -> None:
    """Between two bars, and on the row of events away from them, there is nothing to say."""
    view = plot._view
    assert view is not None
    lane = next(place for place in view.layout.lanes if place.lane.key == "rituximab")
    assert view.spot_at(QPointF(lane.rect.right() - 5, lane.rect.center().y())) is None
    assert view.spot_at(QPointF(lane.rect.right() - 5, view.layout.events_top + 8)) is None


def test_a_click_on_a_bar_says_its_dose_and_opens_nothing(plot: CoursePlot, qtbot: Any) -> None:
    """A touch without hovering reads the dose."""
    view = plot._view
    assert view is not None
    lane = next(place for place in view.layout.lanes if place.lane.key == "rituximab")
    at = QPointF(view.scale.px(lane.lane.bars[0].start) + 4, lane.rect.center().y())
    with qtbot.assertNotEmitted(plot.visit_chosen):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at.toPoint())
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert plot._spot is not None
    assert plot._spot.words.startswith("Rituximab 375 mg/m² weekly")
