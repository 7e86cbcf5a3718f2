"""Fields to write in, and choices."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from widgets.choices import Choice, ChoiceRow, SearchCombo
from widgets.fields import NoteField, TextField

pytestmark = pytest.mark.usefixtures("dressed")

SLEPT = (Choice("usual", "as usual"), Choice("less", "less than usual"))
DIAGNOSES = (Choice("a", "OMS with neuroblastoma"), Choice("b", "Gluten ataxia"))


def test_typing_is_reported_and_setting_is_not(qtbot: QtBot) -> None:
    """The field speaks of what people do, not of what it is told."""
    field = TextField("Given name")
    qtbot.addWidget(field)
    with qtbot.assertNotEmitted(field.edited):
        field.set_text("Ann")
    with qtbot.waitSignal(field.edited) as edited:
        QTest.keyClicks(field.edit, "a ")
    assert edited.args == ["Anna"]
    with qtbot.waitSignal(field.finished) as finished:
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    assert finished.args == ["Anna"]


def test_a_problem_stands_below_with_a_sign(qtbot: QtBot) -> None:
    """One sentence below the field, also for a screen reader; a new text takes it back."""
    field = TextField("Identifier")
    qtbot.addWidget(field)
    field.show_problem("Please write an identifier.")
    assert field.below.text() == "⚠ Please write an identifier."
    assert field.edit.accessibleDescription() == "Please write an identifier."
    field.set_text("40-1")
    assert field.below.isHidden()


def test_a_note_reports_what_is_typed_only(qtbot: QtBot) -> None:
    """Setting the same or another text says nothing; Tab leaves the field."""
    note = NoteField("Note")
    qtbot.addWidget(note)
    with qtbot.assertNotEmitted(note.edited):
        note.set_text("calm")
        note.set_text("calm")
    with qtbot.waitSignal(note.edited) as edited:
        QTest.keyClicks(note.edit, "x")
    assert edited.args == ["xcalm"]
    assert note.edit.tabChangesFocus()


def test_a_second_tap_takes_a_choice_back(qtbot: QtBot) -> None:
    """Chosen is shown by a tick; taken back is reported as empty."""
    choices = ChoiceRow("Slept", SLEPT)
    qtbot.addWidget(choices)
    heard: list[str] = []
    choices.chosen.connect(heard.append)
    less = choices.buttons[1]
    less.click()
    assert (choices.value, less.isChecked(), less.text()) == ("less", True, "less than usual")
    less.click()
    assert (choices.value, heard) == ("", ["less", ""])
    assert less.accessibleName() == "Slept: less than usual"


def test_a_needed_choice_stays(qtbot: QtBot) -> None:
    """Where one must be chosen a second tap changes nothing."""
    choices = ChoiceRow("Role", SLEPT, optional=False)
    qtbot.addWidget(choices)
    choices.set_value("less")
    choices.buttons[1].click()
    assert choices.value == "less"


def test_a_part_of_a_name_finds_its_entry(qtbot: QtBot) -> None:
    """The list is searched anywhere in the words; what is no entry stays as it was typed."""
    combo = SearchCombo("Diagnosis", DIAGNOSES)
    qtbot.addWidget(combo)
    assert combo.value == ""
    completer = combo.combo.completer()
    assert completer is not None
    completer.setCompletionPrefix("gluten")
    assert completer.currentCompletion() == "Gluten ataxia"
    heard: list[str] = []
    combo.chosen.connect(heard.append)
    combo.edit.setText("gluten ataxia")
    combo.edit.editingFinished.emit()
    assert (combo.value, heard) == ("b", ["b"])
    combo.edit.setText("nonsense")
    combo.edit.editingFinished.emit()
    assert (combo.value, combo.unmatched, heard) == ("", "nonsense", ["b", ""])


@pytest.fixture
def combo(qtbot: QtBot) -> SearchCombo:
    """Return a list of diagnoses, shown."""
    one = SearchCombo("Diagnosis", DIAGNOSES)
    qtbot.addWidget(one)
    one.resize(400, 80)
    one.show()
    one.activateWindow()
    return one


def _popup(combo: SearchCombo) -> QAbstractItemView:
    completer = combo.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


def _offered(combo: SearchCombo) -> list[str] | None:
    """Return what the list below the text offers, or nothing while it is shut."""
    QApplication.processEvents()
    popup = _popup(combo)
    if not popup.isVisible():
        return None
    model = popup.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_press_into_the_text_opens_the_list(combo: SearchCombo) -> None:
    """Everything is offered, also where something is chosen, and typing goes on from there."""
    everything = [one.title for one in DIAGNOSES]
    QTest.mouseClick(combo.edit, Qt.MouseButton.LeftButton)
    assert _offered(combo) == everything
    _popup(combo).hide()
    combo.set_value(DIAGNOSES[1].id)
    QTest.mouseClick(combo.edit, Qt.MouseButton.LeftButton)
    assert _offered(combo) == everything
    assert combo.edit.selectedText() == DIAGNOSES[1].title
    assert combo.value == DIAGNOSES[1].id


def test_a_press_where_one_writes_leaves_the_writing_alone(combo: SearchCombo) -> None:
    """A part of a name stays as typed, and the press moves the place where one writes."""
    QTest.keyClicks(combo.edit, "o")
    _popup(combo).hide()
    QTest.mouseClick(combo.edit, Qt.MouseButton.LeftButton)
    assert _offered(combo) is None
    assert (combo.edit.text(), combo.edit.selectedText()) == ("o", "")


def test_a_press_on_the_frame_opens_the_list(combo: SearchCombo) -> None:
    """The edge of the field is part of it."""
    QTest.mouseClick(combo.combo, Qt.MouseButton.LeftButton, pos=QPoint(3, 24))
    assert _offered(combo) == [one.title for one in DIAGNOSES]


def test_a_list_can_be_set_and_opened(qtbot: QtBot) -> None:
    """Setting reports nothing, a tap on an entry does; an unknown id chooses nothing."""
    combo = SearchCombo("Diagnosis", DIAGNOSES)
    qtbot.addWidget(combo)
    with qtbot.assertNotEmitted(combo.chosen):
        combo.set_value("a")
    assert combo.value == "a"
    with qtbot.waitSignal(combo.chosen) as chosen:
        combo.combo.setCurrentIndex(1)
        combo.combo.activated.emit(1)
    assert chosen.args == ["b"]
    combo.set_value("zzz")
    assert combo.value == ""
    combo.set_value("a")
    combo.edit.editingFinished.emit()
    assert combo.edit.text() == "OMS with neuroblastoma"
    combo.show()
    combo.grab()


def test_several_entries_that_fit_are_offered_while_somebody_writes(qtbot: QtBot) -> None:
    """Enter opens them; what is typed stays, and a choice among them takes its place."""
    combo = SearchCombo("Diagnosis", (*DIAGNOSES, Choice("c", "Gluten ataxia, late")))
    qtbot.addWidget(combo)
    combo.show()
    combo.activateWindow()
    combo.edit.setFocus()
    qtbot.waitUntil(combo.edit.hasFocus)
    combo.edit.setText("gluten")
    QTest.keyClick(combo.edit, Qt.Key.Key_Return)
    completer = combo.combo.completer()
    popup = None if completer is None else completer.popup()
    assert completer is not None
    assert popup is not None
    assert completer.completionCount() == 2
    assert popup.isVisible()
    assert (combo.unmatched, combo.value) == ("gluten", "")
    popup.hide()
    combo.edit.setText("late")
    combo.edit.editingFinished.emit()
    assert (combo.value, combo.unmatched, combo.edit.text()) == ("c", "", "Gluten ataxia, late")
