"""The page of the new key with real records: asked for, on its way, its code, and what is left."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.clock import FixedClock
from app.records.actions import Action
from app.records.copies import renewing
from app.records.copies.backup import copies
from app.records.copies.changing_key import HALF_READY, READY
from app.records.file.names import COPIES, SET_ASIDE
from app.records.folder import Founder, create_folder
from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import check_secret, code_state, unlock
from app.records.model import PatientFacts, Role
from app.records.store import Store
from app.screens.new_key.control import NewKeyControl
from app.screens.places import NewKeyPlace, PeoplePlace
from scales.catalogue import Catalogue
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
SECRET = "seven quiet boats"  # noqa: S105 - made up for these tests


@pytest.fixture
def locked(tmp_path: Path, catalogue: Catalogue, clock: FixedClock) -> Iterator[Store]:
    """Return the store of a folder behind a passphrase, with a copy."""
    store, _ = create_folder(
        tmp_path / "locked", Founder("M. Okafor", Role.NURSE), SECRET,
        clock=clock, catalogue=catalogue, cost=CHEAP,
    )  # fmt: skip
    store.patients.add(PatientFacts("1"))
    store.copy()
    yield store
    store.close()


@pytest.fixture
def bench(dressed: object, locked: Store, catalogue: Catalogue, clock: FixedClock) -> RoomBench:
    """Return a desk on the locked folder."""
    assert dressed is not None
    return RoomBench(locked, catalogue, clock)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the data folder."""
    return tmp_path / "locked"


@pytest.fixture
def room(bench: RoomBench, folder: Path) -> NewKeyControl:
    """Return the page, shown."""
    return _room(bench, folder)


def _room(bench: RoomBench, folder: Path) -> NewKeyControl:
    bench.desk = replace(bench.desk, folder=folder)
    control = NewKeyControl(bench.desk)
    bench.show(control)
    bench.navigation.go(NewKeyPlace())
    control.page.activateWindow()
    control.open(NewKeyPlace())
    settle()
    return control


def _begin(room: NewKeyControl, secret: str = SECRET) -> None:
    room.page.making.secret.edit.setText(secret)
    room.page.making.make.click()


def _finish(bench: RoomBench) -> None:
    while bench.tasks.begun:
        bench.tasks.finish()


def _keep(room: NewKeyControl, bench: RoomBench) -> None:
    room.page.code.written.click()
    room.page.code.go_on.click()
    _finish(bench)


def test_the_page_says_what_a_new_key_is_for(room: NewKeyControl) -> None:
    """And that somebody whose passphrase became known has another one first."""
    told = "\n".join(texts(room.page))
    assert "can open today's records with them" in told
    assert "Then this person needs another one first" in told
    assert room.page.making.secret.edit.hasFocus()
    assert not room.page.left.isVisible()
    assert nameless(room.page) == []


def test_a_new_key_is_made_beside_the_window(
    room: NewKeyControl, bench: RoomBench, folder: Path
) -> None:
    """One goes on writing meanwhile; then its code stands there, and nothing is left over."""
    _begin(room)
    assert room.page.making.bar.isVisibleTo(room.page)
    assert not room.page.making.make.isVisible()
    assert "given up and nothing changes" in room.unsaved()
    bench.store.patients.add(PatientFacts("2"))
    _finish(bench)
    code = room.page.code.code.text()
    check_secret(folder, code)
    check_secret(folder, SECRET)
    assert code_state(folder) is CodeState.SHOWN
    assert len(bench.store.summaries()) == 2
    assert room.page.making.secret.secret == ""
    assert {READY, HALF_READY}.isdisjoint(path.name for path in folder.iterdir())
    assert bench.store.journal.entries()[-1].action == Action.RENEW_KEY.id
    assert nameless(room.page) == []


def test_what_is_saved_is_copied_first(
    room: NewKeyControl, bench: RoomBench, folder: Path
) -> None:
    """As before all that is risky; where none can be made, nothing is begun."""
    bench.store.patients.add(PatientFacts("2"))
    _begin(room)
    _finish(bench)
    assert len(copies(folder)) == 2
    _keep(room, bench)
    bench.store.patients.add(PatientFacts("3"))
    key = unlock(folder, SECRET).key
    shutil.rmtree(folder / COPIES)
    (folder / COPIES).write_bytes(b"in the way")
    _begin(room)
    _finish(bench)
    assert "no checked copy could be made" in room.page.message.text
    assert unlock(folder, SECRET).key == key
    (folder / COPIES).unlink()


def test_the_code_goes_once_it_is_kept(
    room: NewKeyControl, bench: RoomBench, folder: Path
) -> None:
    """Before, leaving asks; afterwards nothing of it stands on the page."""
    _begin(room)
    _finish(bench)
    bench.ask.yes = False
    room.go_back()
    assert bench.ask.losses == ["Go on without the recovery code?"]
    assert room.page.code.has_code
    assert "not shown again" in room.unsaved()
    _keep(room, bench)
    assert code_state(folder) is CodeState.KEPT
    assert room.page.code.code.text() == ""
    assert room.unsaved() == ""


def test_a_code_may_be_left_behind_knowingly(room: NewKeyControl, bench: RoomBench) -> None:
    """Then it is gone."""
    _begin(room)
    _finish(bench)
    room.go_back()
    assert not room.page.code.has_code


def test_a_wrong_passphrase_is_told_at_its_field(
    room: NewKeyControl, bench: RoomBench, folder: Path
) -> None:
    """Whoever finds the window open makes no code for himself."""
    _begin(room, "nine loud boats then")
    _finish(bench)
    assert "does not open these records" in "\n".join(texts(room.page))
    assert room.page.making.make.isVisible()
    assert room.page.making.secret.edit.hasFocus()
    assert not room.page.code.has_code
    assert HALF_READY not in {path.name for path in folder.iterdir()}


def test_it_can_be_stopped(room: NewKeyControl, bench: RoomBench, folder: Path) -> None:
    """Nothing changes, and what was ready goes."""
    _begin(room)
    room.page.making.stop.click()
    _finish(bench)
    assert "Stopped. Nothing was changed." in texts(room.page)
    assert room.page.making.make.isVisible()
    assert room.unsaved() == ""
    assert HALF_READY not in {path.name for path in folder.iterdir()}
    check_secret(folder, SECRET)


def test_surplus_copies_go_only_when_asked(
    room: NewKeyControl, bench: RoomBench, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by its moment; without a tick all are renewed."""
    monkeypatch.setattr(renewing, "kept", lambda _moments, _size: frozenset())
    room.open(NewKeyPlace())
    assert room.page.making.surplus.isVisibleTo(room.page)
    room.page.making.surplus.setChecked(True)
    bench.ask.yes = False
    _begin(room)
    assert bench.ask.losses == ["Remove these copies?"]
    _finish(bench)
    assert not room.page.making.bar.isVisibleTo(room.page)
    assert len(copies(folder)) == 1
    bench.ask.yes = True
    room.page.making.make.click()
    _finish(bench)
    assert copies(folder) == ()


def test_what_an_older_key_opens_is_named(room: NewKeyControl, bench: RoomBench) -> None:
    """Until it is gone, by its place in the data folder."""
    folder = bench.desk.folder
    aside = folder / SET_ASIDE / "then"
    shutil.copytree(copies(folder)[0].path, aside)
    _begin(room)
    _finish(bench)
    assert str(Path(SET_ASIDE, "then")) in texts(room.page)
    shutil.rmtree(aside)
    room.open(NewKeyPlace())
    assert not room.page.left.isVisibleTo(room.page)


def test_who_keeps_no_records_is_told_who_does(bench: RoomBench, folder: Path) -> None:
    """Nothing is offered that would be refused."""
    bench.store.act_as(bench.store.users.add("T. Brandt", Role.PHYSICIAN).id)
    room = _room(bench, folder)
    assert (
        room.page.making.refused.text()
        == "Only a keeper of the records does this. Please ask one."
    )
    assert not room.page.making.make.isVisibleTo(room.page)


def test_who_stops_keeping_records_on_the_way_makes_no_key(
    room: NewKeyControl, bench: RoomBench, folder: Path
) -> None:
    """It is refused when it would count, in a sentence."""
    _begin(room)
    bench.store.act_as(bench.store.users.add("T. Brandt", Role.PHYSICIAN).id)
    _finish(bench)
    assert "Only a keeper" in room.page.message.text
    assert not room.page.code.has_code
    check_secret(folder, SECRET)


def test_records_without_keys_get_none(rooms: RoomBench) -> None:
    """The page says why."""
    control = NewKeyControl(rooms.desk)
    rooms.show(control)
    control.open(NewKeyPlace())
    assert "keys.json" in control.page.making.refused.text()
    assert not control.page.making.make.isVisibleTo(control.page)


def test_a_code_that_comes_while_nobody_looks_is_announced(
    room: NewKeyControl, bench: RoomBench
) -> None:
    """It waits on its page."""
    told: list[str] = []
    bench.news.warned.connect(told.append)
    _begin(room)
    room.leave()
    room.page.hide()
    QApplication.processEvents()
    _finish(bench)
    assert len(told) == 1
    assert "recovery code waits to be written down: Settings, New key" in told[0]
    assert room.page.code.has_code


def test_people_are_one_step_away(room: NewKeyControl, bench: RoomBench) -> None:
    """Where somebody gets another passphrase first."""
    room.page.making.people.click()
    assert bench.went[-1] == PeoplePlace()
