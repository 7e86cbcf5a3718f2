"""The numbers of a cohort a second time, from their definition and the textbook alone."""

import math
import statistics
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.records.cohort import Member, TotalSince

Event = tuple[int, bool]
Step = tuple[int, int, Fraction, float | None, float | None]
"""Day, at risk, share who had it, and the bounds of the 95 % log-log interval."""


def value_at(totals: Sequence[TotalSince], day: int) -> Decimal | None:
    """Return the last total that lies whole within the 56 days up to a day, both included."""
    within = [each for each in totals if day - 56 <= each.first and each.last <= day]
    return within[-1].total if within else None


def spread(values: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return median and linear quartiles, nothing of fewer than five."""
    if len(values) < 5:
        return None, None, None
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return statistics.median(values), low, high


def baseline(totals: Sequence[TotalSince]) -> Decimal | None:
    """Return the last total of the 30 days up to the start."""
    on_or_before = [
        each for each in totals if each.last < 0 or (each.first == 0 and each.last == 0)
    ]
    near = [each.total for each in on_or_before if each.first >= -30]
    return near[-1] if near else None


def zero(member: Member) -> Event | None:
    """Return when the first 0 after the start was found, or until when none was."""
    after = [each for each in member.totals if each.first > 0]
    found = [each.last for each in after if each.total == 0]
    if found:
        return found[0], True
    return (after[-1].first, False) if after else None


def relapse(member: Member) -> Event | None:
    """Return when the first relapse after the start had come, or until when none had."""
    found = [each.last for each in member.relapses if each.first > 0]
    after = [each.first for each in member.totals if each.first > 0]
    if found:
        return found[0], True
    return (after[-1], False) if after else None


def kaplan_meier(events: Sequence[Event]) -> list[Step]:
    """Return a step for each day of events, exactly; the interval after Kalbfleisch, Prentice."""
    steps: list[Step] = []
    surviving, greenwood = Fraction(1), Fraction(0)
    for day in sorted({when for when, is_event in events if is_event}):
        at_risk = sum(when >= day for when, _ in events)
        died = sum(when == day and is_event for when, is_event in events)
        surviving *= Fraction(at_risk - died, at_risk)
        if not surviving:
            steps.append((day, at_risk, Fraction(1), None, None))
            continue
        greenwood += Fraction(died, at_risk * (at_risk - died))
        log = math.log(surviving)
        wide = statistics.NormalDist().inv_cdf(0.975) * math.sqrt(greenwood) / abs(log)
        bounds = [1 - math.exp(log * math.exp(sign * wide)) for sign in (-1, 1)]
        steps.append((day, at_risk, 1 - surviving, bounds[0], bounds[1]))
    return steps


def risk_table(events: Sequence[Event], days: Sequence[int]) -> list[tuple[int, int]]:
    """Return how many are at risk day by day, of every so many days at most 15, to the last."""
    if not days:
        return []
    every_day = [(day, sum(when >= day for when, _ in events)) for day in range(days[-1] + 1)]
    thinned = (every_day[::step] for step in (1, 7, 14, 28, 56, 84, 168, 364))
    return next(rows for rows in thinned if len(rows) <= 15)
