"""What stands beside the cards: the usual things to add, or the form that is open."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.date_reader import DateReader
from app.errors import N_
from app.records.lists import code_list
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.forms import (
    AS_PRESCRIBED,
    EventForm,
    FindingForm,
    Form,
    GivenForm,
    MeasureForm,
    StopForm,
    TreatmentForm,
)
from app.screens.treatments.view import (
    EVENT_PRESETS,
    FINDING_KINDS,
    MEASURE_KINDS,
    PRESETS,
    TreatmentsView,
)
from widgets.buttons import button
from widgets.flow import Flow
from widgets.labels import label, wrapped
from widgets.layouts import column, ground, scrolling
from widgets.press_guard import has_come
from widgets.theme import set_role

FORM_WIDTH = 360


class _Offered(Struct, frozen=True):
    """What is offered of a kind: the ids of a list, and which words of its entries name them."""

    title: str
    list: str
    codes: tuple[str, ...]
    other: str = ""
    says: str = "title"


_OFFERED = {
    FormKind.TREATMENT: _Offered(
        N_("New treatment"), "agents", PRESETS, N_("Another treatment"), says="short"
    ),
    FormKind.EVENT: _Offered(N_("New event"), "event_kinds", EVENT_PRESETS, N_("Another event")),
    FormKind.FINDING: _Offered(N_("New finding"), "finding_kinds", FINDING_KINDS),
    FormKind.MEASURE: _Offered(
        N_("New measure"), "measure_kinds", MEASURE_KINDS, N_("Another measure"), says="short"
    ),
}
_FORMS: dict[FormKind, Callable[[DateReader], Form]] = {
    FormKind.TREATMENT: TreatmentForm,
    FormKind.STOP: StopForm,
    FormKind.EVENT: EventForm,
    FormKind.FINDING: FindingForm,
    FormKind.MEASURE: MeasureForm,
    FormKind.GIVEN: GivenForm,
}


class Side(QFrame):
    """One tap for each usual agent, event, measure or finding, and one form at a time."""

    wished = Signal(object)  # Wish
    saved = Signal()
    cancelled = Signal()
    remove_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "side")
        self._dates, self._words = dates, dates.words
        self._wishes: dict[QPushButton, Wish] = {}
        self._told: list[QLabel] = []
        self._heads: list[QLabel] = []
        self._forms: dict[FormKind, Form] = {}
        self.setFixedWidth(FORM_WIDTH)
        self._stack = QStackedWidget()
        self._adders = {kind: self._adder(kind) for kind in (FormKind.TREATMENT, FormKind.EVENT)}
        for part in self._adders.values():
            self._stack.addWidget(part)
        column(self).addWidget(self._stack)

    def form_of(self, kind: FormKind) -> Form:
        """Return the form of a kind, made when it is asked for first: most pages show none."""
        if kind not in self._forms:
            self._forms[kind] = form = _FORMS[kind](self._dates)
            self._stack.addWidget(form)
            form.saved.connect(self.saved)
            form.cancelled.connect(self.cancelled)
            form.remove_requested.connect(self.remove_requested)
        return self._forms[kind]

    def offer(self, kind: FormKind) -> None:
        """Offer the usual agents or events."""
        self._stack.setCurrentWidget(self._adders[kind])
        has_come(self)

    def open(self, kind: FormKind) -> None:
        """Show a form."""
        self._stack.setCurrentWidget(self.form_of(kind))
        has_come(self)

    @property
    def form(self) -> Form | None:
        """The form that is open, if one is."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Form) else None

    def show_offers(self, view: TreatmentsView) -> None:
        """Offer what may be added, or say who adds something here."""
        kinds = {one.id for one in view.event_presets}
        for told in self._told:
            told.setText(view.told)
            told.setVisible(not view.can_write)
        for head in self._heads:
            head.setVisible(view.can_write)
        for one, wish in self._wishes.items():
            is_offered = wish.kind is not FormKind.EVENT or not wish.code or wish.code in kinds
            one.setVisible(view.can_write and is_offered)
            one.setEnabled(view.can_add)

    def _adder(self, kind: FormKind) -> QWidget:
        """Return the offers of a face: agents, or what is dated besides."""
        place = ground()
        stack = column(place, margin=20, gap=16)
        self._told.append(wrapped("", "soft"))
        stack.addWidget(self._told[-1])
        self._offer(stack, kind)
        if kind is FormKind.EVENT:
            self._offer(stack, FormKind.MEASURE)
            self._offer(stack, FormKind.FINDING)
        else:
            self._heads.append(wrapped(self._words(AS_PRESCRIBED), "small"))
            stack.addWidget(self._heads[-1])
        stack.addStretch(1)
        return scrolling(place)

    def _offer(self, stack: QVBoxLayout, kind: FormKind) -> None:
        """Put one button for each usual thing of a kind below its heading."""
        words, offered = self._words, _OFFERED[kind]
        self._heads.append(label(words(offered.title), "heading"))
        stack.addWidget(self._heads[-1])
        flow = Flow()
        for code in offered.codes:
            name = words(getattr(code_list(offered.list).get(code), offered.says))
            spoken = words(N_("Add: {what}"), what=name)
            flow.add(self._button(name, spoken, Wish(kind, code=code)))
        if offered.other:
            flow.add(self._button(words(N_("Other…")), words(offered.other), Wish(kind)))
        stack.addWidget(flow)

    def _button(self, text: str, name: str, wish: Wish) -> QPushButton:
        one = button(text, name=name)
        self._wishes[one] = wish
        one.clicked.connect(self._on_button_clicked)
        return one

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.wished.emit(self._wishes[sender])
