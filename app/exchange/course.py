"""The tables of treatments, dose steps, events, measures and sequelae."""

from app.dates import iso
from app.errors import N_, UserError
from app.exchange.cells import Cells, read_identifier
from app.exchange.rows import DoseRow, EventRow, MeasureRow, SequelaRow, TreatmentRow
from app.exchange.table import Texts, table
from app.records.codes import (
    AGENTS,
    EVENT_KINDS,
    FREQUENCIES,
    MEASURE_KINDS,
    OTHER,
    SEQUELA_KINDS,
    SEQUELA_STATES,
    UNITS,
)
from scales.model import plain

# An axis of the chart is named by one of these words or by a treatment id.
_AXES = ("date", "age")


def _read_treatment_id(text: str) -> str:
    if text in _AXES:
        raise UserError(N_("“{text}” names an axis and cannot be a treatment id."), text=text)
    return read_identifier(text)


def _read_treatment(cells: Cells) -> TreatmentRow:
    start = cells.optional_date("start")
    return TreatmentRow(
        patient_id=cells.identifier("patient_id"),
        treatment_id=cells.required("treatment_id", _read_treatment_id, ""),
        agent=cells.code("agent", AGENTS),
        start=start,
        stop=cells.stop(start),
        route=cells.text("route"),
        note=cells.note(cells.text("agent")),
    )


def _write_treatment(row: TreatmentRow) -> Texts:
    start, stop = iso(row.start), iso(row.stop)
    return (row.patient_id, row.treatment_id, row.agent, start, stop, row.route, row.note)


def _read_dose(cells: Cells) -> DoseRow:
    start = cells.optional_date("start")
    unit = cells.code("unit", UNITS)
    frequency = cells.optional_code("frequency", FREQUENCIES)
    return DoseRow(
        patient_id=cells.identifier("patient_id"),
        treatment_id=cells.identifier("treatment_id"),
        start=start,
        stop=cells.stop(start),
        dose=cells.number("dose"),
        unit=unit,
        frequency=frequency,
        note=cells.note(OTHER if OTHER in (unit, frequency) else unit),
    )


def _write_dose(row: DoseRow) -> Texts:
    return (
        row.patient_id,
        row.treatment_id,
        iso(row.start),
        iso(row.stop),
        plain(row.dose),
        row.unit,
        row.frequency,
        row.note,
    )


def _read_event(cells: Cells) -> EventRow:
    date = cells.date("date")
    return EventRow(
        patient_id=cells.identifier("patient_id"),
        date=date,
        stop=cells.stop(date),
        kind=cells.code("kind", EVENT_KINDS),
        author=cells.text("author"),
        note=cells.text("note"),
    )


def _write_event(row: EventRow) -> Texts:
    return (row.patient_id, str(row.date), iso(row.stop), row.kind, row.author, row.note)


def _read_measure(cells: Cells) -> MeasureRow:
    return MeasureRow(
        patient_id=cells.identifier("patient_id"),
        visit_id=cells.optional("visit_id", read_identifier, ""),
        date=cells.date("date"),
        kind=cells.code("kind", MEASURE_KINDS),
        value=cells.number("value"),
        note=cells.text("note"),
    )


def _write_measure(row: MeasureRow) -> Texts:
    return (row.patient_id, row.visit_id, str(row.date), row.kind, plain(row.value), row.note)


def _read_sequela(cells: Cells) -> SequelaRow:
    return SequelaRow(
        patient_id=cells.identifier("patient_id"),
        date=cells.date("date"),
        kind=cells.code("kind", SEQUELA_KINDS),
        state=cells.code("state", SEQUELA_STATES),
        note=cells.text("note"),
    )


def _write_sequela(row: SequelaRow) -> Texts:
    return (row.patient_id, str(row.date), row.kind, row.state, row.note)


TREATMENTS = table(
    "treatments.csv",
    "patient_id* treatment_id* agent* start stop route note",
    read=_read_treatment,
    write=_write_treatment,
    keys="treatment_id",
)
DOSES = table(
    "doses.csv",
    "patient_id* treatment_id* start stop dose* unit* frequency note",
    read=_read_dose,
    write=_write_dose,
)
EVENTS = table(
    "events.csv",
    "patient_id* date* stop kind* author note",
    read=_read_event,
    write=_write_event,
)
MEASURES = table(
    "measures.csv",
    "patient_id* visit_id date* kind* value* note",
    read=_read_measure,
    write=_write_measure,
)
SEQUELAE = table(
    "sequelae.csv",
    "patient_id* date* kind* state* note",
    read=_read_sequela,
    write=_write_sequela,
)
