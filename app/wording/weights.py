"""The last weight beside a dose. Nothing is multiplied or divided by it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.doses import DoseRun
from app.records.lists import code_list
from app.records.model import Measure, PatientRecord

_RECENT_DAYS = 90
_KIND = "weight_kg"


def weights_of(record: PatientRecord, day: date) -> tuple[Measure, ...]:
    """Return the weights whose period has begun by a day, in the order of time."""
    found = (each for each in record.measures if each.facts.kind == _KIND)
    return tuple(sorted((each for each in found if _first(each) <= day), key=_order))


def _order(weight: Measure) -> tuple[int, int]:
    return weight.facts.date.order


def _first(weight: Measure) -> date:
    return weight.facts.date.first


def weight_words(weights: Sequence[Measure], day: date, words: Words) -> str:
    """Return the last weight with its date; of one date that has several, each of them.

    ``weights`` are those by the day. One that may be older by then than 90 days is not told: a
    dose must not be held against it.
    """
    if not weights:
        return words(N_("no weight recorded"))
    return _last_words(reversed(weights), day, words)


def beside_dose(run: DoseRun, weights: Sequence[Measure], day: date, words: Words) -> str:
    """Return the last weight for a dose that goes by weight or body surface, else nothing.

    For what is still given on the day, or planned, it is the last one by that day, which all
    ``weights`` are. For what was given before, it is the last one that certainly is of its start
    or earlier. A pause has none, and neither has what was given nobody knows when.
    """
    unit = code_list("units").find(run.facts.unit)
    if run.facts.is_pause or unit is None or not unit.by_size:
        return ""
    is_given = not run.facts.is_single and run.touches(PartialDate.of(day))
    if run.start is None and not is_given:
        return ""
    if run.start is None or is_given or run.is_planned(day) or not weights:
        return weight_words(weights, day, words)
    begun, latest = run.start.first, min(run.start.last, day)
    known = weights[: bisect_right(weights, begun, key=_first)]
    before = (each for each in reversed(known) if each.facts.date.last <= begun)
    return _last_words(before, latest, words)


def _last_words(latest_first: Iterator[Measure], day: date, words: Words) -> str:
    last = next(latest_first, None)
    if last is None or (day - _first(last)).days > _RECENT_DAYS:
        return words(N_("no recent weight"))
    when = last.facts.date
    same = takewhile(lambda each: each.facts.date == when, latest_first)
    told = {last.facts.value, *(each.facts.value for each in same)}
    return words(
        N_("last weight {weights}, {date}"),
        weights=words.together(
            words(N_("{weight} kg"), weight=words.number(value)) for value in sorted(told)
        ),
        date=words.short_date(when),
    )
