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
from app.screens.treatments.form_values import (
    FormKind,
    Submission,
    Typed,
    Weighing,
    Wish,
)
from app.screens.treatments.form_view import FormView, doubts_of, form_view
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
    """One tap on a preset fills the agent and its usual route, and nothing else."""
    view = _view(Wish(FormKind.TREATMENT, code="rituximab"))
    assert view.heading == "New treatment"
    assert view.typed == {"agent": "rituximab", "route": "intravenous"}
    assert _view(Wish(FormKind.TREATMENT)).typed == {"agent": "", "route": ""}
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
    """Its start is that of the treatment; no amount or unit is suggested."""
    assert _next_dose() == {"start": "2025-01-06", "frequency": "", "weighed_on": "2026-01-28"}


def test_the_first_dose_has_the_usual_rhythm_of_its_agent() -> None:
    """Where the list of agents knows one; the unit is chosen all the same."""
    given = replace(IVIG, agent="prednisolone", doses=())
    record = replace(RECORD, treatments=(given,))
    view = _view(Wish(FormKind.DOSE, treatment="t1"), record)
    assert (view.typed["frequency"], "unit" in view.typed) == ("daily", False)


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
    """The rhythm goes on, the unit is chosen; a day after that is not known is left empty."""
    unknown = replace(FIRST, id="d0", start=None, unit="mg")
    assert _next_dose(replace(FIRST, stop=stop), unknown) == {
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


def _doubts(dose: str, unit: str, wish: Wish | None = None, weight: str = "") -> tuple[str, ...]:
    weighing = Weighing(Decimal(weight), PartialDate(2026, 1, 28)) if weight else None
    submission = Submission({"dose": Decimal(dose), "unit": unit}, weighing)
    return doubts_of(wish or Wish(FormKind.DOSE, treatment="t1"), submission, RECORD, SAY)


@pytest.mark.parametrize(
    ("dose", "unit", "doubts"),
    [
        ("0.4", "g/kg", ()),
        ("0", "g/kg", ()),
        ("40", "g/kg",
         ("40 g/kg is outside the usual typing limits of Intravenous immunoglobulin (IVIg).",)),
        ("0.4", "mg/kg",
         ("0.4 mg/kg is outside the usual typing limits of Intravenous immunoglobulin (IVIg).",)),
        ("40", "other", ()),
    ],
)  # fmt: skip
def test_an_unusual_dose_is_asked_back(dose: str, unit: str, doubts: tuple[str, ...]) -> None:
    """A slip of the keys, or a unit the agent is not given in; 0 and “other” are not."""
    assert _doubts(dose, unit) == doubts


def test_a_dose_that_stood_there_is_not_asked_back_again() -> None:
    """Somebody called it right when it was stored; a new number is asked back."""
    unusual = replace(FIRST, dose=Decimal(40))
    record = replace(RECORD, treatments=(replace(IVIG, doses=(unusual,)),))
    wish = Wish(FormKind.DOSE, treatment="t1", dose="d1")
    same, other = ({"dose": Decimal(dose), "unit": "g/kg"} for dose in (40, 41))
    assert doubts_of(wish, Submission(same), record, SAY) == ()
    assert len(doubts_of(wish, Submission(other), record, SAY)) == 1


def test_an_unusual_weight_is_asked_back() -> None:
    """Beside an unusual dose both are told."""
    said = "Weight (kg): 1240 is outside the usual typing limits."
    assert _doubts("0.4", "g/kg", weight="1240") == (said,)
    assert len(_doubts("40", "g/kg", weight="1240")) == 2
    assert _doubts("0.4", "g/kg", weight="12.4") == ()
