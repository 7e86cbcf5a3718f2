"""Since a start: what a series was, its best and its last, and what lies between."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from app.errors import N_, NN_
from app.records.model import Treatment
from app.trends.answer_speaker import AnswerWords, Speaker, kept
from app.trends.answers import Between, Since
from app.trends.model import DatedTotal
from app.trends.noise import WITHIN_NOISE
from app.trends.series import series_range
from app.wording.people import shortened
from app.wording.totals import NO_TOTAL
from app.wording.treatments import agent_name, names_words
from app.wording.visits import event_words

_LONGEST_NAME = 40
_STALE = N_("The last visit has no total.")
_MIXED = N_("Effects cannot be told apart.")


class SinceSpeaker(Speaker):
    """Says what a series did since a start."""

    def told(self, told: Since) -> AnswerWords:
        """Answer for a series and a start."""
        words = self._words
        title = (
            N_("Since the first {agent}, {date}") if told.is_first else N_("Since {agent}, {date}")
        )
        treatment = told.start.treatment
        brief = (
            self._days(told),
            "" if told.is_latest or told.start.last is None else words(_STALE),
            self._noise(told),
            self._between(told),
            words(_MIXED) if told.is_mixed else "",
            self._fell(told),
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
        """Return what it was, the best and the last in one size, never the best alone.

        A best that is no lower than what it was is not called that, and totals that do not
        compare do not stand side by side.
        """
        words, start = self._words, told.start
        if start.best is None or start.last is None:
            return NO_TOTAL if start.baseline is None else words.number(start.baseline.total)
        values = {"best": words.number(start.best.total), "last": words.number(start.last.total)}
        if not told.is_compared:
            return values["last"]
        is_one = start.best.visit == start.last.visit
        if start.baseline is None:
            return words(
                N_("best and last {last}") if is_one else N_("best {best}, last {last}"), **values
            )
        values["before"] = words.number(start.baseline.total)
        if start.best.total >= start.baseline.total:
            is_lowest = start.baseline.total == series_range(self._definition, self._series)[0]
            text = (
                N_("{before}, last {last}")
                if is_lowest
                else N_("{before}, never lower, last {last}")
            )
            return words(text, **values)
        text = N_("{before}, best {best}, last {last}")
        if is_one:
            text = N_("{before}, best and last {last}")
        return words(text, **values)

    def _days(self, told: Since) -> str:
        words, start = self._words, told.start
        if start.best is None or start.last is None:
            text = N_("{title}: no total since.")
            if told.is_unordered:
                text = N_("{title}: of no total is it known that it came since then.")
            return words(text, title=self._title)
        last, is_one = self._when(start.last), start.best.visit == start.last.visit
        if not told.is_compared:
            text = N_("Last {last}. Not compared with before: the version of the scale changed.")
            return words(text, last=last)
        if start.baseline is not None and start.best.total >= start.baseline.total:
            return words(N_("Last {last}."), last=last)
        if is_one:
            # The date of the last visit stands above the first answer.
            when = self._when(start.last, is_dated=not told.is_latest)
            return words(N_("Both {when}."), when=when)
        best = self._when(start.best, is_dated=True)
        return words(N_("Best {best}, last {last}."), best=best, last=last)

    def _when(self, reading: DatedTotal, *, is_dated: bool = False) -> str:
        """Return “on day 392”, with its date if that is wished, or where no day can be counted."""
        words, date = self._words, self._words.short_date(reading.date)
        if reading.day is None:
            return words(N_("on {date}") if reading.date.is_full else N_("in {date}"), date=date)
        text = N_("on day {day} ({date})") if is_dated else N_("on day {day}")
        return words(text, day=words.number(Decimal(reading.day)), date=date)

    def _fell(self, told: Since) -> str:
        if told.fell is None:
            return ""
        text = N_("It had fallen before the start.")
        return self._words(N_("It was falling before the start.") if told.fell.is_going else text)

    def _noise(self, told: Since) -> str:
        words = self._words
        if not told.last_is_noise:
            return words(N_("The best is within measurement noise.")) if told.best_is_noise else ""
        if told.best_is_noise:
            return words(WITHIN_NOISE)
        return words(N_("The last is within measurement noise of what it was."))

    def _between(self, told: Since) -> str:
        """Count what lies between, and what lies behind the last total."""
        between = self._in_between(told.between, self._counts(told, told.between))
        after = self._behind(told, self._counts(told, told.after))
        return self._words.sentences((between, after))

    def _counts(self, since: Since, between: Between) -> str:
        words = self._words
        counts = (
            (NN_("{count} relapse", "{count} relapses"), between.relapses),
            (NN_("{count} suspected relapse", "{count} suspected relapses"), between.suspected),
        )
        told = [words.plural(forms, len(each)) for forms, each in counts if each]
        return words.several((*told, *self._starts(since, between.starts)))

    def _starts(self, since: Since, starts: Sequence[Treatment]) -> Iterator[str]:
        """Count other starts; a single one has its name."""
        words = self._words
        if len(starts) > 1:
            forms = NN_("{count} other start", "{count} other starts")
            yield words.plural(forms, len(starts))
        elif starts:
            agent = shortened(agent_name(starts[0], words), _LONGEST_NAME)
            is_again = agent == shortened(agent_name(since.start.treatment, words), _LONGEST_NAME)
            yield words(N_("{agent} again") if is_again else N_("{agent} started"), agent=agent)

    def _in_between(self, between: Between, told: str) -> str:
        if not told:
            return ""
        text = N_("In between: {told}.")
        if not between.is_exact:
            text = N_("In between, as far as the dates tell: {told}.")
        return self._words(text, told=told)

    def _behind(self, since: Since, told: str) -> str:
        if not told:
            return ""
        if since.start.last is None:
            return self._words(N_("Since then: {told}."), told=told)
        text = N_("After the last total: {told}.")
        if not since.after.is_exact:
            text = N_("After the last total, as far as the dates tell: {told}.")
        return self._words(text, told=told)

    def _since_in_full(self, told: Since) -> Iterator[str]:
        words = self._words
        yield from kept(
            self._in_between(told.between, self._each(told.between)),
            self._behind(told, self._each(told.after)),
        )
        if told.beside:
            text = N_("Given in the same time: {agents}. Effects cannot be told apart.")
            yield words(text, agents=names_words(told.beside, words))
        if told.fell:
            text = N_("It had fallen before the start: {peak}, then {last}.")
            if told.fell.is_going:
                text = N_("It was falling before the start: {peak}, then {last}.")
            values = {"peak": told.fell.peak, "last": told.fell.last}
            yield words(text, **{name: self.dated(point) for name, point in values.items()})

    def _each(self, between: Between) -> str:
        words = self._words
        events = [event_words(each, words) for each in (*between.relapses, *between.suspected)]
        parts = [*events, *(self._start(each) for each in between.starts)]
        return words.clauses(parts) if parts else ""

    def _start(self, treatment: Treatment) -> str:
        words = self._words
        text = N_("start of {agent}, {date}")
        date = words.short_date(treatment.facts.start)
        return words(text, agent=shortened(agent_name(treatment, words)), date=date)
