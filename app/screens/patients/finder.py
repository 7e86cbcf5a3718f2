"""Finds the rows of a search: by one index, or among the few that the letters before left over."""

from collections.abc import Callable, Sequence

from app.records.lines import Lines, Search
from app.screens.patients.view import FoundRows, PatientRow

_FEW = 1000


class Finder:
    """Keeps whom the last search found, if they are few, and looks among them as letters follow.

    A look through the index of 10,000 lines costs a millisecond, about as much as four lines
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
        if not search.words or not self._keep_few(search):
            return self._asked(search)
        patients = [patient for patient, _ in self._few]
        return FoundRows(
            count=len(patients),
            patients=lambda first, count: patients[first : first + count],
            rows=self._rows,
            place=lambda one: patients.index(one) if one in patients else None,
        )

    def _keep_few(self, search: Search) -> bool:
        """Keep whom a search finds, and return whether these are all."""
        if self._last is not None and search.narrows(self._last):
            self._few = search.among(self._few)
        else:
            self._few = self._lines.matches(search, _FEW + 1)
        is_all = len(self._few) <= _FEW
        self._last = search if is_all else None
        return is_all

    def _asked(self, search: Search) -> FoundRows:
        lines = self._lines
        return FoundRows(
            count=lines.count(search),
            patients=lambda first, count: lines.ids(first, count, search),
            rows=self._rows,
            place=lambda one: lines.place(one, search),
        )
