"""Whether a change lies within what was published about measurement noise for this patient."""

from decimal import Decimal

from app.dates import PartialDate, age_on
from scales.model import Definition, Noise, SmallestChange

Ages = tuple[PartialDate | None, PartialDate, PartialDate]
"""The birth date, and the dates of two totals: what decides which figures hold."""


def qualifies(
    published: Noise | SmallestChange, birth: PartialDate | None, *days: PartialDate
) -> bool:
    """Whether the patient was certainly old enough for a published figure on all these days."""
    ages = [age_on(birth, day) for day in days]
    return all(age is not None and age.years >= published.from_age for age in ages)


def is_total_noise(definition: Definition, change: Decimal, ages: Ages) -> bool:
    """Whether a change of a total lies within what was published; no change is none."""
    birth, *days = ages
    return any(
        is_inside(each, change) and qualifies(each, birth, *days) for each in definition.noise
    )


def is_inside(noise: Noise, change: Decimal) -> bool:
    """Whether a change lies within one figure."""
    return change != 0 and noise.low <= change <= noise.high
