"""A copy brought whole into a folder of ours, where it can be opened without touching it."""

import shutil
from pathlib import Path

from app.errors import N_, Damage
from app.records.copies.backup import SUMMARY, is_as_made
from app.records.file.database import LOG
from app.records.file.names import RECORDS
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey

_DAMAGED = N_("The copy “{path}” is damaged and was not put back. Nothing was changed.")


def fetch(copy: Path, scratch: Path, key: RawKey) -> None:
    """Bring all that a copy holds into a folder of ours, as records that can be opened there.

    What has arrived is checked on every page; Damage if it is not as it was made.
    """
    for name in (RECORDS, RECORDS + LOG, KEYS, SUMMARY):
        if (copy / name).exists():
            shutil.copyfile(copy / name, scratch / name)
            (scratch / name).chmod(0o600)
    if not is_as_made(scratch, key):
        raise Damage(_DAMAGED, path=copy)
    (scratch / SUMMARY).unlink(missing_ok=True)
