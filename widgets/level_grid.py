"""A whole sheet on one page: a row for each key, its levels side by side."""

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.language import Words
from scales.model import Key
from widgets import icons
from widgets.aside_button import AsideButton
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, row
from widgets.level_button import LevelButton
from widgets.theme import set_mark, set_role
from widgets.values import KeyView, Pick

_TITLE_STRETCH, _LEVEL_STRETCH, _ASIDE_STRETCH = 10, 15, 8


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
        """Take a row in hand."""
        for number, one in enumerate(self._rows):
            if one.view.key == key:
                self._current = number
            one.set_current(is_current=one.view.key == key)

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

    def _build(self, views: tuple[KeyView, ...]) -> None:
        clear(self._stack)
        self._rows = tuple(_Row(self._words, view) for view in views)
        for one in self._rows:
            one.level_chosen.connect(self.level_chosen)
            one.aside_requested.connect(self.aside_requested)
            self._stack.addWidget(one, 1)
        if self._rows:
            self.set_current(self._rows[0].view.key)


class _Row(QFrame):
    """One key: its name, its levels, and the button beside them."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key

    def __init__(self, words: Words, view: KeyView) -> None:
        super().__init__()
        set_role(self, "row")
        self.view = view
        self._mark = label("", "accent_text")
        self._levels = tuple(LevelButton(words, level, is_wide=False) for level in view.levels)
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

    def set_current(self, *, is_current: bool) -> None:
        """Mark the row as the one in hand, by a sign and by its ground."""
        set_mark(self, "current", is_current)
        self._mark.setText(icons.HERE if is_current else "")

    def _lay_out(self) -> None:
        line = row(self)
        line.setContentsMargins(4, 4, 4, 4)
        self._mark.setFixedWidth(16)
        line.addWidget(self._mark)
        line.addWidget(self._names(), _TITLE_STRETCH)
        for one in self._levels:
            line.addWidget(one, _LEVEL_STRETCH)
        line.addWidget(self._aside, _ASIDE_STRETCH)

    def _names(self) -> QWidget:
        answer = _Names()
        stack = column(answer, gap=0)
        stack.addStretch(1)
        stack.addWidget(wrapped(self.view.title, "large_strong"))
        if self.view.subtitle:
            stack.addWidget(wrapped(self.view.subtitle, "small"))
        stack.addWidget(self._last)
        stack.addStretch(1)
        return answer

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
