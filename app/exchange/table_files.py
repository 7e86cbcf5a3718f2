"""Where tables lie: in a folder, or in the one file that a unit hands over for one patient."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from msgspec import Struct

from app.errors import N_, UserError

SUFFIX = ".zip"
_MOST_FILES = 100
_MOST_BYTES = 200_000_000
_MADE = (1980, 1, 1, 0, 0, 0)  # the same records give the same bytes, whenever
_OWNER_ALONE = 0o100600 << 16


class TableFiles(Struct, frozen=True):
    """The names that lie in a place, and what reads one: OSError where it cannot be read."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]


def find_tables(place: Path, files: Sequence[str]) -> TableFiles:
    """Find what lies in a folder, or in one file of tables.

    Folders inside are passed over, unless ``files`` has their name: that one cannot be read.

    Raises:
        UserError: There is nothing, it cannot be read, or it is no such file or a damaged one.

    """
    try:
        if place.is_dir():
            found = (one for one in place.iterdir() if one.is_file() or one.name in files)
            names = tuple(sorted(one.name for one in found))
            return TableFiles(names, lambda name: (place / name).read_bytes())
        if not place.exists():
            raise UserError(N_("There is no folder or file “{folder}”."), folder=place)
        return _unpacked(place)
    except OSError as error:
        raise UserError(
            N_("“{folder}” cannot be read: {why}."), folder=place, why=error.strerror
        ) from None


def packed(tables: Mapping[str, bytes]) -> bytes:
    """Return tables as one file; the same tables give the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, table in tables.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.external_attr = _OWNER_ALONE
            archive.writestr(entry, table)
    return content.getvalue()


def _unpacked(place: Path) -> TableFiles:
    """Read all that the file holds; nothing of it touches the disk."""
    try:
        with zipfile.ZipFile(place) as archive:
            held = _read_all(archive, place)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise UserError(
            N_("“{file}” is no file of tables, or it is damaged. Please ask for it again."),
            file=place,
        ) from None
    return TableFiles(tuple(sorted(held)), held.__getitem__)


def _read_all(archive: zipfile.ZipFile, place: Path) -> dict[str, bytes]:
    """Return what each name holds; BadZipFile where a name stands twice."""
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if len(entries) > _MOST_FILES or sum(one.file_size for one in entries) > _MOST_BYTES:
        raise UserError(N_("“{file}” holds more than tables of a patient."), file=place)
    held = {one.filename: archive.read(one) for one in entries}
    if len(held) != len(entries):
        raise zipfile.BadZipFile
    return held
