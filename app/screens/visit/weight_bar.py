"""Today's weight above the first sheet: a line that is never in the way of scoring."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit

from app.errors import N_
from app.language import Words
from app.screens.visit.weight_view import WeightView
from widgets import icons
from widgets.labels import ElidedLabel, label
from widgets.layouts import row
from widgets.theme import TARGET, set_mark, set_role

_PAUSE_MS = 400
_LETTERS = 10


class WeightBar(QFrame):
    """One line of fixed height: what is known, a field, and whether what is typed is stored.

    It takes the focus only when somebody goes there, and Enter gives it back.
    """

    paused = Signal(str)  # what stands there while somebody types
    typed = Signal(str)  # what was typed, when it is done
    done = Signal()  # Enter: the keys belong to the sheet again

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        set_role(self, "note")
        set_mark(self, "place", "above")
        self.edit = QLineEdit()
        self.edit.setMinimumHeight(TARGET)
        self.edit.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS + 40)
        name = words(N_("Today's weight in kg"))
        self.edit.setAccessibleName(name)
        self._last, self._state = ElidedLabel("", "soft"), ElidedLabel("", "small")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        line = row(self, gap=12)
        line.setContentsMargins(16, 2, 16, 2)
        line.addWidget(label(name, "strong"))
        line.addWidget(self.edit)
        line.addWidget(self._state, 1)
        line.addWidget(self._last, 1)
        self._pause.timeout.connect(self._on_pause_ended)
        self.edit.textEdited.connect(self._on_edit_text_edited)
        self.edit.editingFinished.connect(self._on_edit_finished)
        self.edit.returnPressed.connect(self._on_return_pressed)
        self._shown = ""
        self._told: str | None = None
        self.hide()

    @property
    def text(self) -> str:
        """What is written."""
        return self.edit.text().strip()

    @property
    def is_touched(self) -> bool:
        """Whether something is written that is not stored."""
        return self.text != self._shown

    def show_view(self, view: WeightView | None) -> None:
        """Ask, or do not; what is being typed stands for what is stored of it."""
        if view is None:
            self._pause.stop()
            self._shown, self._told = "", None
            self.edit.clear()
            return
        self._last.show_text(view.last)
        is_being_typed = self.edit.hasFocus() and bool(self.text)
        self._shown = self.text if is_being_typed else view.text
        if not is_being_typed:
            self.edit.setText(view.text)
        self.show_problem("")

    def finish(self) -> None:
        """Report what is typed and not stored, be it once more."""
        self._pause.stop()
        self._told = self.text  # a question takes the focus, and leaving the field asks no second
        self.typed.emit(self.text)

    @Slot(str)
    def show_problem(self, problem: str) -> None:
        """Say why what stands there is not stored; empty says again whether it is."""
        set_role(self._state, "small_caution" if problem else "small")
        saved = self._words(N_("{tick} saved"), tick=icons.DONE) if self._shown else ""
        told = f"{icons.CAUTION} {problem}" if problem else saved
        self._state.show_text("" if self.is_touched and not problem else told)
        self._last.setVisible(not problem)

    @Slot(str)
    def _on_edit_text_edited(self, _text: str) -> None:
        self._told = None
        self.show_problem("")
        self._pause.start()

    @Slot()
    def _on_pause_ended(self) -> None:
        self.paused.emit(self.text)

    @Slot()
    def _on_edit_finished(self) -> None:
        if self.is_touched and self.text != self._told:
            self.finish()

    @Slot()
    def _on_return_pressed(self) -> None:
        self._told = None
        self._on_edit_finished()
        self.done.emit()
