"""The course in words, for the screen and both pages alike: what changed, never why."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate, Precision
from app.errors import N_, NN_
from app.language import Words
from app.trends.at_zero import at_zero_words
from app.trends.model import DatedTotal, Point, Series, SinceStart, Trend
from app.trends.noise import changes_since, noise_words
from app.trends.series import compares, is_certainly_before, series_range, series_title
from app.trends.since import is_first
from app.wording.changes import change_words, dated_words, unordered_words
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
    """Tell what the series ``key`` did since one start, in rows and in one sentence.

    What is of a version that is not known to compare is called that, and no change to it is told.
    """
    first = is_first(since.treatment, trend.begun)
    title = N_("Since the first {agent}") if first else N_("Since {agent}")
    series = trend.find(key)
    told = None if series is None else _SinceSpeaker(trend, catalogue, series, since, words)
    return SinceWords(
        title=words(title, agent=agent_name(since.treatment, words)),
        when=words.short_date(since.treatment.facts.start),
        rows=() if told is None else (*told.before(), *told.after()),
        sentence="" if told is None else told.sentence(is_first=first),
        noise="" if told is None else told.noise(),
        cautions=(*since_cautions(since, words), *(() if told is None else told.versions())),
    )


class _SinceSpeaker:
    """Says what one series did since one start."""

    def __init__(
        self, trend: Trend, catalogue: Catalogue, series: Series, since: SinceStart, words: Words
    ) -> None:
        self._trend, self._series, self._since, self._words = trend, series, since, words
        self._definition = catalogue.find(series.scale)

    def before(self) -> Iterator[SinceRow]:
        """Yield the total before the start, or why there is none, and the first lower one."""
        words, since = self._words, self._since
        label = words(N_("Before"))
        if since.baseline is None:
            told = _no_baseline_words(self._trend, self._series, since, words)
            yield SinceRow(label, NO_TOTAL, told, "")
            return
        yield self._row(label, since.baseline)
        if since.first_lower is not None and self._compares(since.first_lower):
            yield self._row(words(N_("First lower")), since.first_lower)

    def after(self) -> Iterator[SinceRow]:
        """Yield the first zero, the best and the last; a best that is none is called lowest."""
        words, since = self._words, self._since
        if since.best is None or since.last is None:
            told = _no_total_since_words(self._series, since, words)
            yield SinceRow(words(N_("After")), NO_TOTAL, told, "")
            return
        if since.first_zero is not None and (since.baseline is None or since.baseline.total != 0):
            yield self._row(words(N_("First zero")), since.first_zero)
        if since.best.visit == since.last.visit:
            both = N_("Last") if self._never_lower() else N_("Best, and last")
            yield self._row(words(both), since.last, since.change_last_percent)
            return
        best = N_("Lowest") if self._never_lower() else N_("Best")
        yield self._row(words(best), since.best, since.change_percent)
        yield self._row(words(N_("Last")), since.last, since.change_last_percent)

    def sentence(self, *, is_first: bool) -> str:
        """Say the same in one line; nothing where a total before or after is missing."""
        before, best, last = self._since.baseline, self._since.best, self._since.last
        if before is None or best is None or last is None:
            return ""
        if not self._compares(best):
            return self._other_version(before, best)
        if self._never_lower():
            return self._not_lower(before, last)
        told = _best_sentence(before, best, self._since, self._words, is_first=is_first)
        return told if best.visit == last.visit else self._with_last(told, last)

    def noise(self) -> str:
        """Say whether the changes are within published noise."""
        before, last = self._since.baseline, self._since.last
        best_change, last_change = changes_since(self._definition, self._since)
        if before is None or last is None or (best_change is None and last_change is None):
            return ""
        ages = (self._trend.record.patient.facts.birth_date, before.date, last.date)
        return noise_words(
            self._definition, self._series, last_change, ages, self._words, best=best_change
        )

    def versions(self) -> Iterator[str]:
        """Yield the caution where a total that is told is of a version that does not compare."""
        since = self._since
        told = (since.baseline, since.best, since.last)
        if any(each is not None and not self._compares(each) for each in told):
            yield self._words(
                N_("It is not known whether totals of another version of the scale compare.")
            )

    def _row(self, label: str, reading: DatedTotal, percent: Decimal | None = None) -> SinceRow:
        words = self._words
        note = "" if percent is None else words.per_cent(percent)
        if not self._compares(reading):
            note = words(N_("another version"))
        return SinceRow(label, words.number(reading.total), day_words(reading, words), note)

    def _compares(self, reading: Point | DatedTotal) -> bool:
        """Whether a total compares with the one before, or without one with the last."""
        told = self._since.baseline or self._since.last
        return told is None or compares(self._definition, told, reading)

    def _never_lower(self) -> bool:
        """Whether no total since is lower than the one before, as far as they compare."""
        before, best = self._since.baseline, self._since.best
        if before is None or best is None or not self._compares(best):
            return False
        return best.total >= before.total

    def _other_version(self, before: DatedTotal, best: DatedTotal) -> str:
        words, last = self._words, self._since.last
        text = N_("{before} before; since then {best}, in another version of the scale.")
        told = words(text, before=words.number(before.total), best=_dated(best, words))
        return told if last is None or best.visit == last.visit else self._with_last(told, last)

    def _not_lower(self, before: DatedTotal, last: DatedTotal) -> str:
        words = self._words
        after = _placed(self._series, self._since).after
        if all(p.total == before.total and self._compares(p) for p in after):
            text = N_("{before} before and {before} after; no change.")
            return words(text, before=words.number(before.total))
        text = N_("{before} before; no total since is lower.")
        return self._with_last(words(text, before=words.number(before.total)), last)

    def _with_last(self, told: str, last: DatedTotal) -> str:
        text = N_("{told} The last is {last}.")
        if not self._compares(last):
            text = N_("{told} The last is {last}, in another version of the scale.")
        return self._words(text, told=told, last=_dated(last, self._words))


_NONE = N_("none recorded")
_ORDER_UNKNOWN = N_("not known whether before or after the start")
_NOT_RECENT = NN_(
    "none in the {count} day before ({last})", "none in the {count} days before ({last})"
)
_MAY_BE_RECENT = NN_(
    "none certainly in the {count} day before ({last})",
    "none certainly in the {count} days before ({last})",
)


class _Placed(Struct, frozen=True):
    """The totals of a series by where they lie: before or on a start, after it, or not known."""

    before: tuple[Point, ...]
    unknown: tuple[Point, ...]
    after: tuple[Point, ...]


def _placed(series: Series, since: SinceStart) -> _Placed:
    start = since.treatment.facts.start
    scored = tuple(point for point in series.points if point.total is not None)
    if start is None:
        return _Placed((), scored, ())
    after = tuple(point for point in scored if point.date.first > start.last)
    until = [point for point in scored if point.date.first <= start.last]
    before = tuple(point for point in until if _is_before(point, start))
    unknown = tuple(point for point in until if not _is_before(point, start))
    return _Placed(before, unknown, after)


def _is_before(point: Point, start: PartialDate) -> bool:
    return point.date.last < start.first or point.date == start


def _no_baseline_words(trend: Trend, series: Series, since: SinceStart, words: Words) -> str:
    """Say why no total stands before a start: none recorded, none recent, or no certain order."""
    start, placed = since.treatment.facts.start, _placed(series, since)
    if placed.unknown:
        return words(_ORDER_UNKNOWN)
    if start is None or not placed.before:
        return words(_NONE)
    last = placed.before[-1]
    may_be_recent = (start.first - last.date.last).days <= trend.baseline_days
    forms = _MAY_BE_RECENT if may_be_recent else _NOT_RECENT
    return words.plural(forms, trend.baseline_days, last=_dated(last, words))


def _no_total_since_words(series: Series, since: SinceStart, words: Words) -> str:
    """Say why no total stands after a start: none is recorded, or their order is not known."""
    return words(_ORDER_UNKNOWN if _placed(series, since).unknown else _NONE)


def _dated(point: Point | DatedTotal, words: Words) -> str:
    total = NO_TOTAL if point.total is None else words.number(point.total)
    return dated_words(total, point.date, words)


def day_words(reading: DatedTotal, words: Words) -> str:
    """Return “day 392”, or the date where days cannot be counted."""
    if reading.day is None:
        return words.short_date(reading.date)
    return words(N_("day {day}"), day=words.number(Decimal(reading.day)))


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
    if not compares(definition, before, last):
        text = N_("Not compared with {date}: that was another version of the scale.")
        return words(text, date=words.short_date(before.date)), ""
    if not is_certainly_before(before, last):
        return unordered_words(words.number(total_before), before.date, words), ""
    change = last.total - total_before
    birth = trend.record.patient.facts.birth_date
    noise = noise_words(definition, series, change, (birth, before.date, last.date), words)
    return change_words(change, before.date, words, now=last.date, time=before.time), noise
