"""The lines of the treatments screen: a treatment as a card, an event as a row."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.errors import N_
from app.language import Words
from app.screens.treatments.view import DoseLine, EventLine, TreatmentCard
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import label, wrapped
from widgets.layouts import column, row
from widgets.theme import set_role


class DoseRow(QWidget):
    """One dose step with Change and Remove."""

    changed = Signal(object)  # DoseLine
    removed = Signal(object)  # DoseLine

    def __init__(self, line: DoseLine, words: Words) -> None:
        super().__init__()
        self._line = line
        change = button(words(N_("Change")), "flat", words(N_("Change: {what}"), what=line.text))
        remove = button(words(N_("Remove…")), "flat", words(N_("Remove: {what}"), what=line.text))
        place = row(self)
        place.addWidget(wrapped(line.text), 1)
        place.addWidget(change)
        place.addWidget(remove)
        change.clicked.connect(self._on_change_clicked)
        remove.clicked.connect(self._on_remove_clicked)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.changed.emit(self._line)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._line)


class TreatmentLine(Card):
    """A treatment: its title, dates and dose steps, and what can be done with it."""

    changed = Signal(object)  # TreatmentCard
    removed = Signal(object)  # TreatmentCard
    dose_added = Signal(object)  # TreatmentCard
    dose_changed = Signal(object, object)  # TreatmentCard, DoseLine
    dose_removed = Signal(object)  # DoseLine

    def __init__(self, card: TreatmentCard, words: Words) -> None:
        super().__init__()
        self._card = card
        self.body.setSpacing(4)
        self.body.setContentsMargins(20, 12, 12, 12)
        self.add(self._head(words))
        self.add(wrapped(card.facts, "soft"))
        for line in card.doses:
            dose = DoseRow(line, words)
            dose.changed.connect(self._on_dose_changed)
            dose.removed.connect(self.dose_removed)
            self.add(dose)

    def _head(self, words: Words) -> QWidget:
        title = self._card.title
        head = QFrame()
        set_role(head, "plain_ground")
        line = row(head)
        line.addWidget(label(title, "strong"))
        line.addWidget(label(self._card.code, "small"))
        line.addStretch(1)
        acts = (
            (words(N_("+ Dose step")), words(N_("Add a dose step to {what}"), what=title)),
            (words(N_("Change")), words(N_("Change: {what}"), what=title)),
            (words(N_("Remove…")), words(N_("Remove: {what}"), what=title)),
        )
        slots = (self._on_dose_clicked, self._on_change_clicked, self._on_remove_clicked)
        for (text, name), slot in zip(acts, slots, strict=True):
            one = button(text, "flat", name)
            one.clicked.connect(slot)
            line.addWidget(one)
        return head

    @Slot()
    def _on_dose_clicked(self) -> None:
        self.dose_added.emit(self._card)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.changed.emit(self._card)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._card)

    @Slot(object)
    def _on_dose_changed(self, line: DoseLine) -> None:
        self.dose_changed.emit(self._card, line)


class EventRow(Card):
    """An event with Change and Remove."""

    changed = Signal(object)  # EventLine
    removed = Signal(object)  # EventLine

    def __init__(self, line: EventLine, words: Words) -> None:
        super().__init__()
        self._line = line
        self.body.setContentsMargins(20, 8, 12, 8)
        texts = column(gap=0)
        texts.addWidget(label(line.title, "strong"))
        texts.addWidget(wrapped(line.facts, "soft"))
        change = button(words(N_("Change")), "flat", words(N_("Change: {what}"), what=line.title))
        remove = button(words(N_("Remove…")), "flat", words(N_("Remove: {what}"), what=line.title))
        place = row()
        place.addLayout(texts, 1)
        place.addWidget(change)
        place.addWidget(remove)
        self.add(place)
        change.clicked.connect(self._on_change_clicked)
        remove.clicked.connect(self._on_remove_clicked)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.changed.emit(self._line)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.removed.emit(self._line)
