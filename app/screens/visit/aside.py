"""What stands beside the scores of a visit: since last time, the visit as text, the weight."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from app.screens.desk import Desk
from app.screens.places import HistoryPlace
from app.screens.typing_limits import ask_back
from app.screens.visit.held import typed_words
from app.screens.visit.page import VisitPage
from app.screens.visit.session import VisitSession
from app.screens.visit.weighing import Weighing
from app.screens.visit.writers import Writer
from app.screens.visit_copying import copy_as_text
from app.trends.since_last import since_last_words, since_visit_before


class Telling(Writer):
    """Takes the visit out as text; nothing in the record changes."""

    @Slot()
    def on_text_requested(self) -> None:
        """Put the plain lines on the clipboard, as the command prints them."""
        self.noted.emit(copy_as_text(self.desk, self.session.visit))


class Aside(QObject):
    """Joins what stands beside the scores to the page: since last time, the text, the weight."""

    def __init__(
        self, desk: Desk, session: VisitSession, page: VisitPage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._page = page
        self._telling = Telling(desk, session, self)
        self._weighing = Weighing(desk, session, self)
        self.writers: tuple[Writer, ...] = (self._telling, self._weighing)
        page.summary.history.clicked.connect(self._on_history_requested)
        page.summary.text_requested.connect(self._telling.on_text_requested)
        page.weight.paused.connect(self._weighing.on_weight_paused)
        page.weight.typed.connect(self._weighing.on_weight_typed)
        page.weight.done.connect(page.focus_part)
        self._weighing.asked.connect(page.ask_weight)
        self._weighing.refused.connect(page.weight.show_problem)
        self._weighing.doubted.connect(self._on_weight_doubted)

    def begin(self) -> None:
        """Ask for today's weight at a visit that was opened, if one is needed."""
        self._weighing.begin()

    def unsaved(self) -> tuple[str, ...]:
        """Say what of a weight, a total from paper and a reason is typed and not stored."""
        if not self._session.is_open:
            return ()
        total, reason = self._page.summary.typed_total.unsaved, self._page.typed_reason
        weight = self.unsaved_weight()
        told = typed_words(self._session.snapshot().patient, total, reason, self._desk.words)
        return (weight, *told) if weight else told

    def unsaved_weight(self) -> str:
        """Store a weight that is being typed, or say why closing now would lose it."""
        if self._session.is_open and self._page.weight.is_touched:
            return self._weighing.store_or_say(self._page.weight.text)
        return ""

    def look_at_weight(self) -> None:
        """Say beside the weight why it is not stored, and ask where it is only unusual.

        A press on Sign leaves the field, which may have asked already.
        """
        weight = self._page.weight
        if QApplication.activeModalWidget() is not None:
            return
        weight.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        weight.finish()

    def show_since(self) -> None:
        """Show what happened since the visit before; nothing where there is none."""
        desk, visit = self._desk, self._session.visit
        since = since_visit_before(visit, desk.store.record(visit.patient), desk.catalogue)
        told = None if since is None else since_last_words(since, desk.words)
        self._page.summary.show_since(told)

    @Slot()
    def _on_history_requested(self) -> None:
        visit = self._session.visit
        self._desk.navigation.go(HistoryPlace(visit.patient, visit.id))

    @Slot(str)
    def _on_weight_doubted(self, doubt: str) -> None:
        ask_back(self._desk, self._page, (doubt,), self._weighing.store_doubted)
