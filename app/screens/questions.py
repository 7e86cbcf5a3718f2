"""The dialogs behind the door ``ask``: each frees itself when it closes."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, SignalInstance, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from widgets.buttons import button
from widgets.fields import TextField
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import FittingArea, column, ground, row
from widgets.pairs import pairs
from widgets.press_guard import has_come
from widgets.theme import set_role

Texts = tuple[str, str, str, str]
"""The title, the text, the word for yes and the word for no."""


_LETTERS = 64
_NARROWEST, _WIDEST = 480, 720


class _Question(QDialog):
    """A title, a text and two buttons."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent)
        title, text, yes, no = texts
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        wanted = self.fontMetrics().averageCharWidth() * _LETTERS
        self.setFixedWidth(max(_NARROWEST, min(_WIDEST, wanted)))
        self.yes = button(yes, "primary")
        self.no = button(no)
        self.body: QVBoxLayout = column(self, margin=24, gap=16)
        self.body.addWidget(wrapped(title, "heading"))
        self.body.addWidget(wrapped(text))
        self.ways = row(gap=12)
        self.ways.addStretch(1)
        self.ways.addWidget(self.no)
        self.ways.addWidget(self.yes)
        self.body.addLayout(self.ways)
        has_come(self)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as tall as the words and buttons need at this width."""
        self.setFixedHeight(self.heightForWidth(self.width()))
        super().showEvent(event)


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


class EitherDialog(_Question):
    """Does one of two deeds; closing it is the second one. Enter answers nothing by itself."""

    def __init__(
        self,
        parent: QWidget,
        texts: Texts,
        on_yes: Callable[[], None],
        on_no: Callable[[], None],
    ) -> None:
        super().__init__(parent, texts)
        self._on_yes, self._on_no = on_yes, on_no
        for one in (self.yes, self.no):
            one.setAutoDefault(False)
        self.accepted.connect(self._on_accepted)
        self.rejected.connect(self._on_rejected)

    @Slot()
    def _on_accepted(self) -> None:
        self._on_yes()

    @Slot()
    def _on_rejected(self) -> None:
        self._on_no()


class LossDialog(ConfirmDialog):
    """Lets something go when it is agreed to; the filled button is the one that keeps it."""

    def __init__(self, parent: QWidget, texts: Texts, on_agreed: Callable[[], None]) -> None:
        super().__init__(parent, texts, on_agreed)
        self.save: QPushButton | None = None
        self._on_save: Callable[[], None] | None = None
        set_role(self.yes, "danger")
        set_role(self.no, "primary")

    def offer_save(self, word: str, on_save: Callable[[], None]) -> None:
        """Offer to save what would go; Enter answers so."""
        self._on_save = on_save
        self.save = button(word, "primary")
        set_role(self.no, "quiet")
        self.ways.addWidget(self.save)
        self.save.setDefault(True)
        self.save.setFocus()
        self.save.clicked.connect(self._on_save_clicked)

    @Slot()
    def _on_save_clicked(self) -> None:
        self.reject()
        if self._on_save is not None:
            self._on_save()


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


class PinDialog(ReasonDialog):
    """Hands on a PIN, which is shown as dots."""

    def __init__(
        self, parent: QWidget, texts: Texts, heading: str, on_pin: Callable[[str], None]
    ) -> None:
        super().__init__(parent, texts, heading, on_pin)
        self.field.edit.setEchoMode(QLineEdit.EchoMode.Password)


class LossReasonDialog(ReasonDialog):
    """Asks why something is to go; a ready reason is written into the field by a tap."""

    def __init__(
        self, parent: QWidget, texts: Texts, heading: str, on_reason: Callable[[str], None]
    ) -> None:
        super().__init__(parent, texts, heading, on_reason)
        self.ready: tuple[QPushButton, ...] = ()
        set_role(self.yes, "danger")
        set_role(self.no, "primary")

    def offer(self, reasons: tuple[str, ...]) -> None:
        """Offer these reasons above the field."""
        group = QButtonGroup(self)
        self.ready = tuple(button(reason, "choice") for reason in reasons)
        for one in self.ready:
            group.addButton(one)
        self.body.insertWidget(2, Flow(*self.ready))
        group.buttonClicked.connect(self._on_ready_clicked)

    @Slot(QAbstractButton)
    def _on_ready_clicked(self, chosen: QAbstractButton) -> None:
        self.field.set_text(chosen.accessibleName())
        self.yes.setEnabled(True)
        self.yes.setFocus()


class ListDialog(QDialog):
    """Lines of two words to read."""

    def __init__(
        self, parent: QWidget, title: str, rows: tuple[tuple[str, str], ...], close: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        wanted = self.fontMetrics().averageCharWidth() * _LETTERS
        self.setFixedWidth(max(_NARROWEST, min(_WIDEST, wanted)))
        inner = ground()
        stack = column(inner)
        stack.addLayout(pairs(rows))
        body = column(self, margin=24, gap=16)
        body.addWidget(wrapped(title, "heading"))
        body.addWidget(FittingArea(inner))
        self.close_button = button(close, "primary")
        ways = row()
        ways.addStretch(1)
        ways.addWidget(self.close_button)
        body.addLayout(ways)
        self.close_button.clicked.connect(self.accept)


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
