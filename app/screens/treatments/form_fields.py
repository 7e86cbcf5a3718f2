"""Fields that a form can fill, read and complain beside, all in the same way."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.offers import offers
from app.screens.treatments.form_values import Spot, Typed
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
        self.combo.chosen.connect(self._on_combo_chosen)

    @property
    def text(self) -> str:
        """The id that is chosen, or empty."""
        return self.combo.value

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer these from now on; what is chosen is told by ``set_text``."""
        self._choices = choices

    def set_text(self, text: str) -> None:
        """Choose an id; one that the list does not have is offered under its own name."""
        known = any(choice.id == text for choice in self._choices)
        extra = () if known or not text else (Choice(text, text),)
        self.combo.show_choices((*self._choices, *extra))
        self.combo.set_value(text)
        self.combo.edit.setCursorPosition(0)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say below what is wrong; empty takes it back."""
        self.combo.show_problem(text)

    @Slot(str)
    def _on_combo_chosen(self, choice: str) -> None:
        if choice:
            self.show_problem("")


class StopReasonField(ListField):
    """Why a treatment was stopped: asked once a day of the stop is written."""

    def __init__(self, stop: DateField, words: Words) -> None:
        title = words(N_("Reason for stopping, if it is known"))
        super().__init__(title, offers("stop_reasons", words))
        self._stop = stop
        stop.date_changed.connect(self._on_stop_changed)

    def set_text(self, text: str) -> None:
        """Choose an id; what is chosen stays in view without a day too."""
        super().set_text(text)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._stop.text or self.text))

    @Slot(object)
    def _on_stop_changed(self, _day: object) -> None:
        self._show()


FormField = TextField | DateField | ListField


def list_field(title: str, name: str, words: Words) -> ListField:
    """Return a field for one of a code list."""
    return ListField(title, offers(name, words))


class FieldGroup:
    """The fields of a form by the names of the facts they hold, in their order."""

    def __init__(self, fields: Mapping[str, FormField]) -> None:
        self.fields = dict(fields)
        self._problems: Mapping[str, str] = {}

    def __getitem__(self, name: str) -> FormField:
        return self.fields[name]

    def write(self, typed: Typed) -> None:
        """Hold what was typed, without a sentence beside it."""
        for name, one in self.fields.items():
            one.set_text(typed.get(name, ""))
        self._problems = {}

    def typed(self) -> Typed:
        """Return what stands in the fields."""
        return {name: one.text for name, one in self.fields.items()}

    def show_problems(self, problems: Mapping[Spot, str]) -> FormField | None:
        """Put each sentence beside its field and the focus into the first, which is returned."""
        told = {spot.field: text for spot, text in problems.items() if spot.row is None}
        for name, one in self.fields.items():
            if name in told or name in self._problems:
                one.show_problem(told.get(name, ""))
        self._problems = told
        wrong = [one for name, one in self.fields.items() if name in told]
        if not wrong:
            return None
        wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong[0]

    def start(self) -> None:
        """Give the focus to the first field that is empty."""
        shown = list(self.fields.values())
        first = next((one for one in shown if not one.text), shown[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)
