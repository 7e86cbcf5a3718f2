"""Opens the records, or makes them, before anything else can be shown."""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, AppError, Damage
from app.records.file.unsafe_places import looked_at
from app.records.folder import Founder, create_folder, holds_data, needs_secret, open_folder
from app.records.keys.keyfile import CodeState, read_code
from app.records.keys.vault import NeedlessSecret, code_state, note_code, renew_code
from app.records.model import Role
from app.records.store import Store
from app.records.users import WhoIsIt
from app.screens.opening.page import OpeningPage
from app.screens.opening.surroundings import Surroundings
from app.screens.opening.view import (
    FirstUser,
    first_run_view,
    first_user_problems,
    trouble_view,
    unlock_view,
)
from app.screens.recovery import CodeView, first_code_view, instead_code_view, print_code
from app.screens.strength import strength_view
from scales.catalogue import Catalogue
from scales.errors import ScaleError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.screens.opening.damage_control import DamageControl


class Opened(Struct, frozen=True):
    """The open records, and the scales they are scored by: the window goes on with both."""

    store: Store
    catalogue: Catalogue


class OpeningControl(QObject):
    """Finds out what stands in the way, asks for it, and hands over the open store."""

    opened = Signal(object)  # Opened
    left = Signal()

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._catalogue = Catalogue((), ())
        self._store: Store | None = None
        self._is_needless = False
        self._has_risk = False
        self._tried = ""
        self.page = OpeningPage(around.words)
        self.page.first_run.submitted.connect(self._on_first_run_submitted)
        self.page.first_run.passphrase_typed.connect(self._on_first_run_passphrase_typed)
        self.page.unlock.submitted.connect(self._on_unlock_submitted)
        self.page.code.confirmed.connect(self._on_code_confirmed)
        self.page.code.print_requested.connect(self._on_code_print_requested)
        self.page.trouble.retried.connect(self.start)
        self.page.trouble.left.connect(self.left)
        self.damage: DamageControl | None = None

    @Slot()
    def start(self) -> None:
        """Open records that need no secret; ask for one, or for the first user, otherwise."""
        try:
            self._catalogue = self._around.load_scales()
            self._begin(self._catalogue)
        except Damage as problem:
            self._begin_damage(problem, None)
        except (AppError, ScaleError) as problem:
            self.page.show_view(trouble_view(problem, self._around.words))

    def start_refused(self, problem: AppError) -> None:
        """Begin where a secret was handed over that did not open, and say why.

        It is said where a secret is asked for. Where anyone could open, nobody does.
        """
        self._is_needless = isinstance(problem, NeedlessSecret)
        self.start()
        self.page.unlock.show_problem(self._around.words.error(problem))

    def _begin(self, catalogue: Catalogue) -> None:
        around = self._around
        if not holds_data(around.folder):
            view = first_run_view(around.folder, around.words, looked_at(around.folder))
            self._has_risk = bool(view.risk)
            self.page.show_view(view)
        elif needs_secret(around.folder):
            self.page.show_view(unlock_view(around.folder, around.words))
        elif self._is_needless:
            raise NeedlessSecret
        else:
            self._hand_over(_Opening(around, catalogue, None)().store)

    def _hand_over(self, store: Store) -> None:
        self.opened.emit(Opened(store, self._catalogue))

    @property
    def has_unkept_code(self) -> bool:
        """Whether a recovery code is on the screen that nobody has called written down."""
        return self._store is not None

    def close(self) -> None:
        """Let go of records that are open but not handed over."""
        if self._store is not None:
            self._store.close()

    @Slot(str)
    def _on_unlock_submitted(self, secret: str) -> None:
        self.page.unlock.set_working(is_working=True)
        self._tried = secret
        work = _Opening(self._around, self._catalogue, secret, self.page.unlock.chosen)
        self._around.tasks.run(self, work, self._on_unlocked, self._on_unlock_refused)

    def _on_unlocked(self, unlocked: "_Unlocked") -> None:
        self._tried = ""
        self.page.unlock.secret.clear()
        if unlocked.code:
            self._show_code(unlocked.store, instead_code_view(unlocked.code, self._around.words))
        else:
            self._hand_over(unlocked.store)

    def _on_unlock_refused(self, problem: Exception) -> None:
        tried, self._tried = self._tried, ""
        if isinstance(problem, WhoIsIt):
            text = self._around.words(N_("More than one person has this passphrase."))
            self.page.unlock.ask_who(problem.names, text)
        elif isinstance(problem, Damage):
            self.page.unlock.secret.clear()
            self._begin_damage(problem, tried)
        else:
            self.page.unlock.show_problem(self._sentence(problem))

    def _begin_damage(self, problem: Damage, secret: str | None) -> None:
        """Show what is left of damaged records; what that takes, no other opening needs."""
        if self.damage is None:
            from app.screens.opening.damage_control import DamageControl  # noqa: PLC0415 - as said

            self.damage = DamageControl(self._around, self.page, self)
            self.damage.put_back.connect(self._on_damage_put_back)
            self.damage.card.retried.connect(self.start)
            self.damage.card.left.connect(self.left)
        self.damage.begin(problem, secret)

    @Slot(str)
    def _on_damage_put_back(self, told: str) -> None:
        if self.damage is not None:
            self.damage.forget()
        self.start()
        self.page.message.show_note(told)

    @Slot(object)
    def _on_first_run_submitted(self, user: FirstUser) -> None:
        problems = first_user_problems(user, self._around.words, has_risk=self._has_risk)
        self.page.first_run.show_problems(problems)
        if not problems:
            self.page.message.hide()
            self.page.first_run.set_working(is_working=True)
            work = _Making(self._around, self._catalogue, user)
            self._around.tasks.run(self, work, self._on_made, self._on_not_made)

    @Slot(object)
    def _on_first_run_passphrase_typed(self, user: FirstUser) -> None:
        view = strength_view(user.passphrase, user.name, self._around.words)
        self.page.first_run.passphrase.show_strength(view)

    def _on_made(self, made: tuple[Store, str]) -> None:
        store, code = made
        self.page.first_run.forget()
        self._show_code(store, first_code_view(code, self._around.words))

    def _show_code(self, store: Store, view: CodeView) -> None:
        self._store = store
        self.page.show_view(view)
        with suppress(AppError):  # then the next start makes another code, and shows it
            note_code(self._around.folder, CodeState.SHOWN)

    def _on_not_made(self, problem: Exception) -> None:
        self.page.first_run.set_working(is_working=False)
        self.page.message.show_problem(self._sentence(problem))

    def _sentence(self, problem: Exception) -> str:
        if isinstance(problem, AppError):
            return self._around.words.error(problem)
        raise problem

    @Slot()
    def _on_code_confirmed(self) -> None:
        try:
            note_code(self._around.folder, CodeState.KEPT)
        except AppError as problem:
            self.page.code.show_problem(self._around.words.error(problem))
            return
        store, self._store = self._store, None
        self.page.code.forget()
        if store is not None:
            self._hand_over(store)

    @Slot()
    def _on_code_print_requested(self) -> None:
        title = self._around.words(N_("Print the recovery code"))
        self._around.ask.printer(self.page, title, self._print_code)

    def _print_code(self, printer: "QPrinter") -> None:
        around = self._around
        print_code(printer, self.page.code.code.text(), around.folder, around.words)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Opening as work for another thread: trying a secret takes a moment on purpose."""

    around: Surroundings
    catalogue: Catalogue
    secret: str | None = field(repr=False)  # a struct would show it
    user: str = ""

    def __call__(self) -> "_Unlocked":
        """Return the open store, with a new recovery code where nobody has seen the last one."""
        around = self.around
        store = open_folder(
            around.folder, self.secret,
            clock=around.clock, catalogue=self.catalogue, user=self.user,
        )  # fmt: skip
        return _Unlocked(store, self._unseen_code())

    def _unseen_code(self) -> str:
        folder = self.around.folder
        is_code = self.secret is not None and read_code(self.secret) is not None
        if self.secret is None or is_code or code_state(folder) is not CodeState.MADE:
            return ""
        try:
            return renew_code(folder, self.secret)
        except AppError:
            return ""  # the records are open; what is missing is said above the list


@dataclass(frozen=True, slots=True)
class _Unlocked:
    """The open store, and a recovery code to be shown, or none."""

    store: Store
    code: str = field(repr=False)


class _Making(Struct, frozen=True):
    """Making records as work for another thread."""

    around: Surroundings
    catalogue: Catalogue
    user: FirstUser

    def __call__(self) -> tuple[Store, str]:
        """Return the open store of new records, and the recovery code."""
        around, user = self.around, self.user
        return create_folder(
            around.folder,
            Founder(user.name, Role(user.role)),
            user.passphrase,
            clock=around.clock,
            catalogue=self.catalogue,
        )
