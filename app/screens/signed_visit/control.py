"""Joins the page of a signed visit to the store."""

from PySide6.QtCore import Slot

from app.records.model import Changes
from app.records.visits import amended_version
from app.reports.making import PageKind
from app.screens.desk import Desk
from app.screens.places import (
    ComparisonPlace,
    HistoryPlace,
    Place,
    ReportsPlace,
    SignedVisitPlace,
)
from app.screens.rights import rights_at
from app.screens.screen import Screen
from app.screens.signed_visit.mending import Mending
from app.screens.signed_visit.page import SignedVisitPage
from app.screens.signed_visit.view import Reader, signed_visit_view
from app.screens.visit_copying import copy_as_text
from widgets.shortcuts import Area


class SignedVisitControl(Screen):
    """Shows one signed visit, and the ways on from it."""

    areas = (Area.READING,)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit = self._patient = ""
        self.page: SignedVisitPage = SignedVisitPage(desk.words)
        self._mending = Mending(desk, self.page)
        self._join()

    def open(self, place: Place) -> None:
        """Show a visit from its top."""
        assert isinstance(place, SignedVisitPlace)  # noqa: S101 - the builders map this place
        self.page.clear()
        self._visit = place.visit
        self._patient = self._desk.store.visits.get(place.visit).patient
        self._mending.begin(place.visit)
        self._show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show again what was written about this patient."""
        if self._patient in changes.patients:
            self._show()

    def leave(self) -> None:
        """Forget the patient."""
        self._visit = self._patient = ""
        self.page.clear()

    def print_page(self) -> None:
        """Go to the family's page of this patient."""
        self._on_pages_requested()

    def _show(self) -> None:
        desk = self._desk
        visit = desk.store.visits.get(self._visit)
        reader = Reader(
            visit=visit,
            record=desk.store.record(visit.patient),
            catalogue=desk.catalogue,
            words=desk.words,
            today=desk.clock.today(),
            measures=desk.store.measures.of_visit(visit.id),
            amended=amended_version(desk.store.visits, visit),
            rights=rights_at(desk, visit.id),
        )
        self.page.show_view(signed_visit_view(reader))

    def _join(self) -> None:
        page = self.page
        page.banner.back_requested.connect(self._desk.navigation.back)
        page.visit_chosen.connect(self._on_visit_chosen)
        page.pages_requested.connect(self._on_pages_requested)
        page.compare_requested.connect(self._on_compare_requested)
        page.history_requested.connect(self._on_history_requested)
        page.text_requested.connect(self._on_text_requested)

    @Slot(str)
    def _on_visit_chosen(self, visit: str) -> None:
        self._desk.navigation.replace(SignedVisitPlace(visit))

    @Slot()
    def _on_pages_requested(self) -> None:
        self._desk.navigation.go(ReportsPlace(self._patient, PageKind.FAMILY))

    @Slot()
    def _on_compare_requested(self) -> None:
        self._desk.navigation.go(ComparisonPlace(self._visit))

    @Slot()
    def _on_history_requested(self) -> None:
        self._desk.navigation.go(HistoryPlace(self._patient, self._visit))

    @Slot()
    def _on_text_requested(self) -> None:
        visit = self._desk.store.visits.get(self._visit)
        self.page.message.show_note(copy_as_text(self._desk, visit))
