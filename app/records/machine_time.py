"""Whether the machine's time can be right: held against the newest entries of the journal."""

from datetime import timedelta

from msgspec import Struct

from app.clock import Moment
from app.records.journal import CLOCK_UNITS
from app.records.session import Session
from app.records.station import SEQUENCE_BITS

_SET_RIGHT = timedelta(minutes=1)
"""How far a network may set a clock back without anybody being asked."""
_APART = timedelta(days=1)
_NEWEST = (
    "SELECT j.utc, j.clock FROM stations JOIN journal AS j ON j.id = "
    "(SELECT max(id) FROM journal WHERE id >= number << ? AND id < (number + 1) << ?)"
)


class ClockDoubt(Struct, frozen=True):
    """The machine's time and a later one that the records tell, both as this place has them."""

    machine: Moment
    records: Moment


def clock_doubt(now: Moment, written: Moment | None, clock: int) -> ClockDoubt | None:
    """Return why a machine's time cannot be right, or nothing.

    ``written`` is when the newest entry says it was written, ``clock`` the journal's own, which
    never goes back. A time more than a minute before the one, or a day before the other, is in
    doubt.
    """
    reached = Moment.read(clock // CLOCK_UNITS, now.offset_minutes)
    is_apart = reached.utc - now.utc > _APART
    last = reached if is_apart or written is None else Moment(written.utc, now.offset_minutes)
    is_before = written is not None and written.utc - now.utc > _SET_RIGHT
    return ClockDoubt(now, last) if is_apart or is_before else None


def doubt_now(session: Session) -> ClockDoubt | None:
    """Return why the machine's time cannot be right, as the records stand; or nothing."""
    now, newest = session.clock.now(), _newest(session)
    if not newest:
        return None
    return clock_doubt(now, _written(newest, now), max(clock for _, clock in newest))


def newest_entry(session: Session) -> Moment:
    """Return when the newest entry was written, as this place has it; now before the first."""
    now, newest = session.clock.now(), _newest(session)
    return _written(newest, now) if newest else now


def _newest(session: Session) -> list[tuple[int, int]]:
    return session.tuples(_NEWEST, [SEQUENCE_BITS, SEQUENCE_BITS])


def _written(newest: list[tuple[int, int]], now: Moment) -> Moment:
    return Moment.read(max(utc for utc, _ in newest), now.offset_minutes)
