"""A few choices of which one holds, joined in one group that has a name."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from widgets.buttons import shown, tab_button
from widgets.flow import Flow
from widgets.layouts import column
from widgets.theme import set_role
from widgets.values import Choice


class Tabs(QFrame):
    """Keeps its buttons, and the focus on them, as long as the number of choices stays.

    Where the width is not enough for all of them in one line, the line breaks.
    """

    chosen = Signal(str)  # the id

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._ids: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self._line = Flow(gap=0)
        column(self, gap=0).addWidget(self._line)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        set_role(self, "segments")
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

    def show_idle(self, why: str) -> None:
        """Put the lights out and say why nothing can be chosen here; empty lights them again."""
        self.setEnabled(not why)
        self.setToolTip(why)
        self.setAccessibleDescription(why)

    @property
    def chosen_id(self) -> str:
        """The id that holds; empty where nothing is offered."""
        number = self._group.checkedId()
        return self._ids[number] if number >= 0 else ""

    def _build(self, count: int) -> None:
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._line.clear()
        for number in range(count):
            tab = tab_button("")
            self._group.addButton(tab, number)
            self._line.add(tab)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        self.chosen.emit(self._ids[number])
