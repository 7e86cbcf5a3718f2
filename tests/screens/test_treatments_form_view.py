"""What each form of the treatments screen begins with."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.errors import UserError
from app.language import words
from app.records.model import DoseStep, Event, Measure, Patient, PatientFacts, PatientRecord
from app.records.model import Treatment as Given
from app.screens.treatments.drafts import (
    FormKind,
    Typed,
    TypedDose,
    TypedEvent,
    TypedTreatment,
    Wish,
)
from app.screens.treatments.form_view import FormView, form_view

SAY = words()
TODAY = date(2026, 1, 28)
FIRST = DoseStep("d1", PartialDate(2025, 1, 6), PartialDate(2025, 1, 10), Decimal("0.40"), "g/kg",
                 "daily", "by pump")  # fmt: skip
IVIG = Given("t1", "A", "p", "ivig", PartialDate(2025, 1, 6), None, "intravenous", "", (FIRST,))
FEVER = Event("e1", "p", PartialDate(2025, 6, 14), None, "fever", "", "39.4 °C")
WEIGHT = Measure("m1", "p", None, PartialDate(2025, 12, 3), "weight_kg", Decimal("12.4"))
RECORD = PatientRecord(Patient("p", PatientFacts("40-1187")), (), (IVIG,), (FEVER,), (WEIGHT,), ())


def _view(wish: Wish, record: PatientRecord = RECORD) -> FormView:
    return form_view(wish, record, SAY, TODAY)


def _next_dose(*doses: DoseStep) -> Typed:
    record = replace(RECORD, treatments=(replace(IVIG, doses=doses),))
    return _view(Wish(FormKind.DOSE, treatment="t1"), record).typed


def test_a_new_treatment_begins_with_its_agent() -> None:
    """One tap on a preset fills the agent and nothing else."""
    view = _view(Wish(FormKind.TREATMENT, code="rituximab"))
    assert view.heading == "New treatment"
    assert view.typed == TypedTreatment(agent="rituximab")
    assert not view.can_remove


def test_a_treatment_is_changed_from_what_is_stored() -> None:
    """Nothing has to be typed again."""
    view = _view(Wish(FormKind.TREATMENT, treatment="t1"))
    assert view.typed == TypedTreatment("ivig", "2025-01-06", "", "intravenous", "")
    assert view.can_remove


def test_a_dose_is_changed_from_what_is_stored() -> None:
    """Today stands ready as the day of a weighing; the last weight is told."""
    view = _view(Wish(FormKind.DOSE, treatment="t1", dose="d1"))
    assert view.heading == "Change a dose of Intravenous immunoglobulin (IVIg)"
    assert view.typed == TypedDose(
        "0.4", "g/kg", "daily", "2025-01-06", "2025-01-10", "by pump", "", "2026-01-28"
    )
    assert view.weight == "Last weight: 12.4 kg on 3 Dec 2025"
    assert view.can_remove


def test_the_first_dose_begins_with_the_treatment() -> None:
    """Its start is that of the treatment; no amount is suggested."""
    assert _next_dose() == TypedDose(start="2025-01-06", weighed_on="2026-01-28")


@pytest.mark.parametrize(
    ("stop", "start"),
    [
        (PartialDate(2025, 1, 31), "2025-02-01"),
        (PartialDate(2025, 1), ""),
        (None, ""),
        (PartialDate(9999, 12, 31), ""),
    ],
)
def test_the_next_dose_begins_the_day_after(stop: PartialDate | None, start: str) -> None:
    """Unit and rhythm go on; where the day after is not known, it is left empty."""
    unknown = replace(FIRST, id="d0", start=None, unit="mg")
    assert _next_dose(replace(FIRST, stop=stop), unknown) == TypedDose(
        unit="g/kg", frequency="daily", start=start, weighed_on="2026-01-28"
    )


def test_a_new_event_begins_today() -> None:
    """The usual day of an event is that of the visit."""
    view = _view(Wish(FormKind.EVENT, code="relapse"))
    assert view.typed == TypedEvent("relapse", "2026-01-28", "", "")
    assert not view.can_remove


def test_an_event_is_changed_from_what_is_stored() -> None:
    """Its day and note stand ready."""
    view = _view(Wish(FormKind.EVENT, event="e1"))
    assert view.typed == TypedEvent("fever", "2025-06-14", "", "39.4 °C")
    assert view.can_remove


@pytest.mark.parametrize(
    "wish",
    [
        Wish(FormKind.TREATMENT, treatment="gone"),
        Wish(FormKind.DOSE, treatment="t1", dose="gone"),
        Wish(FormKind.EVENT, event="gone"),
    ],
)
def test_what_is_gone_is_told(wish: Wish) -> None:
    """No form opens on something that was removed."""
    with pytest.raises(UserError) as caught:
        _view(wish)
    assert SAY.error(caught.value) == "This is not in the record any more."
