"""What an import stores, what it passes over, and what it never overwrites."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from app.dates import PartialDate
from app.errors import Bug, UserError
from app.records.model import MeasureFacts, PatientRecord, VisitContext, VisitState
from scales.model import Answer, Declined, Key, NotTestable, Scored, Side
from tests.builders import toy_catalogue
from tests.exchange.tabledesk import Desk
from tests.roles import let_do_everything

P = "patient_id\nP1\n"
V = "patient_id,visit_id,date\nP1,V1,2026-01-05\n"
ANSWER = "patient_id,visit_id,scale,item,side,value,reason\n"
TOTAL = "patient_id,visit_id,scale,total\n"
TREATMENT = "patient_id,treatment_id,agent\nP1,T1,ivig\n"
DIFFERS = "This row differs from what is stored; what is stored is never overwritten."
FEATURES = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")


def _record(desk: Desk, patient_id: str = "P1") -> PatientRecord:
    return desk.store.record(desk.store.patients.by_patient_id(patient_id).id)


def _answers(desk: Desk, scale: str) -> Mapping[Key, Answer]:
    sheet = _record(desk).visits[0].sheet(scale)
    assert sheet is not None
    return sheet.answers


def _features(*values: str) -> str:
    rows = zip(FEATURES, values, strict=True)
    return ANSWER + "".join(f"P1,V1,five_feature,{item},,{value},\n" for item, value in rows)


def test_a_patient_needs_an_identifier_only(desk: Desk) -> None:
    """Everything else may be unknown; an empty sex is unknown."""
    counts = desk.read(patients="patient_id,sex,birth_date\nP1,,\n")
    facts = _record(desk).patient.facts
    assert (facts.sex, facts.birth_date, facts.diagnosis) == ("unknown", None, "")
    assert counts.new["patients.csv"] == 1


def test_identifiers_are_compared_exactly(desk: Desk) -> None:
    """007 is not 7."""
    desk.read(patients="patient_id\n007\n7\n")
    assert {each.facts.patient_id for each in desk.store.patients.all()} == {"007", "7"}


def test_a_byte_order_mark_is_accepted(desk: Desk) -> None:
    """Spreadsheets write one."""
    desk.read(patients=b"\xef\xbb\xbfpatient_id\r\nP1\r\n")
    assert _record(desk).patient.facts.patient_id == "P1"


def test_columns_may_stand_in_any_order(desk: Desk) -> None:
    """A column is found by its name."""
    desk.read(patients="family_name,patient_id,given_name\nLovelace,P1,Ada\n")
    assert _record(desk).patient.facts.name == "Ada Lovelace"


def test_texts_are_kept_as_they_are(desk: Desk) -> None:
    """Quotation marks, markup, right-to-left letters and emoji are part of a name."""
    name = 'O\'Neil "<b>&amp;" أميرة 🙂'
    cell = name.replace('"', '""')
    desk.read(patients=f'patient_id,given_name\nP1,"{cell}"\n')
    assert _record(desk).patient.facts.given_name == name


def test_short_dates_are_approximate(desk: Desk) -> None:
    """A month or a year is a date; empty is unknown."""
    desk.read(
        patients="patient_id,birth_date,onset_date\nP1,1936,2002-05\n",
        visits="patient_id,visit_id,date\nP1,V1,2003-05\n",
    )
    record = _record(desk)
    assert record.patient.facts.birth_date == PartialDate(1936)
    assert record.visits[0].facts.date == PartialDate(2003, 5)


def test_a_visit_is_signed_as_imported(desk: Desk) -> None:
    """With the rater of the file and its context; an empty rater is not recorded."""
    desk.read(
        patients=P,
        visits="patient_id,visit_id,date,time,rater,slept,ill,missed_dose,cooperation,note\n"
        'P1,V1,2026-01-05,09:30,Dr Who,well,no,no,good,"a, ""b"""\n'
        "P1,V2,2026-01-06,,,,,,,\n",
    )
    first, second = _record(desk).visits
    assert (first.state, first.facts.time, first.facts.rater) == (
        VisitState.IMPORTED,
        "09:30",
        "Dr Who",
    )
    assert first.facts.context == VisitContext("well", "no", "no", "good", 'a, "b"')
    assert second.facts.rater == ""


def test_the_four_kinds_of_answer_stay_apart(desk: Desk) -> None:
    """0, not testable, declined and not scored; a missing row and an empty value are the same."""
    desk.read(
        patients=P,
        visits=V,
        answers=ANSWER
        + "P1,V1,oms,stance,,0,\nP1,V1,oms,gait,,not_testable,asleep\n"
        + "P1,V1,oms,mood,,declined,\nP1,V1,oms,speech,,declined,too tired\n"
        + "P1,V1,oms,opsoclonus,,,\n",
    )
    assert _answers(desk, "oms") == {
        Key("stance"): Scored(Decimal(0)),
        Key("gait"): NotTestable("asleep"),
        Key("mood"): Declined(),
        Key("speech"): Declined("too tired"),
    }


def test_sides_are_told_apart(desk: Desk) -> None:
    """Right and left are two keys."""
    desk.read(
        patients=P,
        visits=V,
        answers=ANSWER + "P1,V1,sara,fahm,right,1,\nP1,V1,sara,fahm,left,2,\n",
    )
    assert _answers(desk, "sara") == {
        Key("fahm", Side.RIGHT): Scored(Decimal(1)),
        Key("fahm", Side.LEFT): Scored(Decimal(2)),
    }


def test_a_complete_sheet_has_its_total(desk: Desk) -> None:
    """Totals are computed, never read from the answers table."""
    desk.read(patients=P, visits=V, answers=_features("1", "2", "0", "0", "1"))
    sheet = _record(desk).visits[0].sheet("five_feature")
    assert sheet is not None
    assert (sheet.total, sheet.is_typed) == (Decimal(4), False)


def test_a_sheet_of_an_earlier_version_keeps_it(desk: Desk) -> None:
    """A version that today's continues is stored and written as it is; none is today's."""
    answers = "patient_id,visit_id,scale,scale_version,item,value\nP1,V1,oms,1,gait,1\n"
    totals = "patient_id,visit_id,scale,scale_version,total\nP1,V1,sara,1,9.5\nP1,V1,icars,,9\n"
    desk.read(patients=P, visits=V, answers=answers, totals=totals)
    sheets = _record(desk).visits[0].sheets
    assert {sheet.scale: sheet.version for sheet in sheets} == {
        "oms": "1",
        "sara": "1",
        "icars": "2",
    }
    assert b"P1,V1,oms,1,gait,,1," in desk.export()["answers.csv"]
    desk.read(patients=P, visits=V, answers=answers, totals=totals)
    assert len(_record(desk).visits) == 1


def test_a_scale_with_open_keys_only_is_no_sheet(desk: Desk) -> None:
    """Empty values are the same as no rows."""
    desk.read(patients=P, visits=V, answers=_features("", "", "", "", ""))
    assert _record(desk).visits[0].sheets == ()


def test_a_typed_total_is_typed(desk: Desk) -> None:
    """Complete, nothing missing, no subscores."""
    desk.read(patients=P, visits=V, totals=TOTAL + "P1,V1,sara,9.5\n")
    sheet = _record(desk).visits[0].sheet("sara")
    assert sheet is not None
    assert (sheet.total, sheet.is_typed, sheet.complete) == (Decimal("9.5"), True, True)
    assert sheet.subscores == {}


def test_a_total_that_the_answers_make_counts_as_computed(desk: Desk) -> None:
    """Rows for all items and an equal result are one sheet."""
    desk.read(
        patients=P,
        visits=V,
        answers=_features("1", "1", "1", "1", "1"),
        totals=TOTAL + "P1,V1,five_feature,5.0\n",
    )
    sheet = _record(desk).visits[0].sheet("five_feature")
    assert sheet is not None
    assert (sheet.total, sheet.is_typed) == (Decimal(5), False)


def test_treatments_events_and_the_rest_are_stored(desk: Desk) -> None:
    """With their notes, and the visit that a measure was taken at."""
    desk.read(
        patients=P,
        visits=V,
        treatments=TREATMENT,
        doses="patient_id,treatment_id,dose,unit,frequency\nP1,T1,0.40,g/kg,daily\n",
        events="patient_id,date,stop,kind,author,note\nP1,2026-01,2026-02,fever,Ann,\n",
        measures="patient_id,visit_id,date,kind,value\n"
        "P1,V1,2026-01-05,weight_kg,12.50\nP1,,2026-01-05,sleep_hours,0\n",
        sequelae="patient_id,date,kind,state\nP1,2026,motor,not_assessed\n",
        findings="patient_id,date,kind,name,result,value,unit,next_date\n"
        "P1,2026-01,antibody,anti-Hu,positive,320.0,U/ml,2027\nP1,2026,csf,cells,,0,,\n",
    )
    record = _record(desk)
    assert [str(step.facts.dose) for step in record.treatments[0].doses] == ["0.4"]
    assert [(event.facts.kind, event.facts.note) for event in record.events] == [("fever", "")]
    assert {(each.visit, str(each.facts.value)) for each in record.measures} == {
        (record.visits[0].id, "12.5"),
        (None, "0"),
    }
    assert [each.facts.state for each in record.sequelae] == ["not_assessed"]
    assert [(each.facts.name, str(each.facts.value)) for each in record.findings] == [
        ("anti-Hu", "320"),
        ("cells", "0"),
    ]


def test_the_same_folder_again_changes_nothing(desk: Desk) -> None:
    """Rows that equal the stored ones are passed over, table by table."""
    tables: dict[str, str | bytes] = {
        "patients": P,
        "visits": V,
        "answers": _features("1", "0", "", "", ""),
        "totals": TOTAL + "P1,V1,sara,9\n",
        "treatments": TREATMENT,
        "doses": "patient_id,treatment_id,dose,unit\nP1,T1,1,mg\n",
        "events": "patient_id,date,kind\nP1,2026-01-05,fever\n",
        "measures": "patient_id,visit_id,date,kind,value\nP1,V1,2026-01-05,weight_kg,9\n",
        "sequelae": "patient_id,date,kind,state\nP1,2026,motor,no\n",
        "findings": "patient_id,date,kind,name,result\nP1,2026,tumour,MRI,negative\n",
    }
    first = desk.read(**tables)
    entries = len(desk.export()["answers.csv"])
    again = desk.read(**tables)
    assert sum(first.new.values()) == again.already_there == 14
    assert sum(again.new.values()) == 0
    assert len(desk.export()["answers.csv"]) == entries


def test_an_import_can_add_to_stored_patients(desk: Desk) -> None:
    """Patients, visits and treatments may be in the records already."""
    desk.read(patients=P, visits=V, treatments=TREATMENT)
    desk.read(
        patients="patient_id\n",
        visits="patient_id,visit_id,date\nP1,V2,2026-01-06\n",
        answers=ANSWER + "P1,V2,oms,gait,,1,\n",
        doses="patient_id,treatment_id,dose,unit\nP1,T1,1,mg\n",
        measures="patient_id,visit_id,date,kind,value\nP1,V1,2026-01-05,weight_kg,9\n",
    )
    record = _record(desk)
    assert [visit.facts.visit_id for visit in record.visits] == ["V1", "V2"]
    assert len(record.treatments[0].doses) == len(record.measures) == 1


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        ({"patients": "patient_id,sex\nP1,male\n"}, "patients.csv:2: sex"),
        ({"visits": "patient_id,visit_id,date\nP1,V1,2026-01-06\n"}, "visits.csv:2: date"),
        ({"answers": ANSWER + "P1,V1,oms,gait,,2,\n"}, "answers.csv:2: value"),
        ({"answers": ANSWER + "P1,V1,oms,gait,,,\n"}, "answers.csv:2: value"),
        ({"answers": ANSWER + "P1,V1,oms,stance,,0,\n"}, "answers.csv:2: value"),
        ({"totals": TOTAL + "P1,V1,icars,61\n"}, "totals.csv:2: total"),
        (
            {"treatments": "patient_id,treatment_id,agent\nP1,T1,scig\n"},
            "treatments.csv:2: agent",
        ),
    ],
)
def test_a_stored_row_is_never_overwritten(
    desk: Desk, tables: dict[str, str | bytes], line: str
) -> None:
    """A row that differs from a stored row of its key is a problem; a signed visit is frozen."""
    desk.read(
        patients=P,
        visits=V,
        answers=ANSWER + "P1,V1,oms,gait,,1,\n",
        totals=TOTAL + "P1,V1,icars,60\n",
        treatments=TREATMENT,
    )
    assert desk.problems(**{"patients": P, **tables}) == (f"{line}: {DIFFERS}",)


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        ({"answers": ANSWER + "P2,V1,oms,gait,,1,\n"}, "answers.csv:2"),
        ({"totals": TOTAL + "P2,V1,icars,60\n"}, "totals.csv:2"),
    ],
)
def test_a_row_of_a_stored_visit_names_the_patient_of_the_visit(
    desk: Desk, tables: dict[str, str | bytes], line: str
) -> None:
    """What else it says may be stored already; the patient is part of it."""
    stored = {"answers": ANSWER + "P1,V1,oms,gait,,1,\n", "totals": TOTAL + "P1,V1,icars,60\n"}
    desk.read(patients=P + "P2\n", visits=V, **stored)
    assert desk.problems(patients=P + "P2\n", **tables) == (
        f"{line}: visit_id: Visit “V1” is another patient's.",
    )


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        ({"answers": ANSWER + "P1,V1,sara,stance,,0,\n"}, "answers.csv:2: value"),
        ({"totals": TOTAL + "P1,V1,sara,1\n"}, "totals.csv:2: total"),
    ],
)
def test_a_stored_visit_takes_no_further_scale(
    desk: Desk, tables: dict[str, str | bytes], line: str
) -> None:
    """It is frozen, and the sentence says that rather than that something differs."""
    desk.read(patients=P, visits=V, answers=ANSWER + "P1,V1,oms,gait,,1,\n")
    assert desk.problems(**{"patients": P, **tables}) == (
        f"{line}: Visit “V1” is stored already; no scale can be added to it.",
    )


def test_an_open_key_of_a_stored_visit_equals_an_empty_value(desk: Desk) -> None:
    """Not scored stays not scored, in a scale without answers too."""
    desk.read(patients=P, visits=V, answers=ANSWER + "P1,V1,oms,gait,,1,\n")
    again = desk.read(patients=P, answers=ANSWER + "P1,V1,oms,stance,,,\nP1,V1,sara,gait,,,\n")
    assert again.already_there == 3


def test_a_draft_takes_no_rows(desk: Desk) -> None:
    """What somebody is scoring just now is not mixed with a table."""
    desk.read(patients=P)
    patient = desk.store.patients.by_patient_id("P1")
    desk.store.visits.start(patient.id, PartialDate(2026, 1, 5), "", visit_id="V1")
    message = "Visit “V1” is not signed yet in the records."
    lines = desk.problems(patients=P, visits=V, answers=ANSWER + "P1,V1,oms,gait,,1,\n")
    assert lines == (f"visits.csv:2: visit_id: {message}", f"answers.csv:2: visit_id: {message}")


def test_a_visit_that_is_being_amended_takes_no_measure(desk: Desk) -> None:
    """It would hang on the version that the amendment replaces, and be seen no more."""
    desk.read(patients=P, visits=V, answers=ANSWER + "P1,V1,oms,gait,,1,\n")
    visit = desk.store.visits.find("V1")
    assert visit is not None
    let_do_everything(desk.store)
    desk.store.visits.amend(visit.id, "gait was seen again")
    lines = desk.problems(
        patients=P, measures="patient_id,visit_id,date,kind,value\nP1,V1,2026,weight_kg,9\n"
    )
    sentence = "is being amended. Sign or discard that first."
    assert lines == (f"measures.csv:2: visit_id: Visit “V1” {sentence}",)
    facts = MeasureFacts(date=visit.facts.date, kind="weight_kg", value=Decimal(9))
    with pytest.raises(UserError, match=sentence):
        desk.store.measures.add(visit.patient, facts, visit=visit.id)


def test_a_signed_visit_takes_no_measure(desk: Desk) -> None:
    """A visit that was signed here stays as it was signed."""
    desk.read(patients=P)
    patient = desk.store.patients.by_patient_id("P1")
    visit = desk.store.visits.start(patient.id, PartialDate(2026, 1, 5), "", visit_id="V1")
    desk.store.visits.type_total(visit.id, "sara", Decimal(9))
    desk.store.visits.sign(visit.id, "scored")
    lines = desk.problems(
        patients=P, measures="patient_id,visit_id,date,kind,value\nP1,V1,2026,weight_kg,9\n"
    )
    assert lines == (
        "measures.csv:2: visit_id: Visit “V1” is signed; nothing can be added to it.",
    )


def test_what_is_entered_in_error_takes_nothing(desk: Desk) -> None:
    """Neither a visit nor a patient with that mark; equal rows are passed over."""
    desk.read(patients=P + "P2\n", visits=V)
    desk.store.visits.mark_error(desk.store.visits.by_visit_id("V1").id, "wrong child")
    measures = "patient_id,visit_id,date,kind,value\nP1,V1,2026,weight_kg,9\n"
    assert desk.problems(patients=P, visits=V, measures=measures) == (
        "measures.csv:2: visit_id: Visit “V1” is marked as entered in error.",
    )
    desk.store.patients.mark_error(desk.store.patients.by_patient_id("P2").id, "no such child")
    assert desk.problems(
        patients="patient_id\nP2\n", visits="patient_id,visit_id,date\nP2,V2,2026\n"
    ) == ("visits.csv:2: patient_id: Patient “P2” is marked as entered in error.",)


def test_a_refusal_while_writing_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing, even where the store itself says no at the very end."""

    def refuse(*_args: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(desk.store.sequelae, "add", refuse)
    with pytest.raises(UserError, match="disk is full"):
        desk.read(patients=P, sequelae="patient_id,date,kind,state\nP1,2026,motor,no\n")
    assert desk.store.patients.all() == ()


def test_the_longest_numbers_are_exact(desk: Desk) -> None:
    """No float stands between a table and the record."""
    desk.read(
        patients=P,
        treatments=TREATMENT,
        doses="patient_id,treatment_id,dose,unit\nP1,T1,999999999.123456,units\n",
    )
    assert str(_record(desk).treatments[0].doses[0].facts.dose) == "999999999.123456"


def test_a_dose_without_its_treatment_is_a_fault_of_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the checks let through and the store then lacks is no problem of the file."""
    desk.read(patients=P)
    monkeypatch.setattr(desk.store.treatments, "add", lambda *_args: None)
    with pytest.raises(Bug):
        desk.read(
            patients=P,
            treatments=TREATMENT,
            doses="patient_id,treatment_id,dose,unit\nP1,T1,1,mg\n",
        )


def test_a_new_scale_is_one_file_and_travels(
    new_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    """A scale that the tables never heard of is read, scored and written."""
    desk = new_desk(toy_catalogue(tmp_path))
    rows = "P1,V1,toy,hop,,1,\nP1,V1,toy,wave,right,2,\nP1,V1,toy,wave,left,1,\n"
    desk.read(patients=P, visits=V, answers=ANSWER + rows)
    sheet = _record(desk).visits[0].sheet("toy")
    assert sheet is not None
    assert sheet.total == Decimal("2.5")
    assert b"P1,V1,toy,1,wave,left,1,\r\n" in desk.export()["answers.csv"]


def test_a_short_date_needs_but_one_day_that_could_be(desk: Desk) -> None:
    """The period of each reaches into the time that its kind allows."""
    desk.read(
        patients="patient_id,birth_date,onset_date\nSHORT,2015-04-02,2015\n",
        visits="patient_id,visit_id,date\nSHORT,SV1,2015-04\nSHORT,SV2,2026\n",
        treatments="patient_id,treatment_id,agent,start,stop\nSHORT,ST1,ivig,2015,2028\n",
        doses="patient_id,treatment_id,start,stop,dose,unit\nSHORT,ST1,2015-04,2028-06-15,1,mg\n",
        events="patient_id,date,stop,kind\nSHORT,2015,2026-06,infection\n",
        measures="patient_id,visit_id,date,kind,value\nSHORT,,2026,weight_kg,9\n",
        sequelae="patient_id,date,kind,state\nSHORT,2015-04,motor,yes\n",
    )
    assert desk.store.patients.by_patient_id("SHORT").facts.onset_date == PartialDate(2015)
