"""Joins the history to the store: read on a stretch at a time, saved beside the window."""

from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import Slot

from app.errors import N_, AppError
from app.exchange.history_table import history_csv
from app.language import Words
from app.records.actions import Action
from app.records.file.files import disk_guard
from app.records.file.outside import write_outside
from app.records.history import About, History
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.history.page import HistoryPage
from app.screens.history.reading import Asked, Reader
from app.screens.history.view import (
    DeedView,
    deed_view,
    group_choices,
    history_view,
    people_choices,
)
from app.screens.identity import identity
from app.screens.places import HistoryPlace, Place
from app.screens.screen import Screen
from scales.catalogue import Catalogue

_SAVED = N_("Saved as {name}. The file is not encrypted.")


class HistoryControl(Screen):
    """Shows the history of a patient, of a visit, or of the whole site."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._about = About()
        self._asked = Asked()
        self._deeds: tuple[DeedView, ...] = ()
        self._reader = self._begin()
        self.page: HistoryPage = HistoryPage(desk.dates)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.asked.connect(self._on_asked)
        self.page.further_requested.connect(self._on_further_requested)
        self.page.save_requested.connect(self._on_save_requested)

    def open(self, place: Place) -> None:
        """Show a history from its newest entry on, everything asked for."""
        assert isinstance(place, HistoryPlace)  # noqa: S101 - the builders map this place alone
        self._about = About(place.patient, place.visit)
        self._asked = Asked()
        self._show_head()
        desk = self._desk
        people = ((user.id, user.name) for user in desk.store.users.all())
        self.page.show_choices(group_choices(desk.words), people_choices(people, desk.words))
        self.page.save.setVisible(desk.may(Action.EXPORT))
        self._show_anew()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Begin again where something was written that belongs here."""
        if not self._about.patient or self._about.patient in changes.patients:
            self._show_anew()

    def _show_head(self) -> None:
        desk, words = self._desk, self._desk.words
        if not self._about.patient:
            self.page.banner.show_head(words(N_("History of these records")), "")
            self.page.show_heading("")
            return
        self.page.show_heading(self._heading())
        facts = desk.store.patients.get(self._about.patient).facts
        has_namesake = desk.store.namesakes.is_marked(self._about.patient)
        who = identity(facts, words, desk.clock.today(), has_namesake=has_namesake)
        self.page.banner.show_head(who.name, who.facts, who.family, mark=who.mark)

    def _heading(self) -> str:
        desk, words = self._desk, self._desk.words
        if not self._about.visit:
            return words(N_("History of this patient's records"))
        facts = desk.store.visits.get(self._about.visit).facts
        when = words.at(facts.date, facts.time)
        return words(N_("History of the visit of {when}"), when=when)

    def _begin(self) -> Reader:
        desk = self._desk
        return Reader(desk.store.history, self._about, self._asked, desk.catalogue, desk.words)

    def _show_anew(self) -> None:
        self.page.clear()
        self._reader = self._begin()
        self._deeds = ()
        self._read_on()

    @Slot()
    def _on_further_requested(self) -> None:
        try:
            self._read_on()
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))

    def _read_on(self) -> None:
        desk, stretch = self._desk, self._reader.on()
        is_of_all = not self._about.patient
        self._deeds += tuple(
            deed_view(one, desk.catalogue, desk.words, is_of_all=is_of_all)
            for one in stretch.deeds
        )
        is_all = self._asked.is_all
        view = history_view(self._deeds, stretch.reached, desk.words, is_all=is_all)
        self.page.show_view(view)

    @Slot(object)
    def _on_asked(self, asked: Asked) -> None:
        self._asked = asked
        try:
            self._show_anew()
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))

    @Slot()
    def _on_save_requested(self) -> None:
        desk = self._desk
        name = desk.words(N_("history"))
        if self._about.patient:
            name = desk.store.patients.get(self._about.patient).facts.patient_id
        title = desk.words(N_("Save the history as a table"))
        desk.ask.save_path(self.page, title, f"{name}.csv", "CSV (*.csv)", self._save)

    def _save(self, path: Path) -> None:
        desk = self._desk
        work = HistoryWork(
            desk.store.history, self._about, self._asked, desk.catalogue, desk.words, path
        )
        self._desk.tasks.run(self, work, self._on_saved, self._on_not_saved)

    def _on_saved(self, path: Path) -> None:
        self._desk.note_seen(Action.EXPORT, self._about.patient)
        self.page.message.show_note(self._desk.words(_SAVED, name=path.name))

    def _on_not_saved(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self.page.message.show_problem(self._desk.words.error(problem))


class HistoryWork(Struct, frozen=True):
    """Saving a history, all that is asked for, as work for another thread."""

    history: History
    about: About
    asked: Asked
    catalogue: Catalogue
    words: Words
    path: Path

    def __call__(self) -> Path:
        """Write the table whole, or nothing; UserError if it cannot be written."""
        with self.history.beside() as history:
            reader = Reader(history, self.about, self.asked, self.catalogue, self.words)
            table = history_csv(reader.whole(), self.catalogue, self.words)
        with disk_guard(self.path):
            write_outside(self.path, table)
        return self.path
