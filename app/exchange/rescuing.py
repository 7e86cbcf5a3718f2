"""Tables of what can still be read of damaged records."""

from pathlib import Path

from app.clock import Clock
from app.exchange.exporting import write_tables
from app.records.copies.after_damage import damaged_records, unlock_any
from app.records.copies.backup import Tell
from app.records.keys.rawkey import wiped
from app.records.rescue import Rescued, rescue
from scales.catalogue import Catalogue


def save_readable(
    folder: Path, secret: str | None, catalogue: Catalogue, clock: Clock, target: Path, tell: Tell
) -> Rescued:
    """Write what can be read into a folder that is new or empty; the files are not encrypted.

    The damaged records stay as they are. UserError for a wrong secret and a folder that holds
    something or cannot be written, Damage where nothing can be read at all.
    """
    unlocked = unlock_any(folder, secret)
    with wiped(unlocked.key), damaged_records(folder, unlocked.key) as connection:
        found = rescue(connection, catalogue, clock, tell)
    write_tables(found.records, catalogue, target)
    return found
