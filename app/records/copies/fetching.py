"""A copy brought whole into a folder of ours, where it can be opened without touching it."""

import shutil
from contextlib import closing
from pathlib import Path

from app.errors import N_, Bug, Damage
from app.records.copies.backup import Whole, read_whole
from app.records.copies.heads import heads
from app.records.copies.replaying import replay
from app.records.file.database import LOG, guard, open_database
from app.records.file.files import disk_guard
from app.records.file.names import RECORDS, SUMMARY, TAIL
from app.records.keys.keyfile import KEYS
from app.records.keys.rawkey import RawKey
from app.records.schema import prepare

_CUT = N_(
    "The last part of the copy “{path}” is damaged, so it was not put back. Nothing was changed. "
    "What stands before the damage can be put back: with “Put back…” on the page “Your data”, or "
    "with “restore --as-far-as-sound”. “backups” says up to when it is sound."
)
_DAMAGED = N_("The copy “{path}” is damaged and was not put back. Nothing was changed.")


class TailDamaged(Damage):
    """The full copy is as it was made, and its tail is not: it can be had up to the damage."""


def fetch(copy: Path, scratch: Path, key: RawKey, *, as_far_as_sound: bool = False) -> bool:
    """Bring all that a copy holds into a folder of ours, as records that can be opened there.

    What has arrived is checked on every page, and the tail is put behind it. Damage if it is not
    as it was made, TailDamaged where only the tail is not. With ``as_far_as_sound`` that is taken
    up to its damage. Returns whether it is all that the copy held. UserError for one of a newer
    version, and where there is no room for it.
    """
    for name in (RECORDS, RECORDS + LOG, KEYS, SUMMARY, TAIL):
        with disk_guard(copy / name):
            if (copy / name).exists():
                shutil.copyfile(copy / name, scratch / name)
                (scratch / name).chmod(0o600)
    whole = read_whole(scratch, key)
    if whole is None:
        raise Damage(_DAMAGED, path=copy)
    if not (whole.tail.is_sound or as_far_as_sound):
        raise TailDamaged(_CUT, path=copy)
    if whole.tail.size:
        _put_behind(scratch, key, whole, copy)
    for name in (SUMMARY, TAIL):
        (scratch / name).unlink(missing_ok=True)
    return whole.tail.is_sound


def _put_behind(scratch: Path, key: RawKey, whole: Whole, copy: Path) -> None:
    try:
        with guard(), closing(open_database(scratch / RECORDS, key)) as database:
            prepare(database)  # a tail may know columns that its full copy did not have yet
            replay(database, whole.tail.records())
            if heads(database) != whole.heads:
                raise Damage(_DAMAGED, path=copy)
    except Bug as error:
        # Somebody has written into the full copy: its tail does not go on from it any more.
        raise Damage(_DAMAGED, path=copy) from error
