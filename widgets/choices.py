"""Choosing one of a few (big buttons) or one of many (a list that is searched by typing)."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPushButton,
    QWidget,
)

from app.signs import folded
from widgets import icons
from widgets.flow import Flow
from widgets.labels import label, wrapped
from widgets.layouts import column
from widgets.press_guard import has_come
from widgets.theme import TARGET, set_role
from widgets.tick_button import TickButton
from widgets.values import Choice

__all__ = ["Choice", "ChoiceRow", "SearchCombo"]

_MOST_OFFERED = 9
"""How many choices the list below the text shows at once."""


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
        self._line = Flow()
        stack.addWidget(self._line)
        self.show_choices(choices)
        self._group.idClicked.connect(self._on_group_clicked)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer these, nothing chosen; buttons are built anew only where the offer changed."""
        if choices == self._choices:
            self.set_value("")
            return
        for old in self.buttons:
            self._group.removeButton(old)
        self._line.clear()
        self._choices = choices
        self.buttons = tuple(_choice_button(one.title, self._title) for one in choices)
        for number, one in enumerate(self.buttons):
            self._group.addButton(one, number)
            self._line.add(one)
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
    """A list for typing a part of a name or for opening with a tap.

    A press anywhere opens it, and one can go on typing; where a part is typed already, a press
    into the text only moves the place where one writes.

    A part that only one entry has chooses it. What fits none, or several, stays as it was typed.
    """

    chosen = Signal(str)  # the id; empty where what is typed chooses none

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
        self._completer = self._search_anywhere()
        self.combo.setCompleter(self._completer)
        heading = label(title, "small")
        heading.setBuddy(self.combo)
        self.below = wrapped("", "small_caution")
        stack = column(self, gap=4)
        stack.addWidget(heading)
        stack.addWidget(self.combo)
        stack.addWidget(self.below)
        self.below.hide()
        self.setFocusProxy(self.combo)
        self._choices: tuple[Choice, ...] = ()
        self.show_choices(choices)
        self.edit.installEventFilter(self)
        self.combo.frame_pressed.connect(self._offer_everything)
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

    @property
    def unmatched(self) -> str:
        """What is typed and chooses nothing; empty where something is chosen."""
        return "" if self.value else self.combo.currentText().strip()

    def set_value(self, choice_id: str) -> None:
        """Choose without reporting it; what is no id that is offered stands there as if typed."""
        ids = [choice.id for choice in self._choices]
        self.combo.setCurrentIndex(ids.index(choice_id) if choice_id in ids else -1)
        if choice_id not in ids:
            self.combo.setEditText(choice_id)
        self.edit.setCursorPosition(0)  # a long name is read from its beginning
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say below what is wrong; empty takes it back."""
        self.below.setText(f"{icons.CAUTION} {text}" if text else "")
        self.below.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer everything at a press into the text, unless somebody is writing there."""
        is_press = event.type() == QEvent.Type.MouseButtonPress
        if watched is self.edit and is_press and not self._is_typing():
            QTimer.singleShot(0, self, self._offer_everything)
        return super().eventFilter(watched, event)

    def _is_typing(self) -> bool:
        """Whether something is typed that is no choice yet."""
        number = self.combo.currentIndex()
        settled = self._choices[number].title if number >= 0 else ""
        return self.edit.text() != settled

    @Slot()
    def _offer_everything(self) -> None:
        """Show all choices below the text, which stays ready to be typed over."""
        completer = self.combo.completer()
        if completer is None or not self.edit.isEnabled():
            return
        self.edit.selectAll()
        completer.setCompletionPrefix("")
        completer.complete()

    def _search_anywhere(self) -> QCompleter:
        completer = QCompleter(self.combo.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setMaxVisibleItems(_MOST_OFFERED)
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
        number = self._number_of(text)
        if number == self.combo.currentIndex() and number >= 0:
            self.combo.setEditText(self._choices[number].title)
            return
        self.combo.setCurrentIndex(number)
        if number < 0:
            self.combo.setEditText(text)
            self._offer(text)
        else:
            self.show_problem("")
        self.chosen.emit(self.value)

    def _number_of(self, text: str) -> int:
        """Return the one entry that has this title, or alone has this in it; −1 for none."""
        titles = [folded(choice.title) for choice in self._choices]
        typed = folded(text)
        fitting = [number for number, title in enumerate(titles) if typed and typed in title]
        if typed in titles:
            return titles.index(typed)
        return fitting[0] if len(fitting) == 1 else -1

    def _offer(self, text: str) -> None:
        """Open the list of what fits, where somebody is still writing."""
        if text and self.edit.hasFocus():
            self._completer.setCompletionPrefix(text)
            self._completer.complete()


class _Combo(QComboBox):
    """A combo box whose arrow is a sign of the bundled font, in the colour of the text.

    A press on its frame, which Qt takes no notice of, is told. The wheel scrolls the page and
    never changes what is chosen.
    """

    frame_pressed = Signal()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list at a press on the arrow; tell of one elsewhere."""
        super().mousePressEvent(event)
        if not self.view().isVisible():
            self.frame_pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, then the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = self.rect().adjusted(self.width() - 36, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, icons.DOWN)
        painter.end()


def _choice_button(title: str, question: str) -> TickButton:
    return TickButton(title, f"{question}: {title}" if question else title)
