"""Made-up stations that write true entries: the smallest journal that the fold can be asked of."""

from collections.abc import Mapping
from typing import Any

import msgspec

from app.records.entries import Body, Cell, Entry, digest_of, hash_of
from app.records.fold import Accepted, Folded, Head, Hearing, accepted, fold
from app.records.shape import Shape

PATIENT = b"patient-".ljust(16, b"1")
SHAPES = {
    "patients": Shape({"name": ("name",)}, {"name": ""}),
    "visits": Shape(
        {"state": ("state", "signed_by"), "note": ("note",)}, {"state": "draft", "note": ""}
    ),
    "answers": Shape({"answer": ("value", "reason")}, {"reason": ""}),
    "doses": Shape(
        {"dose": ("dose", "unit", "frequency"), "span": ("start", "stop"), "note": ("note",)},
        {"dose": "", "unit": "", "frequency": "", "note": ""},
    ),
}

FIVE = {"dose": "5", "unit": "mg", "frequency": "daily"}
MANY = {"dose": "250", "unit": "g", "frequency": "weekly"}
NO_SPAN = {"start": None, "stop": None}

Cells = Mapping[str, Cell]


class Station:
    """Writes entries into a chain of its own; each is a step unless it continues one."""

    def __init__(self, name: str) -> None:
        self.id = name.encode().ljust(16, b"-")
        self.entries: list[Entry] = []
        self.clock = 0

    @property
    def head(self) -> Head:
        """The last entry, which ends a step."""
        last = self.entries[-1]
        return Head(self.id, last.sequence, last.hash)

    def write(
        self,
        kind: str = "doses",
        row: bytes = b"row",
        before: Cells | None = None,
        after: Cells | None = None,
        **cells: object,
    ) -> Entry:
        """Append an entry; ``cells`` say what is unusual about it."""
        sequence = len(self.entries) + 1
        self.clock += 1
        salt, body = bytes([sequence % 256]) * 16, Body(before, after).encode()
        usual = {
            "station": self.id, "sequence": sequence, "clock": self.clock, "utc": 0,
            "offset_minutes": 0, "format": 1, "user": "", "action": "change", "step": sequence,
            "undoes": None, "patient": PATIENT, "scope": None, "kind": kind, "row": row,
            "salt": salt, "body": body, "digest": digest_of(salt, body), "hash": b"",
        }  # fmt: skip
        entry = sealed(msgspec.convert({**usual, **cells}, Entry), self.previous)
        self.clock = entry.clock
        self.entries.append(entry)
        return entry

    @property
    def previous(self) -> bytes:
        """The hash that the next entry follows."""
        return self.entries[-1].hash if self.entries else b""

    def hear(self, *others: "Station") -> Entry:
        """Say that all that others wrote is here; the clock follows theirs."""
        self.clock = max(self.clock, *(one.clock for one in others))
        said = {
            one.id.hex(): f"{one.head.sequence}:{one.head.hash.hex()}"
            for one in others
            if one.entries
        }
        return self.write("heard", self.id, after=said, patient=None)


def sealed(entry: Entry, previous: bytes) -> Entry:
    """Give an entry the hash that it has after another one."""
    return msgspec.structs.replace(entry, hash=hash_of(entry.hashed_cells(previous)))


def changed(entry: Entry, **cells: object) -> Entry:
    """Return an entry with other cells under the hash that it had."""
    return msgspec.structs.replace(entry, **cells)


def entries_of(*stations: Station) -> list[Entry]:
    """Return what several stations wrote."""
    return [entry for one in stations for entry in one.entries]


def accept(*stations: Station) -> Accepted:
    """Follow whole chains, their ends known."""
    entries = entries_of(*stations)
    return accepted(entries, Hearing.of(entries), [one.head for one in stations if one.entries])


def folded(*stations: Station, erased: tuple[bytes, ...] = ()) -> Folded:
    """Fold all that several stations wrote."""
    entries = entries_of(*stations)
    return fold(entries, Hearing.of(entries), SHAPES, erased=erased)


def row_of(made: Folded, kind: str = "doses", row: bytes = b"row") -> Any:
    """Return a row that is there, or nothing."""
    return made.rows.get((kind, row))


def named(*entries: Entry) -> tuple[tuple[bytes, int], ...]:
    """Return entries as a conflict names them."""
    return tuple((one.station, one.sequence) for one in entries)


def two_that_know_a_dose() -> tuple[Station, Station]:
    """Return two stations, the second of which has heard the first's insert."""
    one, two = Station("a"), Station("b")
    one.write(after=FIVE)
    two.hear(one)
    return one, two
