"""What a cohort is asked for, beside its drawings: whose start, which scale, and whom only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.narrowing import Only, check_ages, check_days, whole_years
from app.screens.cohort.view import CohortChoices
from widgets.cards import Card, SideColumn
from widgets.choices import SearchCombo
from widgets.date_field import DateField
from widgets.labels import wrapped
from widgets.layouts import clear, column, ground, keep_room, row, scrolling
from widgets.let_go import once_let_go
from widgets.number_field import NumberField


class AskingPanel(SideColumn):
    """Says what is asked for once a choice is made or a field is left; cautions stand below."""

    asked = Signal(str, str, object)  # agent and scale by id, Only

    def __init__(self, dates: DateReader) -> None:
        super().__init__("panel", 38, 260, 440)
        words = dates.words
        self._words = words
        self._asked: tuple[str, str, Only] | None = None
        self._wrong: _Wrong | None = None
        self.agent = SearchCombo(words(N_("From the first")))
        self.scale = SearchCombo(words(N_("Scale")))
        self.diagnosis = SearchCombo(words(N_("Diagnosis")), hint=words(N_("Any diagnosis")))
        self.youngest = NumberField(words(N_("Onset from age")), words, words(N_("years")))
        self.oldest = NumberField(words(N_("Onset to age")), words, words(N_("years")))
        self.first = DateField(words(N_("First start from the day")), dates, may_be_short=False)
        self.last = DateField(words(N_("First start to the day")), dates, may_be_short=False)
        self._cautions: QVBoxLayout = column(gap=12)
        self._lay_out()
        self._connect()

    def show_choices(self, choices: CohortChoices) -> None:
        """Offer what these records have, and show what is asked for."""
        only = choices.only
        for combo, offered, value in (
            (self.agent, choices.agents, choices.agent),
            (self.scale, choices.scales, choices.scale),
            (self.diagnosis, choices.diagnoses, only.diagnosis),
        ):
            combo.show_choices(offered)
            combo.set_value(value)
        for field, age in ((self.youngest, only.onset_from), (self.oldest, only.onset_to)):
            field.set_text("" if age is None else str(age))
        for day_field, day in ((self.first, only.start_from), (self.last, only.start_to)):
            day_field.set_value(None if day is None else PartialDate.of(day))
        self._asked = choices.agent, choices.scale, only

    def show_cautions(self, sentences: Iterable[str]) -> None:
        """Show what must stand beside a cohort."""
        clear(self._cautions)
        for sentence in sentences:
            self._cautions.addWidget(wrapped(sentence, "small_caution"))

    def _lay_out(self) -> None:
        inside = ground()
        stack: QVBoxLayout = column(inside, margin=16, gap=12)
        for one in (self.agent, self.scale, self.diagnosis):
            stack.addWidget(one)
        ages = row(gap=12)
        for field in (self.youngest, self.oldest):
            ages.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(ages)
        for day in (self.first, self.last):
            day.today.hide()  # a first start is looked for in years gone by
            keep_room(day.field.below, is_kept=False)
            stack.addWidget(day)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(scrolling(inside), 1)
        whole.addWidget(self._caution_card())

    def _caution_card(self) -> QWidget:
        """Return what keeps its place below, however many fields stand above it."""
        card = Card(role="caution")
        card.body.setContentsMargins(12, 12, 12, 12)
        card.add(self._cautions)
        below = ground()
        column(below, margin=16).addWidget(card)
        return below

    def _connect(self) -> None:
        for combo in (self.agent, self.scale, self.diagnosis):
            combo.chosen.connect(self._on_chosen)
        for field in (self.youngest, self.oldest):
            field.finished.connect(self._on_chosen)
        for day in (self.first, self.last):
            day.finished.connect(self._ask)

    @Slot(str)
    def _on_chosen(self, _value: str) -> None:
        self._ask()

    @Slot()
    def _ask(self) -> None:
        """Ask once all is chosen that must be and nothing is half typed, if it is asked anew."""
        self._say_wrong(None)
        try:
            asked = self.agent.value, self.scale.value, self._only()
        except _Wrong as wrong:
            once_let_go(self, partial(self._say_wrong, wrong))
            return
        is_whole = bool(self.agent.value and self.scale.value) and not self.diagnosis.unmatched
        if is_whole and asked != self._asked:
            self._asked = asked
            self.asked.emit(*asked)

    def _only(self) -> Only:
        with _at(self.youngest):
            youngest = _age(self.youngest.text, self._words)
        with _at(self.oldest):
            oldest = _age(self.oldest.text, self._words)
        with _at(self.first):
            first = _day(self.first.value())
        with _at(self.last):
            last = _day(self.last.value())
        only = Only(self.diagnosis.value, youngest, oldest, first, last)
        with _at(self.oldest):
            check_ages(only)
        with _at(self.last):
            check_days(only)
        return only

    def _say_wrong(self, wrong: "_Wrong | None") -> None:
        """Say at a field what is wrong there, and no more what was wrong before."""
        if self._wrong is not None:
            self._wrong.field.show_problem("")
        self._wrong = wrong
        if wrong is not None:
            wrong.field.show_problem(self._words.error(wrong.problem))


class _Wrong(Exception):
    """What stands in a field cannot be asked for."""

    def __init__(self, field: NumberField | DateField, problem: UserError) -> None:
        super().__init__()
        self.field = field
        self.problem = problem


@contextmanager
def _at(field: NumberField | DateField) -> Iterator[None]:
    """Say of a problem where it stands."""
    try:
        yield
    except UserError as problem:
        raise _Wrong(field, problem) from problem


def _age(text: str, words: Words) -> int | None:
    return whole_years(words.read_number(text)) if text else None


def _day(when: PartialDate | None) -> date | None:
    return None if when is None else when.first
