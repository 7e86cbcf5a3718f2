"""What is wrong with the tables, one line each, collected until all of it is known."""

from operator import attrgetter
from unicodedata import category

from msgspec import Struct, field

from app.errors import Problems
from app.language import words

# Long enough for the longest list of ids that a reason names.
_LONGEST_QUOTE = 400
_BREAKING = ("Cc", "Zl", "Zp")


class Place(Struct, frozen=True):
    """Where a record starts: the file, and the line, of which the header is 1."""

    file: str
    line: int


class Problem(Struct, frozen=True):
    """One thing to mend: the place, the column, the reason."""

    place: Place
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place.file}:{self.place.line}: {self.column}: {self.reason}"


class Complaints(Struct):
    """A growing list of problems; reading goes on after each."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, place: Place, column: str, message: str, **values: object) -> None:
        """Note one problem; ``message`` is a catalogue text, ``values`` fill its places."""
        reason = words()(message, **{name: quoted(str(each)) for name, each in values.items()})
        self.problems.append(Problem(place, quoted(column), reason))

    def raise_any(self, files: tuple[str, ...]) -> None:
        """Raise ``Problems`` if there is any: in the order of these files, then by line."""
        if self.problems:
            by_line = sorted(self.problems, key=attrgetter("place.line"))
            ordered = sorted(by_line, key=lambda each: files.index(each.place.file))
            raise Problems(tuple(str(each) for each in ordered))


def quoted(text: str) -> str:
    """Return a text on one line: cut where very long, breaks and control characters visible."""
    cut = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
    return one_line(cut)


def one_line(text: str) -> str:
    """Return a text whole and on one line: breaks and control characters made visible."""
    return "".join(_visible(each) if category(each) in _BREAKING else each for each in text)


def _visible(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
