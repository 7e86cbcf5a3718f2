"""A second fold, slow and by the letter: it looks at every pair of writes and at what was known.

It shares nothing with the product's: it reads neither bytes nor ``heard`` entries, but what the
model noted when it wrote.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

from app.records.entries import Entry

Cells = dict[str, Any]
CLOSED = ("signed", "imported")
Named = tuple[str, bytes, str, frozenset[tuple[bytes, int]]]
Groups = Mapping[str, Mapping[str, tuple[str, ...]]]


class Told(NamedTuple):
    """An entry, what it says, and how much of every station its writer knew."""

    entry: Entry
    before: Cells | None
    after: Cells | None
    knew: Mapping[bytes, int]

    @property
    def place(self) -> tuple[int, bytes, int]:
        """Where it stands among others."""
        return self.entry.clock, self.entry.station, self.entry.sequence

    @property
    def name(self) -> tuple[bytes, int]:
        """What it is called."""
        return self.entry.station, self.entry.sequence

    @property
    def is_insert(self) -> bool:
        """Whether the row begins here."""
        return self.before is None and self.after is not None

    @property
    def is_delete(self) -> bool:
        """Whether the row ends here."""
        return self.after is None

    def knew_of(self, other: "Told") -> bool:
        """Whether the writer knew the other entry."""
        return other.entry.sequence <= self.knew.get(other.entry.station, 0)


class Expected(NamedTuple):
    """What the product must find."""

    rows: dict[tuple[str, bytes], Cells]
    conflicts: set[Named]
    ignored: int
    waiting: int


class Oracle:
    """Knows the groups of each kind, and the default of each column."""

    def __init__(self, groups: Groups, default_of: Callable[[str], Any]) -> None:
        self.groups = groups
        self.default_of = default_of

    def expect(
        self, every: Collection[Told], bodies: set[tuple[bytes, int]], erased: set[bytes]
    ) -> Expected:
        """Look at all entries that count, those that have a body, and who was erased."""
        of_rows = [
            one
            for one in every
            if one.entry.kind not in ("heard", "erased") and one.entry.patient not in erased
        ]
        with_body = [one for one in of_rows if one.name in bodies]
        open_ones = [one for one in with_body if _is_on_open_visit(one, with_body)]
        counting = [one for one in open_ones if _is_of_its_row(one, open_ones)]
        rows, conflicts = {}, set()
        for kind, row in {(one.entry.kind, one.entry.row) for one in counting}:
            some = [one for one in counting if (one.entry.kind, one.entry.row) == (kind, row)]
            if self._is_there(some):
                rows[kind, row] = self._row(kind, some)
            for group, named in self._conflicts(kind, some):
                conflicts.add((kind, row, group, named))
        return Expected(
            rows, conflicts, len(with_body) - len(counting), len(of_rows) - len(with_body)
        )

    def columns(self, kind: str, some: Collection[Told]) -> dict[str, tuple[str, ...]]:
        """Return every group, the unknown columns alone."""
        groups = dict(self.groups.get(kind, {}))
        known = {column for columns in groups.values() for column in columns}
        for one in some:
            groups.update({column: (column,) for column in one.after or {} if column not in known})
        return groups

    def _is_there(self, some: Collection[Told]) -> bool:
        settling = [one for one in some if one.is_insert or one.is_delete]
        return bool(settling) and max(settling, key=lambda one: one.place).is_insert

    def _writers(self, columns: tuple[str, ...], some: Collection[Told]) -> list[Told]:
        return [
            one
            for one in some
            if one.is_insert or (one.after is not None and set(columns) & set(one.after))
        ]

    def _value(self, columns: tuple[str, ...], one: Told) -> tuple[Any, ...]:
        assert one.after is not None
        return tuple(
            one.after[column] if column in one.after else self.default_of(column)
            for column in columns
        )

    def _row(self, kind: str, some: Collection[Told]) -> Cells:
        cells: Cells = {}
        for columns in self.columns(kind, some).values():
            last = max(self._writers(columns, some), key=lambda one: one.place)
            values = dict(zip(columns, self._value(columns, last), strict=True))
            is_known = any(columns == known for known in self.groups.get(kind, {}).values())
            if is_known or columns[0] in (last.after or {}):
                cells.update(values)
        return cells

    def _conflicts(
        self, kind: str, some: Collection[Told]
    ) -> list[tuple[str, frozenset[tuple[bytes, int]]]]:
        deletes = [one for one in some if one.is_delete]
        found = []
        for group, columns in self.columns(kind, some).items():
            writers = self._writers(columns, some)
            still = _unknown_to(writers, [*writers, *deletes])
            if len({self._value(columns, one) for one in still}) > 1:
                found.append((group, frozenset(one.name for one in still)))
        still = _unknown_to(some, [one for one in some if one.is_insert or one.is_delete])
        apart = {
            name
            for gone in still
            for kept in still
            if gone.is_delete and not kept.is_delete
            if not gone.knew_of(kept) and not kept.knew_of(gone)
            for name in (gone.name, kept.name)
        }
        return [*found, ("there", frozenset(apart))] if apart else found


def _unknown_to(some: Collection[Told], others: Collection[Told]) -> list[Told]:
    return [one for one in some if not any(other.knew_of(one) for other in others)]


def _is_on_open_visit(told: Told, every: Collection[Told]) -> bool:
    scope = told.entry.scope
    if scope is None:
        return True
    of_visit = [one for one in every if one.entry.kind == "visits" and one.entry.row == scope]
    begun = [one for one in of_visit if one.is_insert]
    if not begun:
        return False
    station = min(begun, key=lambda one: one.place).entry.station
    signed = [
        one.entry.step
        for one in of_visit
        if one.entry.station == station and (one.after or {}).get("state") in CLOSED
    ]
    return told.entry.station == station and told.entry.step <= min(
        signed, default=told.entry.step
    )


def _is_of_its_row(told: Told, every: Collection[Told]) -> bool:
    same = [
        one
        for one in every
        if (one.entry.kind, one.entry.row) == (told.entry.kind, told.entry.row)
    ]
    first = min(same, key=lambda one: one.place).entry
    return (first.patient, first.scope) == (told.entry.patient, told.entry.scope)
