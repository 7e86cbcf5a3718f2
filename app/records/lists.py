"""The code lists of the record: ids that other programs rely on, their words and their codings.

A list is ``resources/lists/<name>.toml``, read and checked when it is first asked for. Stored is
always an id, or free text where the list takes it; titles are catalogue texts in plain UK English.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, cached_property
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import force_setattr

from app.errors import N_, Bug, UserError
from app.paths import LISTS
from scales.shape import Fault, Number, read_toml, refuse_twice, shaped

OTHER = "other"
"""The id that most lists have for what they do not name."""

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*(/[a-z0-9]+)?\Z")]
Text = Annotated[str, msgspec.Meta(min_length=1)]
System = Literal[
    "ATC", "RxNorm", "ORPHA", "ICD-10", "ICD-10-CM", "ICD-11", "SNOMED", "UMLS", "MeSH", "GARD",
    "MedDRA",
]  # fmt: skip


class Coding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code of an entry in a published system; ``verified`` says that somebody saw it there."""

    system: System
    code: Text
    verified: bool


class TypingLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Wide limits of our own, both within: outside them the window asks back. No recommendation.

    ``unit`` is an id of the units for a dose, and empty for a measure, whose kind names its unit.
    """

    low: Number
    high: Number
    unit: str = ""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a list.

    ``plain`` is the title in a family's words, ``short`` the one for a narrow place. An agent has
    a ``role``, the palette role of its class, and may have a usual route and frequency that only
    prefill a form. A measure below ``lowest`` or above ``highest`` cannot be. ``for_every_item``
    marks a reason that is offered for every item.
    """

    id: Id
    title: Text
    plain: str = ""
    short: str = ""
    role: str = msgspec.field(name="class", default="")
    codings: tuple[Coding, ...] = ()
    usual_route: str = ""
    usual_frequency: str = ""
    limits: tuple[TypingLimits, ...] = ()
    lowest: Number | None = None
    highest: Number | None = None
    needs_note: bool = False
    for_every_item: bool = False

    def __post_init__(self) -> None:
        force_setattr(self, "plain", self.plain or self.title)
        force_setattr(self, "short", self.short or self.title)

    def code_in(self, system: System) -> str:
        """Return the code in a system, verified or not; empty where there is none."""
        return next((each.code for each in self.codings if each.system == system), "")

    def asks_back(self, number: Decimal, unit: str = "") -> bool:
        """Whether a number as typed is asked back, be it a dose in a unit or a measure.

        A unit that the entry's limits do not name is as unusual as a number outside them. An
        entry without limits, and the unit “other”, ask nothing. A pause is no dose.
        """
        if not self.limits or unit == OTHER:
            return False
        return not any(
            each.unit == unit and each.low <= number <= each.high for each in self.limits
        )

    def is_possible(self, number: Number) -> bool:
        """Whether a measure of this kind can have this value at all."""
        is_low = self.lowest is not None and number < self.lowest
        is_high = self.highest is not None and number > self.highest
        return not (is_low or is_high)


class CodeList(msgspec.Struct, frozen=True, dict=True):
    """A list in the order in which it is offered; some take any other text besides their ids."""

    name: str
    entries: tuple[Entry, ...]
    takes_text: bool = False

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def has(self, entry_id: str) -> bool:
        """Whether the list has this id."""
        return entry_id in self._by_id

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry with this id, if the list has it."""
        return self._by_id.get(entry_id)

    def get(self, entry_id: str) -> Entry:
        """Return the entry with this id; ``UserError`` if the list has none."""
        found = self.find(entry_id)
        if found is None:
            raise UserError(
                N_("“{value}” is not in the list. It has: {known}."),
                value=entry_id,
                known=", ".join(self._by_id),
            )
        return found

    def title_of(self, text: str) -> str:
        """Return the title of an id, or the text itself where the list does not have it."""
        found = self.find(text)
        return text if found is None else found.title


Find = Callable[[str], CodeList]


@cache
def code_list(name: str) -> CodeList:
    """Return the list with this name.

    Raises:
        Bug: Its file is not sound; file and key are named.

    """
    return load_list(LISTS / f"{name}.toml", code_list)


def load_list(path: Path, find: Find) -> CodeList:
    """Read the file of a list and check it; ``find`` returns the lists that its entries name.

    Raises:
        Bug: The file is not sound; file and key are named.

    """
    with _naming(path):
        raw = read_toml(path)
        file = shaped(raw, _File)
        _check_keys(path.stem, raw["entry"])
        _check_entries(path.stem, file.entry, find)
        return CodeList(path.stem, file.entry, file.takes_text)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entry: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1)]
    takes_text: bool = False


_HOMES = {
    "class": ("agents",),
    "usual_route": ("agents",),
    "usual_frequency": ("agents",),
    "limits": ("agents", "measure_kinds"),
    "lowest": ("measure_kinds",),
    "highest": ("measure_kinds",),
    "for_every_item": ("reasons",),
}
"""The lists in which a key that not every entry may have can stand."""


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except Fault as fault:
        raise Bug(
            N_("The list file {file} cannot be used. {key}: {reason}."),
            file=path.name,
            key=fault.key,
            reason=fault.reason.rstrip("."),
        ) from fault


def _check_keys(name: str, entries: Sequence[dict[str, Any]]) -> None:
    for entry in entries:
        for key in entry:
            homes = _HOMES.get(key, (name,))
            if name not in homes:
                raise Fault(f"entry.{entry['id']}.{key}", f"stands only in {', '.join(homes)}")


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
    named = [("class", entry.role, "agent_classes")]
    named += [("limits", each.unit, "units") for each in entry.limits]
    if entry.usual_route:
        named.append(("usual_route", entry.usual_route, "routes"))
    if entry.usual_frequency:
        named.append(("usual_frequency", entry.usual_frequency, "frequencies"))
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
