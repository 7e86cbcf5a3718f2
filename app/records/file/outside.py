"""Files outside the data folder: for their owner's eyes only, and whole or not there.

Each is made beside its place under a name of its own, and takes its place when the disk has it.
Meanwhile the machine notes that name, so that the next start removes what a killed process left.
Whoever makes something shares a lock; whoever finds nobody sharing it may remove what is noted.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

import msgspec

from app.paths import make_private, station_folder
from app.records.file.database import seize, share
from app.records.file.files import (
    HALF_MADE,
    discard_folder,
    disk_guard,
    sync_file,
    sync_folder,
    write_private,
)

_NOTES = "half-made"
_LOCK = "making.lock"
_FOLDER = HALF_MADE.removeprefix(".")


def write_outside(path: Path, content: bytes) -> None:
    """Write a private file that somebody named; OSError, and no change, if it cannot be.

    A device or a pipe of that name just takes the content.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(content)
        return
    write_together({place: content})


def write_together(files: dict[Path, bytes]) -> None:
    """Write private files that belong together, the last named first; OSError, and none, if not.

    Only where the process ends between two of them, some stand without those named before.
    """
    halves = {path: path.with_name(HALF_MADE + os.urandom(8).hex()) for path in reversed(files)}
    with _noted(*halves.values()):
        try:
            for path, half in halves.items():
                write_private(half, files[path])
            _put_in_place(halves)
        finally:
            for half in halves.values():
                half.unlink(missing_ok=True)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Lend a private empty file beside ``path``, which takes its place once it is filled.

    OSError, and ``path`` as it was, where the disk refuses; what is raised inside ends it too.
    """
    half = path.with_name(HALF_MADE + os.urandom(8).hex())
    with _noted(half):
        try:
            write_private(half, b"")
            yield half
            sync_file(half)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    with suppress(OSError):  # a medium that cannot confirm it has the file all the same
        sync_folder(path.parent)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Lend a private folder in the place for what is temporary; it goes with all it holds.

    UserError where there is no room for it.
    """
    with disk_guard(Path(gettempdir())):
        place = Path(mkdtemp(prefix=_FOLDER))
    with _noted(place):
        try:
            yield place
        finally:
            shutil.rmtree(place)


@contextmanager
def half_made_folder(place: Path) -> Iterator[Path]:
    """Lend where a folder may be made in a place outside; whatever stands there then goes."""
    half = place / (HALF_MADE + os.urandom(8).hex())
    with _noted(half):
        try:
            yield half
        finally:
            discard_folder(half)


def remove_leftovers() -> None:
    """Remove what killed processes left half made, unless somebody is making something."""
    place = station_folder() / _NOTES
    with suppress(OSError):
        notes = list(place.glob("*.json"))
        alone = seize(place / _LOCK) if notes else None
        if alone is not None:
            with closing(alone):
                for note in notes:
                    _remove(note)


def _put_in_place(halves: Mapping[Path, Path]) -> None:
    placed: list[Path] = []
    is_new = {path: not os.path.lexists(path) for path in halves}
    try:
        for path, half in halves.items():
            half.replace(path)
            placed.append(path)
    except BaseException:
        for path in placed:
            if is_new[path]:
                path.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in halves}:
        with suppress(OSError):  # a medium that cannot confirm it has the files all the same
            sync_folder(folder)


@contextmanager
def _noted(*made: Path) -> Iterator[None]:
    """Have the machine remember what is made, for the case that nobody comes back to remove it."""
    place = station_folder() / _NOTES
    note, lock = place / f"{os.urandom(8).hex()}.json", None
    with suppress(OSError):
        make_private(place)
        with suppress(FileExistsError):
            (place / _LOCK).touch(mode=0o600, exist_ok=False)
        lock = share(place / _LOCK)
        # While leftovers are removed nothing is noted: the note could be taken for one of them.
        if lock is not None:
            write_private(note, msgspec.json.encode([str(path.absolute()) for path in made]))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)
        if lock is not None:
            lock.close()


def _remove(note: Path) -> None:
    """Remove what a note names, as far as the name is one that only we give."""
    with suppress(OSError, ValueError):
        made = [Path(name) for name in msgspec.json.decode(note.read_bytes(), type=list[str])]
        ours = [path for path in made if path.name.startswith((HALF_MADE, _FOLDER))]
        for path in ours:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        # What lies on a stick that was pulled is looked for again when it may be back.
        if all(path.parent.is_dir() for path in ours):
            note.unlink(missing_ok=True)
