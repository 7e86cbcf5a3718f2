"""The course in words, for the screen and both pages alike: what changed, never why."""

from decimal import Decimal

from msgspec import Struct

from app.dates import Precision
from app.errors import N_, NN_
from app.language import Words
from app.trends.at_zero import at_zero_words
from app.trends.model import DatedTotal, Point, Series, SinceStart, Trend
from app.trends.noise import noise_words
from app.trends.series import series_range, series_title
from app.trends.since import is_first
from app.wording.changes import change_words
from app.wording.people import one_line, rater_words, shortened
from app.wording.totals import NO_TOTAL, missing_words
from app.wording.treatments import agent_name, names_words
from scales.catalogue import Catalogue
from scales.model import Definition


class SinceRow(Struct, frozen=True):
    """One line of what happened since a start: label, total, the day or date, and a note."""

    label: str
    total: str
    day: str
    note: str


class SinceWords(Struct, frozen=True):
    """What one series did since one start.

    ``title`` and ``when`` head it (“Since the first IVIg”, “1 Jan 2025”); ``sentence`` says the
    same in one line; ``noise`` says what was found about noise; ``cautions`` must all be
    shown.
    """

    title: str
    when: str
    rows: tuple[SinceRow, ...]
    sentence: str
    noise: str
    cautions: tuple[str, ...]


class LastWords(Struct, frozen=True):
    """The last visit of a series: “0”, “of 18 · OMS scale”, “1 lower than on 3 Dec 2025.”.

    ``spoken`` is total and range in one line. ``total`` is a dash and ``reason`` says why where
    the visit has no total. ``at_zero`` tells how long the series stood at zero, if it did.
    ``noise`` and ``caution`` must be shown where they are not empty.
    """

    visit: str
    heading: str
    total: str
    of: str
    spoken: str
    reason: str
    change: str
    noise: str
    at_zero: str
    caution: str


def since_rows(
    trend: Trend, catalogue: Catalogue, key: str, since: SinceStart, words: Words
) -> SinceWords:
    """Tell what the series ``key`` did since one start, in rows and in one sentence."""
    first = is_first(since.treatment, trend.begun)
    title = N_("Since the first {agent}") if first else N_("Since {agent}")
    return SinceWords(
        title=words(title, agent=agent_name(since.treatment, words)),
        when=words.short_date(since.treatment.facts.start),
        rows=(*_before_rows(since, words), *_after_rows(since, words)),
        sentence=_since_sentence(since, words, is_first=first),
        noise=_since_noise(trend, catalogue, key, since, words),
        cautions=since_cautions(since, words),
    )


def _before_rows(since: SinceStart, words: Words) -> tuple[SinceRow, ...]:
    label = words(N_("Before"))
    if since.baseline is None:
        return (SinceRow(label, NO_TOTAL, words(N_("none recorded")), ""),)
    rows = [
        SinceRow(label, words.number(since.baseline.total), day_words(since.baseline, words), "")
    ]
    if since.first_lower is not None:
        total = words.number(since.first_lower.total)
        rows.append(
            SinceRow(words(N_("First lower")), total, day_words(since.first_lower, words), "")
        )
    return tuple(rows)


def _after_rows(since: SinceStart, words: Words) -> tuple[SinceRow, ...]:
    if since.best is None or since.last is None:
        return (SinceRow(words(N_("After")), NO_TOTAL, words(N_("none recorded")), ""),)
    rows = []
    if since.first_zero is not None:
        zero = words.number(since.first_zero.total)
        rows.append(
            SinceRow(words(N_("First zero")), zero, day_words(since.first_zero, words), "")
        )
    if since.best.visit == since.last.visit:
        both = words(N_("Best, and last"))
        return (*rows, _changed_row(both, since.last, since.change_last_percent, words))
    rows.append(_changed_row(words(N_("Best")), since.best, since.change_percent, words))
    rows.append(_changed_row(words(N_("Last")), since.last, since.change_last_percent, words))
    return tuple(rows)


def _changed_row(
    label: str, reading: DatedTotal, percent: Decimal | None, words: Words
) -> SinceRow:
    note = "" if percent is None else words.per_cent(percent)
    return SinceRow(label, words.number(reading.total), day_words(reading, words), note)


def day_words(reading: DatedTotal, words: Words) -> str:
    """Return “day 392”, or the date where days cannot be counted."""
    if reading.day is None:
        return words.short_date(reading.date)
    return words(N_("day {day}"), day=words.number(Decimal(reading.day)))


def _since_sentence(since: SinceStart, words: Words, *, is_first: bool) -> str:
    best, last = since.best, since.last
    if since.baseline is None or best is None or last is None:
        return ""
    told = _best_sentence(since.baseline, best, since, words, is_first=is_first)
    if best.visit == last.visit:
        return told
    return words(
        N_("{told} The last is {total}, on {date}."),
        told=told,
        total=words.number(last.total),
        date=words.short_date(last.date),
    )


def _best_sentence(
    before: DatedTotal, best: DatedTotal, since: SinceStart, words: Words, *, is_first: bool
) -> str:
    values = {
        "before": words.number(before.total),
        "best": words.number(best.total),
        "agent": agent_name(since.treatment, words),
    }
    if best.day is None:
        text = N_("{before} to {best}, {date}, after the start of {agent}.")
        return words(text, date=words.short_date(best.date), **values)
    if is_first:
        forms = NN_(
            "{before} to {best}, {count} day after the first {agent}.",
            "{before} to {best}, {count} days after the first {agent}.",
        )
    else:
        forms = NN_(
            "{before} to {best}, {count} day after this start of {agent}.",
            "{before} to {best}, {count} days after this start of {agent}.",
        )
    return words.plural(forms, best.day, **values)


def _since_noise(
    trend: Trend, catalogue: Catalogue, key: str, since: SinceStart, words: Words
) -> str:
    series = trend.find(key)
    if series is None or since.baseline is None or since.last is None:
        return ""
    birth = trend.record.patient.facts.birth_date
    definition = catalogue.find(series.scale)
    before, last = since.baseline, since.last
    change = last.total - before.total
    return noise_words(definition, series, change, (birth, before.date, last.date), words)


def since_cautions(since: SinceStart, words: Words) -> tuple[str, ...]:
    """Return what must stand beside a start: other starts near it, and a start not exact."""
    cautions = []
    if since.others_within_14_days:
        text = N_("{agents} began within 14 days. Their effects cannot be told apart.")
        cautions.append(words(text, agents=names_words(since.others_within_14_days, words)))
    if since.others_order_unknown:
        text = N_(
            "{agents} may have begun within 14 days: a date is not exact. "
            "Their effects cannot be told apart."
        )
        cautions.append(words(text, agents=names_words(since.others_order_unknown, words)))
    start = since.treatment.facts.start
    if start is not None and start.precision is not Precision.DAY:
        cautions.append(words(N_("The day of this start is not known, so days are not counted.")))
    return tuple(cautions)


def last_words(trend: Trend, catalogue: Catalogue, key: str, words: Words) -> LastWords | None:
    """Tell the last visit of a series and what changed since the total before it.

    ``None`` where the record has no such series.
    """
    series = trend.find(key)
    if series is None:
        return None
    last = series.points[-1]
    definition = catalogue.find(series.scale)
    change, noise = _last_change(trend, definition, series, words)
    total = NO_TOTAL if last.total is None else words.number(last.total)
    of = {
        "highest": words.number(series_range(definition, series)[1]),
        "title": series_title(catalogue, series, words),
    }
    reason = missing_words(definition, last.missing, last.reasons, words)
    return LastWords(
        visit=last.visit,
        heading=_heading(trend, last, words),
        total=total,
        of=words(N_("of {highest} · {title}"), **of),
        spoken=words(N_("{total} of {highest} · {title}"), total=total, **of),
        reason=reason if last.total is None else "",
        change=change,
        noise=noise,
        at_zero=at_zero_words(trend, definition, series, words),
        caution=words(definition.caution),
    )


def _heading(trend: Trend, point: Point, words: Words) -> str:
    is_last = trend.record.visits[-1].id == point.visit
    text = N_("Last visit · {date} · {rater}") if is_last else N_("Last scored · {date} · {rater}")
    return words(
        text,
        date=words.short_date(point.date),
        rater=shortened(one_line(rater_words(point.rater, words))),
    )


def _last_change(
    trend: Trend, definition: Definition, series: Series, words: Words
) -> tuple[str, str]:
    """Return the change since the total before and its noise in words, or two blanks."""
    totals = [(point, point.total) for point in series.points if point.total is not None]
    last = series.points[-1]
    if last.total is None or len(totals) < 2:
        return "", ""
    before, total_before = totals[-2]
    if not definition.compares(before.version, last.version):
        text = N_("Not compared with {date}: that was another version of the scale.")
        return words(text, date=words.short_date(before.date)), ""
    change = last.total - total_before
    birth = trend.record.patient.facts.birth_date
    noise = noise_words(definition, series, change, (birth, before.date, last.date), words)
    return change_words(change, before.date, words), noise
