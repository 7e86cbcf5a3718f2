"""Joins the list of patients to the store."""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.lines import TOLD_BY, Search
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.patients.finder import Finder
from app.screens.patients.narrowing import EVERYBODY, Narrowing, by_column, narrowing_view
from app.screens.patients.page import PatientsPage
from app.screens.patients.unfinished import MOST_BARS
from app.screens.patients.view import (
    Counts,
    PatientRow,
    PatientsView,
    patient_row,
    patients_view,
)
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    DuePlace,
    MarkedPlace,
    PatientFormPlace,
    Place,
    SettingsPlace,
    VisitPlace,
)
from app.screens.screen import Screen
from widgets.shortcuts import Area


class PatientsControl(Screen):
    """Shows who there is; a tap opens the chart, a draft goes on or is discarded."""

    areas = (Area.LIST,)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._discarding = ""
        self._marked = ""
        self._view: PatientsView | None = None
        self._narrowing = EVERYBODY
        self._told_narrowing = EVERYBODY
        self._found_count = 0
        self._finder = Finder(desk.store.lines, self._rows)
        self.page: PatientsPage = PatientsPage(desk.words, desk.palette())
        self.page.searched.connect(self._on_page_searched)
        self.page.patient_chosen.connect(self._on_page_patient_chosen)
        self.page.new_patient_requested.connect(self._on_page_new_patient_requested)
        self.page.settings_requested.connect(self._on_page_settings_requested)
        self.page.due_requested.connect(self._on_page_due_requested)
        self.page.head.cohort.clicked.connect(self._on_cohort_clicked)
        self.page.marked_requested.connect(self._on_page_marked_requested)
        self.page.narrowed.connect(self._on_page_narrowed)
        self.page.narrowing.opened.connect(self._show_narrowing)
        self.page.order_turned.connect(self._on_page_order_turned)
        self.page.demo_requested.connect(self._on_page_demo_requested)
        self.page.import_requested.connect(self._on_page_import_requested)
        self.page.draft_continued.connect(self._on_page_draft_continued)
        self.page.draft_discarded.connect(self._on_page_draft_discarded)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one list
        """Show the list afresh, the search empty and with the focus."""
        self.page.set_palette(self._desk.palette())
        self._finder.forget()
        self._look_for_marks()
        self._show_frame()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show again what changed; the search stays, and only what moves lines asks it anew."""
        if "error_marks" in changes.tables:
            self._look_for_marks()
        self._show_frame()
        self.page.read_again(changes.patients)
        if not TOLD_BY.isdisjoint(changes.tables):
            self._finder.forget()
            self.page.search_again()

    def go_back(self) -> None:
        """Clear the search: there is nothing before the list."""
        self.page.clear_search()

    def _look_for_marks(self) -> None:
        """Count what others marked as entered in error, for whoever judges visits of others."""
        self._marked = ""
        if self._desk.may(Action.AMEND_OTHERS_VISIT):
            from app.screens.marked.view import marked_count  # noqa: PLC0415 - physicians alone

            self._marked = marked_count(
                len(self._desk.store.visits.unseen_marks()), self._desk.words
            )

    def _show_frame(self) -> None:
        desk, lines = self._desk, self._desk.store.lines
        today = desk.clock.today()
        due = len(desk.store.due.on(today)) + desk.store.due.count_before(today)
        counts = Counts(lines.count(), lines.count_drafts(), lines.count_errors(), due)
        drafts = lines.first_drafts(MOST_BARS)
        self._view = patients_view(
            drafts,
            counts,
            desk.store.user,
            desk.words,
            is_demo=desk.is_demo,
            marked=self._marked,
        )
        self.page.show_view(self._view)

    def _rows(self, patients: Sequence[str]) -> tuple[PatientRow, ...]:
        desk, today = self._desk, self._desk.clock.today()
        is_higher = self._narrowing.is_higher
        return tuple(
            patient_row(summary, desk.catalogue, desk.words, today, is_higher=is_higher)
            for summary in desk.store.lines.of(patients, today)
        )

    @Slot(str, bool)
    def _on_page_searched(self, typed: str, with_errors: bool) -> None:  # noqa: FBT001 - as Qt's signal says
        desk, chosen = self._desk, self._narrowing
        search = self._search_of(typed, with_errors=with_errors)
        if chosen != EVERYBODY:
            only = chosen.only(desk.clock.today(), desk.settings().unseen_days)
            search = replace(search, only=only, order=chosen.order)
        found = self._finder.find(search)
        self._found_count = found.count
        self._show_narrowing()
        self.page.show_found(found)

    @Slot()
    def _show_narrowing(self) -> None:
        """Say what is left out; the usual list says nothing, and needs no panel."""
        desk = self._desk
        if (
            self._narrowing == self._told_narrowing == EVERYBODY
            and self.page.narrowing.panel is None
        ):
            return
        self._told_narrowing = self._narrowing
        counts = self._found_count, desk.store.lines.count()
        unseen = desk.settings().unseen_days
        self.page.show_narrowing(narrowing_view(self._narrowing, counts, unseen, desk.words))

    @Slot(object)
    def _on_page_narrowed(self, narrowing: Narrowing) -> None:
        self._narrowing = narrowing
        self.page.forget_rows()
        self.page.search_again()

    @Slot(str)
    def _on_page_order_turned(self, column: str) -> None:
        order = by_column(column, self._narrowing.order)
        if order is not None:
            self._on_page_narrowed(replace(self._narrowing, order=order))

    def _search_of(self, typed: str, *, with_errors: bool) -> Search:
        if not typed.strip():
            return Search((), with_errors)
        from app.screens.patients.searching import search_of  # noqa: PLC0415 - once typed

        return search_of(typed, self._desk.dates, with_errors=with_errors)

    @Slot()
    def _on_page_demo_requested(self) -> None:
        from app.screens.patients.demo_start import open_demo  # noqa: PLC0415 - when needed

        if not open_demo():
            problem = N_("The demo could not be started. “oms-bedside --demo” starts it as well.")
            self.page.message.show_problem(self._desk.words(problem))

    @Slot()
    def _on_page_import_requested(self) -> None:
        title = self._desk.words(N_("Read the tables of a folder in"))
        self._desk.ask.folder(self.page, title, self._import)

    def _import(self, folder: Path) -> None:
        from app.screens.reading_in import read_tables  # noqa: PLC0415 - when needed

        sentence, is_done = read_tables(self._desk, folder)
        tell = self.page.message.show_note if is_done else self.page.message.show_problem
        tell(sentence)

    @Slot(str)
    def _on_page_patient_chosen(self, patient: str) -> None:
        self._desk.navigation.go(ChartPlace(patient))

    @Slot()
    def _on_page_new_patient_requested(self) -> None:
        self._desk.navigation.go(PatientFormPlace(None))

    @Slot()
    def _on_page_settings_requested(self) -> None:
        self._desk.navigation.go(SettingsPlace())

    @Slot()
    def _on_page_due_requested(self) -> None:
        self._desk.navigation.go(DuePlace())

    @Slot()
    def _on_cohort_clicked(self) -> None:
        self._desk.navigation.go(CohortPlace())

    @Slot()
    def _on_page_marked_requested(self) -> None:
        self._desk.navigation.go(MarkedPlace())

    @Slot(str)
    def _on_page_draft_continued(self, visit: str) -> None:
        self._desk.navigation.go(VisitPlace(visit))

    @Slot(str)
    def _on_page_draft_discarded(self, visit: str) -> None:
        from app.screens.losses import discard_loss  # noqa: PLC0415 - when needed

        self._discarding = visit
        loss = discard_loss(self._visit_text(visit), self._desk.words)
        self._desk.ask.lose_with_reason(self.page, loss, self._discard)

    def _visit_text(self, visit: str) -> str:
        drafts = () if self._view is None else self._view.drafts
        return next((draft.text for draft in drafts if draft.visit == visit), "")

    def _discard(self, reason: str) -> None:
        try:
            self._desk.store.visits.discard(self._discarding, reason)
        except UserError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
        self.page.focus_search()
