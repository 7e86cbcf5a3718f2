"""A place for new records, as a command judges it."""

from pathlib import Path

from app.errors import N_, UserError
from app.language import words
from app.records.file.unsafe_places import looked_at

_ON_PURPOSE = N_("{reason} To keep the records there all the same, add --accept-risk.")


def check_place(folder: Path) -> None:
    """Refuse a folder that is no safe place for records; UserError says why, and the way on."""
    unsafe = looked_at(folder)
    if unsafe is not None:
        raise UserError(_ON_PURPOSE, reason=words()(unsafe.message, **unsafe.values))
