"""Reading a folder of tables into the store: all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from app.errors import N_, UserError
from app.exchange.batch import FILES, Batch, read_batch
from app.exchange.days import check_days
from app.exchange.fresh import Fresh, fresh_rows
from app.exchange.links import check_links
from app.exchange.problems import Complaints
from app.exchange.sheets import sheets_of
from app.exchange.stored import Stored
from app.exchange.storing import store_rows
from app.records.store import Store
from scales.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How many rows of each file were new, and how many rows in all were there already."""

    new: Mapping[str, int]
    already_there: int


def import_folder(store: Store, catalogue: Catalogue, folder: Path, today: date) -> ImportCounts:
    """Store the rows of a folder that are new, in one transaction.

    Raises:
        Problems: Something is wrong; one line for each thing, and nothing is stored.
        UserError: There is no such folder, or the disk refuses.

    """
    if not folder.is_dir():
        raise UserError(N_("There is no folder “{folder}”."), folder=folder)
    complaints = Complaints()
    stored = Stored(store, catalogue)
    batch = read_batch(folder, catalogue, complaints)
    fresh = fresh_rows(batch, stored, complaints)
    check_links(batch, fresh, stored, complaints)
    check_days(batch, fresh, stored, today, complaints)
    sheets = sheets_of(fresh, catalogue, complaints)
    complaints.raise_any(FILES)
    store_rows(store, fresh, sheets)
    return _counts(batch, fresh)


def _counts(batch: Batch, fresh: Fresh) -> ImportCounts:
    names = tuple(field.name for field in fields(Fresh))
    new = {file: len(getattr(fresh, name)) for file, name in zip(FILES, names, strict=True)}
    read = sum(len(getattr(batch, name).rows) for name in names)
    return ImportCounts(new, read - sum(new.values()))
