"""What the treatments screen says of a dose that is given, made from frozen values alone."""

from datetime import date

import pytest

from app.errors import UserError
from app.language import words
from app.records.actions import Action
from app.records.model import PatientRecord, Treatment
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.form_view import form_view
from app.screens.treatments.giving_view import GivingLine, giving_line
from app.screens.treatments.view import TreatmentsView, treatments_view
from tests.builders import replace
from tests.courses import record, step, treatment, when

SAY = words()
TODAY = date(2026, 1, 28)
MONTHLY = step("1", "g/kg", "monthly", "2025-01-01")
PLANNED = step("1", "g/kg", "once", "2026-01-30")
GIVEN = replace(
    step("1", "g/kg", "once", "2026-01-24"),
    id="g", brand="Privigen", batch="4711", reaction="head\nache", given="as_planned",
)  # fmt: skip


def _ivig(*doses: object) -> Treatment:
    return treatment("t", "ivig", "2025-01-01", "", *doses)  # type: ignore[arg-type] # steps


def _cards(made: PatientRecord, **changes: object) -> list[GivingLine | None]:
    view: TreatmentsView = treatments_view(made, SAY, TODAY, **changes)  # type: ignore[arg-type]
    return [card.giving for card in (*view.running, *view.planned, *view.stopped)]


def test_what_is_planned_is_said_before_it_is_recorded() -> None:
    """A single dose with its day; of a rhythm which dose one tap records."""
    assert giving_line(_ivig(PLANNED), SAY, TODAY) == GivingLine(
        planned="Planned for 30 Jan 2026: 1 g/kg once"
    )
    rhythm = giving_line(_ivig(MONTHLY, GIVEN), SAY, TODAY)
    assert rhythm == GivingLine(
        planned=(
            "Planned: 1 g/kg monthly. This records one dose of 1 g/kg, today; "
            "the plan stays as it is."
        ),
        dose="g",
        last="1 g/kg once, 24 Jan 2026",
    )


def test_a_dose_that_is_due_today_stands_once() -> None:
    """Not again as the last one."""
    line = giving_line(_ivig(replace(PLANNED, start=when("2026-01-28"))), SAY, TODAY)
    assert line == GivingLine(planned="Planned for 28 Jan 2026: 1 g/kg once")
    assert giving_line(_ivig(), SAY, TODAY) is None


def test_a_card_tells_what_is_known_of_a_dose() -> None:
    """In the table, and on the line where one dose is the whole treatment."""
    told = "given as planned · brand Privigen · batch 4711 · reaction: head ache"
    view = treatments_view(record(treatments=[_ivig(MONTHLY, GIVEN)]), SAY, TODAY)
    assert view.running[0].steps[1].often == f"once · {told}"
    single = treatment("t", "ivig", "2026-01-24", "2026-01-24", GIVEN)
    view = treatments_view(record(treatments=[single]), SAY, TODAY)
    assert f"1 g/kg once · {told}" in view.stopped[0].facts


def test_a_dose_can_be_given_by_whoever_may_today_to_a_patient_who_lives() -> None:
    """Everywhere else nothing of it is offered."""
    made = record(treatments=[_ivig(MONTHLY)])
    assert None not in _cards(made)
    assert _cards(made, is_today=False) == [None]
    assert _cards(made, may=lambda action: action is not Action.GIVE_DOSE) == [None]
    marked = replace(made, patient=replace(made.patient, error_reason="twice"))
    assert _cards(marked) == [None]
    dead = replace(made.patient, status="died", status_date=when("2026-01-20"))
    assert _cards(replace(made, patient=dead)) == [None]


def test_a_treatment_that_has_ended_offers_nothing() -> None:
    """Of its last doses more can be told by Change alone."""
    ended = treatment("t", "ivig", "2025-01-01", "2026-01-25", GIVEN)
    assert _cards(record(treatments=[ended])) == [None]


@pytest.mark.parametrize(
    ("dose", "heading", "told", "brand"),
    [
        ("", "Intravenous immunoglobulin (IVIg): given today as planned", "Planned: 1 g/kg", ""),
        ("g", "Intravenous immunoglobulin (IVIg): dose given", "1 g/kg once, 24 Jan", "Privigen"),
    ],
)
def test_the_form_says_which_dose_it_is_about(
    dose: str, heading: str, told: str, brand: str
) -> None:
    """The one that is due, or one that was given with what is known of it."""
    made = record(treatments=[_ivig(MONTHLY, GIVEN)])
    view = form_view(Wish(FormKind.GIVEN, treatment="#t", dose=dose), made, SAY, TODAY)
    assert view.heading == heading
    assert view.told.startswith(told)
    assert view.filled.fields["brand"] == brand


def test_a_dose_that_is_gone_or_due_no_more_is_said() -> None:
    """Its form does not open."""
    made = record(treatments=[_ivig(GIVEN)])
    with pytest.raises(UserError, match="not in the record any more"):
        form_view(Wish(FormKind.GIVEN, treatment="#t", dose="gone"), made, SAY, TODAY)
    with pytest.raises(UserError, match="No dose of this treatment is due"):
        form_view(Wish(FormKind.GIVEN, treatment="#t"), made, SAY, TODAY)


def test_on_an_earlier_day_a_given_dose_is_planned() -> None:
    """Nothing is known of it then."""
    made = record(treatments=[_ivig(MONTHLY, GIVEN)])
    (card,) = treatments_view(made, SAY, date(2026, 1, 20), is_today=False).running
    assert (card.steps[1].mark, card.steps[1].often) == ("planned", "once")
