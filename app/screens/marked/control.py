"""Joins the visits that others marked as entered in error to the store."""

from PySide6.QtCore import Slot

from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.marked.page import MarkedPage
from app.screens.marked.view import marked_view
from app.screens.places import ChartPlace, Place
from app.screens.screen import Screen


class MarkedControl(Screen):
    """Shows what was marked and not looked at yet; opening the patient is looking at it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.page: MarkedPage = MarkedPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.patient_chosen.connect(self._on_patient_chosen)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show what waits to be looked at."""
        self._show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show it again where a mark came or went."""
        if "error_marks" in changes.tables:
            self._show()

    def _show(self) -> None:
        self.page.show_view(marked_view(self._desk.store.visits.unseen_marks(), self._desk.words))

    @Slot(str)
    def _on_patient_chosen(self, patient: str) -> None:
        self._desk.navigation.go(ChartPlace(patient))
