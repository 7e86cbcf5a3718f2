"""Buttons that lead elsewhere, one for each choice, going on in the next line if they must."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton

from widgets.buttons import ElidedButton
from widgets.flow import Flow
from widgets.theme import GRID
from widgets.values import Choice


class LinkRow(Flow):
    """Shows choices as buttons, then the fixed buttons it was given, in a flow or one a line."""

    chosen = Signal(str)  # the id

    def __init__(
        self,
        fixed: tuple[QPushButton, ...] = (),
        role: str = "quiet",
        *,
        is_one_a_line: bool = False,
    ) -> None:
        super().__init__(*fixed, gap=0 if is_one_a_line else GRID, is_one_a_line=is_one_a_line)
        self._fixed = fixed
        self._role = role
        self._choices: tuple[Choice, ...] = ()
        self._buttons: tuple[ElidedButton, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_group_clicked)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show these; buttons stay where only their words change."""
        if [one.id for one in choices] != [one.id for one in self._choices]:
            self._build(len(choices))
        self._choices = choices
        for one, choice in zip(self.buttons, choices, strict=True):
            one.show_text(choice.title)

    @property
    def buttons(self) -> tuple[ElidedButton, ...]:
        """The buttons of the choices."""
        return self._buttons

    def _build(self, count: int) -> None:
        for old in self.buttons:
            self._group.removeButton(old)
            self.drop(old)
        self._buttons = tuple(ElidedButton(self._role) for _ in range(count))
        for number, one in enumerate(self._buttons):
            self._group.addButton(one, number)
            self.add(one)
        for fixed in self._fixed:
            self.add(fixed)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        self.chosen.emit(self._choices[number].id)
