"""One's own PIN in Settings: chosen and changed with one's own passphrase, forgotten without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.screens.places import PatientsPlace, SettingsPlace
from app.screens.settings.page import SettingsPage
from app.screens.settings.pin import PinCard
from tests.asking import FakeAsk
from tests.sharing import ANN, BEN, CONTROL, PIN, SharedWindow, shared_window


@pytest.fixture
def shared(qapp: object, tmp_path: Path) -> Iterator[SharedWindow]:
    """Lend a window of Ann, which Ben can use too."""
    assert qapp is not None
    with shared_window(tmp_path / "data", FakeAsk()) as shared:
        yield shared


def _page(shared: SharedWindow) -> SettingsPage:
    shared.running.desk.navigation.go(SettingsPlace())
    shared.settle()
    page = shared.running.window.page
    assert isinstance(page, SettingsPage)
    return page


def _choose(shared: SharedWindow, secret: str, pin: str, again: str = "") -> PinCard:
    card = _page(shared).pin
    for field, text in ((card.secret, secret), (card.pin, pin), (card.again, again or pin)):
        field.edit.setText(text)
    card.choose.click()
    shared.settle()
    return card


def _has_pin(shared: SharedWindow) -> bool:
    return shared.running.desk.shift.pins.has(shared.running.desk.store.user.id)


def test_a_pin_is_chosen_changed_and_forgotten(shared: SharedWindow) -> None:
    """The page says each time how it stands, and keeps nothing that was typed."""
    card = _choose(shared, ANN, PIN)
    assert "You have a PIN" in card.state.text()
    assert [one.secret for one in (card.secret, card.pin, card.again)] == ["", "", ""]
    _choose(shared, ANN, "83920")
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.type_pin("83920")
    assert not shared.is_locked()
    card.drop.click()
    assert "You have no PIN" in card.state.text()
    assert (_has_pin(shared), card.drop.isVisible()) == (False, False)


@pytest.mark.parametrize("secret", ["", "not this one at all", BEN])
def test_a_passer_by_chooses_none(shared: SharedWindow, secret: str) -> None:
    """Nor does a colleague, with a passphrase that opens the records as somebody else."""
    card = _choose(shared, secret, PIN)
    assert not _has_pin(shared)
    assert card.secret.below.text()
    assert card.choose.isEnabled()


@pytest.mark.parametrize(
    ("pin", "again", "told"),
    [("12", "", "at least 4"), ("1" * 65, "", "fewer than 65"), ("4567", "", "first that"),
     ("4711", "4712", "two PINs differ")],
)  # fmt: skip
def test_a_pin_that_cannot_be_is_told(
    shared: SharedWindow, pin: str, again: str, told: str
) -> None:
    """Beside its field, and no passphrase is tried for it."""
    card = _choose(shared, "not this one at all", pin, again)
    assert told in card.pin.below.text() + card.again.below.text()
    assert (card.secret.below.text(), _has_pin(shared)) == ("", False)


def test_wrong_passphrases_slow_down_the_next_wherever_they_are_typed(
    shared: SharedWindow,
) -> None:
    """One door for Settings and the lock: the same sentence, and nothing is tried meanwhile."""
    for _ in range(3):
        assert "not your passphrase" in _choose(shared, BEN, PIN).secret.below.text()
    assert "Please wait" in _choose(shared, ANN, PIN).secret.below.text()
    assert not _has_pin(shared)
    page = _page(shared)
    page.passphrase.secret.edit.setText(ANN)
    for field in (page.passphrase.wished, page.passphrase.again):
        field.edit.setText("nine green kettles hum")
    page.passphrase.change.click()
    page.recovery.secret.edit.setText(ANN)
    page.recovery.make.click()
    shared.settle()
    assert "Please wait" in page.passphrase.secret.below.text()
    assert "Please wait" in page.recovery.secret.below.text()
    shared.lock.stillness.lock_pressed.emit()
    shared.give_passphrase(ANN)
    assert "Please wait" in shared.lock.page.secret.secret.below.text()
    shared.time.pass_by(5)
    shared.lock.page.secret.secret.clear()
    shared.give_passphrase(ANN)
    assert shared.lock.page.new_pin.isVisible()


def test_no_secret_stays_when_the_page_is_left(shared: SharedWindow) -> None:
    """Whoever comes back to it finds three empty fields."""
    card = _choose(shared, "not this one at all", PIN)
    shared.running.desk.navigation.go(PatientsPlace())
    assert [one.secret for one in (card.secret, card.pin, card.again)] == ["", "", ""]


def test_a_colleagues_passphrase_changes_nobodys(shared: SharedWindow) -> None:
    """One's own passphrase is changed with one's own, or with a recovery code."""
    page = _page(shared)
    page.passphrase.secret.edit.setText(BEN)
    for field in (page.passphrase.wished, page.passphrase.again):
        field.edit.setText("nine green kettles hum")
    page.passphrase.change.click()
    shared.settle()
    assert "does not open" in page.passphrase.secret.below.text()
    shared.press(Qt.Key.Key_L, CONTROL)
    shared.give_passphrase(BEN)
    assert shared.acting == "Ben"
