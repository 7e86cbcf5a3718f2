"""The five features in plain words, side by side, without judging."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import N_
from app.language import Words
from app.records.model import Visit
from app.reports.family_score import (
    FEATURES,
    is_today,
    item_name,
    reading_at_start,
    visits_with_features,
)
from app.trends.model import Trend
from scales.catalogue import Catalogue
from scales.model import Declined, Item, NotTestable, Scored


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """The five features at up to three visits: headings, and a name with a cell for each visit."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def features(trend: Trend, catalogue: Catalogue, words: Words) -> FeatureTable | None:
    """Return the table; ``None`` where the five features were never scored one by one."""
    visits = visits_with_features(trend)
    if not visits:
        return None
    last = visits[-1]
    heading = (
        words(N_("Today"))
        if is_today(trend, last.facts.date)
        else words.long_date(last.facts.date)
    )
    columns = [(heading, last)]
    columns += [(words.long_date(visit.facts.date), visit) for visit in visits[-2:-1]]
    began = _began_visit(trend, visits[:-2])
    if began is not None:
        columns.append((words(N_("When treatment began")), began))
    rows = tuple(
        (
            item_name(item, words),
            tuple(_feature_words(item, visit, words) for _, visit in columns),
        )
        for item in catalogue.find(FEATURES).items
    )
    return FeatureTable(tuple(heading for heading, _ in columns), rows)


def _began_visit(trend: Trend, visits: Sequence[Visit]) -> Visit | None:
    """Return the visit when treatment began; a sheet without a total may still have a part."""
    keys = [series.key for series in trend.series if series.scale == FEATURES]
    for key in keys:
        baseline = reading_at_start(trend, key)
        for visit in visits:
            if baseline is not None and visit.id == baseline.visit:
                return visit
    return None


def _feature_words(item: Item, visit: Visit, words: Words) -> str:
    sheet = visit.sheet(FEATURES)
    match sheet.answers.get(item.keys[0]) if sheet else None:
        case Scored(level):
            found = next(each for each in item.levels if each.value == level)
            return words(found.plain or found.label)
        case NotTestable():
            return words(N_("could not be tested"))
        case Declined():
            return words(N_("declined"))
        case _:
            return words(N_("not scored"))
