"""The last visit: how a series stood then, and what it was before."""

from app.errors import N_, NN_
from app.trends.answer_speaker import AnswerWords, Speaker, kept
from app.trends.answers import Level, Now, Seen
from app.trends.noise import WITHIN_NOISE
from app.trends.series import series_range, total_of
from app.wording.answers import key_words
from app.wording.changes import change_words, unordered_words
from app.wording.totals import NO_TOTAL, missing_words


class NowSpeaker(Speaker):
    """Says how a series stood at the last visit."""

    def told(self, told: Now) -> AnswerWords:
        """Answer for a series."""
        words = self._words
        total = None if told.point is None else told.point.total
        missed = self._missed(told)
        noise = words(WITHIN_NOISE) if told.is_noise else ""
        brief = (missed or self._of(), self._before(told), noise, self._raised(told))
        return AnswerWords(
            heading=self._last_visit(told.seen),
            first=NO_TOTAL if total is None else words.number(total),
            brief=words.sentences(brief),
            full=kept("" if told.point else missed, self._all_above_zero(told)),
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
        if not told.is_ordered:
            return unordered_words(total, before.date, words)
        change = point.total - total_of(before)
        return change_words(change, before.date, words, now=point.date, time=before.time)

    def _raised(self, told: Now) -> str:
        words = self._words
        if told.above_zero is None:
            return ""
        if not told.above_zero:
            return self._nothing_above_zero(told)
        return words(N_("Above 0: {items}."), items=self.few(told.above_zero))

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
