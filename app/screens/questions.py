"""The dialogs behind the door ``ask``: each frees itself when it closes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, SignalInstance, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from widgets.buttons import button
from widgets.fields import TextField
from widgets.labels import label, wrapped
from widgets.layouts import column, row
from widgets.press_guard import has_come

Texts = tuple[str, str, str, str]
"""The title, the text, the word for yes and the word for no."""


class _Question(QDialog):
    """A title, a text and two buttons."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent)
        title, text, yes, no = texts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.yes = button(yes, "primary")
        self.no = button(no)
        self.body: QVBoxLayout = column(self, margin=24, gap=16)
        self.body.addWidget(label(title, "heading"))
        self.body.addWidget(wrapped(text))
        line = row(gap=12)
        line.addStretch(1)
        line.addWidget(self.no)
        line.addWidget(self.yes)
        self.body.addLayout(line)
        has_come(self)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)


class ConfirmDialog(_Question):
    """Does the deed when it is agreed to. Enter answers no: agreeing takes a choice."""

    def __init__(self, parent: QWidget, texts: Texts, on_yes: Callable[[], None]) -> None:
        super().__init__(parent, texts)
        self._on_yes = on_yes
        self.no.setDefault(True)
        self.no.setFocus()
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self._on_yes()


class ReasonDialog(_Question):
    """Hands on a reason that is not empty."""

    def __init__(
        self, parent: QWidget, texts: Texts, heading: str, on_reason: Callable[[str], None]
    ) -> None:
        super().__init__(parent, texts)
        self._on_reason = on_reason
        self.field = TextField(heading)
        self.body.insertWidget(2, self.field)
        self.yes.setEnabled(False)
        self.yes.setDefault(True)
        self.field.setFocus()
        self.field.edited.connect(self._on_field_edited)
        self.accepted.connect(self._on_accepted)

    @Slot(str)
    def _on_field_edited(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    @Slot()
    def _on_accepted(self) -> None:
        self._on_reason(self.field.text)


class PathAnswer(QObject):
    """Hands on the file name that a dialog reports; lives and goes with the dialog."""

    def __init__(
        self, dialog: QDialog, selected: SignalInstance, on_path: Callable[[Path], None]
    ) -> None:
        super().__init__(dialog)
        self._on_path = on_path
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        selected.connect(self._on_dialog_selected)

    @Slot(str)
    def _on_dialog_selected(self, path: str) -> None:
        self._on_path(Path(path))
