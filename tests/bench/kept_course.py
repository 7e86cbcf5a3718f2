"""A made-up course kept in a file, and its numbers read from that file by plain questions."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from app.exchange.importing import import_from
from app.records.model import PatientRecord
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Scored, plain
from tests.bench.clinic import connection_of

WHO = "40-1187"
_HEADS = {
    "patients": ("patient_id", "birth_date"),
    "visits": ("patient_id", "visit_id", "date", "rater"),
    "answers": ("patient_id", "visit_id", "scale", "item", "side", "value"),
    "treatments": ("patient_id", "treatment_id", "agent", "start", "stop"),
    "doses": ("patient_id", "treatment_id", "start", "dose", "unit", "frequency"),
}
Points = Mapping[str, list[tuple[float, float]]]
Bars = Mapping[str, list[tuple[float, float]]]


def keep_course(store: Store, record: PatientRecord) -> str:
    """Bring a record into a store by its tables; return the patient's internal id."""
    tables: dict[str, list[Sequence[str]]] = {name: [head] for name, head in _HEADS.items()}
    for name, row in _rows(record):
        tables[name].append(row)
    with TemporaryDirectory() as folder:
        for name, rows in tables.items():
            with (Path(folder) / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        import_from(store, load_catalogue(), Path(folder))
    return store.patients.by_patient_id(WHO).id


def _rows(record: PatientRecord) -> Iterator[tuple[str, Sequence[str]]]:
    yield "patients", (WHO, str(record.patient.facts.birth_date))
    for visit in record.visits:
        facts = visit.facts
        yield "visits", (WHO, facts.visit_id, str(facts.date), facts.rater)
        for sheet in visit.sheets:
            for key, answer in sheet.answers.items():
                side = key.side.value if key.side else ""
                value = plain(answer.level) if isinstance(answer, Scored) else ""
                yield "answers", (WHO, facts.visit_id, sheet.scale, key.item, side, value)
    for treatment in record.treatments:
        known = treatment.facts
        name = known.treatment_id
        yield "treatments", (WHO, name, known.agent, str(known.start), str(known.stop))
        for each in treatment.doses:
            dose = each.facts
            told = (str(dose.start), plain(dose.dose), dose.unit, dose.frequency)
            yield "doses", (WHO, name, *told)


def rows_of(store: Store, patient: str) -> tuple[Points, Bars]:
    """Return totals by scale and bars by agent, asked of the same file and connection."""
    ask, who = connection_of(store).execute, bytes.fromhex(patient)
    points: dict[str, list[tuple[float, float]]] = {}
    totals = ask(
        "SELECT s.scale, v.date, s.total FROM visits v JOIN sheets s ON s.visit = v.id"
        " WHERE v.patient = ? AND s.total IS NOT NULL ORDER BY v.date", (who,)
    )  # fmt: skip
    for scale, day, total in totals:
        points.setdefault(scale, []).append((_day(day), float(total)))
    bars: dict[str, list[tuple[float, float]]] = {}
    doses = ask(
        "SELECT t.agent, d.start, t.stop FROM treatments t JOIN doses d ON d.treatment = t.id"
        " WHERE t.patient = ? ORDER BY t.agent, d.start", (who,)
    )  # fmt: skip
    for agent, start, stop in doses:
        bars.setdefault(agent, []).append((_day(start), min(4.0, _day(stop) - _day(start))))
    return points, bars


def _day(told: str) -> float:
    return float(date.fromisoformat(told).toordinal())
