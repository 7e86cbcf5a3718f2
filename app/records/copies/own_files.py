"""Which files in a second place are copies of these records, and which of them open today.

Others may keep theirs in the same place. A file is of these records where the journal holds all
that it ends with, where it opens with their key, or where somebody who works here had a slot.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from app.errors import AppError
from app.records.copies.archive import Manifest, glance, is_packed_with, keys_at_hand
from app.records.copies.heads import are_held
from app.records.file.database import connect, guard
from app.records.file.names import RECORDS, moment_of
from app.records.keys.keyfile import read_keys
from app.records.keys.rawkey import RawKey

_USERS = "SELECT lower(hex(id)) FROM users"


class OwnFile(Struct, frozen=True):
    """A copy as one file: when it was made, and whether the journal holds all that it ends with.

    ``opens`` says that the key of today opens it; else an older one may.
    """

    path: Path
    moment: datetime
    is_held: bool
    opens: bool


def own_files(paths: tuple[Path, ...], folder: Path, key: RawKey) -> tuple[OwnFile, ...]:
    """Return those of these files that are copies of the records in a folder, in their order."""
    if not paths:
        return ()
    with guard(), closing(connect(folder / RECORDS, key)) as connection:
        return tuple(_own(paths, connection, key))


def _own(paths: tuple[Path, ...], connection: Any, key: RawKey) -> Iterator[OwnFile]:  # noqa: ANN401 - sqlcipher3 ships no types
    users = {name for (name,) in connection.execute(_USERS)}
    for path in paths:
        moment = moment_of(path.stem)
        try:
            manifest, opens = glance(path), is_packed_with(path, key)
            is_held = _is_held(connection, manifest)
            if moment and (is_held or opens or users & _holders(path)):
                yield OwnFile(path, moment, is_held, opens)
        except AppError:
            continue


def _is_held(connection: Any, manifest: Manifest) -> bool:  # noqa: ANN401 - as above
    return any(end for _, end in manifest.heads) and are_held(connection, manifest.heads)


def _holders(path: Path) -> set[str]:
    with keys_at_hand(path) as place:
        return {slot.user for slot in read_keys(place)}
