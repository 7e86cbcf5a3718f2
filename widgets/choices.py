"""Choosing one of a few (big buttons) or one of many (a list that is searched by typing)."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from widgets import icons
from widgets.flow import FlowLayout
from widgets.labels import label
from widgets.layouts import clear, column
from widgets.press_guard import has_come
from widgets.theme import TARGET, set_role
from widgets.tick_button import TickButton
from widgets.values import Choice

__all__ = ["Choice", "ChoiceRow", "SearchCombo"]


class ChoiceRow(QWidget):
    """A question with a few big buttons; a second tap on the chosen one takes it back."""

    chosen = Signal(str)  # the id; empty when the choice was taken back

    def __init__(self, title: str, choices: tuple[Choice, ...], *, optional: bool = True) -> None:
        super().__init__()
        self._title = title
        self._choices: tuple[Choice, ...] = ()
        self._optional = optional
        self.buttons: tuple[QPushButton, ...] = ()
        self._value = ""
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        stack = column(self, gap=4)
        if title:
            stack.addWidget(label(title, "small"))
        self._line = FlowLayout()
        stack.addLayout(self._line)
        self.show_choices(choices)
        self._group.idClicked.connect(self._on_group_clicked)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer these, nothing chosen; buttons are built anew only where the offer changed."""
        if choices == self._choices:
            self.set_value("")
            return
        for old in self.buttons:
            self._group.removeButton(old)
        clear(self._line)
        self._choices = choices
        self.buttons = tuple(_choice_button(one.title, self._title) for one in choices)
        for number, one in enumerate(self.buttons):
            self._group.addButton(one, number)
            self._line.addWidget(one)
        self.set_value("")

    @property
    def value(self) -> str:
        """The id that is chosen, or empty."""
        return self._value

    def set_value(self, choice_id: str) -> None:
        """Choose without reporting it; empty chooses nothing."""
        self._value = choice_id
        for one, choice in zip(self.buttons, self._choices, strict=True):
            is_chosen = bool(choice_id) and choice.id == choice_id
            one.setChecked(is_chosen)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        choice_id = self._choices[number].id
        is_taken_back = self._optional and choice_id == self._value
        has_come(self.buttons[number])  # pressed twice in one breath it is meant once
        self.set_value("" if is_taken_back else choice_id)
        self.chosen.emit(self._value)


class SearchCombo(QWidget):
    """A list for typing a part of a name or for opening with a tap."""

    chosen = Signal(str)  # the id

    def __init__(self, title: str, choices: tuple[Choice, ...] = (), hint: str = "") -> None:
        super().__init__()
        self.combo = _Combo()
        self.edit = QLineEdit()
        self.combo.setLineEdit(self.edit)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMinimumHeight(TARGET)
        self.combo.setAccessibleName(title)
        self.edit.setAccessibleName(title)
        self.edit.setPlaceholderText(hint)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setCompleter(self._search_anywhere())
        heading = label(title, "small")
        heading.setBuddy(self.combo)
        stack = column(self, gap=4)
        stack.addWidget(heading)
        stack.addWidget(self.combo)
        self.setFocusProxy(self.combo)
        self._choices: tuple[Choice, ...] = ()
        self.show_choices(choices)
        self.combo.activated.connect(self._on_combo_activated)
        self.edit.editingFinished.connect(self._on_line_finished)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer these, nothing chosen."""
        self._choices = choices
        self.combo.clear()
        self.combo.addItems([choice.title for choice in choices])
        self.combo.setCurrentIndex(-1)

    @property
    def value(self) -> str:
        """The id that is chosen, or empty."""
        number = self.combo.currentIndex()
        return "" if number < 0 else self._choices[number].id

    def set_value(self, choice_id: str) -> None:
        """Choose without reporting it; an id that is not offered chooses nothing."""
        ids = [choice.id for choice in self._choices]
        self.combo.setCurrentIndex(ids.index(choice_id) if choice_id in ids else -1)
        if choice_id not in ids:
            self.combo.clearEditText()

    def _search_anywhere(self) -> QCompleter:
        completer = QCompleter(self.combo.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        suggestions = QListView()
        set_role(suggestions, "suggestions")
        completer.setPopup(suggestions)
        return completer

    @Slot(int)
    def _on_combo_activated(self, number: int) -> None:
        self.chosen.emit(self._choices[number].id)

    @Slot()
    def _on_line_finished(self) -> None:
        text = self.combo.currentText().strip()
        number = self.combo.findText(text, Qt.MatchFlag.MatchFixedString) if text else -1
        if number == self.combo.currentIndex() and number >= 0:
            self.combo.setEditText(self._choices[number].title)
            return
        self.combo.setCurrentIndex(number)
        if number < 0:
            self.combo.clearEditText()
        self.chosen.emit(self.value)


class _Combo(QComboBox):
    """A combo box whose arrow is a sign of the bundled font, in the colour of the text."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = self.rect().adjusted(self.width() - 36, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, icons.DOWN)
        painter.end()


def _choice_button(title: str, question: str) -> TickButton:
    return TickButton(title, f"{question}: {title}" if question else title)
