"""Joins the card of the recovery code to the keys: a new code, and the note that it is kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, AppError
from app.records.keys.keyfile import CodeState
from app.screens.code_work import NoteCode, RenewCode
from app.screens.desk import Desk
from app.screens.new_key.offer import offer_new_key
from app.screens.recovery import new_code_view, print_code
from app.screens.settings.recovery import RecoveryCard

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class CodeControl(QObject):
    """Changes the keys in the lane of the passphrase, so that neither overwrites the other."""

    changed = Signal()  # where the code stands

    def __init__(self, desk: Desk, card: RecoveryCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card = card
        self._is_replaced = False
        card.renewal_requested.connect(self._on_renewal_requested)
        card.kept.connect(self._on_kept)
        card.code.print_requested.connect(self._on_print_requested)

    @Slot(str)
    def _on_renewal_requested(self, secret: str) -> None:
        desk = self._desk
        work = RenewCode(desk.store.around.slowing, desk.folder, secret)
        self._desk.tasks.run(self, work, self._on_renewed, self._on_refused)

    def _on_renewed(self, code: str) -> None:
        self._is_replaced = True
        self._card.show_code(new_code_view(code, self._desk.words))
        self._note(CodeState.SHOWN)

    @Slot()
    def _on_kept(self) -> None:
        self._note(CodeState.KEPT)

    def _note(self, state: CodeState) -> None:
        work = NoteCode(self._desk.folder, state)
        self._desk.tasks.run(self, work, self._on_noted, self._on_refused)

    def _on_noted(self, state: CodeState) -> None:
        if state is CodeState.KEPT:
            self._card.forget()
        self.changed.emit()
        if state is CodeState.KEPT and self._is_replaced:
            self._is_replaced = False
            offer_new_key(self._desk, self._card)

    def _on_refused(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self._card.show_problem(self._desk.words.error(problem))

    @Slot()
    def _on_print_requested(self) -> None:
        title = self._desk.words(N_("Print the recovery code"))
        self._desk.ask.printer(self._card, title, self._print)

    def _print(self, printer: "QPrinter") -> None:
        print_code(printer, self._card.code.code.text(), self._desk.folder, self._desk.words)
