"""The code lists of the record: ids that other programs rely on, their words and their codings.

A list is ``resources/lists/<name>.toml``. Stored is always an id, or free text where the list
takes it; titles are catalogue texts in plain UK English. The checked lists are kept sealed beside
their folder; where they do not fit it, a list is read and checked when it is first asked for.
"""

from collections.abc import Mapping
from functools import cache

from app.paths import LISTS
from app.records.list_entries import OTHER, CodeList, Coding, Entry
from scales.sealed import read_sealed

__all__ = ["CHECKED_LISTS", "OTHER", "CodeList", "Coding", "Entry", "code_list"]

CHECKED_LISTS = LISTS.with_suffix(".json")


@cache
def code_list(name: str) -> CodeList:
    """Return the list with this name.

    Raises:
        Bug: Its file is not sound; file and key are named.

    """
    checked = _checked_lists().get(name)
    if checked is not None:
        return checked
    from app.records.list_files import load_list  # noqa: PLC0415 - only where nothing checked fits

    return load_list(LISTS / f"{name}.toml", code_list)


@cache
def _checked_lists() -> Mapping[str, CodeList]:
    return read_sealed(CHECKED_LISTS, LISTS.glob("*.toml"), dict[str, CodeList]) or {}
