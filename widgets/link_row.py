"""Buttons that lead elsewhere, one for each choice, going on in the next line if they must."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLayout, QPushButton, QWidget

from widgets.buttons import ElidedButton
from widgets.flow import FlowLayout
from widgets.values import Choice


class LinkRow(QWidget):
    """Shows choices as buttons, then the fixed buttons it was given, in a flow or as told."""

    chosen = Signal(str)  # the id

    def __init__(
        self,
        fixed: tuple[QPushButton, ...] = (),
        line: QLayout | None = None,
        role: str = "quiet",
    ) -> None:
        super().__init__()
        self._fixed = fixed
        self._role = role
        self._choices: tuple[Choice, ...] = ()
        self._buttons: tuple[ElidedButton, ...] = ()
        self._group = QButtonGroup(self)
        self._line: QLayout = FlowLayout() if line is None else line
        self.setLayout(self._line)
        for one in fixed:
            self._line.addWidget(one)
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
        while self._line.count():
            self._line.takeAt(0)
        for old in self.buttons:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self._buttons = tuple(ElidedButton(self._role) for _ in range(count))
        for number, one in enumerate(self._buttons):
            self._group.addButton(one, number)
            self._line.addWidget(one)
            one.show()  # so that it counts at once where somebody asks how wide the row is
        for fixed in self._fixed:
            self._line.addWidget(fixed)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        self.chosen.emit(self._choices[number].id)
