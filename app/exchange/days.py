"""Days that cannot be: in the future, or before the birth."""

from collections.abc import Iterator
from datetime import date

from app.dates import PartialDate
from app.errors import N_, UserError
from app.exchange.batch import Batch
from app.exchange.fresh import Fresh
from app.exchange.problems import Complaints, Place
from app.exchange.stored import Stored
from app.records.rules import check_day


def check_days(
    batch: Batch, fresh: Fresh, stored: Stored, today: date, complaints: Complaints
) -> None:
    """Complain about new visits, events and measures in the future or before the birth date.

    A birth date in the future is complained about at its own row.
    """
    births = {each.row.patient_id: each.row.facts.birth_date for each in batch.patients.rows}
    for patient in fresh.patients:
        birth = patient.row.facts.birth_date
        if birth is not None and birth.first > today:
            message = N_("The birth date, {birth}, is in the future.")
            complaints.add(patient.place, "birth_date", message, birth=birth)
    for place, patient_id, day in _dated(fresh):
        birth = births.get(patient_id) or _stored_birth(stored, patient_id)
        try:
            check_day(day, birth, today)
        except UserError as error:
            complaints.add(place, "date", error.message, **error.values)


def _dated(fresh: Fresh) -> Iterator[tuple[Place, str, PartialDate]]:
    for rows in (fresh.visits, fresh.events, fresh.measures):
        for placed in rows:
            yield placed.place, placed.row.patient_id, placed.row.date


def _stored_birth(stored: Stored, patient_id: str) -> PartialDate | None:
    patient = stored.patient(patient_id)
    return None if patient is None else patient.facts.birth_date
