"""A copy brought whole into a folder of ours, where it can be opened without touching it."""

import shutil
from contextlib import closing
from pathlib import Path

from app.errors import N_, Damage
from app.records.copies.backup import Whole, read_whole
from app.records.copies.heads import heads
from app.records.copies.replaying import replay
from app.records.copies.summary import SUMMARY
from app.records.copies.tail import TAIL
from app.records.file.database import LOG, guard, open_database
from app.records.file.names import RECORDS
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey
from app.records.schema import prepare

_DAMAGED = N_("The copy “{path}” is damaged and was not put back. Nothing was changed.")


def fetch(copy: Path, scratch: Path, key: RawKey, *, as_far_as_sound: bool = False) -> bool:
    """Bring all that a copy holds into a folder of ours, as records that can be opened there.

    What has arrived is checked on every page, and the tail is put behind it. Damage if it is not
    as it was made. With ``as_far_as_sound`` a tail that is damaged is taken up to its damage.
    Returns whether it is all that the copy held. UserError for one of a newer version.
    """
    for name in (RECORDS, RECORDS + LOG, KEYS, SUMMARY, TAIL):
        if (copy / name).exists():
            shutil.copyfile(copy / name, scratch / name)
            (scratch / name).chmod(0o600)
    whole = read_whole(scratch, key)
    if whole is None or not (whole.tail.is_sound or as_far_as_sound):
        raise Damage(_DAMAGED, path=copy)
    if whole.tail.size:
        _put_behind(scratch, key, whole, copy)
    for name in (SUMMARY, TAIL):
        (scratch / name).unlink(missing_ok=True)
    return whole.tail.is_sound


def _put_behind(scratch: Path, key: RawKey, whole: Whole, copy: Path) -> None:
    with guard(), closing(open_database(scratch / RECORDS, key)) as database:
        prepare(database)  # a tail may know columns that its full copy did not have yet
        replay(database, whole.tail.records())
        if heads(database) != whole.heads:
            raise Damage(_DAMAGED, path=copy)
