"""Treatments with large text on the smallest screen: nothing needed leaves it."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.dates import PartialDate
from app.palette import load_palette
from app.records.model import DoseFacts, FindingFacts, MeasureFacts
from app.screens.places import TreatmentsPlace
from app.screens.treatments.control import TreatmentsControl
from app.screens.treatments.form_values import FormKind, Wish
from tests.builders import replace
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets.theme import apply_theme


@pytest.fixture
def large_text(qapp: QApplication, rooms: RoomBench) -> Iterator[RoomBench]:
    """Return a desk with text at 150 %; afterwards it is as usual."""
    apply_theme(qapp, load_palette("light"), 150)
    yield rooms
    apply_theme(qapp, load_palette("light"))


def _too_wide(page: QWidget) -> list[tuple[int, int]]:
    """Return the needed and the actual width of each area that cuts something off."""
    areas = [one for one in page.findChildren(QScrollArea) if one.isVisible()]
    assert areas
    found = []
    for area in areas:
        content = area.widget()
        assert content is not None
        needed, room = content.minimumSizeHint().width(), area.viewport().width()
        if needed > room:
            found.append((needed, room))
    return found


def test_large_text_fits_the_smallest_screen(large_text: RoomBench) -> None:
    """Cards, forms, and the table with a row of each kind, at 1024x768."""
    patient = large_text.patient()
    treatment = large_text.treated(patient, "mycophenolate")
    for dose, day in (("1250", 6), ("0", 20)):
        facts = DoseFacts(
            start=PartialDate(2026, 1, day),
            dose=Decimal(dose),
            unit="mg/m2",
            frequency="three_times_daily",
            per="day",
        )
        large_text.store.treatments.add_dose(treatment.id, facts)
    look = FindingFacts(
        date=PartialDate(2026, 1, 6),
        kind="tumour",
        name="MRI of the whole body",
        result="uncertain",
    )
    large_text.store.findings.add(patient.id, look)
    pressure = MeasureFacts(
        date=PartialDate(2026, 1, 6), kind="bp_diastolic", value=Decimal(62), note="lying " * 20
    )
    large_text.store.measures.add(patient.id, pressure)
    monthly = DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    lately = replace(monthly, start=PartialDate(2026, 1, 26), frequency="once", brand="Long name")
    infused = large_text.treated(patient)
    for facts in (monthly, lately):
        large_text.store.treatments.add_dose(infused.id, facts)
    room = TreatmentsControl(large_text.desk)
    large_text.show(room)
    room.open(TreatmentsPlace(patient.id))
    settle()
    assert _too_wide(room.page) == []
    room.page.show_face(events=True)
    settle()
    assert _too_wide(room.page) == []
    for wish in (
        Wish(FormKind.TREATMENT, code="ivig"),
        Wish(FormKind.STOP, treatment=treatment.id),
        Wish(FormKind.STEPS, treatment=treatment.id),
        Wish(FormKind.CHANGE, treatment=treatment.id),
        Wish(FormKind.EVENT, code="relapse"),
        Wish(FormKind.FINDING, code="tumour"),
        Wish(FormKind.MEASURE, code="blood_b_cells_per_ul"),
        Wish(FormKind.GIVEN, treatment=infused.id),
    ):
        room.page.wished.emit(wish)
        settle()
        assert (wish.kind, _too_wide(room.page)) == (wish.kind, [])
    room.page.close()
    room.page.deleteLater()
