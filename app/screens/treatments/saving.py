"""From what is typed to what is stored: one sentence at its place, one question, one write."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.declaration import MeasureFacts
from app.records.fields import build
from app.records.model import PatientRecord, Treatment
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.treatments.doubts import cut_words, doubts_of
from app.screens.treatments.form_values import FormKind, Spot, Submission, Wish
from app.screens.treatments.form_view import treatment_of
from app.screens.treatments.losses import rows_loss
from app.screens.treatments.page import TreatmentsPage
from app.screens.treatments.validation import Case, read_form
from app.screens.treatments.writing import steps_cut, told_facts, write
from app.screens.typing_limits import ask_back, measure_doubt


class Saving(QObject):
    """Reads the open form, asks what must be asked, and writes; tells what it made."""

    stored = Signal(object)  # Written

    def __init__(self, desk: Desk, page: TreatmentsPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._patient = ""
        self._wish = Wish(FormKind.TREATMENT)
        self._submission = Submission({})
        self._known: Treatment | None = None
        self._zero = 0

    def save(self, record: PatientRecord, wish: Wish) -> None:
        """Save what stands in the form of a wish."""
        self._patient, self._wish = record.patient.id, wish
        form = self._page.form(wish.kind)
        try:
            stored = self._stored(record)
        except UserError as problem:
            form.show_problem(self._desk.words.error(problem))
            return
        case = Case(record.patient.facts.birth_date, stored)
        read = read_form(wish.kind, form.filled(), case, self._desk.dates)
        form.show_problems(read.problems)
        if read.zeros and not read.problems:
            self._ask_about_zero(read.zeros[0])
        elif read.submission is not None:
            self._submission, self._known = read.submission, stored
            self._ask(stored)

    def give(self, patient: str, wish: Wish) -> None:
        """Record at once that a dose was given as planned, nothing more told of it."""
        self._patient, self._wish, self._submission = patient, wish, Submission({})
        try:
            made = write(self._desk.store, patient, wish, self._submission)
        except UserError as problem:
            self._page.message.show_problem(self._desk.words.error(problem))
        else:
            self.stored.emit(made)

    def _stored(self, record: PatientRecord) -> Treatment | None:
        if self._wish.kind is FormKind.TREATMENT or self._wish.kind.is_dated:
            return None
        return treatment_of(self._wish, record)

    def _ask_about_zero(self, row: int) -> None:
        """Ask about 0 as a dose: it may be a slip for 0.5, and must not end a medicine unseen."""
        words = self._desk.words
        form = self._page.form(self._wish.kind)
        sentence = words(N_("0 is no dose. Please write the dose."))
        form.show_problems({Spot("dose", row): sentence})
        if self._wish.kind is FormKind.TREATMENT:
            return
        self._zero = row
        self._confirm(
            words(N_("Is it a pause?")),
            (words(N_("0 is no dose. If nothing is given for a while, it is a pause.")),),
            words(N_("Yes, a pause")),
            self._make_pause,
        )

    def _make_pause(self) -> None:
        self._page.treatments.editor.table.make_pause(self._zero)
        self._page.saved.emit()

    def _ask(self, stored: Treatment | None) -> None:
        """Ask once about what a stop cuts, else about what is unusual; then write."""
        words, submission = self._desk.words, self._submission
        if self._wish.kind is FormKind.MEASURE:
            self._ask_measure()
            return
        if self._wish.kind.is_dated or self._wish.kind is FormKind.GIVEN:
            self._store()
            return
        facts = told_facts(stored, submission)
        cut = () if stored is None else steps_cut(stored, facts, submission)
        today = self._desk.store.today()
        doubts = doubts_of(facts, submission, stored, words, today)
        if stored is not None and cut:
            whole = cut_words(stored, cut, words, today)
            lines = (self._cut_sentence(facts.stop), *whole, *doubts)
            loss = Loss(words(N_("Cut the later doses?")), "\n".join(lines), words(N_("Cut them")))
            self._desk.ask.lose(self._page, loss, self._store)
        elif doubts:
            yes = words(N_("Yes, it is right"))
            self._confirm(words(N_("Is it right?")), doubts, yes, self._ask_why)
        else:
            self._ask_why()

    def _ask_measure(self) -> None:
        """Ask back a number outside the typing limits, unless just this one stands there."""
        desk, facts = self._desk, build(MeasureFacts, self._submission.values)
        doubt = measure_doubt(facts.kind, facts.value, desk.words)
        if doubt and not self._is_stored(facts):
            ask_back(desk, self._page, (doubt,), self._store)
        else:
            self._store()

    def _is_stored(self, facts: MeasureFacts) -> bool:
        if not self._wish.measure:
            return False
        known = self._desk.store.measures.get(self._wish.measure).facts
        return (known.kind, known.value) == (facts.kind, facts.value)

    def _cut_sentence(self, stop: PartialDate | None) -> str:
        text = N_("The treatment ends on {date}. These doses end with it or are taken out:")
        return self._desk.words(text, date=self._desk.words.short_date(stop))

    def _confirm(
        self, title: str, lines: tuple[str, ...], yes: str, then: Callable[[], None]
    ) -> None:
        self._desk.ask.confirm(self._page, title, "\n".join(lines), yes, then)

    def _ask_why(self) -> None:
        """Ask why rows were taken out; the journal keeps them with the reason."""
        taken_away, known = self._submission.taken_away, self._known
        if known is None or not taken_away:
            self._store()
            return
        loss = rows_loss(known, taken_away, self._desk.words)
        self._desk.ask.lose_with_reason(self._page, loss, self._store_because)

    def _store_because(self, reason: str) -> None:
        self._submission = replace(self._submission, reason=reason)
        self._store()

    def _store(self) -> None:
        try:
            made = write(self._desk.store, self._patient, self._wish, self._submission)
        except UserError as problem:
            form = self._page.form(self._wish.kind)
            form.show_problem(self._desk.words.error(problem))
        else:
            self.stored.emit(made)
