"""Erasing a patient in the whole window: from the list to the form, and back to a shorter list."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.clock import FixedClock
from app.exchange.demo import build_demo
from app.running import Running, application
from app.screens.erasing.page import ErasingPage
from app.screens.patient_form.page import PatientFormPage
from app.screens.patients.page import PatientsPage
from app.screens.places import ChartPlace, ErasingPlace, PatientFormPlace, PatientsPlace, Place
from scales.catalogue import load_catalogue
from tests.asking import FakeAsk

BUILT, LATER = FixedClock.on(date(2026, 11, 21)), FixedClock.on(date(2060, 1, 2))


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """Return the window over made-up records of long ago."""
    build_demo(tmp_path / "data", clock=BUILT, catalogue=load_catalogue())
    one = Running(application(), tmp_path / "data", LATER, is_demo=True, ask=FakeAsk())
    one.start()
    return one


def _place(running: Running) -> Place:
    return running.desk.navigation.place


def test_an_erased_patient_is_nowhere_in_the_window(running: Running, tmp_path: Path) -> None:
    """The list is one shorter, the way back leads to it, and closing makes a clean copy."""
    desk = running.desk
    store = desk.store
    store.settings.save(replace(store.settings.load(), keep_years=1))
    running.finish_tasks()
    patient = store.patients.by_patient_id("DEMO-1")
    before = len(store.summaries())
    for place in (ChartPlace(patient.id), PatientFormPlace(patient.id)):
        desk.navigation.go(place)
    form = running.window.page
    assert isinstance(form, PatientFormPage)
    form.erase.click()
    page = running.window.page
    assert isinstance(page, ErasingPage)
    page.card.identifier.edit.setText("DEMO-1")
    page.card.reason.edit.setText("the time is over")
    page.card.erase.click()
    running.finish_tasks()
    running.finish_tasks()
    assert _place(running) == ErasingPlace()
    assert page.copies.done.text() == "✓ The patient is erased."
    page.banner.go_back()
    assert _place(running) == PatientsPlace()
    assert isinstance(running.window.page, PatientsPage)
    assert len(store.summaries()) == before - 1
    assert patient.id not in store.lines.ids(0, 100)
    assert running.work is not None
    assert running.work.rooms.unsaved() == ""
    running.stop()
    shutil.rmtree(tmp_path / "data")
