"""The cells of a table that is typed into, with a mark where a sentence is about them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from widgets import icons
from widgets.labels import wrapped
from widgets.theme import TARGET, set_mark
from widgets.values import Choice

_PADDING = 26
_ARROW = 36
_AS_THERE_IS_ROOM = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


def text_width(letters: str) -> int:
    """Return the width of a cell that shows so many letters, in the size of text that is set."""
    return QFontMetrics(QApplication.font()).horizontalAdvance(letters) + _PADDING


def choice_width(title: str, choices: tuple[Choice, ...]) -> int:
    """Return the width of a cell that shows each of its choices whole."""
    return max(text_width(text) for text in (title, *_titles(choices))) + _ARROW


def _titles(choices: tuple[Choice, ...]) -> list[str]:
    return [choice.title for choice in choices]


class TextCell(QLineEdit):
    """A cell to write in."""

    changed = Signal()

    def __init__(self, title: str, width: int = 0) -> None:
        super().__init__()
        self._told = ""
        self.setAccessibleName(title)
        self.setPlaceholderText(title)
        self.setMinimumHeight(TARGET)
        self.setMinimumWidth(2 * TARGET)
        if width:
            self.setFixedWidth(width)
        self.textEdited.connect(self._on_text_edited)

    def value(self) -> str:
        """Return what is written, without outer spaces; what was told stays as it was."""
        return self._told if self.text() == self._told else self.text().strip()

    def set_value(self, text: str) -> None:
        """Write a text without reporting it."""
        self._told = text
        self.setText(text)

    def show_problem(self, text: str) -> None:
        """Mark the cell that a sentence is about; empty takes the mark back."""
        set_mark(self, "problem", bool(text))
        self.setAccessibleDescription(text)

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self.changed.emit()


class ChoiceCell(QComboBox):
    """A cell for one of a few: a press anywhere opens it, letters find an entry.

    While nothing is chosen its title stands in it. The wheel scrolls the page and never changes
    what is chosen.
    """

    changed = Signal()

    def __init__(self, title: str, choices: tuple[Choice, ...], width: int = 0) -> None:
        super().__init__()
        self._choices = choices
        self.setAccessibleName(title)
        self.setPlaceholderText(title)
        self.setMinimumHeight(TARGET)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._offer(choices)
        self.setSizeAdjustPolicy(_AS_THERE_IS_ROOM)
        self.setMinimumWidth(2 * TARGET)
        if width:
            self.setMinimumContentsLength(1)
            self.setMaximumWidth(width)
        self._width = width
        self.currentIndexChanged.connect(self._on_index_changed)

    def value(self) -> str:
        """Return the id that is chosen, or empty."""
        return "" if self.currentIndex() < 0 else self._choices[self.currentIndex()].id

    def set_value(self, choice_id: str) -> None:
        """Choose an id; one that is not offered is offered under its own name."""
        ids = [choice.id for choice in self._choices]
        if choice_id and choice_id not in ids:
            self._offer((*self._choices, Choice(choice_id, choice_id)))
            ids.append(choice_id)
        self.setCurrentIndex(ids.index(choice_id) if choice_id and choice_id in ids else -1)

    def show_problem(self, text: str) -> None:
        """Mark the cell that a sentence is about; empty takes the mark back."""
        set_mark(self, "problem", bool(text))
        self.setAccessibleDescription(text)

    def _offer(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self.blockSignals(True)  # noqa: FBT003 - as in Qt
        self.clear()
        self.addItems(_titles(choices))
        self.setCurrentIndex(-1)
        self.blockSignals(False)  # noqa: FBT003 - as in Qt

    @Slot(int)
    def _on_index_changed(self, _number: int) -> None:
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """Ask for the room that the longest choice needs, where that was told."""
        hint = super().sizeHint()
        return QSize(self._width or 2 * TARGET, hint.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cell, then its arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = self.rect().adjusted(self.width() - _ARROW, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, icons.DOWN)
        painter.end()


Cell = TextCell | ChoiceCell


class Sentences(QObject):
    """What is wrong with cells, said in one label below them until each of them is mended."""

    def __init__(self, cells: Mapping[str, Cell], parent: QObject) -> None:
        super().__init__(parent)
        self._cells = cells
        self._told: dict[str, str] = {}
        self.below: QLabel = wrapped("", "small_caution")
        self.below.hide()
        for cell in cells.values():
            cell.changed.connect(self._on_cell_changed)

    def show(self, told: Mapping[str, str]) -> None:
        """Mark the cells that sentences are about, and say each sentence once."""
        self._told = {name: text for name, text in told.items() if name in self._cells}
        for name, cell in self._cells.items():
            cell.show_problem(self._told.get(name, ""))
        sentences = dict.fromkeys(self._told.values())
        self.below.setText("\n".join(f"{icons.CAUTION} {text}" for text in sentences))
        self.below.setVisible(bool(sentences))

    def add(self, name: str, text: str) -> None:
        """Say one more sentence, about a cell that was just left."""
        self.show({**self._told, name: text})

    def first(self) -> Cell | None:
        """Return the first cell that a sentence is about."""
        return next((self._cells[name] for name in self._told), None)

    @Slot()
    def _on_cell_changed(self) -> None:
        cell = self.sender()
        mended = [name for name in self._told if self._cells[name] is cell]
        if mended:
            self.show({name: text for name, text in self._told.items() if name not in mended})
