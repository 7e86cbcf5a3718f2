"""The items of a scale with their state: an icon, a word, and the value."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from widgets import icons
from widgets.labels import label, sign, wrapped
from widgets.layouts import clear, column, ground, row, scrolling
from widgets.tall_button import SpaceButton
from widgets.theme import set_mark
from widgets.values import ItemEntry

_MARGIN = 48


class ItemList(QWidget):
    """Shows where each item stands; a tap goes to an item."""

    item_chosen = Signal(str)  # the item's id

    def __init__(self) -> None:
        super().__init__()
        content = ground()
        self._stack: QVBoxLayout = column(content, gap=0)
        self._area: QScrollArea = scrolling(content)
        self._lines: tuple[_Line, ...] = ()
        column(self, gap=0).addWidget(self._area)

    def show_items(self, entries: tuple[ItemEntry, ...]) -> None:
        """Show these items; the one in hand, and the one before it in hand, stay in view."""
        before = next((line for line in self._lines if line.entry.is_current), None)
        if [entry.id for entry in entries] != [line.entry.id for line in self._lines]:
            self._build(entries)
            before = None
        for line, entry in zip(self._lines, entries, strict=True):
            line.show_entry(entry)
        now = next((line for line in self._lines if line.entry.is_current), None)
        for one in (before, now):
            if one is not None:
                self._area.ensureWidgetVisible(one, 0, _MARGIN)

    def _build(self, entries: tuple[ItemEntry, ...]) -> None:
        clear(self._stack)
        self._lines = tuple(_Line(entry) for entry in entries)
        for line in self._lines:
            line.item_chosen.connect(self.item_chosen)
            self._stack.addWidget(line)
        self._stack.addStretch(1)


class _Line(SpaceButton):
    """One item."""

    item_chosen = Signal(str)

    def __init__(self, entry: ItemEntry) -> None:
        super().__init__("item")
        self.entry = entry
        self._icon = sign("item_text")
        self._icon.setFixedWidth(22)
        self._title = wrapped("", "item_text")
        self._question = label(icons.QUESTION, "question_mark")
        self._value = label()
        self._lay_out()
        self.clicked.connect(self._on_clicked)

    def show_entry(self, entry: ItemEntry) -> None:
        """Show where the item stands."""
        self.entry = entry
        self.setChecked(entry.is_current)
        self.setAccessibleName(entry.spoken)
        self._icon.setText(entry.icon)
        self._title.setText(entry.title)
        self._value.setText(entry.value or entry.state)
        set_mark(self._value, "role", "item_value" if entry.value else "item_state")
        self._question.setVisible(entry.has_question)
        for part in (self._icon, self._title):
            set_mark(part, "chosen", entry.is_current)

    def _lay_out(self) -> None:
        line = row(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self._icon)
        line.addWidget(self._title, 1)
        line.addWidget(self._question, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._value)
        for part in (self._icon, self._title, self._question, self._value):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @Slot()
    def _on_clicked(self) -> None:
        self.item_chosen.emit(self.entry.id)
