"""What is wrong with the tables, one line each, collected until all of it is known."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter
from unicodedata import category

from msgspec import Struct, field

from app.errors import N_, Problems
from app.language import words

# Long enough for the longest list of ids that a reason names.
_LONGEST_QUOTE = 400
_BREAKING = ("Cc", "Zl", "Zp")
_OWN_LINES = 3
"""How many problems of one reason in one column have a line of their own."""
_MOST_LINES = 100


class Place(Struct, frozen=True):
    """Where a record starts: the file, and the line, of which the header is 1."""

    file: str
    line: int


class Problem(Struct, frozen=True):
    """One thing to mend: the place, the column, the reason; ``message`` is its catalogue text."""

    place: Place
    column: str
    message: str
    reason: str

    @property
    def kind(self) -> tuple[str, str, str]:
        """What many problems share: the file, the column, and the reason without its values."""
        return self.place.file, self.column, self.message

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.column}: {self.reason}"


class Complaints(Struct):
    """A growing list of problems; reading goes on after each.

    ``notes`` are worth a look and keep nothing from being stored. ``unread`` has a line for each
    file that is none of the tables; ``misnamed`` are the tables that such files were meant to be.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    misnamed: set[str] = field(default_factory=set)

    def add(self, place: Place, column: str, message: str, **values: object) -> None:
        """Note one problem; ``message`` is a catalogue text, ``values`` fill its places."""
        self.problems.append(_problem(place, column, message, values))

    def note(self, place: Place, column: str, message: str, **values: object) -> None:
        """Note what is worth a look."""
        self.notes.append(_problem(place, column, message, values))

    def raise_any(self, files: tuple[str, ...]) -> None:
        """Raise ``Problems`` if there is any: in the order of these files, then by line."""
        if self.problems or self.misnamed:
            told = _in_order([*self.problems, *self.notes], files)
            raise Problems(_shortened(self.unread, told))

    def remarks(self, files: tuple[str, ...]) -> tuple[str, ...]:
        """Return the lines of what keeps nothing from being stored."""
        return _shortened(self.unread, _in_order(self.notes, files))


def _problem(place: Place, column: str, message: str, values: dict[str, object]) -> Problem:
    reason = words()(message, **{name: quoted(str(each)) for name, each in values.items()})
    return Problem(place, quoted(column), message, reason)


def _in_order(problems: Sequence[Problem], files: tuple[str, ...]) -> list[Problem]:
    by_line = sorted(problems, key=attrgetter("place.line"))
    return sorted(by_line, key=lambda each: files.index(each.place.file))


def _shortened(unread: Sequence[str], problems: Sequence[Problem]) -> tuple[str, ...]:
    """Return the lines as they are printed; of very many the first, then how many more."""
    lines = [*((text, 1) for text in unread), *_lines(problems)]
    shown = tuple(text for text, _ in lines[:_MOST_LINES])
    left = sum(count for _, count in lines[_MOST_LINES:])
    return (*shown, _more(left)) if left else shown


def _lines(problems: Sequence[Problem]) -> Iterator[tuple[str, int]]:
    """Yield each line with how many problems it stands for; of one kind the first few alone."""
    counts = Counter(each.kind for each in problems)
    told = Counter[tuple[str, str, str]]()
    for each in problems:
        told[each.kind] += 1
        if told[each.kind] <= _OWN_LINES:
            yield str(each), 1
        if told[each.kind] == _OWN_LINES < counts[each.kind]:
            more = counts[each.kind] - _OWN_LINES
            yield f"{each.place.file}: {each.column}: {_more(more)}", more


def _more(count: int) -> str:
    return words()(N_("{count} more"), count=count)


def quoted(text: str) -> str:
    """Return a text on one line: cut where very long, breaks and control characters visible."""
    cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return one_line(cut)


def one_line(text: str) -> str:
    """Return a text whole and on one line: breaks and control characters made visible."""
    return "".join(_visible(each) if category(each) in _BREAKING else each for each in text)


def _visible(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
