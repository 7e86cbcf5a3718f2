"""Joins the page of the new key to the records, the keys and the copies."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.records.actions import Action
from app.records.copies.backup import Tell
from app.records.copies.second_place import LeftElsewhere
from app.records.keys.keyfile import CodeState, read_keys
from app.records.keys.vault import WrongSecret, refuse_open
from app.records.model import Changes
from app.records.renewal import NewKey, Renewal, Renewed
from app.records.slowing import Slowing, TooSoon
from app.screens.code_work import NoteCode
from app.screens.desk import Desk
from app.screens.new_key.page import NewKeyPage
from app.screens.new_key.view import Found, code_view, new_key_view, removing
from app.screens.places import NewKeyPlace, PeoplePlace, Place
from app.screens.recovery import code_loss, print_code
from app.screens.screen import Screen
from app.screens.tasks import Lane, LongTask

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_RUNNING = N_(
    "Records and copies are being encrypted anew. You can go on working; until it is done "
    "nothing has changed."
)
_STOPPED = N_("Stopped. Nothing was changed.")
_WAITS = N_("The new key counts. Its recovery code waits to be written down: Settings, New key.")


class NewKeyControl(Screen):
    """Makes a new key beside the window, and hands out its code."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: LongTask | None = None
        self._renewal: Renewal | None = None
        self._elsewhere: LeftElsewhere | None = None
        self.page: NewKeyPage = NewKeyPage(desk.words)
        self.page.banner.back_requested.connect(self._on_left)
        self.page.making.begun.connect(self._on_begun)
        self.page.making.stopped.connect(self._on_stopped)
        self.page.making.people_requested.connect(self._on_people_requested)
        self.page.code.confirmed.connect(self._on_code_kept)
        self.page.code.print_requested.connect(self._on_print_requested)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show what can be done; what runs goes on."""
        if self._task is None:
            self.page.making.show_state("", is_running=False)
        self._show()
        self._look_elsewhere()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show again who may do it; what is left lies in the folder and is not told by rows."""
        if "users" in changes.tables:
            self._show()

    def leave(self) -> None:
        """Let no passphrase stand in a field that nobody looks at."""
        self.page.making.secret.clear()

    def unsaved(self) -> str:
        """Say that a code waits to be kept, or that a new key is on its way."""
        if self.page.code.has_code:
            return code_loss(self._desk.words).text
        if self._task is None:
            return ""
        return self._desk.words(
            N_("A new key is being made. If you close now, it is given up and nothing changes.")
        )

    @property
    def _new_key(self) -> NewKey:
        return self._desk.store.users.new_key

    def _show(self) -> None:
        desk = self._desk
        refused, found = "", Found(desk.folder)
        if not desk.may(Action.RENEW_KEY):
            refused = desk.words(Action.RENEW_KEY.refusal)
        try:
            refuse_open(read_keys(desk.folder))
            found = Found(
                desk.folder,
                self._new_key.surplus(),
                self._new_key.left_behind(),
                self._elsewhere,
            )
        except AppError as problem:
            refused = refused or desk.words.error(problem)
        self.page.show_view(new_key_view(found, refused, desk.words))

    def _look_elsewhere(self) -> None:
        """Look into the second place where copies are made: a share may let one wait."""
        look = self._new_key.left_elsewhere
        self._desk.tasks.run(self, look, self._on_looked, _let_be, lane=Lane.COPY)

    def _on_looked(self, elsewhere: LeftElsewhere | None) -> None:
        self._elsewhere = elsewhere
        self._show()

    def _on_cleared(self, _nothing: None) -> None:
        self._look_elsewhere()

    @Slot()
    def _on_left(self) -> None:
        desk = self._desk
        if self.page.code.has_code:
            desk.ask.lose(self.page, code_loss(desk.words), self._go_without_code)
        else:
            desk.navigation.back()

    def _go_without_code(self) -> None:
        self.page.forget_code()
        self._desk.navigation.back()

    @Slot()
    def _on_people_requested(self) -> None:
        self._desk.navigation.go(PeoplePlace())

    @Slot(str)
    def _on_begun(self, secret: str) -> None:
        surplus = self._new_key.surplus()
        if not (surplus and self.page.making.surplus.isChecked()):
            self._begin(secret, removes_surplus=False)
            return
        offset = self._desk.clock.now().offset_minutes
        loss = removing(surplus, offset, self._desk.words)
        begin = partial(self._begin, secret, removes_surplus=True)
        self._desk.ask.lose(self.page, loss, begin)

    def _begin(self, secret: str, *, removes_surplus: bool) -> None:
        desk = self._desk
        self.page.message.hide()
        self.page.making.show_percent(0)
        self.page.making.show_state(desk.words(_RUNNING), is_running=True)
        slowing = desk.store.around.slowing
        work = CheckedCopy(slowing, secret, desk.store.copies.before_risk)
        copied = partial(self._on_copied, removes_surplus)
        self._task = desk.tasks.run_long(self.page, work, copied, self._on_failed)

    def _on_copied(self, removes_surplus: bool, _nothing: None) -> None:  # noqa: FBT001 - as asked
        try:
            self._renewal = self._new_key.begin(removes_surplus=removes_surplus)
        except AppError as problem:
            self._on_failed(problem)
            return
        self._run(self._renewal)

    def _run(self, renewal: Renewal) -> None:
        ready = partial(self._on_ready, renewal)
        self._task = self._desk.tasks.run_long(self.page, Round(renewal), ready, self._on_failed)
        self._task.got_to.connect(self.page.making.show_percent)

    def _on_ready(self, renewal: Renewal, _nothing: None) -> None:
        try:
            renewed = renewal.settle()
        except AppError as problem:
            self._on_failed(problem)
            return
        if renewed is None:
            self._run(renewal)
        else:
            self._on_counts(renewal, renewed)

    def _on_counts(self, renewal: Renewal, renewed: Renewed) -> None:
        desk = self._desk
        self._end()
        self._show()
        self.page.show_code(code_view(renewed.code, desk.words))
        if not self.page.isVisible():
            desk.news.warn(desk.words(_WAITS))
        work = NoteCode(desk.folder, CodeState.SHOWN)
        desk.tasks.run(self, work, self._on_noted, self._on_not_noted)
        desk.tasks.run(self, renewal.clear_away, self._on_cleared, _let_be, lane=Lane.COPY)

    def _on_failed(self, problem: Exception) -> None:
        self._end()
        if isinstance(problem, (WrongSecret, TooSoon)):
            self.page.making.show_wrong(self._desk.words.error(problem))
        elif isinstance(problem, AppError):
            self.page.message.show_problem(self._desk.words.error(problem))
        else:
            raise problem

    @Slot()
    def _on_stopped(self) -> None:
        if self._task is None:
            return
        self._task.cancel()
        if self._renewal is not None:
            # Behind what still runs: what that has ready goes then.
            self._desk.tasks.run(self, self._renewal.give_up, _let_be, _let_be, lane=Lane.LONG)
        self._end(self._desk.words(_STOPPED))
        self.page.making.make.setFocus()

    def _end(self, text: str = "") -> None:
        self._task = self._renewal = None
        self.page.making.show_state(text, is_running=False)

    @Slot()
    def _on_code_kept(self) -> None:
        work = NoteCode(self._desk.folder, CodeState.KEPT)
        self._desk.tasks.run(self, work, self._on_noted, self._on_not_noted)

    def _on_noted(self, state: CodeState) -> None:
        if state is CodeState.KEPT:
            self.page.forget_code()
            if self._desk.navigation.place == NewKeyPlace():
                self._desk.navigation.back()

    def _on_not_noted(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self.page.code.show_problem(self._desk.words.error(problem))

    @Slot()
    def _on_print_requested(self) -> None:
        title = self._desk.words(N_("Print the recovery code"))
        self._desk.ask.printer(self.page, title, self._print)

    def _print(self, printer: "QPrinter") -> None:
        print_code(printer, self.page.code.code.text(), self._desk.folder, self._desk.words)


def _let_be(_outcome: object) -> None:
    """Take no notice: the next opening clears away what is left."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a new key as work for another thread."""

    renewal: Renewal

    def __call__(self, tell: Tell) -> None:
        """Make ready what is not."""
        self.renewal.prepare(tell)


@dataclass(frozen=True, slots=True)
class CheckedCopy:
    """A copy before anything is risked, for whoever can open the records now and nobody else."""

    slowing: Slowing
    secret: str = field(repr=False)  # a struct would show it
    copy: Callable[[], None]

    def __call__(self, tell: Tell) -> None:
        """Look whether the secret opens the records, then have them copied."""
        tell(0.0)
        self.slowing.check(self.secret)
        self.copy()
