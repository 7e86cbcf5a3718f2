"""A few tabs of which one holds: how time is counted, how much of it is shown."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from widgets.buttons import shown, tab_button
from widgets.layouts import clear, row
from widgets.values import Choice


class Tabs(QWidget):
    """Keeps its buttons, and the focus on them, as long as the number of choices stays."""

    chosen = Signal(str)  # the id

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._ids: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._line = row(self, gap=4)
        self._group.idClicked.connect(self._on_group_clicked)

    def show_choices(self, choices: tuple[Choice, ...], chosen: str) -> None:
        """Offer these; a single one is no choice and is not shown."""
        if len(choices) != len(self._ids):
            self._build(len(choices))
        self._ids = tuple(choice.id for choice in choices)
        for number, choice in enumerate(choices):
            tab = self._group.button(number)
            tab.setText(shown(choice.title))
            tab.setAccessibleName(f"{self._name}: {choice.title}")
            tab.setChecked(choice.id == chosen)
        self.setVisible(len(choices) > 1)

    def _build(self, count: int) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        clear(self._line)
        for number in range(count):
            tab = tab_button("")
            self._group.addButton(tab, number)
            self._line.addWidget(tab)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        self.chosen.emit(self._ids[number])
