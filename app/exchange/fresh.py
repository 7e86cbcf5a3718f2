"""Which rows are new: an equal one is passed over, one that differs from its twin is a problem."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.errors import N_
from app.exchange.batch import Batch
from app.exchange.held import Held, patient_row
from app.exchange.problems import Complaints
from app.exchange.reading import Placed, Reading
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
from app.exchange.stored import Stored
from app.exchange.table import Row, Table

_DIFFERS = N_("This row differs from what is stored; what is stored is never overwritten.")
_FROZEN = N_("Visit “{text}” is stored already; no scale can be added to it.")


@dataclass(frozen=True, slots=True)
class Fresh:
    """The rows that are to be written, table by table."""

    patients: tuple[Placed[PatientRow], ...]
    visits: tuple[Placed[VisitRow], ...]
    answers: tuple[Placed[AnswerRow], ...]
    totals: tuple[Placed[TotalRow], ...]
    treatments: tuple[Placed[TreatmentRow], ...]
    doses: tuple[Placed[DoseRow], ...]
    events: tuple[Placed[EventRow], ...]
    measures: tuple[Placed[MeasureRow], ...]
    sequelae: tuple[Placed[SequelaRow], ...]


def fresh_rows(batch: Batch, stored: Stored, complaints: Complaints) -> Fresh:
    """Return the new rows of a batch; complain about each that differs from a stored one."""
    return Fresh(
        patients=_keyed(batch.patients, lambda row: _patient(row, stored), complaints),
        visits=_keyed(batch.visits, stored.visit_row, complaints),
        answers=tuple(_answers(batch.answers, stored, complaints)),
        totals=tuple(_totals(batch.totals, stored, complaints)),
        treatments=_keyed(batch.treatments, stored.treatment_row, complaints),
        doses=_unheld(batch.doses, stored, lambda held: held.doses),
        events=_unheld(batch.events, stored, lambda held: held.events),
        measures=_unheld(batch.measures, stored, lambda held: held.measures),
        sequelae=_unheld(batch.sequelae, stored, lambda held: held.sequelae),
    )


def _keyed(
    reading: Reading[Row], stored_row: Callable[[Row], Row | None], complaints: Complaints
) -> tuple[Placed[Row], ...]:
    """Return the rows whose key is not stored."""
    fresh = []
    for placed in reading.rows:
        known = stored_row(placed.row)
        if known is None:
            fresh.append(placed)
        elif known != placed.row:
            column = _first_difference(reading.table, known, placed.row)
            complaints.add(placed.place, column, _DIFFERS)
    return tuple(fresh)


def _first_difference(table: Table[Row], known: Row, row: Row) -> str:
    pairs = zip(table.columns, table.write(known), table.write(row), strict=True)
    return next(column for column, before, now in pairs if before != now)


def _patient(row: PatientRow, stored: Stored) -> PatientRow | None:
    patient = stored.patient(row.patient_id)
    return None if patient is None else patient_row(patient)


def _answers(
    reading: Reading[AnswerRow], stored: Stored, complaints: Complaints
) -> Iterator[Placed[AnswerRow]]:
    """Yield the answers of visits that are not stored; a stored visit takes no new answer."""
    for placed in reading.rows:
        if stored.visit(placed.row.visit_id) is None:
            yield placed
        elif not stored.has_answer(placed.row):
            message = _refusal(stored, placed.row.visit_id, placed.row.scale)
            complaints.add(placed.place, "value", message, text=placed.row.visit_id)


def _totals(
    reading: Reading[TotalRow], stored: Stored, complaints: Complaints
) -> Iterator[Placed[TotalRow]]:
    """Yield the totals of visits that are not stored; a stored visit takes no new total."""
    for placed in reading.rows:
        if stored.visit(placed.row.visit_id) is None:
            yield placed
        elif stored.total(placed.row) != placed.row.total:
            message = _refusal(stored, placed.row.visit_id, placed.row.scale)
            complaints.add(placed.place, "total", message, text=placed.row.visit_id)


def _refusal(stored: Stored, visit_id: str, scale: str) -> str:
    return _DIFFERS if stored.has_scale(visit_id, scale) else _FROZEN


def _unheld(
    reading: Reading[Row], stored: Stored, rows_of: Callable[[Held], frozenset[Row]]
) -> tuple[Placed[Row], ...]:
    """Return the rows that the patient's record does not hold as they are."""
    fresh = []
    for placed in reading.rows:
        held = stored.held(placed.row.patient_id)
        if held is None or placed.row not in rows_of(held):
            fresh.append(placed)
    return tuple(fresh)
