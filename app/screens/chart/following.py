"""Joins what follows a signature to the record: the next visit, the family page, the next one."""

from PySide6.QtCore import QObject, Slot

from app.dates import PartialDate
from app.errors import N_, UserError
from app.reports.making import PageKind
from app.screens.chart.after_signing import after_signing_view
from app.screens.chart.page import ChartPage
from app.screens.desk import Desk
from app.screens.places import PatientsPlace, ReportsPlace
from app.wording.people import who_words


class WhatFollows(QObject):
    """Offers it once a visit of the patient in view was signed, and stores the day given."""

    def __init__(self, desk: Desk, page: ChartPage) -> None:
        super().__init__()
        self._desk = desk
        self._page = page
        self._offers = page.after_signing
        self._patient = ""
        desk.news.signed.connect(self._on_news_signed)
        self._offers.family_page_requested.connect(self._on_family_page_requested)
        self._offers.next_patient_requested.connect(self._on_next_patient_requested)
        self._offers.next_visit_given.connect(self._on_next_visit_given)

    def turn_to(self, patient: str) -> None:
        """Offer nothing until a visit of this patient is signed."""
        self._patient = patient
        self._offers.hide()

    def unsaved(self) -> str:
        """Store a next visit that is typed, or say why leaving now would lose it."""
        typed, desk = self._offers.typed, self._desk
        try:
            if typed:
                desk.store.patients.set_next_visit(self._patient, desk.dates.read(typed))
        except UserError as problem:
            words, patient = desk.words, desk.store.patients.get(self._patient)
            told = N_("The next visit of {who} was not saved. {why}")
            return words(told, who=who_words(patient.facts, words), why=words.error(problem))
        return ""

    @Slot(str)
    def _on_news_signed(self, patient: str) -> None:
        if patient == self._patient and self._page.isVisible():
            self._offer()

    def _offer(self) -> None:
        desk = self._desk
        record = desk.store.record(self._patient)
        self._offers.show_view(after_signing_view(record, desk.words, desk.clock.today()))

    @Slot()
    def _on_family_page_requested(self) -> None:
        self._desk.navigation.go(ReportsPlace(self._patient, PageKind.FAMILY))

    @Slot()
    def _on_next_patient_requested(self) -> None:
        self._desk.navigation.go(PatientsPlace())

    @Slot(object)
    def _on_next_visit_given(self, day: PartialDate) -> None:
        try:
            self._desk.store.patients.set_next_visit(self._patient, day)
        except UserError as problem:
            self._offers.show_problem(self._desk.words.error(problem))
            return
        self._offer()
