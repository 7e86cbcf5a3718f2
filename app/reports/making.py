"""One door to the pages: the same numbers and the same figure for the screen and a shell."""

from enum import StrEnum

from app.language import Words
from app.settings import Settings
from app.trends.compose import FigureOptions, compose
from app.trends.model import Trend
from scales.catalogue import Catalogue


class PageKind(StrEnum):
    """Which page is meant."""

    PHYSICIAN = "physician"
    FAMILY = "family"


def page_pdf(
    kind: PageKind,
    trend: Trend,
    catalogue: Catalogue,
    settings: Settings,
    words: Words,
    next_visit: str | None = None,
) -> bytes:
    """Return a page as PDF; identical input gives identical bytes."""
    if kind is PageKind.PHYSICIAN:
        from app.reports.physician import physician_pdf  # noqa: PLC0415 - reportlab is heavy

        figure = compose(trend, catalogue, words, FigureOptions())
        return physician_pdf(trend, figure, catalogue, settings, words)
    from app.reports.family import family_pdf  # noqa: PLC0415 - reportlab is heavy

    figure = compose(trend, catalogue, words, FigureOptions(is_simple=True))
    return family_pdf(trend, figure, catalogue, settings, words, next_visit)
