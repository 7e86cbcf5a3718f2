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
    Treatment,
    TreatmentFacts,
)
from app.screens.treatments.form_values import Filled, FormKind, TypedStep, Wish
from app.screens.treatments.form_view import FormView, form_view
from tests.builders import replace
from tests.courses import finding

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
IVIG = Treatment(
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


def test_a_new_treatment_begins_with_what_is_usual_for_its_agent() -> None:
    """Route and frequency stand ready; no amount or unit is suggested."""
    view = _view(Wish(FormKind.TREATMENT, code="prednisolone"))
    assert view.filled == Filled(
        {"agent": "prednisolone", "route": "oral", "weighed_on": "2026-01-28"},
        (TypedStep(frequency="daily", is_blank=True),),
    )
    assert view.weight == "last weight 12.4 kg, 3 Dec 2025"
    bare = _view(Wish(FormKind.TREATMENT)).filled
    assert (bare.fields["agent"], bare.fields["route"], bare.steps) == (
        "", "", (TypedStep(is_blank=True),),
    )  # fmt: skip


def test_the_next_step_goes_on_after_the_last() -> None:
    """What is stored stands above; the rhythm goes on, the unit is chosen."""
    view = _view(Wish(FormKind.STEPS, treatment="t1"))
    assert view.heading == "Intravenous immunoglobulin (IVIg): next steps"
    assert view.filled.steps == (TypedStep(start="11 Jan 2025", frequency="daily", is_blank=True),)
    assert [line.dose for line in view.lines] == ["0.4 g/kg"]
    assert view.above is not None
    assert view.above.id == "d1"


def test_the_first_step_begins_with_its_treatment() -> None:
    """Its start is that of the treatment, its rhythm that of the agent."""
    bare = replace(IVIG, agent="prednisolone", doses=())
    view = _view(Wish(FormKind.STEPS, treatment="t1"), replace(RECORD, treatments=(bare,)))
    assert view.filled.steps == (TypedStep(start="6 Jan 2025", frequency="daily", is_blank=True),)
    assert (view.lines, view.above) == ((), None)


def test_a_treatment_is_changed_from_what_is_stored() -> None:
    """Nothing has to be typed again, neither facts nor table."""
    view = _view(Wish(FormKind.CHANGE, treatment="t1"))
    assert view.filled.fields == {
        "treatment_id": "A",
        "agent": "ivig",
        "start": "2025-01-06",
        "stop": "",
        "route": "intravenous",
        "note": "",
        "stop_reason": "",
    }
    assert view.filled.steps == (
        TypedStep(
            id="d1",
            start="6 Jan 2025",
            stop="10 Jan 2025",
            dose="0.4",
            unit="g/kg",
            frequency="daily",
            note="by pump",
        ),
    )
    assert view.can_remove


def test_a_stop_begins_today_or_where_it_stood() -> None:
    """The usual day is that of the visit."""
    assert _view(Wish(FormKind.STOP, treatment="t1")).filled == Filled(
        {"stop": "2026-01-28", "stop_reason": ""}
    )
    stopped = replace(
        RECORD, treatments=(replace(IVIG, stop=PartialDate(2025, 3), stop_reason="supply"),)
    )
    view = _view(Wish(FormKind.STOP, treatment="t1"), stopped)
    assert view.filled == Filled({"stop": "2025-03", "stop_reason": "supply"})


def test_a_finding_begins_today_or_as_it_stands() -> None:
    """Of a new one the kind is chosen; a stored number stands as it is typed."""
    new = _view(Wish(FormKind.FINDING, code="tumour"))
    assert (new.heading, new.can_remove) == ("New finding", False)
    assert new.filled == Filled({"kind": "tumour", "date": "2026-01-28"})
    look = finding("csf", "2025-05", "cells", value="0", unit="per µl", next_date="2026-05")
    known = replace(RECORD, findings=(look,))
    view = _view(Wish(FormKind.FINDING, finding=look.id), known)
    assert (view.heading, view.can_remove) == ("Change finding", True)
    assert view.filled == Filled(
        {
            "date": "2025-05", "kind": "csf", "name": "cells", "result": "", "value": "0",
            "unit": "per µl", "next_date": "2026-05", "note": "",
        }
    )  # fmt: skip


def test_a_new_event_begins_today() -> None:
    """The usual day of an event is that of the visit."""
    view = _view(Wish(FormKind.EVENT, code="relapse"))
    assert view.filled == Filled({"kind": "relapse", "date": "2026-01-28", "note": ""})
    assert not view.can_remove


def test_an_event_is_changed_from_what_is_stored() -> None:
    """Its day and note stand ready."""
    view = _view(Wish(FormKind.EVENT, event="e1"))
    assert view.filled.fields == {
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
        Wish(FormKind.CHANGE, treatment="gone"),
        Wish(FormKind.STEPS, treatment="gone"),
        Wish(FormKind.STOP, treatment="gone"),
        Wish(FormKind.FINDING, finding="gone"),
        Wish(FormKind.EVENT, event="gone"),
    ],
)
def test_what_is_gone_is_told(wish: Wish) -> None:
    """No form opens on something that was removed."""
    with pytest.raises(UserError) as caught:
        _view(wish)
    assert SAY.error(caught.value) == "This is not in the record any more."


def _weights(*values: tuple[str, int]) -> tuple[Measure, ...]:
    return tuple(
        Measure(
            f"w{month}", "p", None,
            MeasureFacts(
                date=PartialDate(2025, month), kind="weight_kg", value=Decimal(value), note="n"
            ),
        )
        for value, month in values
    )  # fmt: skip


def test_a_measure_begins_with_its_kind_and_today() -> None:
    """What was measured before stands ready for each kind, the newest three."""
    weights = _weights(("11", 1), ("12", 2), ("12.5", 3), ("13", 4))
    record = PatientRecord(Patient("p", PatientFacts("1")), (), (), (), weights, ())
    view = form_view(Wish(FormKind.MEASURE, code="igg_g_l"), record, SAY, TODAY)
    assert view.heading == "New measure"
    assert view.filled == Filled({"kind": "igg_g_l", "date": "2026-01-28"})
    assert not view.can_remove
    assert view.measured == {
        "weight_kg": "Before: 13 in Apr 2025 · 12.5 in Mar 2025 · 12 in Feb 2025"
    }


def test_a_measure_that_is_changed_stands_in_its_form() -> None:
    """And not among what was measured before; one that is gone says so."""
    weights = _weights(("11", 1), ("12.5", 2))
    record = PatientRecord(Patient("p", PatientFacts("1")), (), (), (), weights, ())
    view = form_view(Wish(FormKind.MEASURE, measure="w2"), record, SAY, TODAY)
    assert view.filled.fields == {
        "kind": "weight_kg", "date": "2025-02", "value": "12.5", "note": "n",
    }  # fmt: skip
    assert view.can_remove
    assert view.measured == {"weight_kg": "Before: 11 in Jan 2025"}
    with pytest.raises(UserError, match="not in the record any more"):
        form_view(Wish(FormKind.MEASURE, measure="gone"), record, SAY, TODAY)
