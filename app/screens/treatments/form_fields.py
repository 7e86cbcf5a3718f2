"""Fields that a form can fill, read and complain beside, all in the same way."""

from PySide6.QtWidgets import QWidget

from widgets.choices import SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.layouts import column
from widgets.values import Choice


class ListField(QWidget):
    """A list that is searched by typing; its text is the id that is chosen."""

    def __init__(self, title: str, choices: tuple[Choice, ...], hint: str = "") -> None:
        super().__init__()
        self._choices = choices
        self.combo = SearchCombo(title, choices, hint)
        stack = column(self, gap=4)
        stack.addWidget(self.combo)
        self.setFocusProxy(self.combo)

    @property
    def text(self) -> str:
        """The id that is chosen, or empty."""
        return self.combo.value

    def set_text(self, text: str) -> None:
        """Choose an id; one that the list does not have is offered under its own name."""
        known = any(choice.id == text for choice in self._choices)
        extra = () if known or not text else (Choice(text, text),)
        self.combo.show_choices((*self._choices, *extra))
        self.combo.set_value(text)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say below what is wrong; empty takes it back."""
        self.combo.show_problem(text)


FormField = TextField | DateField | ListField
