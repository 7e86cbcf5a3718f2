"""Is it coming back: how far above its best a series stands, and which relapses are marked."""

from collections.abc import Iterable, Iterator

from app.errors import N_, NN_
from app.records.model import Event
from app.trends.answer_speaker import AnswerWords, Speaker, kept
from app.trends.answers import ComingBack, Seen
from app.trends.noise import WITHIN_NOISE
from app.trends.relapse import when_words
from app.trends.relapse_rule import Rise, RiseState
from app.trends.rise_words import brief_rise, rule_words
from app.wording.totals import NO_TOTAL
from app.wording.visits import event_words


class BackSpeaker(Speaker):
    """Says how far above its best a series stands, and which relapses are marked."""

    def told(self, told: ComingBack) -> AnswerWords:
        """Answer for a series."""
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
        newer, first = self._newer(told), self._points(told)
        brief = (self._above(told), noise, *found, *self._marked_in_brief(told))
        return AnswerWords(
            heading=words(N_("Is it coming back?")),
            first=first,
            # Where nothing has risen, how long nobody looked comes before that.
            brief=words.sentences((newer, *brief, seen) if first else (newer, seen, *brief)),
            full=kept(newer, self._above_in_full(told), noise, risen, relapse, *suspected, seen),
        )

    def _points(self, told: ComingBack) -> str:
        """Return how far above the best; a 0 would look like a total, so there is none."""
        if told.above is None:
            return NO_TOTAL
        return self._words.signed(told.above) if told.is_above else ""

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
        return words(text, best=self.dated(told.best))

    def _above_in_full(self, told: ComingBack) -> str:
        words = self._words
        if told.best is None or told.above is None or told.above == 0:
            return self._above(told)
        return words(
            N_("{title}: {above} above the best, {best}."),
            title=self._title,
            above=words.number(told.above),
            best=self.dated(told.best),
        )

    def _relapse(self, told: ComingBack) -> str:
        words, relapse = self._words, told.relapse
        if relapse is None:
            return words(N_("No relapse has been marked."))
        return words(N_("Last relapse: {when}."), when=when_words(relapse, words))

    def _newer(self, told: ComingBack) -> str:
        """Say first that a relapse was marked that no total can tell of yet."""
        words = self._words
        if told.relapse is None or not told.is_newer:
            return ""
        date = words.short_date(told.relapse.facts.date)
        return words(N_("A relapse was marked after the last visit: {date}."), date=date)

    def _event(self, event: Event) -> str:
        words = self._words
        return words(N_("{event}: not judged yet."), event=event_words(event, words))

    def _marked_in_brief(self, told: ComingBack) -> Iterator[str]:
        words = self._words
        if told.relapse is None:
            yield words(N_("No relapse has been marked."))
        elif not told.is_newer:
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
        return words(N_("Items above their best: {items}."), items=self.few(told.risen))

    def _last_seen(self, seen: Seen) -> str:
        """Say how long ago; where days cannot be counted, when."""
        words = self._words
        if not seen.days:
            return words(N_("Last seen {date}."), date=words.short_date(seen.on))
        forms = NN_("Last seen {count} day ago.", "Last seen {count} days ago.")
        return words.plural(forms, seen.days)
