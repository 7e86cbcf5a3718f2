"""Stretches of time in words: from when to when, how long, and how old somebody is."""

from datetime import date

from app.dates import Age, PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import (
    DoseRun,
    Standing,
    end_of,
    is_ahead,
    is_one_act,
    paused_since,
    standing_on,
)
from app.records.lists import code_list
from app.records.model import Treatment

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


def treatment_span_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return when a treatment is given as it stands on a day, planned and paused told apart.

    “since 3 Jan 2025, planned until 9 Feb 2025”, “planned from 1 Mar 2025”, “since 3 Jan 2025,
    paused since 20 Jan 2025”; of single doses “from 3 Jan 2025, last dose 17 Jan 2025, no stop
    recorded”, and of one act its day.
    """
    start, stop = treatment.facts.start, treatment.facts.stop
    standing = standing_on(treatment, day)
    if standing is Standing.PLANNED:
        return planned_words(start, stop, words)
    if standing is Standing.ENDED and stop is None:
        return _given_words(treatment, words)
    text = _begun_words(start, stop, day, words)
    if standing is Standing.PAUSED:
        return words(N_("{dates}, {pause}"), dates=text, pause=pause_words(treatment, day, words))
    return text


def _given_words(treatment: Treatment, words: Words) -> str:
    """Return when single doses were given of which no stop is recorded, or one act was done."""
    start, last = treatment.facts.start, end_of(treatment)
    if is_one_act(treatment):
        return span_words(start, last, words) if last else words(N_("day not recorded"))
    values = {"start": words.short_date(start), "last": words.short_date(last)}
    if start is None:
        return words(N_("last dose {last}, no stop recorded"), **values)
    if start == last:
        return words(N_("{start}, no stop recorded"), **values)
    return words(N_("from {start}, last dose {last}, no stop recorded"), **values)


def treatment_edges(treatment: Treatment, day: date, words: Words) -> tuple[str, str]:
    """Return start and stop of a treatment for two columns, as it stands on a day.

    Beside the stop stands what was recorded as its reason.
    """
    start, stop = treatment.facts.start, treatment.facts.stop
    begins, ends = words.short_date(start), words.short_date(stop)
    if is_ahead(start, day):
        begins = words(N_("planned from {start}"), start=begins)
    if stop is None:
        ends = _open_end_words(treatment, day, words)
    elif is_ahead(stop, day):
        ends = until_words(stop, words)
    if standing_on(treatment, day) is Standing.PAUSED:
        ends = words.dotted((pause_words(treatment, day, words), "" if stop is None else ends))
    return begins, words.dotted((ends, stop_reason_words(treatment, day, words)))


def _open_end_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return what is known of the end where no stop is recorded; of one act, its last day."""
    last = words.short_date(end_of(treatment))
    if standing_on(treatment, day) is not Standing.ENDED:
        return words(N_("no stop recorded"))
    if is_one_act(treatment):
        return last
    return words.dotted((words(N_("last dose {last}"), last=last), words(N_("no stop recorded"))))


def stop_reason_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return what was recorded as the reason for stopping: “reason for stopping: side effect”.

    Empty where none is, and while the stop still lies ahead of the day.
    """
    reason = stop_reason_title(treatment, day, words)
    return words(N_("reason for stopping: {reason}"), reason=reason) if reason else ""


def stopped_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return the same with the day of the stop: “stopped 9 Feb 2025: side effect”."""
    reason = stop_reason_title(treatment, day, words)
    if not reason:
        return ""
    when = words.short_date(treatment.facts.stop)
    return words(N_("stopped {date}: {reason}"), date=when, reason=reason)


def stop_reason_title(treatment: Treatment, day: date, words: Words) -> str:
    """Return what was recorded as the reason for stopping, once it has stopped; else nothing."""
    facts = treatment.facts
    is_told = facts.stop is not None and not is_ahead(facts.stop, day)
    return words(code_list("stop_reasons").title_of(facts.stop_reason)) if is_told else ""


def pause_words(treatment: Treatment, day: date, words: Words) -> str:
    """Return since when a paused treatment is paused: “paused since 20 Jan 2025”."""
    since = paused_since(treatment, day)
    if since is None:
        return words(N_("paused"))
    return words(N_("paused since {date}"), date=words.short_date(since))


def planned_words(start: PartialDate | None, stop: PartialDate | None, words: Words) -> str:
    """Return when something that lies ahead is planned: “planned from 1 Mar 2025”."""
    dates = {"start": words.short_date(start), "stop": words.short_date(stop)}
    if stop is None:
        return words(N_("planned from {start}"), **dates)
    if start == stop:
        return words(N_("planned for {start}"), **dates)
    return words(N_("planned from {start} to {stop}"), **dates)


def until_words(stop: PartialDate | None, words: Words) -> str:
    """Return when what runs is planned to end: “planned until 1 Mar 2025”."""
    return words(N_("planned until {stop}"), stop=words.short_date(stop))


def run_span_words(run: DoseRun, day: date, words: Words) -> str:
    """Return when a dose step is given within its treatment, as it stands on a day.

    “24 Nov 2025 to 9 Dec 2025” where the next step ended it, “since 10 Dec 2025” where nothing
    did, “planned from 15 Jan 2026”; a single dose is told by its day.
    """
    if run.is_planned(day):
        return planned_words(run.start, run.stop, words)
    if run.start is None and run.stop is None:
        return words(N_("start not recorded"))
    return _begun_words(run.start, run.stop, day, words)


def _begun_words(
    start: PartialDate | None, stop: PartialDate | None, day: date, words: Words
) -> str:
    if not is_ahead(stop, day):
        return span_words(start, stop, words)
    if start is None:
        text = N_("start not recorded, planned until {stop}")
        return words(text, stop=words.short_date(stop))
    return words(
        N_("since {start}, planned until {stop}"),
        start=words.short_date(start),
        stop=words.short_date(stop),
    )


def event_span_words(start: PartialDate, stop: PartialDate | None, words: Words) -> str:
    """Return when an event was: a day, or from when to when."""
    return words.short_date(start) if stop is None else span_words(start, stop, words)


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
