"""What is asked before a visit is closed, and before a doubt is stored."""

from PySide6.QtCore import QObject, Slot

from app.errors import N_
from app.screens.desk import Desk
from app.screens.losses import discard_loss, named_visit
from app.screens.typing_limits import ask_back
from app.screens.visit.page import VisitPage
from app.screens.visit.writers import Closing, Recording


class Asking(QObject):
    """Puts the questions over the page and hands the answers to whoever stores them."""

    def __init__(
        self, desk: Desk, page: VisitPage, closing: Closing, recording: Recording
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._closing = closing
        self._recording = recording
        page.summary.discard_requested.connect(self._on_discard_requested)
        closing.clock_doubted.connect(self._on_clock_doubted)
        closing.pin_asked.connect(self._on_pin_asked)
        recording.measure_doubted.connect(self._on_measure_doubted)

    @Slot()
    def _on_discard_requested(self) -> None:
        shown, words = self._closing.session.snapshot(), self._desk.words
        loss = discard_loss(named_visit(shown.visit, shown.patient, words), words)
        self._desk.ask.lose_with_reason(self._page, loss, self._closing.discard)

    @Slot(str)
    def _on_measure_doubted(self, doubt: str) -> None:
        ask_back(self._desk, self._page, (doubt,), self._recording.store_doubted)

    @Slot()
    def _on_pin_asked(self) -> None:
        desk = self._desk
        text = desk.words(N_("{name} signs this visit."), name=desk.store.user.name)
        desk.ask.pin(self._page, desk.words(N_("Your PIN")), text, self._closing.sign_with)

    @Slot(str)
    def _on_clock_doubted(self, doubt: str) -> None:
        words = self._desk.words
        title, yes = words(N_("Is the clock right?")), words(N_("Sign"))
        self._desk.ask.confirm(self._page, title, doubt, yes, self._closing.sign)
