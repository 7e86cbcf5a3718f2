"""The lines of the treatments screen: a treatment as a card, an event as a row."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.errors import N_
from app.language import Words
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.view import DoseLine, EventLine, TreatmentCard
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import wrapped
from widgets.layouts import column, row


class TreatmentLine(Card):
    """A treatment: its title, dates and dose steps; each can be changed."""

    wished = Signal(object)  # Wish

    def __init__(self, card: TreatmentCard, words: Words) -> None:
        super().__init__()
        self._id = card.treatment.id
        self.body.setSpacing(4)
        self.body.setContentsMargins(20, 12, 12, 12)
        add = button(
            words(N_("+ Dose")), "flat", words(N_("Add a dose step to {what}"), what=card.title)
        )
        change = _change(card.title, words)
        self.add(_line(_texts(card.title, card.facts), add, change))
        for line in card.doses:
            dose = DoseRow(self._id, line, words)
            dose.wished.connect(self.wished)
            self.add(dose)
        add.clicked.connect(self._on_add_clicked)
        change.clicked.connect(self._on_change_clicked)

    @Slot()
    def _on_add_clicked(self) -> None:
        self.wished.emit(Wish(FormKind.DOSE, treatment=self._id))

    @Slot()
    def _on_change_clicked(self) -> None:
        self.wished.emit(Wish(FormKind.TREATMENT, treatment=self._id))


class DoseRow(QWidget):
    """One dose step that can be changed."""

    wished = Signal(object)  # Wish

    def __init__(self, treatment: str, line: DoseLine, words: Words) -> None:
        super().__init__()
        self._wish = Wish(FormKind.DOSE, treatment=treatment, dose=line.dose.id)
        change = _change(line.text, words)
        column(self).addLayout(_line(wrapped(line.text), change))
        change.clicked.connect(self._on_change_clicked)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.wished.emit(self._wish)


class EventRow(Card):
    """An event that can be changed."""

    wished = Signal(object)  # Wish

    def __init__(self, line: EventLine, words: Words) -> None:
        super().__init__()
        self._wish = Wish(FormKind.EVENT, event=line.event.id)
        self.body.setContentsMargins(20, 8, 12, 8)
        change = _change(line.title, words)
        self.add(_line(_texts(line.title, line.facts), change))
        change.clicked.connect(self._on_change_clicked)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.wished.emit(self._wish)


def _change(what: str, words: Words) -> QPushButton:
    return button(words(N_("Change")), "flat", words(N_("Change: {what}"), what=what))


def _texts(title: str, facts: str) -> QWidget:
    texts = QWidget()
    stack = column(texts, gap=0)
    stack.addWidget(wrapped(title, "strong"))
    stack.addWidget(wrapped(facts, "soft"))
    return texts


def _line(texts: QWidget, *acts: QPushButton) -> QHBoxLayout:
    line = row(gap=0)
    line.addWidget(texts, 1, Qt.AlignmentFlag.AlignVCenter)
    for act in acts:
        line.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return line
