"""What every answer is made of: its parts, and how levels and dated totals are said in it."""

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from app.errors import NN_
from app.language import Words
from app.trends.answers import Level
from app.trends.model import DatedTotal, Point, Series
from app.trends.series import series_title
from app.wording.answers import brief_level
from app.wording.changes import dated_words
from app.wording.totals import NO_TOTAL
from scales.catalogue import Catalogue
from scales.model import Definition

_FEW = 2


class AnswerWords(Struct, frozen=True):
    """One answer: a heading, what is read first, the rest in brief, and all of it in full.

    ``full`` are the sentences that stand among the words and are not there already.
    """

    heading: str
    first: str
    brief: str
    full: tuple[str, ...]


class Speaker:
    """Speaks of one series."""

    def __init__(self, catalogue: Catalogue, series: Series, words: Words) -> None:
        self._catalogue, self._series, self._words = catalogue, series, words
        self._definition: Definition = catalogue.find(series.scale)
        self._title = series_title(catalogue, series, words)

    def few(self, levels: Sequence[Level]) -> str:
        """Return the worst levels in brief, and how many more there are."""
        words = self._words
        worst = sorted(levels, key=_height, reverse=True)
        told = [brief_level(self._definition, key, level, words) for key, level in worst[:_FEW]]
        more = len(levels) - len(told)
        if more > 0:
            told.append(words.plural(NN_("{count} more", "{count} more"), more))
        return words.several(told)

    def dated(self, point: Point | DatedTotal) -> str:
        """Return a total with its date: “0 on 28 Jan 2026”, “8 in Feb 2004”."""
        words = self._words
        total = words.number(point.total) if point.total is not None else NO_TOTAL
        return dated_words(total, point.date, words)


def _height(level: Level) -> Decimal:
    return level[1]


def kept(*sentences: str) -> tuple[str, ...]:
    """Return the sentences that say something."""
    return tuple(each for each in sentences if each)
