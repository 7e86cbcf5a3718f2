"""What stands on the treatments screen: treatments and measures as cards, the rest as rows."""

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from app.errors import N_, NN_
from app.language import Words
from app.records.doses import Standing
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.giving_view import GivingLine
from app.screens.treatments.view import (
    EventLine,
    FindingLine,
    MeasureCard,
    MeasureLine,
    StepLine,
    TreatmentCard,
)
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import divider, label, wrapped
from widgets.layouts import column, ground, row
from widgets.theme import GRID, set_mark

_OFTEN = 3
"""The column of words that may take several lines; dates and doses stay on one."""
_FEW = 3
"""So many values of a kind are in view without a press."""
MADE_MS = 2500
"""How long what was saved stays marked."""


class RecordCard(Card):
    """A card that says what is wished with it, and is marked for a moment after it was saved."""

    wished = Signal(object)  # Wish

    def __init__(self, record: str) -> None:
        super().__init__()
        self.record = record
        self._wishes: dict[QPushButton, Wish] = {}
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MADE_MS)
        self._moment.timeout.connect(self._on_moment_passed)
        self.body.setContentsMargins(16, 10, 8, 10)
        self.body.setSpacing(4)

    def mark_made(self) -> None:
        """Mark the card for a moment; nothing moves."""
        set_mark(self, "made", value=True)
        self._moment.start()

    def act(self, title: str, name: str, wish: Wish) -> QPushButton:
        """Return a button that wishes something."""
        one = button(title, "act", name)
        self._wishes[one] = wish
        one.clicked.connect(self._on_act_clicked)
        return one

    @Slot()
    def _on_act_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.wished.emit(self._wishes[sender])

    @Slot()
    def _on_moment_passed(self) -> None:
        set_mark(self, "made", value=False)


class TreatmentLine(RecordCard):
    """A treatment: what it is, how it stands, its table; one Change for all of it."""

    def __init__(self, card: TreatmentCard, words: Words, *, can_write: bool) -> None:
        super().__init__(card.id)
        self._words = words
        self._card = card
        self.add(_line(self._head(), *(self._acts() if can_write else ())))
        if card.steps:
            self.add(_grid(card.steps, words))
            if can_write and card.standing is not Standing.ENDED:
                self.add(_left(self._next()))
        if can_write and card.giving is not None:
            self._add_giving(card.giving)

    def _add_giving(self, giving: GivingLine) -> None:
        """Put the dose that is planned, and the last one, each beside what is done with it."""
        words, card = self._words, self._card
        if giving.planned:
            self.add(divider())
            wish = Wish(FormKind.GIVEN, treatment=card.id)
            name = words(N_("Given today as planned: {what}"), what=card.title)
            now = self.act(words(N_("Given today as planned")), name, replace(wish, is_now=True))
            name = words(
                N_("Given today, with its brand, batch or reaction: {what}"), what=card.title
            )
            more = self.act(words(N_("with brand, batch…")), name, wish)
            self.add(_line(_soft(giving.planned)))
            self.add(_left(now, more))
        if giving.last:
            self.add(divider())
            wish = Wish(FormKind.GIVEN, treatment=card.id, dose=giving.dose)
            name = words(N_("Brand, batch or reaction: {what}"), what=giving.last)
            told = self.act(words(N_("Brand, batch, reaction…")), name, wish)
            self.add(_line(_soft(giving.last), told))

    def _head(self) -> QWidget:
        return _texts(self._card.title, self._card.facts, self._card.pause)

    def _acts(self) -> list[QPushButton]:
        card = self._card
        acts = [self._change()]
        if card.standing in {Standing.RUNNING, Standing.PAUSED}:
            acts.insert(0, self._stop())
        if card.standing is not Standing.ENDED and not card.steps:
            acts.insert(0, self._next())
        return acts

    def _next(self) -> QPushButton:
        words = self._words
        name = words(N_("Add the next step to {what}"), what=self._card.title)
        wish = Wish(FormKind.STEPS, treatment=self._card.id)
        return self.act(words(N_("+ next step")), name, wish)

    def _stop(self) -> QPushButton:
        words = self._words
        name = words(N_("Stop: {what}"), what=self._card.title)
        return self.act(words(N_("Stop…")), name, Wish(FormKind.STOP, treatment=self._card.id))

    def _change(self) -> QPushButton:
        words = self._words
        name = words(N_("Change: {what}"), what=self._card.title)
        return self.act(words(N_("Change")), name, Wish(FormKind.CHANGE, treatment=self._card.id))


class EventRow(RecordCard):
    """An event that can be changed, and judged where it is a suspected relapse."""

    confirmed = Signal(str)  # an internal event id
    dismissed = Signal(str)  # as above

    def __init__(self, line: EventLine, words: Words) -> None:
        super().__init__(line.id)
        self.body.setContentsMargins(16, 6, 8, 6)
        self._words = words
        self._line = line
        acts = self._judging() if line.can_judge else []
        if line.can_change:
            acts.append(self._change())
        self.add(_line(_texts(line.title, line.facts), *acts))

    def _change(self) -> QPushButton:
        words = self._words
        name = words(N_("Change: {what}"), what=self._line.title)
        return self.act(words(N_("Change")), name, Wish(FormKind.EVENT, event=self._line.id))

    def _judging(self) -> list[QPushButton]:
        words, facts = self._words, self._line.facts
        confirm = button(
            words(N_("Confirm…")), "act", words(N_("Confirm this relapse: {what}"), what=facts)
        )
        dismiss = button(
            words(N_("Dismiss…")), "act", words(N_("Dismiss this suspicion: {what}"), what=facts)
        )
        confirm.clicked.connect(self._on_confirm_clicked)
        dismiss.clicked.connect(self._on_dismiss_clicked)
        return [confirm, dismiss]

    @Slot()
    def _on_confirm_clicked(self) -> None:
        self.confirmed.emit(self.record)

    @Slot()
    def _on_dismiss_clicked(self) -> None:
        self.dismissed.emit(self.record)


class FindingRow(RecordCard):
    """A finding that can be corrected."""

    def __init__(self, line: FindingLine, words: Words) -> None:
        super().__init__(line.id)
        self.body.setContentsMargins(16, 6, 8, 6)
        name = words(N_("Change: {what}"), what=line.title)
        wish = Wish(FormKind.FINDING, finding=line.id)
        acts = [self.act(words(N_("Change")), name, wish)] if line.can_change else []
        self.add(_line(_texts(line.title, line.facts), *acts))


class MeasureRows(RecordCard):
    """What was measured of one kind: the newest few, and the earlier ones folded into a line."""

    folded = Signal(str)  # the kind whose earlier values are asked for, or not any more

    def __init__(self, card: MeasureCard, words: Words, *, is_open: bool) -> None:
        super().__init__(card.kind)
        self.body.setContentsMargins(16, 6, 8, 6)
        self._words, self._title = words, card.title
        self.add(wrapped(card.title, "large_strong"))
        shown = card.lines if is_open else card.lines[:_FEW]
        for line in shown:
            self.add(_line(self._texts(line), *([self._change(line)] if line.can_change else [])))
        if len(card.lines) > _FEW:
            self.add(_left(self._fold(len(card.lines) - _FEW, is_open=is_open)))

    def _texts(self, line: MeasureLine) -> QWidget:
        texts = ground()
        told = row(texts, gap=16)
        told.addWidget(label(line.value, "strong"))
        told.addWidget(wrapped(line.facts, "soft"), 1)
        return texts

    def _change(self, line: MeasureLine) -> QPushButton:
        words = self._words
        what = words.dotted((self._title, line.value, line.facts))
        name = words(N_("Change: {what}"), what=what)
        return self.act(words(N_("Change")), name, Wish(FormKind.MEASURE, measure=line.id))

    def _fold(self, count: int, *, is_open: bool) -> QPushButton:
        forms = NN_("{sign}  {count} earlier", "{sign}  {count} earlier")
        text = self._words.plural(forms, count, sign=icons.DOWN if is_open else icons.ON)
        spoken = self._words(N_("Earlier values: {what}"), what=self._title)
        fold = button(text, "act", spoken)
        fold.clicked.connect(self._on_fold_clicked)
        return fold

    @Slot()
    def _on_fold_clicked(self) -> None:
        self.folded.emit(self.record)


def _soft(text: str) -> QWidget:
    told = wrapped(text, "soft")
    told.setContentsMargins(0, 8, 0, 8)
    return told


def _left(*acts: QPushButton) -> QHBoxLayout:
    line = row()
    for act in acts:
        line.addWidget(act)
    line.addStretch(1)
    return line


def _texts(title: str, facts: str, pause: str = "") -> QWidget:
    texts = QWidget()
    stack = column(texts, gap=0)
    stack.setContentsMargins(0, 8, 0, 8)
    stack.addWidget(wrapped(title, "large_strong"))
    if pause:
        stack.addWidget(wrapped(pause, "caution_strong"))
    stack.addWidget(wrapped(facts, "soft"))
    return texts


def _line(texts: QWidget, *acts: QPushButton) -> QHBoxLayout:
    line = row(gap=0)
    line.addWidget(texts, 1, Qt.AlignmentFlag.AlignVCenter)
    for act in acts:
        line.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _grid(steps: tuple[StepLine, ...], words: Words) -> QWidget:
    """Return the table of a treatment: what runs now is set in bold, what is planned soft."""
    place = ground()
    grid = QGridLayout(place)
    grid.setContentsMargins(0, 0, 8, 4)
    grid.setHorizontalSpacing(GRID + GRID // 2)
    grid.setVerticalSpacing(0)
    heads = (N_("from"), N_("until"), N_("dose"), N_("how often"))
    for number, title in enumerate(heads):
        grid.addWidget(label(words(title), "small"), 0, number)
    for number, step in enumerate(steps):
        grid.addWidget(divider(), 2 * number + 1, 0, 1, 5)
        _fill_row(grid, 2 * number + 2, step)
    for number, share in enumerate((2, 2, 2, 5, 0)):
        grid.setColumnStretch(number, share)
    return place


def _fill_row(grid: QGridLayout, number: int, step: StepLine) -> None:
    role = "strong" if step.is_now else "soft" if step.is_planned else ""
    for place, text in enumerate((step.start, step.stop, step.dose, step.often)):
        part = label(text, role) if place < _OFTEN else wrapped(text, role)
        part.setContentsMargins(0, 9, 0, 9)
        grid.addWidget(part, number, place)
    mark = label(step.mark, "accent_text" if step.is_now else "soft")
    grid.addWidget(mark, number, 4, Qt.AlignmentFlag.AlignRight)
