"""When a full copy is made and when a tail will do, what stays of them, and room on the disk."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import FixedClock, Moment
from app.errors import UserError
from app.records.copies import backup, following
from app.records.copies.backup import Copy, copies, copy_before_risk, copy_lent, copy_verified
from app.records.copies.following import is_due, keep_up, keep_up_at_exit
from app.records.copies.inventory import states
from app.records.copies.summary import summary_of
from app.records.copies.tail import size_of
from app.records.file.database import LOG, beside, connect
from app.records.file.names import RECORDS
from tests.records.copies.ward import Ward, everything
from tests.records.workbench import KEY


def _clock(ward: Ward, **later: float) -> FixedClock:
    ward.now += timedelta(**later)
    return FixedClock(Moment(ward.now, 0))


def _exit(ward: Ward, **later: float) -> Copy:
    return keep_up_at_exit(ward.folder, KEY, _clock(ward, **later))


def test_a_tail_is_brought_up_to_date_at_exit_with_what_was_not_signed(ward: Ward) -> None:
    """Within a day no full copy is made; each entry is held all the same."""
    (full,) = copies(ward.folder)
    for number in range(3):
        ward.bench.patient(f"Q{number}")
        assert _exit(ward, hours=5) == full
    assert ward.fetched(full.path) == everything(ward.folder)


def test_a_full_copy_is_made_at_exit_once_a_day_has_passed(ward: Ward) -> None:
    """Where something was written since the last; its tail is short again then."""
    (full,) = copies(ward.folder)
    ward.sign(1)
    newer = _exit(ward, days=1)
    assert newer != full
    assert size_of(newer.path) == 0
    assert ward.fetched(newer.path) == everything(ward.folder)
    assert _exit(ward, days=1) == newer


def test_without_a_change_no_day_makes_a_copy_due(ward: Ward) -> None:
    """Records that are only read are closed at once, also after a holiday."""
    (full,) = copies(ward.folder)
    assert not is_due(ward.folder, _clock(ward, days=20))
    assert _exit(ward) == full


def test_a_copy_of_a_clock_that_ran_ahead_puts_the_next_one_off_for_no_year(ward: Ward) -> None:
    """A day either way is a day."""
    ward.sign(1)
    assert is_due(ward.folder, _clock(ward, days=-400))


def test_a_tail_that_grew_long_leads_to_a_full_copy(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read at each signature, so it must not grow for ever."""
    (full,) = copies(ward.folder)
    assert ward.sign(1)[0] == full.path
    monkeypatch.setattr(following, "LONG", 100)
    newer, _ = ward.sign(1)
    assert newer != full.path
    assert size_of(newer) == 0


def test_each_day_has_a_copy_that_ends_with_that_day(ward: Ward) -> None:
    """Also where the window is never closed: yesterday's copy holds nothing of today."""
    (first,) = copies(ward.folder)
    ward.sign(2)
    yesterday = ward.fetched(first.path)
    ward.now += timedelta(days=1)
    second, _ = ward.sign(1)
    assert second != first.path
    assert ward.sign(1)[0] == second
    assert ward.fetched(first.path) == yesterday
    assert ward.fetched(second) == everything(ward.folder)
    assert ward.damaged() == ()


def test_a_day_without_a_change_makes_no_copy(ward: Ward) -> None:
    """However often the records are looked at."""
    (first,) = copies(ward.folder)
    ward.sign(1)
    ward.now += timedelta(days=1)
    assert ward.keep_up() == first.path


def test_the_first_signature_of_a_day_is_kept_before_the_full_copy_stands(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none can be made, it stays in the tail of yesterday's."""
    (first,) = copies(ward.folder)
    ward.now += timedelta(days=1)
    _little_room(monkeypatch, 0)
    with pytest.raises(UserError, match="has no room"):
        ward.sign(1)
    assert ward.fetched(first.path) == everything(ward.folder)


def test_the_day_is_that_of_the_place(ward: Ward) -> None:
    """A clinic far east of Greenwich begins its day before the clock of the world does."""
    (first,) = copies(ward.folder)
    ward.bench.patient("Q1")
    east = FixedClock(Moment(first.moment.replace(hour=13, minute=30), 600))
    ward.bench.patient("Q2")
    assert keep_up(ward.folder, KEY, east) == first
    ward.bench.patient("Q3")
    later = FixedClock(Moment(first.moment.replace(hour=14, minute=30), 600))
    assert keep_up(ward.folder, KEY, later) != first


def test_a_copy_on_demand_is_a_full_one(ward: Ward) -> None:
    """Where a tail stands beside the newest, another is made; else that one is named."""
    copy, _ = ward.sign(1)
    full = ward.copy_in_full()
    assert full != copy
    assert ward.copy_in_full() == full


def test_the_newest_three_before_something_risky_stay_besides_the_others(ward: Ward) -> None:
    """However many full copies follow on the same day."""
    risky = []
    for number in range(5):
        ward.bench.patient(f"R{number}")
        clock = _clock(ward, minutes=1)
        risky.append(copy_before_risk(ward.folder, KEY, clock))
        ward.sign(1)
    for number in range(4):
        ward.bench.patient(f"S{number}")
        ward.copy_in_full()
    stay = [copy for copy in copies(ward.folder) if copy in risky]
    assert stay == risky[:1:-1]
    assert len(copies(ward.folder)) == 3 + 2


def test_before_something_risky_an_unchanged_copy_is_kept_longer(ward: Ward) -> None:
    """No second one of the same is made; with a tail beside it later it is still one of them."""
    (full,) = copies(ward.folder)
    assert copy_before_risk(ward.folder, KEY, _clock(ward)) == full
    ward.sign(1)
    summary = summary_of(full.path)
    assert summary is not None
    assert summary.is_before_risk


def _little_room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(backup, "free_space", lambda _place: free)


def test_without_room_a_full_copy_is_not_begun_and_it_is_said_how_much_it_takes(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence; the earlier copies stay, and signatures are kept in the tail all the same."""
    before = copies(ward.folder)
    _little_room(monkeypatch, 1_000_000)
    ward.bench.patient("Q1")
    takes = 1 + (ward.folder / RECORDS).stat().st_size // 1_000_000
    for make in (copy_verified, copy_before_risk):
        with pytest.raises(UserError) as told:
            make(ward.folder, KEY, _clock(ward, minutes=1))
        assert f"has no room for another checked copy in {ward.folder / 'copies'}" in str(
            told.value
        )
        assert f"it takes {takes + 1} MB. Earlier copies are kept." in str(told.value)
    assert copies(ward.folder) == before
    assert sorted(one.name for one in (ward.folder / "copies").iterdir()) == [before[0].path.name]
    copy, _ = ward.sign(1)
    assert ward.fetched(copy) == everything(ward.folder)


def test_without_room_elsewhere_it_is_said_of_that_place(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing half made stays there."""
    _little_room(monkeypatch, 1_000_000)
    place = ward.folder.parent / "disk"
    sentence = r"has no room for another checked copy in .*disk"
    with (
        pytest.raises(UserError, match=sentence),
        copy_lent(ward.folder, KEY, _clock(ward), place),
    ):
        pass
    assert list(place.iterdir()) == []


def test_a_full_copy_that_is_due_without_room_leaves_the_tail_up_to_date(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written is held before room is looked for."""
    (full,) = copies(ward.folder)
    ward.bench.patient("Q1")
    _little_room(monkeypatch, 0)
    ward.sign(1)
    ward.bench.patient("Q2")
    with pytest.raises(UserError, match="has no room"):
        _exit(ward, days=1)
    assert ward.fetched(full.path) == everything(ward.folder)


def test_the_log_is_moved_into_the_file_after_each_signature(ward: Ward) -> None:
    """The file alone then holds what was signed; a full copy empties the log."""
    ward.sign(1)
    alone = ward.folder.parent / "alone"
    alone.mkdir()
    shutil.copyfile(ward.folder / RECORDS, alone / RECORDS)
    assert everything(alone) == everything(ward.folder)
    log = beside(ward.folder / RECORDS, LOG)
    ward.bench.patient("Q1")
    assert log.stat().st_size > 0
    ward.copy_in_full()
    assert log.stat().st_size == 0


def test_the_list_of_copies_counts_what_stands_in_their_tails(ward: Ward) -> None:
    """Patients, signed visits and the last entry are those of full copy and tail together."""
    bench = ward.bench
    draft = bench.draft(bench.patient("Q1"))
    ward.keep_up()
    bench.store.visits.discard(draft.id)
    ward.sign(2)
    (state,) = states(ward.folder, KEY)
    told = bench.store._database.execute
    assert state.patients == told("SELECT count(*) FROM patients").fetchone()[0] == 2
    closed = "SELECT count(*) FROM visits WHERE state <> 'draft'"
    assert state.visits == told(closed).fetchone()[0]
    assert state.is_verified
    assert state.end is not None
    assert state.end.text == states_of_full(ward)


def states_of_full(ward: Ward) -> str:
    """Return with what a full copy made now ends, as the list tells it."""
    ward.copy_in_full()
    end = states(ward.folder, KEY)[0].end
    assert end is not None
    return end.text


def test_keeping_up_twice_needs_no_copy_to_be_opened(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands beside the newest says that nothing changed."""
    ward.sign(1)
    opened = []

    def watched(path: Path, key: bytes) -> object:
        opened.append(path)
        return connect(path, key)

    for module in (backup, following):
        monkeypatch.setattr(module, "connect", watched)
    keep_up(ward.folder, KEY, _clock(ward))
    assert opened == [ward.folder / RECORDS]
