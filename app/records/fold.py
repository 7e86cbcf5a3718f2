"""The fold: from the entries of stations that meet to the rows that all of them show.

``accepted`` follows each station's chain and says which entries count; ``fold`` makes the rows of
one patient from those. Both are pure, and neither the order nor the doubling of what arrives
changes what they return. With one station a row is simply what its entries left.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import chain as joined
from operator import attrgetter

from msgspec import Struct

from app.errors import N_, Damage
from app.records.entries import Body, Cell, Entry, digest_of, hash_of
from app.records.shape import ERASED, HEARD, VISITS, Shape

CLOSED = ("signed", "imported")
"""States of a visit version after which nothing is written beneath it."""

THERE = "there"
"""The group that says whether a row is there."""

_ORDER = attrgetter("clock", "station", "sequence")


class Head(Struct, frozen=True):
    """An entry that somebody knows to end a step of its station, named by its hash."""

    station: bytes
    sequence: int
    hash: bytes


class Heard(Struct, frozen=True):
    """What one ``heard`` entry says: how far its station held each other one."""

    entry: Entry
    heads: Mapping[bytes, Head]


class Hearing(Struct, frozen=True):
    """What each station had heard of the others at any point of its chain."""

    heard: Mapping[bytes, Sequence[Heard]]

    @staticmethod
    def of(entries: Iterable[Entry]) -> "Hearing":
        """Read the ``heard`` entries, in any order; one that cannot be read tells of nothing."""
        heard: dict[bytes, dict[int, Heard]] = defaultdict(dict)
        for entry in entries:
            if entry.kind == HEARD:
                heard[entry.station][entry.sequence] = Heard(entry, _heads_or_none(entry))
        return Hearing({one: [told[n] for n in sorted(told)] for one, told in heard.items()})

    def had_heard(self, entry: Entry, other: Entry) -> bool:
        """Whether the station of ``entry`` held ``other`` when it wrote."""
        if entry.station == other.station:
            return other.sequence < entry.sequence
        told = self.heard.get(entry.station, ())
        place = bisect_right(told, entry.sequence, key=lambda one: one.entry.sequence)
        head = told[place - 1].heads.get(other.station) if place else None
        return head is not None and other.sequence <= head.sequence

    def all(self) -> Iterator[Heard]:
        """Return each one, a station's own in sequence."""
        return joined.from_iterable(self.heard.values())


def _heads(entry: Entry) -> dict[bytes, Head]:
    """Return what a ``heard`` entry names; Damage if it is written otherwise."""
    told = Body.decode(entry.body or b"").after or {}
    try:
        return {head.station: head for head in map(_head, told, map(str, told.values()))}
    except ValueError as error:
        raise Damage(N_("A journal entry cannot be read.")) from error


def _head(station: str, said: str) -> Head:
    sequence, digest = said.split(":")
    return Head(bytes.fromhex(station), int(sequence), bytes.fromhex(digest))


def _heads_or_none(entry: Entry) -> dict[bytes, Head]:
    try:
        return _heads(entry)
    except Damage:
        return {}


class Flaw(StrEnum):
    """Why a chain is not followed any further."""

    GAP = "gap"
    """Entries are missing before this one, or before a head that is known."""
    CHAIN = "chain"
    """The hash is not that of the entry after the one before."""
    DIGEST = "digest"
    """The digest is not that of salt and body."""
    BODY = "body"
    """The body cannot be read, or is gone where no patient can have been erased."""
    CLOCK = "clock"
    """The clock does not rise, or is behind what its station had heard."""
    STEP = "step"
    """The entry belongs neither to a step of its own nor to that of the entry before."""
    FORK = "fork"
    """Somebody knows another entry in this place."""


class Accepted(Struct, frozen=True):
    """What counts. ``held`` entries do not yet, or never will; ``flaws`` counts by kind."""

    until: Mapping[bytes, int]
    held: int
    flaws: Mapping[Flaw, int]

    def counts(self, entry: Entry) -> bool:
        """Whether an entry is verified, its step whole, and all that it had heard is here."""
        return entry.sequence <= self.until.get(entry.station, 0)


def accepted(entries: Iterable[Entry], hearing: Hearing, heads: Collection[Head]) -> Accepted:
    """Follow every chain to its first flaw, and hold what heard of something that is not here.

    ``entries`` may mix stations, each in sequence; they are read once and not kept. ``heads`` are
    known from elsewhere: the file's own last entries, a copy, the sender. The last step of a chain
    counts when such a head, or one that another station heard, shows that it is whole.
    """
    chains = _chains_told_of(joined(heads, *(one.heads.values() for one in hearing.all())))
    for entry in entries:
        chains[entry.station].add(entry)
    for head in heads:
        chains[head.station].compare(head)
    for heard in hearing.all():
        chains[heard.entry.station].listen(heard, chains)
    until = {station: one.until for station, one in chains.items()}
    _hold(until, hearing)
    flaws = sum((one.flaws for one in chains.values()), Counter[Flaw]())
    size = sum(one.size for one in chains.values())
    return Accepted(until, size - sum(until.values()), flaws)


class _Chain:
    """One station's entries as they pass by."""

    def __init__(self) -> None:
        self.until = self.size = 0
        self.flaws: Counter[Flaw] = Counter()
        self.told: dict[int, set[bytes]] = defaultdict(set)
        self.met: dict[int, Entry] = {}
        self._last: Entry | None = None

    def add(self, entry: Entry) -> None:
        if entry == self._last:
            return
        self.flaws.update(joined(_flaws_of_place(entry, self._last), _flaws_of_body(entry)))
        self.size += 1
        self._last = entry
        if not self.flaws and entry.step == entry.sequence:
            self.until = entry.sequence - 1
        if entry.sequence in self.told:
            self.met[entry.sequence] = entry
            if not self.flaws and entry.hash in self.told[entry.sequence]:
                self.until = entry.sequence

    def compare(self, head: Head) -> None:
        """Hold the chain against a head that must be in it."""
        met = self.met.get(head.sequence)
        if met is None:
            self.flaws[Flaw.GAP] += 1
        elif met.hash != head.hash:
            self._cut(met, Flaw.FORK)

    def listen(self, heard: Heard, chains: Mapping[bytes, "_Chain"]) -> None:
        """Hold what this station says to have heard against what it can have heard."""
        for head in heard.heads.values():
            met = chains[head.station].met.get(head.sequence)
            if met is not None and met.hash != head.hash:
                self._cut(heard.entry, Flaw.FORK)
            elif met is not None and met.clock >= heard.entry.clock:
                self._cut(heard.entry, Flaw.CLOCK)

    def _cut(self, entry: Entry, flaw: Flaw) -> None:
        self.flaws[flaw] += 1
        if entry.sequence <= self.until:
            self.until = entry.step - 1


def _chains_told_of(heads: Iterable[Head]) -> dict[bytes, _Chain]:
    chains: dict[bytes, _Chain] = defaultdict(_Chain)
    for head in heads:
        chains[head.station].told[head.sequence].add(head.hash)
    return chains


def _flaws_of_place(entry: Entry, last: Entry | None) -> Iterator[Flaw]:
    sequence, step, clock, previous = 0, 1, -1, b""
    if last is not None:
        sequence, step, clock, previous = last.sequence, last.step, last.clock, last.hash
    if entry.sequence <= sequence:
        yield Flaw.FORK
        return
    if entry.clock <= clock:
        yield Flaw.CLOCK
    if entry.sequence > sequence + 1:
        yield Flaw.GAP
        return
    if hash_of(entry.hashed_cells(previous)) != entry.hash:
        yield Flaw.CHAIN
    if entry.step not in (entry.sequence, step):
        yield Flaw.STEP


def _flaws_of_body(entry: Entry) -> Iterator[Flaw]:
    if entry.salt is None or entry.body is None:
        if entry.patient is None:
            yield Flaw.BODY
        return
    if digest_of(entry.salt, entry.body) != entry.digest:
        yield Flaw.DIGEST
    try:
        _heads(entry) if entry.kind == HEARD else Body.decode(entry.body)
    except Damage:
        yield Flaw.BODY


def _hold(until: dict[bytes, int], hearing: Hearing) -> None:
    """Cut each chain before the first step that had heard something beyond where others count."""
    is_settled = False
    while not is_settled:
        is_settled = True
        for heard in hearing.all():
            entry = heard.entry
            is_open = any(until[one.station] < one.sequence for one in heard.heads.values())
            if is_open and entry.sequence <= until[entry.station]:
                until[entry.station] = entry.step - 1
                is_settled = False


class Conflict(Struct, frozen=True):
    """Writes of one group that say different things, none known to the station of another.

    ``entries`` names them by station and sequence, in the fold's order: the last writes that are
    still open, or for ``THERE`` the deletes and what their stations had not heard. A later write
    of the group that had heard them settles it, and so does a delete; ``THERE`` is settled by a
    delete, or by an entry that writes the whole row without a ``before``.
    """

    kind: str
    row: bytes
    group: str
    entries: tuple[tuple[bytes, int], ...]


class Folded(Struct, frozen=True):
    """The rows that are there, by kind and row; what is in conflict; how much had no effect.

    ``ignored`` entries are on a visit version that is not their station's or was signed before,
    or on a row of another patient or visit; ``waiting`` ones came without a body.
    """

    rows: Mapping[tuple[str, bytes], Mapping[str, Cell]]
    conflicts: tuple[Conflict, ...]
    ignored: int
    waiting: int


class _Write(Struct, frozen=True):
    entry: Entry
    before: Mapping[str, Cell] | None
    after: Mapping[str, Cell] | None

    @property
    def is_delete(self) -> bool:
        return self.after is None

    @property
    def is_insert(self) -> bool:
        """Whether the row is there from here on, with every group written."""
        return self.before is None and self.after is not None

    @property
    def is_update(self) -> bool:
        return self.before is not None and self.after is not None


_Writes = Sequence[_Write]


def fold(
    entries: Iterable[Entry],
    hearing: Hearing,
    shapes: Mapping[str, Shape],
    *,
    erased: Collection[bytes] = (),
) -> Folded:
    """Make the rows of one patient, or those of none, from all their entries that count.

    ``erased`` are the rows of the ``erased`` entries that count: nothing is left of these
    patients. Damage if a body cannot be read, which ``accepted`` finds first.
    """
    told = _in_order(one for one in entries if one.patient not in erased)
    writes = [_write(one, one.body) for one in told if one.body is not None]
    of_rows = _by_row(_on_open_visits(writes))
    rows: dict[tuple[str, bytes], Mapping[str, Cell]] = {}
    conflicts: list[Conflict] = []
    for (kind, row), some in of_rows.items():
        shape = shapes.get(kind, _UNKNOWN)
        cells = _cells(some, shape)
        if cells is not None:
            rows[kind, row] = cells
        conflicts += _conflicts(some, shape, hearing)
    ignored = len(writes) - sum(map(len, of_rows.values()))
    return Folded(rows, tuple(conflicts), ignored, len(told) - len(writes))


_UNKNOWN = Shape({}, {})


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    once = {(one.station, one.sequence): one for one in entries if one.kind not in (HEARD, ERASED)}
    return sorted(once.values(), key=_ORDER)


def _write(entry: Entry, stored: bytes) -> _Write:
    body = Body.decode(stored)
    return _Write(entry, body.before, body.after)


def _on_open_visits(writes: _Writes) -> Iterator[_Write]:
    """Leave out what stands on a visit version of another station, or after its signing step."""
    began: dict[bytes, bytes] = {}
    signed: dict[bytes, int] = {}
    for write in writes:
        entry = write.entry
        if entry.kind == VISITS and write.is_insert:
            began.setdefault(entry.row, entry.station)
        if entry.kind == VISITS and began.get(entry.row) == entry.station and _closes(write):
            signed.setdefault(entry.row, entry.step)
    for write in writes:
        entry = write.entry
        if entry.scope is None or (
            began.get(entry.scope) == entry.station
            and entry.step <= signed.get(entry.scope, entry.step)
        ):
            yield write


def _closes(write: _Write) -> bool:
    return write.after is not None and write.after.get("state") in CLOSED


def _by_row(writes: Iterable[_Write]) -> dict[tuple[str, bytes], list[_Write]]:
    """Gather the writes of each row; what names another patient or visit than its first is out."""
    of_rows: dict[tuple[str, bytes], list[_Write]] = {}
    for write in writes:
        entry = write.entry
        some = of_rows.setdefault((entry.kind, entry.row), [])
        if not some or _belongs(entry, some[0].entry):
            some.append(write)
    return of_rows


def _belongs(entry: Entry, first: Entry) -> bool:
    return entry.patient == first.patient and entry.scope == first.scope


def _cells(writes: _Writes, shape: Shape) -> dict[str, Cell] | None:
    """Return the row as its last writes left it, or nothing when it is not there."""
    cells: dict[str, Cell] | None = None
    for write in writes:
        if write.after is None:
            cells = None
        elif write.before is None:
            cells = {**shape.empty, **write.after}
        elif cells is not None:
            for column in shape.beside.keys() & write.after.keys():
                cells |= shape.beside[column]
            cells |= write.after
    return cells


def _conflicts(writes: _Writes, shape: Shape, hearing: Hearing) -> Iterator[Conflict]:
    if len({write.entry.station for write in writes}) == 1:
        return
    for group, last in _last_words(writes, shape).items():
        still = [one for one in _open(last.values(), last.values(), hearing) if not one.is_delete]
        if len({shape.value(group, one.after or {}) for one in still}) > 1:
            yield _conflict(group, still)
    yield from _conflict_of_being_there(writes, hearing)


def _last_words(writes: _Writes, shape: Shape) -> dict[str, dict[bytes, _Write]]:
    """Return, for each group, what each station wrote last; a delete speaks of every group."""
    said = set[str]().union(*(shape.groups_in(write.after or ()) for write in writes))
    groups = [*shape.groups, *sorted(said - shape.groups.keys())]
    last: dict[str, dict[bytes, _Write]] = {group: {} for group in groups}
    for write in writes:
        for group in shape.groups_in(write.after or ()) if write.is_update else groups:
            last[group][write.entry.station] = write
    return last


def _open(writes: Iterable[_Write], later: Collection[_Write], hearing: Hearing) -> list[_Write]:
    """Return the writes that none of the ``later`` ones had heard."""
    return [
        one for one in writes if not any(hearing.had_heard(two.entry, one.entry) for two in later)
    ]


def _conflict_of_being_there(writes: _Writes, hearing: Hearing) -> Iterator[Conflict]:
    settling = {one.entry.station: one for one in writes if not one.is_update}
    still = _open(writes, settling.values(), hearing)
    pairs = [
        (gone, kept)
        for gone in still
        for kept in still
        if gone.is_delete and not kept.is_delete and not hearing.had_heard(kept.entry, gone.entry)
    ]
    if pairs:
        yield _conflict(THERE, joined.from_iterable(pairs))


def _conflict(group: str, writes: Iterable[_Write]) -> Conflict:
    entries = {_ORDER(write.entry): write.entry for write in writes}
    some = [entries[place] for place in sorted(entries)]
    named = tuple((entry.station, entry.sequence) for entry in some)
    return Conflict(some[0].kind, some[0].row, group, named)
