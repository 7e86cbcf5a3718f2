"""Joins the report between visits to the record: one note, one event."""

from PySide6.QtCore import Slot

from app.errors import N_, UserError
from app.records.model import Changes, Patient
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.family_report.page import ReportPage
from app.screens.family_report.view import Typed, facts_of, problems_of, report_view
from app.screens.places import FamilyReportPlace, Place
from app.screens.screen import Screen
from app.wording.people import who_words
from widgets.shortcuts import Area


class FamilyReportControl(Screen):
    """Takes a report down. What is typed and not saved waits for its patient."""

    areas = (Area.FORM,)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient: Patient | None = None
        self._begun = Typed("")
        self._unsaved: dict[str, Typed] = {}
        self.page: ReportPage = ReportPage(desk.dates)
        self.page.saved.connect(self._on_page_saved)
        self.page.left.connect(self._on_page_left)

    def open(self, place: Place) -> None:
        """Show the form of a patient, with what was typed there before."""
        assert isinstance(place, FamilyReportPlace)  # noqa: S101 - the builders map this place
        desk, today = self._desk, self._desk.clock.today()
        record = desk.store.record(place.patient)
        self._patient = record.patient
        left = self._unsaved.pop(place.patient, None)
        self._begun = Typed(desk.store.today().isoformat())
        self.page.show_view(report_view(record, left or self._begun, desk.words, today))
        if left is not None:
            note = N_("This was typed before and is not saved yet.")
            self.page.message.show_note(desk.words(note))
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show the patient's facts anew; what is typed stays."""
        if self._patient is not None and self._patient.id in changes.patients:
            desk, typed = self._desk, self.page.typed()
            record = desk.store.record(self._patient.id)
            self._patient = record.patient
            today = desk.clock.today()
            self.page.show_view(report_view(record, typed, desk.words, today))

    def leave(self) -> None:
        """Keep what is typed and not saved."""
        if self._patient and self._is_touched():
            self._unsaved[self._patient.id] = self.page.typed()
        self._patient = None
        self.page.clear()

    def unsaved(self) -> str:
        """Say of whom a report is typed and not saved: the one that shows, and those left."""
        here = [self._patient.id] if self._patient and self._is_touched() else []
        return "\n".join(map(self._unsaved_words, (*here, *self._unsaved)))

    def can_save(self) -> bool:
        """Say that the form has a Save of its own."""
        return True

    def save(self) -> None:
        """Show the form and press its Save."""
        if not self._is_touched() and self._unsaved:
            self._desk.navigation.go(FamilyReportPlace(next(iter(self._unsaved))))
        self._save_here()

    def _save_here(self) -> None:
        self._on_page_saved(self.page.typed())

    def _unsaved_words(self, patient: str) -> str:
        desk, text = self._desk, N_("Typed and not saved yet: a report of the family of {who}.")
        return desk.words(text, who=who_words(desk.store.patients.get(patient).facts, desk.words))

    def _is_touched(self) -> bool:
        return self._patient is not None and self.page.typed() != self._begun

    @Slot(object)
    def _on_page_saved(self, typed: Typed) -> None:
        if self._patient is None:
            return
        desk, who = self._desk, self._patient
        problems = problems_of(typed, who.facts.birth_date, desk.dates)
        self.page.show_problems(problems)
        if problems:
            return
        try:
            desk.store.events.add(who.id, facts_of(typed, desk.store.user.name, desk.dates))
        except UserError as problem:
            self.page.message.show_problem(desk.words.error(problem))
            return
        self._begun = typed
        desk.navigation.back()
        desk.news.note(desk.words(N_("The report is saved; it stands among the events.")))

    @Slot()
    def _on_page_left(self) -> None:
        if not self._patient or not self._is_touched():
            self._desk.navigation.back()
            return
        words, told = self._desk.words, self._unsaved_words(self._patient.id)
        loss = Loss(words(N_("Leave without saving?")), told, words(N_("Leave without saving")))
        self._desk.ask.lose(self.page, loss, self._drop, self._save_here)

    def _drop(self) -> None:
        self._begun = self.page.typed()
        self._desk.navigation.back()
