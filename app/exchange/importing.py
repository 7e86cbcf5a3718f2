"""Reading tables into the store: all of it or nothing."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from app.errors import N_, Bug, UserError
from app.exchange.checks import Batch, Fresh, Sheets, check_days, check_links, sheets_of
from app.exchange.matching import StoredRecords, check_repeats, new_rows
from app.exchange.problems import Complaints
from app.exchange.scale_cells import ScaleCells
from app.exchange.strangers import name_strangers
from app.exchange.table_files import TableFiles, find_tables
from app.exchange.tables import TableRow, name_in, read_table
from app.language import words
from app.records.declaration import (
    DOSES,
    KINDS,
    MEASURES,
    PATIENTS,
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitFacts,
)
from app.records.store import Store
from app.wording.people import who_words
from scales.catalogue import Catalogue
from scales.model import plain

_BARE = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_BARE_NOTE = N_("The note “{text}” is only a number.")
_BARE_REST = N_("The note “{text}” is only a number. Was “{value},{text}” meant?")
FILES = tuple(kind.file for kind in KINDS)
"""The files of a folder in the order in which they are told about."""


class ImportCounts(Struct, frozen=True):
    """How many rows of each file were new, and how many rows in all were there already.

    ``remarks`` are lines about what is worth a look.
    """

    new: Mapping[str, int]
    already_there: int
    remarks: tuple[str, ...] = ()


def import_from(
    store: Store, catalogue: Catalogue, place: Path, *, is_copied: bool = False
) -> ImportCounts:
    """Store the rows of a folder or a file that are new, in one transaction; dates go by its day.

    A full copy is made before, unless the caller had it made.

    Raises:
        Problems: Something is wrong; one line for each thing, and nothing is stored.
        UserError: There is no such place, it holds no tables, or the disk refuses.

    """
    tables = find_tables(place, FILES)
    complaints = Complaints()
    name_strangers(tables.names, FILES, complaints)
    stored = StoredRecords(store, catalogue)
    cells = ScaleCells(catalogue)
    batch = _read_batch(tables, cells, complaints)
    fresh = {name: new_rows(reading, stored, complaints) for name, reading in batch.items()}
    check_links(batch, fresh, stored, complaints)
    check_days(batch, fresh, stored, store.today(), complaints)
    sheets = sheets_of(batch, fresh, catalogue, cells, complaints)
    _note_bare_numbers(fresh, complaints)
    complaints.raise_any(FILES)
    without_copy = _copy_first(store) if any(fresh.values()) and not is_copied else ()
    _store(store, fresh, sheets)
    _note_namesakes(store, fresh, complaints)
    return _counts(batch, fresh, (*without_copy, *complaints.remarks(FILES)))


def _copy_first(store: Store) -> tuple[str, ...]:
    """Have what stands before the import copied in full; where it cannot be, return the reason.

    Records without a patient have nothing to lose by it.
    """
    if not store.lines.count() + store.lines.count_errors():
        return ()
    try:
        store.copies.before_risk()
    except UserError as error:
        return (words().error(error),)
    return ()


def _read_batch(tables: TableFiles, cells: ScaleCells, complaints: Complaints) -> Batch:
    finish = cells.finishers
    batch = {
        kind.name: read_table(tables, kind, complaints, finish.get(kind.name)) for kind in KINDS
    }
    for reading in batch.values():
        check_repeats(reading, complaints)
    return batch


def _note_bare_numbers(fresh: Fresh, complaints: Complaints) -> None:
    """Note each note of a measure that is only a number: perhaps the rest of a split one."""
    for placed in fresh[MEASURES.name]:
        facts = placed.row.facts
        if isinstance(facts, MeasureFacts) and _BARE.fullmatch(facts.note.strip()):
            is_whole = facts.value == facts.value.to_integral_value()
            message = _BARE_REST if is_whole else _BARE_NOTE
            values = {"text": facts.note.strip(), "value": plain(facts.value)}
            complaints.note(placed.place, "note", message, **values)


def _note_namesakes(store: Store, fresh: Fresh, complaints: Complaints) -> None:
    """Note each pair of patients, one of them new, who could be taken for each other."""
    told: set[frozenset[str]] = set()
    for placed in fresh[PATIENTS.name]:
        new = store.patients.by_patient_id(name_in(PATIENTS, placed.row))
        for other in store.namesakes.like(new.facts, new.id):
            pair = frozenset((new.id, other.id))
            if pair not in told:
                told.add(pair)
                who = who_words(new.facts, words())
                message = N_("{who} may be taken for {other}. Please make sure that they are two.")
                values = {"who": who, "other": who_words(other.facts, words())}
                complaints.note(placed.place, "patient_id", message, **values)


def _counts(batch: Batch, fresh: Fresh, remarks: tuple[str, ...]) -> ImportCounts:
    new = {kind.file: len(fresh[kind.name]) for kind in KINDS}
    read = sum(len(reading.rows) for reading in batch.values())
    return ImportCounts(new, read - sum(new.values()), remarks)


def _store(store: Store, fresh: Fresh, sheets: Sheets) -> None:
    """Write every new row in one action; a refusal leaves the store as it was."""
    writer = _Writer(store, sheets)
    with store.importing():
        for kind in KINDS:
            for placed in fresh[kind.name]:
                writer.write(placed.row)


class _Writer:
    """Finds the internal ids that the rows' own ids stand for, and writes."""

    def __init__(self, store: Store, sheets: Sheets) -> None:
        self._store = store
        self._sheets = sheets
        self._patients: dict[str, str] = {}
        self._visits: dict[str, str] = {}
        self._treatments: dict[str, str] = {}

    def write(self, row: TableRow) -> None:
        """Write a row; answers and totals come with their visit."""
        store = self._store
        match row.facts:
            case PatientFacts() as facts:
                self._patients[facts.patient_id] = store.patients.add(facts).id
            case VisitFacts() as facts:
                sheets = self._sheets.get(facts.visit_id, ())
                visit = store.visits.add_imported(self._patient(row), facts, sheets)
                self._visits[facts.visit_id] = visit
            case TreatmentFacts() as facts:
                store.treatments.add(self._patient(row), facts)
            case DoseFacts() as facts:
                store.treatments.add_dose(self._treatment(row), facts)
            case _:
                self._write_dated(row)

    def _write_dated(self, row: TableRow) -> None:
        """Write what happened, was counted, or was found on a day."""
        store = self._store
        match row.facts:
            case EventFacts() as facts:
                store.events.add(self._patient(row), facts)
            case MeasureFacts() as facts:
                store.measures.add(self._patient(row), facts, self._visit(row))
            case SequelaFacts() as facts:
                store.sequelae.add(self._patient(row), facts)
            case FindingFacts() as facts:
                store.findings.add(self._patient(row), facts)

    def _patient(self, row: TableRow) -> str:
        patient_id = row.owners[0]
        if patient_id not in self._patients:
            self._patients[patient_id] = self._store.patients.by_patient_id(patient_id).id
        return self._patients[patient_id]

    def _treatment(self, row: TableRow) -> str:
        treatment_id = name_in(DOSES, row, "treatment_id")
        if treatment_id not in self._treatments:
            found = self._store.treatments.find(treatment_id)
            if found is None:
                raise Bug(N_("A dose step was read without its treatment."))
            self._treatments[treatment_id] = found.id
        return self._treatments[treatment_id]

    def _visit(self, row: TableRow) -> str | None:
        visit_id = name_in(MEASURES, row, "visit_id")
        if visit_id and visit_id not in self._visits:
            self._visits[visit_id] = self._store.visits.by_visit_id(visit_id).id
        return self._visits[visit_id] if visit_id else None
