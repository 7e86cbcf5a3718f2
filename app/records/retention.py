"""How long a patient's records must be kept: what the unit has set, held against the records."""

from datetime import date

from msgspec import Struct

from app.clock import Moment
from app.dates import PartialDate, days_after, parse_date, years_after
from app.records.journal import CLOCK_UNITS
from app.records.rows import blob
from app.records.session import Session
from app.settings import Settings

_CLOCKS = "SELECT min(clock), max(clock) FROM journal WHERE patient = ?"
_DAYS = "SELECT date FROM visits WHERE patient = ?"


class Life(Struct, frozen=True):
    """What keeping is counted from: the last entry, and the latest day of birth there can be."""

    last_entry: date
    born_by: date


def life_of(birth: PartialDate | None, entries: tuple[date, date], visits: list[date]) -> Life:
    """Return what keeping is counted from, of a patient's first and last entry and visits.

    Of an unknown or short birth date the latest day counts on which the patient can have been
    born: nobody is born after a first entry or a first visit.
    """
    first, last = entries
    latest = first if birth is None else birth.last
    return Life(max(last, *visits, last), min(latest, first, *visits, first))


def erasable_from(settings: Settings, life: Life) -> date | None:
    """Return the first day on which a patient may be erased; nothing while the unit set no time.

    The day after the last one on which the records must be kept, whichever rule keeps longer.
    """
    if settings.keep_years < 1:
        return None
    ends = [years_after(life.last_entry, settings.keep_years)]
    if settings.keep_until_age > 0:
        ends.append(years_after(life.born_by, settings.keep_until_age))
    return days_after(min(max(ends), days_after(date.max, -1)), 1)


def read_life(session: Session, patient: str, birth: PartialDate | None) -> Life:
    """Return what keeping is counted from, as the records stand.

    Entries count by the journal's clock, which a machine's wrong time does not set back.
    """
    who, offset = blob(patient), session.clock.now().offset_minutes
    first, last = (
        Moment.read(clock // CLOCK_UNITS, offset).local.date()
        for clock in session.tuples(_CLOCKS, [who])[0]
    )
    told = [parse_date(day) for (day,) in session.tuples(_DAYS, [who])]
    return life_of(birth, (first, last), [day.last for day in told if day is not None])
