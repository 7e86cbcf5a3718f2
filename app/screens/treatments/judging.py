"""What a physician says of a suspected relapse: that it is one, or that it is none."""

from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.model import Event
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.treatments.page import TreatmentsPage
from app.wording.visits import event_words


class Judging(QObject):
    """Asks once, by name and date, and writes what was judged."""

    def __init__(self, desk: Desk, page: TreatmentsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._event = ""
        page.events.confirmed.connect(self._on_confirmed)
        page.events.dismissed.connect(self._on_dismissed)

    @Slot(str)
    def _on_confirmed(self, event: str) -> None:
        known, words = self._known(event), self._desk.words
        if known is None:
            return
        text = N_("{event}. It counts as a relapse from then on, on charts and pages.")
        self._desk.ask.confirm(
            self._page,
            words(N_("Confirm this relapse?")),
            words(text, event=event_words(known, words)),
            words(N_("Confirm")),
            self._confirm,
        )

    @Slot(str)
    def _on_dismissed(self, event: str) -> None:
        known, words = self._known(event), self._desk.words
        if known is None:
            return
        text = N_("{event}. It stays readable and counts as no relapse. Why was it none?")
        title, yes = words(N_("Dismiss this suspicion?")), words(N_("Dismiss"))
        loss = Loss(title, words(text, event=event_words(known, words)), yes)
        self._desk.ask.lose_with_reason(self._page, loss, self._dismiss)

    def _known(self, event: str) -> Event | None:
        """Return the event that is judged; one that went meanwhile is said."""
        self._event = event
        try:
            return self._desk.store.events.get(event)
        except UserError as problem:
            self._say(problem)
            return None

    def _confirm(self) -> None:
        try:
            self._desk.store.events.confirm(self._event)
        except UserError as problem:
            self._say(problem)

    def _dismiss(self, reason: str) -> None:
        try:
            self._desk.store.events.dismiss(self._event, reason)
        except UserError as problem:
            self._say(problem)

    def _say(self, problem: UserError) -> None:
        self._page.message.show_problem(self._desk.words.error(problem))
