"""Signing, discarding, amending, and the mark "entered in error"."""

from dataclasses import replace

from PySide6.QtCore import Slot

from app.errors import N_, UserError
from app.records.model import Visit
from app.screens.places import ChartPlace, VisitPlace
from app.screens.visit.stand import Part
from app.screens.visit.summary_view import sign_warning
from app.screens.visit.writer import Writer
from app.wording.totals import total_words

MEANING = N_("scored at the bedside")


class Closing(Writer):
    """Closes a visit, or opens a closed one again as a new version."""

    @Slot()
    def on_sign_requested(self) -> None:
        """Sign at once where nothing is in the way; else show what is.

        A question must be kept or changed first. A gap needs a deliberate tap in the summary,
        on "Sign without a total".
        """
        hand = self.hand
        scene = hand.scene()
        is_in_the_way = bool(scene.raised) or not scene.visit.sheets
        is_deliberate = hand.stand.part is Part.SUMMARY
        if sign_warning(scene) and (is_in_the_way or not is_deliberate):
            hand.stand = replace(
                hand.stand, part=Part.SUMMARY, reasons_for=None, is_sign_tried=True
            )
            self.moved.emit()
            return
        self._sign(scene.visit)

    def discard(self, reason: str) -> None:
        """Put the draft away with a reason, and leave."""
        visit = self.hand.held
        try:
            with self.hand.writing():
                self.desk.store.visits.discard(visit.id, reason)
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return
        self._leave(visit.patient)

    def amend(self, reason: str) -> None:
        """Open a new version of a signed visit and go there."""
        try:
            with self.hand.writing():
                draft = self.desk.store.visits.amend(self.hand.held.id, reason)
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return
        self.hand.drop()
        self.desk.navigation.replace(VisitPlace(draft.id))

    def mark(self, reason: str) -> None:
        """Mark the visit entered in error."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        self.write(lambda: visits.mark_error(visit, reason))

    def unmark(self) -> None:
        """Take the mark back."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        self.write(lambda: visits.unmark_error(visit))

    def _sign(self, visit: Visit) -> None:
        store = self.desk.store
        try:
            with self.hand.writing():
                signed = store.visits.sign(visit.id, MEANING)
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return
        self._leave(signed.patient)
        trouble = store.copy_trouble
        if trouble is None:
            self.desk.news.note(self._signed_words(signed))
        else:
            message = N_("Signed. But no checked copy could be made: {reason}")
            reason = self.desk.words.error(trouble)
            self.desk.news.warn(self.desk.words(message, reason=reason))

    def _leave(self, patient: str) -> None:
        self.hand.drop()
        self.desk.navigation.replace(ChartPlace(patient))

    def _signed_words(self, visit: Visit) -> str:
        words, catalogue = self.desk.words, self.desk.catalogue
        totals = []
        for sheet in visit.sheets:
            definition = catalogue.find(sheet.scale)
            total = total_words(definition, sheet, words)
            title = words(definition.short_title)
            totals.append(words(N_("{scale} {total}"), scale=title, total=total))
        return words(N_("Signed. {totals}."), totals=words.clauses(totals))
