"""What the unit sets of the lock: minutes, and whether signing asks for the PIN."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.errors import UserError
from app.records.folder import Founder, create_open_folder
from app.records.model import Role, VisitState
from app.running import Running, application
from app.screens.places import SettingsPlace, VisitPlace
from app.screens.settings.page import SettingsPage
from app.settings import AtSigning
from scales.catalogue import load_catalogue
from tests.asking import FakeAsk
from tests.sharing import BEN, CONTROL, PIN, SharedWindow, shared_window


@pytest.fixture
def ask() -> FakeAsk:
    """Return somebody who answers yes, and types the PIN."""
    return FakeAsk(typed_pin=PIN)


@pytest.fixture
def shared(qapp: object, tmp_path: Path, ask: FakeAsk) -> Iterator[SharedWindow]:
    """Lend a window of Ann, which Ben can use too."""
    assert qapp is not None
    with shared_window(tmp_path / "data", ask) as shared:
        yield shared


def _settings_page(shared: SharedWindow) -> SettingsPage:
    shared.running.desk.navigation.go(SettingsPlace())
    shared.settle()
    page = shared.running.window.page
    assert isinstance(page, SettingsPage)
    return page


def _scored(shared: SharedWindow) -> str:
    visit = shared.begin_visit(shared.patients[0])
    shared.running.desk.navigation.go(VisitPlace(visit))
    shared.settle()
    shared.type("21012")
    return visit


def _ask_for_pins(shared: SharedWindow) -> None:
    settings = shared.running.desk.store.settings
    settings.save(replace(settings.load(), at_signing=AtSigning.PIN))


def test_a_keeper_sets_the_minutes_and_what_signing_asks(shared: SharedWindow) -> None:
    """By default three, fifteen and nothing; a number that cannot be is told beside its field."""
    page, stored = _settings_page(shared), shared.running.desk.store.settings
    now = stored.load()
    assert (now.lock_minutes, now.visit_lock_minutes) == (3, 15)
    assert now.at_signing is AtSigning.NOTHING
    page.lock.usual.edit.setText("5")
    page.lock.visit.edit.setText("0")
    page.lock.at_signing.buttons[1].click()
    page.finish()
    now = stored.load()
    assert (now.lock_minutes, now.visit_lock_minutes, now.at_signing) == (5, 15, AtSigning.PIN)
    assert "between 1 and 60" in page.lock.visit.below.text()


def test_whoever_keeps_no_records_only_reads_them(shared: SharedWindow) -> None:
    """The store refuses it too, and says who may."""
    shared.lock_with_pin()
    shared.give_passphrase(BEN)
    page = _settings_page(shared)
    assert not page.lock.usual.isEnabled()
    settings = shared.running.desk.store.settings
    with pytest.raises(UserError, match="keeper"):
        settings.save(replace(settings.load(), lock_minutes=60))


@pytest.mark.parametrize("minutes", [0, 61])
def test_minutes_that_cannot_be_are_refused(shared: SharedWindow, minutes: int) -> None:
    """Never is no time: a window that never locks is not offered."""
    settings = shared.running.desk.store.settings
    with pytest.raises(UserError, match="between 1 and 60"):
        settings.save(replace(settings.load(), visit_lock_minutes=minutes))


def test_signing_asks_for_the_pin_where_the_unit_wants_it(
    shared: SharedWindow, ask: FakeAsk
) -> None:
    """A wrong one signs nothing; the right one signs under that name."""
    _ask_for_pins(shared)
    shared.lock_with_pin()
    shared.type_pin()
    visits, visit = shared.running.desk.store.visits, _scored(shared)
    ask.typed_pin = "0815"
    shared.press(Qt.Key.Key_Return, CONTROL)
    assert visits.get(visit).state is VisitState.DRAFT
    assert (ask.asked[-1], ask.told[-1]) == ("Your PIN", "Ann signs this visit.")
    ask.typed_pin = PIN
    shared.press(Qt.Key.Key_Return, CONTROL)
    signed = visits.get(visit).signature
    assert signed is not None
    assert signed.name == "Ann"


def test_whoever_has_no_pin_is_told_where_to_choose_one(shared: SharedWindow) -> None:
    """Nothing is signed meanwhile, and nothing is asked that could not be answered."""
    _ask_for_pins(shared)
    visit = _scored(shared)
    shared.press(Qt.Key.Key_Return, CONTROL)
    page = shared.running.window.page
    assert page is not None
    assert "Choose one in Settings" in page.message.text  # type: ignore[attr-defined]
    assert shared.running.desk.store.visits.get(visit).state is VisitState.DRAFT


def test_five_wrong_pins_at_signing_close_the_file(shared: SharedWindow, ask: FakeAsk) -> None:
    """They count as those at the lock."""
    _ask_for_pins(shared)
    shared.lock_with_pin()
    shared.type_pin()
    _scored(shared)
    ask.typed_pin = "0815"
    for _ in range(5):
        shared.press(Qt.Key.Key_Return, CONTROL)
    shared.lock.stillness.look()
    shared.settle()
    assert (shared.is_locked(), shared.running.desk.store.away.is_on) == (True, True)


def test_records_that_anyone_can_open_are_not_locked_by_time(qapp: object, tmp_path: Path) -> None:
    """Nobody has a passphrase there; by hand they go out of view, and anybody goes on."""
    assert qapp is not None
    founder, clock = Founder("Demo", Role.NURSE), SystemClock()
    create_open_folder(tmp_path / "data", founder, clock=clock, catalogue=load_catalogue()).close()
    running = Running(application(), tmp_path / "data", clock, ask=FakeAsk())
    running.start()
    running.window.show()
    for _ in range(4):
        QApplication.processEvents()
    lock = None if running.work is None else running.work.lock
    assert lock is not None
    lock.look(24 * 3600 * 1000)
    lock.sleep_over()
    seen = [lock.is_locked]
    lock.lock_by_hand()
    seen.append(lock.is_locked)
    assert "made-up" in lock.page.notice.text.text()
    lock.page.notice.go_on.click()
    seen.append(lock.is_locked)
    assert seen == [False, True, False]
    page = running.window.page
    running.desk.navigation.go(SettingsPlace())
    page = running.window.page
    assert isinstance(page, SettingsPage)
    assert "no passphrase" in page.lock._told.text()
    running.stop()
