"""How series are named, what they range over, and which one is told first."""

from decimal import Decimal

from app.errors import N_
from app.language import Words
from app.trends.model import Series, Trend
from app.trends.series import counted_visits
from scales.catalogue import Catalogue
from scales.model import Definition, Verified

MINUS = "\u2212"


def default_key(trend: Trend, catalogue: Catalogue) -> str | None:
    """Return the series that is told first: of the last visit's scales the one with most totals.

    A published scale counts twice: the app's own sheet stands first in every visit, and what is
    not validated leads only where it is scored more than twice as often.
    """

    def weight(series: Series) -> tuple[int, bool]:
        is_published = catalogue.find(series.scale).verified is not Verified.OWN
        return total_count(series) * (2 if is_published else 1), is_published

    scales = [each for each in trend.series if each.subscore is None]
    best = max(_of_last_visit(trend, scales), key=weight, default=None)
    return None if best is None else best.key


def _of_last_visit(trend: Trend, scales: list[Series]) -> list[Series]:
    for visit in reversed(counted_visits(trend.record)):
        found = [each for each in scales if each.points[-1].visit == visit.id]
        if found:
            return found
    return []


def total_count(series: Series) -> int:
    """Count the points that have a total."""
    return sum(point.total is not None for point in series.points)


def series_title(catalogue: Catalogue, series: Series, words: Words) -> str:
    """Return a series' title: the scale's short title, with the subscore's where it is one."""
    definition = catalogue.find(series.scale)
    scale = words(definition.short_title)
    for subscore in definition.subscores:
        if subscore.id == series.subscore:
            return words(N_("{scale}: {part}"), scale=scale, part=words(subscore.title))
    return scale


def series_range(definition: Definition, series: Series) -> tuple[Decimal, Decimal]:
    """Return the lowest and the highest value that a series can take."""
    for subscore in definition.subscores:
        if subscore.id == series.subscore:
            return subscore.lowest, subscore.highest
    return definition.lowest, definition.highest


def signed(number: Decimal, words: Words) -> str:
    """Return a number with its sign and a true minus; zero has none."""
    sign = MINUS if number < 0 else "+" if number > 0 else ""
    return sign + words.number(abs(number))
