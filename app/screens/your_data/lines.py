"""The copies one below the other, each with the way back beside it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.errors import N_
from app.language import Words
from app.screens.your_data.view import CopyLine
from widgets import icons
from widgets.buttons import button
from widgets.labels import breaking, wrapped
from widgets.layouts import clear, column, keep_room, row
from widgets.theme import set_role


class CopyLines(QWidget):
    """Shows lines; where only their words change, the buttons stay."""

    chosen = Signal(object)  # the path

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._paths: tuple[Path, ...] = ()
        self.lines: tuple[_Line, ...] = ()
        self._stack = column(self, gap=0)

    def show_lines(self, lines: tuple[CopyLine, ...]) -> None:
        """Show these copies."""
        if tuple(line.path for line in lines) != self._paths:
            self._build(lines)
        for shown, line in zip(self.lines, lines, strict=True):
            shown.show_line(line)

    def _build(self, lines: tuple[CopyLine, ...]) -> None:
        clear(self._stack)
        self._paths = tuple(line.path for line in lines)
        self.lines = tuple(_Line(path, self._words) for path in self._paths)
        for one in self.lines:
            self._stack.addWidget(one)
            one.chosen.connect(self.chosen)


class _Line(QFrame):
    """When a copy was made, what it holds, whether it was read, and the way back to it."""

    chosen = Signal(object)  # the path

    def __init__(self, path: Path, words: Words) -> None:
        super().__init__()
        self._path = path
        set_role(self, "table_row")
        self.when = wrapped("", "strong")
        self.holds = breaking("")
        self.state = wrapped("", "soft")
        self.put_back: QPushButton = button(words(N_("Put back…")), "act")
        keep_room(self.put_back)
        line = row(self, gap=16)
        line.setContentsMargins(0, 4, 0, 4)
        line.addWidget(self.when, 5)
        line.addWidget(self.holds, 9)
        line.addWidget(self.state, 3)
        line.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.put_back.clicked.connect(self._on_put_back_clicked)

    def show_line(self, line: CopyLine) -> None:
        """Show what is known of it by now."""
        self.when.setText(line.when)
        self.holds.setText(line.holds)
        self.holds.setAccessibleName(line.holds)
        set_role(self.state, "caution_strong" if line.is_bad else "soft")
        self.state.setText(f"{icons.CAUTION} {line.state}" if line.is_bad else line.state)
        self.put_back.setAccessibleName(line.name)
        self.put_back.setVisible(line.can_put_back)

    @Slot()
    def _on_put_back_clicked(self) -> None:
        self.chosen.emit(self._path)
