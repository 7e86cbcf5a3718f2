"""Joins the form of a patient to the store."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.model import Changes, Patient, PatientFacts
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.offers import ERROR_REASONS, ready_reasons
from app.screens.patient_form.page import PatientFormPage
from app.screens.patient_form.view import (
    FormValues,
    facts_of,
    form_view,
    is_told_anew,
    namesakes_words,
    problems_of,
    taken_words,
    unchosen_words,
)
from app.screens.places import ChartPlace, ErasingPlace, PatientFormPlace, Place
from app.screens.screen import Screen
from app.wording.people import who_words
from widgets.shortcuts import Area


class PatientFormControl(Screen):
    """Adds and corrects patients. What was typed and not saved is kept and shown again."""

    areas = (Area.FORM,)

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
        self.page.erase_requested.connect(self._on_page_erase_requested)

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
        forms = touched | self._typed
        return "\n".join(self._unsaved_words(key, forms[key]) for key in forms)

    def can_save(self) -> bool:
        """Say that the form has a Save of its own."""
        return True

    def save(self) -> None:
        """Show the form and press its Save."""
        parked = self._key if self._is_touched() else next(iter(self._typed), "")
        self._desk.navigation.go(PatientFormPlace(parked or None))
        self._save_here()

    def _save_here(self) -> None:
        self._on_page_saved(self.page.values())

    def _unsaved_words(self, patient: str, values: FormValues) -> str:
        text = N_("Typed and not saved yet: the form of {who}.")
        return self._desk.words(text, who=_who(self._desk, patient, values))

    @property
    def _key(self) -> str:
        return "" if self._patient is None else self._patient.id

    def _is_touched(self) -> bool:
        return self.page.values() != self._stored

    def _show(self, patient: Patient | None) -> None:
        desk = self._desk
        is_alike = patient is not None and desk.store.namesakes.is_marked(patient.id)
        confirmed = None if patient is None else desk.store.patients.confirmed(patient.id)
        view = form_view(
            patient, desk.words, desk.clock.today(),
            has_namesake=is_alike, confirmed=confirmed, may=desk.may,
        )  # fmt: skip
        self._patient = patient
        self.page.show_view(replace(view, can_erase=patient is not None and _can_erase(desk)))
        self._stored = self.page.values()

    @Slot(object)
    def _on_page_saved(self, values: FormValues) -> None:
        problems = self._problems(values)
        self.page.show_problems(problems)
        if problems:
            return
        known = None if self._patient is None else self._patient.facts
        facts = facts_of(values) if known is None else facts_of(values, known)
        others = self._namesakes(facts) if known is None or is_told_anew(facts, known) else ()
        if others:
            self._ask_who(facts, others, partial(self._save, values))
        else:
            self._save(values)

    def _problems(self, values: FormValues) -> dict[str, str]:
        """Return a sentence for each field that cannot stay, be it because of another patient."""
        desk = self._desk
        found = dict(problems_of(values, desk.dates))
        for name, text in self.page.unchosen().items():
            found[name] = unchosen_words(text, desk.words)
        if "patient_id" not in found:
            identifier = values["patient_id"]
            other = desk.store.patients.find(desk.store.alike("patients", identifier))
            if other is not None and other.id != self._key:
                found["patient_id"] = taken_words(identifier, other.facts, desk.words)
        return found

    def _namesakes(self, facts: PatientFacts) -> tuple[PatientFacts, ...]:
        return tuple(one.facts for one in self._desk.store.namesakes.like(facts, self._key))

    def _ask_who(
        self, facts: PatientFacts, others: Sequence[PatientFacts], on_other: Callable[[], None]
    ) -> None:
        """Ask whether this is somebody else than who is there; nothing is saved unless it is."""
        words = self._desk.words
        self._desk.ask.confirm(
            self.page,
            words(N_("Is this another patient?")),
            namesakes_words(facts, others, words),
            words(N_("Save as another patient")),
            on_other,
        )

    def _save(self, values: FormValues) -> None:
        desk = self._desk
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
        words, told = self._desk.words, self._unsaved_words(self._key, self.page.values())
        loss = Loss(words(N_("Leave without saving?")), told, words(N_("Leave without saving")))
        self._desk.ask.lose(self.page, loss, self._drop, self._save_here)

    def _drop(self) -> None:
        self._stored = self.page.values()
        self._desk.navigation.back()

    @Slot()
    def _on_page_error_mark_requested(self) -> None:
        words = self._desk.words
        loss = Loss(
            words(N_("Mark this patient as entered in error?")),
            words(
                N_("Charts, pages and exports leave {who} out. Why?"),
                who=_who(self._desk, self._key, self.page.values()),
            ),
            words(N_("Mark as error")),
            ready_reasons(ERROR_REASONS, words),
        )
        self._desk.ask.lose_with_reason(self.page, loss, self._mark)

    def _mark(self, reason: str) -> None:
        if self._patient is not None:
            self._desk.store.patients.mark_error(self._patient.id, reason)

    @Slot()
    def _on_page_erase_requested(self) -> None:
        if self._is_touched():
            told = N_("Please save what was typed, or leave it, before the patient is erased.")
            self.page.message.show_problem(self._desk.words(told))
        else:
            self._desk.navigation.go(ErasingPlace(self._key))

    @Slot()
    def _on_page_error_unmark_requested(self) -> None:
        if self._patient is not None:
            self._desk.store.patients.unmark_error(self._patient.id)


def _who(desk: Desk, patient: str, values: FormValues) -> str:
    """Return whose form it is: who is stored, else who is typed."""
    if patient:
        return who_words(desk.store.patients.get(patient).facts, desk.words)
    typed = (values["given_name"], values["family_name"], values["patient_id"])
    return desk.words.dotted(typed) or desk.words(N_("a new patient"))


def _can_erase(desk: Desk) -> bool:
    return desk.may(Action.ERASE_PATIENT) and desk.settings().keep_years > 0
