"""The second place: one file a copy, read back, thinned; missing it stops nothing."""

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import UserError
from app.paths import station_folder
from app.records.actions import Action
from app.records.copies.archive import glance
from app.records.copies.backup import copies
from app.records.copies.restore import restore
from app.records.copies.second_place import SecondPlace
from app.records.copies.source import Source
from app.records.file.files import NotTaken
from app.records.file.names import CARRIED, COPIES, name_of
from app.records.history import About
from app.records.model import PatientFacts
from app.records.store import Store
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, catalogue, desk

__all__ = ["catalogue", "desk"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return a folder elsewhere."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def store(desk: Desk) -> Store:
    """Return open records."""
    desk.create()[0].close()
    return desk.open()


def _names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def test_a_full_copy_goes_there_too(store: Store, desk: Desk, stick: Path) -> None:
    """Whenever one is made, under its name; the machine remembers which was the last."""
    store.copies.choose_elsewhere(stick)
    store.patients.add(PatientFacts("7"))
    store.copies.backup()
    newest = copies(desk.folder)[0]
    assert _names(stick) == [f"{newest.path.name}.omscopy"]
    assert glance(stick / _names(stick)[0]).copy == newest.path.name
    state = store.copies.elsewhere()
    assert state is not None
    assert (state.path, state.is_there, state.last) == (stick, True, newest.moment)
    assert store.around.copies.second_trouble is None


def test_what_a_tail_has_grown_to_goes_there_at_exit(
    store: Store, desk: Desk, stick: Path, tmp_path: Path
) -> None:
    """Under the name of its full copy; put back elsewhere, it holds the last of the day."""
    store.copies.backup()
    store.copies.choose_elsewhere(stick)
    store.patients.add(PatientFacts("7"))
    store.copy()
    assert _names(stick) == []
    store.close()
    (made,) = stick.iterdir()
    assert made.stem == copies(desk.folder)[0].path.name
    source = Source(made, PASSPHRASE)
    restore(source, tmp_path / "new", replace=False, clock=CLOCK, catalogue=desk.catalogue)
    with closing(desk.open(folder=tmp_path / "new")) as there:
        assert [line.patient.facts.patient_id for line in there.summaries()] == ["7"]


def test_nothing_goes_there_where_nothing_changed(store: Store, desk: Desk, stick: Path) -> None:
    """Looking and closing write no stick; asked for by somebody, it is written at once."""
    store.copy()
    store.close()
    store = desk.open()
    store.copies.choose_elsewhere(stick)
    store.copy()
    store.close()
    assert _names(stick) == []
    desk.open().copies.backup()
    assert len(_names(stick)) == 1


def test_an_absent_place_is_said_and_stops_nothing(store: Store, desk: Desk, stick: Path) -> None:
    """The copy here is made; once the place is back it gets the next one."""
    store.copies.choose_elsewhere(stick)
    stick.rename(stick.with_name("pulled"))
    before = len(copies(desk.folder))
    store.patients.add(PatientFacts("7"))
    store.copies.backup()
    assert len(copies(desk.folder)) == before + 1
    trouble = store.around.copies.second_trouble
    assert str(trouble).startswith("The second place is not there")
    assert not stick.exists()
    stick.with_name("pulled").rename(stick)
    store.copies.backup()
    assert len(_names(stick)) == 1
    assert store.around.copies.second_trouble is None


def test_the_folder_under_a_stick_that_was_pulled_is_not_the_stick(
    desk: Desk, store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place on another disk that is suddenly on this one is not there."""
    second = SecondPlace(station_folder(), desk.folder)
    monkeypatch.setattr(second, "_shares_disk", lambda _place: False)
    second.choose(stick)
    state = store.copies.elsewhere()
    assert state is not None
    assert not state.is_there


@pytest.mark.parametrize("name", ["", COPIES, "deep"])
def test_the_data_folder_is_no_second_place(store: Store, desk: Desk, name: str) -> None:
    """Nor is anything in it, by whatever way it is named."""
    place = desk.folder / name
    place.mkdir(exist_ok=True)
    link = desk.folder.parent / "link"
    link.symlink_to(place)
    for way in (place, link, desk.folder / "deep" / ".." / name):
        with pytest.raises(UserError, match="is the data folder, or in it"):
            store.copies.choose_elsewhere(way)
    assert store.copies.elsewhere() is None


@pytest.mark.parametrize("made", ["file", "nothing"])
def test_what_is_no_folder_is_no_second_place(store: Store, tmp_path: Path, made: str) -> None:
    """One sentence, and none is kept."""
    place = tmp_path / "place"
    if made == "file":
        place.write_text("x")
    with pytest.raises(UserError, match="is not a folder"):
        store.copies.choose_elsewhere(place)
    assert store.copies.elsewhere() is None


def test_a_place_that_takes_nothing_is_refused(
    store: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is tried when it is chosen, not when it is needed."""

    def refuse(*_given: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("app.records.copies.second_place.write_private", refuse)
    with pytest.raises(UserError, match="stick cannot be written to"):
        store.copies.choose_elsewhere(stick)
    assert store.copies.elsewhere() is None


def test_old_copies_there_go_by_the_same_tiers(store: Store, desk: Desk, stick: Path) -> None:
    """Two of one day beyond the newest; those of others and other files stay."""
    store.copies.choose_elsewhere(stick)
    store.copies.backup()
    (made,) = stick.iterdir()
    day = datetime(2025, 11, 3, 8, tzinfo=UTC)
    for hour in range(4):
        shutil.copy(made, stick / f"{name_of(day + timedelta(hours=hour))}.omscopy")
    (stick / "holiday.jpg").write_bytes(b"photo")
    strange = stick / f"{name_of(day + timedelta(minutes=1))}.omscopy"
    strange.write_bytes(b"a copy of somebody else, which nobody here can read")
    store.copies.backup()
    assert _names(stick) == sorted(
        [made.name, f"{name_of(day + timedelta(hours=3))}.omscopy", strange.name, "holiday.jpg"]
    )
    assert desk.folder.exists()


def test_a_copy_there_that_holds_more_is_never_taken_away(
    desk: Desk, store: Store, stick: Path
) -> None:
    """Its end is not in the journal, so it may be all that is left of something."""
    store.copies.choose_elsewhere(stick)
    store.copies.backup()
    older = desk.folder.parent / "older"
    store.close()
    shutil.copytree(desk.folder, older)
    store = desk.open()
    store.patients.add(PatientFacts("7"))
    store.copies.backup()
    further = max(stick.iterdir())
    store.close()
    for hour in range(3):
        day = datetime(2025, 11, 3, hour, tzinfo=UTC)
        shutil.copy(further, stick / f"{name_of(day)}.omscopy")
    shutil.rmtree(desk.folder)
    older.rename(desk.folder)
    store = desk.open()
    store.copies.backup()
    assert len([path for path in stick.iterdir() if path.stem.startswith("20251103")]) == 3


def test_a_place_can_be_given_up(store: Store, stick: Path) -> None:
    """What is there stays there; nothing more goes."""
    store.copies.choose_elsewhere(stick)
    store.copies.backup()
    store.copies.choose_elsewhere(None)
    store.patients.add(PatientFacts("7"))
    store.copies.backup()
    assert len(_names(stick)) == 1
    assert store.copies.elsewhere() is None


def test_who_chose_a_place_is_noted(store: Store, stick: Path) -> None:
    """Where copies go besides is nothing that anybody does unseen."""
    store.copies.choose_elsewhere(stick)
    last = store.seen.all()[-1]
    assert (last.action, last.user) == (Action.CHOOSE_SECOND_PLACE.id, store.user.id)
    (step,) = (one for one in store.history.steps(About()) if one.action == last.action)
    assert step.user == store.user.id


def test_what_cannot_be_read_is_not_called_damaged(
    store: Store, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of other records, a letter, and no room to read in: none of that is damage."""
    other = Desk(desk.folder.parent / "other", desk.catalogue)
    theirs = other.create()[0].copies.backup(stick)
    letter = stick / "letter.omscopy"
    letter.write_text("Dear colleague")
    for path in (theirs, letter):
        state = store.copies.state_of(path)
        assert (state.is_verified, state.is_unread) == (False, True)
    own = store.copies.backup()

    def no_room(*_given: object, **_named: object) -> None:
        raise NotTaken("The disk is full.")

    monkeypatch.setattr("app.records.copies.inventory.bring", no_room)
    assert store.copies.state_of(own).is_unread
    other.opened[0].close()


def test_made_up_records_have_none(desk: Desk, stick: Path) -> None:
    """They are thrown away."""
    store = desk.create_open()
    with pytest.raises(UserError, match="Made-up records"):
        store.copies.choose_elsewhere(stick)


def test_what_a_killed_process_was_carrying_goes_at_the_next_opening(
    desk: Desk, store: Store
) -> None:
    """It is a whole copy, encrypted, that nobody counts."""
    store.close()
    left = desk.folder / COPIES / CARRIED
    left.mkdir()
    (left / "records.db").write_bytes(b"half")
    desk.open()
    assert not left.exists()
