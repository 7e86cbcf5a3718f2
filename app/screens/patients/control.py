"""Joins the list of patients to the store."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.model import Changes, PatientSummary
from app.screens.desk import Desk
from app.screens.patients.page import PatientsPage
from app.screens.patients.view import draft_text, patients_view
from app.screens.places import (
    ChartPlace,
    PatientFormPlace,
    Place,
    SettingsPlace,
    VisitPlace,
)
from app.screens.screen import Screen


class PatientsControl(Screen):
    """Shows who there is; a tap opens the chart, a draft goes on or is discarded."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._discarding = ""
        self.page: PatientsPage = PatientsPage(desk.words, desk.palette())
        self.page.patient_chosen.connect(self._on_page_patient_chosen)
        self.page.new_patient_requested.connect(self._on_page_new_patient_requested)
        self.page.settings_requested.connect(self._on_page_settings_requested)
        self.page.draft_continued.connect(self._on_page_draft_continued)
        self.page.draft_discarded.connect(self._on_page_draft_discarded)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one list
        """Show the list afresh, the search empty and with the focus."""
        self.page.set_palette(self._desk.palette())
        self.page.start()
        self._show()

    def refresh(self, changes: Changes) -> None:  # noqa: ARG002 - one line may change with any
        """Show the list again; the search stays."""
        self._show()

    def _show(self) -> None:
        desk = self._desk
        view = patients_view(
            (*desk.store.summaries(), *self._set_aside()),
            desk.store.user,
            desk.catalogue,
            desk.words,
            desk.clock.today(),
            is_demo=desk.is_demo,
        )
        self.page.show_view(view)

    def _set_aside(self) -> Iterator[PatientSummary]:
        """Return the patients marked entered in error, of whom only the name is shown."""
        for patient in self._desk.store.patients.marked():
            yield PatientSummary(patient, last_visit=None, totals=(), draft=None)

    @Slot(str)
    def _on_page_patient_chosen(self, patient: str) -> None:
        self._desk.navigation.go(ChartPlace(patient))

    @Slot()
    def _on_page_new_patient_requested(self) -> None:
        self._desk.navigation.go(PatientFormPlace(None))

    @Slot()
    def _on_page_settings_requested(self) -> None:
        self._desk.navigation.go(SettingsPlace())

    @Slot(str)
    def _on_page_draft_continued(self, visit: str) -> None:
        self._desk.navigation.go(VisitPlace(visit))

    @Slot(str)
    def _on_page_draft_discarded(self, visit: str) -> None:
        self._discarding = visit
        words = self._desk.words
        self._desk.ask.reason(
            self.page,
            words(N_("Discard the unfinished visit?")),
            words(
                N_("{visit}. It leaves the list and stays in the journal. Why is it discarded?"),
                visit=self._visit_text(visit),
            ),
            self._discard,
        )

    def _visit_text(self, visit: str) -> str:
        drafts = self._desk.store.drafts()
        texts = (draft_text(one, self._desk.words) for one in drafts if one.visit == visit)
        return next(texts, "")

    def _discard(self, reason: str) -> None:
        try:
            self._desk.store.visits.discard(self._discarding, reason)
        except UserError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
