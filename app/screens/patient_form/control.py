"""Joins the form of a patient to the store."""

from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.model import Changes, Patient
from app.screens.desk import Desk
from app.screens.identity import named
from app.screens.patient_form.page import PatientFormPage
from app.screens.patient_form.view import FormValues, facts_of, form_view, problems_of
from app.screens.places import ChartPlace, PatientFormPlace, Place
from app.screens.screen import Screen


class PatientFormControl(Screen):
    """Adds and corrects patients. What was typed and not saved is kept and shown again."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient: Patient | None = None
        self._stored: FormValues = {}
        self._typed: dict[str, FormValues] = {}
        self.page: PatientFormPage = PatientFormPage(desk.dates)
        self.page.saved.connect(self._on_page_saved)
        self.page.left.connect(self._on_page_left)
        self.page.error_mark_requested.connect(self._on_page_error_mark_requested)
        self.page.error_unmark_requested.connect(self._on_page_error_unmark_requested)

    def open(self, place: Place) -> None:
        """Show a patient's facts, or an empty form, with what was typed here and not saved."""
        assert isinstance(place, PatientFormPlace)  # noqa: S101 - the start maps this place alone
        known = None if place.patient is None else self._desk.store.patients.get(place.patient)
        self._show(known)
        typed = self._typed.pop(self._key, None)
        if typed is not None:
            self.page.write(typed)
            self.page.message.show_note(
                self._desk.words(N_("This was typed before and is not saved yet."))
            )
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show whether the patient is marked; what is typed stays."""
        if self._patient is None or self._patient.id not in changes.patients:
            return
        typed, before = self.page.values(), self._stored
        self._show(self._desk.store.patients.get(self._patient.id))
        if typed != before:
            self.page.write(typed)

    def leave(self) -> None:
        """Keep what is typed and not saved."""
        if self._is_touched():
            self._typed[self._key] = self.page.values()
            self._stored = self.page.values()

    def unsaved(self) -> str:
        """Say whose forms hold something that is not saved: the one that shows, and those left."""
        touched = {self._key: self.page.values()} if self._is_touched() else {}
        forms = self._typed | touched
        return "\n".join(self._unsaved_words(key, forms[key]) for key in forms)

    def _unsaved_words(self, key: str, typed: FormValues) -> str:
        words = self._desk.words
        if key:
            who = named(self._desk.store.patients.get(key).facts, words)
            return words(N_("What was typed about {who} is not saved."), who=who)
        parts = (typed["given_name"], typed["family_name"], typed["patient_id"])
        name = words.dotted(part for part in parts if part)
        if not name:
            return words(N_("What was typed about a new patient is not saved."))
        return words(N_("What was typed about a new patient, {who}, is not saved."), who=name)

    @property
    def _key(self) -> str:
        return "" if self._patient is None else self._patient.id

    def _is_touched(self) -> bool:
        return self.page.values() != self._stored

    def _show(self, patient: Patient | None) -> None:
        view = form_view(patient, self._desk.words, self._desk.clock.today())
        self._patient = patient
        self.page.show_view(view)
        self._stored = self.page.values()

    @Slot(object)
    def _on_page_saved(self, values: FormValues) -> None:
        desk = self._desk
        problems = problems_of(values, desk.dates)
        self.page.show_problems(problems)
        if problems:
            return
        try:
            patient = self._write(values)
        except UserError as problem:
            self.page.message.show_problem(desk.words.error(problem))
            return
        self._stored = self.page.values()
        self._move_on(patient)

    def _write(self, values: FormValues) -> str:
        patients = self._desk.store.patients
        if self._patient is None:
            return patients.add(facts_of(values)).id
        patients.change(self._patient.id, facts_of(values, self._patient.facts))
        return self._patient.id

    def _move_on(self, patient: str) -> None:
        if self._patient is None:
            self._desk.navigation.replace(ChartPlace(patient))
        else:
            self._desk.navigation.back()

    @Slot()
    def _on_page_left(self) -> None:
        if not self._is_touched():
            self._desk.navigation.back()
            return
        words = self._desk.words
        self._desk.ask.confirm(
            self.page,
            words(N_("Leave without saving?")),
            words(N_("What you typed here is not saved yet.")),
            words(N_("Leave without saving")),
            self._drop,
        )

    def _drop(self) -> None:
        self._stored = self.page.values()
        self._desk.navigation.back()

    @Slot()
    def _on_page_error_mark_requested(self) -> None:
        words = self._desk.words
        self._desk.ask.reason(
            self.page,
            words(N_("Mark this patient as entered in error?")),
            words(N_("Charts, pages and exports leave the patient out. Why?")),
            self._mark,
        )

    def _mark(self, reason: str) -> None:
        if self._patient is not None:
            self._desk.store.patients.mark_error(self._patient.id, reason)

    @Slot()
    def _on_page_error_unmark_requested(self) -> None:
        if self._patient is not None:
            self._desk.store.patients.unmark_error(self._patient.id)
