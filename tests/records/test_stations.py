"""Which station a file is: when its chain goes on, when one begins, and what goes with it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from app.clock import FixedClock
from app.errors import N_, Bug, Damage, UserError
from app.records.file.database import open_database
from app.records.fold import Head, Hearing, accepted, fold
from app.records.holding import Holding
from app.records.model import ConfirmedQuestion, MeasureFacts, Role, VisitContext
from app.records.rows import SHAPES
from app.records.station import Notes
from app.records.store import Store
from scales.catalogue import Catalogue
from tests.builders import replace
from tests.records.histories import History, expected, shown
from tests.records.workbench import KEY, TODAY, Bench, day, key, level


class Places:
    """A records file, the machine's notes about it, and what a copier may do to both."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.folder = path / "data"
        self.folder.mkdir()
        self.state = path / "state"
        self.catalogue = catalogue
        self.opened: list[Store] = []

    def open(self, folder: Path | None = None) -> Bench:
        """Open the records of a folder, made at the first call."""
        place = folder or self.folder
        path = place / "records.db"
        is_new = not path.exists()
        store = Store(
            open_database(path, KEY, create=is_new),
            catalogue=self.catalogue,
            clock=FixedClock.on(TODAY),
            station="desk",
            holding=Holding(Notes(self.state, place)),
        )
        self.opened.append(store)
        if is_new:
            store.users.add("Ann", Role.NURSE)
        return Bench(store, self.catalogue)

    def copy(self, name: str) -> Path:
        """Copy the folder by hand, as it lies there."""
        return Path(shutil.copytree(self.folder, self.folder.parent / name))

    def note(self) -> Path:
        """Return the one note of the machine."""
        (found,) = self.state.glob("*.json")
        return found


@pytest.fixture
def places(tmp_path: Path, catalogue: Catalogue) -> Places:
    """Return a folder that is still to be made, and a machine without notes."""
    return Places(tmp_path, catalogue)


def _stations(bench: Bench) -> list[bytes]:
    return list(dict.fromkeys(entry.station for entry in bench.store.journal.entries()))


def test_a_reopened_folder_goes_on_in_its_chain(places: Places) -> None:
    """The note agrees with the file, so the same station writes on."""
    bench = places.open()
    bench.patient("P1")
    bench.store.close()
    again = places.open()
    again.patient("P2")
    assert len(_stations(again)) == 1
    assert again.found() == {}


def test_a_crash_before_the_note_leaves_the_station_what_it_is(places: Places) -> None:
    """A note that is behind the file is what a killed process leaves; the chain goes on."""
    bench = places.open()
    bench.store.close()
    note = places.note().read_bytes()
    bench = places.open()
    bench.patient("P1")
    bench.store.close()
    places.note().write_bytes(note)
    again = places.open()
    again.patient("P2")
    assert len(_stations(again)) == 1


def test_the_note_knows_that_a_session_has_written(places: Places) -> None:
    """After a crash an older file, put back by hand, does not go on in the chain."""
    places.open().store.close()
    older = places.copy("older")
    places.open().patient("P1")
    shutil.rmtree(places.folder)
    older.rename(places.folder)
    assert places.open().store.journal.station() is None


def test_the_note_knows_of_what_a_copy_carries_away(places: Places) -> None:
    """After a signature it is as far as the file, so an older file never goes on as if it were."""
    bench = places.open()
    older = places.copy("older")
    bench.signed(bench.patient("P1"))
    last = bench.store.journal.entries()[-1]
    assert (
        msgspec.json.decode(places.note().read_bytes())["known"]["last"]["sequence"]
        == last.sequence
    )
    shutil.rmtree(places.folder)
    older.rename(places.folder)
    assert places.open().store.journal.station() is None


@pytest.mark.parametrize("note", [None, b"", b"\xff", b'"\xff"', b"{}", b'{"station": 1}'])
def test_without_a_note_a_new_station_begins(places: Places, note: bytes | None) -> None:
    """A missing or unreadable note says nothing, so nobody's chain is continued."""
    bench = places.open()
    bench.patient("P1")
    bench.store.close()
    if note is None:
        places.note().unlink()
    else:
        places.note().write_bytes(note)
    again = places.open()
    assert again.store.journal.station() is None
    again.patient("P2")
    assert len(_stations(again)) == 2
    assert again.found() == {}


def test_a_note_of_another_station_or_place_is_not_taken(places: Places) -> None:
    """Who wrote here before, or who writes elsewhere, is not who writes now."""
    bench = places.open()
    bench.store.close()
    whole = places.note().read_bytes()
    for told, other in (
        (_stations_hex(places), "0" * 32),
        (str(places.folder.resolve()), "/elsewhere"),
    ):
        places.note().write_bytes(whole.replace(told.encode(), other.encode()))
        again = places.open()
        assert again.store.journal.station() is None
        again.store.close()


def _stations_hex(places: Places) -> str:
    bench = places.open()
    found = bench.store.journal.station()
    bench.store.close()
    assert found is not None
    return found.hex()


def test_a_file_that_is_behind_its_note_begins_anew(places: Places) -> None:
    """An older file was put in place: entries with these numbers stand elsewhere already."""
    bench = places.open()
    bench.patient("P1")
    bench.store.close()
    older = places.copy("older")
    bench = places.open()
    bench.patient("P2")
    bench.store.close()
    shutil.rmtree(places.folder)
    older.rename(places.folder)
    again = places.open()
    again.patient("P3")
    assert len(_stations(again)) == 2
    assert again.found() == {"lost": 1}


def test_a_folder_copied_by_hand_begins_a_chain_of_its_own(places: Places) -> None:
    """The two folders never write entries with the same number in the same chain."""
    bench = places.open()
    bench.store.close()
    other = places.open(places.copy("other"))
    other.patient("P1")
    again = places.open()
    again.patient("P1")
    assert _stations(again)[0] == _stations(other)[0]
    assert len(_stations(other)) == 2
    assert len(_stations(again)) == 1
    assert again.found() == other.found() == {}


def test_a_machine_that_takes_no_notes_still_keeps_records(places: Places) -> None:
    """Where no note can be written each opening begins a station, and nothing else is lost."""
    places.state.write_text("a file where the notes should be", encoding="utf-8")
    places.open().store.close()
    for name in ("P1", "P2"):
        bench = places.open()
        bench.patient(name)
        bench.store.close()
    assert len(_stations(places.open())) == 3
    assert places.open().found() == {}


def test_a_station_stays_itself_after_a_refusal_in_its_first_transaction(places: Places) -> None:
    """The note is not written yet when a part is taken back; still only one station begins."""
    places.open().store.close()
    places.note().unlink()
    bench = places.open()
    with bench.store.atomic():
        bench.patient("P1")
        with pytest.raises(UserError):
            bench.patient("P1")
        with pytest.raises(ZeroDivisionError), bench.store.atomic():
            _add_and_fail(bench, "P2")
        bench.patient("P3")
    assert len(_stations(bench)) == 2
    assert bench.found() == {}


def test_a_station_that_was_taken_back_is_begun_again(places: Places) -> None:
    """The first transaction of a new station failed whole; the next one begins it."""
    places.open().store.close()
    places.note().unlink()
    bench = places.open()
    with pytest.raises(ZeroDivisionError), bench.store.atomic():
        _add_and_fail(bench, "P1")
    assert bench.store.journal.station() is None
    bench.patient("P2")
    assert len(_stations(bench)) == 2
    assert bench.found() == {}


def _add_and_fail(bench: Bench, patient_id: str) -> None:
    bench.patient(patient_id)
    raise ZeroDivisionError


def test_a_new_station_says_first_what_it_holds_of_the_others(places: Places) -> None:
    """What it corrects of theirs is no conflict: it had heard of every entry in the file."""
    bench = places.open()
    patient = bench.patient("P1")
    for name in ("Bea", "Cora"):
        bench = _moved(places, bench)
        bench.store.patients.change(patient.id, replace(patient.facts, given_name=name))
    entries = bench.store.journal.entries()
    assert [one.kind for one in entries] == [
        "users", "patients", "heard", "patients", "heard", "patients",
    ]  # fmt: skip
    hearing = Hearing.of(entries)
    folded = fold([one for one in entries if one.patient], hearing, SHAPES)
    assert (folded.conflicts, folded.ignored) == ((), 0)
    assert [row["given_name"] for row in folded.rows.values()] == ["Cora"]
    third, second, first = (entries[place] for place in (5, 3, 1))
    assert hearing.had_heard(third, second)
    assert hearing.had_heard(third, first)
    assert hearing.had_heard(second, first)
    heads = [Head(one.station, one.sequence, one.hash) for one in (entries[1], second, third)]
    assert not accepted(entries, hearing, heads).flaws
    assert bench.found() == {}


def test_the_first_station_of_a_file_has_heard_of_nobody(places: Places) -> None:
    """There is nothing to say, so nothing is said."""
    assert [one.kind for one in places.open().store.journal.entries()] == ["users"]


def test_the_clock_of_a_new_station_stands_above_what_the_file_holds(places: Places) -> None:
    """Its first entry is later than every other one, though the machine's clock stands still."""
    bench = places.open()
    for number in range(5):
        bench.patient(f"P{number}")
    bench.store.close()
    places.note().unlink()
    again = places.open()
    again.patient("Q1")
    *before, last = again.store.journal.entries()
    assert last.clock > max(entry.clock for entry in before)


def _draft(bench: Bench) -> str:
    """Begin a visit with answers, a typed total, context, a measure and a confirmed question."""
    patient = bench.patient("P1")
    visit = bench.store.visits.start(patient.id, day("2025-05-30"), "09:30", "V1")
    visits = bench.store.visits
    bench.fill(visit)
    visits.answer(visit.id, "five_feature", key("gait"), level(0))
    visits.type_total(visit.id, "sara", level("3.5").level)
    visits.confirm(visit.id, "five_feature", ConfirmedQuestion("q", "Sure?"))
    visits.set_context(visit.id, VisitContext(slept="well", note="tired"))
    facts = MeasureFacts(date=visit.facts.date, kind="weight_kg", value=level(14).level)
    bench.store.measures.add(patient.id, facts, visit.id)
    return visit.id


def _moved(places: Places, bench: Bench) -> Bench:
    """Close the folder and open it as another station."""
    bench.store.close()
    places.note().unlink()
    return places.open()


def test_a_draft_is_taken_over_whole(places: Places) -> None:
    """All of it goes on in a visit of the new station; the old one shows nowhere any more."""
    bench = places.open()
    old = _draft(bench)
    before = bench.store.visits.get(old)
    again = _moved(places, bench)
    (line,) = again.store.lines.drafts()
    after = again.store.visits.get(line.visit)
    assert line.visit != old
    assert (after.facts, after.started, after.version) == (
        before.facts,
        before.started,
        before.version,
    )
    assert after.sheets == before.sheets
    told = [(one.facts, one.visit) for one in again.store.measures.of_visit(after.id)]
    assert told == [(one.facts, after.id) for one in again.store.measures.of_visit(old)]
    assert again.store.visits.versions("V1") == (after,)
    assert again.store.visits.by_visit_id("V1") == after
    assert again.store.record(after.patient).draft == after
    assert again.found() == {}


def test_a_draft_that_was_taken_over_can_be_closed_and_opened(places: Places) -> None:
    """Signing, amending, marking and taking the mark back work as for any other visit."""
    bench = places.open()
    _draft(bench)
    again = _moved(places, bench)
    visits = again.store.visits
    signed = visits.sign(again.store.lines.drafts()[0].visit, "scored")
    assert [visit.id for visit in again.store.record(signed.patient).visits] == [signed.id]
    amended = visits.amend(signed.id, "slip")
    visits.answer(amended.id, "five_feature", key("gait"), level(2))
    visits.sign(amended.id, "corrected")
    visits.mark_error(amended.id, "other child")
    visits.unmark_error(signed.id)
    assert [visit.id for visit in again.store.record(signed.patient).visits] == [amended.id]
    assert again.found() == {}


@pytest.mark.parametrize("moves", [1, 2])
def test_an_amendment_that_was_taken_over_replaces_what_it_amends(
    places: Places, moves: int
) -> None:
    """Signed by the new station it counts alone; what it amends does not come back."""
    bench = places.open()
    first = bench.signed(bench.patient("P1"), visit_id="V1")
    bench.store.visits.amend(first.id, "slip")
    for _ in range(moves):
        bench = _moved(places, bench)
    visits = bench.store.visits
    (line,) = bench.store.lines.drafts()
    assert [one.id for one in bench.store.record(first.patient).visits] == [first.id]
    signed = visits.sign(line.visit, "corrected")
    assert [one.id for one in bench.store.record(first.patient).visits] == [signed.id]
    assert [one.id for one in visits.versions("V1")] == [first.id, signed.id]
    assert bench.store.summaries()[0].totals[0].totals == ((day("2025-06-01"), level(5).level),)
    assert bench.found() == {}


def test_discarding_what_was_taken_over_brings_nothing_back(places: Places) -> None:
    """Neither at once nor at the next station does the old draft show again."""
    bench = places.open()
    first = bench.signed(bench.patient("P1"), visit_id="V1")
    bench.store.visits.amend(first.id, "slip")
    bench = _moved(places, bench)
    bench.store.visits.discard(bench.store.lines.drafts()[0].visit, "no need")
    assert bench.store.lines.drafts() == ()
    assert [one.id for one in bench.store.record(first.patient).visits] == [first.id]
    assert bench.found() == {}
    bench = _moved(places, bench)
    bench.store.visits.amend(first.id, "slip after all")
    assert len(bench.store.lines.drafts()) == 1
    assert bench.found() == {}


def test_a_marked_patients_draft_is_taken_over_too(places: Places) -> None:
    """Only the mark hides it: after the mark it can be scored on, and the check is clean."""
    bench = places.open()
    _draft(bench)
    patient = bench.store.patients.by_patient_id("P1")
    bench.store.patients.mark_error(patient.id, "double")
    bench = _moved(places, bench)
    bench.store.patients.unmark_error(patient.id)
    (line,) = bench.store.lines.drafts()
    bench.store.visits.answer(line.visit, "five_feature", key("gait"), level(1))
    assert bench.found() == {}


def test_drafts_are_taken_over_together_or_not_at_all(places: Places) -> None:
    """A disk that fills up on the way leaves the next opening to take over all of them."""
    bench = places.open()
    for name in ("P1", "P2"):
        bench.fill(bench.draft(bench.patient(name)))
    bench.raw(
        "CREATE TRIGGER full BEFORE INSERT ON replacements "
        "WHEN (SELECT count(*) FROM replacements) = 1 BEGIN SELECT RAISE(FAIL, 'full'); END"
    )
    bench.store.close()
    places.note().unlink()
    with pytest.raises(Bug, match="refused"):
        places.open()
    database = open_database(places.folder / "records.db", KEY)
    assert database.execute("SELECT count(*) FROM replacements").fetchone() == (0,)
    database.execute("DROP TRIGGER full")
    database.close()
    again = places.open()
    for line in again.store.lines.drafts():
        again.store.visits.answer(line.visit, "five_feature", key("gait"), level(2))
    assert len(again.store.lines.drafts()) == 2
    assert again.found() == {}


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_at_station_after_station_the_records_stay_whole(
    places: Places, seed: int
) -> None:
    """Drafts go on, lines are true, each patient has one draft at most, and the check is clean."""
    history = History(places.open(), seed)
    for number in range(1, 61):
        history.act()
        if number % 10 == 0:
            history.go_on_with(_moved(places, history.bench))
        assert shown(history.store) == expected(history.store)
        whose = [line.patient.id for line in history.store.lines.drafts()]
        assert len(whose) == len(set(whose))
    assert len(_stations(history.bench)) > 3
    assert history.bench.found() == {}


class _Counted(Holding):
    """Counts how often it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go_count = 0

    def let_go(self) -> None:
        """Count."""
        self.let_go_count += 1


def test_the_folder_is_let_go_though_the_file_cannot_be_read_at_the_end(
    bench: Bench, reopen: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damage met while closing is told, and does not keep the folder locked."""
    bench.store.close()
    folder = _Counted()
    store = reopen(holding=folder)
    monkeypatch.setattr(store.journal.chain, "keep_note", _fail)
    with pytest.raises(Damage, match="torn"):
        store.close()
    assert folder.let_go_count == 1


def _fail() -> None:
    raise Damage(N_("torn"))
