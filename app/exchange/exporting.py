"""Writing the whole store as a folder of tables."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import N_, UserError
from app.exchange.comma import write_records
from app.exchange.course import DOSES, EVENTS, MEASURES, SEQUELAE, TREATMENTS
from app.exchange.held import held_by
from app.exchange.marks import answers_table, totals_table
from app.exchange.people import PATIENTS, VISITS
from app.exchange.table import Row, Table
from app.records.store import Store
from scales.catalogue import Catalogue


def export_folder(store: Store, catalogue: Catalogue, folder: Path) -> None:
    """Write every table into a folder that is new or empty; the files are not encrypted.

    Written are the latest versions of signed visits; what is entered in error or still a draft
    is not. The same records give the same bytes.

    Raises:
        UserError: The folder holds something, or cannot be written.

    """
    files = _files(store, catalogue)
    try:
        # The files tell names and diagnoses: only their owner may read a folder made here.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UserError(N_("The folder “{folder}” is not empty."), folder=folder)
        _write(folder, files)
    except OSError as error:
        raise UserError(
            N_("“{folder}” cannot be written: {why}."), folder=folder, why=error.strerror
        ) from None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files, or none of them."""
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError:
        for name in files:
            (folder / name).unlink(missing_ok=True)
        raise


def _files(store: Store, catalogue: Catalogue) -> dict[str, bytes]:
    held = [held_by(store.record(patient.id), catalogue) for patient in store.patients.all()]
    return dict(
        (
            _file(PATIENTS, (each.patient for each in held)),
            _file(VISITS, (row for each in held for row in each.visits)),
            _file(answers_table(catalogue), (row for each in held for row in each.answers)),
            _file(totals_table(catalogue), (row for each in held for row in each.totals)),
            _file(TREATMENTS, (row for each in held for row in each.treatments)),
            _file(DOSES, (row for each in held for row in each.doses)),
            _file(EVENTS, (row for each in held for row in each.events)),
            _file(MEASURES, (row for each in held for row in each.measures)),
            _file(SEQUELAE, (row for each in held for row in each.sequelae)),
        )
    )


def _file(table: Table[Row], rows: Iterable[Row]) -> tuple[str, bytes]:
    written = (table.write(row) for row in sorted(rows, key=table.key))
    return table.file, write_records((table.columns, *written))
