"""A second place for copies, such as a USB stick or a share: one file there for each copy.

Where it is belongs to this machine and to one data folder on it, so it stands in a note outside of
both. What others keep in that place is left alone: a copy goes from there only where the journal
holds all that it ends with. After a new key a fresh copy goes there first, then the older ones go.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from app.errors import N_, AppError, UserError
from app.paths import make_private
from app.records.copies.archive import glance, pack
from app.records.copies.backup import Copy
from app.records.copies.own_files import OwnFile, own_files
from app.records.copies.summary import summary_of
from app.records.copies.tiers import kept
from app.records.file.files import (
    HALF_MADE,
    disk_guard,
    scratch_folder,
    write_private,
    write_whole,
)
from app.records.file.names import CARRIED, COPIES, RECORDS, SUFFIX, moment_of
from app.records.keys.rawkey import RawKey

_ITSELF = N_(
    "“{path}” is the data folder, or in it. A second place is one that is still there when this "
    "disk is not: a stick, another disk, a share."
)
_NO_FOLDER = N_("“{path}” is not a folder. Please name one on a stick, another disk or a share.")
ABSENT = N_("The second place is not there: {path}. Everything is saved, and copied here.")
_NOT_CHOSEN = N_("No second place for copies has been chosen yet.")


class _Note(Struct, frozen=True):
    """What the machine remembers: the data folder, the place, and whether they shared a disk.

    ``last`` names the last copy carried; ``key`` is a digest of the key under which no older copy
    of ours was left there that could go, and ``has_older`` says that one had to stay.
    """

    folder: str
    place: str
    is_same_disk: bool
    last: str = ""
    key: str = ""
    has_older: bool = False


class Elsewhere(Struct, frozen=True):
    """How the second place stands: where it is, whether it is there, the last copy carried."""

    path: Path
    is_there: bool
    is_same_disk: bool
    last: datetime | None


class LeftElsewhere(Struct, frozen=True):
    """What an older key still opens in the second place; no files where it is not there."""

    place: Path
    is_there: bool
    files: tuple[Path, ...] = ()


class SecondPlace:
    """The second place of one data folder on this machine, if one was chosen."""

    def __init__(self, notes: Path, folder: Path) -> None:
        self._folder = folder
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:32]
        self._path = notes / f"second-place-{name}.json"

    def state(self) -> Elsewhere | None:
        """Return how the place stands; nothing where none was chosen."""
        note = self._read()
        if note is None:
            return None
        moment = moment_of(note.last)
        return Elsewhere(Path(note.place), self._is_there(note), note.is_same_disk, moment)

    def choose(self, place: Path) -> None:
        """Keep a place from now on; UserError for one that cannot be, in a sentence."""
        if place.resolve().is_relative_to(self._folder.resolve()):
            raise UserError(_ITSELF, path=place)
        if not place.is_dir():
            raise UserError(_NO_FOLDER, path=place)
        _check_takes(place)
        self._write(_Note(str(self._folder.resolve()), str(place), self._shares_disk(place)))

    def forget(self) -> None:
        """Carry copies nowhere from now on; those that are there stay."""
        with disk_guard(self._path):
            self._path.unlink(missing_ok=True)

    def carry(self, copy: Copy, key: RawKey) -> Path:
        """Have the place hold this copy as one file, read back; old ones there may go.

        So may those that the key of today does not open. One that it holds already, with all that
        its tail has grown to, is not written again.
        UserError where no place was chosen, where it is not there or takes nothing; Damage where
        the copy, or what was written, is not as it was made.
        """
        note = self._read()
        if note is None:
            raise UserError(_NOT_CHOSEN)
        place = Path(note.place)
        if not self._is_there(note):
            raise UserError(ABSENT, path=place)
        made = place / f"{copy.path.name}{SUFFIX}"
        if not self._holds(made, copy):
            with scratch_folder(self._folder / COPIES / CARRIED) as scratch:
                made = pack(copy.path, key, place, scratch)
            note = msgspec.structs.replace(note, last=copy.path.name)
            self._write(note)
        has_older = self._thin(place, made, key)
        after = msgspec.structs.replace(note, key=_mark(key), has_older=has_older)
        if after != note:
            self._write(after)
        return made

    def is_owed(self, key: RawKey) -> bool:
        """Say whether copies under an older key wait in the place, and it is there."""
        note = self._read()
        return note is not None and _is_behind(note, key) and self._is_there(note)

    def left_behind(self, key: RawKey) -> LeftElsewhere | None:
        """Return what an older key still opens in the place; nothing where nothing is known."""
        note = self._read()
        if note is None:
            return None
        place = Path(note.place)
        if not self._is_there(note):
            is_left = _is_behind(note, key) or note.has_older
            return LeftElsewhere(place, is_there=False) if is_left else None
        files = tuple(one.path for one in self.own(key) if not one.opens)
        return LeftElsewhere(place, is_there=True, files=files) if files else None

    def own(self, key: RawKey) -> tuple[OwnFile, ...]:
        """Return the copies of these records that stand there, newest first."""
        return own_files(self.archives(), self._folder, key)

    def archives(self) -> tuple[Path, ...]:
        """Return the files of copies that stand there, newest first, whosever they are."""
        note = self._read()
        if note is None or not self._is_there(note):
            return ()
        with disk_guard(Path(note.place)):
            found = [path for path in Path(note.place).glob(f"*{SUFFIX}") if moment_of(path.stem)]
        return tuple(sorted(found, key=lambda path: path.stem, reverse=True))

    @staticmethod
    def _holds(made: Path, copy: Copy) -> bool:
        """Say whether a file is this copy with all of its tail; a new key adds an entry to it."""
        summary = summary_of(copy.path)
        try:
            manifest = glance(made)
        except AppError:
            return False
        return summary is not None and manifest.heads == summary.heads

    def _thin(self, place: Path, made: Path, key: RawKey) -> bool:
        """Take away old copies by the tiers, and those of an older key, as far as they are held.

        Only what the journal holds is ours to take. Says whether one of an older key stays.
        """
        own = self.own(key)
        ours = [one for one in own if one.is_held and one.opens]
        stay = kept((one.moment for one in ours), (self._folder / RECORDS).stat().st_size)
        surplus = {one.path for one in ours if one.moment not in stay}
        older = {one.path: one.is_held for one in own if not one.opens}
        with disk_guard(place):
            for path in (surplus | {path for path, is_held in older.items() if is_held}) - {made}:
                path.unlink(missing_ok=True)
        return not all(older.values())

    def _is_there(self, note: _Note) -> bool:
        """Say whether the place is there; an empty folder where a stick was mounted is not it."""
        place = Path(note.place)
        return place.is_dir() and (note.is_same_disk or not self._shares_disk(place))

    def _shares_disk(self, place: Path) -> bool:
        with disk_guard(place):
            return place.stat().st_dev == self._folder.stat().st_dev

    def _read(self) -> _Note | None:
        try:
            note = msgspec.json.decode(self._path.read_bytes(), type=_Note)
        except (OSError, ValueError):  # damaged, or not even text
            return None
        return note if note.folder == str(self._folder.resolve()) else None

    def _write(self, note: _Note) -> None:
        with disk_guard(self._path):
            make_private(self._path.parent)
        write_whole(self._path, msgspec.json.encode(note))


def _mark(key: RawKey) -> str:
    """Return a digest by which a key is known again, and which tells nothing of it."""
    return hashlib.blake2b(b"second place", key=key, digest_size=16).hexdigest()


def _is_behind(note: _Note, key: RawKey) -> bool:
    return bool(note.last) and note.key != _mark(key)


def _check_takes(place: Path) -> None:
    """Try to write there; NotTaken with the reason if it cannot be."""
    tried = place / (HALF_MADE + os.urandom(8).hex())
    with disk_guard(place):
        try:
            write_private(tried, b"")
        finally:
            tried.unlink(missing_ok=True)
