"""Stations that write at random, send each other some of it, and meet: what the fold must bear.

A member of the meeting holds entries as the journal's table does, each once. The model notes
beside every entry what its writer knew, which the product has to find out from the entries.
"""

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any

from msgspec.structs import replace

from app.records.entries import Body, Entry, digest_of, hash_of
from app.records.fold import Accepted, Folded, Head, Hearing, accepted, fold
from app.records.shape import Shape
from tests.records.oracle import Told

GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "doses": {"dose": ("dose", "unit", "per"), "span": ("start", "stop"), "note": ("note",)},
    "visits": {"state": ("state", "signed_by"), "note": ("note",)},
    "answers": {"answer": ("value", "reason")},
    "error_marks": {"reason": ("reason",)},
    "settings": {"site": ("site", "phone")},
}
FIRST = {"state": "draft", "per": "day"}
PATIENTS = (b"P" * 16, b"Q" * 16)
Cells = dict[str, Any]
Key = tuple[str, bytes]
Name = tuple[bytes, int]
Write = tuple[str, bytes, Cells | None, Cells | None, Cells]
"""Kind, row, before, after, and what else the entry says."""


def default_of(column: str) -> Any:
    """Return what a column holds when nothing was said; a newer version's holds nothing."""
    return FIRST.get(column, None if column == "later" else "")


SHAPES = {
    kind: Shape(
        groups,
        {column: default_of(column) for columns in groups.values() for column in columns},
    )
    for kind, groups in GROUPS.items()
}


class World:
    """What has ever been written, by everyone."""

    def __init__(self, random: Random, size: int) -> None:
        self.random = random
        self.told: dict[Name, Told] = {}
        self.about: dict[Key, Cells] = {}
        self.began: dict[bytes, bytes] = {}
        self.done: Counter[str] = Counter()
        self.tags = self.now = 0
        self.members = [Member(self, bytes([65 + number]) * 16) for number in range(size)]

    def tag(self) -> str:
        """Return a word that no other write has, or one that some have."""
        self.tags += 1
        return "same" if self.random.random() < 0.1 else str(self.tags)

    def meet(self) -> None:
        """Bring everything to everyone."""
        first = self.members[0]
        for member in self.members:
            first.receive(_shuffled(self.random, member.held.values()), member.ends())
        for member in self.members:
            member.receive(_shuffled(self.random, first.held.values()), first.ends())


class Member:
    """One station: what it holds, what of it counts, and the rows that it shows."""

    def __init__(self, world: World, station: bytes) -> None:
        self.world, self.random, self.station = world, world.random, station
        self.held: dict[Name, Entry] = {}
        self.heads: set[Head] = set()
        self.knows: dict[bytes, int] = {}
        self.said: dict[bytes, int] = {}
        self.rows: dict[Key, Cells] = {}
        self.undoable: list[Told] = []
        self.clock = 0

    # --- what is here ------------------------------------------------------------------------

    def ends(self) -> set[Head]:
        """Return the heads of all that counts here."""
        return {
            Head(one, last, self.held[one, last].hash) for one, last in self.knows.items() if last
        }

    def counting(self) -> list[Told]:
        """Return what counts here, by the model's own book."""
        return [
            self.world.told[station, sequence]
            for station, last in self.knows.items()
            for sequence in range(1, last + 1)
        ]

    def erased(self) -> set[bytes]:
        """Return the patients whose erasing counts here."""
        return {
            entry.row
            for (station, sequence), entry in self.held.items()
            if entry.kind == "erased" and sequence <= self.knows.get(station, 0)
        }

    def with_body(self) -> set[Name]:
        """Return the names of the entries that still have a body here."""
        return {name for name, entry in self.held.items() if entry.body is not None}

    def accept(self) -> Accepted:
        """Ask the product what counts, as from a table: by station and sequence."""
        entries = [self.held[name] for name in sorted(self.held)]
        return accepted(entries, Hearing.of(entries), self.heads | self.ends())

    def fold(self) -> Folded:
        """Ask the product for the rows, of entries in any order and doubled."""
        counting = [
            entry for (station, last), entry in self.held.items() if last <= self.knows[station]
        ]
        entries = _shuffled(self.random, counting)
        return fold(entries, Hearing.of(entries), SHAPES, erased=self.erased())

    # --- sending and receiving ---------------------------------------------------------------

    def send_some(self, other: "Member") -> None:
        """Send what is held: all, some of it, or all but one station's; ends are told."""
        choice = self.random.random()
        if choice < 0.4:
            self.send_without(self.random.choice(self.world.members), other)
        else:
            share = 0.7 if choice < 0.6 else 1
            self._send(other, [one for one in self.held.values() if self.random.random() < share])

    def send_without(self, left_out: "Member", other: "Member") -> None:
        """Send what all but one wrote: what heard of that one has to wait."""
        self._send(other, [one for one in self.held.values() if one.station != left_out.station])

    def _send(self, other: "Member", some: list[Entry]) -> None:
        other.receive(_shuffled(self.random, some), self.ends())

    def receive(self, entries: Iterable[Entry], heads: set[Head]) -> None:
        """Keep what is new; count what is whole; show what counts."""
        for entry in entries:
            self.held.setdefault((entry.station, entry.sequence), entry)
            self.clock = max(self.clock, entry.clock)
        self.heads |= heads
        before, self.knows = self.knows, self._known()
        self.forget()
        if before != self.knows:
            self.undoable.clear()
            self.show_anew()

    def _known(self) -> dict[bytes, int]:
        ends = {(head.station, head.sequence) for head in self.heads}
        for name in self.held:
            told = self.world.told[name]
            if told.entry.kind == "heard":
                ends |= {item for item in told.knew.items() if item[0] != told.entry.station}
        return {one.station: self._whole(one.station, ends) for one in self.world.members}

    def _whole(self, station: bytes, ends: set[Name]) -> int:
        """Return the end of the last whole step of a station that waits for nothing."""
        whole = last = self.knows.get(station, 0)
        while self._has((station, last + 1)):
            last += 1
            following = self.held.get((station, last + 1))
            if (station, last) in ends or (following and following.step == last + 1):
                whole = last
        return whole

    def _has(self, name: Name) -> bool:
        """Whether an entry is here with all that its writer knew."""
        if name not in self.held:
            return False
        knew = self.world.told[name].knew
        return all(
            (station, sequence) in self.held
            for station, last in knew.items()
            for sequence in range(self.knows.get(station, 0) + 1, last + 1)
        )

    def forget(self) -> None:
        """Take the bodies of erased patients out."""
        erased = self.erased()
        for name, entry in self.held.items() if erased else ():
            if entry.patient in erased and entry.body is not None:
                self.held[name] = replace(entry, salt=None, body=None)

    # --- writing -----------------------------------------------------------------------------

    def step(self, writes: Iterable[Write]) -> None:
        """Write one action, whole; first what was heard since the last one."""
        others = {one: last for one, last in self.knows.items() if one != self.station and last}
        if others != self.said:
            self.said = others
            said = {
                one.hex(): f"{last}:{self.held[one, last].hash.hex()}"
                for one, last in others.items()
            }
            self._append("heard", self.station, None, said, {}, None)
        first = self.knows.get(self.station, 0) + 1
        for kind, row, before, after, cells in writes:
            told = self._append(kind, row, before, after, cells, first)
            if kind == "erased":
                self.forget()
                self.show_anew()
            elif cells.get("is_shown", True):
                self._show(told)
                self.undoable.append(told)

    def _append(
        self,
        kind: str,
        row: bytes,
        before: Cells | None,
        after: Cells | None,
        cells: Cells,
        step: int | None,
    ) -> Told:
        sequence = self.knows.get(self.station, 0) + 1
        self.clock = max(self.clock + 1, self.world.now << 16)
        salt, body = self.random.randbytes(16), Body(before, after).encode()
        previous = self.held[self.station, sequence - 1].hash if sequence > 1 else b""
        entry = Entry(
            station=self.station,
            sequence=sequence,
            clock=self.clock,
            utc=self.world.now,
            offset_minutes=60,
            format=1,
            user="ann",
            action="change",
            step=step or sequence,
            undoes=cells.get("undoes"),
            patient=cells.get("patient"),
            scope=cells.get("scope"),
            kind=kind,
            row=row,
            salt=salt,
            body=body,
            digest=digest_of(salt, body),
            hash=b"",
        )
        entry = replace(entry, hash=hash_of(entry.hashed_cells(previous)))
        knew = {**self.said, self.station: sequence - 1}
        self.held[self.station, sequence] = entry
        self.knows[self.station] = sequence
        self.world.told[self.station, sequence] = Told(entry, before, after, knew)
        return self.world.told[self.station, sequence]

    def show_anew(self) -> None:
        """Fold everything that counts."""
        self.rows = {key: dict(row) for key, row in self.fold().rows.items()}

    def _show(self, told: Told) -> None:
        """Apply an own write directly, as the store does."""
        key = (told.entry.kind, told.entry.row)
        if told.after is None:
            self.rows.pop(key, None)
        elif told.before is None:
            self.rows[key] = {**SHAPES[told.entry.kind].empty, **told.after}
        else:
            self.rows[key] = {**self.rows[key], **told.after}


def _shuffled(random: Random, entries: Iterable[Entry]) -> list[Entry]:
    some = list(entries)
    some += random.sample(some, len(some) // 3)
    random.shuffle(some)
    return some
