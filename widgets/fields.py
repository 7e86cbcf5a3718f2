"""A line and a note to write in, each with its name above and its one sentence below."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from widgets import icons
from widgets.labels import label, wrapped
from widgets.layouts import column, row
from widgets.theme import TARGET, set_mark, set_role


class TextField(QWidget):
    """A line to write on, with the parts that belong ``beside`` it."""

    edited = Signal(str)
    finished = Signal(str)

    def __init__(self, title: str, hint: str = "", beside: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setMinimumHeight(TARGET)
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(title)
        self.below = wrapped("", "small")
        self._heading = label(title, "small")
        self._heading.setBuddy(self.edit)
        self._stack = column(self, gap=4)
        self._stack.addWidget(self._heading)
        line = row()
        line.addWidget(self.edit, 1)
        for part in beside:
            line.addWidget(part)
        self._stack.addLayout(line)
        self._stack.addWidget(self.below)
        self.below.hide()
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._on_edit_text_edited)
        self.edit.editingFinished.connect(self._on_edit_finished)

    @property
    def text(self) -> str:
        """What is written, without outer spaces."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Write a text without reporting it, and take back what was said below."""
        self.edit.setText(text)
        self.show_problem("")

    def show_title(self, title: str) -> None:
        """Be called something else from now on."""
        self._heading.setText(title)
        self.edit.setAccessibleName(title)

    def show_problem(self, text: str) -> None:
        """Say below what is wrong; empty takes it back."""
        self._show_below(text, "small_caution", is_problem=bool(text))

    def show_hint(self, text: str) -> None:
        """Say something helpful below; empty takes it back."""
        self._show_below(text, "small", is_problem=False)

    def add_below(self, part: QWidget) -> None:
        """Put a part of its own below the line and its sentence."""
        self._stack.addWidget(part)

    def _show_below(self, text: str, role: str, *, is_problem: bool) -> None:
        set_mark(self.edit, "problem", is_problem)
        set_role(self.below, role)
        self.below.setText(f"{icons.CAUTION} {text}" if is_problem else text)
        self.below.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)

    @Slot(str)
    def _on_edit_text_edited(self, text: str) -> None:
        if self.edit.property("problem"):
            self.show_problem("")  # it is being mended; whoever asks again says it again
        self.edited.emit(text)

    @Slot()
    def _on_edit_finished(self) -> None:
        self.finished.emit(self.text)


class NoteField(QWidget):
    """A few lines to write on; Tab leaves it."""

    edited = Signal(str)

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__()
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText(hint)
        self.edit.setAccessibleName(title)
        self.edit.setMinimumHeight(2 * TARGET)
        self.edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        heading = label(title, "small")
        heading.setBuddy(self.edit)
        stack = column(self, gap=4)
        stack.addWidget(heading)
        stack.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self._quiet = False
        self.edit.textChanged.connect(self._on_edit_text_changed)

    @property
    def text(self) -> str:
        """What is written, without outer spaces."""
        return self.edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Write a text without reporting it; what stands there already is left alone."""
        if text == self.text:
            return
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False

    @Slot()
    def _on_edit_text_changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text)
