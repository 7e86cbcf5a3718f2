"""Every kind of problem, told by file, line and column; nothing is stored."""

from pathlib import Path

import pytest

from app.errors import Problems, UserError
from app.exchange.importing import import_from
from tests.exchange.tabledesk import Desk

P = "patient_id\nP1\n"
VISIT = "patient_id,visit_id,date\n"
V = VISIT + "P1,V1,2026-01-05\n"
ANSWER = "patient_id,visit_id,scale,item,side,value,reason\n"
TOTAL = "patient_id,visit_id,scale,total\n"
TREATMENT = "patient_id,treatment_id,agent,start,stop,note\n"
T = TREATMENT + "P1,T1,ivig,,,\n"
DOSE = "patient_id,treatment_id,start,stop,dose,unit,frequency,note\n"
EVENT = "patient_id,date,stop,kind\n"
MEASURE = "patient_id,visit_id,date,kind,value\n"
STOPPED = "patient_id,treatment_id,agent,stop,stop_reason\n"
FINDING = "patient_id,date,kind,name,result,value,unit,next_date\n"
SEQUELA = "patient_id,date,kind,state\n"
EMPTY = "This cell must not be empty."

FILES: list[tuple[dict[str, str | bytes], str]] = [
    ({}, "patients.csv:1: patient_id: The file is missing."),
    ({"patients": ""}, "patients.csv:1: patient_id: The file is empty; it needs a header row."),
    (
        {"patients": b"patient_id\nP1\n\xff\n"},
        "patients.csv:3: patient_id: The file is not text in UTF-8.",
    ),
    (
        {"patients": b"patient_id\nP\0\n"},
        "patients.csv:2: patient_id: The file is not text: it has null bytes.",
    ),
    (
        {"patients": 'patient_id,given_name\nP1,"open\n'},
        (
            "patients.csv:2: patient_id: A quotation mark is not closed, or stands in a cell that"
            " is not quoted."
        ),
    ),
    (
        {"patients": "patient_id,nickname\nP1,x\n"},
        "patients.csv:1: nickname: This column is unknown.",
    ),
    ({"patients": "patient_id,\nP1,x\n"}, "patients.csv:1: (no name): This column is unknown."),
    (
        {"patients": "patient_id,sex,sex\nP1,male,male\n"},
        "patients.csv:1: sex: This column stands here twice.",
    ),
    (
        {"patients": "given_name\nAda\n"},
        "patients.csv:1: patient_id: This required column is missing.",
    ),
    (
        {"patients": "patient_id,sex\nP1\n"},
        "patients.csv:2: sex: The row has 1 cells, the header has 2.",
    ),
    (
        {"patients": "patient_id,sex\nP1,male,x\n"},
        "patients.csv:2: sex: The row has 3 cells, the header has 2.",
    ),
]

CELLS: list[tuple[dict[str, str | bytes], str]] = [
    ({"patients": 'patient_id,sex\n"",male\n'}, f"patients.csv:2: patient_id: {EMPTY}"),
    (
        {"patients": f"patient_id\n{'x' * 65}\n"},
        "patients.csv:2: patient_id: An identifier has 1 to 64 characters.",
    ),
    (
        {"patients": P, "visits": "patient_id,visit_id,date\n,V1,2025\n"},
        f"visits.csv:2: patient_id: {EMPTY}",
    ),
    (
        {"patients": P, "visits": "patient_id,visit_id,date\n P1,V1,2025\n"},
        "visits.csv:2: patient_id: An identifier has no spaces around it.",
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + "P1,V1,sara,-1\n"},
        "totals.csv:2: total: “-1” has a minus sign. Please give a number that is 0 or more.",
    ),
    (
        {"patients": "patient_id\n P1\n"},
        "patients.csv:2: patient_id: An identifier has no spaces around it.",
    ),
    (
        {"patients": "patient_id\nP\t1\n"},
        (
            "patients.csv:2: patient_id: There is a character that cannot be seen: U+0009. Please"
            " leave it out."
        ),
    ),
    (
        {"patients": "patient_id,birth_date\nP1,2025-02-30\n"},
        "patients.csv:2: birth_date: There is no day 2025-02-30 in the calendar.",
    ),
    (
        {"patients": "patient_id,birth_date\nP1,31.1.2025\n"},
        (
            "patients.csv:2: birth_date: “31.1.2025” is not a date. Write 2025-01-31, 2025-01 or"
            " 2025."
        ),
    ),
    (
        {"patients": "patient_id,birth_date\nP1,2026-06-16\n"},
        "patients.csv:2: birth_date: 2026-06-16 is in the future.",
    ),
    (
        {"patients": "patient_id,sex\nP1,F\n"},
        "patients.csv:2: sex: “F” is not in the list. It has: female, male, other, unknown.",
    ),
    (
        {"patients": "patient_id,course\nP1,long\n"},
        (
            "patients.csv:2: course: “long” is not in the list. It has: monophasic,"
            " chronic_relapsing, undetermined."
        ),
    ),
    (
        {"patients": "patient_id,diagnosis,diagnosis_note\nP1,other, \n"},
        "patients.csv:2: diagnosis_note: “other” needs a note that says what it is.",
    ),
    ({"patients": P, "visits": VISIT + "P1,V1,\n"}, f"visits.csv:2: date: {EMPTY}"),
    (
        {"patients": P, "visits": "patient_id,visit_id,date,time\nP1,V1,2026-01-05,9:30\n"},
        "visits.csv:2: time: “9:30” is not a time. Write it as 09:30.",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,,gait,,1,\n"},
        f"answers.csv:2: scale: {EMPTY}",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,mrs,level,,1,\n"},
        (
            "answers.csv:2: scale: There is no scale “mrs” in this version. There are:"
            " five_feature, oms, oms5, sara, icars."
        ),
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms5,gait,,1,\n"},
        "answers.csv:2: scale: “oms5” takes only a total typed from paper, no answers.",
    ),
    (
        {
            "patients": P,
            "visits": V,
            "answers": "patient_id,visit_id,scale,scale_version,item,value\nP1,V1,oms,9,gait,1\n",
        },
        (
            "answers.csv:2: scale_version: Version “9” of “oms” is not known here;"
            " the known ones are 2, 1."
        ),
    ),
    (
        {
            "patients": P,
            "visits": V,
            "answers": "patient_id,visit_id,scale,scale_version,item,value\n"
            "P1,V1,oms,1,gait,1\nP1,V1,oms,2,mood,1\n",
        },
        (
            "answers.csv:3: scale_version: The answers of a sheet have one version;"
            " another row says 1."
        ),
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,,,1,\n"},
        f"answers.csv:2: item: {EMPTY}",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,hops,,1,\n"},
        (
            "answers.csv:2: item: “oms” has no item “hops”. Its items are stance, gait, arm_hand,"
            " opsoclonus, mood, speech."
        ),
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,right,1,\n"},
        "answers.csv:2: side: “gait” of “oms” has no sides; “right” is one too many.",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,sara,fahm,,1,\n"},
        "answers.csv:2: side: “fahm” of “sara” has two sides: please write right or left.",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,4,\n"},
        "answers.csv:2: value: “4” is not a level of “gait”. Its levels are 0, 1, 2, 3.",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,not_testable,\n"},
        "answers.csv:2: reason: “gait” is not testable: please tell why.",
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,1,tired\n"},
        (
            "answers.csv:2: reason: “gait” has a reason, which belongs only to not_testable and"
            " declined."
        ),
    ),
    (
        {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,,tired\n"},
        (
            "answers.csv:2: reason: “gait” has a reason, which belongs only to not_testable and"
            " declined."
        ),
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + "P1,V1,sara,40.5\n"},
        "totals.csv:2: total: 40.5 is outside the range of “sara”, which is 0 to 40.",
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + "P1,V1,sara,9.25\n"},
        "totals.csv:2: total: 9.25 cannot be a total of “sara”, which moves in steps of 0.5.",
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + 'P1,V1,sara,"9,5"\n'},
        "totals.csv:2: total: “9,5” has a comma. Write a number with a point, like 9 or 9.5.",
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + "P1,V1,bars,9\n"},
        (
            "totals.csv:2: scale: There is no scale “bars” in this version. There are:"
            " five_feature, oms, oms5, sara, icars."
        ),
    ),
    (
        {"patients": P, "visits": V, "totals": TOTAL + "P1,V1,sara,\n"},
        f"totals.csv:2: total: {EMPTY}",
    ),
    (
        {"patients": P, "treatments": TREATMENT + "P1,date,ivig,,,\n"},
        "treatments.csv:2: treatment_id: “date” names an axis and cannot be a treatment id.",
    ),
    (
        {"patients": P, "treatments": TREATMENT + "P1,T1,other,,,\n"},
        "treatments.csv:2: note: “other” needs a note that says what it is.",
    ),
    (
        {"patients": P, "treatments": TREATMENT + "P1,T1,ivig,2026-02-01,2026-01-31,\n"},
        "treatments.csv:2: stop: The stop, 2026-01-31, is before the start, 2026-02-01.",
    ),
    (
        {"patients": P, "treatments": T, "doses": DOSE + "P1,T1,,,1,cups,,\n"},
        (
            "doses.csv:2: unit: “cups” is not in the list. It has: mg, g, micrograms, mg/kg, g/kg,"
            " micrograms/kg, mg/m2, g/m2, units, units/m2, session, other."
        ),
    ),
    (
        {"patients": P, "treatments": T, "doses": DOSE + "P1,T1,,,1,mg,hourly,\n"},
        (
            "doses.csv:2: frequency: “hourly” is not in the list. It has: once, daily,"
            " twice_daily, three_times_daily, alternate_days, weekly, every_2_weeks,"
            " every_3_weeks, every_4_weeks, monthly, other."
        ),
    ),
    (
        {"patients": P, "treatments": T, "doses": DOSE + "P1,T1,,,1,mg,other,\n"},
        "doses.csv:2: note: “other” needs a note that says what it is.",
    ),
    (
        {"patients": P, "treatments": T, "doses": DOSE + "P1,T1,,,-1,mg,,\n"},
        "doses.csv:2: dose: “-1” has a minus sign. Please give a number that is 0 or more.",
    ),
    (
        {"patients": P, "treatments": T, "doses": DOSE + "P1,T1,,,1e3,mg,,\n"},
        "doses.csv:2: dose: “1e3” is not a plain number. Write it like 9 or 9.5.",
    ),
    (
        {"patients": P, "events": EVENT + "P1,2026-02-01,2026-01-01,fever\n"},
        "events.csv:2: stop: The stop, 2026-01-01, is before the start, 2026-02-01.",
    ),
    (
        {"patients": P, "events": EVENT + "P1,2026-02-01,,party\n"},
        (
            "events.csv:2: kind: “party” is not in the list. It has: relapse,"
            " suspected_relapse, dismissed_relapse, remission, infection, fever, surgery, tumour,"
            " vaccination, hospital, other, report,"
            " side_effect."
        ),
    ),
    (
        {"patients": "patient_id,diagnosis_confirmed\nP1,yes\n"},
        "patients.csv:2: diagnosis_confirmed: Nothing is recorded that this could confirm.",
    ),
    (
        {"patients": "patient_id,diagnosis,diagnosis_confirmed\nP1,paca,no\n"},
        "patients.csv:2: diagnosis_confirmed: “no” is not in the list. It has: yes.",
    ),
    (
        {"patients": P, "treatments": STOPPED + "P1,T1,ivig,,no_effect\n"},
        "treatments.csv:2: stop_reason: A reason for stopping needs the day of the stop.",
    ),
    (
        {"patients": P, "treatments": STOPPED + "P1,T1,ivig,2026,tired\n"},
        (
            "treatments.csv:2: stop_reason: “tired” is not in the list. It has: completed,"
            " no_effect, side_effect, family_wish, supply, other."
        ),
    ),
    (
        {"patients": "patient_id,gestation_weeks\nP1,36.5\n"},
        (
            "patients.csv:2: gestation_weeks: Please give completed weeks: a whole number from 20"
            " to 45."
        ),
    ),
    (
        {"patients": "patient_id,gestation_weeks\nP1,36+4\n"},
        ("patients.csv:2: gestation_weeks: “36+4” is not a plain number. Write it like 9 or 9.5."),
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,mood,MRI,negative,,,\n"},
        (
            "findings.csv:2: kind: “mood” is not in the list. It has: antibody, csf, tumour,"
            " imaging, development."
        ),
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,tumour,,negative,,,\n"},
        "findings.csv:2: name: This cell must not be empty.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,tumour, ,negative,,,\n"},
        "findings.csv:2: name: This cell must not be empty.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,tumour,MRI,none,,,\n"},
        (
            "findings.csv:2: result: “none” is not in the list. It has: positive, negative,"
            " uncertain."
        ),
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,tumour,MRI,,,,\n"},
        "findings.csv:2: result: A finding needs a result or a value.",
    ),
    (
        {"patients": P, "findings": "patient_id,date,kind,name\nP1,2026-02-01,tumour,MRI\n"},
        "findings.csv:2: result: A finding needs a result or a value.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,csf,cells,negative,,per µl,\n"},
        "findings.csv:2: unit: A unit needs its value.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,antibody,Hu,,1:320,,\n"},
        "findings.csv:2: value: “1:320” is not a plain number. Write it like 9 or 9.5.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026-02-01,tumour,MRI,negative,,,2026-01\n"},
        "findings.csv:2: next_date: The next look, 2026-01, is before this one, 2026-02-01.",
    ),
    (
        {"patients": P, "measures": MEASURE + "P1,,2026-02-01,weight_kg,٣\n"},
        "measures.csv:2: value: “٣” is not a plain number. Write it like 9 or 9.5.",
    ),
    (
        {"patients": P, "sequelae": SEQUELA + "P1,2026-02-01,motor,maybe\n"},
        "sequelae.csv:2: state: “maybe” is not in the list. It has: yes, no, not_assessed.",
    ),
]

BETWEEN: list[tuple[dict[str, str | bytes], str]] = [
    (
        {"patients": P, "events": "patient_id,date,kind,note\nP1,2026-01-05,report, \n"},
        "events.csv:2: note: “report” needs a note that says what it is.",
    ),
    (
        {"patients": "patient_id,status\nP1,moved\n"},
        (
            "patients.csv:2: status: “moved” is not in the list. It has: active, transferred,"
            " discharged, died."
        ),
    ),
    (
        {"patients": "patient_id,status,status_date\nP1,died,2199\n"},
        "patients.csv:2: status_date: 2199 is in the future.",
    ),
    (
        {"patients": "patient_id,birth_date,status_date\nP1,2020-05,2019\n"},
        "patients.csv:2: status_date: 2019 is before the birth date, 2020-05.",
    ),
    (
        {"patients": "patient_id,next_visit\nP1,2199-01\n"},
        "patients.csv:2: next_visit: 2199-01 is more than two years ahead.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2199-02-01,tumour,MRI,negative,,,\n"},
        "findings.csv:2: date: 2199-02-01 is in the future.",
    ),
    (
        {"patients": P, "findings": FINDING + "P1,2026,tumour,MRI,negative,,,2199\n"},
        "findings.csv:2: next_date: 2199 is more than two years ahead.",
    ),
    (
        {"patients": "patient_id\nP1\nP1\n"},
        "patients.csv:3: patient_id: This row has the same key as line 2.",
    ),
    (
        {"patients": P, "visits": V + "P1,V1,2026-01-06\n"},
        "visits.csv:3: visit_id: This row has the same key as line 2.",
    ),
    (
        {
            "patients": P,
            "visits": V,
            "answers": ANSWER + "P1,V1,oms,gait,,1,\nP1,V1,oms,gait,,2,\n",
        },
        "answers.csv:3: visit_id: This row has the same key as line 2.",
    ),
    (
        {"patients": P, "measures": MEASURE + "P1,,2026,weight_kg,9\nP1,,2026,weight_kg,9.0\n"},
        "measures.csv:3: patient_id: This row has the same key as line 2.",
    ),
    (
        {"patients": P, "visits": VISIT + "P2,V1,2026-01-05\n"},
        "visits.csv:2: patient_id: There is no patient “P2” in patients.csv or in the records.",
    ),
    (
        {"patients": P, "answers": ANSWER + "P1,V1,oms,gait,,1,\n"},
        "answers.csv:2: visit_id: There is no visit “V1” in visits.csv or in the records.",
    ),
    (
        {"patients": P + "P2\n", "visits": V, "totals": TOTAL + "P2,V1,sara,9\n"},
        "totals.csv:2: visit_id: Visit “V1” is another patient's.",
    ),
    (
        {"patients": P + "P2\n", "visits": V, "measures": MEASURE + "P2,V1,2026,weight_kg,9\n"},
        "measures.csv:2: visit_id: Visit “V1” is another patient's.",
    ),
    (
        {"patients": P, "doses": DOSE + "P1,T1,,,1,mg,,\n"},
        (
            "doses.csv:2: treatment_id: There is no treatment “T1” in treatments.csv or in the"
            " records."
        ),
    ),
    (
        {"patients": P + "P2\n", "treatments": T, "doses": DOSE + "P2,T1,,,1,mg,,\n"},
        "doses.csv:2: treatment_id: Treatment “T1” is another patient's.",
    ),
    (
        {"patients": P, "visits": VISIT + "P1,V1,2026-06-16\n"},
        "visits.csv:2: date: 2026-06-16 is in the future.",
    ),
    (
        {"patients": P, "events": EVENT + "P1,2026-07,,fever\n"},
        "events.csv:2: date: 2026-07 is in the future.",
    ),
    (
        {
            "patients": "patient_id,birth_date\nP1,2020-05-05\n",
            "measures": MEASURE + "P1,,2020-05-04,weight_kg,3\n",
        },
        "measures.csv:2: date: 2020-05-04 is before the birth date, 2020-05-05.",
    ),
    (
        {
            "patients": P,
            "visits": V,
            "answers": ANSWER + "P1,V1,icars,walking,,5,\nP1,V1,icars,gait_speed,,2,\n",
        },
        (
            "answers.csv:3: value: Walking 4 or more means gait speed 4. Please correct one of the"
            " two."
        ),
    ),
    (
        {
            "patients": P,
            "visits": V,
            "answers": ANSWER + "P1,V1,oms,gait,,1,\n",
            "totals": TOTAL + "P1,V1,oms,1\n",
        },
        (
            "totals.csv:2: total: A typed total needs either no answer row of its scale or one for"
            " each item."
        ),
    ),
]


@pytest.mark.parametrize(("tables", "line"), [*FILES, *CELLS, *BETWEEN])
def test_a_problem_is_one_line(idle_desk: Desk, tables: dict[str, str | bytes], line: str) -> None:
    """File, line where the record starts, column, reason; and nothing is stored."""
    assert idle_desk.problems(**tables) == (line,)


def test_every_problem_is_told_at_once(idle_desk: Desk) -> None:
    """Files in their published order, then lines; several columns of one row too."""
    lines = idle_desk.problems(
        events=EVENT + "P1,,,fever\n",
        patients="patient_id,birth_date,sex\nP1,2025-13,m\nP2,,female\n",
        visits=VISIT + "P1,V1,2026-01-05\nP2,V2,2026-14\nP2,V3,\n",
    )
    assert [line.split(": ")[:2] for line in lines] == [
        ["patients.csv:2", "birth_date"],
        ["patients.csv:2", "sex"],
        ["visits.csv:3", "date"],
        ["visits.csv:4", "date"],
        ["events.csv:2", "date"],
    ]


def test_the_line_is_where_the_record_starts(idle_desk: Desk) -> None:
    """A note of three lines does not shift what is told about the next row."""
    visits = 'patient_id,visit_id,date,note\nP1,V1,2026-01-05,"one\r\ntwo\n"\nP1,V2,2026-99,\n'
    assert idle_desk.problems(patients=P, visits=visits) == (
        "visits.csv:5: date: There is no day 2026-99 in the calendar.",
    )


def test_a_reason_stays_on_one_line(idle_desk: Desk) -> None:
    """A cell with breaks or of great length is quoted so that one problem is one line."""
    scale = '"fe\nmale' + "x" * 300 + '"'
    totals = f"patient_id,visit_id,date,{scale}\n"
    (line,) = idle_desk.problems(patients=P, visits=totals)
    assert "fe\\nmalexxx" in line
    assert len(line) < 400


def test_a_broken_row_still_names_its_patient(idle_desk: Desk) -> None:
    """One mistake is one problem: rows that hang on a broken row are not blamed."""
    lines = idle_desk.problems(
        patients="patient_id,sex\nP1,x\n",
        visits=VISIT + "P1,V1,2026-99\n",
        answers=ANSWER + "P1,V1,oms,gait,,1,\n",
        treatments=TREATMENT + "P1,T1,magic,,,\n",
        doses=DOSE + "P1,T1,,,1,mg,,\n",
    )
    assert [line.split(":")[0] for line in lines] == [
        "patients.csv",
        "visits.csv",
        "treatments.csv",
    ]


def test_a_broken_file_is_not_blamed_on_others(idle_desk: Desk) -> None:
    """Where a file cannot be told, nothing is called missing from it; its cells are still read."""
    lines = idle_desk.problems(
        patients="given_name,sex\nAda,x\n",
        visits=b"\xff",
        answers=ANSWER + "P1,V1,oms,gait,,1,\n",
    )
    assert [line.split(": ")[:2] for line in lines] == [
        ["patients.csv:1", "patient_id"],
        ["patients.csv:2", "sex"],
        ["visits.csv:1", "patient_id"],
    ]


def test_totals_that_the_answers_do_not_make_are_refused(idle_desk: Desk) -> None:
    """Rows for all items must score what was typed."""
    items = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")
    rows = "".join(f"P1,V1,five_feature,{item},,1,\n" for item in items)
    lines = idle_desk.problems(
        patients=P, visits=V, answers=ANSWER + rows, totals=TOTAL + "P1,V1,five_feature,6\n"
    )
    assert lines == ("totals.csv:2: total: The answers make 5, not 6.",)


def test_totals_beside_answers_without_a_total_are_refused(idle_desk: Desk) -> None:
    """A sheet with an open key makes no total, whatever the paper says."""
    items = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")
    rows = "".join(f"P1,V1,five_feature,{item},,,\n" for item in items)
    lines = idle_desk.problems(
        patients=P, visits=V, answers=ANSWER + rows, totals=TOTAL + "P1,V1,five_feature,0\n"
    )
    assert lines == ("totals.csv:2: total: The answers make no total, not 0.",)


def test_a_sheet_that_breaks_a_rule_makes_no_second_complaint(idle_desk: Desk) -> None:
    """The typed total beside a refused sheet is not weighed."""
    keys = idle_desk.catalogue.find("icars").keys
    cells = [f"P1,V1,icars,{key.item},{key.side or ''},0,\n" for key in keys]
    cells[0] = "P1,V1,icars,walking,,5,\n"
    lines = idle_desk.problems(
        patients=P, visits=V, answers=ANSWER + "".join(cells), totals=TOTAL + "P1,V1,icars,5\n"
    )
    assert [line.split(":")[:2] for line in lines] == [["answers.csv", "3"]]


def test_every_date_of_every_table_has_its_line(idle_desk: Desk) -> None:
    """Before 1900, before birth, in the future, or more than two years ahead: one line each."""
    lines = idle_desk.problems(
        patients="patient_id,birth_date,onset_date\nP1,2015-04-01,2015-03-31\nP2,1899,\n",
        visits=VISIT + "P1,V1,2015-03\nP1,V2,2027\n",
        treatments=TREATMENT
        + "P1,TF1,ivig,2567-01-20,,\nP1,TF2,prednisolone,0024-01-05,0024-02-05,\n"
        + "P1,TF3,rituximab,2004-01-05,,\nP1,TF4,clonazepam,9999-12,9999,\nP1,TF5,ivig,,,\n",
        doses=DOSE + "P1,TF5,2014,2015-03-31,1,mg,,\nP1,TF5,,2028-06-16,1,mg,,\n",
        events="patient_id,date,stop,kind\nP1,2024-01-10,2999-01-01,infection\n",
        measures=MEASURE + "P1,,2026-06-16,weight_kg,9\n",
        sequelae="patient_id,date,kind,state\nP1,2567-01-01,motor,yes\nP1,2001-01-01,speech,no\n",
    )
    assert lines == (
        "patients.csv:2: onset_date: 2015-03-31 is before the birth date, 2015-04-01.",
        "patients.csv:3: birth_date: 1899 is before 1900.",
        "visits.csv:2: date: 2015-03 is before the birth date, 2015-04-01.",
        "visits.csv:3: date: 2027 is in the future.",
        "treatments.csv:2: start: 2567-01-20 is more than two years ahead.",
        "treatments.csv:3: start: 0024-01-05 is before 1900.",
        "treatments.csv:3: stop: 0024-02-05 is before 1900.",
        "treatments.csv:4: start: 2004-01-05 is before the birth date, 2015-04-01.",
        "treatments.csv:5: start: 9999-12 is more than two years ahead.",
        "treatments.csv:5: stop: 9999 is more than two years ahead.",
        "doses.csv:2: start: 2014 is before the birth date, 2015-04-01.",
        "doses.csv:2: stop: 2015-03-31 is before the birth date, 2015-04-01.",
        "doses.csv:3: stop: 2028-06-16 is more than two years ahead.",
        "events.csv:2: stop: 2999-01-01 is in the future.",
        "measures.csv:2: date: 2026-06-16 is in the future.",
        "sequelae.csv:2: date: 2567-01-01 is in the future.",
        "sequelae.csv:3: date: 2001-01-01 is before the birth date, 2015-04-01.",
    )


def test_the_birth_that_is_stored_counts_where_the_tables_tell_none(desk: Desk) -> None:
    """A patient of an earlier import has a life as well: the row has its line."""
    desk.read(patients="patient_id,birth_date\nP1,2015-04-01\n")
    lines = desk.problems(
        patients="patient_id\nP2\n", events="patient_id,date,kind\nP1,2015-03-31,fever\n"
    )
    assert lines == ("events.csv:2: date: 2015-03-31 is before the birth date, 2015-04-01.",)


def test_a_folder_that_is_not_there_is_said(idle_desk: Desk, tmp_path: Path) -> None:
    """One sentence, not a problem of a file."""
    with pytest.raises(UserError, match="There is no folder") as caught:
        import_from(idle_desk.store, idle_desk.catalogue, tmp_path / "none")
    assert not isinstance(caught.value, Problems)


def test_a_file_that_cannot_be_read_is_a_problem(idle_desk: Desk) -> None:
    """A folder in the place of a file, say."""
    folder = idle_desk.write(patients=P)
    (folder / "visits.csv").mkdir()
    with pytest.raises(Problems) as caught:
        import_from(idle_desk.store, idle_desk.catalogue, folder)
    assert caught.value.lines == ("visits.csv:1: patient_id: The file cannot be read.",)


def test_the_second_of_two_equal_ids_is_blamed(idle_desk: Desk) -> None:
    """Not the row that had the visit id first, nor the answers that hang on it."""
    lines = idle_desk.problems(
        patients="patient_id\nP1\nP2\n",
        visits=V + "P2,V1,2026-01-06\n",
        answers=ANSWER + "P1,V1,oms,gait,,1,\n",
    )
    assert {line.split(": ")[0] for line in lines} == {"visits.csv:3"}


def test_a_list_of_ids_is_told_to_its_end(idle_desk: Desk) -> None:
    """The longest one, that of the agents."""
    (line,) = idle_desk.problems(
        patients=P, treatments="patient_id,treatment_id,agent\nP1,T1,aspirin\n"
    )
    assert line.endswith("chemotherapy, other.")
