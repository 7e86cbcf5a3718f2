"""Stored rows against new ones: an equal row is passed over, one that differs is a problem."""

from collections.abc import Iterator, Mapping, Sequence

from app.errors import N_
from app.exchange.problems import Complaints
from app.exchange.tables import (
    Placed,
    Reading,
    TableRow,
    Texts,
    key_of,
    name_in,
    texts_by_column,
)
from app.records.declaration import (
    ANSWERS,
    DOSES,
    EVENTS,
    FINDINGS,
    MEASURES,
    PATIENTS,
    SEQUELAE,
    TOTALS,
    TREATMENTS,
    VISITS,
    AnswerFacts,
    Kind,
    TotalFacts,
)
from app.records.model import Patient, PatientRecord, Sheet, Treatment, Visit, VisitState
from app.records.store import Store
from app.signs import folded
from scales.answers import write_answer
from scales.catalogue import Catalogue

_DIFFERS = N_("This row differs from what is stored; what is stored is never overwritten.")
_FROZEN = N_("Visit “{text}” is stored already; no scale can be added to it.")

_ALIKE = N_(
    "“{text}” differs from “{other}” in line {line} only in capitals, in the width of letters or "
    "in spaces."
)
_ALIKE_STORED = N_(
    "“{text}” differs from “{other}”, which is stored, only in capitals, in the width of letters "
    "or in spaces."
)
NAMED = (PATIENTS, VISITS, TREATMENTS)
"""The kinds whose rows have an identifier of their own."""

Rows = Mapping[str, Sequence[TableRow]]
"""Rows by the name of their kind."""


def stored_rows(record: PatientRecord, catalogue: Catalogue) -> Rows:
    """Return the rows of a record: the latest version of each signed visit, no draft, no error.

    Two equal rows of a table without a key are one.
    """
    owner = record.patient.facts.patient_id
    treatments = {each.id: each.facts.treatment_id for each in record.treatments}
    visits = {each.id: each.facts.visit_id for each in record.visits}
    return {
        PATIENTS.name: (_patient_row(record.patient),),
        VISITS.name: tuple(_row_of_visit(visit, owner) for visit in record.visits),
        ANSWERS.name: tuple(
            row for visit in record.visits for row in _answer_rows(visit, owner, catalogue)
        ),
        TOTALS.name: tuple(row for visit in record.visits for row in _total_rows(visit, owner)),
        TREATMENTS.name: tuple(_row_of_treatment(each, owner) for each in record.treatments),
        DOSES.name: _once(
            TableRow((owner, treatments[each.id]), step.facts)
            for each in record.treatments
            for step in each.doses
        ),
        EVENTS.name: _once(TableRow((owner,), each.facts) for each in record.events),
        MEASURES.name: _once(
            TableRow((owner, visits[each.visit] if each.visit else ""), each.facts)
            for each in record.measures
        ),
        SEQUELAE.name: _once(TableRow((owner,), each.facts) for each in record.sequelae),
        FINDINGS.name: _once(TableRow((owner,), each.facts) for each in record.findings),
    }


def _once(rows: Iterator[TableRow]) -> tuple[TableRow, ...]:
    return tuple(dict.fromkeys(rows))


def _patient_row(patient: Patient) -> TableRow:
    return TableRow((), patient.facts)


def _row_of_visit(visit: Visit, owner: str) -> TableRow:
    return TableRow((owner,), visit.facts)


def _row_of_treatment(treatment: Treatment, owner: str) -> TableRow:
    return TableRow((owner,), treatment.facts)


def _answer_rows(visit: Visit, owner: str, catalogue: Catalogue) -> Iterator[TableRow]:
    """Yield a row for every key of each scale of the visit that has an answer."""
    for sheet in visit.sheets:
        if not sheet.answers:
            continue
        for key in catalogue.find(sheet.scale).keys:
            value, reason = write_answer(sheet.answers.get(key))
            told = AnswerFacts(
                scale=sheet.scale,
                version=sheet.version,
                item=key.item,
                side=key.side or "",
                value=value,
                reason=reason,
            )
            yield TableRow((owner, visit.facts.visit_id), told)


def _total_rows(visit: Visit, owner: str) -> Iterator[TableRow]:
    """Yield a row for each total of the visit that was typed from paper."""
    for sheet in visit.sheets:
        if sheet.is_typed and sheet.total is not None:
            told = TotalFacts(scale=sheet.scale, version=sheet.version, total=sheet.total)
            yield TableRow((owner, visit.facts.visit_id), told)


class StoredRecords:
    """What the store holds already, by the ids of the tables; it remembers, and writes nothing."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store = store
        self._catalogue = catalogue
        self._patients: dict[str, Patient | None] = {}
        self._visits: dict[str, Visit | None] = {}
        self._treatments: dict[str, Treatment | None] = {}
        self._rows: dict[str, Mapping[str, frozenset[TableRow]]] = {}

    def patient(self, patient_id: str) -> Patient | None:
        """Return a patient, marked entered in error or not; ``None`` if there is none."""
        if patient_id not in self._patients:
            self._patients[patient_id] = self.store.patients.find(patient_id)
        return self._patients[patient_id]

    def holds(self, kind: Kind, row: TableRow) -> bool:
        """Whether the row's patient has a row that says the same."""
        patient_id = name_in(kind, row)
        if patient_id not in self._rows:
            self._rows[patient_id] = self._rows_of(patient_id)
        return row in self._rows[patient_id].get(kind.name, ())

    def twin(self, kind: Kind, row: TableRow) -> TableRow | None:
        """Return the stored patient, visit or treatment with the key of a row."""
        (key,) = key_of(kind, row)
        if kind is PATIENTS:
            patient = self.patient(key)
            return None if patient is None else _patient_row(patient)
        if kind is VISITS:
            visit = self.visit(key)
            return None if visit is None else _row_of_visit(visit, self._owner(visit.patient))
        treatment = self.treatment(key)
        if treatment is None:
            return None
        return _row_of_treatment(treatment, self._owner(treatment.patient))

    def treatment(self, treatment_id: str) -> Treatment | None:
        """Return a treatment; ``None`` if there is none."""
        if treatment_id not in self._treatments:
            self._treatments[treatment_id] = self.store.treatments.find(treatment_id)
        return self._treatments[treatment_id]

    def owner_of_visit(self, visit_id: str) -> str | None:
        """Return whose a visit is, be it a draft; ``None`` if there is none."""
        found = self._find(visit_id)
        return None if found is None else self._owner(found.patient)

    def owner_of_treatment(self, treatment_id: str) -> str | None:
        """Return whose a treatment is; ``None`` if there is none."""
        treatment = self.treatment(treatment_id)
        return None if treatment is None else self._owner(treatment.patient)

    def visit(self, visit_id: str) -> Visit | None:
        """Return the latest version that is no draft, marked as an error or not."""
        found = self._find(visit_id)
        return None if found is None or found.state is VisitState.DRAFT else found

    def is_draft_only(self, visit_id: str) -> bool:
        """Whether the visit is begun but was never signed."""
        return self._find(visit_id) is not None and self.visit(visit_id) is None

    def is_being_amended(self, visit_id: str) -> bool:
        """Whether an unfinished version will replace what is stored of the visit."""
        return any(one.state is VisitState.DRAFT for one in self.store.visits.versions(visit_id))

    def sheet(self, visit_id: str, scale: str) -> Sheet | None:
        """Return what the stored visit has of a scale."""
        visit = self.visit(visit_id)
        return None if visit is None else visit.sheet(scale)

    def says(self, kind: Kind, row: TableRow) -> bool:
        """Whether the stored visit says what a row of answers or totals says, open included."""
        visit_id = name_in(kind, row, "visit_id")
        if isinstance(row.facts, TotalFacts):
            sheet = self.sheet(visit_id, row.facts.scale)
            return sheet is not None and sheet.total == row.facts.total
        assert isinstance(row.facts, AnswerFacts)  # noqa: S101 - no other kind has a scale
        return self._says_answer(visit_id, row.facts)

    def _says_answer(self, visit_id: str, told: AnswerFacts) -> bool:
        sheet = self.sheet(visit_id, told.scale)
        answers = {} if sheet is None else sheet.answers
        known = {(key.item, key.side or ""): answer for key, answer in answers.items()}
        return write_answer(known.get((told.item, told.side))) == (told.value, told.reason)

    def _rows_of(self, patient_id: str) -> Mapping[str, frozenset[TableRow]]:
        patient = self.patient(patient_id)
        if patient is None:
            return {}
        rows = stored_rows(self.store.record(patient.id), self._catalogue)
        return {name: frozenset(each) for name, each in rows.items()}

    def _find(self, visit_id: str) -> Visit | None:
        if visit_id not in self._visits:
            self._visits[visit_id] = self.store.visits.find(visit_id)
        return self._visits[visit_id]

    def _owner(self, patient: str) -> str:
        return self.store.patients.get(patient).facts.patient_id


def new_rows(
    reading: Reading, stored: StoredRecords, complaints: Complaints
) -> tuple[Placed, ...]:
    """Return the rows that are not stored; complain about each that differs from its twin."""
    if reading.kind in (ANSWERS, TOTALS):
        return tuple(_of_new_visits(reading, stored, complaints))
    if not reading.kind.keys:
        return tuple(each for each in reading.rows if not stored.holds(reading.kind, each.row))
    return tuple(_without_twin(reading, stored, complaints))


def _without_twin(
    reading: Reading, stored: StoredRecords, complaints: Complaints
) -> Iterator[Placed]:
    for placed in reading.rows:
        known = stored.twin(reading.kind, placed.row)
        if known is None:
            yield placed
            _check_alike_stored(reading.kind, placed, stored, complaints)
        elif known != placed.row:
            column = _first_difference(reading.kind, known, placed.row)
            complaints.add(placed.place, column, _DIFFERS)


def _first_difference(kind: Kind, known: TableRow, row: TableRow) -> str:
    before, now = texts_by_column(kind, known), texts_by_column(kind, row)
    return next(column for column in kind.columns if before[column] != now[column])


def _of_new_visits(
    reading: Reading, stored: StoredRecords, complaints: Complaints
) -> Iterator[Placed]:
    """Yield the rows of visits that are not stored, or not as this patient's.

    A stored visit takes nothing new.
    """
    column = "value" if reading.kind is ANSWERS else "total"
    for placed in reading.rows:
        visit_id = name_in(reading.kind, placed.row, "visit_id")
        is_stored = stored.visit(visit_id) is not None
        if not is_stored or stored.owner_of_visit(visit_id) != name_in(reading.kind, placed.row):
            yield placed
        elif not stored.says(reading.kind, placed.row):
            scale = texts_by_column(reading.kind, placed.row)["scale"]
            has_scale = stored.sheet(visit_id, scale) is not None
            message = _DIFFERS if has_scale else _FROZEN
            complaints.add(placed.place, column, message, text=visit_id)


def check_repeats(reading: Reading, complaints: Complaints) -> None:
    """Complain about each row whose key an earlier row of the file has, or one that looks so."""
    if reading.kind in NAMED:
        _check_alike(reading, complaints)
    lines: dict[Texts, int] = {}
    for placed in reading.rows:
        first = lines.setdefault(key_of(reading.kind, placed.row), placed.place.line)
        if first != placed.place.line:
            complaints.add(
                placed.place,
                (reading.kind.keys or reading.kind.columns)[0],
                N_("This row has the same key as line {line}."),
                line=str(first),
            )


def _check_alike(reading: Reading, complaints: Complaints) -> None:
    """Complain about each identifier that people would take for an earlier one of the file."""
    (column,) = reading.kind.keys
    first: dict[str, tuple[str, int]] = {}
    for placed in reading.rows:
        name = name_in(reading.kind, placed.row, column)
        other, line = first.setdefault(folded(name), (name, placed.place.line))
        if other != name:
            complaints.add(placed.place, column, _ALIKE, text=name, other=other, line=str(line))


def _check_alike_stored(
    kind: Kind, placed: Placed, stored: StoredRecords, complaints: Complaints
) -> None:
    (column,) = kind.keys
    name = name_in(kind, placed.row, column)
    other = stored.store.alike(kind.name, name)
    if other not in ("", name):
        complaints.add(placed.place, column, _ALIKE_STORED, text=name, other=other)
