"""Context, day, measures and totals from paper: what is typed or tapped beside the items."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from app.errors import UserError
from app.records.model import VisitContext
from app.screens.visit.context_view import Typed, When, typed_number
from app.screens.visit.writer import Writer


class Recording(Writer):
    """Stores each change as it is reported."""

    measure_refused = Signal(str, str)  # kind, sentence
    total_refused = Signal(str)  # sentence

    @Slot(object)
    def on_context_changed(self, context: VisitContext) -> None:
        """Store the context and the note."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        self.write(lambda: visits.set_context(visit, context))

    @Slot(object)
    def on_when_changed(self, when: When) -> None:
        """Date the visit anew; what was "last time" may change with it."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        self.write(lambda: visits.set_when(visit, when.date, when.time), self.hand.read_before)

    @Slot(object)
    def on_measure_typed(self, typed: Typed) -> None:
        """Store a measure; an empty one takes it away."""
        measures, visit = self.desk.store.measures, self.hand.held.id
        try:
            value = typed_number(typed.text)
        except UserError as problem:
            self.measure_refused.emit(typed.id, self.desk.words.error(problem))
            return
        self.write(lambda: measures.set_for_visit(visit, typed.id, value))

    @Slot(object)
    def on_total_typed(self, typed: Typed) -> None:
        """Store a total from paper."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        try:
            total = typed_number(typed.text)
            with self.hand.writing():
                visits.type_total(visit, typed.id, total)
        except UserError as problem:
            self.total_refused.emit(self.desk.words.error(problem))
            return
        self._forget_try()
        self.hand.read_again()
        self.written.emit()

    @Slot(str)
    def on_sheet_removed(self, scale: str) -> None:
        """Take a sheet out of the visit; Undo brings it back."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        self._forget_try()
        self.write(lambda: visits.remove_sheet(visit, scale))

    def _forget_try(self) -> None:
        self.hand.stand = replace(self.hand.stand, is_sign_tried=False)
