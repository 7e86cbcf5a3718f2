"""The one door for questions and file names. Nothing here ever waits for an answer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from app.errors import N_
from app.language import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QDialog, QWidget


class Loss(Struct, frozen=True):
    """Something that would go: the question, what goes by name, and the deed's own word.

    ``reasons`` are ready words for why, where a reason is asked for.
    """

    title: str
    text: str
    yes: str
    reasons: tuple[str, ...] = ()


class Either(Struct, frozen=True):
    """A question with two answers, each a deed of its own."""

    title: str
    text: str
    yes: str
    no: str


class Ask(Protocol):
    """Puts a question and returns at once; the answer comes to the callable handed in."""

    def hold(self) -> None:
        """Open no question until ``let_go``: nothing comes up over a locked window."""

    def let_go(self) -> None:
        """Open what was held, where what it was about is still there."""

    def either(
        self,
        parent: "QWidget",
        either: Either,
        on_yes: Callable[[], None],
        on_no: Callable[[], None],
    ) -> None:
        """Ask which of two; whoever closes the question has said no."""

    def pin(self, parent: "QWidget", title: str, text: str, on_pin: Callable[[str], None]) -> None:
        """Ask for the PIN of whoever works here."""

    def confirm(
        self, parent: "QWidget", title: str, text: str, yes: str, on_yes: Callable[[], None]
    ) -> None:
        """Ask whether to do something; ``yes`` names the deed on its button."""

    def reason(
        self, parent: "QWidget", title: str, text: str, on_reason: Callable[[str], None]
    ) -> None:
        """Ask for a reason; an empty one cannot be given."""

    def lose(
        self,
        parent: "QWidget",
        loss: Loss,
        on_agreed: Callable[[], None],
        on_save: Callable[[], None] | None = None,
    ) -> None:
        """Ask before something goes; with ``on_save`` it can be saved instead."""

    def lose_with_reason(
        self, parent: "QWidget", loss: Loss, on_reason: Callable[[str], None]
    ) -> None:
        """Ask why before something goes; an empty reason cannot be given."""

    def tell(self, parent: "QWidget", title: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Show lines of two words to read, until somebody closes them."""

    def save_path(
        self,
        parent: "QWidget",
        title: str,
        suggested: str,
        pattern: str,
        on_path: Callable[[Path], None],
    ) -> None:
        """Ask where to save a file; ``pattern`` is Qt's, such as ``PDF (*.pdf)``."""

    def folder(self, parent: "QWidget", title: str, on_path: Callable[[Path], None]) -> None:
        """Ask for a folder that is there."""

    def open_path(
        self, parent: "QWidget", title: str, pattern: str, on_path: Callable[[Path], None]
    ) -> None:
        """Ask for a file that is there; ``pattern`` is Qt's."""

    def show_folder(self, path: Path) -> None:
        """Have the system show a folder, if it can."""

    def printer(
        self, parent: "QWidget", title: str, on_printer: "Callable[[QPrinter], None]"
    ) -> None:
        """Ask for a printer; the answer is the printer, ready to be painted on."""


class Dialogs(Ask):
    """Asks in dialogs above the window."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._is_held = False
        self._waiting: list[QDialog] = []

    def hold(self) -> None:
        """Open no question until ``let_go``."""
        self._is_held = True

    def let_go(self) -> None:
        """Open what was held, where the page that it belongs to is still there."""
        from shiboken6 import isValid  # noqa: PLC0415 - the start needs no question

        self._is_held = False
        waiting, self._waiting = self._waiting, []
        for dialog in filter(isValid, waiting):
            dialog.open()

    def _open(self, dialog: "QDialog") -> None:
        if self._is_held:
            self._waiting.append(dialog)
        else:
            dialog.open()

    def either(
        self,
        parent: "QWidget",
        either: Either,
        on_yes: Callable[[], None],
        on_no: Callable[[], None],
    ) -> None:
        """Open a question with two answers."""
        from app.screens.questions import EitherDialog  # noqa: PLC0415 - as below

        texts = (either.title, either.text, either.yes, either.no)
        self._open(EitherDialog(parent, texts, on_yes, on_no))

    def pin(self, parent: "QWidget", title: str, text: str, on_pin: Callable[[str], None]) -> None:
        """Open a question with a field that shows dots."""
        from app.screens.questions import PinDialog  # noqa: PLC0415 - as below

        texts = (title, text, self._words(N_("Sign")), self._words(N_("Cancel")))
        self._open(PinDialog(parent, texts, self._words(N_("PIN")), on_pin))

    def confirm(
        self, parent: "QWidget", title: str, text: str, yes: str, on_yes: Callable[[], None]
    ) -> None:
        """Open a question."""
        from app.screens.questions import ConfirmDialog  # noqa: PLC0415 - as below

        self._open(ConfirmDialog(parent, (title, text, yes, self._words(N_("Cancel"))), on_yes))

    def reason(
        self, parent: "QWidget", title: str, text: str, on_reason: Callable[[str], None]
    ) -> None:
        """Open a question with a field."""
        from app.screens.questions import ReasonDialog  # noqa: PLC0415 - the start needs no question

        texts = (title, text, self._words(N_("Confirm")), self._words(N_("Cancel")))
        self._open(ReasonDialog(parent, texts, self._words(N_("Reason")), on_reason))

    def lose(
        self,
        parent: "QWidget",
        loss: Loss,
        on_agreed: Callable[[], None],
        on_save: Callable[[], None] | None = None,
    ) -> None:
        """Open a question whose way out is the plain one."""
        from app.screens.questions import LossDialog  # noqa: PLC0415 - as above

        texts = (loss.title, loss.text, loss.yes, self._words(N_("Cancel")))
        dialog = LossDialog(parent, texts, on_agreed)
        if on_save is not None:
            dialog.offer_save(self._words(N_("Save")), on_save)
        self._open(dialog)

    def lose_with_reason(
        self, parent: "QWidget", loss: Loss, on_reason: Callable[[str], None]
    ) -> None:
        """Open a question with a field, and ready reasons above it."""
        from app.screens.questions import LossReasonDialog  # noqa: PLC0415 - as above

        texts = (loss.title, loss.text, loss.yes, self._words(N_("Cancel")))
        dialog = LossReasonDialog(parent, texts, self._words(N_("Reason")), on_reason)
        dialog.offer(loss.reasons)
        self._open(dialog)

    def tell(self, parent: "QWidget", title: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Open a list with one button."""
        from app.screens.questions import ListDialog  # noqa: PLC0415 - as above

        self._open(ListDialog(parent, title, rows, self._words(N_("Close"))))

    def save_path(
        self,
        parent: "QWidget",
        title: str,
        suggested: str,
        pattern: str,
        on_path: Callable[[Path], None],
    ) -> None:
        """Open a file chooser."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - the start saves no file

        from app.screens.questions import PathAnswer  # noqa: PLC0415 - as above

        dialog = QFileDialog(parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(pattern)
        dialog.setDefaultSuffix(Path(suggested).suffix.removeprefix("."))
        dialog.selectFile(suggested)
        PathAnswer(dialog, dialog.fileSelected, on_path)
        self._open(dialog)

    def folder(self, parent: "QWidget", title: str, on_path: Callable[[Path], None]) -> None:
        """Open a chooser of folders."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - the start reads no folder

        from app.screens.questions import PathAnswer  # noqa: PLC0415 - as above

        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        PathAnswer(dialog, dialog.fileSelected, on_path)
        self._open(dialog)

    def open_path(
        self, parent: "QWidget", title: str, pattern: str, on_path: Callable[[Path], None]
    ) -> None:
        """Open a chooser of files."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - the start reads no file

        from app.screens.questions import PathAnswer  # noqa: PLC0415 - as above

        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(pattern)
        PathAnswer(dialog, dialog.fileSelected, on_path)
        dialog.open()

    def show_folder(self, path: Path) -> None:
        """Hand the folder to the desktop."""
        from PySide6.QtCore import QUrl  # noqa: PLC0415 - as above
        from PySide6.QtGui import QDesktopServices  # noqa: PLC0415 - as above

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def printer(
        self, parent: "QWidget", title: str, on_printer: "Callable[[QPrinter], None]"
    ) -> None:
        """Open a choice of printers."""
        from app.screens.printing import PrinterChoice  # noqa: PLC0415 - only printing needs it

        PrinterChoice(parent, title, on_printer).begin()
