"""What the unit's own rule finds, in words: the rise, the rule, and what has become of it."""

from collections.abc import Iterator, Mapping

from app.errors import N_
from app.language import Words
from app.records.model import Event
from app.settings import RelapseAsked, RelapseWording
from app.trends.noise import WITHIN_NOISE
from app.trends.relapse import when_words
from app.trends.relapse_rule import Rise, RiseState
from app.trends.series import total_of
from app.wording.treatments import agent_name

WORDINGS = {
    RelapseWording.ENCEPHALITIS: N_(
        "Wording used for autoimmune encephalitis, not for OMS, and not worked out here: new or "
        "worse symptoms after at least 2 months of improvement or stability."
    ),
}
"""What a unit may show beside its rule, each with whom it is used for."""
_ASKED = N_("The unit's own rule (a rise of {points} or more) asks: is this a relapse?")
_CONFIRMED = N_("A later total confirms the rise, as the unit's own rule wants it.")
_NOT_ASKED = {
    RiseState.WAITING: N_(
        "The unit's own rule (a rise of {points} or more) waits for the next total."
    ),
    RiseState.SUSPECTED: N_(
        "The unit's own rule (a rise of {points} or more) asks nothing while a suspected relapse "
        "is not judged."
    ),
    RiseState.DISMISSED: N_(
        "The unit's own rule (a rise of {points} or more) does not ask: at {judged} a suspected "
        "relapse was dismissed, {dismissed}."
    ),
}


def rise_words(rise: Rise, title: str, words: Words) -> str:
    """Return how far above which best the last total of a series stands, with each date."""
    values = {"title": title, **_values(rise, words)}
    if rise.since is None:
        text = N_(
            "{title}: {total} ({date}) is {points} above the best so far, {best} ({best_date})."
        )
        return words(text, **values)
    if isinstance(rise.since, Event):
        text = N_(
            "{title}: {total} ({date}) is {points} above the best since the last relapse "
            "({relapse}), {best} ({best_date})."
        )
        return words(text, relapse=when_words(rise.since, words), **values)
    text = N_(
        "{title}: {total} ({date}) is {points} above the best since the first {agent} ({start}), "
        "{best} ({best_date})."
    )
    start = words.short_date(rise.since.facts.start)
    return words(text, agent=agent_name(rise.since, words), start=start, **values)


def brief_rise(rise: Rise, words: Words) -> str:
    """Return the two totals of a rise in brief; the full words say since when the best counts."""
    return words(N_("From {best} ({best_date}) to {total} ({date})."), **_values(rise, words))


def _values(rise: Rise, words: Words) -> Mapping[str, str]:
    return {
        "total": words.number(total_of(rise.last)),
        "date": words.short_date(rise.last.date),
        "points": words.number(rise.points),
        "best": words.number(total_of(rise.best)),
        "best_date": words.short_date(rise.best.date),
    }


def rule_words(rise: Rise, words: Words) -> str:
    """Return the rule and its question, or why it asks nothing of this rise."""
    text, values = _NOT_ASKED.get(rise.state, _ASKED), {"points": words.number(rise.rule.points)}
    if rise.dismissed is not None:
        values["judged"] = words.number(total_of(rise.dismissed.judged))
        values["dismissed"] = words.short_date(rise.dismissed.event.facts.date)
    return words(text, **values)


def rule_in_full(rise: Rise, title: str, words: Words) -> tuple[str, ...]:
    """Return all that is told of a rise, a ready wording beside it, and its question last."""
    return tuple(_sentences(rise, title, words))


def _sentences(rise: Rise, title: str, words: Words) -> Iterator[str]:
    yield rise_words(rise, title, words)
    if rise.is_noise:
        yield words(WITHIN_NOISE)
    if rise.first.visit != rise.last.visit:
        text = N_("The totals have stood so high since {date}.")
        yield words(text, date=words.short_date(rise.first.date))
    if rise.rule.asked is RelapseAsked.NEXT_TOTAL and rise.is_confirmed:
        yield words(_CONFIRMED)
    if rise.rule.wording in WORDINGS:
        yield words(WORDINGS[rise.rule.wording])
    yield rule_words(rise, words)
