"""Joins the page of erasing to the store, and to the copies beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.records.copies.older_copy import OlderCopy
from app.records.erasing import Agreed, NotAsAsked, Wish
from app.records.model import Changes
from app.records.slowing import TooSoon
from app.screens.desk import Desk
from app.screens.erasing.page import ErasingPage
from app.screens.erasing.view import (
    Beside,
    CopyLine,
    TypedErasing,
    copies_view,
    erasing_view,
    last_question,
    removing,
)
from app.screens.places import ErasingPlace, PatientsPlace, Place
from app.screens.screen import Screen
from app.screens.tasks import Lane

_DONE = N_("The patient is erased.")
_LATER = N_(
    "The patient is erased. The log is emptied at the next opening: something is reading it now."
)


class ErasingControl(Screen):
    """Erases a patient once it was agreed, and sees to the copies that hold one still."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient = ""
        self.page: ErasingPage = ErasingPage(desk.words)
        self.page.left.connect(desk.navigation.back)
        self.page.erase_requested.connect(self._on_page_erase_requested)
        self.page.renew_requested.connect(self._on_page_renew_requested)
        self.page.remove_requested.connect(self._on_page_remove_requested)

    def open(self, place: Place) -> None:
        """Show a patient who would be erased, or what copies hold of the erased."""
        assert isinstance(place, ErasingPlace)  # noqa: S101 - the start maps this place alone
        self._patient = place.patient
        if place.patient:
            store, words = self._desk.store, self._desk.words
            prospect = store.erasing.prospect(place.patient)
            is_alike = store.namesakes.is_marked(place.patient)
            self.page.show_patient(erasing_view(prospect, words, has_namesake=is_alike))
        else:
            self.page.show_nobody()
            self._look()

    def refresh(self, changes: Changes) -> None:
        """Do nothing: what is asked here is asked of the store again when it is pressed."""

    def leave(self) -> None:
        """Let no passphrase stand in a field that nobody looks at."""
        self._patient = ""
        self.page.card.forget()

    @Slot(object)
    def _on_page_erase_requested(self, typed: TypedErasing) -> None:
        wish = Wish(typed.identifier, typed.reason, typed.passphrase)
        erasing = self._desk.store.erasing
        try:
            erasing.check(self._patient, wish)
        except AppError as problem:
            self._on_refused(problem)
            return
        self.page.card.show_problem("", "")
        self.page.card.show_trying(is_trying=True)
        agreed = partial(self._on_agreed, self._patient, wish)
        self._desk.tasks.run(self, erasing.agreeing(wish.passphrase), agreed, self._on_refused)

    def _on_refused(self, problem: Exception) -> None:
        self.page.card.show_trying(is_trying=False)
        if isinstance(problem, (NotAsAsked, TooSoon)):
            name = problem.field if isinstance(problem, NotAsAsked) else "passphrase"
            self.page.card.show_problem(name, self._desk.words.error(problem))
        elif isinstance(problem, AppError):
            self.page.message.show_problem(self._desk.words.error(problem))
        else:
            raise problem

    def _on_agreed(self, patient: str, wish: Wish, agreed: Agreed) -> None:
        desk = self._desk
        self.page.card.show_trying(is_trying=False)
        if patient != self._patient:
            return  # somebody has gone on to another page meanwhile
        loss = last_question(desk.store.erasing.prospect(patient), desk.words)
        desk.ask.lose(self.page, loss, partial(self._erase, patient, wish, agreed))

    def _erase(self, patient: str, wish: Wish, agreed: Agreed) -> None:
        desk = self._desk
        try:
            desk.store.erasing.erase(patient, wish, agreed)
        except AppError as problem:
            self.page.message.show_problem(desk.words.error(problem))
            return
        self._work(desk.store.erasing.finish, self._on_finished)
        # The way that led here is the patient's, so it goes, too.
        desk.navigation.go(PatientsPlace())
        desk.navigation.go(ErasingPlace())

    def _on_finished(self, is_done: object) -> None:
        self.page.copies.show_done(self._desk.words(_DONE if is_done else _LATER))

    def _look(self) -> None:
        self._work(self._desk.store.erasing.search(), self._on_found)

    def _on_found(self, older: tuple[OlderCopy, ...]) -> None:
        erasing, words = self._desk.store.erasing, self._desk.words
        is_anybody_erased = bool(erasing.erased())
        beside = Beside(erasing.set_aside(), erasing.away())
        now = self._desk.clock.now()
        view = copies_view(older, beside, now, words, is_anybody_erased=is_anybody_erased)
        self.page.copies.show_view(view)

    @Slot(object)
    def _on_page_renew_requested(self, lines: tuple[CopyLine, ...]) -> None:
        self._clean(lines, renews=True)

    @Slot(object)
    def _on_page_remove_requested(self, line: CopyLine) -> None:
        loss = removing(line, self._desk.words)
        self._desk.ask.lose(self.page, loss, partial(self._clean, (line,), renews=False))

    def _clean(self, lines: tuple[CopyLine, ...], *, renews: bool) -> None:
        cleaning = self._desk.store.erasing.cleaning
        try:
            works = [cleaning(line.copy, renews=renews) for line in lines]
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
            return
        self.page.copies.show_working()
        self._work(partial(_one_by_one, works), self._on_cleaned)

    def _on_cleaned(self, _nothing: object) -> None:
        self._look()

    def _work(self, work: Callable[[], object], on_done: Callable[[Any], None]) -> None:
        # Where copies are made: nobody makes one while another is taken away.
        self._desk.tasks.run(self, work, on_done, self._on_failed, lane=Lane.COPY)

    def _on_failed(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self.page.message.show_problem(self._desk.words.error(problem))
        self._look()


def _one_by_one(works: Sequence[Callable[[], None]]) -> None:
    for work in works:
        work()
