"""Why there is no level: beside its row, in one order, one tap for all that is open."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.screens.visit.cursor import Part
from app.screens.visit.scoring_page import ScoringPage
from scales.catalogue import Catalogue
from scales.model import Answer, Declined, Key, NotTestable, Scored, Side
from tests.screens.visit.bench import VisitBench
from widgets.level_button import LevelButton
from widgets.reason_picker import ReasonPicker
from widgets.tall_button import SpaceButton

LEFT = Qt.MouseButton.LeftButton
SIZES = [(1024, 768), (1920, 1080)]


def _aside(bench: VisitBench, start: str) -> SpaceButton:
    buttons = bench.part_page().findChildren(SpaceButton)
    return next(one for one in buttons if one.accessibleName().startswith(start))


def _titles(page: ScoringPage) -> list[str]:
    return [one.text() for one in page.reasons.ready_buttons]


def _press(bench: VisitBench, place: QPoint) -> None:
    """Press and let go where a finger is, whatever lies there."""
    window = bench.page.window().windowHandle()
    assert isinstance(window, QWindow)
    QTest.mouseClick(window, LEFT, Qt.KeyboardModifier.NoModifier, place)
    QApplication.processEvents()


def _come_to_rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def _middle(bench: VisitBench, widget: QWidget) -> QPoint:
    return widget.mapTo(bench.page, widget.rect().center())


def _answers(bench: VisitBench) -> dict[Key, object]:
    return {key: one for sheet in bench.visit().sheets for key, one in sheet.answers.items()}


@pytest.mark.parametrize("scale", ["five_feature", "oms", "sara"])
def test_after_a_reason_the_next_digit_answers_the_next_open_item(
    bench: VisitBench, qtbot: QtBot, scale: str
) -> None:
    """The focus is on the next open item, not on the way back, and Enter leaves no visit."""
    bench.begin(scale=scale)
    QApplication.processEvents()
    page = bench.page.sheet if scale == "five_feature" else bench.page.guided
    first, second = bench.catalogue.find(scale).keys[:2]
    title = bench.catalogue.find(scale).items[0].title
    QTest.mouseClick(_aside(bench, f"{title}: Not"), LEFT)
    qtbot.waitUntil(page.reasons.hasFocus)
    QTest.mouseClick(page.reasons.ready_buttons[0], LEFT)
    held = page.in_hand()
    assert held is not None
    assert list(_answers(bench)) == [first]
    assert QApplication.focusWidget() is held
    bench.type("1")
    assert set(_answers(bench)) == {first, second}
    bench.type(Qt.Key.Key_Return)
    assert bench.went == []


def test_a_reason_by_keys_alone(bench: VisitBench, qtbot: QtBot) -> None:
    """Space opens the reasons, Tab reaches the first of them, Space gives it."""
    bench.begin()
    aside = _aside(bench, "Eyes (opsoclonus): Not")
    aside.setFocus()
    bench.type(Qt.Key.Key_Space)
    qtbot.waitUntil(bench.page.sheet.reasons.hasFocus)
    bench.page.focusNextChild()
    assert QApplication.focusWidget() in bench.page.sheet.reasons.findChildren(QWidget)
    second = bench.page.sheet.reasons.ready_buttons[1]
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    bench.type(Qt.Key.Key_Space)
    assert _answers(bench) == {Key("opsoclonus"): NotTestable("too_unwell")}


def test_escape_gives_the_focus_back_to_the_row(bench: VisitBench, qtbot: QtBot) -> None:
    """Nothing is answered, and the next digit is for the row that was in hand."""
    bench.begin()
    QTest.mouseClick(_aside(bench, "Gait: Not"), LEFT)
    qtbot.waitUntil(bench.page.sheet.reasons.hasFocus)
    bench.type(Qt.Key.Key_Escape)
    bench.type("2")
    assert bench.level("gait", 2)


def test_a_digit_beside_open_reasons_is_a_level_of_their_item(bench: VisitBench) -> None:
    """It was testable after all: the reasons go."""
    bench.begin()
    QTest.mouseClick(_aside(bench, "Gait: Not"), LEFT)
    bench.type("3")
    assert bench.level("gait", 3)
    assert bench.page.sheet.reasons.isHidden()


def test_reasons_have_one_order_with_the_usual_ones_first(
    bench: VisitBench, catalogue: Catalogue
) -> None:
    """The same on every item; asleep excuses neither sleep nor irritability nor mood."""
    bench.begin()
    seen = {}
    for item in ("opsoclonus", "gait", "sleep", "irritability"):
        bench.page.sheet.aside_requested.emit(Key(item))
        seen[item] = _titles(bench.page.sheet)
    usual = ["too unwell today", "does not cooperate today"]
    assert seen == {
        "opsoclonus": ["asleep", *usual, "eyes kept shut"],
        "gait": ["asleep", *usual, "never walked, before the illness either", "kept in bed"],
        "sleep": [*usual, "no one here knows the nights"],
        "irritability": [*usual, "no one here knows the days"],
    }
    excused = {
        f"{scale.id}.{item.id}"
        for scale in catalogue.scoring
        for item in scale.items
        if "asleep" not in item.reasons
    }
    assert excused == {"five_feature.sleep", "five_feature.irritability", "oms.mood"}


def test_what_was_chosen_is_marked_when_it_is_opened_again(bench: VisitBench) -> None:
    """A ready-made reason, own words, or declined with its words."""
    bench.begin()
    page, picker = bench.page.sheet, bench.page.sheet.reasons
    answers: tuple[Answer, ...] = (
        NotTestable("asleep"),
        NotTestable("at the dentist"),
        Declined("no time"),
    )
    seen = []
    for item, answer in zip(("opsoclonus", "myoclonus", "gait"), answers, strict=True):
        bench.store.visits.answer(bench.visit().id, "five_feature", Key(item), answer)
        page.aside_requested.emit(Key(item))
        chosen = [one.text() for one in picker.ready_buttons if one.isChecked()]
        seen.append((chosen, picker.own.text, picker.declined.isChecked()))
    assert seen == [
        (["asleep"], "", False),
        ([], "at the dentist", False),
        ([], "no time", True),
    ]


def test_one_reason_for_all_that_is_open_is_one_tap_and_one_undo(bench: VisitBench) -> None:
    """Only items that have the reason are answered; what is answered stays."""
    bench.begin()
    bench.type("2")
    bench.page.sheet.aside_requested.emit(Key("myoclonus"))
    all_buttons = {one.text(): one for one in bench.page.sheet.reasons.for_all.buttons}
    assert list(all_buttons) == [
        "asleep (2)", "too unwell today (4)", "does not cooperate today (4)",
    ]  # fmt: skip
    QTest.mouseClick(all_buttons["asleep (2)"], LEFT)
    assert _answers(bench) == {
        Key("opsoclonus"): Scored(Decimal(2)),
        Key("myoclonus"): NotTestable("asleep"),
        Key("gait"): NotTestable("asleep"),
    }
    assert bench.page.sheet.grid.current == Key("sleep")
    assert bench.page.sheet.undo.whole_text == "Undo: 2 items"
    bench.page.sheet.undo.click()
    assert list(_answers(bench)) == [Key("opsoclonus")]


def test_sides_are_answered_by_one_reason_too(bench: VisitBench) -> None:
    """An arm held still excuses both sides of what arms do, and no leg."""
    bench.begin(scale="sara")
    bench.page.guided.item_chosen.emit("finger_chase")
    bench.page.guided.aside_requested.emit(Key("finger_chase", Side.RIGHT))
    bench.page.guided.reasons.reason_given_to_all.emit("arm_held_still")
    items = ("finger_chase", "nose_finger", "fahm")
    assert set(_answers(bench)) == {Key(item, side) for item in items for side in Side}
    assert bench.part() is Part.GUIDED


def test_a_reason_that_could_not_be_stored_stays_where_it_was_written(
    bench: VisitBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The panel stays open with the words in it."""
    from app.errors import UserError  # noqa: PLC0415 - used here only

    bench.begin()
    bench.page.sheet.aside_requested.emit(Key("gait"))
    bench.page.sheet.reasons.own.edit.setText("leg in a cast")

    def full(*_values: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(bench.store.visits, "answer", full)
    bench.page.sheet.reasons.write.click()
    assert not bench.page.sheet.reasons.isHidden()
    assert bench.page.sheet.reasons.own.text == "leg in a cast"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("number", range(5))
def test_the_reasons_stand_beside_their_row_and_move_nothing(
    bench: VisitBench, size: tuple[int, int], number: int
) -> None:
    """All of the panel is on the page, its row is not covered, and no row moves."""
    bench.page.resize(*size)
    bench.begin()
    QApplication.processEvents()
    rows = bench.page.sheet.grid._rows
    places = [_middle(bench, one) for one in rows]
    bench.page.sheet.aside_requested.emit(rows[number].view.key)
    QApplication.processEvents()
    picker = bench.page.sheet.reasons
    assert bench.page.sheet.rect().contains(picker.geometry())
    row = rows[number]
    top = row.mapTo(bench.page.sheet, QPoint(0, 0)).y()
    assert picker.y() >= top + row.height() or picker.geometry().bottom() < top
    assert [_middle(bench, one) for one in rows] == places


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("side", list(Side))
def test_the_reasons_of_a_side_stand_beside_its_button(
    bench: VisitBench, size: tuple[int, int], side: Side
) -> None:
    """Item by item too: next to what opened them, which is not covered, nor the list of items."""
    bench.page.resize(*size)
    bench.begin(scale="sara")
    bench.page.guided.item_chosen.emit("finger_chase")
    bench.page.guided.aside_requested.emit(Key("finger_chase", side))
    _come_to_rest()
    page = bench.page.guided
    opener, picker = page.reasons_anchor(), page.reasons.geometry()
    assert opener is not None
    button = QRect(opener.mapTo(page, QPoint(0, 0)), opener.size())
    assert opener.accessibleName().startswith(f"Finger chase, {side.value} side")
    assert page.rect().contains(picker)
    assert not picker.intersects(button)
    assert not picker.intersects(page.panel.geometry())
    assert min(abs(picker.top() - button.bottom()), abs(button.top() - picker.bottom())) <= 8


@pytest.mark.parametrize("scale", ["five_feature", "oms", "sara"])
def test_a_double_press_stores_at_most_one_answer_that_was_seen(
    bench: VisitBench, scale: str
) -> None:
    """On every level and beside it, on every item: the second press meets nothing new."""
    bench.begin(scale=scale)
    bench.ticks.step = 0
    for key in bench.catalogue.find(scale).keys:
        bench.ticks.now += 1000
        QApplication.processEvents()
        bench.ticks.now += 1000
        before = _answers(bench)
        if bench.part() is Part.SUMMARY:
            break
        assert bench.control.session.cursor.key == key
        button = _level(bench, key)
        place = _middle(bench, button)
        _press(bench, place)
        bench.ticks.now += 150
        _press(bench, place)
        assert _answers(bench) == before | {key: Scored(Decimal(1))}


def _level(bench: VisitBench, key: Key) -> LevelButton:
    definition = bench.catalogue.find(bench.control.session.cursor.scale)
    side = {None: "", Side.RIGHT: ", right side", Side.LEFT: ", left side"}[key.side]
    start = f"{definition.item(key.item).title}{side} 1:"
    buttons = bench.part_page().findChildren(LevelButton)
    return next(
        one for one in buttons if one.isVisible() and one.accessibleName().startswith(start)
    )


@pytest.mark.parametrize("scale", ["five_feature", "oms"])
def test_a_double_press_on_not_testable_stores_no_reason(bench: VisitBench, scale: str) -> None:
    """The panel opens, whatever lies under the finger then; a press once it was seen counts."""
    bench.begin(scale=scale)
    bench.ticks.step = 0
    for key in bench.catalogue.find(scale).keys:
        bench.ticks.now += 1000
        bench.part_page().aside_requested.emit(key)  # type: ignore[attr-defined]
        QApplication.processEvents()
        page = bench.part_page()
        assert isinstance(page, ScoringPage)
        for one in (*page.reasons.ready_buttons, page.reasons.declined):
            _press(bench, _middle(bench, one))
        assert _answers(bench) == {}
        first = page.reasons.ready_buttons[0]
    bench.ticks.now += 1000
    _press(bench, _middle(bench, first))
    assert len(_answers(bench)) == 1


def test_a_double_press_on_a_reason_scores_no_row_beneath(bench: VisitBench) -> None:
    """Where the panel was, rows come under the finger again."""
    bench.begin()
    bench.page.sheet.aside_requested.emit(Key("opsoclonus"))
    QApplication.processEvents()
    bench.ticks.step = 0
    bench.ticks.now += 1000
    for one in bench.page.sheet.reasons.ready_buttons[:1]:
        place = _middle(bench, one)
        _press(bench, place)
        _press(bench, place)
    assert _answers(bench) == {Key("opsoclonus"): NotTestable("asleep")}


def test_sign_takes_no_press_that_was_meant_for_the_last_item(bench: VisitBench) -> None:
    """The summary has just come: its Sign waits until it has been seen."""
    visit = bench.begin(scale="oms")
    bench.type("0", "0", "0", "0", "0")
    bench.ticks.step = 0
    bench.ticks.now += 1000
    bench.tap("speech", 0)
    assert bench.part() is Part.SUMMARY
    QApplication.processEvents()
    _press(bench, _middle(bench, bench.page.summary.sign))
    assert bench.store.visits.get(visit.id).state.value == "draft"
    bench.ticks.now += 1000
    _press(bench, _middle(bench, bench.page.summary.sign))
    assert bench.store.visits.get(visit.id).state.value == "signed"


@pytest.mark.parametrize("way", ["context", "done", "scale"])
def test_a_part_that_has_just_come_takes_no_press(bench: VisitBench, way: str) -> None:
    """The second half of a double press answers nothing there; keys and later presses do."""
    bench.begin()
    if way == "done":
        bench.page.sheet.context.click()
        _come_to_rest()
    bench.ticks.step = 0
    bench.ticks.now += 1000
    if way == "scale":
        bench.page.sheet.scale_requested.emit("oms")
    else:
        (bench.page.context.done_button if way == "done" else bench.page.sheet.context).click()
    _come_to_rest()
    page, before = bench.part_page(), bench.visit()
    targets: list[QWidget] = [one for one in page.findChildren(LevelButton) if one.isVisible()]
    if bench.part() is Part.CONTEXT:
        targets = [*bench.page.context.slept.buttons, *bench.page.context.ill.buttons]
    for one in targets:
        _press(bench, _middle(bench, one))
    assert bench.visit() == before
    bench.ticks.now += 1000
    _press(bench, _middle(bench, targets[1]))
    assert bench.visit() != before


def test_a_sheet_that_scrolls_to_the_next_row_takes_no_press_meant_for_the_last(
    bench: VisitBench,
) -> None:
    """On a low screen another row comes under the finger: a double press answers one row."""
    bench.page.resize(1024, 430)
    bench.begin()
    _come_to_rest()
    bench.ticks.step = 0
    for _ in bench.catalogue.find("five_feature").keys:
        bench.ticks.now += 1000
        _come_to_rest()
        bench.ticks.now += 1000
        before, here = _answers(bench), bench.control.session.cursor.key
        place = _middle(bench, _level(bench, here))
        for _ in range(2):
            _press(bench, place)
            _come_to_rest()
        assert _answers(bench) == before | {here: Scored(Decimal(1))}


def test_two_rows_of_the_sheet_can_be_tapped_as_fast_as_hands_are(bench: VisitBench) -> None:
    """Nothing on the sheet is new, so nothing is held back there."""
    bench.begin()
    bench.ticks.step = 0
    bench.ticks.now += 1000
    for item, level in (("opsoclonus", 1), ("myoclonus", 2), ("gait", 0), ("sleep", 3)):
        bench.tap(item, level)
    assert len(_answers(bench)) == 4


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_when_a_question_and_the_last_value_come(
    bench: VisitBench, size: tuple[int, int]
) -> None:
    """Every level stays where it was, so that the next tap meets what was aimed at."""
    bench.page.resize(*size)
    patient = bench.patient()
    bench.signed(patient, (3, 3, 3, 3, 3))
    bench.begin(patient)
    _come_to_rest()
    levels = bench.page.sheet.findChildren(LevelButton)
    before = [(_middle(bench, one), one.size()) for one in levels]
    sign = bench.page.sheet.sign
    foot = _middle(bench, sign)
    for digit in "00000":
        bench.type(digit)
        _come_to_rest()
        assert [(_middle(bench, one), one.size()) for one in levels] == before
        assert _middle(bench, sign) == foot


@pytest.mark.parametrize("size", SIZES)
def test_the_other_side_and_the_way_on_stay_where_they_are(
    bench: VisitBench, size: tuple[int, int]
) -> None:
    """A question about the right side moves neither the left side nor the buttons below."""
    bench.page.resize(*size)
    patient = bench.patient()
    definition = bench.catalogue.find("sara")
    highest = [int(definition.item(key.item).levels[-1].value) for key in definition.keys]
    bench.signed(patient, tuple(highest), "sara")
    bench.begin(patient, "sara")
    bench.page.guided.item_chosen.emit("heel_shin")
    _come_to_rest()
    parts = [*bench.page.guided.findChildren(LevelButton), *bench.page.guided.panel.items._lines]
    before = {one: _middle(bench, one) for one in parts if one.isVisible()}
    bench.type("0")
    _come_to_rest()
    assert bench.page.guided.question.isVisible()
    assert {one: _middle(bench, one) for one in before} == before


def _write_a_reason(bench: VisitBench) -> ReasonPicker:
    bench.begin()
    bench.type("0", "0")
    _aside(bench, "Gait: Not testable").click()
    picker = bench.page.sheet.reasons
    picker.own.edit.setText("leg in plaster")
    return picker


def test_leaving_and_closing_say_that_a_typed_reason_is_not_saved(bench: VisitBench) -> None:
    """It names the patient and what was typed, and the next visit begins without it."""
    picker = _write_a_reason(bench)
    told = (
        "The reason typed in the visit of Amira Haddad · born 14 Mar 2023 · ID 40-1187, "
        "“leg in plaster”, is not saved."
    )
    assert bench.control.unsaved() == told
    bench.control.leave()
    assert bench.said == [told]
    assert (picker.own.text, bench.page.message.isHidden()) == ("", True)


def test_a_tap_elsewhere_says_that_a_typed_reason_was_not_saved(bench: VisitBench) -> None:
    """The tap is stored, the panel goes, and nobody believes that the words were kept."""
    _write_a_reason(bench)
    bench.tap("sleep", 1)
    assert bench.level("sleep", 1)
    assert bench.page.message.text.startswith("The reason “leg in plaster” was not saved.")


def test_a_typed_reason_is_not_signed_over(bench: VisitBench) -> None:
    """The panel stays open with the words in it."""
    picker = _write_a_reason(bench)
    bench.page.sheet.sign.click()
    assert picker.isVisibleTo(bench.page)
    assert picker.own.text == "leg in plaster"
    assert bench.page.message.text.startswith("Something typed here is not saved yet.")


def test_a_reason_that_was_given_is_no_question(bench: VisitBench) -> None:
    """Given in one's own words it is stored, and neither closing nor a message speaks of it."""
    picker = _write_a_reason(bench)
    picker.write.click()
    assert bench.control.unsaved() == ""
    assert bench.page.message.isHidden()
