"""What a published table is: its file, its columns, and how a record becomes a row and back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from app.exchange.cells import Cells


class Owned(Protocol):
    """A row that belongs to a patient."""

    @property
    def patient_id(self) -> str:
        """Whose row it is."""
        ...


Row = TypeVar("Row", bound=Owned)
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """One file: how its records become rows and back, and the columns that make a row its own."""

    file: str
    columns: Texts
    required: frozenset[str]
    keys: Texts
    read: Callable[[Cells], Row]
    write: Callable[[Row], Texts]

    def key(self, row: Row) -> Texts:
        """Return what no two rows of a file may share; rows of a file are sorted by it."""
        texts = dict(zip(self.columns, self.write(row), strict=True))
        return tuple(texts[column] for column in self.keys)


def table(
    file: str,
    columns: str,
    read: Callable[[Cells], Row],
    write: Callable[[Row], Texts],
    keys: str = "",
) -> Table[Row]:
    """Return a table from texts: ``columns`` mark the required ones with ``*``.

    Without ``keys`` the whole row is its own key.
    """
    marked = columns.split()
    names = tuple(name.removesuffix("*") for name in marked)
    required = frozenset(name[:-1] for name in marked if name.endswith("*"))
    return Table(file, names, required, tuple(keys.split()) or names, read, write)
