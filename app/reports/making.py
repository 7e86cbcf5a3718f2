"""One door to the pages: the same numbers and the same figure for the screen and a shell."""

from enum import StrEnum

from msgspec import Struct

from app.language import Words
from app.settings import Settings
from app.trends.compose import FigureOptions, compose
from app.trends.model import Trend
from app.trends.since import as_begun
from scales.catalogue import Catalogue


class PageKind(StrEnum):
    """Which page is meant."""

    PHYSICIAN = "physician"
    FAMILY = "family"


class PageChoice(Struct, frozen=True):
    """Which page, and what was chosen for it.

    ``next_visit`` is printed as it was typed; ``None`` means the recorded day.

    What is planned stands on a family's page only ``with_planned``, always on the record's.
    ``entry`` is the short hash of the newest entry that changed the patient: the record's page
    prints it, so that paper can prove the file.
    """

    kind: PageKind
    next_visit: str | None = None
    with_planned: bool = False
    entry: str = ""


def page_pdf(
    choice: PageChoice, trend: Trend, catalogue: Catalogue, settings: Settings, words: Words
) -> bytes:
    """Return a page as PDF; identical input gives identical bytes."""
    if choice.kind is PageKind.PHYSICIAN:
        from app.reports.physician import physician_pdf  # noqa: PLC0415 - reportlab is heavy

        figure = compose(trend, catalogue, words, FigureOptions())
        return physician_pdf(trend, figure, catalogue, settings, words, choice.entry)
    from app.reports.family import family_pdf  # noqa: PLC0415 - reportlab is heavy

    trend = trend if choice.with_planned else as_begun(trend)
    figure = compose(trend, catalogue, words, FigureOptions(is_simple=True))
    return family_pdf(trend, figure, catalogue, settings, words, choice.next_visit)
