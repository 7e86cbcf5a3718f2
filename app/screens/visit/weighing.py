"""Stores today's weight at a visit, and decides whether it is asked for."""

from decimal import Decimal

from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, UserError
from app.records.fields import check_measure
from app.screens.desk import Desk
from app.screens.typing_limits import measure_doubt
from app.screens.visit.context_view import typed_number
from app.screens.visit.session import VisitSession
from app.screens.visit.weight_view import WEIGHT, asks_weight, weight_view
from app.screens.visit.writers import Writer
from app.wording.people import who_words


class Weighing(Writer):
    """A usual weight is stored while it is typed, an unusual one once it is called right."""

    asked = Signal(object)  # WeightView | None
    refused = Signal(str)  # why it is not stored
    doubted = Signal(str)  # what is unusual, in words

    def __init__(self, desk: Desk, session: VisitSession, parent: QObject) -> None:
        super().__init__(desk, session, parent)
        self._doubted: Decimal | None = None

    def begin(self) -> None:
        """Decide at the beginning of a visit whether a weight is asked for."""
        desk, visit = self.desk, self.session.visit
        known = desk.store.record(visit.patient).measures
        taken = desk.store.measures.of_visit(visit.id)
        is_asked = asks_weight(visit, known, taken, desk.settings().weight_days)
        self.asked.emit(weight_view(visit, known, taken, desk.words) if is_asked else None)

    @Slot(str)
    def on_weight_paused(self, text: str) -> None:
        """Store what can be stored without a question; the rest waits until it is done."""
        value, sentence = self._read(text)
        if not sentence and not self._doubt(value):
            self._set(value)

    @Slot(str)
    def on_weight_typed(self, text: str) -> None:
        """Store a weight, once an unusual one is called right; an empty one takes it away."""
        value, sentence = self._read(text)
        doubt = "" if sentence else self._doubt(value)
        if not sentence and not doubt:
            self._set(value)
            return
        self._doubted = value
        self.refused.emit(sentence or self.desk.words(N_("This is unusual and not saved yet.")))
        if doubt:
            self.doubted.emit(doubt)

    @Slot()
    def store_doubted(self) -> None:
        """Store the unusual weight, which somebody calls right."""
        self._set(self._doubted)

    def store_or_say(self, text: str) -> str:
        """Store what stands in the field, or say in one sentence why it is not stored."""
        value, sentence = self._read(text)
        problem = sentence or self._doubt(value)
        if not problem:
            self._set(value)
            return ""
        words, patient = self.desk.words, self.session.snapshot().patient
        told = N_("Today's weight of {who}, {text}, was not saved. {why}")
        return words(told, who=who_words(patient.facts, words), text=text, why=problem)

    def _read(self, text: str) -> tuple[Decimal | None, str]:
        try:
            value = typed_number(text, self.desk.words)
            if value is not None:
                check_measure(WEIGHT, value)
        except UserError as problem:
            return None, self.desk.words.error(problem)
        return value, ""

    def _doubt(self, value: Decimal | None) -> str:
        return "" if value is None else measure_doubt(WEIGHT, value, self.desk.words)

    def _set(self, value: Decimal | None) -> None:
        measures, visit = self.desk.store.measures, self.session.visit.id
        if self.write(lambda: measures.set_for_visit(visit, WEIGHT, value)):
            known = self.desk.store.record(self.session.visit.patient).measures
            taken = measures.of_visit(visit)
            self.asked.emit(weight_view(self.session.visit, known, taken, self.desk.words))
