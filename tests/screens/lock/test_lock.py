"""The lock of an open window: what goes out of view, who comes back, and who does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu

from app.language import words
from app.records.folder import open_folder
from app.records.keys.keyfile import PassphraseSlot, read_keys, write_keys
from app.records.model import VisitState
from app.screens.ask import Dialogs
from app.screens.lock.view import Stage
from app.screens.patient_form.page import PatientFormPage
from app.screens.places import ChartPlace, PatientFormPlace, PatientsPlace, VisitPlace
from app.screens.visit.page import VisitPage
from scales.catalogue import load_catalogue
from tests.asking import FakeAsk
from tests.sharing import ANN, BEN, CONTROL, PIN, SharedWindow, shared_window
from widgets import clipboard


@pytest.fixture
def shared(qapp: object, tmp_path: Path) -> Iterator[SharedWindow]:
    """Lend a window of Ann, which Ben can use too; questions are answered with yes."""
    assert qapp is not None
    with shared_window(tmp_path / "data", FakeAsk()) as shared:
        yield shared


def _open_visit(shared: SharedWindow, scale: str = "") -> str:
    visit = shared.begin_visit(shared.patients[0])
    shared.running.desk.navigation.go(VisitPlace(visit, scale))
    shared.settle()
    return visit


def _told(one: QAccessibleInterface | None, *, depth: int = 0) -> Iterator[str]:
    """Give all that a screen reader finds below something, hidden or not."""
    if one is None or depth > 40:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield one.text(kind)
    for number in range(one.childCount()):
        yield from _told(one.child(number), depth=depth + 1)


def test_nothing_of_the_records_is_in_view_or_in_reach(shared: SharedWindow) -> None:
    """Not painted, not in the title, not for a screen reader, not by Tab."""
    _open_visit(shared)
    window = shared.running.window
    before = "\n".join(_told(QAccessible.queryAccessibleInterface(window)))
    assert "Mia Keller" in before
    shared.lock_with_pin()
    told = "\n".join(_told(QAccessible.queryAccessibleInterface(window)))
    assert "Locked by Ann" in told
    shown = [one.text() for one in window.findChildren(QLabel)] + [window.windowTitle(), told]
    assert not [text for text in shown if "Mia" in text or "40-0" in text]
    stops = set()
    for _ in range(20):
        QTest.keyClick(shared.focused, Qt.Key.Key_Tab)
        stops.add(shared.focused)
    assert all(shared.lock.page.isAncestorOf(one) for one in stops)


def test_the_same_person_comes_back_to_the_same_item(shared: SharedWindow) -> None:
    """With the PIN, after a question whose visit this is; the draft has each tap."""
    visit = _open_visit(shared)
    shared.type("12")
    page = shared.running.window.page
    shared.lock_with_pin()
    shared.wait(8)
    shared.type_pin()
    assert (shared.running.window.page, shared.is_locked()) == (page, False)
    ask = shared.running.desk.ask
    assert isinstance(ask, FakeAsk)
    assert ask.asked[-1] == "Is this Mia Keller?"
    assert ask.told[-1] == "born 3 May 2021 · ID 40-0"
    shared.type("2")
    answers = shared.running.desk.store.visits.get(visit).sheets[0].answers
    assert len(answers) == 3


def test_whoever_says_no_is_at_the_list(shared: SharedWindow) -> None:
    """Another child is in the room: nothing more is scored in this visit by mistake."""
    _open_visit(shared)
    ask = shared.running.desk.ask
    assert isinstance(ask, FakeAsk)
    ask.yes = False
    shared.lock_with_pin()
    shared.type_pin()
    assert shared.running.desk.navigation.place == PatientsPlace()


def test_a_visit_left_for_half_an_hour_is_asked_after(shared: SharedWindow) -> None:
    """One that was left for a moment is not, nor one that is signed."""
    visit, desk = _open_visit(shared), shared.running.desk
    ask = desk.ask
    assert isinstance(ask, FakeAsk)
    for minutes, asked in ((29, 0), (31, 1), (1, 1)):
        desk.navigation.go(ChartPlace(shared.patients[0]))
        shared.time.pass_by(minutes * 60)
        desk.navigation.go(VisitPlace(visit))
        assert ask.asked.count("Is this Mia Keller?") == asked, minutes


def test_keys_do_nothing_behind_the_lock(shared: SharedWindow) -> None:
    """Neither those of the window nor those of scoring, wherever they are pressed."""
    visit = _open_visit(shared)
    window = shared.running.window
    place = shared.running.desk.navigation.place
    shared.lock_with_pin()
    for key, held in (
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, CONTROL),
        (Qt.Key.Key_H, CONTROL),
        (Qt.Key.Key_P, CONTROL),
        (Qt.Key.Key_Return, CONTROL),
        (Qt.Key.Key_Z, CONTROL),
        (Qt.Key.Key_L, CONTROL),
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
    ):
        for target in (shared.focused, window):
            QTest.keyClick(target, key, held)
    shared.settle()
    assert shared.running.desk.navigation.place == place
    assert (window.page, shared.is_locked()) != (None, False)
    assert not shared.running.desk.store.visits.get(visit).sheets


def test_five_wrong_pins_over_several_locks_close_the_file(shared: SharedWindow) -> None:
    """The key is wiped and only the passphrase helps; every tap is there afterwards."""
    visit, store = _open_visit(shared), shared.running.desk.store
    shared.type("12")
    key = store.around._key  # type: ignore[attr-defined]  # whether it is wiped
    for wrong in (2, 2):
        shared.lock_with_pin()
        for _ in range(wrong):
            shared.type_pin("0815")
            assert "not the PIN" in shared.lock.page.pin.pin.below.text()
        shared.type_pin()
    shared.lock_with_pin()
    shared.type_pin("0815")
    assert (store.away.is_on, bytes(key)) == (True, b"")
    assert "wrong five times" in shared.lock.page.secret.text.text()
    assert not shared.lock.page.pin.isVisible()
    shared.give_passphrase("not this one at all")
    assert store.away.is_on
    shared.give_passphrase(ANN)
    shared.choose_pin()
    assert (store.away.is_on, shared.is_locked(), len(key)) == (False, False, 32)
    shared.type("1")
    assert len(store.visits.get(visit).sheets[0].answers) == 3


def test_sleep_closes_the_file_and_keeps_what_is_typed(shared: SharedWindow) -> None:
    """Whoever comes back with the passphrase finds the form as it was left."""
    desk = shared.running.desk
    desk.navigation.go(PatientFormPlace(shared.patients[0]))
    page = shared.running.window.page
    assert isinstance(page, PatientFormPage)
    shared.settle()
    page.family_name.edit.setText("Kellermann")
    shared.time.sleep(4 * 3600)
    shared.lock.stillness.look()
    shared.settle()
    assert (desk.store.away.is_on, shared.is_locked()) == (True, True)
    shared.give_passphrase(ANN)
    shared.choose_pin()
    assert shared.running.window.page is page
    assert page.family_name.edit.text() == "Kellermann"


def test_twelve_hours_after_the_passphrase_the_file_is_closed(shared: SharedWindow) -> None:
    """However short the window was locked."""
    shared.time.pass_by(12 * 3600 - 60)
    shared.lock.stillness._looked = shared.lock.stillness._clocks()
    shared.lock_with_pin()
    shared.lock.stillness.look()
    is_away = [shared.running.desk.store.away.is_on]
    shared.wait(2)
    is_away.append(shared.running.desk.store.away.is_on)
    assert is_away == [False, True]
    assert "12 hours" in shared.lock.page.secret.text.text()


def test_another_user_comes_with_the_passphrase_and_finds_the_list(shared: SharedWindow) -> None:
    """Every page is built anew, dressed and offered for who acts now."""
    _open_visit(shared)
    page = shared.running.window.page
    shared.lock_with_pin()
    shared.give_passphrase(BEN)
    assert shared.acting == "Ben"
    assert shared.running.desk.navigation.place == PatientsPlace()
    assert shared.running.window.page is not page
    who = shared.running.window.who
    assert who is not None
    assert who.who == ("Ben", "physician")
    shared.lock_with_pin("83920")
    shared.type_pin(PIN)
    assert shared.is_locked()
    shared.type_pin("83920")
    assert not shared.is_locked()


def test_what_somebody_else_typed_goes_only_after_a_question(shared: SharedWindow) -> None:
    """It is never saved under another name: it waits for its own, or it goes."""
    desk = shared.running.desk
    desk.navigation.go(PatientFormPlace(shared.patients[0]))
    page = shared.running.window.page
    assert isinstance(page, PatientFormPage)
    shared.settle()
    page.family_name.edit.setFocus()
    QTest.keyClicks(page.family_name.edit, " X")
    shared.lock_with_pin()
    shared.give_passphrase(BEN)
    assert (shared.acting, shared.lock.page.notice.isVisible()) == ("Ann", True)
    assert "Mia" not in shared.lock.page.notice.text.text()
    shared.lock.page.notice.stay.click()
    shared.type_pin()
    assert page.family_name.edit.text() == "Keller X"
    shared.lock_with_pin()
    shared.give_passphrase(BEN)
    entries = len(list(desk.store.journal.entries()))
    shared.lock.page.notice.go_on.click()
    shared.settle()
    assert shared.acting == "Ben"
    assert desk.store.patients.get(shared.patients[0]).facts.name == "Mia Keller"
    assert len(list(desk.store.journal.entries())) == entries


def test_a_question_and_a_list_that_hang_open_do_not_block_the_lock(
    qapp: object, tmp_path: Path
) -> None:
    """Both go out of view; the question comes back with what was typed in it, unanswered."""
    assert qapp is not None
    with shared_window(tmp_path / "data", Dialogs(words())) as shared:  # type: ignore[arg-type]
        desk = shared.running.desk
        given: list[str] = []
        page = shared.running.window.page
        assert page is not None
        desk.ask.reason(page, "Why is Mia Keller amended?", "Say why.", given.append)
        menu = QMenu(page)
        menu.addAction("Mia Keller")
        menu.popup(page.mapToGlobal(page.rect().center()))
        shared.settle()
        question = next(one for one in page.findChildren(QDialog) if one.isVisible())
        QTest.keyClicks(question.field.edit, "half a rea")  # type: ignore[attr-defined]
        shared.lock.stillness.lock_pressed.emit()
        shared.settle()
        assert not [one for one in QApplication.topLevelWidgets()
                    if one.isVisible() and one is not shared.running.window]  # fmt: skip
        desk.ask.tell(page, "Mia Keller", (("born", "2021"),))
        shared.settle()
        assert QApplication.activeModalWidget() is None
        shared.give_passphrase(ANN)
        shared.lock.page.new_pin.without.click()
        assert (question.isVisible(), given) == (True, [])
        question.yes.click()  # type: ignore[attr-defined]
        assert given == ["half a rea"]


def test_a_lock_asks_nothing_of_who_is_leaving(shared: SharedWindow) -> None:
    """Whoever comes to the machine next can choose no PIN and go nowhere without a passphrase."""
    shared.press(Qt.Key.Key_L, CONTROL)
    page = shared.lock.page
    assert (page.new_pin.isVisible(), page.secret.isVisible()) == (False, True)
    assert not shared.running.desk.shift.pins.has(shared.running.desk.store.user.id)


def test_without_a_pin_the_passphrase_brings_one_back(shared: SharedWindow) -> None:
    """A PIN is offered once to whoever has given the passphrase; no is not asked again."""
    page = shared.running.window.page
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.give_passphrase(ANN)
    assert (shared.is_locked(), shared.lock.page.new_pin.isVisible()) == (True, True)
    shared.lock.page.new_pin.without.click()
    shared.settle()
    assert (shared.is_locked(), shared.running.window.page) == (False, page)
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.give_passphrase(ANN)
    assert not shared.is_locked()


def test_a_pin_is_chosen_where_the_passphrase_was_given(shared: SharedWindow) -> None:
    """A poor one is told; a good one lets its own go on, and back in the next time."""
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.give_passphrase(ANN)
    shared.choose_pin("1234")
    assert "first that somebody would try" in shared.lock.page.new_pin.pin.below.text()
    shared.choose_pin(PIN)
    was_locked = shared.is_locked()
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.type_pin(PIN)
    assert (was_locked, shared.is_locked()) == (False, False)


def test_who_forgot_the_pin_chooses_another_one(shared: SharedWindow) -> None:
    """Who comes back by the passphrase is asked for a new PIN, and the old one opens no more."""
    shared.lock_with_pin()
    shared.give_passphrase(ANN)
    shared.choose_pin("83920")
    shared.lock_with_pin()
    shared.type_pin(PIN)
    is_locked = [shared.is_locked()]
    shared.type_pin("83920")
    is_locked.append(shared.is_locked())
    assert is_locked == [True, False]


def test_a_pin_that_nobody_chooses_is_not_waited_for(shared: SharedWindow) -> None:
    """Who leaves while one is offered is locked out after a minute, or at once by the keys."""
    for is_by_hand in (False, True):
        shared.press(Qt.Key.Key_L, CONTROL)
        shared.give_passphrase(ANN)
        assert shared.lock.page.new_pin.isVisible()
        shared.lock.stillness.touch()
        if is_by_hand:
            shared.lock.stillness.lock_pressed.emit()
        else:
            shared.wait(1)
        page = shared.lock.page
        assert (page.new_pin.isVisible(), page.secret.isVisible()) == (False, True)
        shared.give_passphrase(ANN)
        shared.lock.stillness.touch()


def test_a_running_stopwatch_holds_the_lock_off(shared: SharedWindow) -> None:
    """Nobody touches the machine while something is timed."""
    _open_visit(shared, "sara")
    shared.press(Qt.Key.Key_N)
    shared.press(Qt.Key.Key_Return)
    screen = shared.running.window.page
    assert isinstance(screen, VisitPage)
    shared.press(Qt.Key.Key_T)
    assert screen.guided.stopwatch.is_running
    shared.wait(60)
    assert not shared.is_locked()
    shared.press(Qt.Key.Key_T)
    shared.lock.stillness.touch()
    shared.wait(14.8)
    assert not shared.is_locked()
    shared.wait(0.4)
    assert shared.is_locked()


def test_a_stopwatch_stops_where_the_lock_is_asked_for(shared: SharedWindow) -> None:
    """Nobody can read it behind the lock, and whoever comes back starts it anew."""
    _open_visit(shared, "sara")
    shared.press(Qt.Key.Key_Return)
    screen = shared.running.window.page
    assert isinstance(screen, VisitPage)
    shared.press(Qt.Key.Key_T)
    shared.lock_with_pin()
    assert shared.is_locked()
    assert not screen.guided.stopwatch.is_running


def test_the_unit_sets_the_minutes(shared: SharedWindow) -> None:
    """For a page and for an open visit apart."""
    settings = shared.running.desk.store.settings
    settings.save(replace(settings.load(), lock_minutes=6, visit_lock_minutes=8))
    shared.lock.stillness.touch()
    shared.wait(5.9)
    assert not shared.is_locked()
    shared.wait(0.2)
    assert shared.is_locked()


def test_wrong_passphrases_are_told_to_wait(shared: SharedWindow) -> None:
    """In a sentence; the window goes on meanwhile, and the right one helps afterwards."""
    shared.lock_with_pin()
    for _ in range(3):
        shared.give_passphrase("not this one at all")
        assert "does not open" in shared.lock.page.secret.secret.below.text()
    shared.lock.page.secret.secret.clear()
    shared.give_passphrase(BEN)
    assert "Please wait" in shared.lock.page.secret.secret.below.text()
    shared.time.pass_by(5)
    shared.lock.page.secret.secret.clear()
    shared.give_passphrase(BEN)
    assert shared.acting == "Ben"


def test_a_passphrase_of_other_keys_lets_nobody_act(shared: SharedWindow) -> None:
    """Somebody exchanged the keys file while the window was locked."""
    shared.lock_with_pin()
    slots = read_keys(shared.folder)
    other = shared.folder.parent / "other"
    with shared_window(other, FakeAsk()):
        pass
    shared.running.window.activateWindow()
    shared.settle()
    foreign = read_keys(other)
    write_keys(shared.folder, foreign)
    shared.give_passphrase(BEN)
    assert "other records" in shared.lock.page.secret.secret.below.text()
    assert (shared.acting, shared.is_locked()) == ("Ann", True)
    write_keys(shared.folder, slots)
    assert any(isinstance(slot, PassphraseSlot) for slot in slots)


def test_the_clipboard_loses_what_the_app_put_there(shared: SharedWindow) -> None:
    """At the lock, and never what somebody else put there."""
    held = QGuiApplication.clipboard()
    clipboard.put("Mia Keller")
    assert held.text() == "Mia Keller"
    shared.lock_with_pin()
    assert held.text() == ""
    shared.type_pin()
    clipboard.put("Mia Keller")
    held.setText("a telephone number")
    shared.lock_with_pin()
    assert held.text() == "a telephone number"


def test_closing_a_locked_window_says_once_what_goes(shared: SharedWindow) -> None:
    """Without a word of it; a second request closes, and the records are whole."""
    shared.running.desk.navigation.go(PatientFormPlace(shared.patients[0]))
    page = shared.running.window.page
    assert isinstance(page, PatientFormPage)
    shared.settle()
    QTest.keyClicks(page.family_name.edit, " X")
    shared.lock_with_pin()
    shared.running.window.close()
    assert shared.running.window.isVisible()
    assert "not saved" in shared.lock.page.problem.text()
    shared.running.window.close()
    shared.settle()
    assert not shared.running.window.isVisible()


def test_closing_a_window_whose_file_is_closed_loses_nothing(shared: SharedWindow) -> None:
    """The folder is let go, and opens with what was scored."""
    visit = _open_visit(shared)
    shared.type("12")
    shared.lock.sleep_over()
    shared.settle()
    shared.running.window.close()
    shared.settle()
    assert not shared.running.window.isVisible()
    store = open_folder(shared.folder, BEN, clock=shared.time, catalogue=load_catalogue())
    assert len(store.visits.get(visit).sheets[0].answers) == 2
    assert store.visits.get(visit).state is VisitState.DRAFT
    store.close()


def test_who_acts_stands_on_every_page_and_locks_by_a_press(shared: SharedWindow) -> None:
    """The same button everywhere, with name and roles; one press locks."""
    window, desk = shared.running.window, shared.running.desk
    for place in (PatientsPlace(), ChartPlace(shared.patients[0]), PatientFormPlace(None)):
        desk.navigation.go(place)
        shared.settle()
        who = window.who
        assert who is not None
        assert (who.isVisible(), who.window()) == (True, window)
        assert window.page is not None
        assert window.page.isAncestorOf(who)
        assert who.accessibleName().startswith("Ann, nurse · keeper of the records.")
    assert window.who is not None
    QTest.mouseClick(window.who, Qt.MouseButton.LeftButton)
    assert shared.lock._stage is Stage.PASSPHRASE
