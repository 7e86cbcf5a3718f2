"""Numbers, day and time around a visit: stored while they are typed, and never dropped unseen."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.errors import UserError
from app.records.model import VisitState
from app.screens.places import VisitPlace
from app.screens.visit.cursor import Part
from tests.screens.visit.bench import VISIT_DAY, VisitBench

NOT_SAVED = "not saved yet"
SAVED = "✓ every change is saved"


@pytest.fixture
def context(bench: VisitBench) -> VisitBench:
    """Return a bench whose visit shows its context."""
    bench.begin()
    bench.page.sheet.context.click()
    QApplication.processEvents()
    return bench


def _measures(bench: VisitBench) -> dict[str, Decimal]:
    found = bench.store.measures.of_visit(bench.visit().id)
    return {one.facts.kind: one.facts.value for one in found}


def _field(bench: VisitBench, kind: str) -> QLineEdit:
    return bench.page.context.measures.fields[kind].edit


def _type(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def test_a_measure_is_stored_as_it_settles(context: VisitBench, qtbot: QtBot) -> None:
    """A short pause is enough: no key leaves the field, and saved is said only then."""
    edit = _field(context, "sleep_hours")
    _type(edit, "7,5")
    assert NOT_SAVED in context.texts()
    assert SAVED not in context.texts()
    assert "✓ every tap is saved" not in context.texts()
    qtbot.waitUntil(lambda: _measures(context) == {"sleep_hours": Decimal("7.5")})
    assert SAVED in context.texts()
    assert NOT_SAVED not in context.texts()
    assert (edit.hasFocus(), edit.text()) == (True, "7,5")


def test_day_and_time_are_stored_as_they_settle(context: VisitBench, qtbot: QtBot) -> None:
    """The visit is dated anew, and whoever writes goes on where the cursor stands."""
    day, time = context.page.context.date.field.edit, context.page.context.time.edit
    _type(day, "2026-01-20")
    qtbot.waitUntil(lambda: context.visit().facts.date == PartialDate(2026, 1, 20))
    assert (day.hasFocus(), day.text()) == (True, "2026-01-20")
    time.setFocus()
    time.setSelection(0, 2)
    QTest.keyClicks(time, "08")
    qtbot.waitUntil(lambda: context.visit().facts.time == "08:40")
    assert (time.hasFocus(), time.cursorPosition()) == (True, 2)


def test_what_is_typed_is_stored_400_ms_after_the_last_key(context: VisitBench) -> None:
    """Each key begins the pause anew, in measures, day, time and note, and for the weight."""
    page = context.page.context
    settling, edits = page._settling, (page.date.field.edit, page.time.edit, page.note.edit)
    for edit in (*edits, _field(context, "sleep_hours")):
        settling.stop()
        QTest.keyClicks(edit, "7")
        assert (settling.isActive(), settling.interval(), settling.isSingleShot()) == (
            True, 400, True,
        )  # fmt: skip
    assert context.page.weight._pause.interval() == 400


WAYS: dict[str, Callable[[VisitBench], object]] = {
    "the window closes": lambda bench: bench.control.unsaved(),
    "another place": lambda bench: bench.control.leave(),
    "done": lambda bench: bench.page.context.done_button.click(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_stores_what_is_being_typed(context: VisitBench, way: str) -> None:
    """No pause, no Enter, no Tab: measure, day, time and note are there."""
    visit = context.visit()
    _type(context.page.context.date.field.edit, "2026-01-20")
    _type(context.page.context.time.edit, "08:15")
    QTest.keyClicks(context.page.context.note.edit, "calm")
    _type(_field(context, "night_wakings"), "3")
    assert WAYS[way](context) in (None, "")
    stored = context.store.visits.get(visit.id).facts
    assert (stored.date, stored.time, stored.context.note) == (
        PartialDate(2026, 1, 20), "08:15", "calm",
    )  # fmt: skip
    measures = context.store.measures.of_visit(visit.id)
    assert [one.facts.value for one in measures] == [Decimal(3)]


@pytest.mark.parametrize("text", ["many", "33"])
def test_what_is_refused_or_unusual_stays_at_the_next_tap(context: VisitBench, text: str) -> None:
    """It is said beside it, and no tap elsewhere takes it away."""
    context.ask.yes = False
    box = context.page.context.measures.fields["night_wakings"]
    _type(box.edit, text)
    context.page.context.slept.buttons[0].setFocus()
    QTest.mouseClick(context.page.context.slept.buttons[0], Qt.MouseButton.LeftButton)
    assert (box.text, box.below.isHidden(), _measures(context)) == (text, False, {})
    assert NOT_SAVED in context.texts()


@pytest.mark.parametrize(("date", "time"), [("2027-01-01", "08:15"), ("2026-01-28", "25:00")])
def test_an_impossible_day_or_time_stays_at_the_next_tap(
    context: VisitBench, date: str, time: str
) -> None:
    """It is told in a sentence once its field is left; while it is typed nobody complains."""
    page = context.page.context
    _type(page.date.field.edit, date)
    _type(page.time.edit, time)
    page.flush()
    page.ill.buttons[0].click()
    assert (page.date.text, page.time.text) == (date, time)
    page.time.edit.editingFinished.emit()
    assert context.page.message.text
    assert context.visit().facts.date == VISIT_DAY
    assert NOT_SAVED in context.texts()


def test_an_unusual_measure_is_asked_about_only_once_it_is_finished(context: VisitBench) -> None:
    """A pause in the middle of a number opens no question."""
    box = context.page.context.measures.fields["night_wakings"]
    _type(box.edit, "33")
    context.page.context.flush()
    assert context.ask.asked == []
    assert "not saved yet" in box.below.text()
    box.edit.editingFinished.emit()
    assert context.ask.asked == ["Is it right?"]
    assert _measures(context) == {"night_wakings": Decimal(33)}
    assert box.below.isHidden()


def test_an_answer_about_a_visit_that_was_left_stores_nothing(context: VisitBench) -> None:
    """The question may still stand when another patient is there."""
    context.ask.yes = False
    box = context.page.context.measures.fields["night_wakings"]
    _type(box.edit, "33")
    box.edit.editingFinished.emit()
    context.control.leave()
    context.control._recording.store_doubted()
    context.begin(context.patient("2", "Bo"))
    context.control._recording.store_doubted()
    assert _measures(context) == {}


def test_what_could_not_be_stored_is_held_and_named(context: VisitBench) -> None:
    """Left and opened again, it stands where it was typed; closing says whose it is."""
    visit, page = context.visit(), context.page.context
    _type(_field(context, "sleep_hours"), "about eight")
    _type(page.time.edit, "noon")
    context.control.leave()
    assert [one for one in context.said if "Amira Haddad · born 14 Mar 2023 · ID 40-1187" in one]
    other = context.begin(context.patient("40-2000", "Jonas"))
    context.page.sheet.context.click()
    assert (page.time.text, _field(context, "sleep_hours").text()) == ("10:40", "")
    assert "Amira Haddad" in context.control.unsaved()
    context.control.leave()
    context.control.open(VisitPlace(visit.id))
    assert context.part() is Part.CONTEXT
    assert (page.time.text, _field(context, "sleep_hours").text()) == ("noon", "about eight")
    assert context.store.measures.of_visit(other.id) == ()


def test_a_visit_is_not_signed_beside_what_is_not_saved(context: VisitBench) -> None:
    """The context comes instead, and says why."""
    _type(_field(context, "sleep_hours"), "about eight")
    context.page.context.done_button.click()
    context.type("0", "0", "0", "0", "0")
    context.page.sheet.sign.click()
    assert context.visit().state is VisitState.DRAFT
    assert context.part() is Part.CONTEXT
    assert "not saved yet" in context.page.message.text
    _type(_field(context, "sleep_hours"), "8")
    context.page.context.done_button.click()
    context.page.sheet.sign.click()
    assert context.went != []


def test_a_measure_that_the_disk_refused_is_tried_again(
    context: VisitBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays, the message says why, and the next pause stores it."""

    def full(*_values: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr(context.store.measures, "set_for_visit", full)
    _type(_field(context, "sleep_hours"), "8")
    context.page.context.flush()
    assert context.page.message.text == "The disk is full."
    monkeypatch.undo()
    assert context.control.unsaved() == ""
    assert _measures(context) == {"sleep_hours": Decimal(8)}


def test_a_choice_by_key_builds_no_button_anew(context: VisitBench, qtbot: QtBot) -> None:
    """The focus stays on the answer; the next digit becomes no measure."""
    button = context.page.context.slept.buttons[1]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert context.page.context.slept.buttons[1] is button
    assert button.hasFocus()
    context.type("7")
    assert (_measures(context), context.visit().facts.context.slept) == ({}, "less_than_usual")


def test_leaving_clears_day_and_time_and_every_other_word(context: VisitBench) -> None:
    """Nothing of the visit is left on its page, in words, tips or what a screen reader says."""
    for _ in range(3):
        QApplication.processEvents()
    context.page.grab()
    context.control.leave()
    page = context.page
    left = [
        text
        for one in (page, *page.findChildren(QWidget))
        for text in (one.toolTip(), one.accessibleName(), _text_of(one))
        if any(word in str(text) for word in ("2026", "Amira", "40-1187", "10:40", "Okafor"))
    ]
    assert left == []
    edits = (page.context.date.field.edit, page.context.time.edit)
    assert [one.text() for one in edits] == ["", ""]
    assert page.context.date.field.below.isHidden()


def _text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QLineEdit | QPushButton) else ""
