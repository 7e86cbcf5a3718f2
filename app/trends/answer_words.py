"""The three answers in words: in brief above the figure, and in full among the words beside it."""

from msgspec import Struct

from app.dates import PartialDate
from app.language import Words
from app.records.model import Treatment
from app.trends.answer_speaker import AnswerWords
from app.trends.answers import coming_back, now, since
from app.trends.back_answer import BackSpeaker
from app.trends.model import Trend
from app.trends.now_answer import NowSpeaker
from app.trends.relapse_rule import RelapseRule, RiseState
from app.trends.rise_words import rule_in_full
from app.trends.series import series_title
from app.trends.since_answer import SinceSpeaker
from scales.catalogue import Catalogue


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
        now=NowSpeaker(*place).told(now(trend, catalogue, series)),
        since=None if told is None else SinceSpeaker(*place).told(told),
        back=None if back is None else BackSpeaker(*place).told(back),
        rule=() if rise is None else rule_in_full(rise, title, words),
        risen=None if rise is None or rise.state is not RiseState.ASKED else rise.first.date,
    )
