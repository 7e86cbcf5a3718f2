"""Stand-in until the lists are data."""

from functools import cache

from msgspec import Struct

from app.errors import N_, UserError
from app.records import codes


class Entry(Struct, frozen=True):
    id: str
    title: str
    needs_note: bool = False


class CodeList(Struct, frozen=True):
    name: str
    entries: tuple[Entry, ...]
    takes_text: bool

    def find(self, value: str) -> Entry | None:
        return next((e for e in self.entries if e.id == value), None)

    def check(self, value: str) -> None:
        if not self.takes_text and self.find(value) is None:
            raise UserError(
                N_("“{value}” is not in the list. It has: {known}."),
                value=value,
                known=", ".join(code.id for code in self.entries),
            )


_OPEN = ("routes", "reasons", "slept", "ill", "missed_dose", "cooperation")


@cache
def code_list(name: str) -> CodeList:
    if name == "dose_per":
        return CodeList(name, (Entry("dose", "each time"), Entry("day", "a day in all")), False)
    if name in _OPEN:
        return CodeList(name, (), True)
    found = getattr(codes, name.upper())
    noted = name not in ("event_kinds", "sexes")
    return CodeList(
        name, tuple(Entry(e.id, e.title, noted and e.id == "other") for e in found), False
    )
