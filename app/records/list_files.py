"""The files of the code lists, read and checked.

Unknown keys, ids that stand twice, limits that cannot be and names of no list stop here.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec.structs import fields

from app.errors import N_, Bug
from app.records.list_entries import CodeList, Entry
from scales.model import Number
from scales.shape import Fault, faults_told, read_toml, refuse_twice, shaped

_UNUSABLE = N_("The list file {file} cannot be used. {key}: {reason}.")
Find = Callable[[str], CodeList]


def load_list(path: Path, find: Find) -> CodeList:
    """Read the file of a list and check it; ``find`` returns the lists that its entries name.

    Raises:
        Bug: The file is not sound; file and key are named.

    """
    with faults_told(path, Bug, _UNUSABLE):
        raw = read_toml(path)
        file = shaped(raw, _File)
        _check_keys(path.stem, raw["entry"])
        _check_entries(path.stem, file.entry, find)
        return CodeList(path.stem, file.entry, file.takes_text)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]
    takes_text: bool = False


_EXTRAS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    field.encode_name: (field.name, meta.extra)
    for field in fields(Entry)
    for meta in getattr(field.type, "__metadata__", ())
    if isinstance(meta, msgspec.Meta) and meta.extra
}
"""The keys that not every entry may have: what they are called here, and where they can stand."""


def _check_keys(name: str, entries: Sequence[dict[str, Any]]) -> None:
    for entry in entries:
        for key in entry:
            _, extra = _EXTRAS.get(key, ("", {"lists": (name,)}))
            if name not in extra["lists"]:
                where = ", ".join(extra["lists"])
                raise Fault(f"entry.{entry['id']}.{key}", f"stands only in {where}")


def _check_entries(name: str, entries: Sequence[Entry], find: Find) -> None:
    refuse_twice("entry", (entry.id for entry in entries))
    for entry in entries:
        refuse_twice(f"entry.{entry.id}.codings", (each.system for each in entry.codings))
        _check_limits(entry)
        if name == "agents":
            _check_agent(entry, find)
        if name == "measure_kinds":
            _check_measure_kind(entry)


def _check_limits(entry: Entry) -> None:
    place = f"entry.{entry.id}.limits"
    refuse_twice(place, (each.unit for each in entry.limits))
    for limits in entry.limits:
        _check_rise(place, limits.low, limits.high, "low must be below high")


def _check_rise(place: str, low: Number, high: Number, reason: str) -> None:
    if not (isfinite(low) and isfinite(high) and low < high):
        raise Fault(place, reason)


def _check_agent(entry: Entry, find: Find) -> None:
    named = [("limits", each.unit, "units") for each in entry.limits]
    for key, (name, extra) in _EXTRAS.items():
        value = getattr(entry, name)
        if extra["names"] and (value or name == "role"):
            named.append((key, value, extra["names"]))
    for key, value, target in named:
        if not find(target).has(value):
            raise Fault(f"entry.{entry.id}.{key}", f"“{value}” is not in the list {target}")


def _check_measure_kind(entry: Entry) -> None:
    place = f"entry.{entry.id}.lowest, highest"
    if entry.lowest is None or entry.highest is None:
        raise Fault(place, "a measure needs both")
    _check_rise(place, entry.lowest, entry.highest, "lowest must be below highest")
    for limits in entry.limits:
        if limits.unit:
            raise Fault(f"entry.{entry.id}.limits", "the kind of a measure names its unit")
        if not (entry.is_possible(limits.low) and entry.is_possible(limits.high)):
            raise Fault(f"entry.{entry.id}.limits", "must lie between lowest and highest")
