"""Today's weight, asked for where the last one is old. Free of Qt."""

from collections.abc import Iterable
from datetime import timedelta

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Measure, Visit, VisitState

WEIGHT = "weight_kg"


class WeightView(Struct, frozen=True):
    """What is known of the weight in words, and what is stored at this visit as text."""

    last: str
    text: str = ""


def asks_weight(
    visit: Visit, known: Iterable[Measure], taken: Iterable[Measure], days: int
) -> bool:
    """Whether a new visit asks for a weight: none is certainly as young as so many days.

    ``known`` are the patient's measures, ``taken`` those of this visit so far. A weight that was
    taken here is shown, so that it can be mended.
    """
    if visit.state is not VisitState.DRAFT or visit.amend_reason:
        return False
    if any(one.facts.kind == WEIGHT for one in taken):
        return True
    oldest = visit.facts.date.last - timedelta(days=days)
    return not any(one.facts.date.first >= oldest for one in _earlier(visit, known))


def weight_view(
    visit: Visit, known: Iterable[Measure], taken: Iterable[Measure], words: Words
) -> WeightView:
    """Return the last weight before or on the day of a visit, and what was taken at it.

    That there was none before is told only until the first one is there.
    """
    here = [one for one in taken if one.facts.kind == WEIGHT]
    text = words.number(here[-1].facts.value) if here else ""
    earlier = _earlier(visit, known)
    return WeightView("" if here and not earlier else _last(earlier, words), text)


def _earlier(visit: Visit, known: Iterable[Measure]) -> list[Measure]:
    return [
        one
        for one in known
        if one.facts.kind == WEIGHT and one.facts.date.first <= visit.facts.date.last
    ]


def _last(earlier: list[Measure], words: Words) -> str:
    if not earlier:
        return words(N_("No weight is recorded yet."))
    last = max(earlier, key=lambda one: (one.facts.date.order, one.id)).facts
    text = N_("Last weight: {weight} kg in {date}")
    if last.date.is_full:
        text = N_("Last weight: {weight} kg on {date}")
    return words(text, weight=words.number(last.value), date=words.short_date(last.date))
