"""Joins the treatments screen to the record: every form that is saved is one write."""

from collections.abc import Callable

from PySide6.QtCore import Slot

from app.errors import N_, UserError
from app.records.model import Changes, PatientRecord
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.places import Place, ReportsPlace, TreatmentsPlace
from app.screens.screen import Screen
from app.screens.treatments.form_values import FormKind, Submission, Typed, Wish
from app.screens.treatments.form_view import doubts_of, form_view, removal_loss
from app.screens.treatments.page import TreatmentsPage
from app.screens.treatments.validation import Life, read_form
from app.screens.treatments.view import treatments_view
from app.screens.treatments.writing import remove, write
from app.screens.typing_limits import ask_back
from app.wording.people import who_words
from widgets.shortcuts import Area


class TreatmentsControl(Screen):
    """Keeps the screen true to the record of one patient.

    What is typed in a form and not saved waits for its patient until the app closes.
    """

    areas = (Area.FORM,)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._wish: Wish | None = None
        self._next = Wish(FormKind.TREATMENT)
        self._begun: Typed | None = None
        self._submission = Submission({})
        self._unsaved: dict[str, tuple[Wish, Typed]] = {}
        self.page: TreatmentsPage = TreatmentsPage(desk.dates)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.wished.connect(self._on_wished)
        self.page.saved.connect(self._on_saved)
        self.page.cancelled.connect(self._on_cancelled)
        self.page.remove_requested.connect(self._on_remove_requested)
        self.page.message.action_requested.connect(self._on_message_action_requested)

    def open(self, place: Place) -> None:
        """Show the treatments and events of a patient, with what was typed and not saved."""
        assert isinstance(place, TreatmentsPlace)  # noqa: S101 - the start maps this place alone
        self._patient = place.patient
        self._wish = None
        self.page.clear()
        self._show()
        self.page.start()
        left = self._unsaved.pop(self._patient, None)
        if left is not None:
            self._take_up(*left)

    def refresh(self, changes: Changes) -> None:
        """Show again what a write touched; the form stays."""
        if self._patient in changes.patients:
            self._show()

    def print_page(self) -> None:
        """Go to the pages of this patient."""
        self._desk.navigation.go(ReportsPlace(self._patient))

    def leave(self) -> None:
        """Keep what is typed and not saved, and close the form."""
        if self._wish is not None and self._is_touched():
            self._unsaved[self._patient] = (self._wish, self._typed())
        self._close_form()

    def unsaved(self) -> str:
        """Say that a form holds something that is not saved."""
        patient = self._patient if self._is_touched() else next(iter(self._unsaved), "")
        if not patient:
            return ""
        words, facts = self._desk.words, self._desk.store.patients.get(patient).facts
        text = N_("Typed and not saved yet: a treatment or an event of {who}.")
        return words(text, who=who_words(facts, words))

    def can_save(self) -> bool:
        """Say that the form has a Save of its own."""
        return True

    def save(self) -> None:
        """Show the form and press its Save."""
        if not self._is_touched() and self._unsaved:
            self._desk.navigation.go(TreatmentsPlace(next(iter(self._unsaved))))
        self._on_saved()

    def _record(self) -> PatientRecord:
        return self._desk.store.record(self._patient)

    def _show(self) -> None:
        today = self._desk.clock.today()
        self.page.show_view(treatments_view(self._record(), self._desk.words, today))

    def _open_form(self, wish: Wish) -> None:
        desk = self._desk
        try:
            view = form_view(wish, self._record(), desk.words, desk.store.today())
        except UserError as problem:
            self.page.message.show_problem(desk.words.error(problem))
            return
        self._wish = wish
        self.page.message.hide()
        self.page.show_form(view)
        self._begun = self._typed()

    def _take_up(self, wish: Wish, typed: Typed) -> None:
        """Go on with a form that was left."""
        self._open_form(wish)
        if self._wish is not None:
            self.page.form(wish.kind).write(typed)
            note = N_("This was typed before and is not saved yet.")
            self.page.message.show_note(self._desk.words(note))

    def _close_form(self) -> None:
        self._wish = None
        self.page.close_form()

    def _typed(self) -> Typed:
        return self.page.form(self._kind()).typed()

    def _kind(self) -> FormKind:
        return FormKind.TREATMENT if self._wish is None else self._wish.kind

    def _is_touched(self) -> bool:
        return self._wish is not None and self._typed() != self._begun

    def _put_away(self, then: Callable[[], None]) -> None:
        """Do something that closes the form; ask first where something typed would go."""
        if not self._is_touched():
            then()
            return
        words = self._desk.words
        loss = Loss(words(N_("Drop what you typed?")), self.unsaved(), words(N_("Drop it")))
        self._desk.ask.lose(self.page, loss, then, self._on_saved)

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        self._next = wish
        self._put_away(self._open_next)

    def _open_next(self) -> None:
        self._open_form(self._next)

    @Slot()
    def _on_cancelled(self) -> None:
        self._put_away(self._close_form)

    @Slot()
    def _on_saved(self) -> None:
        if self._wish is None:
            return
        desk, record = self._desk, self._record()
        form = self.page.form(self._kind())
        life = Life(record.patient.facts.birth_date, desk.store.today())
        read = read_form(self._kind(), form.typed(), life, desk.words)
        form.show_problems(read.problems)
        if read.submission is None:
            return
        self._submission = read.submission
        try:
            doubts = doubts_of(self._wish, read.submission, record, desk.words)
        except UserError as problem:
            form.show_problem(desk.words.error(problem))
            return
        if doubts:
            ask_back(desk, self.page, doubts, self._store)
        else:
            self._store()

    def _store(self) -> None:
        """Write what was read last; after a new treatment its first dose is one tap away."""
        wish = self._wish
        if wish is None:
            return
        try:
            treatment = write(self._desk.store, self._patient, wish, self._submission)
        except UserError as problem:
            self.page.form(wish.kind).show_problem(self._desk.words.error(problem))
            return
        self._close_form()
        words = self._desk.words
        if wish.kind is FormKind.TREATMENT and not wish.treatment:
            self._next = Wish(FormKind.DOSE, treatment=treatment)
            self.page.message.show_note(words(N_("Saved.")), words(N_("+ Dose")))
        else:
            self.page.message.show_note(words(N_("Saved.")))

    @Slot()
    def _on_message_action_requested(self) -> None:
        self._put_away(self._open_next)

    @Slot()
    def _on_remove_requested(self) -> None:
        if self._wish is None:
            return
        words = self._desk.words
        try:
            loss = removal_loss(self._wish, self._record(), words)
        except UserError as problem:
            self.page.form(self._kind()).show_problem(words.error(problem))
        else:
            self._desk.ask.lose_with_reason(self.page, loss, self._remove)

    def _remove(self, reason: str) -> None:
        if self._wish is None:
            return
        try:
            remove(self._desk.store, self._wish, reason)
        except UserError as problem:
            self.page.form(self._kind()).show_problem(self._desk.words.error(problem))
        else:
            self._close_form()
            self.page.message.show_note(self._desk.words(N_("Removed. The journal keeps it.")))
