"""Damaged records before a window: what is wrong, what is left, and the ways on."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.clock import FixedClock
from app.dates import PartialDate
from app.language import words
from app.records.copies.backup import copies
from app.records.file.names import RECORDS, SET_ASIDE, TAIL
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import KEYS, CodeState, Cost
from app.records.keys.vault import note_code
from app.records.model import PatientFacts, Role
from app.records.store import Store
from app.screens.opening.control import Opened, OpeningControl
from app.screens.opening.damage import DamageCard
from app.screens.opening.surroundings import Surroundings
from scales.catalogue import Catalogue, load_catalogue
from scales.model import Scored
from tests.asking import FakeAsk
from tests.screens.patient_rooms.bench import SlowTasks, nameless, settle, texts

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
SECRET = "correct horse"  # noqa: S105 - a passphrase for made-up records


@dataclass
class Door:
    """An opening screen on damaged records."""

    control: OpeningControl
    tasks: SlowTasks
    ask: FakeAsk
    opened: list[Opened] = field(default_factory=list)

    @property
    def card(self) -> DamageCard:
        """The card of the damage."""
        assert self.control.damage is not None
        return self.control.damage.card

    def unlock(self, secret: str = SECRET) -> None:
        """Type a secret where the records are opened."""
        self.control.page.unlock.secret.edit.setText(secret)
        QTest.keyClick(self.control.page.unlock.secret.edit, Qt.Key.Key_Return)
        self.finish()

    def look(self, secret: str = SECRET) -> None:
        """Type a secret on the card, to see what is left."""
        self.card.secret.edit.setText(secret)
        self.card.look.click()
        self.finish()

    def finish(self) -> None:
        """Let all work end, with what comes of it."""
        while self.tasks.begun:
            self.tasks.finish()
        settle()

    def told(self) -> str:
        """Return all that the card says."""
        return " | ".join(texts(self.card)).replace("\u200b", "")


def _sign(store: Store, catalogue: Catalogue, identifier: str, given: str) -> None:
    patient = store.patients.add(PatientFacts(identifier, given, "Keller"))
    visit = store.visits.start(patient.id, PartialDate.of(store.today()), "09:00")
    for key in catalogue.find("five_feature").keys:
        store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(1)))
    store.visits.sign(visit.id, "scored")


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Path:
    """Return records of two days: the second day's visit stands in no copy that is left."""
    folder = tmp_path / "data"
    store, _ = create_folder(
        folder, Founder("M. Okafor", Role.NURSE), SECRET,
        clock=FixedClock.on(date(2026, 1, 27)), catalogue=catalogue, cost=CHEAP,
    )  # fmt: skip
    note_code(folder, CodeState.KEPT)
    _sign(store, catalogue, "40-1", "Jonas")
    store.close()
    clock = FixedClock.on(date(2026, 1, 28))
    store = open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    _sign(store, catalogue, "40-2", "Amira")
    store.close()
    shutil.rmtree(copies(folder)[0].path)
    return folder


@pytest.fixture
def door(folder: Path, clock: FixedClock, dressed: QApplication) -> Iterator[Door]:
    """Return an opening screen, shown, not started."""
    assert dressed is not None
    tasks, ask = SlowTasks(), FakeAsk()
    around = Surroundings(
        folder=folder, clock=clock, words=words(), ask=ask, tasks=tasks, load_scales=load_catalogue
    )
    one = Door(OpeningControl(around), tasks, ask)
    one.control.opened.connect(one.opened.append)
    one.control.page.resize(1024, 768)
    one.control.page.show()
    yield one
    for opened in one.opened:
        opened.store.close()
    one.control.close()
    delete(one.control.page)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "records.lock"
    }


def _zero_a_page(folder: Path, name: bytes = b"") -> None:
    """Damage one page in the middle of the records."""
    path = folder / RECORDS
    content = bytearray(path.read_bytes())
    middle = len(content) // 4096 // 2 * 4096
    content[middle : middle + 4096] = name.ljust(4096, b"\0")
    path.write_bytes(content)


def _zero_all(folder: Path) -> None:
    (folder / RECORDS).write_bytes(bytes((folder / RECORDS).stat().st_size))


def _no_records(folder: Path) -> None:
    (folder / RECORDS).unlink()


def _no_keys(folder: Path) -> None:
    (folder / KEYS).unlink()


def _bad_keys(folder: Path) -> None:
    (folder / KEYS).write_text("{}", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_no_records, "The file records.db is missing"),
        (_no_keys, "there is no keys.json"),
        (_bad_keys, "is damaged"),
        (_zero_all, "The records file is damaged"),
    ],
)
def test_what_is_wrong_and_which_copy_is_good_is_told(
    door: Door, folder: Path, spoil: Callable[[Path], None], told: str
) -> None:
    """In words, with what the copy holds; not a byte is changed by looking."""
    spoil(folder)
    before = _bytes(folder)
    door.control.start()
    if spoil is _zero_all:
        door.unlock()
    else:
        assert door.card.secret.isVisible()
        door.look()
    assert told in door.told()
    assert "Nothing is written to them." in door.told()
    assert "The newest good copy was made yesterday, 09:00. It holds 1 visit" in door.told()
    assert door.card.put_back.isVisible()
    assert door.card.save.isVisible() is (spoil in (_no_keys, _bad_keys))
    assert _bytes(folder) == before


@pytest.mark.parametrize("spoil", [_no_records, _no_keys, _bad_keys, _zero_all])
def test_the_good_copy_is_put_back_and_opens(
    door: Door, folder: Path, spoil: Callable[[Path], None]
) -> None:
    """The damaged files are set aside as they are; the passphrase of that day opens the rest."""
    spoil(folder)
    kept = {
        name: (folder / name).read_bytes() for name in (RECORDS, KEYS) if (folder / name).exists()
    }
    door.control.start()
    if spoil is _zero_all:
        door.unlock()
    else:
        door.look()
    door.card.put_back.click()
    door.finish()
    assert door.ask.losses == ["Put this copy in place of the records?"]
    assert "What was there before is here" in door.control.page.message.text
    (aside,) = (folder / SET_ASIDE).iterdir()
    assert {name: (aside / name).read_bytes() for name in kept} == kept
    door.unlock()
    (opened,) = door.opened
    assert [line.patient.facts.patient_id for line in opened.store.summaries()] == ["40-1"]


@pytest.fixture
def cut(folder: Path, catalogue: Catalogue) -> Path:
    """Return the folder of the only copy, whose last part is damaged, of records with 3 visits."""
    clock = FixedClock.on(date(2026, 1, 28))
    store = open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    shutil.rmtree(folder / "copies")
    store.copies.backup()
    tail = copies(folder)[0].path / TAIL
    _sign(store, catalogue, "40-3", "Nils")
    store.copy()
    content = bytearray(tail.read_bytes())
    content[40] ^= 1
    tail.write_bytes(content)
    store.close()
    return tail.parent


def test_a_copy_with_a_damaged_end_is_offered_up_to_there(
    cut: Path, door: Door, folder: Path
) -> None:
    """Where none goes further, saying so; what is put back is what was told."""
    _no_records(folder)
    door.control.start()
    door.look()
    assert "The copy that goes furthest was made today, 09:00." in door.told()
    sentence = "It is sound up to 28 Jan 2026, 09:00, with 2 visits; what was written after that"
    assert sentence in door.told()
    door.card.put_back.click()
    door.finish()
    assert "What was there before is here" in door.control.page.message.text
    (aside,) = (folder / SET_ASIDE).iterdir()
    assert (aside / "copies" / cut.name / TAIL).is_file()
    door.unlock()
    (opened,) = door.opened
    known = sorted(line.patient.facts.patient_id for line in opened.store.summaries())
    assert known == ["40-1", "40-2"]


def test_what_would_be_missing_is_told_as_far_as_it_can_be_read(door: Door, folder: Path) -> None:
    """With the keys gone the records can still be compared: the visit of the second day."""
    _no_keys(folder)
    door.control.start()
    door.look()
    assert "In the records, and not in this copy | Amira Keller, ID 40-2" in door.told()
    assert "written on 28 Jan 2026 | 1 visit, 1 other entry" in door.told()


def test_what_is_readable_is_saved_as_tables(door: Door, folder: Path, tmp_path: Path) -> None:
    """Into the folder chosen, with what the last day wrote; the damaged files stay as they are."""
    _no_keys(folder)
    before = _bytes(folder)
    door.control.start()
    door.look()
    door.ask.path = tmp_path / "tables"
    door.card.save.click()
    door.finish()
    patients = (tmp_path / "tables" / "patients.csv").read_text("utf-8")
    assert "40-1" in patients
    assert "40-2" in patients
    assert "Saved: what could be read of 2 patients" in door.control.page.message.text
    assert "not encrypted" in door.control.page.message.text
    assert _bytes(folder) == before


def test_a_folder_that_is_not_empty_is_refused(door: Door, folder: Path, tmp_path: Path) -> None:
    """Nothing in it is written over."""
    _no_keys(folder)
    door.control.start()
    door.look()
    door.ask.path = tmp_path
    door.card.save.click()
    door.finish()
    assert "is not empty" in door.control.page.message.text
    assert door.card.save.isEnabled()


def test_a_wrong_passphrase_is_told_where_it_was_typed(door: Door, folder: Path) -> None:
    """It can be typed again."""
    _no_records(folder)
    door.control.start()
    door.look("wrong horse battery")
    assert "does not open these records" in door.card.secret.below.text()
    assert door.card.secret.secret == ""
    door.look()
    assert door.card.put_back.isVisible()


def test_without_a_good_copy_that_is_said(door: Door, folder: Path) -> None:
    """Nothing is offered that cannot be done."""
    for copy in copies(folder):
        (copy.path / RECORDS).write_bytes(bytes(8192))
    _bad_keys(folder)
    door.control.start()
    door.look()
    assert "All copies beside them are damaged" in door.told()
    assert not door.card.put_back.isVisible()
    assert door.card.save.isVisible()


def test_the_files_are_shown(door: Door, folder: Path) -> None:
    """By the system, and by their path for where it cannot."""
    _no_records(folder)
    door.control.start()
    door.card.files.click()
    assert str(folder) in door.ask.asked
    assert str(folder) in door.control.page.message.text


def test_once_it_is_mended_one_goes_on(door: Door, folder: Path, tmp_path: Path) -> None:
    """“Try again” opens what was put back by hand."""
    shutil.move(folder / KEYS, tmp_path / KEYS)
    door.control.start()
    shutil.move(tmp_path / KEYS, folder / KEYS)
    door.card.retry.click()
    assert door.control.page.unlock.isVisible()


def test_the_card_speaks_to_a_screen_reader(door: Door, folder: Path) -> None:
    """Everything that can be reached has a name, before and after a look."""
    _no_keys(folder)
    door.control.start()
    assert nameless(door.control.page) == []
    door.look()
    assert nameless(door.control.page) == []
