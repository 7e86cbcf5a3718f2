"""The first record of a table: which columns there are, and what keeps them from being told."""

from collections import Counter
from itertools import pairwise

from app.errors import N_
from app.exchange.comma import Record
from app.exchange.problems import Complaints, Place
from app.records.declaration import Kind
from app.signs import unseen_in

Texts = tuple[str, ...]
_SEPARATORS = (";", "\t", "|")
_TABS = N_("The columns are separated by tabs. Please separate them by commas.")
_OTHERS = N_("The columns are separated by “{found}”. Please separate them by commas (“,”).")


def check_separator(text: str, kind: Kind, complaints: Complaints) -> bool:
    """Complain where something else than a comma parts the names of columns; say if it does."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    for found in _SEPARATORS:
        names = {part.strip(' "\r') for part in first.split(found)}
        if found in first and not names.isdisjoint(kind.columns):
            message = _TABS if found == "\t" else _OTHERS
            complaints.add(Place(kind.file, 1), kind.columns[0], message, found=found)
            return False
    return True


def read_header(record: Record, kind: Kind, complaints: Complaints) -> Texts:
    """Return the names of the columns; complain of what cannot be seen in one, and let it go."""
    place, names = Place(kind.file, record.line), list(record.cells)
    for number, written in enumerate(names):
        name = "".join(sign for sign in written if not unseen_in(sign))
        if name != written and name in kind.columns:
            names[number] = name
            message = N_("The column's name has a character that cannot be seen: {character}.")
            complaints.add(place, name, message, character=unseen_in(written))
    return tuple(names)


def check_header(names: Texts, place: Place, kind: Kind, complaints: Complaints) -> bool:
    """Complain about columns; return whether the known ones can be told in every record."""
    counts = Counter(names)
    missing = [name for name in kind.columns if name in kind.required - counts.keys()]
    twice = [name for name, count in counts.items() if count > 1]
    for name in counts:
        if name not in kind.columns:
            complaints.add(place, name or "(no name)", N_("This column is unknown."))
    for name in twice:
        complaints.add(place, name or "(no name)", N_("This column stands here twice."))
    for name in missing:
        complaints.add(place, name, N_("This required column is missing."))
    return not missing and not twice


def complain_ragged(place: Place, cells: Texts, header: Texts, complaints: Complaints) -> None:
    """Complain about a record whose cells do not fit the header, and say why where it shows."""
    column = header[min(len(cells), len(header) - 1)]
    counts = {"count": str(len(cells)), "wanted": str(len(header))}
    parted = _parted_number(cells)
    separator = next((one for one in _SEPARATORS if one in cells[0]), "")
    if len(cells) > len(header) and parted:
        message = N_(
            "The row has {count} cells, the header has {wanted}. If “{number}” is one number, "
            "write it with a point."
        )
        complaints.add(place, column, message, number=parted, **counts)
    elif len(cells) == 1 and separator:
        message = N_("The cells are separated by “{found}”. Please separate them by commas (“,”).")
        complaints.add(place, column, message, found=separator)
    else:
        message = N_("The row has {count} cells, the header has {wanted}.")
        complaints.add(place, column, message, **counts)


def _parted_number(cells: Texts) -> str:
    """Return the first two neighbours that may be one number with a decimal comma."""
    pairs = pairwise(cells)
    return next((f"{a},{b}" for a, b in pairs if a.isdecimal() and b.isdecimal()), "")
