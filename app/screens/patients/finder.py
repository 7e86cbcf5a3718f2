"""Finds the rows of a search: in one look at the records, or among those found before."""

from collections.abc import Callable, Sequence

from app.records.lines import Lines, Search
from app.screens.patients.view import FoundRows, PatientRow


class Finder:
    """Keeps whom the last search found, and looks only among them as letters follow.

    To find and fetch 10,000 lines takes some milliseconds, once: most letters of a name come
    after the first one.
    """

    def __init__(
        self, lines: Lines, rows: Callable[[Sequence[str]], Sequence[PatientRow]]
    ) -> None:
        self._lines = lines
        self._rows = rows
        self._last: Search | None = None
        self._found: Sequence[tuple[str, str]] = ()

    def forget(self) -> None:
        """Ask the records at the next search: lines may have changed."""
        self._last = None

    def find(self, search: Search) -> FoundRows:
        """Return the rows of a search; those of an empty one stay in the records."""
        if search.is_everybody:
            self._last = None
            return self._everybody(search)
        if self._last is not None and search.narrows(self._last):
            self._found = search.among(self._found)
        else:
            self._found = self._lines.matches(search)
        self._last = search
        return self._kept()

    def _kept(self) -> FoundRows:
        patients = [patient for patient, _ in self._found]
        return FoundRows(
            count=len(patients),
            patients=lambda first, count: patients[first : first + count],
            rows=self._rows,
            place=lambda one: patients.index(one) if one in patients else None,
        )

    def _everybody(self, search: Search) -> FoundRows:
        lines = self._lines
        return FoundRows(
            count=lines.count(search),
            patients=lambda first, count: lines.ids(first, count, search),
            rows=self._rows,
            place=lambda one: lines.place(one, search),
        )
