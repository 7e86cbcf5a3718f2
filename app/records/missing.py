"""What this machine wrote into records and is nowhere any more, as its own note tells."""

from operator import attrgetter

from msgspec import Struct

from app.clock import Moment
from app.records.file.database import RecordsFile, guard
from app.records.holding import Holding
from app.records.station import count_lacking, missed


class Missed(Struct, frozen=True):
    """How many entries are missing, and when the last of them was written."""

    count: int
    further: Moment


def missed_everywhere(database: RecordsFile, holding: Holding) -> Missed | None:
    """Return what is neither in the records nor in a copy that holds more than they do.

    While there is such a copy it is told of first: it may have all that is missing.
    """
    if holding.notes is None or holding.copies.ahead(database):
        return None
    with guard():
        lost = missed(database, holding.notes)
        count = sum(count_lacking(database, one) for one in lost)
    if not lost:
        return None
    return Missed(count, max((one.moment for one in lost), key=attrgetter("utc")))
