"""The panel that narrows the list and orders it; it is built when it is first opened."""

from msgspec.structs import replace
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from app.errors import N_
from app.language import Words
from app.records.lines import ListOrder
from app.screens.patients.narrowing import EVERYBODY, HIGHER, UNSEEN, Narrowing, NarrowingView
from widgets.choices import ChoiceRow, SearchCombo
from widgets.flow import Flow
from widgets.layouts import column
from widgets.theme import set_role
from widgets.tick_button import TickButton


class NarrowingPanel(QFrame):
    """Diagnosis, status, what changed, who was not seen, and the order; each tap holds at once."""

    chosen = Signal(object)  # Narrowing

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "card")
        self._narrowing = EVERYBODY
        hint = words(N_("Every diagnosis"))
        self.diagnosis = SearchCombo(words(N_("Diagnosis")), hint=hint)
        self.diagnosis.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        self.status = ChoiceRow(words(N_("Status")), ())
        self.order = ChoiceRow(words(N_("Order")), (), optional=False)
        self.others: dict[str, TickButton] = {}
        self._ticks = Flow()
        stack = column(self, margin=16, gap=12)
        for part in (Flow(self.diagnosis, self.status, gap=24), self._ticks, self.order):
            stack.addWidget(part)
        self.diagnosis.chosen.connect(self._on_diagnosis_chosen)
        self.status.chosen.connect(self._on_status_chosen)
        self.order.chosen.connect(self._on_order_chosen)

    def show_view(self, view: NarrowingView) -> None:
        """Show what is chosen; the offers are made once, so that no button moves."""
        self._narrowing = view.chosen
        if not self.others:
            self._offer(view)
        self.diagnosis.set_value(view.chosen.diagnosis)
        self.status.set_value(view.chosen.status)
        self.order.set_value(view.chosen.order)
        held = {HIGHER: view.chosen.is_higher, UNSEEN: view.chosen.is_unseen}
        for choice in view.others:
            self.others[choice.id].setChecked(held[choice.id])
            self.others[choice.id].setText(choice.title)

    def _offer(self, view: NarrowingView) -> None:
        self.diagnosis.show_choices(view.diagnoses)
        self.status.show_choices(view.statuses)
        self.order.show_choices(view.orders)
        for choice in view.others:
            tick = TickButton(choice.title, choice.title)
            self.others[choice.id] = tick
            self._ticks.add(tick)
        self.others[HIGHER].clicked.connect(self._on_higher_clicked)
        self.others[UNSEEN].clicked.connect(self._on_unseen_clicked)

    def _say(self, narrowing: Narrowing) -> None:
        if narrowing != self._narrowing:
            self._narrowing = narrowing
            self.chosen.emit(narrowing)

    @Slot(str)
    def _on_diagnosis_chosen(self, diagnosis: str) -> None:
        self._say(replace(self._narrowing, diagnosis=diagnosis))

    @Slot(str)
    def _on_status_chosen(self, status: str) -> None:
        self._say(replace(self._narrowing, status=status))

    @Slot(str)
    def _on_order_chosen(self, order: str) -> None:
        self._say(replace(self._narrowing, order=ListOrder(order)))

    @Slot(bool)
    def _on_higher_clicked(self, is_held: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self._say(replace(self._narrowing, is_higher=is_held))

    @Slot(bool)
    def _on_unseen_clicked(self, is_held: bool) -> None:  # noqa: FBT001 - as above
        self._say(replace(self._narrowing, is_unseen=is_held))
