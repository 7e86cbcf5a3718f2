"""A second place for copies, such as a USB stick or a share: one file there for each copy.

Where it is belongs to this machine and to one data folder on it, so it stands in a note outside of
both. What others keep in that place is left alone: a copy goes from there only where the journal
holds all that it ends with.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from app.errors import N_, AppError, UserError
from app.paths import make_private
from app.records.copies.archive import SUFFIX, Manifest, glance, pack
from app.records.copies.backup import Copy
from app.records.copies.heads import are_held
from app.records.copies.summary import summary_of
from app.records.copies.tiers import kept
from app.records.file.database import connect, guard
from app.records.file.files import (
    HALF_MADE,
    disk_guard,
    scratch_folder,
    write_private,
    write_whole,
)
from app.records.file.names import CARRIED, COPIES, RECORDS, moment_of
from app.records.keys.rawkey import RawKey

_ITSELF = N_(
    "“{path}” is the data folder, or in it. A second place is one that is still there when this "
    "disk is not: a stick, another disk, a share."
)
_NO_FOLDER = N_("“{path}” is not a folder. Please name one on a stick, another disk or a share.")
ABSENT = N_("The second place is not there: {path}. Everything is saved, and copied here.")
_NOT_CHOSEN = N_("No second place for copies has been chosen yet.")


class _Note(Struct, frozen=True):
    """What the machine remembers: the data folder, the place, and whether they shared a disk."""

    folder: str
    place: str
    is_same_disk: bool
    last: str = ""


class Elsewhere(Struct, frozen=True):
    """How the second place stands: where it is, whether it is there, the last copy carried."""

    path: Path
    is_there: bool
    is_same_disk: bool
    last: datetime | None


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

        One that it holds already, with all that its tail has grown to, is not written again.
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
            self._write(msgspec.structs.replace(note, last=copy.path.name))
        self._thin(place, made, key)
        return made

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
        manifest, summary = _glance(made), summary_of(copy.path)
        return manifest is not None and summary is not None and manifest.heads == summary.heads

    def _thin(self, place: Path, made: Path, key: RawKey) -> None:
        """Take old copies away by the tiers; only what the journal holds is ours to take."""
        own = {moment: path for path, moment in self._own(key)}
        stay = kept(own, (self._folder / RECORDS).stat().st_size)
        with disk_guard(place):
            for moment, path in own.items():
                if moment not in stay and path != made:
                    path.unlink(missing_ok=True)

    def _own(self, key: RawKey) -> Iterator[tuple[Path, datetime]]:
        with guard(), closing(connect(self._folder / RECORDS, key)) as connection:
            for path in self.archives():
                manifest, moment = _glance(path), moment_of(path.stem)
                if manifest is None or moment is None or not any(end for _, end in manifest.heads):
                    continue
                if are_held(connection, manifest.heads):
                    yield path, moment

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


def _glance(path: Path) -> Manifest | None:
    try:
        return glance(path)
    except AppError:
        return None


def _check_takes(place: Path) -> None:
    """Try to write there; NotTaken with the reason if it cannot be."""
    tried = place / (HALF_MADE + os.urandom(8).hex())
    with disk_guard(place):
        try:
            write_private(tried, b"")
        finally:
            tried.unlink(missing_ok=True)
