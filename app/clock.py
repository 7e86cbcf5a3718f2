"""Now, as a value: UTC with the local offset kept. The only place that asks the machine."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from msgspec import Struct

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ticks() -> int:
    """Return milliseconds that only grow: how long something has lasted, never what time it is."""
    return time.monotonic_ns() // 1_000_000


def asleep() -> int | None:
    """Return for how many milliseconds the machine has slept since it started.

    ``None`` where the system does not tell.
    """
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    if clock is None:
        return None
    return (time.clock_gettime_ns(clock) - time.monotonic_ns()) // 1_000_000


class Machine(Struct, frozen=True):
    """What a machine tells of how long something has lasted, and of its sleep."""

    ticks: Callable[[], int] = ticks
    asleep: Callable[[], int | None] = asleep


class Moment(Struct, frozen=True):
    """An instant in UTC and the local offset, in minutes, at which it was lived."""

    utc: datetime
    offset_minutes: int

    @property
    def local(self) -> datetime:
        """The instant on the wall clock of the place it was lived."""
        return self.utc.astimezone(timezone(timedelta(minutes=self.offset_minutes)))

    @property
    def utc_text(self) -> str:
        """The instant for a log: ISO, milliseconds, ``Z``."""
        return self.utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def milliseconds(self) -> int:
        """The instant as stored: whole milliseconds since 1970 UTC."""
        return (self.utc - _EPOCH) // timedelta(milliseconds=1)

    @classmethod
    def read(cls, milliseconds: int, offset_minutes: int) -> "Moment":
        """Read back what ``milliseconds`` and the offset stored."""
        return cls(_EPOCH + timedelta(milliseconds=milliseconds), offset_minutes)


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> Moment:
        """Return this instant."""
        ...

    def today(self) -> date:
        """Return the local day."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> Moment:
        """Return this instant."""
        local = datetime.now().astimezone()
        offset = local.utcoffset() or timedelta()
        return Moment(local.astimezone(UTC), int(offset.total_seconds() // 60))

    def today(self) -> date:
        """Return the local day."""
        return self.now().local.date()


class OtherDayClock(Struct, frozen=True):
    """A clock for what is shown, while ages, charts and pages stand at another day.

    The records never see it: what is written goes by ``clock``.
    """

    clock: Clock
    day: date

    def now(self) -> Moment:
        """Return this instant."""
        return self.clock.now()

    def today(self) -> date:
        """Return the day that was asked for."""
        return self.day


def shown_on(day: date | None, clock: Clock) -> Clock:
    """Return the clock of what is shown: at a day that was asked for, else the clock itself."""
    return clock if day is None else OtherDayClock(clock, day)


class FixedClock(Struct, frozen=True):
    """A clock that stands still, for tests."""

    moment: Moment

    @classmethod
    def on(cls, day: date, hour: int = 9) -> "FixedClock":
        """Stand at a full hour of ``day``, UTC."""
        start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        return cls(Moment(start, 0))

    def now(self) -> Moment:
        """Return the instant it stands at."""
        return self.moment

    def today(self) -> date:
        """Return the local day it stands at."""
        return self.moment.local.date()
