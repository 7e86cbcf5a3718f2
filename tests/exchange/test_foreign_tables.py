"""Tables as other programs leave them: what was found is named, and what is needed."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from app.dates import PartialDate
from app.errors import Problems, UserError
from app.exchange.comma import guarded, unguarded
from app.exchange.importing import import_from
from app.records.model import PatientFacts, VisitContext, VisitFacts
from tests.exchange.tabledesk import Desk

P = "patient_id\nP1\n"
V = "patient_id,visit_id,date\nP1,V1,2026-01-05\n"
T = "patient_id,treatment_id,agent\nP1,T1,ivig\n"
ANSWER = "patient_id,visit_id,scale,item,side,value,reason\n"
MEASURE = "patient_id,date,kind,value,note\n"
FIVE = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")
ONLY = "only in capitals, in the width of letters or in spaces."


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        (
            {"patients": b"\xef\xbb\xbf\xef\xbb\xbfpatient_id,sex\nP1,male\n"},
            (
                "patients.csv:1: patient_id: The file begins with a character that cannot be seen:"
                " U+FEFF."
            ),
        ),
        (
            {"patients": b'\xef\xbb\xbf\xef\xbb\xbf"sex","patient_id"\nmale,P1\n'},
            (
                "patients.csv:1: patient_id: The file begins with a character that cannot be seen:"
                " U+FEFF."
            ),
        ),
        (
            {"patients": "patient_id,sex\u00a0\nP1,male\n"},
            "patients.csv:1: sex: The column's name has a character that cannot be seen: U+00A0.",
        ),
        (
            {"patients": P, "visits": "patient_id;visit_id;date\nP1;V1;2026-01-05\n"},
            (
                "visits.csv:1: patient_id: The columns are separated by “;”. Please separate"
                " them by commas (“,”)."
            ),
        ),
        (
            {"patients": '\ufeff"patient_id";"sex"\n"P1";"male"\n'},
            (
                "patients.csv:1: patient_id: The columns are separated by “;”. Please separate"
                " them by commas (“,”)."
            ),
        ),
        (
            {"patients": "sex\tpatient_id\nmale\tP1\n"},
            (
                "patients.csv:1: patient_id: The columns are separated by tabs. Please"
                " separate them by commas."
            ),
        ),
        (
            {"patients": "patient_id,sex\nP1;male\n"},
            (
                "patients.csv:2: sex: The cells are separated by “;”. Please separate them by"
                " commas (“,”)."
            ),
        ),
        (
            {"patients": P, "measures": "patient_id,date,kind,value\nP1,2026,weight_kg,12,5\n"},
            (
                "measures.csv:2: value: The row has 5 cells, the header has 4. If “12,5” is"
                " one number, write it with a point."
            ),
        ),
        (
            {"patients": "patient_id,sex\nP1,male\u00a0\n"},
            (
                "patients.csv:2: sex: There is a character that cannot be seen: U+00A0. Please"
                " leave it out."
            ),
        ),
        (
            {"patients": "patient_id,birth_date\nP1,2020-01-05\u200b\n"},
            (
                "patients.csv:2: birth_date: There is a character that cannot be seen: U+200B."
                " Please leave it out."
            ),
        ),
        (
            {"patients": P, "measures": "patient_id,date,kind,value\nP1,2026,weight_kg,\ufeff9\n"},
            (
                "measures.csv:2: value: There is a character that cannot be seen: U+FEFF."
                " Please leave it out."
            ),
        ),
        (
            {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait\u00a0,,1,\n"},
            (
                "answers.csv:2: item: There is a character that cannot be seen: U+00A0. Please"
                " leave it out."
            ),
        ),
        (
            {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,1\u00a0,tired\n"},
            (
                "answers.csv:2: value: There is a character that cannot be seen: U+00A0."
                " Please leave it out."
            ),
        ),
        (
            {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,declind,tired\n"},
            "answers.csv:2: value: “declind” is not a level of “gait”. Its levels are 0, 1, 2, 3.",
        ),
        (
            {"patients": P, "visits": V, "answers": ANSWER + "P1,V1,oms,gait,,1.000,\n"},
            "answers.csv:2: value: “1.000” is not a level of “gait”. Its levels are 0, 1, 2, 3.",
        ),
        (
            {"patients": P, "measures": MEASURE + "P1,2026-01-05,weight_kg,701,\n"},
            "measures.csv:2: value: 701 cannot be: the lowest possible is 0.1, the highest 700.",
        ),
        (
            {"patients": P, "measures": MEASURE + "P1,2026-01-05,weight_kg,'-9,\n"},
            "measures.csv:2: value: “'-9” is not a plain number. Write it like 9 or 9.5.",
        ),
        (
            {"patients": "patient_id\nab\nAb\n"},
            f"patients.csv:3: patient_id: “Ab” differs from “ab” in line 2 {ONLY}",
        ),
        (
            {"patients": P, "visits": V + "P1,v1,2026-01-06\n"},
            f"visits.csv:3: visit_id: “v1” differs from “V1” in line 2 {ONLY}",
        ),
        (
            {"patients": P, "treatments": T + "P1,t1,ivig\n"},
            f"treatments.csv:3: treatment_id: “t1” differs from “T1” in line 2 {ONLY}",
        ),
    ],
)
def test_what_was_found_is_named_in_one_sentence(
    idle_desk: Desk, tables: dict[str, str | bytes], line: str
) -> None:
    """One fault is one line, and no other line contradicts it."""
    assert idle_desk.problems(**tables) == (line,)


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        (
            {"patients": "patient_id\np1\n"},
            f"patients.csv:2: patient_id: “p1” differs from “P1”, which is stored, {ONLY}",
        ),
        (
            {"patients": P, "visits": "patient_id,visit_id,date\nP1,\uff36\uff11,2026-01-05\n"},
            f"visits.csv:2: visit_id: “\uff36\uff11” differs from “V1”, which is stored, {ONLY}",
        ),
        (
            {"patients": P, "treatments": "patient_id,treatment_id,agent\nP1,t1,ivig\n"},
            f"treatments.csv:2: treatment_id: “t1” differs from “T1”, which is stored, {ONLY}",
        ),
    ],
)
def test_an_identifier_that_looks_like_a_stored_one_is_refused(
    desk: Desk, tables: dict[str, str | bytes], line: str
) -> None:
    """Patients, visits and treatments alike; the same rows once more are nothing new."""
    desk.read(patients=P, visits=V, treatments=T)
    assert desk.problems(**tables) == (line,)
    assert desk.read(patients=P, visits=V, treatments=T).already_there == 3


def test_names_and_notes_keep_what_cannot_be_seen(desk: Desk) -> None:
    """A Persian name needs its joiner; nothing is taken out of what somebody wrote."""
    name, note = "می\u200cروم", "a\u00a0b"
    desk.read(
        patients=f"patient_id,given_name\nP1,{name}\n",
        measures=MEASURE + f"P1,2026,weight_kg,9,{note}\n",
    )
    record = desk.store.record(desk.store.patients.by_patient_id("P1").id)
    assert record.patient.facts.given_name == name
    assert record.measures[0].facts.note == note


def test_records_without_a_filled_cell_are_passed_over(desk: Desk) -> None:
    """A spreadsheet leaves them below and between the rows; lines are counted as they stand."""
    desk.read(patients='patient_id,sex\n,\nP1,male\n"",""\n,,,,\n')
    assert [each.facts.patient_id for each in desk.store.patients.all()] == ["P1"]
    assert desk.problems(patients="patient_id,sex\n,\nP2,x\n")[0].startswith("patients.csv:3: sex")


def test_many_problems_of_one_kind_are_counted(idle_desk: Desk) -> None:
    """The first three have a line of their own, whatever they quote; then how many more."""
    rows = "".join(f"P{number},x{number},2026-13\n" for number in range(5))
    lines = idle_desk.problems(patients="patient_id,sex,birth_date\n" + rows)
    assert [line.split(": ")[0] for line in lines] == [
        "patients.csv:2", "patients.csv:2", "patients.csv:3", "patients.csv:3",
        "patients.csv:4", "patients.csv", "patients.csv:4", "patients.csv",
    ]  # fmt: skip
    assert sorted(lines)[:2] == ["patients.csv: birth_date: 2 more", "patients.csv: sex: 2 more"]


def test_exactly_three_problems_of_one_kind_have_no_fourth_line(idle_desk: Desk) -> None:
    """Nothing is said of no more."""
    assert len(idle_desk.problems(patients="patient_id,sex\nA,x\nB,x\nC,x\n")) == 3


def test_at_most_a_hundred_lines_are_told(idle_desk: Desk) -> None:
    """Then how many problems are left, those included that a line only counts."""
    columns = [f"c{number}" for number in range(101)]
    header = ",".join(["patient_id", "sex", *columns])
    rows = "".join(f"P{row},x{',' * 101}\n" for row in range(5))
    lines = idle_desk.problems(patients=f"{header}\n{rows}")
    assert len(lines) == 101
    assert lines[99] == "patients.csv:1: c99: This column is unknown."
    assert lines[100] == "6 more"


def test_a_typed_total_beside_a_refused_answer_has_no_sentence_of_its_own(idle_desk: Desk) -> None:
    """There was a row for each item; one of them could not be read."""
    rows = "".join(f"P1,V1,five_feature,{item},,1,\n" for item in FIVE[1:])
    lines = idle_desk.problems(
        patients=P,
        visits=V,
        answers=ANSWER + rows + "P1,V1,five_feature,opsoclonus,,9,\n",
        totals="patient_id,visit_id,scale,total\nP1,V1,five_feature,5\n",
    )
    assert [line.split(": ")[:2] for line in lines] == [["answers.csv:6", "value"]]


def _import(desk: Desk, names: list[str], **tables: str) -> tuple[str, ...]:
    """Import tables from a folder that holds other files as well; return what is remarked."""
    folder = desk.write(**tables)
    for name in names:
        (folder / name).write_text("patient_id\n", encoding="utf-8")
    return import_from(desk.store, desk.catalogue, folder).remarks


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Visits.csv", "visits.csv"), ("visits (1).csv", "visits.csv"),
        ("visits .csv", "visits.csv"),
        ("EVENTS.CSV", "events.csv"), ("doses - Copy.csv", "doses.csv"),
        ("doses_2.csv", "doses.csv"),
        ("totals.csv.txt", "totals.csv"),
    ],
)  # fmt: skip
def test_a_file_that_was_meant_to_be_a_table_is_a_problem(
    desk: Desk, name: str, meant: str
) -> None:
    """Nothing is stored, or its rows would be missed by nobody."""
    with pytest.raises(Problems) as caught:
        _import(desk, [name], patients=P)
    assert caught.value.lines == (f"not read: {name}; did you mean {meant}?",)
    assert desk.store.patients.all() == ()


def test_a_misnamed_table_is_not_called_missing_as_well(desk: Desk) -> None:
    """One fault, one line."""
    with pytest.raises(Problems) as caught:
        _import(desk, ["Patients.csv"], events="patient_id,date,kind\nP1,2026,fever\n")
    assert caught.value.lines == ("not read: Patients.csv; did you mean patients.csv?",)


def test_any_other_file_is_named_and_not_read(desk: Desk) -> None:
    """The rest is stored; a name that is nearly a table's is asked about."""
    remarks = _import(desk, ["notes.txt", "visit.csv", "patients.xlsx"], patients=P)
    assert remarks == (
        "not read: notes.txt",
        "not read: patients.xlsx",
        "not read: visit.csv; did you mean visits.csv?",
    )
    assert len(desk.store.patients.all()) == 1


def test_very_many_files_that_are_not_read_are_counted(desk: Desk) -> None:
    """The first hundred are named."""
    remarks = _import(desk, [f"n{number}.txt" for number in range(103)], patients=P)
    assert (len(remarks), remarks[-1]) == (101, "3 more")


def test_a_folder_that_cannot_be_looked_into_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence."""

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    folder = desk.write(patients=P)
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UserError, match="cannot be read: Permission denied"):
        import_from(desk.store, desk.catalogue, folder)


def test_a_note_that_is_only_a_number_is_named(desk: Desk) -> None:
    """It may be the rest of a number with a comma; the row is stored as it stands."""
    rows = "P1,2026-01-05,weight_kg,12,5\nP1,2026-01-06,weight_kg,12,about 5\n"
    counts = desk.read(patients=P, measures=MEASURE + rows)
    assert counts.remarks == (
        "measures.csv:2: note: The note “5” is only a number. Was “12,5” meant?",
    )
    assert desk.read(patients=P, measures=MEASURE + rows).remarks == ()


def test_a_number_that_has_its_point_is_the_first_half_of_none(desk: Desk) -> None:
    """Its note is named, and nothing is guessed."""
    counts = desk.read(patients=P, measures=MEASURE + "P1,2026-01-05,weight_kg,12.5,5\n")
    assert counts.remarks == ("measures.csv:2: note: The note “5” is only a number.",)


def test_remarks_stand_among_the_problems(idle_desk: Desk) -> None:
    """Whoever mends the one sees the other; files that were not read come first."""
    folder = idle_desk.write(
        patients=P, measures=MEASURE + "P1,2026-01-05,weight_kg,12,5\nP1,2026,weight_kg,9000,\n"
    )
    (folder / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        import_from(idle_desk.store, idle_desk.catalogue, folder)
    assert [line.split(":")[0] for line in caught.value.lines] == [
        "not read", "measures.csv", "measures.csv",
    ]  # fmt: skip


def test_two_weights_on_one_day_stay_two(desk: Desk) -> None:
    """Which of them is right is for people to see."""
    rows = "P1,2026-01-05,weight_kg,14.2,\nP1,2026-01-05,weight_kg,41.2,\n"
    desk.read(patients=P, measures=MEASURE + rows)
    record = desk.store.record(desk.store.patients.by_patient_id("P1").id)
    assert {one.facts.value for one in record.measures} == {Decimal("14.2"), Decimal("41.2")}
    assert desk.export()["measures.csv"].count(b"weight_kg") == 2


RUN = ["=1+1", "+1", "-rf", "@SUM(A1)", "\tx", "\rx", "'quoted", "'=1", "''", "'"]


@pytest.mark.parametrize("text", RUN)
def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(text: str) -> None:
    """One sign in front, which reading takes away again; a cell as people write it stays."""
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["Ada", "", "1", "O'Neil", "a=b"])
def test_any_other_cell_is_written_as_it_is(text: str) -> None:
    """Also where such a sign stands further behind."""
    assert guarded(text) == text
    assert unguarded(text) == text


def test_a_foreign_cell_in_single_quotation_marks_stays(desk: Desk) -> None:
    """One that no spreadsheet would run was not written by an export."""
    desk.read(patients="patient_id,given_name,family_name\nP1,'Ada',=A1\n")
    facts = desk.store.patients.by_patient_id("P1").facts
    assert (facts.given_name, facts.family_name) == ("'Ada'", "=A1")


def test_names_and_ids_that_a_spreadsheet_would_run_travel_whole(
    new_desk: Callable[..., Desk],
) -> None:
    """Guarded in every table that names them, and the same after an import."""
    first, second = new_desk(), new_desk()
    for number, text in enumerate(RUN):
        facts = PatientFacts(f"-{number}", given_name=text, family_name=f"@{text}")
        first.store.patients.add(facts)
    patient = first.store.patients.by_patient_id("-0").id
    visit = VisitFacts("=V", PartialDate(2026, 1, 5), context=VisitContext(note="-"))
    first.store.visits.add_imported(patient, visit)
    written = first.export()
    assert b"\r\n'-3,'@SUM(A1),'@@SUM(A1)," in written["patients.csv"]
    assert written["visits.csv"].splitlines()[1].startswith(b"'-0,'=V,2026-01-05")
    second.read(**{name.removesuffix(".csv"): content for name, content in written.items()})
    assert second.export() == written
    assert second.store.patients.by_patient_id("-7").facts.given_name == "'=1"


def test_namesakes_are_named_once_a_pair(desk: Desk) -> None:
    """Where one of the two is new; both stay, and both bear the mark."""
    header = "patient_id,given_name,family_name,birth_date\n"
    rows = "P1,Ada,Muster,2022-02-03\nP2,Ada,Muster,2022-02-03\nP3,Bo,Stone,2022-02-03\n"
    first = desk.read(patients=header + rows)
    assert first.remarks == (
        (
            "patients.csv:2: patient_id: Ada Muster · born 3 Feb 2022 · ID P1 may be taken for"
            " Ada Muster · born 3 Feb 2022 · ID P2. Please make sure that they are two."
        ),
    )
    second = desk.read(patients=header + rows + "P4,Bo,Stone,\n")
    assert [line.split(":")[1] for line in second.remarks] == ["5"]
    marked = [line.patient.facts.patient_id for line in desk.store.lines.read(0, 9)
              if line.has_namesake]  # fmt: skip
    assert sorted(marked) == ["P1", "P2", "P3", "P4"]
    assert desk.read(patients=header + rows).remarks == ()
