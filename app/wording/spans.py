"""Stretches of time in words: from when to when, how long, and how old somebody is."""

from app.dates import Age, PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import DoseStep
from app.wording.treatments import ONCE

_GROWN_UP = 18


def span_words(start: PartialDate | None, stop: PartialDate | None, words: Words) -> str:
    """Return from when to when: “since 3 Jan 2025”, “start not recorded, to 9 Feb 2025”.

    Without a stop it still runs; a short date stands as short as it is known.
    """
    if start is None and stop is None:
        return words(N_("start not recorded, still running"))
    if start is None:
        return words(N_("start not recorded, to {stop}"), stop=words.short_date(stop))
    if stop is None:
        return words(N_("since {start}"), start=words.short_date(start))
    if start == stop:
        return words.short_date(start)
    return words(
        N_("{start} to {stop}"), start=words.short_date(start), stop=words.short_date(stop)
    )


def event_span_words(start: PartialDate, stop: PartialDate | None, words: Words) -> str:
    """Return when an event was: a day, or from when to when."""
    return words.short_date(start) if stop is None else span_words(start, stop, words)


def step_span_words(step: DoseStep, words: Words) -> str:
    """Return the dates of a dose step as they are recorded, and nothing that is not.

    A step without a stop of its own may end with the next step or with its treatment, so it is
    told “from” a date, never “since”; a single dose is told by its day.
    """
    start, stop = step.facts.start, step.facts.stop
    if stop is not None:
        return span_words(start, stop, words)
    if start is not None and step.facts.frequency == ONCE:
        return words.short_date(start)
    return from_words(start, words)


def from_words(start: PartialDate | None, words: Words) -> str:
    """Return when something began that may have ended: “from 3 Jan 2025”."""
    if start is None:
        return words(N_("start not recorded"))
    return words(N_("from {date}"), date=words.short_date(start))


def length_words(months: int, words: Words) -> str:
    """Return a length in years and months: “0”, “6 m”, “2 y”, “2 y 6 m”, “−6 m”."""
    years, rest = divmod(abs(months), 12)
    if rest and years:
        text = words(N_("{years} y {months} m"), years=years, months=rest)
    elif years:
        text = words(N_("{years} y"), years=years)
    else:
        text = words(N_("{months} m"), months=rest) if months else "0"
    return text if months >= 0 else words(N_("−{length}"), length=text)


def age_words(age: Age | None, words: Words) -> str:
    """Return ``2 y 10 m``, ``41 y``, ``about 66 y`` or ``age unknown``."""
    if age is None:
        return words(N_("age unknown"))
    if age.months is not None and age.years < _GROWN_UP:
        text = words(N_("{years} y {months} m"), years=age.years, months=age.months)
    else:
        text = words(N_("{years} y"), years=age.years)
    return words(N_("about {age}"), age=text) if age.is_approximate else text
