"""A level to tap: its number, its criterion, and a tick once it is chosen."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.labels import label, wrapped
from widgets.layouts import column, keep_room, row
from widgets.tall_button import SpaceButton
from widgets.theme import set_mark
from widgets.values import LevelView

_ROOMY = 340


class LevelShape(StrEnum):
    """How a level stands: in a cell of a grid, across the page, or across a crowded page."""

    CELL = "cell"
    WIDE = "wide"
    CROWDED = "crowded"


_DIGIT_ROLES = {
    LevelShape.CELL: "digit",
    LevelShape.WIDE: "disc",
    LevelShape.CROWDED: "small_disc",
}
_MARGINS = {
    LevelShape.CELL: (9, 4, 6, 4),
    LevelShape.WIDE: (20, 12, 20, 12),
    LevelShape.CROWDED: (20, 5, 20, 5),
}


class LevelButton(SpaceButton):
    """Reports its own level when it is pressed."""

    level_chosen = Signal(object)  # Decimal

    def __init__(self, words: Words, view: LevelView, shape: LevelShape) -> None:
        super().__init__("level")
        self._words = words
        self._view = view
        self._is_wide = shape is not LevelShape.CELL
        self._digit = label("", _DIGIT_ROLES[shape])
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = wrapped("", "criterion" if self._is_wide else "criterion_small")
        self._tick = label("", "accent_text")
        self._lay_out(shape)
        self.show_level(view)
        self.clicked.connect(self._on_clicked)

    def show_level(self, view: LevelView) -> None:
        """Show a level, chosen or not."""
        self._view = view
        self.setChecked(view.is_chosen)
        self.setAccessibleName(view.spoken)
        self._text.setText(view.text)
        self._digit.setText(view.digit)
        set_mark(self._digit, "chosen", view.is_chosen)
        self._show_tick()

    def _lay_out(self, shape: LevelShape) -> None:
        line = row(self, gap=20 if self._is_wide else 8)
        line.setContentsMargins(*_MARGINS[shape])
        if self._is_wide:
            line.addWidget(self._digit)
            line.addWidget(self._text, 1)
            line.addWidget(self._tick)
        else:
            line.addWidget(_Marks(self._tick, self._digit))
            line.addWidget(self._text, 1)
        for part in (self._digit, self._text, self._tick):
            _let_through(part)
        if self._is_wide:
            keep_room(self._tick)

    def _show_tick(self) -> None:
        is_roomy = self._is_wide and self.width() >= _ROOMY
        tick = self._words(N_("{tick} chosen"), tick=icons.DONE) if is_roomy else icons.DONE
        self._tick.setText(tick)
        self._tick.setVisible(self._view.is_chosen)

    @Slot()
    def _on_clicked(self) -> None:
        self.level_chosen.emit(self._view.value)

    def event(self, event: QEvent) -> bool:
        """Write the tick with its word where there is room."""
        if event.type() == QEvent.Type.Resize:
            self._show_tick()
        return super().event(event)


class _Marks(QWidget):
    """The tick above the number; it keeps the room of both, so that choosing moves no row."""

    def __init__(self, tick: QLabel, digit: QLabel) -> None:
        super().__init__()
        self._tick, self._digit = tick, digit
        stack = column(self, gap=0)
        stack.addStretch(1)
        stack.addWidget(tick, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addWidget(digit)
        stack.addStretch(1)
        _let_through(self)

    def sizeHint(self) -> QSize:
        """Ask for the tick and the number, seen or not."""
        tick, digit = self._tick.sizeHint(), self._digit.sizeHint()
        return QSize(max(tick.width(), digit.width()), tick.height() + digit.height())

    def minimumSizeHint(self) -> QSize:
        """Need as much."""
        return self.sizeHint()


def _let_through(part: QLabel | QWidget) -> None:
    part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
