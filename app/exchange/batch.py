"""All tables of a folder, read row by row."""

from dataclasses import dataclass
from pathlib import Path

from app.exchange.course import DOSES, EVENTS, MEASURES, SEQUELAE, TREATMENTS
from app.exchange.marks import answers_table, totals_table
from app.exchange.people import PATIENTS, VISITS
from app.exchange.problems import Complaints
from app.exchange.reading import Reading, read_table
from app.exchange.repeats import check_repeats
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
from scales.catalogue import Catalogue

FILES = (
    "patients.csv",
    "visits.csv",
    "answers.csv",
    "totals.csv",
    "treatments.csv",
    "doses.csv",
    "events.csv",
    "measures.csv",
    "sequelae.csv",
)
"""The files of a folder in the order in which they are told about."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What each file of a folder holds."""

    patients: Reading[PatientRow]
    visits: Reading[VisitRow]
    answers: Reading[AnswerRow]
    totals: Reading[TotalRow]
    treatments: Reading[TreatmentRow]
    doses: Reading[DoseRow]
    events: Reading[EventRow]
    measures: Reading[MeasureRow]
    sequelae: Reading[SequelaRow]


def read_batch(folder: Path, catalogue: Catalogue, complaints: Complaints) -> Batch:
    """Read every file; complain about each record and each repeated key."""
    batch = Batch(
        patients=read_table(folder, PATIENTS, complaints, is_required=True),
        visits=read_table(folder, VISITS, complaints),
        answers=read_table(folder, answers_table(catalogue), complaints),
        totals=read_table(folder, totals_table(catalogue), complaints),
        treatments=read_table(folder, TREATMENTS, complaints),
        doses=read_table(folder, DOSES, complaints),
        events=read_table(folder, EVENTS, complaints),
        measures=read_table(folder, MEASURES, complaints),
        sequelae=read_table(folder, SEQUELAE, complaints),
    )
    check_repeats(batch.patients, complaints)
    check_repeats(batch.visits, complaints)
    check_repeats(batch.answers, complaints)
    check_repeats(batch.totals, complaints)
    check_repeats(batch.treatments, complaints)
    check_repeats(batch.doses, complaints)
    check_repeats(batch.events, complaints)
    check_repeats(batch.measures, complaints)
    check_repeats(batch.sequelae, complaints)
    return batch
