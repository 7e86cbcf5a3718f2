"""The tables of patients and of visits."""

from app.dates import iso
from app.exchange.cells import Cells
from app.exchange.rows import PatientRow, VisitRow
from app.exchange.table import Texts, table
from app.records.codes import COURSES, DIAGNOSES, SEXES
from app.records.model import PatientFacts, Sex, VisitContext
from app.records.rules import check_code


def _read_sex(text: str) -> Sex:
    check_code(SEXES, text)
    return Sex(text)


def _read_patient(cells: Cells) -> PatientRow:
    facts = PatientFacts(
        patient_id=cells.identifier("patient_id"),
        given_name=cells.text("given_name"),
        family_name=cells.text("family_name"),
        birth_date=cells.optional_date("birth_date"),
        sex=cells.optional("sex", _read_sex, Sex.UNKNOWN),
        diagnosis=cells.optional_code("diagnosis", DIAGNOSES),
        diagnosis_note=cells.note(cells.text("diagnosis"), column="diagnosis_note"),
        course=cells.optional_code("course", COURSES),
        onset_date=cells.optional_date("onset_date"),
        language=cells.text("language"),
    )
    return PatientRow(facts)


def _write_patient(row: PatientRow) -> Texts:
    facts = row.facts
    return (
        facts.patient_id,
        facts.given_name,
        facts.family_name,
        iso(facts.birth_date),
        facts.sex,
        facts.diagnosis,
        facts.diagnosis_note,
        facts.course,
        iso(facts.onset_date),
        facts.language,
    )


def _read_visit(cells: Cells) -> VisitRow:
    return VisitRow(
        patient_id=cells.identifier("patient_id"),
        visit_id=cells.identifier("visit_id"),
        date=cells.date("date"),
        time=cells.time("time"),
        rater=cells.text("rater"),
        context=VisitContext(
            slept=cells.text("slept"),
            ill=cells.text("ill"),
            missed_dose=cells.text("missed_dose"),
            cooperation=cells.text("cooperation"),
            note=cells.text("note"),
        ),
    )


def _write_visit(row: VisitRow) -> Texts:
    context = row.context
    return (
        row.patient_id,
        row.visit_id,
        str(row.date),
        row.time,
        row.rater,
        context.slept,
        context.ill,
        context.missed_dose,
        context.cooperation,
        context.note,
    )


PATIENTS = table(
    "patients.csv",
    "patient_id* given_name family_name birth_date sex diagnosis diagnosis_note course"
    " onset_date language",
    read=_read_patient,
    write=_write_patient,
    keys="patient_id",
)
VISITS = table(
    "visits.csv",
    "patient_id* visit_id* date* time rater slept ill missed_dose cooperation note",
    read=_read_visit,
    write=_write_visit,
    keys="visit_id",
)
