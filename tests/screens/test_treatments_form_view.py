"""What each form of the treatments screen begins with."""

from datetime import date
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.errors import UserError
from app.language import words
from app.records.model import (
    DoseFacts,
    DoseStep,
    Event,
    EventFacts,
    Measure,
    MeasureFacts,
    Patient,
    PatientFacts,
    PatientRecord,
    TreatmentFacts,
)
from app.records.model import Treatment as Given
from app.screens.treatments.drafts import (
    FormKind,
    Typed,
    Wish,
)
from app.screens.treatments.form_view import FormView, form_view
from tests.builders import replace

SAY = words()
TODAY = date(2026, 1, 28)
FIRST = DoseStep(
    "d1",
    DoseFacts(
        start=PartialDate(2025, 1, 6),
        stop=PartialDate(2025, 1, 10),
        dose=Decimal("0.40"),
        unit="g/kg",
        frequency="daily",
        note="by pump",
    ),
)
IVIG = Given(
    "t1",
    "p",
    TreatmentFacts(
        treatment_id="A", agent="ivig", start=PartialDate(2025, 1, 6), route="intravenous"
    ),
    (FIRST,),
)
FEVER = Event("e1", "p", EventFacts(date=PartialDate(2025, 6, 14), kind="fever", note="39.4 °C"))
WEIGHT = Measure(
    "m1",
    "p",
    None,
    MeasureFacts(date=PartialDate(2025, 12, 3), kind="weight_kg", value=Decimal("12.4")),
)
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
    assert view.typed == {"agent": "rituximab"}
    assert not view.can_remove


def test_a_treatment_is_changed_from_what_is_stored() -> None:
    """Nothing has to be typed again."""
    view = _view(Wish(FormKind.TREATMENT, treatment="t1"))
    assert view.typed == {
        "treatment_id": "A",
        "agent": "ivig",
        "start": "2025-01-06",
        "stop": "",
        "route": "intravenous",
        "note": "",
    }
    assert view.can_remove


def test_a_dose_is_changed_from_what_is_stored() -> None:
    """Today stands ready as the day of a weighing; the last weight is told."""
    view = _view(Wish(FormKind.DOSE, treatment="t1", dose="d1"))
    assert view.heading == "Change a dose of Intravenous immunoglobulin (IVIg)"
    assert view.typed == {
        "dose": "0.4",
        "unit": "g/kg",
        "frequency": "daily",
        "start": "2025-01-06",
        "stop": "2025-01-10",
        "note": "by pump",
        "per": "",
        "together": "",
        "weighed_on": "2026-01-28",
    }
    assert view.weight == "Last weight: 12.4 kg on 3 Dec 2025"
    assert view.can_remove


def test_the_first_dose_begins_with_the_treatment() -> None:
    """Its start is that of the treatment; no amount is suggested."""
    assert _next_dose() == {"start": "2025-01-06", "weighed_on": "2026-01-28"}


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
    assert _next_dose(replace(FIRST, stop=stop), unknown) == {
        "unit": "g/kg",
        "frequency": "daily",
        "start": start,
        "weighed_on": "2026-01-28",
    }


def test_a_new_event_begins_today() -> None:
    """The usual day of an event is that of the visit."""
    view = _view(Wish(FormKind.EVENT, code="relapse"))
    assert view.typed == {"kind": "relapse", "date": "2026-01-28"}
    assert not view.can_remove


def test_an_event_is_changed_from_what_is_stored() -> None:
    """Its day and note stand ready."""
    view = _view(Wish(FormKind.EVENT, event="e1"))
    assert view.typed == {
        "date": "2025-06-14",
        "stop": "",
        "kind": "fever",
        "author": "",
        "note": "39.4 °C",
    }
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
