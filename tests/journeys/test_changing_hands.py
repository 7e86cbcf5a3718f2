"""A nurse and a physician share one machine for a day: nothing stands under the wrong name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.records.model import VisitState
from app.screens.places import ChartPlace, PatientsPlace, VisitPlace
from tests.asking import FakeAsk
from tests.sharing import CONTROL, SharedWindow, shared_window


@pytest.fixture
def shared(qapp: object, tmp_path: Path) -> Iterator[SharedWindow]:
    """Lend a window of Ann, which Ben can use too."""
    assert qapp is not None
    with shared_window(tmp_path / "data", FakeAsk()) as shared:
        yield shared


def _score(shared: SharedWindow, visit: str, levels: str) -> None:
    shared.running.desk.navigation.go(VisitPlace(visit))
    shared.settle()
    for level in levels:
        shared.type(level)
        shared.time.pass_by(20)


def _sign(shared: SharedWindow) -> None:
    shared.press(Qt.Key.Key_Return, CONTROL)
    shared.settle()


class _Day:
    """What was done in which name, and what stands in the records of it."""

    def __init__(self, shared: SharedWindow) -> None:
        self._shared = shared
        self._store = shared.running.desk.store
        self.ids = {user.name: user.id for user in self._store.users.all()}
        self._seen = len(self._store.journal.entries())
        self._left = ""
        self.signed: dict[str, str] = {}

    def turn(self, number: int, name: str) -> None:
        """Let one of them come, go on with what the other left, and score a visit of one's own."""
        shared = self._shared
        shared.hand_to(name)
        who = shared.running.window.who
        assert who is not None
        assert (shared.acting, who.who[0]) == (name, name)
        assert shared.running.desk.navigation.place == PatientsPlace()
        if self._left:
            self._score(self._left, "111", name)
            self._left = ""
        visit = shared.begin_visit(shared.patients[number % 4])
        if number % 3 == 2:
            self._score(visit, "12", "")
            self._left = visit
        else:
            self._score(visit, "21012", name)

    def _score(self, visit: str, levels: str, signer: str) -> None:
        _score(self._shared, visit, levels)
        if signer:
            _sign(self._shared)
            self.signed[visit] = signer

    def names_since(self) -> set[str]:
        """Return under which names something was journalled since this was asked last."""
        entries = self._store.journal.entries()
        new, self._seen = entries[self._seen :], len(entries)
        return {name for name, user in self.ids.items() for one in new if one.user == user}


def test_twenty_changes_of_hands_sign_nothing_under_the_wrong_name(shared: SharedWindow) -> None:
    """Each entry and each signature since a change stands under the name that has come."""
    day, store = _Day(shared), shared.running.desk.store
    came = [("Ben", "Ann")[number % 2] for number in range(20)]
    for number, name in enumerate(came):
        day.turn(number, name)
        assert day.names_since() == {name}, number
    found = {visit: store.visits.get(visit) for visit in day.signed}
    assert len(found) > 15
    assert all(visit.state is VisitState.SIGNED for visit in found.values())
    names = {visit: one.signature.name for visit, one in found.items() if one.signature}
    assert names == day.signed
    assert all(not finding.count for finding in store.check())
    looks = [look.user for look in store.seen.all() if look.action == "seen.open"]
    assert looks == [day.ids[name] for name in ("Ann", *came)]


def test_a_sara_of_fourteen_minutes_is_not_locked(shared: SharedWindow) -> None:
    """Nobody touches the machine while the child walks; a list is locked after three minutes."""
    visit = shared.begin_visit(shared.patients[0])
    shared.running.desk.navigation.go(VisitPlace(visit, "sara"))
    shared.wait(14)
    assert not shared.is_locked()
    shared.press(Qt.Key.Key_1)
    assert shared.running.desk.store.visits.get(visit).sheets
    shared.lock.stillness.touch()
    shared.wait(15)
    assert shared.is_locked()
    shared.give_passphrase("a horse in the rain")
    shared.lock.page.new_pin.without.click()
    shared.running.desk.navigation.go(ChartPlace(shared.patients[0]))
    shared.lock.stillness.touch()
    shared.wait(2.9)
    assert not shared.is_locked()
    shared.wait(0.2)
    assert shared.is_locked()
