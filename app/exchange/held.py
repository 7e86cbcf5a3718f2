"""What a patient's record holds, as the rows that the published tables write."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.exchange.rows import (
    AnswerRow,
    DoseRow,
    EventRow,
    MeasureRow,
    PatientRow,
    SequelaRow,
    TotalRow,
    TreatmentRow,
    VisitRow,
)
from app.records.model import Patient, PatientRecord, Treatment, Visit
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Held:
    """A patient's rows, table by table; two equal rows of a table without a key are one."""

    patient: PatientRow
    visits: tuple[VisitRow, ...]
    answers: tuple[AnswerRow, ...]
    totals: tuple[TotalRow, ...]
    treatments: tuple[TreatmentRow, ...]
    doses: frozenset[DoseRow]
    events: frozenset[EventRow]
    measures: frozenset[MeasureRow]
    sequelae: frozenset[SequelaRow]


def held_by(record: PatientRecord, catalogue: Catalogue) -> Held:
    """Return the rows of a record: the latest version of each signed visit, no draft, no error."""
    patient_id = record.patient.facts.patient_id
    visit_ids = {visit.id: visit.visit_id for visit in record.visits}
    return Held(
        patient=patient_row(record.patient),
        visits=tuple(visit_row(visit, patient_id) for visit in record.visits),
        answers=tuple(
            row for visit in record.visits for row in answer_rows(visit, patient_id, catalogue)
        ),
        totals=tuple(row for visit in record.visits for row in total_rows(visit, patient_id)),
        treatments=tuple(treatment_row(each, patient_id) for each in record.treatments),
        doses=frozenset(_dose_rows(record.treatments, patient_id)),
        events=frozenset(
            EventRow(patient_id, each.date, each.stop, each.kind, each.author, each.note)
            for each in record.events
        ),
        measures=frozenset(_measure_rows(record, visit_ids)),
        sequelae=frozenset(
            SequelaRow(patient_id, each.date, each.kind, each.state, each.note)
            for each in record.sequelae
        ),
    )


def patient_row(patient: Patient) -> PatientRow:
    """Return a patient's row."""
    return PatientRow(patient.facts)


def visit_row(visit: Visit, patient_id: str) -> VisitRow:
    """Return a visit's row."""
    return VisitRow(
        patient_id=patient_id,
        visit_id=visit.visit_id,
        date=visit.date,
        time=visit.time,
        rater=visit.rater,
        context=visit.context,
    )


def answer_rows(visit: Visit, patient_id: str, catalogue: Catalogue) -> Iterator[AnswerRow]:
    """Yield a row for every key of each scale of the visit that has an answer."""
    for sheet in visit.sheets:
        if not sheet.answers:
            continue
        for key in catalogue.find(sheet.scale).keys:
            yield AnswerRow(
                patient_id=patient_id,
                visit_id=visit.visit_id,
                scale=sheet.scale,
                version=sheet.version,
                key=key,
                answer=sheet.answers.get(key),
            )


def total_rows(visit: Visit, patient_id: str) -> Iterator[TotalRow]:
    """Yield a row for each total of the visit that was typed from paper."""
    for sheet in visit.sheets:
        if sheet.is_typed and sheet.total is not None:
            yield TotalRow(patient_id, visit.visit_id, sheet.scale, sheet.version, sheet.total)


def treatment_row(treatment: Treatment, patient_id: str) -> TreatmentRow:
    """Return a treatment's row."""
    return TreatmentRow(
        patient_id=patient_id,
        treatment_id=treatment.treatment_id,
        agent=treatment.agent,
        start=treatment.start,
        stop=treatment.stop,
        route=treatment.route,
        note=treatment.note,
    )


def _dose_rows(treatments: tuple[Treatment, ...], patient_id: str) -> Iterator[DoseRow]:
    for treatment in treatments:
        for step in treatment.doses:
            yield DoseRow(
                patient_id=patient_id,
                treatment_id=treatment.treatment_id,
                start=step.start,
                stop=step.stop,
                dose=step.dose,
                unit=step.unit,
                frequency=step.frequency,
                note=step.note,
            )


def _measure_rows(record: PatientRecord, visit_ids: Mapping[str, str]) -> Iterator[MeasureRow]:
    for each in record.measures:
        yield MeasureRow(
            patient_id=record.patient.facts.patient_id,
            visit_id="" if each.visit is None else visit_ids[each.visit],
            date=each.date,
            kind=each.kind,
            value=each.value,
            note=each.note,
        )
