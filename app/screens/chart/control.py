"""Joins the chart to the record: what is chosen here changes only what is shown."""

from msgspec.structs import replace
from PySide6.QtCore import Slot

from app.dates import PartialDate
from app.errors import UserError
from app.records.model import Changes, Visit
from app.screens.chart.following import WhatFollows
from app.screens.chart.more import FACTS, HISTORY, PICTURE
from app.screens.chart.page import TABLE, ChartPage
from app.screens.chart.saving import PictureSaving, copy_course
from app.screens.chart.view import Beside, ChartView, Chosen, chart_view
from app.screens.desk import Desk
from app.screens.places import (
    ChartPlace,
    FamilyReportPlace,
    HistoryPlace,
    PatientFormPlace,
    Place,
    ReportsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.screen import Screen
from app.trends.model import Trend
from app.trends.relapse_rule import rule_of
from app.trends.since import trend_of
from app.trends.span import Span
from widgets.shortcuts import Area


class ChartControl(Screen):
    """Keeps the chart of one patient true to the record."""

    areas = (Area.COURSE,)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._chosen = Chosen()
        self.page: ChartPage = ChartPage(desk.dates)
        self._saving = PictureSaving(desk, self.page)
        self._follows = WhatFollows(desk, self.page)
        self._join()

    def open(self, place: Place) -> None:
        """Show the course of a patient, everything chosen for another one forgotten."""
        assert isinstance(place, ChartPlace)  # noqa: S101 - the start maps this place alone
        if place.patient != self._patient:
            self._chosen = Chosen()
            self.page.clear()
        self._patient = place.patient
        self.page.message.hide()
        self._follows.turn_to(self._patient)
        self._show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Draw again when this patient's record or the settings changed."""
        if self._patient in changes.patients or changes.has_settings:
            self._show()

    def leave(self) -> None:
        """Store a next visit that was typed and not saved, or say above the next page why not."""
        told = self.unsaved()
        if told:
            self._desk.news.warn_ahead(told)
        self.page.after_signing.hide()

    def unsaved(self) -> str:
        """Store a next visit that is typed, or say why closing now would lose it."""
        return self._follows.unsaved()

    @Slot()
    def print_page(self) -> None:
        """Go to the pages of this patient."""
        self._desk.navigation.go(ReportsPlace(self._patient))

    def _join(self) -> None:
        page = self.page
        page.banner.back_requested.connect(self._desk.navigation.back)
        page.axis_chosen.connect(self._on_axis_chosen)
        page.reach_chosen.connect(self._on_reach_chosen)
        page.form_chosen.connect(self._on_form_chosen)
        for told in (page.side.key_chosen, page.answers.scale.chosen):
            told.connect(self._on_key_chosen)
        page.panel_chosen.connect(self._on_key_chosen)
        for told in (page.side.start_chosen, page.answers.start.chosen):
            told.connect(self._on_start_chosen)
        page.side.visit_chosen.connect(self._on_visit_chosen)
        page.visit_chosen.connect(self._on_visit_chosen)
        page.listing.items_chosen.connect(self._on_items_chosen)
        page.listing.copy_requested.connect(self._on_copy_requested)
        page.visit_requested.connect(self._on_visit_requested)
        page.pages_requested.connect(self.print_page)
        page.treatments_requested.connect(self._on_treatments_requested)
        page.report_requested.connect(self._on_report_requested)
        page.more_chosen.connect(self._on_more_chosen)
        page.side.relapse_requested.connect(self._on_relapse_requested)

    def _show(self) -> None:
        self.page.show_view(self._view(self._trend()), self._desk.palette())

    def _trend(self) -> Trend:
        desk = self._desk
        record = desk.store.record(self._patient)
        days = desk.settings().baseline_days
        return trend_of(record, desk.catalogue, desk.clock.today(), days)

    def _view(self, trend: Trend) -> ChartView:
        desk = self._desk
        marked = desk.store.visits.in_error(self._patient)
        beside = Beside(marked, rule_of(desk.settings()), desk.may)
        return chart_view(trend, desk.catalogue, desk.words, self._chosen, beside)

    def _choose(self, chosen: Chosen) -> None:
        self._chosen = chosen
        self._show()

    @Slot(str)
    def _on_axis_chosen(self, axis: str) -> None:
        self._choose(replace(self._chosen, axis=axis, reach=Span.ALL))

    @Slot(str)
    def _on_reach_chosen(self, reach: str) -> None:
        self._choose(replace(self._chosen, reach=reach))

    @Slot(str)
    def _on_form_chosen(self, form: str) -> None:
        self._choose(replace(self._chosen, is_table=form == TABLE))

    @Slot(str)
    def _on_key_chosen(self, key: str) -> None:
        self._choose(replace(self._chosen, key=key))

    @Slot(str)
    def _on_start_chosen(self, treatment: str) -> None:
        self._choose(replace(self._chosen, start=treatment))

    @Slot(bool)
    def _on_items_chosen(self, has_items: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self._choose(replace(self._chosen, has_items=has_items))

    @Slot()
    def _on_copy_requested(self) -> None:
        trend = self._trend()
        copy_course(self._desk, self.page, trend, self._view(trend))

    @Slot(str)
    def _on_visit_chosen(self, visit: str) -> None:
        self._desk.navigation.go(SignedVisitPlace(visit))

    @Slot()
    def _on_visit_requested(self) -> None:
        desk = self._desk
        draft = desk.store.record(self._patient).draft
        if draft is None:
            try:
                draft = self._start()
            except UserError as error:
                self.page.message.show_problem(desk.words.error(error))
                return
        desk.navigation.go(VisitPlace(draft.id))

    def _start(self) -> Visit:
        desk = self._desk
        local = desk.clock.now().local
        day = PartialDate.of(desk.store.today())
        return desk.store.visits.start(self._patient, day, f"{local:%H:%M}")

    @Slot()
    def _on_treatments_requested(self) -> None:
        self._desk.navigation.go(TreatmentsPlace(self._patient))

    @Slot()
    def _on_report_requested(self) -> None:
        self._desk.navigation.go(FamilyReportPlace(self._patient))

    @Slot(str)
    def _on_more_chosen(self, what: str) -> None:
        if what == PICTURE:
            self._saving.ask(self._patient)
        elif what == HISTORY:
            self._desk.navigation.go(HistoryPlace(self._patient))
        elif what == FACTS:
            self._desk.navigation.go(PatientFormPlace(self._patient))
        else:
            self._choose(replace(self._chosen, turned=self._chosen.turned ^ {what}))

    @Slot(object)
    def _on_relapse_requested(self, day: PartialDate) -> None:
        self._desk.navigation.go(TreatmentsPlace(self._patient, relapse=day))
