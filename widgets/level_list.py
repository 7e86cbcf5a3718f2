"""One key as full-width levels, and two such lists side by side for right and left."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.language import Words
from scales.model import Key
from widgets import icons
from widgets.aside_button import AsideButton
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, row
from widgets.level_button import LevelButton, LevelShape
from widgets.press_guard import has_come
from widgets.theme import set_role
from widgets.values import KeyView, Pick

_CROWD = 6
_SIDE_CROWD = 4  # half as wide, so the words break and every level is taller
_ASIDE_WIDTH = (160, 320)


class LevelList(QFrame):
    """The levels of one key from top to bottom, then "not testable" and the last value."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key

    def __init__(self, words: Words, view: KeyView) -> None:
        super().__init__()
        set_role(self, "plain_ground")
        # Both sides share the width evenly, whatever stands in one of them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.view = view
        self._heading = label("", "strong")
        self._is_crowd = len(view.levels) > (_CROWD if view.key.side is None else _SIDE_CROWD)
        shape = LevelShape.CROWDED if self._is_crowd else LevelShape.WIDE
        self._levels = tuple(LevelButton(words, level, shape) for level in view.levels)
        self.aside = AsideButton(view, "criterion_small")
        self._last = wrapped("", "small")
        self._last.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        for one in self._levels:
            one.level_chosen.connect(self._on_level_chosen)
        self.aside.aside_requested.connect(self.aside_requested)
        self.show_key(view)

    def show_key(self, view: KeyView) -> None:
        """Show what is chosen, and the last value once it may be seen."""
        self.view = view
        for one, level in zip(self._levels, view.levels, strict=True):
            one.show_level(level)
        self.aside.show_key(view)
        self._last.setText(view.last)

    def set_current(self, *, is_current: bool) -> None:
        """Show the state of the side by a sign before its name: here, done or open."""
        self._heading.show()
        state = icons.DONE if self.view.is_answered else icons.OPEN
        mark = icons.HERE if is_current else state
        self._heading.setText(f"{mark} {self.view.title}")
        set_role(self._heading, "accent_text" if is_current else "strong")

    def _lay_out(self) -> None:
        stack = column(self, gap=4 if self._is_crowd else 10)
        stack.addWidget(self._heading)
        self._heading.hide()
        for one in self._levels:
            one.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            stack.addWidget(one)
        stack.addLayout(self._below())
        stack.addStretch(1)

    def _below(self) -> QHBoxLayout:
        line = row(gap=16)
        self.aside.setMinimumWidth(_ASIDE_WIDTH[0])
        self.aside.setMaximumWidth(_ASIDE_WIDTH[1])
        line.addWidget(self.aside, 3)
        line.addWidget(self._last, 2)
        return line

    @Slot(object)
    def _on_level_chosen(self, level: Decimal) -> None:
        self.level_chosen.emit(Pick(self.view.key, level))


class SideBySide(QWidget):
    """The keys of one item: one list, or right and left beside each other."""

    level_chosen = Signal(object)  # Pick
    aside_requested = Signal(object)  # Key

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._lists: tuple[LevelList, ...] = ()
        self._current = 0
        self._line: QHBoxLayout = row(self, gap=24)

    def show_keys(self, views: tuple[KeyView, ...], current: Key) -> None:
        """Show these keys with one of them in hand."""
        is_other = [view.key for view in views] != [one.view.key for one in self._lists]
        focused = QApplication.focusWidget()
        has_focus = is_other and focused is not None and self.isAncestorOf(focused)
        if is_other:
            self._build(views)
        for number, (one, view) in enumerate(zip(self._lists, views, strict=True)):
            one.show_key(view)
            if len(views) > 1:
                one.set_current(is_current=view.key == current)
            if view.key == current:
                self._current = number
        if has_focus and self._lists:
            self._lists[self._current].setFocus()

    def current_list(self) -> LevelList | None:
        """Return the levels of the side in hand."""
        return self._lists[self._current] if self._lists else None

    def choose(self, digit: str) -> None:
        """Choose the level with this digit for the side in hand, if it has one."""
        if self._lists:
            view = self._lists[self._current].view
            level = view.level_for(digit)
            if level is not None:
                self.level_chosen.emit(Pick(view.key, level.value))

    def clear_keys(self) -> None:
        """Show nothing: another patient is about to come."""
        clear(self._line)
        self._lists = ()

    def _build(self, views: tuple[KeyView, ...]) -> None:
        clear(self._line)
        has_come(self)
        self._current = 0
        self._lists = tuple(LevelList(self._words, view) for view in views)
        for one in self._lists:
            one.level_chosen.connect(self.level_chosen)
            one.aside_requested.connect(self.aside_requested)
            self._line.addWidget(one, 1)
            one.show()  # at once, so that it can take the focus
