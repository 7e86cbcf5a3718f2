"""Joins the visits that are due to the store: an index is asked, whatever the file holds."""

from datetime import date

from PySide6.QtCore import Slot

from app.records.lines import TOLD_BY
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.due.page import DuePage
from app.screens.due.view import due_view
from app.screens.places import ChartPlace, DuePlace, Place
from app.screens.screen import Screen

AT_ONCE = 50


class DueControl(Screen):
    """Shows who is expected on a day. The day stands in the place, so the way back finds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._day = desk.clock.today()
        self._most = AT_ONCE
        self.page: DuePage = DuePage(desk.dates)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.day_chosen.connect(self._on_day_chosen)
        self.page.patient_chosen.connect(self._on_patient_chosen)
        self.page.more_requested.connect(self._on_more_requested)

    def open(self, place: Place) -> None:
        """Show a day; the focus stays with whoever steps from day to day."""
        assert isinstance(place, DuePlace)  # noqa: S101 - the builders map this place alone
        self._day = place.day or self._desk.clock.today()
        self._most = AT_ONCE
        self._show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Ask again when what a line tells has changed."""
        if not TOLD_BY.isdisjoint(changes.tables):
            self._show()

    def _show(self) -> None:
        desk, day = self._desk, self._day
        due, read = desk.store.due, desk.store.lines.of
        overdue = read(due.before(day, 0, self._most)), due.count_before(day)
        self.page.show_view(due_view(day, read(due.on(day)), overdue, desk.words))

    @Slot(object)
    def _on_day_chosen(self, day: date) -> None:
        self._desk.navigation.replace(DuePlace(day))

    @Slot(str)
    def _on_patient_chosen(self, patient: str) -> None:
        self._desk.navigation.go(ChartPlace(patient))

    @Slot()
    def _on_more_requested(self) -> None:
        self._most += AT_ONCE
        self._show()
