"""The same key twice in one file."""

from app.errors import N_
from app.exchange.problems import Complaints
from app.exchange.reading import Reading
from app.exchange.table import Row, Texts


def check_repeats(reading: Reading[Row], complaints: Complaints) -> None:
    """Complain about each row whose key an earlier row of the file has."""
    lines: dict[Texts, int] = {}
    for placed in reading.rows:
        first = lines.setdefault(reading.table.key(placed.row), placed.place.line)
        if first != placed.place.line:
            complaints.add(
                placed.place,
                reading.table.keys[0],
                N_("This row has the same key as line {line}."),
                line=str(first),
            )
