"""Joins the reports screen to the record: makes the page, prints it, saves it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Slot

from app.errors import N_, AppError, UserError
from app.records.actions import Action
from app.records.file.files import disk_guard
from app.records.file.outside import write_outside
from app.records.model import Changes
from app.reports.making import PageChoice, PageKind
from app.screens.desk import Desk
from app.screens.places import Place, ReportsPlace
from app.screens.reports.handing_over import HandingOver
from app.screens.reports.output import Made, PageWork, print_pages
from app.screens.reports.page import ReportsPage
from app.screens.reports.view import reports_view, suggested_name
from app.screens.screen import Screen
from app.screens.tasks import Task
from app.settings import Paper
from app.trends.day import record_on
from app.trends.since import trend_of
from app.wording.visits import next_visit_on

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class ReportsControl(Screen):
    """Keeps the preview true to the record and to what is chosen.

    Printing and saving wait for the page that holds everything typed so far.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._kind = PageKind.PHYSICIAN
        self._paper = Paper.A4
        self._made: Made | None = None
        self._next_visit = ""
        self._prefilled = ""
        self._task: Task | None = None
        self._then: Callable[[], None] | None = None
        self.page: ReportsPage = ReportsPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.kind_chosen.connect(self._on_kind_chosen)
        self.page.paper_chosen.connect(self._on_paper_chosen)
        self.page.next_visit_typed.connect(self._on_next_visit_typed)
        self.page.planned_toggled.connect(self._on_planned_toggled)
        self.page.print_requested.connect(self._on_print_requested)
        self.page.save_requested.connect(self._on_save_requested)
        self._handing_over = HandingOver(desk, self.page, self)

    def open(self, place: Place) -> None:
        """Show the page of a patient; what was typed for another one is forgotten."""
        assert isinstance(place, ReportsPlace)  # noqa: S101 - the start maps this place alone
        self._forget()
        if place.patient != self._patient or self.page.next_visit.text == self._prefilled:
            self._prefilled = self._next_visit_of(place.patient)
            self.page.next_visit.set_text(self._prefilled)
        if place.patient != self._patient:
            self.page.planned.setChecked(False)
        self.page.clear()
        self._patient = place.patient
        self._handing_over.begin(place.patient)
        self._kind = PageKind(place.kind)
        self._paper = self._desk.settings().paper
        self._make()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Make the page again when this patient's record or the settings changed."""
        if self._patient in changes.patients or changes.has_settings:
            self._make()

    def leave(self) -> None:
        """Drop the page; the next one is made from the record as it is then."""
        self._forget()

    def print_page(self) -> None:
        """Press Print, where there is a page."""
        self.page.print_button.click()

    def _next_visit_of(self, patient: str) -> str:
        """Return the recorded day in words, to be completed by a time or written anew."""
        desk = self._desk
        day = next_visit_on(desk.store.record(patient), desk.clock.today())
        return "" if day is None else desk.words.long_date(day)

    def _forget(self) -> None:
        self._made = None
        self._then = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _make(self) -> None:
        then = self._then
        self._forget()
        self._then = then
        desk = self._desk
        today = desk.clock.today()
        record = record_on(desk.store.record(self._patient), today)
        settings = replace(desk.settings(), paper=self._paper)
        view = reports_view(record, settings, desk.words, today, self._kind, desk.may)
        self.page.show_view(view)
        if not view.has_page:
            return
        self.page.show_making()
        self._next_visit = self.page.next_visit.text
        trend = trend_of(record, desk.catalogue, today, settings.baseline_days)
        planned = view.has_planned and self.page.planned.isChecked()
        entry = desk.store.history.newest(self._patient)
        choice = PageChoice(self._kind, self._next_visit, planned, entry)
        work = PageWork(choice, trend, desk.catalogue, settings, desk.words)
        self._task = desk.tasks.run(self, work, self._on_made, self._on_failed)

    def _on_made(self, made: Made) -> None:
        self._task = None
        self._made = made
        self.page.show_pages(made.pages)
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._then = None
        self.page.show_no_page()
        if not isinstance(error, AppError):
            raise error
        self.page.message.show_problem(self._desk.words.error(error))

    def _when_made(self, then: Callable[[], None]) -> None:
        """Do something with the page that holds what is typed now, made first if need be."""
        self.page.message.hide()
        self._then = None
        is_stale = self._next_visit != self.page.next_visit.text
        if self._made is not None and not is_stale:
            then()
            return
        self._then = then
        if self._task is None or is_stale:
            self._make()

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = PageKind(kind)
        self._make()

    @Slot(str)
    def _on_paper_chosen(self, paper: str) -> None:
        self._paper = Paper(paper)
        self._make()

    @Slot(str)
    def _on_next_visit_typed(self, text: str) -> None:
        if text != self._next_visit:
            self._make()

    @Slot()
    def _on_planned_toggled(self) -> None:
        self._make()

    @Slot()
    def _on_save_requested(self) -> None:
        self._when_made(self._ask_path)

    def _ask_path(self) -> None:
        desk = self._desk
        facts = desk.store.patients.get(self._patient).facts
        name = suggested_name(facts.patient_id, self._kind, desk.clock.today())
        title = desk.words(N_("Save as PDF"))
        desk.ask.save_path(self.page, title, name, "PDF (*.pdf)", self._save)

    def _save(self, path: Path) -> None:
        if self._made is None:
            return
        words = self._desk.words
        try:
            with disk_guard(path):
                write_outside(path, self._made.pdf)
        except UserError as problem:
            self.page.message.show_problem(words.error(problem))
        else:
            note = N_("Saved as {name}. The file is not encrypted.")
            self.page.message.show_note(words(note, name=path.name))
            self._desk.note_seen(Action.PRINT, self._patient)

    @Slot()
    def _on_print_requested(self) -> None:
        self._when_made(self._ask_printer)

    def _ask_printer(self) -> None:
        self._desk.ask.printer(self.page, self._desk.words(N_("Print")), self._print)

    def _print(self, printer: "QPrinter") -> None:
        if self._made is None:
            return
        words = self._desk.words
        if print_pages(printer, self._made.pdf):
            self.page.message.show_note(words(N_("Sent to the printer.")))
            self._desk.note_seen(Action.PRINT, self._patient)
        else:
            problem = N_("The printer did not take the page. Please check it and try again.")
            self.page.message.show_problem(words(problem))
