"""Joins the page of two visits to the store."""

from PySide6.QtCore import Slot

from app.records.model import Changes
from app.reports.making import PageKind
from app.screens.comparison.page import ComparisonPage
from app.screens.comparison.view import Asked, comparison_view
from app.screens.desk import Desk
from app.screens.places import ComparisonPlace, Place, ReportsPlace
from app.screens.screen import Screen


class ComparisonControl(Screen):
    """Shows a signed visit beside another one; which, is chosen here and stored nowhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._visit = self._patient = self._other = ""
        self.page: ComparisonPage = ComparisonPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.visit_chosen.connect(self._on_visit_chosen)

    def open(self, place: Place) -> None:
        """Show a visit beside the one before it."""
        assert isinstance(place, ComparisonPlace)  # noqa: S101 - the builders map this place
        self.page.clear()
        self._visit, self._other = place.visit, ""
        self._patient = self._desk.store.visits.get(place.visit).patient
        self._show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show again what was written about this patient."""
        if self._patient in changes.patients:
            self._show()

    def leave(self) -> None:
        """Forget the patient."""
        self._visit = self._patient = self._other = ""
        self.page.clear()

    def print_page(self) -> None:
        """Go to the family's page of this patient."""
        self._desk.navigation.go(ReportsPlace(self._patient, PageKind.FAMILY))

    def _show(self) -> None:
        desk = self._desk
        visit = desk.store.visits.get(self._visit)
        record = desk.store.record(visit.patient)
        asked = Asked(visit, record, desk.catalogue, desk.words, desk.clock.today())
        self.page.show_view(comparison_view(asked, self._other))

    @Slot(str)
    def _on_visit_chosen(self, visit: str) -> None:
        self._other = visit
        self._show()
