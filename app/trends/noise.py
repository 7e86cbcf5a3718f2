"""What was found about measurement noise, and for whom; where nothing was, that is said."""

from decimal import Decimal

from app.dates import PartialDate, age_on
from app.errors import N_
from app.language import Words
from app.trends.model import Series
from scales.model import Definition, Noise, SmallestChange

NOT_FOUND = N_("No measurement error that could be checked was found for this scale.")
WITHIN_NOISE = N_("That is within measurement noise.")
AGE_UNKNOWN = N_(
    "A measurement error that could be checked was found from {age} years on only; "
    "the age is not known."
)


def qualifies(
    published: Noise | SmallestChange, birth: PartialDate | None, *days: PartialDate
) -> bool:
    """Whether the patient was certainly old enough for a published figure on all these days."""
    ages = [age_on(birth, day) for day in days]
    return all(age is not None and age.years >= published.from_age for age in ages)


def is_noise(
    definition: Definition,
    series: Series,
    change: Decimal,
    ages: tuple[PartialDate | None, PartialDate, PartialDate],
) -> bool:
    """Whether a change lies within what was published for this patient; ``ages`` as below."""
    return series.subscore is None and is_total_noise(definition, change, ages)


def is_total_noise(
    definition: Definition,
    change: Decimal,
    ages: tuple[PartialDate | None, PartialDate, PartialDate],
) -> bool:
    """Whether a change of a total lies within what was published for this patient."""
    birth, *days = ages
    return any(
        _is_inside(each, change) and qualifies(each, birth, *days) for each in definition.noise
    )


def _is_inside(noise: Noise, change: Decimal) -> bool:
    return change != 0 and noise.low <= change <= noise.high


def noise_words(
    definition: Definition,
    series: Series,
    change: Decimal,
    ages: tuple[PartialDate | None, PartialDate, PartialDate],
    words: Words,
) -> str:
    """Say whether a change to the last visit is within published noise.

    ``ages`` are the birth date and the dates of the two visits.
    """
    if series.subscore is not None or not definition.noise:
        return words(NOT_FOUND)
    birth, before, last = ages
    if birth is None:
        return words(AGE_UNKNOWN, age=min(each.from_age for each in definition.noise))
    told = [
        _noise_words(each, change, words)
        for each in definition.noise
        if qualifies(each, birth, before, last)
    ]
    told += [
        words(N_("{value}: {label}."), value=words.number(each.value), label=words(each.label))
        for each in definition.smallest_change
        if qualifies(each, birth, before, last)
    ]
    return words.sentences(told) or words(NOT_FOUND)


def _noise_words(noise: Noise, change: Decimal, words: Words) -> str:
    text = N_("Measurement noise: {low} to {high} ({label}).")
    if _is_inside(noise, change):
        text = N_(
            "The change to the last visit is within measurement noise: {low} to {high} ({label})."
        )
    low, high = words.signed(noise.low), words.signed(noise.high)
    return words(text, low=low, high=high, label=words(noise.label))
