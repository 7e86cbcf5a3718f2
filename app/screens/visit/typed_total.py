"""A total from paper: which scale, and the number."""

from PySide6.QtCore import Qt, Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.visit.context_view import Typed
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.fields import TextField
from widgets.layouts import row
from widgets.values import Choice


class TypedTotal(Card):
    """One button until it is needed; then a choice, a number and Save."""

    total_typed = Signal(object)  # Typed

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._scales: tuple[Choice, ...] = ()
        self.start = button(words(N_("Type a total from paper…")), "flat")
        self.scale = ChoiceRow(
            words(N_("Which scale was filled in on paper?")), (), optional=False
        )
        self.total = TextField(words(N_("Total")), words(N_("for example 9 or 9.5")))
        self.save = button(words(N_("Save the total")))
        self.add(self.start)
        self.add(self.scale)
        line = row(gap=12)
        line.addWidget(self.total, 1)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)
        self.body.setContentsMargins(24, 12, 24, 12)
        self._show_fields(are_shown=False)
        self.start.clicked.connect(self._on_start_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.total.edit.returnPressed.connect(self._on_save_clicked)

    def show_scales(self, scales: tuple[Choice, ...]) -> None:
        """Offer these scales; none puts the card away."""
        self.setVisible(bool(scales))
        if scales != self._scales:
            self._scales = scales
            self.scale.show_choices(scales)
            self.total.set_text("")
            self._show_fields(are_shown=False)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the total."""
        self.total.show_problem(text)

    def _show_fields(self, *, are_shown: bool) -> None:
        self.start.setVisible(not are_shown)
        for part in (self.scale, self.total, self.save):
            part.setVisible(are_shown)

    @Slot()
    def _on_start_clicked(self) -> None:
        self._show_fields(are_shown=True)
        self.total.setFocus()

    @Slot()
    def _on_save_clicked(self) -> None:
        if not self.scale.value:
            self.total.show_problem(self._words(N_("Please choose the scale first.")))
        elif not self.total.text:
            self.total.show_problem(self._words(N_("Please write the total.")))
        else:
            self.total.show_problem("")
            self.total_typed.emit(Typed(self.scale.value, self.total.text))
