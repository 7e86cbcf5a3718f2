"""What was found about measurement noise, and for whom; where nothing was, that is said."""

from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.trends.model import DatedTotal, Point, Series, SinceStart
from app.trends.series import compares
from app.wording.rating_noise import Ages, is_inside, is_total_noise, qualifies
from scales.model import Definition, Noise

NOT_FOUND = N_("No measurement error that could be checked was found for this scale.")
WITHIN_NOISE = N_("That is within measurement noise.")
AGE_UNKNOWN = N_(
    "A measurement error that could be checked was found from {age} years on only; "
    "the age is not known."
)
_FULL = {
    (False, False): N_("Measurement noise: {low} to {high} ({label})."),
    (True, False): N_(
        "The change to the best is within measurement noise: {low} to {high} ({label})."
    ),
    (False, True): N_(
        "The change to the last total is within measurement noise: {low} to {high} ({label})."
    ),
    (True, True): N_(
        "The changes to the best and to the last total are within measurement noise: "
        "{low} to {high} ({label})."
    ),
}
"""Whether the change to the best is within noise, and whether that to the last total is."""


def is_noise(definition: Definition, series: Series, change: Decimal, ages: Ages) -> bool:
    """Whether a change of a series lies within what was published for this patient."""
    return series.subscore is None and is_total_noise(definition, change, ages)


def noise_words(
    definition: Definition,
    series: Series,
    change: Decimal | None,
    ages: Ages,
    words: Words,
    *,
    best: Decimal | None = None,
) -> str:
    """Say whether a change to the last total, and one to the best, is within published noise.

    ``ages`` are the birth date and the dates of the first and the last total.
    """
    if series.subscore is not None or not definition.noise:
        return words(NOT_FOUND)
    birth, before, last = ages
    if birth is None:
        return words(AGE_UNKNOWN, age=youngest(definition))
    told = [
        _noise_words(each, best, change, words)
        for each in definition.noise
        if qualifies(each, birth, before, last)
    ]
    told += [
        words(N_("{value}: {label}."), value=words.number(each.value), label=words(each.label))
        for each in definition.smallest_change
        if qualifies(each, birth, before, last)
    ]
    return words.sentences(told) or words(NOT_FOUND)


def youngest(definition: Definition) -> int:
    """Return from which age on noise was published; to be asked where some was."""
    return min(each.from_age for each in definition.noise)


def _noise_words(noise: Noise, best: Decimal | None, last: Decimal | None, words: Words) -> str:
    low, high = words.signed(noise.low), words.signed(noise.high)
    text = _FULL[_is_within(noise, best), _is_within(noise, last)]
    return words(text, low=low, high=high, label=words(noise.label))


def _is_within(noise: Noise, change: Decimal | None) -> bool:
    return change is not None and is_inside(noise, change)


def changes_since(
    definition: Definition, since: SinceStart
) -> tuple[Decimal | None, Decimal | None]:
    """Return how far the best and the last total since a start are from the baseline.

    ``None`` where there is nothing that compares, and for a best that is the last total itself.
    """
    best = since.best
    if best is not None and since.last is not None and best.visit == since.last.visit:
        best = None
    last = change_between(definition, since.baseline, since.last)
    return change_between(definition, since.baseline, best), last


def change_between(
    definition: Definition, before: Point | DatedTotal | None, then: Point | DatedTotal | None
) -> Decimal | None:
    """Return a change; ``None`` where a total lacks, or where both do not compare."""
    if before is None or then is None or not compares(definition, before, then):
        return None
    if before.total is None or then.total is None:
        return None
    return then.total - before.total
