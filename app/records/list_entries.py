"""What a code list is made of: its entries with their words, their codings and what else helps."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

import msgspec
from msgspec.structs import force_setattr

from app.errors import N_, UserError
from scales.model import Number

OTHER = "other"
"""The id that most lists have for what they do not name."""

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*(/[a-z0-9]+)?\Z")]
Text = Annotated[str, msgspec.Meta(min_length=1)]
System = Literal[
    "ATC", "RxNorm", "ORPHA", "ICD-10", "ICD-10-CM", "ICD-11", "SNOMED", "UMLS", "MeSH", "GARD",
    "MedDRA",
]  # fmt: skip


def _only(*lists: str, names: str = "") -> msgspec.Meta:
    """Say in which lists alone a key can stand, and of which list its value is an id."""
    return msgspec.Meta(extra={"lists": lists, "names": names})


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
    prefill a form; ``is_one_act`` marks one that is done once and does not last. A measure below
    ``lowest`` or above ``highest`` cannot be. ``for_every_item`` marks a reason that is offered
    for every item, ``by_size`` a unit that goes by weight or body surface.
    """

    id: Id
    title: Text
    plain: str = ""
    short: str = ""
    role: Annotated[str, _only("agents", names="agent_classes")] = msgspec.field(
        name="class", default=""
    )
    codings: tuple[Coding, ...] = ()
    usual_route: Annotated[str, _only("agents", names="routes")] = ""
    usual_frequency: Annotated[str, _only("agents", names="frequencies")] = ""
    limits: Annotated[tuple[TypingLimits, ...], _only("agents", "measure_kinds")] = ()
    lowest: Annotated[Number | None, _only("measure_kinds")] = None
    highest: Annotated[Number | None, _only("measure_kinds")] = None
    needs_note: bool = False
    for_every_item: Annotated[bool, _only("reasons")] = False
    by_size: Annotated[bool, _only("units")] = False
    is_one_act: Annotated[bool, _only("agents")] = False

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
