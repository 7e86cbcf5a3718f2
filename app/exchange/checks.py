"""What must hold between rows: whose visits and treatments they name, days, sheets and totals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.exchange.comma import unguarded
from app.exchange.matching import StoredRecords
from app.exchange.problems import Complaints, Place
from app.exchange.scale_cells import ScaleCells
from app.exchange.tables import Placed, Reading, name_in
from app.records.declaration import (
    ANSWERS,
    DOSES,
    KINDS,
    MEASURES,
    PATIENTS,
    TOTALS,
    TREATMENTS,
    VISITS,
    AnswerFacts,
    DoseFacts,
    Kind,
    PatientFacts,
    TotalFacts,
    TreatmentFacts,
)
from app.records.doses import problems_outside
from app.records.fields import day_problems_in, values_of
from app.records.model import ImportedSheet, VisitState
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused
from scales.model import Answer, Answers, Definition, Key, Result, plain
from scales.score import score

Batch = Mapping[str, Reading]
"""What each file holds, by the name of its kind."""
Fresh = Mapping[str, Sequence[Placed]]
"""The rows that are to be written, by the name of their kind."""
Sheets = Mapping[str, tuple[ImportedSheet, ...]]
"""The sheets of new visits by visit id."""

_DRAFT = N_("Visit “{text}” is not signed yet in the records.")


class _Owners(Struct, frozen=True):
    """Whose a named thing is: in the file, else in the store. ``declared`` as in ``Reading``."""

    column: str
    in_file: Mapping[str, str]
    declared: frozenset[str] | None
    in_store: Callable[[str], str | None]
    unknown: str
    foreign: str

    def check(self, kind: Kind, placed: Placed, complaints: Complaints) -> None:
        """Complain about a name that nothing has, or that another patient's thing has."""
        named = name_in(kind, placed.row, self.column)
        owner = self.in_file.get(named) or self.in_store(named)
        if owner is None:
            if self.declared is not None and named not in self.declared:
                complaints.add(placed.place, self.column, self.unknown, text=named)
        elif owner != name_in(kind, placed.row):
            complaints.add(placed.place, self.column, self.foreign, text=named)


def check_links(batch: Batch, fresh: Fresh, stored: StoredRecords, complaints: Complaints) -> None:
    """Complain about each new row that hangs on a patient, visit or treatment it cannot have."""
    for kind in KINDS[1:]:
        for placed in fresh[kind.name]:
            _check_patient(kind, placed, batch[PATIENTS.name].declared, stored, complaints)
    visits = _visit_owners(batch, stored)
    for kind, placed in _naming_visits(fresh):
        visits.check(kind, placed, complaints)
        if kind is not VISITS or stored.is_draft_only(name_in(kind, placed.row, "visit_id")):
            _check_visit(kind, placed, stored, complaints)
    treatments = _treatment_owners(batch, stored)
    for placed in fresh[DOSES.name]:
        treatments.check(DOSES, placed, complaints)
    _check_inside(batch, fresh, stored, complaints)


def _check_inside(
    batch: Batch, fresh: Fresh, stored: StoredRecords, complaints: Complaints
) -> None:
    """Complain about each new dose step that lies outside its treatment."""
    told = {
        name_in(TREATMENTS, placed.row, "treatment_id"): placed.row.facts
        for placed in reversed(batch[TREATMENTS.name].rows)
    }
    for placed in fresh[DOSES.name]:
        treatment_id, dose = name_in(DOSES, placed.row, "treatment_id"), placed.row.facts
        known = stored.treatment(treatment_id)
        treatment = known.facts if known is not None else told.get(treatment_id)
        if isinstance(treatment, TreatmentFacts) and isinstance(dose, DoseFacts):
            for column, problem in problems_outside(treatment, dose):
                complaints.add(placed.place, column, problem.message, **problem.values)


def _naming_visits(fresh: Fresh) -> Iterator[tuple[Kind, Placed]]:
    for kind in (VISITS, ANSWERS, TOTALS, MEASURES):
        for placed in fresh[kind.name]:
            if name_in(kind, placed.row, "visit_id"):
                yield kind, placed


def _check_patient(
    kind: Kind,
    placed: Placed,
    declared: frozenset[str] | None,
    stored: StoredRecords,
    complaints: Complaints,
) -> None:
    patient_id = name_in(kind, placed.row)
    patient = stored.patient(patient_id)
    if patient is not None and patient.error_reason is not None:
        message = N_("Patient “{text}” is marked as entered in error.")
        complaints.add(placed.place, "patient_id", message, text=patient_id)
    elif patient is None and declared is not None and patient_id not in declared:
        message = N_("There is no patient “{text}” in patients.csv or in the records.")
        complaints.add(placed.place, "patient_id", message, text=patient_id)


def _check_visit(
    kind: Kind, placed: Placed, stored: StoredRecords, complaints: Complaints
) -> None:
    """Complain about a visit that is not signed yet, or that takes no new measure."""
    visit_id = name_in(kind, placed.row, "visit_id")
    visit = stored.visit(visit_id)
    if stored.is_draft_only(visit_id):
        complaints.add(placed.place, "visit_id", _DRAFT, text=visit_id)
    elif kind is MEASURES and visit is not None and visit.error_reason is not None:
        message = N_("Visit “{text}” is marked as entered in error.")
        complaints.add(placed.place, "visit_id", message, text=visit_id)
    elif kind is MEASURES and visit is not None and visit.state is VisitState.SIGNED:
        message = N_("Visit “{text}” is signed; nothing can be added to it.")
        complaints.add(placed.place, "visit_id", message, text=visit_id)
    elif kind is MEASURES and stored.is_being_amended(visit_id):
        message = N_("Visit “{text}” is being amended. Sign or discard that first.")
        complaints.add(placed.place, "visit_id", message, text=visit_id)


def _visit_owners(batch: Batch, stored: StoredRecords) -> _Owners:
    return _Owners(
        column="visit_id",
        in_file=_first_owners(VISITS, batch, "visit_id"),
        declared=batch[VISITS.name].declared,
        in_store=stored.owner_of_visit,
        unknown=N_("There is no visit “{text}” in visits.csv or in the records."),
        foreign=N_("Visit “{text}” is another patient's."),
    )


def _treatment_owners(batch: Batch, stored: StoredRecords) -> _Owners:
    return _Owners(
        column="treatment_id",
        in_file=_first_owners(TREATMENTS, batch, "treatment_id"),
        declared=batch[TREATMENTS.name].declared,
        in_store=stored.owner_of_treatment,
        unknown=N_("There is no treatment “{text}” in treatments.csv or in the records."),
        foreign=N_("Treatment “{text}” is another patient's."),
    )


def _first_owners(kind: Kind, batch: Batch, column: str) -> Mapping[str, str]:
    """Return the owner of each name; of a repeated one the first, as the repeat is the fault."""
    found: dict[str, str] = {}
    for placed in batch[kind.name].rows:
        found.setdefault(name_in(kind, placed.row, column), name_in(kind, placed.row))
    return found


def check_days(
    batch: Batch, fresh: Fresh, stored: StoredRecords, today: date, complaints: Complaints
) -> None:
    """Complain about new rows with a date outside the patient's life so far, or too far ahead."""
    births = _births(batch)
    for kind in KINDS:
        for placed in fresh[kind.name]:
            patient_id = name_in(kind, placed.row)
            birth = births.get(patient_id) or _stored_birth(stored, patient_id)
            values = values_of(placed.row.facts)
            for column, problem in day_problems_in(kind.facts, values, birth, today):
                complaints.add(placed.place, column, problem.message, **problem.values)


def _births(batch: Batch) -> Mapping[str, PartialDate | None]:
    rows = batch[PATIENTS.name].rows
    return {name_in(PATIENTS, each.row): _birth(each) for each in rows}


def _birth(placed: Placed) -> PartialDate | None:
    facts = placed.row.facts
    return facts.birth_date if isinstance(facts, PatientFacts) else None


def _stored_birth(stored: StoredRecords, patient_id: str) -> PartialDate | None:
    patient = stored.patient(patient_id)
    return None if patient is None else patient.facts.birth_date


def sheets_of(
    batch: Batch, fresh: Fresh, catalogue: Catalogue, cells: ScaleCells, complaints: Complaints
) -> Sheets:
    """Return the sheets of each visit id; a scale with open keys only has none.

    Complain about a broken rule of a scale, and a typed total beside answers that do not make it.
    """
    gathered = _gather(fresh[ANSWERS.name], catalogue, cells, complaints)
    unsure = _refused_sheets(batch[ANSWERS.name])
    found: dict[str, list[ImportedSheet]] = defaultdict(list)
    for (visit_id, scale), sheet in gathered.items():
        if sheet.answers:
            imported = ImportedSheet(scale, sheet.version, sheet.answers, result=sheet.result)
            found[visit_id].append(imported)
    for typed in fresh[TOTALS.name]:
        facts, visit_id = typed.row.facts, name_in(TOTALS, typed.row, "visit_id")
        assert isinstance(facts, TotalFacts)  # noqa: S101 - that is what the table tells
        beside = gathered.get((visit_id, facts.scale))
        if beside is None:
            found[visit_id].append(ImportedSheet(facts.scale, facts.version, {}, facts.total))
        elif (visit_id, facts.scale) not in unsure:
            _check_beside(typed.place, facts, beside, complaints)
    return {visit_id: tuple(sheets) for visit_id, sheets in found.items()}


def _refused_sheets(answers: Reading) -> frozenset[tuple[str, str]]:
    """Return the visit and scale of each answer that was refused: its sheet is not all there."""
    return frozenset(
        (unguarded(cells.get("visit_id", "")), cells.get("scale", "")) for cells in answers.refused
    )


class _PlacedAnswer(Struct, frozen=True):
    """An answer row as its scale reads it."""

    place: Place
    version: str
    key: Key
    answer: Answer | None


class _Gathered(Struct, frozen=True):
    """The answer rows of one scale of one visit, and what they score."""

    definition: Definition
    rows: Sequence[_PlacedAnswer]
    result: Result | None = None

    @property
    def version(self) -> str:
        """The version of the scale that the rows name."""
        return self.rows[0].version

    @property
    def answers(self) -> Answers:
        """The keys that are not open."""
        return {each.key: each.answer for each in self.rows if each.answer is not None}


def _gather(
    placed: Iterable[Placed], catalogue: Catalogue, cells: ScaleCells, complaints: Complaints
) -> dict[tuple[str, str], _Gathered]:
    groups: dict[tuple[str, str], list[_PlacedAnswer]] = defaultdict(list)
    for each in placed:
        facts = each.row.facts
        assert isinstance(facts, AnswerFacts)  # noqa: S101 - that is what the table tells
        visit_id = name_in(ANSWERS, each.row, "visit_id")
        key, answer = cells.answer_of(facts)
        rows = groups[visit_id, facts.scale]
        rows.append(_PlacedAnswer(each.place, facts.version, key, answer))
        if facts.version != rows[0].version:
            message = N_("The answers of a sheet have one version; another row says {text}.")
            complaints.add(each.place, "scale_version", message, text=rows[0].version)
    return {
        name: _scored(catalogue.find(name[1]), rows, complaints) for name, rows in groups.items()
    }


def _scored(
    definition: Definition, rows: Sequence[_PlacedAnswer], complaints: Complaints
) -> _Gathered:
    gathered = _Gathered(definition, rows)
    try:
        return _Gathered(definition, rows, score(definition, gathered.answers))
    except AnswerRefused as error:
        complaints.add(_bound(definition, rows), "value", error.message, **error.values)
        return gathered


def _bound(definition: Definition, rows: Sequence[_PlacedAnswer]) -> Place:
    """Return the place of the answer that a rule of the scale binds."""
    bound = {rule.other for rule in definition.rules}
    return next(each.place for each in rows if each.key.item in bound)


def _check_beside(
    place: Place, typed: TotalFacts, gathered: _Gathered, complaints: Complaints
) -> None:
    """Complain unless there is a row for every key and they make the same total."""
    if len(gathered.rows) < len(gathered.definition.keys):
        message = N_("A typed total needs either no answer row of its scale or one for each item.")
        complaints.add(place, "total", message)
    elif gathered.result is not None and gathered.result.total != typed.total:
        total = gathered.result.total
        complaints.add(
            place,
            "total",
            N_("The answers make {total}, not {typed}."),
            total="no total" if total is None else plain(total),
            typed=plain(typed.total),
        )
