"""The list of patients and of unfinished visits: a few questions, however many there are."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.clock import Moment
from app.dates import PartialDate
from app.records.ledger import Ledger
from app.records.loading import LATEST, Order, series_order
from app.records.model import DraftSummary, LastTotal, Patient, PatientSummary
from app.records.values import Read, known_date, patient_of
from scales.catalogue import Catalogue

LINE_LENGTH = 12
"""How many of the latest totals of a scale the list shows."""

_TOTALS = (
    "SELECT v.patient, v.date, v.time, v.visit_id, a.scale, a.total FROM visits AS v "  # noqa: S608 - our own conditions
    f"LEFT JOIN assessments AS a ON a.visit = v.id WHERE {LATEST}"
)
_DRAFTS = (
    "SELECT v.id, v.patient, v.date, v.started_utc, v.started_offset, a.scale, a.is_typed, "
    "(SELECT count(*) FROM answers AS w WHERE w.assessment = a.id) AS answered "
    "FROM visits AS v LEFT JOIN assessments AS a ON a.visit = v.id WHERE v.state = 'draft' "
    "ORDER BY v.id"
)

_Totals = Mapping[str, list[tuple[Order, Read]]]


def load_patients(ledger: Ledger) -> tuple[Patient, ...]:
    """Return all patients by name, then identifier, with those marked entered in error."""
    patients = map(patient_of, ledger.rows("SELECT * FROM patients"))
    return tuple(sorted(patients, key=_name_order))


def load_drafts(ledger: Ledger) -> tuple[DraftSummary, ...]:
    """Return the unfinished visits, the one begun first in front."""
    patients = {patient.id: patient for patient in load_patients(ledger)}
    sheets: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ledger.rows(_DRAFTS):
        sheets[row["id"]].append(row)
    drafts = (_draft(ledger.catalogue, patients, rows) for rows in sheets.values())
    return tuple(draft for draft in drafts if draft.patient.error_reason is None)


def load_summaries(ledger: Ledger) -> tuple[PatientSummary, ...]:
    """Return a line for each patient who is not marked entered in error, by name."""
    drafts = {draft.patient.id: draft for draft in load_drafts(ledger)}
    visits: dict[str, list[tuple[Order, Read]]] = defaultdict(list)
    for row in ledger.rows(_TOTALS):
        order = series_order(known_date(row["date"]), row["time"], row["visit_id"])
        visits[row["patient"]].append((order, row))
    return tuple(
        _summary(ledger.catalogue, patient, visits[patient.id], drafts.get(patient.id))
        for patient in load_patients(ledger)
        if patient.error_reason is None
    )


def _name_order(patient: Patient) -> tuple[str, str, str]:
    facts = patient.facts
    return facts.family_name.casefold(), facts.given_name.casefold(), facts.patient_id


def _draft(
    catalogue: Catalogue, patients: Mapping[str, Patient], rows: list[dict[str, Any]]
) -> DraftSummary:
    first = rows[0]
    begun = [row for row in rows if row["is_typed"] or row["answered"]]
    keys = {definition.id: len(definition.keys) for definition in catalogue.definitions}
    # An untouched visit begins with the first scale of the catalogue.
    scales = [row["scale"] for row in begun if not row["is_typed"]] if begun else [*keys][:1]
    return DraftSummary(
        visit=first["id"],
        patient=patients[first["patient"]],
        date=known_date(first["date"]),
        started=Moment.read(first["started_utc"], first["started_offset"]),
        answered=sum(row["answered"] for row in begun),
        keys=sum(keys.get(scale, 0) for scale in scales),
    )


def _summary(
    catalogue: Catalogue,
    patient: Patient,
    visits: list[tuple[Order, Read]],
    draft: DraftSummary | None,
) -> PatientSummary:
    lines: dict[str, list[tuple[PartialDate, Decimal | None]]] = defaultdict(list)
    rows = [row for _, row in sorted(visits, key=lambda visit: visit[0])]
    for row in rows:
        if row["scale"] is not None:
            total = None if row["total"] is None else Decimal(row["total"])
            lines[row["scale"]].append((known_date(row["date"]), total))
    known = [definition.id for definition in catalogue.definitions]
    return PatientSummary(
        patient=patient,
        last_visit=known_date(rows[-1]["date"]) if rows else None,
        totals=tuple(
            LastTotal(scale, tuple(lines[scale][-LINE_LENGTH:]))
            for scale in [*known, *sorted(set(lines) - set(known))]
            if scale in lines
        ),
        draft=draft,
    )
