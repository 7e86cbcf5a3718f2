"""A copy whose last part is damaged: told up to when it is sound, put back to there if asked."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import Moment
from app.errors import Damage
from app.records.copies.after_damage import Left, look
from app.records.copies.archive import pack
from app.records.copies.backup import copies
from app.records.copies.comparison import Cut
from app.records.copies.fetching import TailDamaged
from app.records.copies.heads import Ending
from app.records.copies.inventory import CopyState, state_of
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.names import COPIES, RECORDS, SET_ASIDE, TAIL
from app.records.keys.vault import unlock
from app.records.store import Store
from tests.records.test_folder import CLOCK, PASSPHRASE, Desk, _sign_a_visit, catalogue, desk

__all__ = ["catalogue", "desk"]


class Grown:
    """A copy that grew by a visit three times, and what the records held then."""

    def __init__(self, desk: Desk) -> None:
        desk.create()[0].close()
        self.desk = desk
        self.ends, self.moments = [0], list[Moment]()
        with closing(desk.open()) as store:
            store.copies.backup()
            self.path = copies(desk.folder)[0].path
            for name in ("1", "2", "3"):
                self._grow(store, name)

    def _grow(self, store: Store, name: str) -> None:
        _sign_a_visit(store, self.desk.catalogue, name)
        store.copy()
        self.ends.append((self.path / TAIL).stat().st_size)
        end = store.copies.here().end
        assert end is not None
        self.moments.append(end.moment)

    def spoil(self, whole: int) -> None:
        """Turn one bit behind so many visits."""
        content = bytearray((self.path / TAIL).read_bytes())
        content[self.ends[whole] + 40] ^= 1
        (self.path / TAIL).write_bytes(content)

    def key(self) -> bytearray:
        """Return the key of the records."""
        return unlock(self.desk.folder, PASSPHRASE).key


@pytest.fixture
def grown(desk: Desk) -> Grown:
    """Return a copy with three records in its tail."""
    return Grown(desk)


def _identifiers(store: Store) -> list[str]:
    return sorted(line.patient.facts.patient_id for line in store.summaries())


def _put_back(grown: Grown, place: Path, heard: list[Cut], *, as_far: bool) -> None:
    source = Source(grown.path, PASSPHRASE, as_far_as_sound=as_far)
    restore(
        source, place, replace=place == grown.desk.folder, clock=CLOCK,
        catalogue=grown.desk.catalogue, tell=heard.append,
    )  # fmt: skip


@pytest.mark.parametrize("whole", [0, 1, 2])
def test_it_is_told_up_to_when_it_is_sound_and_what_it_holds_until_then(
    grown: Grown, whole: int
) -> None:
    """Every number is that of the records as they stood then, and none of what is lost in it."""
    grown.spoil(whole)
    state = state_of(grown.path, grown.key())
    assert (state.is_verified, state.is_cut, state.is_usable) == (False, True, True)
    assert (state.patients, state.visits) == (whole, whole)
    assert state.end is not None
    if whole:
        assert state.end.moment == grown.moments[whole - 1]
        assert state.newest is not None
    else:
        assert state.newest is None


def test_a_sound_one_and_a_wholly_damaged_one_are_told_as_before(grown: Grown) -> None:
    """Nothing is called usable whose full copy is not as it was made."""
    state = state_of(grown.path, grown.key())
    assert (state.is_verified, state.is_cut, state.visits) == (True, False, 3)
    records = grown.path / RECORDS
    records.write_bytes(records.read_bytes()[:-4096] + bytes(4096))
    grown.spoil(2)
    state = state_of(grown.path, grown.key())
    assert (state.is_verified, state.is_cut, state.is_usable) == (False, False, False)
    assert (state.end, state.visits) == (None, 0)


def test_unasked_it_is_refused_and_the_way_is_named(grown: Grown, tmp_path: Path) -> None:
    """By the restore and by the comparison; nothing is changed."""
    grown.spoil(1)
    heard: list[Cut] = []
    with pytest.raises(TailDamaged, match="restore --as-far-as-sound"):
        _put_back(grown, tmp_path / "new", heard, as_far=False)
    assert heard == []
    with closing(grown.desk.open()) as store:
        with pytest.raises(TailDamaged):
            store.copies.compare(Source(grown.path))
        with pytest.raises(TailDamaged):
            store.copies.rehearse()


@pytest.mark.parametrize("whole", [0, 1, 2])
def test_asked_it_is_put_back_up_to_there_after_saying_so(
    grown: Grown, tmp_path: Path, whole: int
) -> None:
    """What is there afterwards is what was told, sound, and nothing behind the damage."""
    grown.spoil(whole)
    heard: list[Cut] = []
    _put_back(grown, tmp_path / "new", heard, as_far=True)
    (cut,) = heard
    assert cut.visits == whole
    store = grown.desk.open(folder=tmp_path / "new")
    assert _identifiers(store) == [str(1 + number) for number in range(whole)]
    assert [one.kind for one in store.check() if one.count] == []


def test_in_place_of_the_records_the_damaged_copy_goes_aside_whole(grown: Grown) -> None:
    """It goes on beyond what was put back, so nobody takes it for a copy of these records."""
    grown.spoil(1)
    content = (grown.path / TAIL).read_bytes()
    _put_back(grown, grown.desk.folder, [], as_far=True)
    (aside,) = (grown.desk.folder / SET_ASIDE).iterdir()
    assert (aside / COPIES / grown.path.name / TAIL).read_bytes() == content
    store = grown.desk.open()
    assert _identifiers(store) == ["1"]
    assert store.copies.ahead() == ()


def test_a_sound_copy_is_put_back_whole_all_the_same(grown: Grown, tmp_path: Path) -> None:
    """Nothing is said of a damage that is not there; a file is whole or refused."""
    heard: list[Cut] = []
    _put_back(grown, tmp_path / "new", heard, as_far=True)
    assert heard == []
    assert _identifiers(grown.desk.open(folder=tmp_path / "new")) == ["1", "2", "3"]
    for name in ("scratch", "stick"):
        (tmp_path / name).mkdir()
    path = pack(grown.path, grown.key(), tmp_path / "stick", tmp_path / "scratch")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert not state_of(path, grown.key()).is_usable
    with pytest.raises(Damage):
        restore(
            Source(path, PASSPHRASE, as_far_as_sound=True), tmp_path / "other",
            replace=False, clock=CLOCK, catalogue=grown.desk.catalogue,
        )  # fmt: skip


def test_the_comparison_tells_what_is_lost_in_the_copy(grown: Grown) -> None:
    """With how far it is sound; both visits behind the damage would be gone."""
    grown.spoil(1)
    with closing(grown.desk.open()) as store:
        found = store.copies.compare(Source(grown.path, as_far_as_sound=True))
    assert found.cut is not None
    assert (found.cut.visits, found.cut.end and found.cut.end.moment) == (1, grown.moments[0])
    assert sorted(lack.identifier for lack in found.missing) == ["2", "3"]
    assert sum(lack.visits for lack in found.missing) == 2


def _state(name: str, end: int, *, is_cut: bool) -> CopyState:
    moment = Moment(datetime(2026, 1, end, tzinfo=UTC), 0)
    return CopyState(Path(name), not is_cut, end=Ending(moment, "1:aa"), is_cut=is_cut)


def test_the_copy_that_goes_furthest_is_the_best() -> None:
    """A damaged end is no reason to go back further than is needed; else a whole one is better."""
    older, newer = _state("older", 3, is_cut=False), _state("newer", 5, is_cut=True)
    bad = CopyState(Path("bad"), is_verified=False)
    assert Left((bad, newer, older), is_readable=False).best == newer
    assert Left((_state("newer", 3, is_cut=True), older), is_readable=False).best == older
    assert Left((newer,), is_readable=False).best == newer
    assert Left((bad,), is_readable=False).best is None


def test_where_records_are_damaged_what_would_be_missing_is_told(grown: Grown) -> None:
    """Held against the sound part of the only copy."""
    grown.spoil(1)
    left = look(grown.desk.folder, PASSPHRASE)
    assert left.best is not None
    assert (left.best.is_cut, left.best.visits) == (True, 1)
    assert left.comparison is not None
    assert sorted(lack.identifier for lack in left.comparison.missing) == ["2", "3"]
