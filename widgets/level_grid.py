"""A whole sheet on one page: a row for each key, its levels side by side."""

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import Words
from scales.model import Key
from widgets import icons
from widgets.aside_button import AsideButton
from widgets.labels import label, sign, wrapped
from widgets.layouts import clear, column, ground, keep_room, row
from widgets.level_button import LevelButton, LevelShape
from widgets.theme import set_mark, set_role
from widgets.values import KeyView, Pick

_TITLE_STRETCH, _LEVELS_STRETCH = 12, 69
_LEVEL_STRETCH, _ASIDE_STRETCH = 15, 9
_ROOMY_LETTERS = 95
_LAST_LINES = 2
_ACROSS = QBoxLayout.Direction.LeftToRight
_DOWN = QBoxLayout.Direction.TopToBottom


class LevelGrid(QWidget):
    """Rows of levels with one row in hand; keys act on that row, taps on any."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._rows: tuple[_Row, ...] = ()
        self._current = 0
        self._stack: QVBoxLayout = column(self, gap=4)

    def show_rows(self, views: tuple[KeyView, ...]) -> None:
        """Show these keys; the row in hand stays in hand while the keys are the same."""
        if [view.key for view in views] != [one.view.key for one in self._rows]:
            self._build(views)
        for one, view in zip(self._rows, views, strict=True):
            one.show_key(view)

    @property
    def current(self) -> Key | None:
        """The key in hand."""
        return self._rows[self._current].view.key if self._rows else None

    def set_current(self, key: Key) -> None:
        """Take a row in hand; the focus goes with it where the row before had it."""
        before = self.current_row()
        for number, one in enumerate(self._rows):
            if one.view.key == key:
                self._current = number
            one.set_current(is_current=one.view.key == key)
        now = self.current_row()
        if before is not None and now is not None and before.hasFocus():
            now.setFocus()

    def current_row(self) -> QWidget | None:
        """Return the row in hand, to keep it in view."""
        return self._rows[self._current] if self._rows else None

    def step(self, count: int) -> None:
        """Take the row ``count`` rows further in hand, stopping at the first and the last."""
        if self._rows:
            number = min(max(self._current + count, 0), len(self._rows) - 1)
            self.set_current(self._rows[number].view.key)

    def choose(self, digit: str) -> None:
        """Choose the level with this digit for the row in hand, if it has one."""
        if self._rows:
            view = self._rows[self._current].view
            level = view.level_for(digit)
            if level is not None:
                self.level_chosen.emit(Pick(view.key, level.value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the names above the levels where the words need the whole width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _ROOMY_LETTERS
        for one in self._rows:
            one.set_stacked(is_stacked=is_narrow)

    def _build(self, views: tuple[KeyView, ...]) -> None:
        clear(self._stack)
        self._rows = tuple(_Row(self._words, view) for view in views)
        for one in self._rows:
            one.level_chosen.connect(self.level_chosen)
            one.aside_requested.connect(self.aside_requested)
            self._stack.addWidget(one, 1)
            one.show()  # at once, so that it can take the focus
        if self._rows:
            self.set_current(self._rows[0].view.key)
        self._arrange()


class _Row(QFrame):
    """One key: its name, its levels, and the button beside them."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key

    def __init__(self, words: Words, view: KeyView) -> None:
        super().__init__()
        set_role(self, "row")
        self.view = view
        self._is_current = False
        self._mark = sign("accent_text")
        self._question = label(icons.QUESTION, "question_mark")
        self._levels = tuple(LevelButton(words, level, LevelShape.CELL) for level in view.levels)
        self._aside = AsideButton(view)
        self._last = wrapped("", "small")
        self._lay_out()
        for one in self._levels:
            one.level_chosen.connect(self._on_level_chosen)
        self._aside.aside_requested.connect(self.aside_requested)

    def show_key(self, view: KeyView) -> None:
        """Show what is chosen."""
        self.view = view
        for one, level in zip(self._levels, view.levels, strict=True):
            one.show_level(level)
        self._aside.show_key(view)
        self._last.setText(view.last)
        self._last.setVisible(bool(view.last))
        self._question.setVisible(view.has_question)
        self._show_mark()

    def set_current(self, *, is_current: bool) -> None:
        """Mark the row as the one in hand, by a sign and by its ground."""
        set_mark(self, "current", is_current)
        self._is_current = is_current
        self._show_mark()

    def _show_mark(self) -> None:
        """Show the state of the row as the list of items does: here, done or open."""
        state = icons.DONE if self.view.is_answered else icons.OPEN
        self._mark.setText(icons.HERE if self._is_current else state)

    def set_stacked(self, *, is_stacked: bool) -> None:
        """Set the names above the levels, or beside them, with room for what was last time."""
        self._name_box.setMinimumHeight(0 if is_stacked else self._tallest_names())
        self._whole.setDirection(_DOWN if is_stacked else _ACROSS)
        self._whole.setStretch(0, 0 if is_stacked else _TITLE_STRETCH)
        self._whole.setStretch(1, 1 if is_stacked else _LEVELS_STRETCH)
        self._names.setDirection(_ACROSS if is_stacked else _DOWN)
        self._names.setSpacing(12 if is_stacked else 0)
        self._names.setStretch(0, 0 if is_stacked else 1)

    def _lay_out(self) -> None:
        line = row(self)
        line.setContentsMargins(8, 3, 4, 3)
        line.addWidget(self._marks())
        self._whole = row()
        self._names = self._name_lines()
        self._name_box = _Names()
        self._name_box.setLayout(self._names)
        self._whole.addWidget(self._name_box, _TITLE_STRETCH)
        self._whole.addLayout(self._level_line(), _LEVELS_STRETCH)
        line.addLayout(self._whole, 1)

    def _marks(self) -> QWidget:
        """Return the state of the row, and below it whether a question about it waits."""
        answer = ground()
        answer.setMinimumWidth(26)
        answer.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        stack = column(answer, gap=0)
        stack.addStretch(1)
        for one in (self._mark, self._question):
            keep_room(one)
            stack.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        return answer

    def _level_line(self) -> QHBoxLayout:
        line = row()
        for one in self._levels:
            line.addWidget(one, _LEVEL_STRETCH)
        line.addWidget(self._aside, _ASIDE_STRETCH)
        return line

    def _name_lines(self) -> QBoxLayout:
        stack = column(gap=0)
        stack.addStretch(1)
        self._titles = [wrapped(self.view.title, "large_strong")]
        if self.view.subtitle:
            self._titles.append(wrapped(self.view.subtitle, "small"))
        for one in self._titles:
            stack.addWidget(one)
        stack.addWidget(self._last)
        stack.addStretch(1)
        return stack

    def _tallest_names(self) -> int:
        """Return the height of the names once the last value stands below them."""
        lines = (*self._titles, *[self._last] * _LAST_LINES)
        for one in lines:
            one.ensurePolished()
        return sum(one.fontMetrics().lineSpacing() for one in lines)

    @Slot(object)
    def _on_level_chosen(self, level: Decimal) -> None:
        self.level_chosen.emit(Pick(self.view.key, level))


class _Names(QWidget):
    """The words on the left of a row: as wide as the row gives, whatever they say."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def minimumSizeHint(self) -> QSize:
        """Need no width of their own."""
        return QSize(64, super().minimumSizeHint().height())
