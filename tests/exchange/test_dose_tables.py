"""Doses in tables: they lie inside their treatment, and doubles are told."""

import pytest

from tests.exchange.tabledesk import Desk

PATIENTS = "patient_id\nP1\n"
TREATMENTS = (
    "patient_id,treatment_id,agent,start,stop\nP1,T1,prednisolone,2024-01-01,2024-03-01\n"
    "P1,T2,ivig,,\n"
)
DOSES = "patient_id,treatment_id,start,stop,dose,unit,frequency\n"
BEYOND = (
    "P1,T1,2024-01-01,2024-03-31,20,mg,daily\nP1,T1,2024-04-01,2024-06-30,10,mg,daily\n"
    "P1,T1,2023-12,,5,mg,daily\n"
)
PROBLEMS = (
    "doses.csv:2: stop: 2024-03-31 is after the treatment ends, 2024-03-01.",
    "doses.csv:3: start: 2024-04-01 is after the treatment ends, 2024-03-01.",
    "doses.csv:3: stop: 2024-06-30 is after the treatment ends, 2024-03-01.",
    "doses.csv:4: start: 2023-12 is before the treatment begins, 2024-01-01.",
)


def test_a_dose_outside_its_treatment_is_a_problem_of_its_row(desk: Desk) -> None:
    """Whether the treatment stands in the same folder or in the records."""
    assert (
        desk.problems(patients=PATIENTS, treatments=TREATMENTS, doses=DOSES + BEYOND) == PROBLEMS
    )
    desk.read(patients=PATIENTS, treatments=TREATMENTS)
    assert desk.problems(patients=PATIENTS, doses=DOSES + BEYOND) == PROBLEMS


@pytest.mark.parametrize(
    "row",
    [
        "P1,T1,2024-01-01,2024-03-01,20,mg,daily",
        "P1,T1,2024-03,2024,20,mg,daily",
        "P1,T1,,,20,mg,daily",
        "P1,T2,1999-01-01,2026,20,mg,daily",
    ],
)
def test_a_dose_that_may_lie_inside_is_read(desk: Desk, row: str) -> None:
    """As far as both are known; a short date may be any day of its period."""
    counts = desk.read(patients=PATIENTS, treatments=TREATMENTS, doses=f"{DOSES}{row}\n")
    assert counts.new["doses.csv"] == 1


def test_a_double_in_a_file_is_told_and_a_stored_one_is_passed_over(desk: Desk) -> None:
    """So what an export wrote can be read again."""
    row = "P1,T1,2024-01-01,,20,mg,daily\n"
    assert desk.problems(patients=PATIENTS, treatments=TREATMENTS, doses=DOSES + row * 2) == (
        "doses.csv:3: patient_id: This row has the same key as line 2.",
    )
    desk.read(patients=PATIENTS, treatments=TREATMENTS, doses=DOSES + row)
    assert desk.read(patients=PATIENTS, doses=DOSES + row).new["doses.csv"] == 0


def test_what_is_told_of_a_given_dose_goes_out_and_comes_back(desk: Desk) -> None:
    """Brand, batch, reaction and that it was planned stand in the last columns."""
    head = "patient_id,treatment_id,start,dose,unit,frequency,brand,batch,reaction,given\n"
    row = "P1,T2,2024-01-05,1,g/kg,once,Privigen,0471,headache,as_planned\n"
    desk.read(patients=PATIENTS, treatments=TREATMENTS, doses=head + row)
    _, written = desk.export()["doses.csv"].decode().splitlines()
    assert written.endswith(",Privigen,0471,headache,as_planned")
    assert desk.read(patients=PATIENTS, doses=head + row).new["doses.csv"] == 0
    wrong = row.replace("as_planned", "perhaps")
    (problem,) = desk.problems(patients=PATIENTS, treatments=TREATMENTS, doses=head + wrong)
    assert problem.startswith("doses.csv:2: given: ")
