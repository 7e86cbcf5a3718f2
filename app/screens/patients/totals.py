"""Which total stands for a patient in the list, and the words beside it."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import LastTotal
from app.wording.changes import brief_change, dated_words
from app.wording.rating_noise import is_total_noise
from scales.catalogue import Catalogue
from scales.model import Definition, Verified


class Course(Struct, frozen=True):
    """A patient's latest totals of one scale for a small line, oldest first, and its range."""

    totals: tuple[tuple[PartialDate, Decimal | None], ...]
    lowest: Decimal
    highest: Decimal


class ShownTotal(Struct, frozen=True):
    """The scale whose totals a line shows, and the totals, oldest first."""

    definition: Definition
    totals: tuple[tuple[PartialDate, Decimal | None], ...]

    @property
    def course(self) -> Course:
        """The totals with the range of the scale."""
        return Course(self.totals, self.definition.lowest, self.definition.highest)

    @property
    def _known(self) -> tuple[tuple[PartialDate, Decimal], ...]:
        return tuple((day, total) for day, total in self.totals if total is not None)

    @property
    def rises(self) -> bool:
        """Whether the last total is higher than the one before it."""
        known = self._known
        is_told = self.totals[-1][1] is not None and len(known) > 1
        return is_told and known[-1][1] > known[-2][1]

    def total_text(self, words: Words) -> str:
        """Return the last total with its scale, or say that there is none."""
        scale = words(self.definition.short_title)
        last = self.totals[-1][1]
        if last is None:
            return words(N_("{scale}: no total"), scale=scale)
        return words(N_("{scale} {total}"), scale=scale, total=words.number(last))

    def change_text(self, birth: PartialDate | None, words: Words) -> str:
        """Return how far the last total is from the one before, never whether that is good."""
        known = self._known
        if self.totals[-1][1] is None:
            return self._last_known(words)
        if len(known) < 2:
            return words(N_("first total"))
        change = known[-1][1] - known[-2][1]
        if is_total_noise(self.definition, change, (birth, known[-2][0], known[-1][0])):
            return words(N_("within rating noise"))
        return brief_change(change, words)

    def _last_known(self, words: Words) -> str:
        if not self._known:
            return ""
        day, total = self._known[-1]
        return dated_words(words.number(total), day, words)


def shown_total(
    totals: tuple[LastTotal, ...], catalogue: Catalogue, *, is_higher: bool = False
) -> ShownTotal | None:
    """Choose the scale with the latest visit; of several a published one before our own sheet.

    With ``is_higher`` those whose last total is higher than the one before come first.
    """
    shipped = [definition.id for definition in catalogue.definitions]
    known = [
        ShownTotal(catalogue.find(last.scale), last.totals)
        for last in totals
        if last.totals and last.scale in shipped
    ]
    higher = [shown for shown in known if is_higher and shown.rises]
    return max(higher or known, key=_claim, default=None)


def _claim(shown: ShownTotal) -> tuple[date, bool, int]:
    """Return what decides between scales; an equal claim goes to the scale shipped first."""
    is_published = shown.definition.verified is not Verified.OWN
    return shown.totals[-1][0].first, is_published, len(shown.totals)
