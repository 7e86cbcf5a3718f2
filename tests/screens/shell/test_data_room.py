"""The page of the data with real copies: read, checked, rehearsed, put back, carried elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import N_, Damage
from app.exchange.table_files import packed
from app.records.copies.backup import copies
from app.records.copies.source import Source
from app.records.file.names import RECORDS, TAIL
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.model import Finding, PatientFacts, Role
from app.records.store import Store
from app.screens.places import DataPlace, HistoryPlace, SettingsPlace
from app.screens.your_data.control import DataControl
from scales.catalogue import Catalogue
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
OLD, OTHER = "correct horse", "quite another one"


@pytest.fixture
def locked(tmp_path: Path, catalogue: Catalogue, clock: FixedClock) -> Iterator[Store]:
    """Return the store of a folder behind a passphrase, with one copy."""
    folder = tmp_path / "locked"
    store, _ = create_folder(
        folder, Founder("M. Okafor", Role.NURSE), OLD, clock=clock, catalogue=catalogue, cost=CHEAP
    )
    yield store
    store.close()


@pytest.fixture
def bench(
    dressed: object, locked: Store, catalogue: Catalogue, clock: FixedClock, tmp_path: Path
) -> RoomBench:
    """Return a desk on the locked folder, in which a visit was signed and copied."""
    assert dressed is not None
    bench = RoomBench(locked, catalogue, clock)
    bench.desk = replace(bench.desk, folder=tmp_path / "locked")
    bench.course()
    locked.copies.backup()
    return bench


@pytest.fixture
def room(bench: RoomBench) -> DataControl:
    """Return the page, shown, with every copy read."""
    control = DataControl(bench.desk)
    bench.show(control)
    control.page.activateWindow()
    control.open(DataPlace())
    _finish(bench)
    return control


def _finish(bench: RoomBench) -> None:
    """Let all work end, with what comes of it."""
    while bench.tasks.begun:
        bench.tasks.finish()
    settle()


def _put_back(bench: RoomBench) -> list[Source]:
    told: list[Source] = []
    bench.news.put_back.connect(told.append)
    return told


def test_each_copy_says_what_it_holds(room: DataControl, bench: RoomBench) -> None:
    """When it was made, how many visits, whose was the newest, and that it was read."""
    (line,) = room.page.copies.lines
    assert line.when.text() == "today, 09:00"
    assert line.holds.text().replace("\u200b", "") == (
        "2 visits · newest: Amira Haddad, 28 Jan 2026, 09:00"
    )
    assert (line.state.text(), line.put_back.isVisible()) == ("verified", True)
    assert line.put_back.accessibleName() == "Put back the copy: today, 09:00"
    assert room.page.title.text() == "Nothing wrong is known."
    assert "Last copy: today, 09:00." in room.page.text.text()
    assert bench.ask.asked == []


def test_the_copies_are_read_beside_the_window(bench: RoomBench) -> None:
    """The page is there at once; leaving it reads no further."""
    control = DataControl(bench.desk)
    bench.show(control)
    control.open(DataPlace())
    assert control.page.no_copies.text() == "Looking…"
    bench.tasks.finish()
    (line,) = control.page.copies.lines
    assert line.state.text() == "being read…"
    control.leave()
    bench.tasks.finish()
    assert line.state.text() == "being read…"
    assert bench.tasks.begun == []


def test_without_a_copy_there_is_no_way_back_and_that_is_said(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """An empty list says what to do."""
    shutil.rmtree(tmp_path / "locked" / "copies")
    room.open(DataPlace())
    _finish(bench)
    assert room.page.no_copies.text() == "There is no copy yet."
    assert "so there is no way back yet" in room.page.text.text()
    assert room.page.title.text() == "Something here needs a look."
    assert not room.page.rehearse.isEnabled()


def test_a_damaged_copy_is_named_and_offers_no_way_back(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """In its own line and above."""
    records = copies(tmp_path / "locked")[0].path / RECORDS
    records.write_bytes(records.read_bytes()[:-4096] + bytes(4096))
    room.open(DataPlace())
    _finish(bench)
    (line,) = room.page.copies.lines
    assert line.state.text().endswith("damaged")
    assert not line.put_back.isVisible()
    assert "Copies that are damaged: 1." in room.page.text.text()


def test_a_check_names_the_damaged_copy_in_its_line(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """In its own line, once it was read again, and above, as the check has counted them."""
    records = copies(tmp_path / "locked")[0].path / RECORDS
    records.write_bytes(records.read_bytes()[:-4096] + bytes(4096))
    room.page.check.start.click()
    _finish(bench)
    (line,) = room.page.copies.lines
    assert line.state.text().endswith("damaged")
    assert "Checked copies that are damaged: 1." in room.page.text.text()
    assert "Copies that are damaged: 1." not in room.page.text.text().splitlines()


def _cut_the_end(bench: RoomBench, tmp_path: Path) -> Path:
    """Sign two more visits, each kept up with, and damage what the second has added."""
    (patient,) = bench.store.patients.all()
    bench.signed(patient, PartialDate(2026, 1, 21), 1)
    bench.desk.store.copy()
    tail = copies(tmp_path / "locked")[0].path / TAIL
    whole = tail.stat().st_size
    bench.signed(patient, PartialDate(2026, 1, 22), 1)
    bench.desk.store.copy()
    content = bytearray(tail.read_bytes())
    assert len(content) > whole
    content[whole + 40] ^= 1
    tail.write_bytes(content)
    return tail.parent


def test_a_copy_with_a_damaged_end_is_put_back_up_to_there_after_saying_so(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """Its line says up to when it is sound and what it holds until then; so does the question."""
    copy, told = _cut_the_end(bench, tmp_path), _put_back(bench)
    room.open(DataPlace())
    _finish(bench)
    line = room.page.copies.lines[0]
    assert line.state.text().endswith("last part damaged")
    held = line.holds.text().replace("\u200b", "")
    assert held.startswith("Sound up to today, 09:00 · 3 visits · newest: Amira Haddad")
    assert "Copies that are damaged: 1." in room.page.text.text()
    line.put_back.click()
    _finish(bench)
    sentence = (
        "The last part of this copy is damaged. It is sound up to 28 Jan 2026, 09:00, with 3 "
        "visits; what was written after that is lost in it."
    )
    assert sentence in room.page.putting.text.text()
    assert told == []
    room.page.putting.agree.click()
    _finish(bench)
    (source,) = told
    assert (source.path, source.as_far_as_sound) == (copy, True)
    source.forget()


def test_a_check_that_finds_a_damaged_end_leaves_the_way_back(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """The line that seemed sound is read again, for how far it is."""
    _cut_the_end(bench, tmp_path)
    room.page.check.start.click()
    _finish(bench)
    line = room.page.copies.lines[0]
    assert line.state.text().endswith("last part damaged")
    assert line.put_back.isVisible()
    room.page.rehearse.click()
    _finish(bench)
    assert "“Put back…”" in room.page.message.text


def test_a_copy_is_made_on_demand(room: DataControl, bench: RoomBench) -> None:
    """And stands in the list."""
    bench.patient("7")
    room.page.make.click()
    assert not room.page.make.isEnabled()
    assert (room.page.work.text(), room.page.bar.isVisible()) == ("Making a checked copy…", True)
    _finish(bench)
    assert (room.page.make.isEnabled(), room.page.bar.isVisible()) == (True, False)
    assert len(room.page.copies.lines) == 2
    assert room.page.message.text == "The copy is made and checked."


def test_the_way_back_is_rehearsed(room: DataControl, bench: RoomBench) -> None:
    """It opens, and nothing is changed by it."""
    room.page.rehearse.click()
    _finish(bench)
    assert room.page.message.text == (
        "Rehearsed: the newest copy opens. It holds 2 visits, the newest of 28 Jan 2026. "
        "Nothing was changed."
    )
    assert room.page.rehearse.isEnabled()


def test_a_rehearsal_that_fails_says_why(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """It is what one rehearses for."""
    (copies(tmp_path / "locked")[0].path / RECORDS).write_bytes(bytes(8192))
    room.page.rehearse.click()
    _finish(bench)
    assert "is damaged" in room.page.message.text
    assert room.page.title.text() == "Something here needs a look."


def test_what_would_be_missing_is_told_before_anybody_is_asked(
    room: DataControl, bench: RoomBench
) -> None:
    """By patient and day; agreeing hands the copy on, with a key of its own."""
    told = _put_back(bench)
    patient = bench.patient("40-2", "Jonas")
    bench.treated(patient)
    room.page.copies.lines[0].put_back.click()
    assert room.page.putting.bar.isVisible()
    assert not room.page.putting.agree.isVisible()
    _finish(bench)
    shown = " | ".join(texts(room.page.putting)).replace("\u200b", "")
    assert "In the records, and not in this copy" in shown
    assert "Jonas Haddad, ID 40-2 | written on 28 Jan 2026" in shown
    assert "1 change of treatments, 1 other entry" in shown
    assert told == []
    room.page.putting.agree.click()
    assert bench.ask.losses == ["Put this copy in place of the records?"]
    (source,) = told
    assert source.path == copies(bench.desk.folder)[0].path
    assert source.unlocked is not None
    assert not room.page.putting.isVisible()


def test_who_says_no_changes_nothing(room: DataControl, bench: RoomBench) -> None:
    """Neither the question nor the card before it binds anybody."""
    told = _put_back(bench)
    bench.ask.yes = False
    room.page.copies.lines[0].put_back.click()
    _finish(bench)
    room.page.putting.agree.click()
    assert told == []
    room.page.putting.leave.click()
    assert not room.page.putting.isVisible()
    assert room.page.copies.isVisible()


def test_a_copy_from_elsewhere_is_asked_for_its_passphrase(
    room: DataControl, bench: RoomBench, tmp_path: Path, catalogue: Catalogue
) -> None:
    """A wrong one is told where it was typed; with the right one all is as with any copy."""
    other, _ = create_folder(
        tmp_path / "other", Founder("Eve", Role.NURSE), OTHER,
        clock=bench.clock, catalogue=catalogue, cost=CHEAP,
    )  # fmt: skip
    other.patients.add(PatientFacts("E-1", "Eve", "Older"))
    bench.ask.path = other.copies.backup(tmp_path / "stick")
    other.close()
    told = _put_back(bench)
    room.page.open.click()
    _finish(bench)
    card = room.page.putting
    assert "does not open this copy" in card.asked.text()
    for secret in ("wrong horse battery", OTHER):
        card.secret.edit.setText(secret)
        QTest.keyClick(card.secret.edit, Qt.Key.Key_Return)
        _finish(bench)
        assert card.secret.secret == ""
        assert card.agree.isVisible() is (secret == OTHER)
    assert "This copy is of other records" in card.text.text()
    card.agree.click()
    assert [(one.path, one.secret) for one in told] == [(bench.ask.path, OTHER)]


def test_who_kept_no_records_on_that_day_lets_a_keeper_of_it_type(
    room: DataControl, bench: RoomBench
) -> None:
    """A keeper since yesterday cannot put back the copy of the day before alone."""
    ben = bench.store.users.add("Ben", Role.NURSE)
    bench.store.copies.backup()
    bench.store.users.give_roles(ben.id, frozenset({Role.KEEPER}))
    bench.store.act_as(ben.id)
    room.open(DataPlace())
    _finish(bench)
    room.page.copies.lines[0].put_back.click()
    _finish(bench)
    card = room.page.putting
    assert card.asked.text().startswith("In this copy you do not keep the records yet")
    assert not card.agree.isVisible()
    card.secret.edit.setText(OLD)
    card.open.click()
    _finish(bench)
    assert card.agree.isVisible()


def test_a_file_that_is_no_copy_is_told(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """Whatever is typed, there is nothing to agree to."""
    bench.ask.path = tmp_path / "letter.omscopy"
    bench.ask.path.write_text("Dear colleague")
    room.page.open.click()
    _finish(bench)
    assert "is not a copy that OMS Bedside has made" in room.page.putting.text.text()
    assert not room.page.putting.secret.isVisible()
    assert not room.page.putting.agree.isVisible()


def test_a_second_place_is_chosen_and_gets_a_copy(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """It is named with what is in it; another one can be chosen, or none."""
    bench.ask.path = tmp_path / "stick"
    bench.ask.path.mkdir()
    room.page.place.choose.click()
    _finish(bench)
    assert room.page.place.text.text().replace("\u200b", "") == str(bench.ask.path)
    (line,) = room.page.place.copies.lines
    assert line.state.text() == "verified"
    assert "Last copy in the second place: today, 09:00." in room.page.text.text()
    room.page.place.forget.click()
    _finish(bench)
    assert room.page.place.text.text().startswith("None yet.")
    assert len(list(bench.ask.path.iterdir())) == 1


def test_an_absent_second_place_is_said(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """Above, and in its card."""
    bench.ask.path = tmp_path / "stick"
    bench.ask.path.mkdir()
    room.page.place.choose.click()
    bench.ask.path.rmdir()
    _finish(bench)
    assert "The second place is not there" in room.page.text.text()
    assert "It is not there now" in room.page.place.caution.text()
    assert room.page.title.text() == "Something here needs a look."


def test_the_data_folder_is_refused_as_second_place(room: DataControl, bench: RoomBench) -> None:
    """In a sentence over the page."""
    bench.ask.path = bench.desk.folder / "copies"
    room.page.place.choose.click()
    assert "is the data folder, or in it" in room.page.message.text


def test_a_nurse_looks_and_changes_nothing(bench: RoomBench) -> None:
    """Neither putting back nor the second place is offered; what is there can be read."""
    nurse = bench.store.users.add("Ben", Role.NURSE)
    bench.store.act_as(nurse.id)
    control = DataControl(bench.desk)
    bench.show(control)
    control.open(DataPlace())
    _finish(bench)
    page = control.page
    assert page.copies.lines[0].state.text() == "verified"
    for one in (page.copies.lines[0].put_back, page.open, page.place.choose, page.place.forget):
        assert not one.isVisible()
    assert page.make.isVisible()


def test_what_no_copy_holds_is_answered_with_a_reason(bench: RoomBench, tmp_path: Path) -> None:
    """There is nothing to put back; who goes on without it says why, and it is not said again."""
    folder = tmp_path / "locked"
    bench.store.close()
    shutil.copytree(folder, tmp_path / "older")
    store = _open(bench, folder)
    store.patients.add(PatientFacts("7"))
    store.close()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "older", folder)
    bench.store = _open(bench, folder)
    bench.desk = replace(bench.desk, store=bench.store)
    control = DataControl(bench.desk)
    bench.show(control)
    control.open(DataPlace())
    _finish(bench)
    page = control.page
    assert "1 change that this machine wrote in these records" in page.text.text()
    assert (page.put_back_ahead.isVisible(), page.leave_ahead.isVisible()) == (False, True)
    page.leave_ahead.click()
    _finish(bench)
    assert bench.ask.asked[-1] == "Go on without what is missing?"
    assert not page.leave_ahead.isVisible()
    assert "this machine wrote" not in page.text.text()
    bench.store.close()


def test_a_copy_that_goes_on_is_answered_in_either_way(bench: RoomBench, tmp_path: Path) -> None:
    """Put that one back, or go on with a reason."""
    folder = tmp_path / "locked"
    bench.store.close()
    for name in (RECORDS, "keys.json"):
        shutil.copy(folder / name, tmp_path / name)
    store = bench.store = _open(bench, folder)
    store.patients.add(PatientFacts("7"))
    store.close()
    for name in (RECORDS, "keys.json"):
        shutil.copy(tmp_path / name, folder / name)
    bench.store = _open(bench, folder)
    bench.desk = replace(bench.desk, store=bench.store)
    control = DataControl(bench.desk)
    bench.show(control)
    control.open(DataPlace())
    _finish(bench)
    page = control.page
    assert "but a copy goes on to" in page.text.text()
    page.put_back_ahead.click()
    _finish(bench)
    assert "In this copy, and not in the records" in " ".join(texts(page.putting))
    page.putting.leave.click()
    page.leave_ahead.click()
    _finish(bench)
    assert not page.leave_ahead.isVisible()
    assert "but a copy goes on to" not in page.text.text()
    bench.store.close()


def _open(bench: RoomBench, folder: Path) -> Store:
    return open_folder(folder, OLD, clock=bench.clock, catalogue=bench.catalogue)


def test_the_page_leads_on(room: DataControl, bench: RoomBench) -> None:
    """To the history, and to where a recovery code is made."""
    room.page.history.click()
    room.page.code.click()
    assert bench.went == [HistoryPlace(), SettingsPlace()]


def test_the_page_speaks_to_a_screen_reader(room: DataControl, bench: RoomBench) -> None:
    """Everything that can be reached has a name, on the card of a copy too."""
    assert nameless(room.page) == []
    room.page.copies.lines[0].put_back.click()
    _finish(bench)
    assert nameless(room.page) == []


def test_the_check_finds_nothing_wrong(room: DataControl, bench: RoomBench) -> None:
    """And says so in words."""
    room.page.check.start.click()
    assert room.page.check.found.text() == "Checking…"
    _finish(bench)
    assert "journal whole" in room.page.text.text()
    assert room.page.check.start.isEnabled()


def test_the_check_goes_on_beside_the_window(room: DataControl, bench: RoomBench) -> None:
    """One sees how far it is, may go elsewhere meanwhile, and finds the result on coming back."""
    part = room.page.check
    room.page.check.start.click()
    assert (part.start.isEnabled(), part.stop.isVisible(), part.bar.isVisible()) == (
        False,
        True,
        True,
    )
    told: list[int] = []
    part.bar.valueChanged.connect(told.append)
    room.leave()
    room.open(DataPlace())
    assert part.found.text() == "Checking…"
    _finish(bench)
    assert told[-1] == 100
    assert told == sorted(set(told))
    assert (part.start.isEnabled(), part.stop.isVisible(), part.bar.isVisible()) == (
        True,
        False,
        False,
    )
    room.leave()
    room.open(DataPlace())
    assert not part.found.isVisible()


def test_the_check_is_stopped(room: DataControl, bench: RoomBench) -> None:
    """It ends at the next patient, nothing more is heard of it, and another can begin."""
    room.page.check.start.click()
    room.page.check.stop.click()
    assert room.page.check.found.text() == "The check was stopped."
    _finish(bench)
    assert room.page.check.found.text() == "The check was stopped."
    room.page.check.start.click()
    _finish(bench)
    assert "journal whole" in room.page.text.text()


def test_a_key_pressed_twice_does_not_stop_the_check(room: DataControl, bench: RoomBench) -> None:
    """The button that stops it is not under the key; once it is over, one may check again."""
    part = room.page.check
    part.start.setFocus()
    for _ in range(2):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Space)
    assert part.found.text() == "Checking…"
    _finish(bench)
    assert "journal whole" in room.page.text.text()
    assert part.start.hasFocus()


def test_what_the_check_finds_is_counted(
    room: DataControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to do about it."""
    found = (Finding("journal", 2, "{count} entries differ."), Finding("rows", 0, "x"))
    monkeypatch.setattr(bench.store, "check", lambda _tell: found)
    room.page.check.start.click()
    _finish(bench)
    assert "2 entries differ." in room.page.text.text()
    assert room.page.title.text() == "Something here needs a look."


def test_a_check_that_cannot_run_says_why(
    room: DataControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the place where its result would stand."""

    def refuse(_tell: object) -> None:
        raise Damage("The file is damaged.")

    monkeypatch.setattr(bench.store, "check", refuse)
    room.page.check.start.click()
    _finish(bench)
    assert room.page.check.found.text() == "The file is damaged."
    assert room.page.check.start.isEnabled()


def test_a_check_that_fails_by_a_fault_of_ours_can_be_begun_again(
    room: DataControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault goes to the log."""

    def fail(_tell: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(bench.store, "check", fail)
    room.page.check.start.click()
    with capture_exceptions() as faults:
        _finish(bench)
    assert [kind for kind, *_ in faults] == [RuntimeError]
    assert room.page.check.start.isEnabled()


def _handed(place: Path, patient_id: str = "B-7") -> Path:
    tables = {"patients.csv": f"patient_id,given_name\n{patient_id},Tom\n".encode()}
    place.write_bytes(packed(tables))
    return place


def test_a_patient_of_another_unit_is_read_in(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """From one file; a full copy is made before, beside the window."""
    bench.patient("40-2", "Eva")
    bench.ask.path = _handed(tmp_path / "b.zip")
    before = len(copies(tmp_path / "locked"))
    room.page.tables.file.click()
    assert room.page.work.text() == "Making a full copy before…"
    assert not room.page.tables.file.isEnabled()
    assert len(bench.store.patients.all()) == 2
    _finish(bench)
    assert room.page.message.text == "Read in: 1 patient."
    assert bench.store.patients.by_patient_id("B-7").facts.given_name == "Tom"
    assert len(copies(tmp_path / "locked")) == before + 1
    assert len(room.page.copies.lines) == before + 1
    assert room.page.tables.file.isEnabled()


def test_what_cannot_be_read_in_is_said(
    room: DataControl, bench: RoomBench, tmp_path: Path
) -> None:
    """From a file or a folder, and nothing is stored."""
    bench.ask.path = tmp_path / "gone.zip"
    room.page.tables.file.click()
    _finish(bench)
    assert "There is no folder or file" in room.page.message.text
    bench.ask.path = tmp_path
    room.page.tables.folder.click()
    _finish(bench)
    assert room.page.message.text.startswith("Nothing was read in:")
    assert len(bench.store.patients.all()) == 1


def test_without_a_copy_nothing_is_read_in(
    room: DataControl, bench: RoomBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There would be no way back; the reason is said, and a bug of ours is not hidden."""

    def fail(_self: object) -> None:
        raise Damage(N_("It cannot be copied."))

    monkeypatch.setattr(type(bench.store.copies), "before_risk", fail)
    bench.ask.path = _handed(tmp_path / "b.zip")
    room.page.tables.file.click()
    _finish(bench)
    assert room.page.message.text == "It cannot be copied."
    assert room.page.work.text() == ""
    assert len(bench.store.patients.all()) == 1
    monkeypatch.setattr(type(bench.store.copies), "before_risk", lambda _self: 1 // 0)
    room.page.tables.file.click()
    with pytest.raises(ZeroDivisionError):
        _finish(bench)
    assert room.page.work.text() == ""


def test_only_a_keeper_is_offered_to_read_in(room: DataControl, bench: RoomBench) -> None:
    """A physician hands over; who keeps the records takes in."""
    assert room.page.tables.isVisible()
    nurse = bench.store.users.invite("Ben", [Role.NURSE], OTHER)
    bench.store.act_as(nurse.id)
    control = DataControl(bench.desk)
    bench.show(control)
    assert not control.page.tables.isVisible()
