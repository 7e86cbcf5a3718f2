"""The one door for questions and file names. Nothing here ever waits for an answer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import N_
from app.language import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Ask:
    """Puts a question and returns at once; the answer comes to the callable handed in."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def confirm(
        self, parent: QWidget, title: str, text: str, yes: str, on_yes: Callable[[], None]
    ) -> None:
        """Ask whether to do something; ``yes`` names the deed on its button."""
        _Confirm(parent, (title, text, yes, self._words(N_("Cancel"))), on_yes).open()

    def reason(
        self, parent: QWidget, title: str, text: str, on_reason: Callable[[str], None]
    ) -> None:
        """Ask for a reason; an empty one cannot be given."""
        texts = (title, text, self._words(N_("Save")), self._words(N_("Cancel")))
        _Reason(parent, texts, on_reason).open()

    def save_path(
        self,
        parent: QWidget,
        title: str,
        suggested: str,
        pattern: str,
        on_path: Callable[[Path], None],
    ) -> None:
        """Ask where to save a file; ``pattern`` is Qt's, such as ``PDF (*.pdf)``."""
        dialog = _SavePath(parent, title, suggested, on_path)
        dialog.setNameFilter(pattern)
        dialog.open()

    def printer(
        self, parent: QWidget, title: str, on_printer: "Callable[[QPrinter], None]"
    ) -> None:
        """Ask for a printer; the answer is the printer, ready to be painted on."""
        from app.screens.printing import PrinterChoice  # noqa: PLC0415 - only printing needs it

        QDialog.open(PrinterChoice(parent, title, on_printer))


class _Question(QDialog):
    """A title, a text and two buttons; frees itself when it closes."""

    def __init__(self, parent: QWidget, texts: tuple[str, str, str, str]) -> None:
        super().__init__(parent)
        title, text, yes, no = texts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.yes = QPushButton(yes, self)
        self.no = QPushButton(no, self)
        self._lay_out(label)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)

    def _lay_out(self, label: QLabel) -> None:
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.no, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(16)
        self.body.addWidget(label)
        self.body.addWidget(buttons)
        self.setMinimumWidth(420)


class _Confirm(_Question):
    """Does the deed when it is agreed to. Enter answers no: agreeing takes a choice."""

    def __init__(
        self, parent: QWidget, texts: tuple[str, str, str, str], on_yes: Callable[[], None]
    ) -> None:
        super().__init__(parent, texts)
        self._on_yes = on_yes
        self.no.setDefault(True)
        self.no.setFocus()
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self._on_yes()


class _Reason(_Question):
    """Hands on a reason that is not empty."""

    def __init__(
        self, parent: QWidget, texts: tuple[str, str, str, str], on_reason: Callable[[str], None]
    ) -> None:
        super().__init__(parent, texts)
        self._on_reason = on_reason
        self.field = QLineEdit(self)
        self.field.setAccessibleName(texts[1])
        self.field.setMinimumHeight(48)
        self.body.insertWidget(1, self.field)
        self.yes.setEnabled(False)
        self.yes.setDefault(True)
        self.field.setFocus()
        self.field.textChanged.connect(self._on_field_text_changed)
        self.accepted.connect(self._on_accepted)

    @Slot(str)
    def _on_field_text_changed(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    @Slot()
    def _on_accepted(self) -> None:
        self._on_reason(self.field.text().strip())


class _SavePath(QFileDialog):
    """Hands on the file name chosen; the dialog asks by itself before one is overwritten."""

    def __init__(
        self, parent: QWidget, title: str, suggested: str, on_path: Callable[[Path], None]
    ) -> None:
        super().__init__(parent, title)
        self._on_path = on_path
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix(Path(suggested).suffix.removeprefix("."))
        self.selectFile(suggested)
        self.fileSelected.connect(self._on_file_selected)

    @Slot(str)
    def _on_file_selected(self, path: str) -> None:
        self._on_path(Path(path))
