"""Levels, sides, items, questions and reasons: told what to show, saying what was done."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.language import Words
from scales.model import Key, Side
from tests.builders import replace
from tests.widgets.conftest import key_view
from widgets import icons
from widgets.aside_button import AsideButton
from widgets.item_list import ItemList
from widgets.labels import label
from widgets.level_button import LevelButton, LevelShape
from widgets.level_grid import LevelGrid
from widgets.level_list import SideBySide
from widgets.question_bar import QuestionBar
from widgets.reason_picker import ReasonPicker
from widgets.values import Choice, ItemEntry, LevelView, Pick, QuestionView, Reason, ReasonsView

pytestmark = pytest.mark.usefixtures("dressed")

GAIT = Key("gait")
RIGHT, LEFT = Key("heel", Side.RIGHT), Key("heel", Side.LEFT)


def _levels(widget: QWidget) -> list[LevelButton]:
    return widget.findChildren(LevelButton)


def test_a_tapped_level_names_its_key_and_value(qtbot: QtBot, words: Words) -> None:
    """The grid hands on the very level that was told, 0 as 0."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    view = key_view("gait")
    grid.show_rows((view,))
    with qtbot.waitSignal(grid.level_chosen) as chosen:
        QTest.mouseClick(_levels(grid)[0], Qt.MouseButton.LeftButton)
    assert chosen.args == [Pick(GAIT, Decimal(0))]
    assert chosen.args[0].level is view.levels[0].value


def test_a_tap_alone_chooses_nothing(qtbot: QtBot, words: Words) -> None:
    """Only what is told is shown as chosen, so the screen never runs ahead of the disk."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"),))
    level = _levels(grid)[2]
    level.click()
    assert not level.isChecked()
    grid.show_rows((key_view("gait", chosen=2),))
    assert level.isChecked()
    assert "✓" in [part.text() for part in level.findChildren(type(label()))]


def test_digits_choose_for_the_row_in_hand(qtbot: QtBot, words: Words) -> None:
    """The row in hand takes the digit; a digit it does not have does nothing."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"), key_view("sleep")))
    picks: list[Pick] = []
    grid.level_chosen.connect(picks.append)
    grid.choose("1")
    grid.step(1)
    grid.choose("3")
    grid.choose("9")
    assert picks == [Pick(GAIT, Decimal(1)), Pick(Key("sleep"), Decimal(3))]


def test_the_row_in_hand_stops_at_both_ends(qtbot: QtBot, words: Words) -> None:
    """Moving beyond the first or the last row stays there."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"), key_view("sleep")))
    grid.step(-1)
    assert grid.current == GAIT
    grid.step(5)
    assert grid.current == Key("sleep")
    assert grid.current_row() is not None


def test_an_empty_grid_has_no_row_in_hand(qtbot: QtBot, words: Words) -> None:
    """Moving and choosing do nothing where there is nothing."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    with qtbot.assertNotEmitted(grid.level_chosen):
        grid.step(1)
        grid.choose("1")
    assert (grid.current, grid.current_row()) == (None, None)


def test_rows_are_kept_while_the_keys_are_the_same(qtbot: QtBot, words: Words) -> None:
    """Showing an answer builds nothing anew, so the focus stays."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"), key_view("sleep")))
    grid.step(1)
    before = _levels(grid)
    grid.show_rows((key_view("gait", chosen=1), key_view("sleep")))
    assert _levels(grid) == before
    assert grid.current == Key("sleep")


def test_the_aside_asks_for_its_key(qtbot: QtBot, words: Words) -> None:
    """The button beside the levels belongs to its own row."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"), key_view("sleep")))
    with qtbot.waitSignal(grid.aside_requested) as asked:
        grid.findChildren(AsideButton)[1].click()
    assert asked.args == [Key("sleep")]


def test_names_stand_above_the_levels_where_words_need_room(qtbot: QtBot, words: Words) -> None:
    """In a narrow grid the levels get the whole width."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    grid.show_rows((key_view("gait"),))
    grid.resize(1200, 200)
    grid.show()
    wide = _levels(grid)[0]
    beside = wide.mapTo(grid, wide.rect().topLeft()).x()
    grid.resize(500, 300)
    qtbot.waitUntil(lambda: wide.mapTo(grid, wide.rect().topLeft()).x() < beside // 2)


def test_sides_stand_beside_each_other_and_say_which_is_in_hand(
    qtbot: QtBot, words: Words
) -> None:
    """Digits go to the side in hand; a tap goes to the side that is tapped."""
    sides = SideBySide(words)
    qtbot.addWidget(sides)
    sides.show_keys((key_view("heel", Side.RIGHT), key_view("heel", Side.LEFT)), RIGHT)
    picks: list[Pick] = []
    sides.level_chosen.connect(picks.append)
    sides.choose("2")
    sides.show_keys((key_view("heel", Side.RIGHT, chosen=2), key_view("heel", Side.LEFT)), LEFT)
    sides.choose("1")
    _levels(sides)[0].click()
    assert picks == [Pick(RIGHT, Decimal(2)), Pick(LEFT, Decimal(1)), Pick(RIGHT, Decimal(0))]
    texts = [part.text() for part in sides.findChildren(type(label()))]
    assert f"{icons.DONE} right" in texts
    assert f"{icons.HERE} left" in texts


def test_levels_are_kept_while_the_sides_are_the_same(qtbot: QtBot, words: Words) -> None:
    """Showing an answer builds nothing anew, so the focus stays on the level."""
    sides = SideBySide(words)
    qtbot.addWidget(sides)
    keys = (key_view("heel", Side.RIGHT), key_view("heel", Side.LEFT))
    sides.show_keys(keys, RIGHT)
    before = _levels(sides)
    sides.show_keys((key_view("heel", Side.RIGHT, chosen=2), keys[1]), LEFT)
    assert _levels(sides) == before
    assert before[2].isChecked()


def test_an_item_without_sides_shows_its_last_value_when_told(qtbot: QtBot, words: Words) -> None:
    """The list shows what the view says, and nothing else; cleared it is empty."""
    sides = SideBySide(words)
    qtbot.addWidget(sides)
    sides.show_keys((key_view("gait", levels=9),), GAIT)
    texts = [part.text() for part in sides.findChildren(type(label()))]
    assert not any(text.startswith("Last time") for text in texts)
    sides.show_keys((key_view("gait", chosen=8, last="Last time, 3 Dec 2025: 1", levels=9),), GAIT)
    texts = [part.text() for part in sides.findChildren(type(label()))]
    assert "Last time, 3 Dec 2025: 1" in texts
    sides.clear_keys()
    sides.choose("1")
    with qtbot.assertNotEmitted(sides.level_chosen):
        sides.choose("1")


def test_a_wide_level_writes_chosen_where_there_is_room(qtbot: QtBot, words: Words) -> None:
    """The tick has its word across the page, and stands alone in a narrow column."""
    level = LevelButton(words, key_view(chosen=1).levels[1], LevelShape.WIDE)
    qtbot.addWidget(level)
    level.resize(600, 60)
    level.show()
    texts = [part.text() for part in level.findChildren(type(label()))]
    assert "✓ chosen" in texts
    level.resize(200, 60)
    texts = [part.text() for part in level.findChildren(type(label()))]
    assert "✓" in texts


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_2])
def test_a_level_leaves_the_scoring_keys_to_the_page(
    qtbot: QtBot, words: Words, key: Qt.Key
) -> None:
    """Arrows, Enter and digits pass through; only Space presses."""
    level = LevelButton(words, key_view().levels[1], LevelShape.CELL)
    qtbot.addWidget(level)
    with qtbot.assertNotEmitted(level.level_chosen):
        QTest.keyClick(level, key)
    with qtbot.waitSignal(level.level_chosen):
        QTest.keyClick(level, Qt.Key.Key_Space)


def test_the_list_of_items_says_state_and_value(qtbot: QtBot) -> None:
    """Icon, word and value are shown and spoken; a tap names the item."""
    items = ItemList()
    qtbot.addWidget(items)
    items.show_items(
        (
            ItemEntry("gait", "Gait", "✓", "scored", "2", "Gait, scored, 2"),
            ItemEntry("speech", "Speech", icons.HERE, "open", "", "Speech, open", is_current=True),
        )
    )
    gait, speech = items.findChildren(QPushButton)
    assert (gait.accessibleName(), speech.accessibleName()) == ("Gait, scored, 2", "Speech, open")
    assert speech.isChecked()
    with qtbot.waitSignal(items.item_chosen) as chosen:
        gait.click()
    assert chosen.args == ["gait"]


def test_a_question_comes_back_with_its_answer(qtbot: QtBot, words: Words) -> None:
    """Keep and Look again hand on the very question that was shown."""
    bar = QuestionBar(words)
    qtbot.addWidget(bar)
    question = QuestionView("stance", "Gait is 1 and stance is 2. Is that right?")
    bar.show_question(question)
    assert not bar.isHidden()
    assert bar.question is question
    with qtbot.waitSignal(bar.confirmed) as confirmed:
        bar.keep.click()
    with qtbot.waitSignal(bar.look_again_requested) as again:
        bar.again.click()
    assert confirmed.args[0] is question
    assert again.args[0] is question
    assert bar.keep.accessibleDescription() == question.text


def test_a_bar_without_a_question_says_nothing(qtbot: QtBot, words: Words) -> None:
    """Taken away, its buttons have nothing to hand on."""
    bar = QuestionBar(words)
    qtbot.addWidget(bar)
    bar.show_question(None)
    with qtbot.assertNotEmitted(bar.confirmed), qtbot.assertNotEmitted(bar.look_again_requested):
        bar.keep.click()
        bar.again.click()
    assert bar.isHidden()


@pytest.fixture
def picker(qtbot: QtBot, words: Words) -> ReasonPicker:
    """Return a picker that asks about gait."""
    one = ReasonPicker(words)
    qtbot.addWidget(one)
    reasons = (Choice("never_walked", "never walked"), Choice("asleep", "asleep"))
    one.show_reasons(ReasonsView(GAIT, "Gait: why?", reasons, can_take_back=True))
    return one


def test_a_ready_made_reason_is_one_tap(qtbot: QtBot, picker: ReasonPicker) -> None:
    """Its title is read, its id is handed on with its key."""
    assert [one.text() for one in picker.ready_buttons] == ["never walked", "asleep"]
    with qtbot.waitSignal(picker.reason_given) as given:
        picker.ready_buttons[0].click()
    assert given.args == [Reason(GAIT, "never_walked")]


def test_own_words_are_a_reason(qtbot: QtBot, picker: ReasonPicker) -> None:
    """Enter in the field gives the reason that is written there."""
    QTest.keyClicks(picker.own.edit, "leg in plaster")
    with qtbot.waitSignal(picker.reason_given) as given:
        QTest.keyClick(picker.own.edit, Qt.Key.Key_Return)
    assert given.args == [Reason(GAIT, "leg in plaster")]


def test_not_testable_needs_a_reason(qtbot: QtBot, picker: ReasonPicker) -> None:
    """An empty reason is asked for below the field, and nothing is reported."""
    with qtbot.assertNotEmitted(picker.reason_given):
        picker.write.click()
    assert "Please write why" in picker.own.below.text()


def test_declined_needs_no_reason_but_takes_one(qtbot: QtBot, picker: ReasonPicker) -> None:
    """Declined is another answer than not testable."""
    with qtbot.waitSignal(picker.reason_given) as given:
        picker.declined.click()
    assert given.args == [Reason(GAIT, "", is_declined=True)]


def test_an_answer_can_be_taken_back(qtbot: QtBot, picker: ReasonPicker) -> None:
    """The key is named, so that it can be opened again."""
    with qtbot.waitSignal(picker.answer_taken_back) as back:
        picker.take_back.click()
    assert back.args == [GAIT]


def test_a_picker_put_away_reports_nothing(qtbot: QtBot, picker: ReasonPicker) -> None:
    """Closed, it belongs to no key any more."""
    with qtbot.waitSignal(picker.closed):
        picker.close_button.click()
    ready = picker.ready_buttons[0]
    picker.show_reasons(None)
    with qtbot.assertNotEmitted(picker.reason_given):
        ready.click()
        picker.declined.click()
        picker.write.click()
    with qtbot.assertNotEmitted(picker.answer_taken_back):
        picker.take_back.click()
    assert picker.isHidden()


@pytest.mark.parametrize("width", [820, 1000])
def test_choosing_moves_no_row(qtbot: QtBot, words: Words, width: int) -> None:
    """The tick has its room before it is drawn, so the next target stays where it was."""
    grid = LevelGrid(words)
    qtbot.addWidget(grid)
    texts = ("none", "brief", "often", "always")
    levels = tuple(
        LevelView(Decimal(number), str(number), text, spoken=text)
        for number, text in enumerate(texts)
    )
    open_rows = tuple(replace(key_view(item), levels=levels) for item in ("eyes", "jerks"))
    chosen = replace(
        open_rows[0], levels=(*levels[:2], replace(levels[2], is_chosen=True), levels[3])
    )
    grid.show_rows(open_rows)
    grid.resize(width, 10)
    grid.show()
    QApplication.processEvents()
    before = grid.heightForWidth(width)
    grid.show_rows((chosen, open_rows[1]))
    QApplication.processEvents()
    assert grid.heightForWidth(width) == before
