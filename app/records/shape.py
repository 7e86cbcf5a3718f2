"""The shape of a kind of row: which of its columns mean something only together."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from app.records.entries import Cell

HEARD, ERASED, VISITS = "heard", "erased", "visits"
"""The kinds that the fold itself understands; a heard or erased entry makes no row."""


class Shape(Struct, frozen=True, dict=True):
    """What the fold must know of a kind: each column stands in one group, alone or with others.

    A column that no group names comes from a newer version; it is kept, a group of its own.
    """

    groups: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, Cell]

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """The group of each column."""
        return {column: group for group, columns in self.groups.items() for column in columns}

    @cached_property
    def empty(self) -> Mapping[str, Cell]:
        """A row of which nothing was said."""
        return {column: self.defaults.get(column) for column in self.group_of}

    @cached_property
    def beside(self) -> Mapping[str, Mapping[str, Cell]]:
        """For a column that does not stand alone, its group of which nothing was said."""
        return {
            column: {one: self.empty[one] for one in columns}
            for columns in self.groups.values()
            if len(columns) > 1
            for column in columns
        }

    def groups_in(self, cells: Iterable[str]) -> set[str]:
        """Return the groups that columns belong to."""
        return {self.group_of.get(column, column) for column in cells}

    def value(self, group: str, cells: Mapping[str, Cell]) -> tuple[Cell, ...]:
        """Return what cells that write a group say of it."""
        columns = self.groups.get(group, (group,))
        return tuple(cells.get(column, self.defaults.get(column)) for column in columns)
