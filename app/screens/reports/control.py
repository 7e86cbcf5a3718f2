"""Joins the reports screen to the record: makes the page, prints it, saves it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage, QPainter

from app.errors import N_, AppError
from app.language import Words
from app.records.model import Changes
from app.reports.making import Kind, page_pdf
from app.reports.preview import PagePixels, page_pixels
from app.screens.desk import Desk
from app.screens.places import Place, ReportsPlace
from app.screens.reports.page import ReportsPage
from app.screens.reports.view import reports_view, suggested_name
from app.screens.screen import Screen
from app.screens.tasks import Task
from app.settings import Paper, Settings
from app.trends.model import Trend
from app.trends.trend import trend_of
from scales.catalogue import Catalogue

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PREVIEW_WIDTH = 1600


@dataclass(frozen=True, slots=True)
class Made:
    """A finished page: the document, and its pages as pixels for the preview."""

    pdf: bytes
    pages: tuple[PagePixels, ...]


@dataclass(frozen=True, slots=True)
class PageWork:
    """Everything a page is made from; calling it makes the page, on any thread."""

    kind: Kind
    trend: Trend
    catalogue: Catalogue
    settings: Settings
    words: Words
    next_visit: str

    def __call__(self) -> Made:
        """Make the page and draw its preview."""
        pdf = page_pdf(
            self.kind, self.trend, self.catalogue, self.settings, self.words, self.next_visit
        )
        return Made(pdf, page_pixels(pdf, PREVIEW_WIDTH))


class ReportsControl(Screen):
    """Keeps the preview true to the record and to what is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._kind = Kind.PHYSICIAN
        self._paper = Paper.A4
        self._made: Made | None = None
        self._task: Task | None = None
        self.page: ReportsPage = ReportsPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.kind_chosen.connect(self._on_kind_chosen)
        self.page.paper_chosen.connect(self._on_paper_chosen)
        self.page.next_visit_typed.connect(self._on_next_visit_typed)
        self.page.print_requested.connect(self._on_print_requested)
        self.page.save_requested.connect(self._on_save_requested)

    def open(self, place: Place) -> None:
        """Show the page of a patient."""
        if isinstance(place, ReportsPlace):
            self._forget()
            self.page.clear()
            self._patient = place.patient
            self._kind = Kind(place.kind)
            self._paper = self._desk.settings().paper
            self._make()

    def refresh(self, changes: Changes) -> None:
        """Make the page again when this patient's record or the settings changed."""
        if self._patient and (self._patient in changes.patients or "settings" in changes.tables):
            self._make()

    def leave(self) -> None:
        """Drop the page; the next one is made from the record as it is then."""
        self._forget()

    def _forget(self) -> None:
        self._made = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _make(self) -> None:
        self._forget()
        desk = self._desk
        record = desk.store.record(self._patient)
        settings = replace(desk.settings(), paper=self._paper)
        today = desk.clock.today()
        self.page.show_view(reports_view(record, settings, desk.words, today, self._kind))
        self.page.show_making()
        trend = trend_of(record, desk.catalogue, today, settings.baseline_days)
        next_visit = self.page.next_visit.text
        work = PageWork(self._kind, trend, desk.catalogue, settings, desk.words, next_visit)
        self._task = desk.tasks.run(self, work, self._on_made, self._on_failed)

    def _on_made(self, made: Made) -> None:
        self._made = made
        self.page.show_pages(tuple(_image(page) for page in made.pages))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        self.page.preview.show_words("")
        self.page.message.show_problem(self._desk.words.error(error))

    @Slot(str)
    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = Kind(kind)
        self._make()

    @Slot(str)
    def _on_paper_chosen(self, paper: str) -> None:
        self._paper = Paper(paper)
        self._make()

    @Slot(str)
    def _on_next_visit_typed(self, _text: str) -> None:
        self._make()

    @Slot()
    def _on_save_requested(self) -> None:
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
            path.write_bytes(self._made.pdf)
        except OSError:
            problem = N_("The page could not be saved there. Please choose another folder.")
            self.page.message.show_problem(words(problem))
        else:
            self.page.message.show_note(words(N_("Saved. The file is not encrypted.")))

    @Slot()
    def _on_print_requested(self) -> None:
        self._desk.ask.printer(self.page, self._desk.words(N_("Print")), self._print)

    def _print(self, printer: "QPrinter") -> None:
        if self._made is None:
            return
        paper = printer.pageRect(printer.Unit.DevicePixel)
        painter = QPainter()
        if not painter.begin(printer):
            problem = N_("The printer did not take the page. Please check it and try again.")
            self.page.message.show_problem(self._desk.words(problem))
            return
        for number, page in enumerate(page_pixels(self._made.pdf, round(paper.width()))):
            if number:
                printer.newPage()
            painter.drawImage(0, 0, _image(page))
        painter.end()


def _image(page: PagePixels) -> QImage:
    stride = page.width * 4
    shared = QImage(page.pixels, page.width, page.height, stride, QImage.Format.Format_RGB32)
    return shared.copy()
