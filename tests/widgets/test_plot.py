"""The course plot: what it draws, what it says, and what pointing, dragging and keys do."""

import gc
import weakref
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.drawing.labels import place_labels
from app.drawing.lanes import bar_box
from app.drawing.measure import Letters, Measure
from app.drawing.places import Box, PanelPlace
from app.drawing.spots import Spot
from app.drawing.view import CourseView
from app.drawing.vocabulary import Text
from app.language import words
from app.lettering import width_of
from app.palette import load_palette
from app.trends.axis import Extent, Ruler, TimeWords
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind, Figure
from app.trends.span import Span
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
from widgets.plot_painting import drawing_font, measure_of
from widgets.plot_pointer import PlotPointer

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


def _view(plot: CoursePlot) -> CourseView:
    assert plot.view is not None
    return plot.view


def _at(plot: CoursePlot, number: int) -> QPoint:
    return _point(_view(plot).spots()[number])


def _point(spot: Spot) -> QPoint:
    return QPointF(*spot.centre).toPoint()


def _middle(box: Box) -> QPoint:
    return QPointF(box.left + box.width / 2, box.middle).toPoint()


def _texts(plot: CoursePlot) -> list[Text]:
    return [each for each in _view(plot).drawing().words if isinstance(each, Text)]


def _move(plot: CoursePlot, to: QPointF, *, held: bool = False) -> None:
    button = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, to, to, Qt.MouseButton.NoButton, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)


def _drag(plot: CoursePlot, pixels: int) -> None:
    """Drag time by so many pixels, however wide the plot is."""
    start, end = QPoint(3, 3), QPoint(3 + pixels, 3)
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
    _move(plot, QPointF(end), held=True)
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=end)


def _spot(plot: CoursePlot) -> Spot | None:
    return plot.spot


def _window(plot: CoursePlot) -> tuple[float, float]:
    return _view(plot).scale.lowest, _view(plot).scale.highest


def _is_drawn(image: QImage, at: QPointF, colour: str, reach: int = 2) -> bool:
    """Whether a colour stands within so many pixels of a point, faint edges aside."""
    wanted, middle = QColor(colour), at.toPoint()
    return any(
        _distance(image.pixelColor(middle.x() + across, middle.y() + down), wanted) < 60
        for across in range(-reach, reach + 1)
        for down in range(-reach, reach + 1)
    )


def _distance(one: QColor, other: QColor) -> int:
    return (
        abs(one.red() - other.red())
        + abs(one.green() - other.green())
        + abs(one.blue() - other.blue())
    )


def _place(plot: CoursePlot, panel: PanelPlace, x: float, y: float) -> QPointF:
    """Return where a value of a day stands, worked out from the ends of the panel alone."""
    plotted, axis = panel.plot, _view(plot).scale
    low, high = float(panel.panel.lowest), float(panel.panel.highest)
    across = (x - axis.lowest) / (axis.highest - axis.lowest)
    up = (y - low) / (high - low)
    return QPointF(plotted.left + across * plotted.width, plotted.bottom - up * plotted.height)


def _halfway(one: QPointF, other: QPointF) -> QPointF:
    return QPointF((one.x() + other.x()) / 2, (one.y() + other.y()) / 2)


def test_a_panel_draws_every_total_and_breaks_where_one_is_missing(
    plot: CoursePlot, figure: Figure
) -> None:
    """The points are the totals; the line is not joined across a visit without one."""
    panel, image = _view(plot).layout.panels[0], plot.grab().toImage()
    colour = LIGHT[panel.panel.colour]
    runs = [[_place(plot, panel, x, float(y)) for x, y in run] for run in panel.panel.lines]
    assert len(runs) == 2
    assert sum(len(run) for run in runs) == len(figure.panels[0].marks)
    assert all(_is_drawn(image, at, colour, 0) for run in runs for at in run)
    joined = [pair for run in runs for pair in pairwise(run)]
    assert all(_is_drawn(image, _halfway(*pair), colour) for pair in joined)
    assert not _is_drawn(image, _halfway(runs[0][-1], runs[1][0]), colour)


def test_panels_and_lanes_share_one_time_axis(plot: CoursePlot) -> None:
    """A day stands at the same pixel in every panel and in the lanes."""
    view, image = _view(plot), plot.grab().toImage()
    assert len(view.layout.panels) > 1
    for place in view.layout.panels:
        mark = place.panel.marks[0]
        at = _place(plot, place, mark.x, float(mark.y))
        assert at.x() == pytest.approx(view.scale.px(mark.x), abs=0.01)
        assert _is_drawn(image, at, LIGHT[place.panel.colour], 0)
    lane = next(each for each in view.layout.lanes if each.lane.key == "rituximab")
    bar = QPointF(view.scale.px(lane.lane.bars[0].start) + 2, lane.row.middle)
    assert _is_drawn(image, bar, LIGHT[lane.lane.colour], 6)


def test_a_score_has_its_true_height(qtbot: Any) -> None:
    """The highest value of the range is at the top of the panel, the lowest at its bottom."""
    course = record(totals("oms", {"2025-01-01": "18", "2025-02-01": "0"}))
    ends = CoursePlot()
    qtbot.addWidget(ends)
    ends.resize(900, 700)
    ends.show_figure(compose(trend(course), CATALOGUE, words()), LIGHT)
    ends.show()
    (place,), image = _view(ends).layout.panels, ends.grab().toImage()
    first, last = (_view(ends).scale.px(mark.x) for mark in place.panel.marks)
    colour = LIGHT[place.panel.colour]
    assert _is_drawn(image, QPointF(first, place.plot.top), colour, 0)
    assert _is_drawn(image, QPointF(last, place.plot.bottom), colour, 0)


def test_a_click_on_a_mark_chooses_its_visit(plot: CoursePlot, qtbot: Any) -> None:
    """The signal carries the internal id of the visit."""
    with qtbot.waitSignal(plot.visit_chosen) as chosen:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=_at(plot, 3))
    assert chosen.args == ["#v2025-01-24"]


def test_an_open_mark_chooses_its_visit_too(plot: CoursePlot, qtbot: Any) -> None:
    """A visit without a total can be opened like any other."""
    view = _view(plot)
    spot = next(each for each in view.spots() if "no total" in each.words)
    with qtbot.waitSignal(plot.visit_chosen) as chosen:
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=_point(spot))
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
    view = _view(plot)
    lane = next(place for place in view.layout.lanes if place.lane.key == "prednisolone")
    x = view.scale.px(lane.lane.bars[0].start) + 6
    _move(plot, QPointF(x, lane.row.middle))
    assert plot.spot is not None
    assert plot.spot.words.startswith("Prednisolone 2 mg/kg daily")


def test_hovering_an_event_says_what_happened(plot: CoursePlot) -> None:
    """An event's tick answers with its kind and date; so does the name of a span."""
    view = _view(plot)
    fever = next(event for event in view.figure.events if event.kind == "fever")
    _move(plot, QPointF(view.scale.px(fever.x), view.layout.events_top + 8))
    assert plot.spot is not None
    assert plot.spot.words == "Fever\n14 Jun 2025"
    relapse = next(event for event in view.figure.events if event.kind == "relapse")
    _move(plot, QPointF(view.scale.px(relapse.x) + 4, 8))
    assert plot.spot.words.startswith("Relapse")


def test_a_drag_moves_time_and_nothing_else(plot: CoursePlot, qtbot: Any) -> None:
    """Days follow the pointer, no visit is chosen, and values keep their height."""
    QTest.keyClicks(plot, "+")
    before, height = _window(plot), _at(plot, 9).y()
    start = QPoint(400, 300)
    with qtbot.assertNotEmitted(plot.visit_chosen):
        QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=start)
        _move(plot, QPointF(405, 300), held=True)
        assert _window(plot) == before
        _move(plot, QPointF(300, 200), held=True)
        QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert _window(plot)[0] > before[0]
    assert _at(plot, 9).y() == height
    panel, image = _view(plot).layout.panels[0], plot.grab().toImage()
    assert _is_drawn(image, QPointF(_at(plot, 9)), LIGHT[panel.panel.colour], 0)


@pytest.mark.parametrize("chosen", ["", "oms"])
def test_what_was_moved_looks_like_what_opened_there(qtbot: Any, chosen: str) -> None:
    """What is kept painted while time moves leaves no trace: bars, cells, lines and marks."""
    options = FigureOptions(chosen=chosen)
    figure = compose(trend(child()), CATALOGUE, words(), options)
    moved, fresh = CoursePlot(), CoursePlot()
    for each in (moved, fresh):
        qtbot.addWidget(each)
        each.resize(900, 760)
        each.show_figure(figure, LIGHT)
        each.show()
    width = figure.axis.last - figure.axis.first
    moved.show_window(Extent(figure.axis.first, figure.axis.first + width / 4))
    moved.grab()
    for pixels in (-40, -300, 25):
        _drag(moved, pixels)
        moved.grab()
    fresh.show_window(_view(moved).window)
    one, other = moved.grab().toImage(), fresh.grab().toImage()
    unlike = [
        (x, y)
        for y in range(0, one.height(), 3)
        for x in range(0, one.width(), 3)
        if _distance(one.pixelColor(x, y), other.pixelColor(x, y)) > 60
    ]
    assert len(unlike) < 20  # rims of letters and lines


@pytest.mark.parametrize("pixels", [-(10**6), 10**6])
def test_a_drag_ends_where_the_course_does(plot: CoursePlot, figure: Figure, pixels: int) -> None:
    """However far it goes, nothing is dragged into emptiness."""
    plot.show_window(Extent(figure.axis.first + 100, figure.axis.first + 200))
    _drag(plot, pixels)
    lowest, highest = _window(plot)
    assert highest - lowest == pytest.approx(100)
    if pixels < 0:
        assert highest == pytest.approx(figure.axis.last)
    else:
        assert lowest == pytest.approx(figure.axis.first)


def test_a_double_click_shows_again_what_it_opened_on(plot: CoursePlot, figure: Figure) -> None:
    """However far one has gone."""
    before = _window(plot)
    plot.show_window(Extent(figure.axis.first + 100, figure.axis.first + 200))
    assert _window(plot) != before
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert _window(plot) == before


def _wheel(
    plot: CoursePlot, turn: int, across: int = 0, *, at: float = 400, with_shift: bool = False
) -> QWheelEvent:
    place = QPointF(at, 300)
    held = Qt.KeyboardModifier.ShiftModifier if with_shift else Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        place, place, QPoint(), QPoint(across, turn), Qt.MouseButton.NoButton,
        held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot, event)
    return event


def test_the_wheel_turns_time_nearer_at_the_pointer(plot: CoursePlot) -> None:
    """The day under the pointer stays there; back again is as before; y never moves."""
    before, day = _window(plot), _view(plot).scale.day(400)
    height = _at(plot, 3).y()
    _wheel(plot, 360)
    lowest, highest = _window(plot)
    assert highest - lowest == pytest.approx((before[1] - before[0]) / 1.2**3)
    assert _view(plot).scale.day(400) == pytest.approx(day)
    assert _at(plot, 3).y() == height
    _wheel(plot, -360)
    assert _window(plot) == pytest.approx(before)


def test_the_wheel_ends_at_a_week_and_at_the_whole(plot: CoursePlot, figure: Figure) -> None:
    """Neither nearer than can be read, nor further than there is something."""
    _wheel(plot, 120 * 100)
    lowest, highest = _window(plot)
    assert highest - lowest == pytest.approx(7)
    _wheel(plot, -120 * 100)
    assert _window(plot) == pytest.approx((figure.axis.first, figure.axis.last))


@pytest.mark.parametrize(("turn", "across", "with_shift"), [(0, -80, False), (-80, 0, True)])
def test_the_wheel_sideways_moves_time(
    plot: CoursePlot, figure: Figure, turn: int, across: int, with_shift: bool
) -> None:
    """By itself, or with Shift; as many days stay in view."""
    plot.show_window(Extent(figure.axis.first + 100, figure.axis.first + 200))
    before = _window(plot)
    _wheel(plot, turn, across, with_shift=with_shift)
    assert _window(plot)[0] > before[0]
    assert _window(plot)[1] - _window(plot)[0] == pytest.approx(100)


def test_two_fingers_turn_time_nearer_between_them(plot: CoursePlot) -> None:
    """What the first finger began is no drag; fingers on one spot do nothing."""
    pointer = plot.findChild(PlotPointer)
    assert pointer is not None
    before, day = _window(plot), _view(plot).scale.day(300)
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(250, 300))
    centre = QPointF(plot.mapToGlobal(QPoint(300, 300)))
    pointer.pinch(centre, 2.0)
    assert _window(plot)[1] - _window(plot)[0] == pytest.approx((before[1] - before[0]) / 2)
    assert _view(plot).scale.day(300) == pytest.approx(day)
    pinched = _window(plot)
    _move(plot, QPointF(700, 300), held=True)
    assert _window(plot) == pinched
    pointer.pinch(centre, 0.0)
    assert _window(plot) == pinched


def test_a_touchpad_turns_time_nearer(plot: CoursePlot) -> None:
    """Fingers that spread on it show fewer days; other gestures are left alone."""
    before, device = _window(plot), QPointingDevice.primaryPointingDevice()
    for kind, value in (
        (Qt.NativeGestureType.RotateNativeGesture, 1.0),
        (Qt.NativeGestureType.ZoomNativeGesture, 1.0),
    ):
        at = QPointF(400, 300)
        gesture = QNativeGestureEvent(kind, device, 2, at, at, at, value, QPointF())
        QApplication.sendEvent(plot, gesture)
        factor = 1 if kind is Qt.NativeGestureType.RotateNativeGesture else 2
        lowest, highest = _window(plot)
        assert highest - lowest == pytest.approx((before[1] - before[0]) / factor)


def test_keys_do_what_the_hand_does(plot: CoursePlot, figure: Figure) -> None:
    """Plus and minus turn time, with Shift the arrows move it, 0 is as it opened."""
    before = _window(plot)
    QTest.keyClicks(plot, "++")
    nearer = _window(plot)
    assert nearer[1] - nearer[0] == pytest.approx((before[1] - before[0]) / 1.4**2)
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert _window(plot)[0] == pytest.approx(nearer[0] + (nearer[1] - nearer[0]) / 4)
    QTest.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert _window(plot) == pytest.approx(nearer)
    QTest.keyClicks(plot, "---")
    assert _window(plot) == pytest.approx((figure.axis.first, figure.axis.last))
    QTest.keyClicks(plot, "++0")
    assert _window(plot) == before


def test_a_key_turns_time_at_the_mark_that_is_pointed_at(plot: CoursePlot) -> None:
    """What one looks at stays where it is."""
    QTest.keyClick(plot, Qt.Key.Key_Home)
    for _ in range(6):
        QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.spot is not None
    x, day = plot.spot.centre[0], plot.spot.x
    QTest.keyClicks(plot, "+")
    assert _view(plot).scale.px(day) == pytest.approx(x)


def test_ticks_follow_what_is_in_view(plot: CoursePlot, figure: Figure) -> None:
    """Nearer, days are labelled; without the words for that, the figure's own ticks stay."""
    ruler = Ruler(AxisKind.DATE, date(1970, 1, 1))
    plot.show_figure(figure, LIGHT, TimeWords(ruler, words()))
    first = figure.axis.first
    plot.show_window(Extent(first + 10, first + 20))
    shown = [one for one in _view(plot).ticks if _view(plot).scale.holds(one.x)]
    assert 4 <= len(shown) <= 11
    assert all(any(sign.isdigit() for sign in one.label) for one in shown)
    plot.show_figure(figure, LIGHT)
    plot.show_window(Extent(first + 10, first + 20))
    assert _view(plot).ticks == figure.axis.ticks


def test_each_change_of_the_stretch_is_told_once(plot: CoursePlot, figure: Figure) -> None:
    """Whoever shows it beside the plot follows; pointing moves nothing."""
    told: list[Extent] = []
    plot.window_changed.connect(told.append)
    window = Extent(figure.axis.first + 100, figure.axis.first + 200)
    plot.show_window(window)
    plot.show_window(window)
    _move(plot, QPointF(_at(plot, 3)))
    assert [(one.lowest, one.highest) for one in told] == [(window.lowest, window.highest)]


def test_a_new_size_keeps_what_is_in_view(plot: CoursePlot, figure: Figure) -> None:
    """Words that open beside it cost no zoom; what stands as it opened goes on standing so."""
    home = _window(plot)
    plot.resize(700, 500)
    assert _window(plot) == home
    assert _view(plot).ticks == figure.axis.ticks
    window = Extent(figure.axis.first + 100, figure.axis.first + 200)
    plot.show_window(window)
    plot.resize(900, 700)
    assert _window(plot) == (window.lowest, window.highest)


def test_a_figure_on_the_same_axis_keeps_what_is_in_view(plot: CoursePlot, figure: Figure) -> None:
    """Another scale is chosen without losing one's place; another axis opens as it does."""
    window = Extent(figure.axis.first + 100, figure.axis.first + 200)
    plot.show_window(window)
    plot.show_figure(
        compose(trend(child()), CATALOGUE, words(), FigureOptions(chosen="oms")), LIGHT
    )
    assert _window(plot) == (window.lowest, window.highest)
    by_age = FigureOptions(axis=AxisKind.AGE)
    plot.show_figure(compose(trend(child()), CATALOGUE, words(), by_age), LIGHT)
    assert _window(plot) == (_view(plot).figure.axis.lowest, _view(plot).figure.axis.highest)


@pytest.fixture
def chosen(plot: CoursePlot) -> CoursePlot:
    """The plot with one of its scales chosen."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(chosen="oms"))
    plot.show_figure(figure, LIGHT)
    return plot


def test_a_chosen_scale_has_the_room_of_the_others(chosen: CoursePlot) -> None:
    """They are one line each, and their marks are passed over by keys and pointer."""
    oms, sara = _view(chosen).layout.panels
    assert (oms.is_folded, sara.is_folded) == (False, True)
    assert oms.plot.height > 5 * sara.plot.height
    marks = {mark.words for mark in sara.panel.marks}
    assert not marks & {spot.words for spot in _view(chosen).spots()}
    first = sara.panel.marks[0]
    at = _place(chosen, sara, first.x, float(first.y))
    assert _is_drawn(chosen.grab().toImage(), at, LIGHT[sara.panel.colour], 1)


def test_a_press_on_a_folded_scale_chooses_it(chosen: CoursePlot, qtbot: Any) -> None:
    """On its name or on its line; elsewhere nothing is chosen."""
    sara = _view(chosen).layout.panels[1]
    for x in (20, _middle(sara.plot).x()):
        with qtbot.waitSignal(chosen.panel_chosen) as told:
            at = QPoint(x, int(sara.plot.middle))
            QTest.mouseClick(chosen, Qt.MouseButton.LeftButton, pos=at)
        assert told.args == ["sara"]
    with qtbot.assertNotEmitted(chosen.panel_chosen):
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton, pos=_at(chosen, 2))


@pytest.mark.parametrize(("pixels", "least"), [(15, 140), (22, 110)])
def test_a_chosen_scale_is_never_low(chosen: CoursePlot, pixels: int, least: int) -> None:
    """Lanes and events give way first; then the plot is taller than its room."""
    font = chosen.font()
    font.setPixelSize(pixels)
    chosen.setFont(font)
    chosen.resize(600, 200)
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(chosen="oms"))
    chosen.show_figure(figure, LIGHT)
    layout = _view(chosen).layout
    assert layout.panels[0].plot.height == pytest.approx(least)
    assert layout.event_rows == 1
    assert all(lane.row.height == _view(chosen).measure.px(20) for lane in layout.lanes)


def test_items_stand_below_the_scores_where_there_is_room(chosen: CoursePlot) -> None:
    """The worse the darker; what has no level is an outline; without room there is no strip."""
    chosen.resize(900, 760)
    place = _view(chosen).layout.panels[0]
    assert len(place.item_rows) == 6
    image, scale = chosen.grab().toImage(), _view(chosen).scale

    def ink(row: int, cell: int) -> int:
        found = place.panel.items[row].cells[cell]
        rect = place.item_rows[row]
        at = QPoint(round(scale.px(found.x)), round(rect.middle))
        return _distance(image.pixelColor(at), QColor(LIGHT["background"]))

    cells = [(row, cell) for row in range(6) for cell in range(4)]
    shares = {one: place.panel.items[one[0]].cells[one[1]].share for one in cells}
    known = {one: share for one, share in shares.items() if share is not None}
    worst, best = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    assert ink(*worst) > ink(*best) > 0
    chosen.resize(900, 420)
    assert _view(chosen).layout.panels[0].item_rows == ()


def test_a_cell_of_an_item_is_pointed_at_and_opens_its_visit(
    chosen: CoursePlot, qtbot: Any
) -> None:
    """It says the item and its level; between the cells nothing is said."""
    chosen.resize(900, 760)
    view = _view(chosen)
    place = view.layout.panels[0]
    cell = place.panel.items[2].cells[-1]
    at = QPointF(view.scale.px(cell.x) + 2, place.item_rows[2].middle)
    _move(chosen, at)
    assert chosen.spot is not None
    assert chosen.spot.words == cell.words
    with qtbot.waitSignal(chosen.visit_chosen) as told:
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert told.args == [cell.visit]
    _move(chosen, at - QPointF(20, 0))
    assert chosen.spot is None or chosen.spot.words != cell.words


def test_events_without_room_for_their_names_are_counted(qtbot: Any) -> None:
    """In the column of names, where the count covers nothing."""
    figure = compose(trend(RARE["many events on one day"]), CATALOGUE, words())
    assert figure.more == "+ {count} more"
    low, tall = CoursePlot(), CoursePlot()
    for each, height in ((low, 100), (tall, 700)):
        qtbot.addWidget(each)
        each.resize(600, height)
        each.show_figure(figure, LIGHT)
    assert _view(low).layout.event_rows == 1
    assert _view(tall).layout.event_rows > 1
    (told,) = [each for each in _texts(low) if each.text == "+ 4 more"]
    assert 0 <= told.x <= told.x + width_of(told.text, told.size) < _view(low).scale.left
    assert "+ 2 more" in [each.text for each in _texts(tall)]


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
    assert plot.spot is not None
    assert plot.spot.visit == "#v2026-01-28"
    QTest.keyClick(plot, Qt.Key.Key_Home)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.spot.visit == "#v2024-12-19"
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert _spot(plot) is None


def test_other_keys_are_left_to_the_window(plot: CoursePlot, qtbot: Any) -> None:
    """A key that the plot does not know, or that has nothing to act on, does nothing."""
    with qtbot.assertNotEmitted(plot.visit_chosen):
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_A):
            QTest.keyClick(plot, key)
    assert plot.spot is None


def test_tabbing_into_the_plot_shows_where_one_is(plot: CoursePlot) -> None:
    """The last visit is pointed at when the keyboard comes in, but not when a click does."""
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.MouseFocusReason))
    assert _spot(plot) is None
    QApplication.sendEvent(plot, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert plot.spot is not None
    assert plot.spot.visit == "#v2026-01-28"


def test_a_mark_out_of_view_is_brought_into_view(plot: CoursePlot) -> None:
    """Walking to the first mark of a chart opened on its last days moves time there."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(span=Span.THREE_MONTHS))
    plot.show_figure(figure, LIGHT)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.spot is not None
    assert _view(plot).scale.holds(plot.spot.x)


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
    assert plot.spot is None


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_grid_is_drawn_in_its_own_quiet_colour(
    plot: CoursePlot, figure: Figure, theme: str
) -> None:
    """Its lines stand behind the data, whatever the theme."""
    palette = load_palette(theme)
    plot.show_figure(figure, palette)
    view, image = _view(plot), plot.grab().toImage()
    rows = [
        round(place.y(float(tick.y))) for place in view.layout.panels for tick in place.panel.ticks
    ]
    rows += [round(place.row.bottom) for place in view.layout.lanes]
    across = range(image.width())
    quiet = [
        row
        for row in rows
        if palette["grid"] in {image.pixelColor(x, row).name().upper() for x in across}
    ]
    assert quiet == rows


def test_a_low_plot_asks_for_the_height_it_needs(plot: CoursePlot) -> None:
    """Nothing is crowded: the least height holds every panel and lane."""
    plot.resize(600, 200)
    assert plot.minimumHeight() == plot.needed_height(plot.width()) > 200
    assert plot.minimumSizeHint().height() >= plot.needed_height(600)


def test_a_panel_alone_stays_readable_in_a_low_plot(plot: CoursePlot) -> None:
    """However little room there is, it is not pressed flat."""
    totals_only = record(totals("five_feature", {"2025-01-01": "4"}))
    plot.show_figure(compose(trend(totals_only), CATALOGUE, words()), LIGHT)
    plot.resize(600, 100)
    (panel,) = _view(plot).layout.panels
    assert panel.plot.height >= 110


def test_a_new_figure_takes_the_place_of_the_old_one(plot: CoursePlot, qtbot: Any) -> None:
    """Nothing of the patient before stays: it looks like a plot that never had another."""
    figure = compose(trend(published_case()), CATALOGUE, words())
    dark = load_palette("dark")
    plot.show_figure(figure, dark)
    plot.resize(901, 700)
    fresh = CoursePlot()
    qtbot.addWidget(fresh)
    fresh.resize(901, 700)
    fresh.show_figure(figure, dark)
    assert plot.grab().toImage() == fresh.grab().toImage()


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
    image = picture(figure, palette, (1500, 900), "Amira Haddad · born 14 Mar 2022 · ID 40-1187")
    assert (image.width(), image.height()) == (1500, 900)
    assert image.pixelColor(1498, 2).name().upper() == palette["background"]
    series = palette[figure.panels[0].colour]
    assert _has_colour(image, series)


def test_a_picture_grows_where_it_would_crowd(figure: Figure) -> None:
    """Too low a height is not obeyed: no note is cut."""
    assert picture(figure, LIGHT, (720, 300)).height() > 300


@pytest.mark.parametrize("axis", list(AxisKind))
def test_every_axis_can_be_drawn(axis: AxisKind) -> None:
    """The adult's course is drawn by date, since a start and by age, noise band and all."""
    options = FigureOptions(axis=axis, treatment_id="ivig")
    figure = compose(trend(published_case()), CATALOGUE, words(), options)
    assert any(panel.bands for panel in figure.panels)
    assert _has_colour(picture(figure, LIGHT, (720, 640)), LIGHT["class_steroid"])


def test_the_same_figure_makes_the_same_picture(figure: Figure) -> None:
    """Nothing of the picture depends on the moment."""
    assert picture(figure, LIGHT, (720, 640)) == picture(figure, LIGHT, (720, 640))


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
    place, image = _view(plot).layout.panels[0], plot.grab().toImage()
    at = _place(plot, place, last.x, 0)
    assert at.y() == pytest.approx(place.plot.bottom, abs=0.01)
    assert _is_drawn(image, at, LIGHT[place.panel.colour], 0)


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
    assert _has_colour(picture(figure, LIGHT, (width, height)), LIGHT["ink"])
    plot = CoursePlot()
    plot.resize(width, height)
    plot.show_figure(figure, LIGHT)
    _drag(plot, width // 2)
    _drag(plot, -width // 2)
    assert not plot.grab().isNull()


def test_text_is_never_below_twelve_pixels(plot: CoursePlot) -> None:
    """Small print is twelve pixels, and grows with the text of the system."""
    font = plot.font()
    font.setPixelSize(15)
    sizes = [measure_of(font).size(letters) for letters in Letters]
    assert min(sizes) == 12
    font.setPixelSize(22)
    assert measure_of(font).size(Letters.SMALL) == 18


def test_labels_of_lanes_never_reach_into_the_bars(plot: CoursePlot, figure: Figure) -> None:
    """The column of labels holds the widest one."""
    view = _view(plot)
    widest = max(view.measure.width(lane.label, Letters.TEXT) for lane in figure.lanes)
    assert widest < view.scale.left


def test_no_two_labels_of_one_row_cover_each_other(plot: CoursePlot) -> None:
    """Placed labels of events keep apart; one without room is left to hovering."""
    figure = compose(trend(RARE["many events on one day"]), CATALOGUE, words())
    plot.show_figure(figure, LIGHT)
    view = _view(plot)
    placed = [each for each in place_labels(figure.events, view.scale, view.measure) if each.text]
    for one, other in combinations(placed, 2):
        ends = sorted(
            (each.text_x, each.text_x + view.measure.width(each.text, Letters.SMALL))
            for each in (one, other)
        )
        assert one.row != other.row or ends[0][1] <= ends[1][0]


def test_what_is_out_of_view_is_not_drawn(plot: CoursePlot) -> None:
    """Bars, events, marks and labels before the window leave no trace beside the axis."""
    figure = compose(trend(child()), CATALOGUE, words(), FigureOptions(span=Span.THREE_MONTHS))
    plot.show_figure(figure, LIGHT)
    top = int(_view(plot).layout.lanes[0].row.top)
    image = plot.grab().toImage()
    assert not _has_colour(image.copy(0, top, image.width(), 200), LIGHT["class_b_cell"])


def test_the_pointer_on_free_ground_of_a_lane_says_nothing(plot: CoursePlot) -> None:
    """Between two bars, and on the row of events away from them, there is nothing to say."""
    view = _view(plot)
    lane = next(place for place in view.layout.lanes if place.lane.key == "rituximab")
    assert view.spot_at((lane.row.right - 5, lane.row.middle)) is None
    assert view.spot_at((lane.row.right - 5, view.layout.events_top + 8)) is None


def test_a_click_on_a_bar_says_its_dose_and_opens_nothing(plot: CoursePlot, qtbot: Any) -> None:
    """A touch without hovering reads the dose."""
    view = _view(plot)
    lane = next(place for place in view.layout.lanes if place.lane.key == "rituximab")
    at = QPointF(view.scale.px(lane.lane.bars[0].start) + 4, lane.row.middle)
    with qtbot.assertNotEmitted(plot.visit_chosen):
        QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at.toPoint())
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert plot.spot is not None
    assert plot.spot.words.startswith("Rituximab 375 mg/m² weekly")


def _planned_figure() -> Figure:
    steps = [step("20", "mg", "daily", "2025-12-01"), step("10", "mg", "daily", "2026-02-10")]
    treatments = [
        treatment("a", "prednisolone", "2025-12-01", "", *steps),
        treatment("b", "ivig", "2026-03-01", "", step("1", "g/kg", "once", "2026-03-01")),
    ]
    made = record(totals("oms", {"2025-12-01": "5", "2026-01-28": "3"}), treatments)
    return compose(trend(made), CATALOGUE, words())


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_a_planned_bar_is_hollow_and_a_given_one_filled(plot: CoursePlot, theme: str) -> None:
    """The middle of the one shows the ground, of the other its colour; the line is ink."""
    palette = load_palette(theme)
    plot.show_figure(_planned_figure(), palette)
    QApplication.processEvents()
    view, image = _view(plot), plot.grab().toImage()
    taper = next(place for place in view.layout.lanes if place.lane.label == "Prednisolone")
    given, _ahead, planned = taper.lane.bars
    colours = {}
    for name, bar in (("given", given), ("planned", planned)):
        rect = bar_box(taper, bar, view.scale, view.measure)
        colours[name] = image.pixelColor(_middle(rect)).name().upper()
    assert colours == {
        "given": palette[taper.lane.colour].upper(), "planned": palette["background"].upper(),
    }  # fmt: skip
    assert view.figure.today is not None
    x = round(view.scale.px(view.figure.today.x))
    line = [image.pixelColor(x + off, round(taper.row.top) + 2).name() for off in (-1, 0, 1)]
    assert palette["ink"].lower() in [each.lower() for each in line]


def test_a_dose_that_does_not_compare_is_filled(plot: CoursePlot) -> None:
    """Hollow means planned and nothing else: both units show the colour in their middle."""
    steps = [step("20", "mg", "daily", "2025-06-01"), step("2", "mg/kg", "daily", "2025-10-01")]
    made = record([], [treatment("a", "prednisolone", "2025-06-01", "", *steps)])
    plot.show_figure(compose(trend(made), CATALOGUE, words()), LIGHT)
    QApplication.processEvents()
    view, image = _view(plot), plot.grab().toImage()
    (lane,) = view.layout.lanes
    rects = [bar_box(lane, bar, view.scale, view.measure) for bar in lane.lane.bars]
    assert len({rect.height for rect in rects}) == 1
    colours = [image.pixelColor(_middle(rect)).name().upper() for rect in rects]
    assert colours == [LIGHT[lane.lane.colour].upper()] * 2


def test_a_planned_single_dose_is_wide_enough_to_be_hollow(plot: CoursePlot) -> None:
    """Three pixels would be filled by their own edge."""
    plot.show_figure(_planned_figure(), LIGHT)
    view = _view(plot)
    drip = next(place for place in view.layout.lanes if place.lane.label == "IVIg")
    rect = bar_box(drip, drip.lane.bars[-1], view.scale, view.measure)
    assert drip.lane.bars[-1].is_planned
    assert rect.width >= 6


def test_a_name_wider_than_the_plot_is_cut(plot: CoursePlot) -> None:
    """The label of the chosen start and what the axis counts stay on the screen."""
    long = "anakinra, compassionate use, " * 12
    made = record(
        totals("oms", {"2024-01-01": "5"}), [treatment("T1", "other", "2024-01-03", note=long)]
    )
    options = FigureOptions(AxisKind.SINCE, "T1")
    plot.show_figure(compose(trend(made), CATALOGUE, words(), options), LIGHT)
    written = _texts(plot)
    assert sum("anakinra" in each.text and each.text.endswith("…") for each in written) >= 3
    for each in written:
        assert 0 <= each.x <= each.x + width_of(each.text, each.size, each.weight)
        assert each.x + width_of(each.text, each.size, each.weight) <= plot.width() + 1


@pytest.mark.parametrize("letters", list(Letters))
@pytest.mark.parametrize("text", ["no total: speech not testable", "AVATAR efficient", "أميرة"])
def test_text_is_as_wide_as_it_was_laid_out(text: str, letters: Letters) -> None:
    """What the tables of the fonts say is what Qt draws, within half a pixel."""
    measure = Measure()
    font = drawing_font(measure.size(letters), letters.value[1])
    wide = QFontMetricsF(font).horizontalAdvance(text)
    assert wide == pytest.approx(measure.width(text, letters), abs=0.5)
