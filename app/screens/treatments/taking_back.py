"""Taking out what a form is open on, and taking back what was saved last."""

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import UserError
from app.records.model import PatientRecord
from app.screens.desk import Desk
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.losses import removal_loss
from app.screens.treatments.page import TreatmentsPage
from app.screens.treatments.writing import Written, remove, take_back


class TakingBack(QObject):
    """Asks before something is removed, and remembers the step that Undo takes back."""

    removed = Signal()
    wished = Signal(object)  # Wish: what somebody wants to record as well

    def __init__(self, desk: Desk, page: TreatmentsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._wish = Wish(FormKind.TREATMENT)
        self._last: Written | None = None
        self._follows: Wish | None = None
        page.message.action_requested.connect(self._on_action_requested)

    def remember(self, written: Written | None) -> None:
        """Offer to take back what was just saved, and to record what may follow from it.

        Events and nothing at all have no Undo.
        """
        self._last = written if written is not None and written.step else None
        self._page.offer_undo(can_undo=self._last is not None)
        self._follows = None if written is None else written.follows
        if self._follows is not None:
            self._page.offer_side_effect()

    def undo(self) -> None:
        """Take back what was saved last, once."""
        last = self._last
        if last is None:
            return
        self._page.message.hide()
        try:
            take_back(self._desk.store, last)
        except UserError as problem:
            self._page.message.show_problem(self._desk.words.error(problem))
        self.remember(None)

    def remove(self, wish: Wish, record: PatientRecord) -> None:
        """Ask why what a wish names goes, by name, and take it out."""
        self._wish = wish
        try:
            loss = removal_loss(wish, record, self._desk.words)
        except UserError as problem:
            self._say(problem)
        else:
            self._desk.ask.lose_with_reason(self._page, loss, self._remove)

    def _remove(self, reason: str) -> None:
        try:
            remove(self._desk.store, self._wish, reason)
        except UserError as problem:
            self._say(problem)
        else:
            self.removed.emit()

    @Slot()
    def _on_action_requested(self) -> None:
        if self._follows is not None:
            self.wished.emit(self._follows)

    def _say(self, problem: UserError) -> None:
        form = self._page.form(self._wish.kind)
        form.show_problem(self._desk.words.error(problem))
