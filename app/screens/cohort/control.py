"""Joins the cohort to the store: read beside the window, taken out without names."""

from datetime import date
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Slot

from app.date_reader import DateReader
from app.errors import N_, AppError, UserError
from app.exchange.cohort_tables import CAUTION, export_cohort
from app.language import Words
from app.records.actions import Action
from app.records.cohort import Asked, Cohorts, Offer
from app.records.file.files import disk_guard
from app.records.file.outside import write_outside
from app.records.model import Changes
from app.records.narrowing import Only
from app.screens.cohort.page import CohortPage
from app.screens.cohort.view import cohort_choices, cohort_view, nobody_words
from app.screens.desk import Desk
from app.screens.places import ChartPlace, CohortPlace, Place
from app.screens.screen import Screen
from app.settings import Paper
from app.trends.cohort import Cohort, cohort_of
from app.trends.cohort_words import RECOGNISABLE, cohort_cautions
from app.wording.people import who_words
from scales.catalogue import Catalogue


class CohortControl(Screen):
    """Shows a cohort. What is asked for stands in the place, so the way back finds it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Asked, Cohort] | None = None
        self._wanted: CohortPlace | None = None
        self.page: CohortPage = CohortPage(DateReader(desk.words, desk.clock.today))
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.panel.asked.connect(self._on_page_asked)
        self.page.patient_pointed.connect(self._on_patient_pointed)
        self.page.patient_chosen.connect(self._on_patient_chosen)
        self.page.export_requested.connect(self._on_export_requested)
        self.page.page_requested.connect(self._on_page_requested)

    def open(self, place: Place) -> None:
        """Read a cohort anew; until it is there, it says so."""
        assert isinstance(place, CohortPlace)  # noqa: S101 - the builders map this place alone
        desk = self._desk
        self._shown, self._wanted = None, place
        self.page.message.hide()
        self.page.offer_taking_out(is_offered=False)
        self.page.show_waiting()
        work = CohortWork(
            desk.store.cohorts, place, desk.clock.today(), desk.settings().baseline_days
        )
        desk.tasks.run(self, work, self._on_read, self._on_failed)
        self.page.start()

    def leave(self) -> None:
        """Show nothing that comes late, and ask nothing that a field tells while it goes."""
        self._wanted = None

    def refresh(self, changes: Changes) -> None:
        """Stay as it is: whoever asks again reads again."""

    def _on_read(self, found: "Found") -> None:
        if found.place != self._wanted:
            return
        desk = self._desk
        choices = cohort_choices(found.offer, found.asked, desk.catalogue, desk.words)
        self.page.panel.show_choices(choices)
        if found.asked is None or found.cohort is None or not found.cohort.n:
            cautions = cohort_cautions(found.cohort, desk.words) if found.cohort else ()
            self.page.show_nobody(nobody_words(found.asked, desk.words), cautions)
            return
        self._shown = found.asked, found.cohort
        view = cohort_view(found.cohort, found.asked, desk.catalogue, desk.words)
        # The banner arranges its words beside what is offered there.
        self.page.offer_taking_out(is_offered=desk.may(Action.EXPORT_COHORT))
        self.page.show_view(view, desk.palette())

    def _on_failed(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self.page.message.show_problem(self._desk.words.error(problem))

    @Slot(str, str, object)
    def _on_page_asked(self, agent: str, scale: str, only: Only) -> None:
        if self._wanted is not None:
            self._desk.navigation.replace(CohortPlace(agent, scale, only))

    @Slot(str)
    def _on_patient_pointed(self, patient: str) -> None:
        desk = self._desk
        told = who_words(desk.store.patients.get(patient).facts, desk.words) if patient else ""
        self.page.show_pointed(told)

    @Slot(str)
    def _on_patient_chosen(self, patient: str) -> None:
        self._desk.navigation.go(ChartPlace(patient))

    @Slot()
    def _on_export_requested(self) -> None:
        title = self._desk.words(N_("An empty folder for the tables without names"))
        self._desk.ask.folder(self.page, title, self._export)

    @Slot()
    def _on_page_requested(self) -> None:
        desk = self._desk
        name = f"cohort-{desk.clock.today().isoformat()}.pdf"
        title = desk.words(N_("Save as PDF"))
        desk.ask.save_path(self.page, title, name, "PDF (*.pdf)", self._save_page)

    def _export(self, folder: Path) -> None:
        desk = self._desk
        if self._may_take_out() and self._shown is not None:
            work = ExportWork(desk.store.cohorts, self._shown[0], folder, desk.words)
            desk.tasks.run(self, work, self._on_exported, self._on_failed)

    def _save_page(self, path: Path) -> None:
        desk = self._desk
        if self._may_take_out() and self._shown is not None:
            asked, cohort = self._shown
            work = PageWork(cohort, asked, desk.catalogue, desk.settings().paper, path, desk.words)
            desk.tasks.run(self, work, self._on_page_saved, self._on_failed)

    def _may_take_out(self) -> bool:
        """Whether whoever acts may; who may is said where not."""
        try:
            self._desk.store.users.check_may(Action.EXPORT_COHORT)
        except UserError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
            return False
        return True

    def _on_exported(self, folder: Path) -> None:
        words = self._desk.words
        self._desk.note_seen(Action.EXPORT_COHORT)
        done = words(N_("The tables without names are in {folder}."), folder=folder)
        self.page.message.show_note(words.sentences((done, words(CAUTION))))

    def _on_page_saved(self, path: Path) -> None:
        words = self._desk.words
        self._desk.note_seen(Action.EXPORT_COHORT)
        done = words(N_("Saved as {name}. The file is not encrypted."), name=path.name)
        self.page.message.show_note(words.sentences((done, words(RECOGNISABLE))))


class Found(Struct, frozen=True):
    """What was read for a place: what can be asked for, what was asked, and the cohort."""

    place: CohortPlace
    offer: Offer
    asked: Asked | None = None
    cohort: Cohort | None = None


class CohortWork(Struct, frozen=True):
    """Reading a cohort, as work for another thread; without a choice, the most frequent."""

    cohorts: Cohorts
    place: CohortPlace
    day: date
    baseline_days: int

    def __call__(self) -> Found:
        """Read and describe; Damage where the records cannot be read."""
        offer, place = self.cohorts.offer(), self.place
        agent = place.agent or next(iter(offer.agents), "")
        scale = place.scale or next(iter(offer.scales), "")
        if not agent or not scale:
            return Found(place, offer)
        asked = Asked(agent, scale, self.day, place.only or Only())
        return Found(place, offer, asked, cohort_of(self.cohorts.read(asked), self.baseline_days))


class ExportWork(Struct, frozen=True):
    """Writing a cohort without names, as work for another thread."""

    cohorts: Cohorts
    asked: Asked
    folder: Path
    words: Words

    def __call__(self) -> Path:
        """Write the tables whole, or nothing; UserError if they cannot be written."""
        export_cohort(self.cohorts.read(self.asked), self.folder, self.words)
        return self.folder


class PageWork(Struct, frozen=True):
    """Making the page of a cohort and writing it, as work for another thread."""

    cohort: Cohort
    asked: Asked
    catalogue: Catalogue
    paper: Paper
    path: Path
    words: Words

    def __call__(self) -> Path:
        """Write the page whole, or nothing; UserError if it cannot be written."""
        from app.reports.cohort import cohort_pdf  # noqa: PLC0415 - reportlab is heavy

        page = cohort_pdf(self.cohort, self.asked, self.catalogue, self.paper, self.words)
        with disk_guard(self.path):
            write_outside(self.path, page)
        return self.path
