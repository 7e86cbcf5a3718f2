"""What lies in a data folder, by name."""

from datetime import UTC, datetime
from pathlib import Path

RECORDS = "records.db"
COPIES = "copies"
SET_ASIDE = "set-aside"
ERASING = ".erasing"
"""While it is there, a patient was erased and the file is not written anew yet; it is empty."""
SUFFIX = ".omscopy"
"""How the name of a copy as one file ends."""
CARRIED = ".carried"
"""Among the copies: one that is being carried elsewhere."""
SUMMARY = "copy.json"
TAIL = "tail"
"""What stands beside the records and keys of a copy, and of nothing else."""
_STAMP = "%Y%m%dT%H%M%S.%f"


def name_of(moment: datetime) -> str:
    """Return the name of the folder of a copy that is made at a moment."""
    return moment.strftime(_STAMP)[:-3] + "Z"


def moment_of(name: str) -> datetime | None:
    """Return when a copy was made by the name of its folder; nothing for another name."""
    try:
        return datetime.strptime(name.removesuffix("Z"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def is_copy(folder: Path) -> bool:
    """Say whether a folder is a checked copy: it says so itself, or by where it lies."""
    is_among_copies = folder.parent.name == COPIES and moment_of(folder.name) is not None
    return is_among_copies or any((folder / name).exists() for name in (SUMMARY, TAIL))
