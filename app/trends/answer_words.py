"""The three answers in words: in brief above the figure, and in full among the words beside it."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.model import Event, Treatment
from app.trends.answers import (
    Between,
    ComingBack,
    Level,
    Now,
    Seen,
    Since,
    coming_back,
    now,
    since,
)
from app.trends.model import DatedTotal, Point, Series, Trend
from app.trends.noise import WITHIN_NOISE
from app.trends.relapse import when_words
from app.trends.relapse_rule import RelapseRule, Rise, RiseState
from app.trends.rise_words import brief_rise, rule_in_full, rule_words
from app.trends.sentences import day_words
from app.trends.series import series_range, series_title, total_of
from app.wording.answers import brief_level, key_words
from app.wording.changes import change_words
from app.wording.people import shortened
from app.wording.totals import NO_TOTAL, missing_words
from app.wording.treatments import agent_name, names_words
from app.wording.visits import event_words
from scales.catalogue import Catalogue
from scales.model import Definition

_FEW = 2
_LONGEST_NAME = 40
_STALE = N_("The last visit has no total.")
_MIXED = N_("Effects cannot be told apart.")


class AnswerWords(Struct, frozen=True):
    """One answer: a heading, what is read first, the rest in brief, and all of it in full.

    ``full`` are the sentences that stand among the words and are not there already.
    """

    heading: str
    first: str
    brief: str
    full: tuple[str, ...]


class Answers(Struct, frozen=True):
    """The three answers; ``since`` and ``back`` are ``None`` where there is nothing to ask.

    ``rule`` tells in full what the unit's rule finds, its question last; it is empty where it
    finds nothing. ``risen`` is the day from which on totals stand so high that the rule asks
    whether that is a relapse; ``None`` where it does not ask.
    """

    now: AnswerWords
    since: AnswerWords | None
    back: AnswerWords | None
    rule: tuple[str, ...]
    risen: PartialDate | None


def answers(
    trend: Trend,
    catalogue: Catalogue,
    key: str,
    start: Treatment | None,
    words: Words,
    rule: RelapseRule | None = None,
) -> Answers | None:
    """Answer for the series ``key`` and a start; ``None`` where no visit has such a series.

    ``rule`` is the unit's own for asking about a relapse; without one nothing is asked.
    """
    series = trend.find(key)
    if series is None:
        return None
    told = since(trend, catalogue, series, start) if start is not None else None
    back = coming_back(trend, catalogue, series, rule)
    rise = None if back is None else back.rise
    place, title = (catalogue, series, words), series_title(catalogue, series, words)
    return Answers(
        now=_NowSpeaker(*place).told(now(trend, catalogue, series)),
        since=None if told is None else _SinceSpeaker(*place).told(told),
        back=None if back is None else _BackSpeaker(*place).told(back),
        rule=() if rise is None else rule_in_full(rise, title, words),
        risen=None if rise is None or rise.state is not RiseState.ASKED else rise.first.date,
    )


class _Speaker:
    """Speaks of one series."""

    def __init__(self, catalogue: Catalogue, series: Series, words: Words) -> None:
        self._catalogue, self._series, self._words = catalogue, series, words
        self._definition: Definition = catalogue.find(series.scale)
        self._title = series_title(catalogue, series, words)

    def _few(self, levels: Sequence[Level]) -> str:
        words = self._words
        told = [brief_level(self._definition, key, level, words) for key, level in levels[:_FEW]]
        more = len(levels) - len(told)
        if more > 0:
            told.append(words.plural(NN_("{count} more", "{count} more"), more))
        return words.several(told)

    def _dated(self, point: Point | DatedTotal) -> str:
        words = self._words
        total = words.number(point.total) if point.total is not None else NO_TOTAL
        return words(N_("{total} on {date}"), total=total, date=words.short_date(point.date))


class _NowSpeaker(_Speaker):
    """Says how a series stood at the last visit."""

    def told(self, told: Now) -> AnswerWords:
        words = self._words
        total = None if told.point is None else told.point.total
        missed = self._missed(told)
        noise = words(WITHIN_NOISE) if told.is_noise else ""
        brief = (missed or self._of(), self._before(told), noise, self._raised(told))
        return AnswerWords(
            heading=self._last_visit(told.seen),
            first=NO_TOTAL if total is None else words.number(total),
            brief=words.sentences(brief),
            full=_kept("" if told.point else missed, self._all_above_zero(told)),
        )

    def _last_visit(self, seen: Seen) -> str:
        words = self._words
        date = words.short_date(seen.on)
        if not seen.days:
            return words(N_("Last visit {date}"), date=date)
        forms = NN_("Last visit {date}, {count} day ago", "Last visit {date}, {count} days ago")
        return words.plural(forms, seen.days, date=date)

    def _of(self) -> str:
        highest = series_range(self._definition, self._series)[1]
        words = self._words
        return words(
            N_("Of {highest}, {title}."), highest=words.number(highest), title=self._title
        )

    def _missed(self, told: Now) -> str:
        """Say why there is no total at the last visit; empty where there is one."""
        words, point = self._words, told.point
        if point is None:
            return self._unscored(told)
        if point.total is not None:
            return ""
        reason = missing_words(self._definition, point.missing, point.reasons, words)
        return words(N_("{title}: {reason}."), title=self._title, reason=reason)

    def _unscored(self, told: Now) -> str:
        words = self._words
        if not told.scored:
            return words(N_("No scale was scored then."))
        scored = (words(self._catalogue.find(each).short_title) for each in told.scored)
        text = N_("{title} was not scored then; scored: {scales}.")
        return words(text, title=self._title, scales=words.together(scored))

    def _before(self, told: Now) -> str:
        """Say what it was before; of a total that does not compare, its date alone."""
        words, before, point = self._words, told.before, told.point
        if before is None:
            return words(N_("No earlier total."))
        date, total = words.short_date(before.date), words.number(total_of(before))
        if point is None or point.total is None:
            return words(N_("The last total was {total}, {date}."), total=total, date=date)
        if not told.is_compared:
            text = N_("Before, in another version of the scale: {total}, {date}.")
            return words(text, total=total, date=date)
        return change_words(point.total - total_of(before), before.date, words)

    def _raised(self, told: Now) -> str:
        words = self._words
        if told.above_zero is None:
            return ""
        if not told.above_zero:
            return self._nothing_above_zero(told)
        return words(N_("Above 0: {items}."), items=self._few(told.above_zero))

    def _all_above_zero(self, told: Now) -> str:
        words = self._words
        if not told.above_zero:
            return ""
        items = words.clauses(self._level(each) for each in told.above_zero)
        return words(N_("Above 0: {items}."), items=items)

    def _nothing_above_zero(self, told: Now) -> str:
        is_whole = told.point is not None and told.point.total is not None
        return self._words(
            N_("No item above 0.") if is_whole else N_("No item that was scored is above 0.")
        )

    def _level(self, each: Level) -> str:
        words = self._words
        key, level = each
        name = key_words(self._definition, key, words)
        return words(N_("{item} {answer}"), item=name, answer=words.number(level))


class _SinceSpeaker(_Speaker):
    """Says what a series did since a start."""

    def told(self, told: Since) -> AnswerWords:
        words = self._words
        title = (
            N_("Since the first {agent}, {date}") if told.is_first else N_("Since {agent}, {date}")
        )
        treatment = told.start.treatment
        brief = (
            self._days(told),
            "" if told.is_latest or told.start.last is None else words(_STALE),
            self._between(told.between),
            words(_MIXED) if told.is_mixed else "",
            words(N_("It was falling before the start.")) if told.fell else "",
        )
        return AnswerWords(
            heading=words(
                title,
                agent=shortened(agent_name(treatment, words), _LONGEST_NAME),
                date=words.short_date(treatment.facts.start),
            ),
            first=self._best_and_last(told),
            brief=words.sentences(brief),
            full=tuple(self._since_in_full(told)),
        )

    def _best_and_last(self, told: Since) -> str:
        """Return what it was, the best and the last in one size, never the best alone."""
        words, start = self._words, told.start
        before = None if start.baseline is None else words.number(start.baseline.total)
        if start.best is None or start.last is None:
            return NO_TOTAL if before is None else before
        values = {"best": words.number(start.best.total), "last": words.number(start.last.total)}
        is_one = start.best.visit == start.last.visit
        if before is None:
            return words(
                N_("best and last {last}") if is_one else N_("best {best}, last {last}"), **values
            )
        text = N_("{before}, best {best}, last {last}")
        if is_one:
            text = N_("{before}, best and last {last}")
        return words(text, before=before, **values)

    def _days(self, told: Since) -> str:
        words, start = self._words, told.start
        if start.best is None or start.last is None:
            return words(N_("{title}: no total since."), title=self._title)
        values = {"best": day_words(start.best, words), "last": day_words(start.last, words)}
        if start.best.visit == start.last.visit:
            return words(N_("Both {last}."), **values)
        return words(N_("Best {best}, last {last}."), **values)

    def _between(self, between: Between) -> str:
        words = self._words
        counts = (
            (NN_("{count} relapse", "{count} relapses"), between.relapses),
            (NN_("{count} suspected relapse", "{count} suspected relapses"), between.suspected),
            (NN_("{count} other start", "{count} other starts"), between.starts),
        )
        told = [words.plural(forms, len(each)) for forms, each in counts if each]
        return self._in_between(between, words.several(told)) if told else ""

    def _in_between(self, between: Between, told: str) -> str:
        text = N_("In between: {told}.")
        if not between.is_exact:
            text = N_("In between, as far as the dates tell: {told}.")
        return self._words(text, told=told)

    def _since_in_full(self, told: Since) -> Iterator[str]:
        words, between = self._words, told.between
        events = [event_words(each, words) for each in (*between.relapses, *between.suspected)]
        parts = [*events, *(self._start(each) for each in between.starts)]
        if parts:
            yield self._in_between(between, words.clauses(parts))
        if told.beside:
            text = N_("Given in the same time: {agents}. Effects cannot be told apart.")
            yield words(text, agents=names_words(told.beside, words))
        if told.fell:
            peak, last = told.fell
            text = N_("It was falling before the start: {peak}, then {last}.")
            yield words(text, peak=self._dated(peak), last=self._dated(last))

    def _start(self, treatment: Treatment) -> str:
        words = self._words
        text = N_("start of {agent}, {date}")
        date = words.short_date(treatment.facts.start)
        return words(text, agent=shortened(agent_name(treatment, words)), date=date)


class _BackSpeaker(_Speaker):
    """Says how far above its best a series stands, and which relapses are marked."""

    def told(self, told: ComingBack) -> AnswerWords:
        words = self._words
        risen, seen = self._risen(told), self._last_seen(told.seen)
        noise = words(WITHIN_NOISE) if told.is_noise else ""
        relapse = self._relapse(told)
        suspected = (self._event(each) for each in told.suspected)
        # In large letters only one has room; a suspected relapse is told in brief already.
        rise = told.rise
        if rise is None or rise.state is RiseState.SUSPECTED:
            found: Iterable[str] = (risen,)
        else:
            found = self._rise(told, rise)
        return AnswerWords(
            heading=words(N_("Is it coming back?")),
            first=NO_TOTAL if told.above is None else words.signed(told.above),
            brief=words.sentences(
                (self._above(told), noise, *found, *self._marked_in_brief(told), seen)
            ),
            full=_kept(self._above_in_full(told), noise, risen, relapse, *suspected, seen),
        )

    def _rise(self, told: ComingBack, rise: Rise) -> Iterator[str]:
        """Yield what the unit's rule asks; the rise too, where it is not the one told already."""
        words = self._words
        if told.best != rise.best or told.last != rise.last:
            yield brief_rise(rise, words)
            yield words(WITHIN_NOISE) if rise.is_noise else ""
        yield rule_words(rise, words)

    def _above(self, told: ComingBack) -> str:
        words = self._words
        if told.last is None:
            return words(N_("No total at the last visit."))
        if told.best is None:
            return words(N_("No other total to compare with."))
        text = N_("Above the best, {best}.")
        if told.above == 0:
            text = N_("At the best so far, {best}.")
        return words(text, best=self._dated(told.best))

    def _above_in_full(self, told: ComingBack) -> str:
        words = self._words
        if told.best is None or told.above is None or told.above == 0:
            return self._above(told)
        return words(
            N_("{title}: {above} above the best, {best}."),
            title=self._title,
            above=words.number(told.above),
            best=self._dated(told.best),
        )

    def _relapse(self, told: ComingBack) -> str:
        words, relapse = self._words, told.relapse
        if relapse is None:
            return words(N_("No relapse has been marked."))
        return words(N_("Last relapse: {when}."), when=when_words(relapse, words))

    def _event(self, event: Event) -> str:
        words = self._words
        return words(N_("{event}: not judged yet."), event=event_words(event, words))

    def _marked_in_brief(self, told: ComingBack) -> Iterator[str]:
        words = self._words
        if told.relapse is None:
            yield words(N_("No relapse has been marked."))
        else:
            date = words.short_date(told.relapse.facts.date)
            yield words(N_("Last relapse {date}."), date=date)
        if told.suspected:
            forms = NN_(
                "{count} suspected relapse, {date}.",
                "{count} suspected relapses, the last {date}.",
            )
            date = words.short_date(told.suspected[-1].facts.date)
            yield words.plural(forms, len(told.suspected), date=date)

    def _risen(self, told: ComingBack) -> str:
        words = self._words
        if not told.risen:
            return ""
        return words(N_("Items above their best: {items}."), items=self._few(told.risen))

    def _last_seen(self, seen: Seen) -> str:
        """Say how long ago; where days cannot be counted, when."""
        words = self._words
        if not seen.days:
            return words(N_("Last seen {date}."), date=words.short_date(seen.on))
        forms = NN_("Last seen {count} day ago.", "Last seen {count} days ago.")
        return words.plural(forms, seen.days)


def _kept(*sentences: str) -> tuple[str, ...]:
    return tuple(each for each in sentences if each)
