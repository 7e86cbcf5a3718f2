"""The content of a physician page, and the small blocks that its parts share."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.language import Words
from app.records.model import PatientFacts, Visit
from app.reports.typeset import HEADING, Typesetter
from app.settings import Settings
from app.trends.figure import Figure
from app.trends.model import Trend
from scales.catalogue import Catalogue

_LEAST_BEFORE_BREAK = 120


@dataclass(frozen=True, slots=True)
class PageContent:
    """The frozen values of one page, the words and type it is set in, and its width in points."""

    trend: Trend
    figure: Figure
    catalogue: Catalogue
    settings: Settings
    words: Words
    typesetter: Typesetter
    width: float

    @property
    def facts(self) -> PatientFacts:
        """Whom the page is about."""
        return self.trend.record.patient.facts

    @property
    def visits(self) -> Sequence[Visit]:
        """The visits that count, oldest first."""
        return self.trend.record.visits


def heading(
    content: PageContent, text: str, least: float = _LEAST_BEFORE_BREAK
) -> tuple[Flowable, ...]:
    """Return a section's heading; ``least`` points of the section stand on its page."""
    return (
        CondPageBreak(least),
        Spacer(1, 10),
        content.typesetter.text(content.words(text), HEADING, content.width),
        Spacer(1, 3),
    )
