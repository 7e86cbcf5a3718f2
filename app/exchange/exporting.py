"""Writing the whole store as a folder of tables, and one patient as one file of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import N_, UserError
from app.exchange.matching import stored_rows
from app.exchange.table_files import SUFFIX, packed
from app.exchange.tables import write_table
from app.paths import make_private
from app.records.declaration import KINDS
from app.records.file.outside import write_outside, write_together
from app.records.model import PatientRecord
from app.records.store import Store
from scales.catalogue import Catalogue


def export_folder(store: Store, catalogue: Catalogue, folder: Path) -> None:
    """Write every table into a folder that is new or empty; the files are not encrypted.

    Written are the latest versions of signed visits; what is entered in error or still a draft
    is not. The same records give the same bytes.

    Raises:
        UserError: The folder holds something, or cannot be written.

    """
    records = (store.record(patient.id) for patient in store.patients.all())
    write_tables(records, catalogue, folder)


def export_patient(store: Store, catalogue: Catalogue, file: Path, patient: str) -> None:
    """Write the tables of one patient, an internal id, and of nobody else, into one file.

    The file is not encrypted; another unit reads it in as it is.

    Raises:
        UserError: The name does not end as such a file's does, it cannot be written, or the
            patient is marked as entered in error.

    """
    if file.suffix.lower() != SUFFIX:
        raise UserError(
            N_("One patient is one file, and its name ends in {suffix}: “{file}” does not."),
            suffix=SUFFIX, file=file,
        )  # fmt: skip
    facts = store.patients.get(patient).facts
    known = store.patients.by_patient_id(facts.patient_id)
    content = packed(_files((store.record(known.id),), catalogue))
    try:
        write_outside(file, content)
    except OSError as error:
        raise UserError(
            N_("“{folder}” cannot be written: {why}."), folder=file, why=error.strerror
        ) from None


def write_tables(records: Iterable[PatientRecord], catalogue: Catalogue, folder: Path) -> None:
    """Write the tables of some patients into a folder that is new or empty; the same errors."""
    write_files(_files(records, catalogue), folder)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files, by name, into a folder that is new or empty; the same errors."""
    try:
        # The files tell names and diagnoses: only their owner may read a folder made here.
        make_private(folder)
        if any(folder.iterdir()):
            raise UserError(N_("The folder “{folder}” is not empty."), folder=folder)
        # Patients come first, so they are put there last: without them no table can be read.
        write_together({folder / name: content for name, content in files.items()})
    except OSError as error:
        raise UserError(
            N_("“{folder}” cannot be written: {why}."), folder=folder, why=error.strerror
        ) from None


def _files(records: Iterable[PatientRecord], catalogue: Catalogue) -> dict[str, bytes]:
    rows = [stored_rows(record, catalogue) for record in records]
    return {
        kind.file: write_table(kind, (row for each in rows for row in each[kind.name]))
        for kind in KINDS
    }
