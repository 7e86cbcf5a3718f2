"""The page on which a patient is erased, with a real store, from the form to what is left."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QPushButton

from app.clock import FixedClock
from app.errors import UserError
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.keys.slots import Slots
from app.records.model import PatientFacts, Role
from app.records.store import Store
from app.screens.erasing.control import ErasingControl
from app.screens.patient_form.control import PatientFormControl
from app.screens.places import ErasingPlace, PatientFormPlace, PatientsPlace, SettingsPlace
from app.screens.settings.control import SettingsControl
from scales.catalogue import Catalogue
from tests.screens.patient_rooms.bench import RoomBench, settle

LONG_AGO, NOW = FixedClock.on(date(2012, 5, 6)), FixedClock.on(date(2026, 1, 28))
FIRST, SECOND = "correct horse battery", "seven grey herons wait"  # made up for these tests
CHEAP = Cost(passes=1, memory_kib=128, lanes=1)


@pytest.fixture
def bench(
    dressed: QApplication, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RoomBench]:
    """Return a keeper's desk over a folder of long ago, where Ben works, too."""
    assert dressed is not None
    monkeypatch.setattr(Slots.__init__, "__defaults__", (CHEAP,))
    store, _ = create_folder(
        tmp_path / "data", Founder("Ada", Role.NURSE), FIRST,
        clock=LONG_AGO, catalogue=catalogue, cost=CHEAP,
    )  # fmt: skip
    store.patients.add(PatientFacts("40-1187", "Amira", "Haddad"))
    store.users.invite("Ben", {Role.NURSE}, SECOND)
    store.settings.save(replace(store.settings.load(), keep_years=10))
    store.close()
    store = open_folder(tmp_path / "data", FIRST, clock=NOW, catalogue=catalogue)
    one = RoomBench(store, catalogue, NOW)
    yield replace_folder(one, tmp_path / "data")
    settle()
    store.close()


def replace_folder(bench: RoomBench, folder: Path) -> RoomBench:
    """Let the desk know where the data are."""
    bench.desk = replace(bench.desk, folder=folder)
    return bench


def _patient(store: Store) -> str:
    (one,) = store.patients.all()
    return one.id


@pytest.fixture
def room(bench: RoomBench) -> ErasingControl:
    """Return the page with the patient on it; it follows the navigation."""
    control = ErasingControl(bench.desk)
    bench.show(control)
    control.open(ErasingPlace(_patient(bench.store)))
    return control


def _type(room: ErasingControl, identifier: str = "40-1187", secret: str = SECOND) -> None:
    card = room.page.card
    card.identifier.edit.setText(identifier)
    card.reason.edit.setText("the time is over")
    card.second.edit.setText(secret)
    card.erase.click()
    room._desk.tasks.finish()  # type: ignore[attr-defined]  # the passphrase is tried beside


def _buttons(room: ErasingControl) -> dict[str, QPushButton]:
    settle()
    found = room.page.copies.findChildren(QPushButton)
    return {one.accessibleName().split(":")[0]: one for one in found}


def test_what_would_go_stands_there_in_numbers_and_that_nothing_brings_it_back(
    room: ErasingControl,
) -> None:
    """Before anything can be pressed."""
    card = room.page.card
    assert room.page.banner.name == "Amira Haddad"
    assert card.gone.text() == "What goes: the words of 1 journal entry."
    assert "cannot be undone" in card.warning.text()
    assert "not erased but marked" in card.told.text()
    assert card.refusal.isHidden()
    assert not card.second.isHidden()


def test_the_last_question_names_the_patient_the_numbers_and_the_day(
    room: ErasingControl, bench: RoomBench
) -> None:
    """Without a yes nothing goes, and what was typed stays."""
    bench.ask.yes = False
    _type(room)
    assert bench.ask.losses == ["Erase this patient for good?"]
    for told in (
        "Amira Haddad",
        "1 journal entry",
        "28 Jan 2026",
        "6 May 2012",
        "cannot be undone",
    ):
        assert told in bench.ask.told[0]
    assert len(bench.store.patients.all()) == 1
    assert room.page.card.identifier.text == "40-1187"


def test_a_yes_erases_and_shows_the_copies(room: ErasingControl, bench: RoomBench) -> None:
    """The way back is the list; no passphrase stands in the field any more."""
    _type(room)
    assert bench.store.patients.all() == ()
    assert bench.went[-2:] == [PatientsPlace(), ErasingPlace()]
    room.leave()
    room.open(ErasingPlace())
    assert room.page.card.second.secret == ""
    bench.tasks.finish()
    assert room.page.copies.done.text() == "✓ The patient is erased."
    assert "hold erased patients still" in room.page.copies.told.text()
    assert set(_buttons(room)) == {"Renew", "Remove", "Renew all"}
    assert room.page.copies.renew_all.isHidden()
    assert "made elsewhere" in room.page.copies.beside.text()


@pytest.mark.parametrize("way", ["Renew", "Remove"])
def test_a_copy_is_renewed_or_removed(room: ErasingControl, bench: RoomBench, way: str) -> None:
    """Afterwards none holds the patient; removing asks first."""
    _type(room)
    room.open(ErasingPlace())
    bench.tasks.finish()
    _buttons(room)[way].click()
    assert not _buttons(room)[way].isEnabled()
    bench.tasks.finish()
    bench.tasks.finish()
    assert ("Remove this copy?" in bench.ask.losses) == (way == "Remove")
    assert room.page.copies.told.text() == "No copy here holds anybody who was erased."
    assert set(_buttons(room)) == {"Renew all"}
    assert room.page.copies.renew_all.isHidden()


def test_what_is_wrong_is_told_before_the_question(room: ErasingControl, bench: RoomBench) -> None:
    """Another identifier, and a passphrase that is nobody else's."""
    _type(room, identifier="40-1178")
    card = room.page.card
    assert "not the identifier" in card.identifier.below.text()
    _type(room, secret=FIRST)
    assert "second person" in card.second.below.text()
    assert card.identifier.below.isHidden()
    assert bench.ask.losses == []
    assert len(bench.store.patients.all()) == 1


@pytest.mark.parametrize(
    ("years", "told"), [(0, "Erasing is off"), (20, "erased from 7 May 2032 on")]
)
def test_where_it_cannot_be_only_the_reason_is_shown(
    bench: RoomBench, years: int, told: str
) -> None:
    """Nothing is asked."""
    bench.store.settings.save(replace(bench.store.settings.load(), keep_years=years))
    control = ErasingControl(bench.desk)
    bench.show(control)
    control.open(ErasingPlace(_patient(bench.store)))
    card = control.page.card
    assert told in card.refusal.text()
    hidden = (card.gone, card.warning, card.identifier, card.reason, card.second, card.erase)
    assert all(one.isHidden() for one in hidden)


def test_a_form_leads_there_for_a_keeper_once_the_unit_set_its_time(bench: RoomBench) -> None:
    """Not before, not for a nurse, not from a new form."""
    form, patient = PatientFormControl(bench.desk), _patient(bench.store)
    bench.show(form)
    form.open(PatientFormPlace(patient))
    form.page.erase.click()
    assert bench.went[-1] == ErasingPlace(patient)
    form.open(PatientFormPlace(None))
    assert form.page.erase.isHidden()
    (ben,) = (one for one in bench.store.users.all() if one.name == "Ben")
    ada = bench.store.user.id
    bench.store.act_as(ben.id)
    form.open(PatientFormPlace(patient))
    assert form.page.erase.isHidden()
    bench.store.act_as(ada)
    bench.store.settings.save(replace(bench.store.settings.load(), keep_years=0))
    form.open(PatientFormPlace(patient))
    assert form.page.erase.isHidden()


def test_a_form_that_was_typed_into_is_saved_or_left_first(bench: RoomBench) -> None:
    """Else what was typed would wait for somebody who is gone."""
    form = PatientFormControl(bench.desk)
    bench.show(form)
    form.open(PatientFormPlace(_patient(bench.store)))
    form.page.given_name.edit.setText("Amina")
    form.page.erase.click()
    assert bench.went == []
    assert "save what was typed" in form.page.message.text


def test_settings_keep_the_years_and_lead_to_what_copies_hold(bench: RoomBench) -> None:
    """Empty is none; what cannot be is told beside its field and not saved."""
    control = SettingsControl(bench.desk)
    bench.show(control)
    control.open(SettingsPlace())
    card = control.page.retention
    assert (card.years.text, card.age.text) == ("10", "")
    card.age.edit.setText("25")
    card.years.edit.setText("")
    control.page.finish()
    stored = bench.store.settings.load()
    assert (stored.keep_years, stored.keep_until_age) == (0, 25)
    for text in ("0", "151", "x", "-1", "1.5"):
        card.years.edit.setText(text)
        control.page.finish()
        assert "between 1 and 150" in card.years.below.text()
    assert bench.store.settings.load() == stored
    card.erased.click()
    assert bench.went[-1] == ErasingPlace()


def test_where_nobody_was_erased_it_says_so(bench: RoomBench) -> None:
    """And lists nothing."""
    control = ErasingControl(bench.desk)
    bench.show(control)
    control.open(ErasingPlace())
    bench.tasks.finish()
    assert control.page.copies.told.text() == "Nobody was erased here."
    assert control.page.copies.beside.isHidden()


def test_a_copy_that_fails_is_told(
    room: ErasingControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page looks again, so what is there can still be pressed."""

    def fail() -> None:
        raise UserError("The disk is full.")

    _type(room)
    room.open(ErasingPlace())
    bench.tasks.finish()
    monkeypatch.setattr(bench.store.erasing, "cleaning", lambda *_one, **_way: fail)
    _buttons(room)["Renew"].click()
    bench.tasks.finish()
    bench.tasks.finish()
    assert room.page.message.text == "The disk is full."
    assert _buttons(room)["Renew"].isEnabled()


def test_all_copies_are_renewed_at_one_press(room: ErasingControl, bench: RoomBench) -> None:
    """Where there are more than one that can be."""
    bench.store.settings.save(replace(bench.store.settings.load(), site="Ward 3"))
    bench.store.copy()
    _type(room)
    room.open(ErasingPlace())
    bench.tasks.finish()
    assert len(bench.store.erasing.older_copies()) == 2
    room.page.copies.renew_all.click()
    bench.tasks.finish()
    bench.tasks.finish()
    assert bench.store.erasing.older_copies() == ()
    assert room.page.copies.renew_all.isHidden()


def test_the_passphrase_is_tried_beside_the_window(room: ErasingControl, bench: RoomBench) -> None:
    """The page says so meanwhile, and nothing is asked or erased before."""
    card = room.page.card
    card.identifier.edit.setText("40-1187")
    card.reason.edit.setText("the time is over")
    card.second.edit.setText(SECOND)
    card.erase.click()
    assert (card.erase.isEnabled(), card.erase.text()) == (False, "Trying the passphrase…")
    assert bench.ask.losses == []
    bench.ask.yes = False
    bench.tasks.finish()
    assert (card.erase.isEnabled(), card.erase.text()) == (True, "Erase…")
    assert len(bench.ask.losses) == 1


def test_a_second_person_tries_no_faster_than_anybody(
    room: ErasingControl, bench: RoomBench
) -> None:
    """After three wrong ones it is told to wait, and the right one is not tried."""
    for _ in range(3):
        _type(room, secret=FIRST)
    _type(room)
    assert "Please wait" in room.page.card.second.below.text()
    assert bench.ask.losses == []


def test_who_went_on_meanwhile_is_asked_nothing(room: ErasingControl, bench: RoomBench) -> None:
    """The question would stand over another page."""
    card = room.page.card
    card.identifier.edit.setText("40-1187")
    card.reason.edit.setText("the time is over")
    card.second.edit.setText(SECOND)
    card.erase.click()
    room.leave()
    bench.tasks.finish()
    assert bench.ask.losses == []
    assert len(bench.store.patients.all()) == 1
