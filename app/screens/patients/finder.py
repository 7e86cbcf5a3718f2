"""Finds the rows of a search: by one index, or among the few that the letters before left over."""

from collections.abc import Callable, Sequence

from app.records.lines import Lines, Search
from app.screens.patients.view import FoundRows, PatientRow

_FEW = 1000


class Finder:
    """Keeps whom the last search found, if they are few, and looks among them as letters follow.

    A look through the index of 10,000 lines costs a millisecond, as long as three lines
    take to draw; most letters of a name come after the first one or two.
    """

    def __init__(
        self, lines: Lines, rows: Callable[[Sequence[str]], Sequence[PatientRow]]
    ) -> None:
        self._lines = lines
        self._rows = rows
        self._last: Search | None = None
        self._few: Sequence[tuple[str, str]] = ()

    def forget(self) -> None:
        """Ask the records at the next search: lines may have changed."""
        self._last = None

    def find(self, search: Search) -> FoundRows:
        """Return the rows of a search."""
        if self._last is not None and search.narrows(self._last):
            self._few = search.among(self._few)
        else:
            count = self._lines.count(search)
            if count > _FEW or not search.words:
                self._last = None
                return self._asked(search, count)
            self._few = self._lines.matches(search, count)
        self._last = search
        return self._kept()

    def _kept(self) -> FoundRows:
        patients = [patient for patient, _ in self._few]
        return FoundRows(
            count=len(patients),
            patients=lambda first, count: patients[first : first + count],
            rows=self._rows,
            place=lambda one: patients.index(one) if one in patients else None,
        )

    def _asked(self, search: Search, count: int) -> FoundRows:
        lines = self._lines
        return FoundRows(
            count=count,
            patients=lambda first, count: lines.ids(first, count, search),
            rows=self._rows,
            place=lambda one: lines.place(one, search),
        )
