"""What holds between new rows: whose a patient's visits and treatments are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.errors import N_
from app.exchange.batch import Batch
from app.exchange.fresh import Fresh
from app.exchange.problems import Complaints, Place
from app.exchange.rows import MeasureRow
from app.exchange.stored import Stored
from app.records.model import VisitState

_DRAFT = N_("Visit “{text}” is not signed yet in the records.")


@dataclass(frozen=True, slots=True)
class Link:
    """A row that names something of a patient's: a visit or a treatment."""

    place: Place
    patient_id: str
    named: str


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose a named thing is: in the file, else in the store. ``declared`` as in ``Reading``."""

    column: str
    in_file: Mapping[str, str]
    declared: frozenset[str] | None
    in_store: Callable[[str], str | None]
    unknown: str
    foreign: str

    def check(self, link: Link, complaints: Complaints) -> None:
        """Complain about a name that nothing has, or that another patient's thing has."""
        owner = self.in_file.get(link.named) or self.in_store(link.named)
        if owner is None:
            if self.declared is not None and link.named not in self.declared:
                complaints.add(link.place, self.column, self.unknown, text=link.named)
        elif owner != link.patient_id:
            complaints.add(link.place, self.column, self.foreign, text=link.named)


def check_links(batch: Batch, fresh: Fresh, stored: Stored, complaints: Complaints) -> None:
    """Complain about each new row that hangs on a patient, visit or treatment it cannot have."""
    for place, patient_id in _owned(fresh):
        _check_patient(place, patient_id, batch.patients.declared, stored, complaints)
    visits = _visit_owners(batch, stored)
    for link in _visit_links(fresh):
        visits.check(link, complaints)
        if stored.is_draft_only(link.named):
            complaints.add(link.place, "visit_id", _DRAFT, text=link.named)
    for measure in fresh.measures:
        _check_joins(measure.place, measure.row, stored, complaints)
    treatments = _treatment_owners(batch, stored)
    for dose in fresh.doses:
        link = Link(dose.place, dose.row.patient_id, dose.row.treatment_id)
        treatments.check(link, complaints)


def _owned(fresh: Fresh) -> Iterator[tuple[Place, str]]:
    for rows in (
        fresh.visits,
        fresh.answers,
        fresh.totals,
        fresh.treatments,
        fresh.doses,
        fresh.events,
        fresh.measures,
        fresh.sequelae,
    ):
        for placed in rows:
            yield placed.place, placed.row.patient_id


def _visit_links(fresh: Fresh) -> Iterator[Link]:
    for rows in (fresh.visits, fresh.answers, fresh.totals, fresh.measures):
        for placed in rows:
            if placed.row.visit_id:
                yield Link(placed.place, placed.row.patient_id, placed.row.visit_id)


def _check_patient(
    place: Place,
    patient_id: str,
    declared: frozenset[str] | None,
    stored: Stored,
    complaints: Complaints,
) -> None:
    patient = stored.patient(patient_id)
    if patient is not None and patient.error_reason is not None:
        message = N_("Patient “{text}” is marked as entered in error.")
        complaints.add(place, "patient_id", message, text=patient_id)
    elif patient is None and declared is not None and patient_id not in declared:
        message = N_("There is no patient “{text}” in patients.csv or in the records.")
        complaints.add(place, "patient_id", message, text=patient_id)


def _visit_owners(batch: Batch, stored: Stored) -> Owners:
    return Owners(
        column="visit_id",
        in_file=_first((each.row.visit_id, each.row.patient_id) for each in batch.visits.rows),
        declared=batch.visits.declared,
        in_store=stored.owner_of_visit,
        unknown=N_("There is no visit “{text}” in visits.csv or in the records."),
        foreign=N_("Visit “{text}” is another patient's."),
    )


def _treatment_owners(batch: Batch, stored: Stored) -> Owners:
    return Owners(
        column="treatment_id",
        in_file=_first(
            (each.row.treatment_id, each.row.patient_id) for each in batch.treatments.rows
        ),
        declared=batch.treatments.declared,
        in_store=stored.owner_of_treatment,
        unknown=N_("There is no treatment “{text}” in treatments.csv or in the records."),
        foreign=N_("Treatment “{text}” is another patient's."),
    )


def _first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the owner of each name; of a repeated one the first, as the repeat is the fault."""
    found: dict[str, str] = {}
    for name, owner in pairs:
        found.setdefault(name, owner)
    return found


def _check_joins(place: Place, row: MeasureRow, stored: Stored, complaints: Complaints) -> None:
    """Complain about a new measure of a stored visit that takes none."""
    visit = stored.visit(row.visit_id) if row.visit_id else None
    if visit is None:
        return
    if visit.error_reason is not None:
        message = N_("Visit “{text}” is marked as entered in error.")
        complaints.add(place, "visit_id", message, text=row.visit_id)
    elif visit.state is VisitState.SIGNED:
        message = N_("Visit “{text}” is signed; nothing can be added to it.")
        complaints.add(place, "visit_id", message, text=row.visit_id)
