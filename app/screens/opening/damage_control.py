"""Joins the card of damaged records to what is left of them and to their copies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.clock import Clock
from app.errors import N_, AppError, Bug
from app.exchange.rescuing import save_readable
from app.records.copies.after_damage import Left, look, unlock_any
from app.records.copies.inventory import CopyState
from app.records.copies.source import Source
from app.records.keys.vault import WrongSecret
from app.records.rescue import Rescued
from app.screens.ask import Loss
from app.screens.opening.damage import DamageCard
from app.screens.opening.damage_view import (
    DamageView,
    cut_of,
    damage_view,
    found_view,
    rescued_words,
)
from app.screens.opening.page import OpeningPage
from app.screens.opening.surroundings import Surroundings
from app.screens.replacing import Put, Replacing
from scales.catalogue import Catalogue

_ASIDE = N_("The damaged files are set aside whole, and nothing of them is deleted.")


class DamageControl(QObject):
    """Looks at what is left, puts a copy back, saves what is readable; damaged files stay so."""

    put_back = Signal(str)  # a sentence: a copy stands in their place now

    def __init__(self, around: Surroundings, page: OpeningPage, parent: QObject) -> None:
        super().__init__(parent)
        self._around = around
        self._page = page
        self._problem: AppError = Bug("")
        self._secret: str | None = None
        self._left = Left((), is_readable=False)
        self._replacing = Replacing(around.words, around.tasks, self)
        self._replacing.put_back.connect(self.put_back)
        self._replacing.refused.connect(self._on_refused)
        self.card = card = DamageCard(around.words)
        card.secret_given.connect(self._look)
        card.put_back_requested.connect(self._on_put_back_requested)
        card.save_requested.connect(self._on_save_requested)
        card.files_requested.connect(self._on_files_requested)
        card.retried.connect(self.forget)

    def begin(self, problem: AppError, secret: str | None) -> None:
        """Say what is wrong; look at once where what opens the copies is known."""
        self._problem = problem
        if secret is None:
            self._show(damage_view(problem, self._around.words, is_asking=True))
        else:
            self._look(secret)

    @Slot()
    def forget(self) -> None:
        """Keep no secret."""
        self._secret = None
        self.card.secret.clear()

    def _show(self, view: DamageView) -> None:
        self._page.show_further(self.card)
        self.card.show_view(view)

    @Slot(str)
    def _look(self, secret: str) -> None:
        self._secret = secret
        self._show(damage_view(self._problem, self._around.words, is_asking=False))
        work = _Looking(self._around.folder, secret)
        self._around.tasks.run(self, work, self._on_looked, self._on_not_looked)

    def _on_looked(self, left: Left) -> None:
        self._left = left
        around = self._around
        self._show(found_view(self._problem, left, around.clock.now(), around.words))

    def _on_not_looked(self, problem: Exception) -> None:
        words, self._secret = self._around.words, None
        if not isinstance(problem, AppError):
            raise problem
        is_asking = isinstance(problem, WrongSecret)
        refused = words.error(problem) if is_asking else ""
        shown = self._problem if is_asking else problem
        self._show(damage_view(shown, words, is_asking=True, refused=refused))

    @Slot()
    def _on_put_back_requested(self) -> None:
        words, best = self._around.words, self._left.best
        if best is None:
            return
        loss = Loss(
            words(N_("Put this copy in place of the records?")),
            words.sentences((cut_of(best, words), words(_ASIDE))),
            words(N_("Put it back")),
        )
        self._around.ask.lose(self._page, loss, partial(self._put_back, best))

    def _put_back(self, best: CopyState) -> None:
        self.card.show_busy(is_busy=True)
        around = self._around
        work = _Unlocking(around.folder, self._secret, best)
        self._around.tasks.run(self, work, self._on_unlocked, self._on_failed)

    def _on_unlocked(self, source: Source) -> None:
        around = self._around
        self._replacing.begin(Put(source, around.folder, around.clock, around.load_scales()))

    def _on_refused(self, told: str) -> None:
        self.card.show_busy(is_busy=False)
        if told:
            self._page.message.show_problem(told)

    @Slot()
    def _on_save_requested(self) -> None:
        title = self._around.words(N_("An empty folder for the tables"))
        self._around.ask.folder(self._page, title, self._save)

    def _save(self, target: Path) -> None:
        around = self._around
        self.card.show_busy(is_busy=True)
        work = _Saving(around.folder, self._secret, around.load_scales(), around.clock, target)
        on_done = partial(self._on_saved, target)
        task = around.tasks.run_long(self, work, on_done, self._on_failed)
        task.got_to.connect(self.card.show_percent)

    def _on_saved(self, target: Path, found: Rescued) -> None:
        self.card.show_busy(is_busy=False)
        self._page.message.show_problem(rescued_words(found, target, self._around.words))

    def _on_failed(self, problem: Exception) -> None:
        self.card.show_busy(is_busy=False)
        if not isinstance(problem, AppError):
            raise problem
        self._page.message.show_problem(self._around.words.error(problem))

    @Slot()
    def _on_files_requested(self) -> None:
        folder = self._around.folder
        self._around.ask.show_folder(folder)
        told = N_("The files are in {folder}. Please change nothing there by hand.")
        self._page.message.show_note(self._around.words(told, folder=str(folder)))


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looking at what is left, as work for another thread."""

    folder: Path
    secret: str | None = field(repr=False)  # a struct would show it

    def __call__(self) -> Left:
        return look(self.folder, self.secret)


@dataclass(frozen=True, slots=True)
class _Unlocking:
    """A copy with the key that opens it, as work for another thread."""

    folder: Path
    secret: str | None = field(repr=False)  # a struct would show it
    copy: CopyState

    def __call__(self) -> Source:
        unlocked = unlock_any(self.folder, self.secret)
        return Source(self.copy.path, unlocked=unlocked, as_far_as_sound=self.copy.is_cut)


@dataclass(frozen=True, slots=True)
class _Saving:
    """Saving what is readable, as work for another thread."""

    folder: Path
    secret: str | None = field(repr=False)  # a struct would show it
    catalogue: Catalogue
    clock: Clock
    target: Path

    def __call__(self, tell: Callable[[float], None]) -> Rescued:
        return save_readable(
            self.folder, self.secret, self.catalogue, self.clock, self.target, tell
        )
