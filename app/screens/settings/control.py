"""Joins the settings to the store, the keys and the copies."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError, UserError
from app.records.folder import describe
from app.records.keys.passphrase import check_passphrase
from app.records.keys.vault import change_passphrase, code_state
from app.records.model import Changes
from app.records.slowing import Slowing
from app.screens.desk import Desk
from app.screens.new_key.offer import offer_new_key
from app.screens.places import (
    DataPlace,
    ErasingPlace,
    HelpPlace,
    HistoryPlace,
    NewKeyPlace,
    PeoplePlace,
    Place,
)
from app.screens.recovery import code_loss
from app.screens.screen import Screen
from app.screens.settings.code_control import CodeControl
from app.screens.settings.page import SettingsPage
from app.screens.settings.passphrase import NewPassphrase
from app.screens.settings.pin_control import PinControl
from app.screens.settings.view import (
    DataFacts,
    SettingsView,
    as_moment,
    settings_view,
)
from app.screens.strength import strength_view
from app.settings import Settings

_CHANGED = N_("The new passphrase opens the records. The recovery code still does.")


class SettingsControl(Screen):
    """Keeps the unit's settings, changes the passphrase."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page: SettingsPage = SettingsPage(desk.words)
        self.page.changed.connect(self._on_page_changed)
        self.page.left.connect(self._on_page_left)
        self.page.help_requested.connect(self._on_page_help_requested)
        self.page.people_requested.connect(self._on_page_people_requested)
        self.page.history_requested.connect(self._on_page_history_requested)
        self.page.erased_requested.connect(self._on_page_erased_requested)
        self._code = CodeControl(desk, self.page.recovery, self)
        self._code.changed.connect(self._on_news_copied)
        self._pin = PinControl(desk, self.page.pin, self.page.message, self)
        self.page.recovery.new_key_requested.connect(self._on_new_key_requested)
        self.page.data_requested.connect(self._on_page_data_requested)
        desk.news.copied.connect(self._on_news_copied)
        self.page.passphrase.change_requested.connect(self._on_passphrase_change_requested)
        self.page.passphrase.wish_typed.connect(self._on_passphrase_wish_typed)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show the settings as stored."""
        self.page.show_view(self._view())
        self._pin.show()
        self.page.start()

    def refresh(self, changes: Changes) -> None:  # noqa: ARG002 - a copy may follow any write
        """Show where the data stand now; what is being typed stays."""
        self.page.show_data(self._view())

    def leave(self) -> None:
        """Store what was typed last; no secret stays but a new code, which waits to be kept."""
        self.page.finish()
        self.page.pin.forget()
        if not self.page.recovery.has_code:
            self.page.recovery.forget()

    def unsaved(self) -> str:
        """Say that a new recovery code is on the screen, which is not shown again."""
        return code_loss(self._desk.words).text if self.page.recovery.has_code else ""

    @Slot()
    def _on_page_people_requested(self) -> None:
        self._desk.navigation.go(PeoplePlace())

    @Slot()
    def _on_new_key_requested(self) -> None:
        self._desk.navigation.go(NewKeyPlace())

    @Slot()
    def _on_page_data_requested(self) -> None:
        self._desk.navigation.go(DataPlace())

    @Slot()
    def _on_page_help_requested(self) -> None:
        self._desk.navigation.go(HelpPlace())

    @Slot()
    def _on_page_history_requested(self) -> None:
        self._desk.navigation.go(HistoryPlace())

    @Slot()
    def _on_page_erased_requested(self) -> None:
        self._desk.navigation.go(ErasingPlace())

    @Slot()
    def _on_page_left(self) -> None:
        desk = self._desk
        if self.page.recovery.has_code:
            desk.ask.lose(self.page, code_loss(desk.words), self._go_without_code)
        else:
            desk.navigation.back()

    def _go_without_code(self) -> None:
        self.page.recovery.forget()
        self._desk.navigation.back()

    def _view(self) -> SettingsView:
        desk = self._desk
        state = describe(desk.folder)
        copy, now = state.last_copy, desk.clock.now()
        data = DataFacts(
            last_copy=None if copy is None else as_moment(copy.moment, now),
            has_secret=state.is_protected,
            code=code_state(desk.folder),
        )
        return settings_view(desk.settings(), desk.store.user, data, desk.catalogue, desk.words)

    @Slot(object)
    def _on_page_changed(self, settings: Settings) -> None:
        try:
            self._desk.store.settings.save(settings)
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
            return
        self.page.show_saved(settings)

    @Slot()
    def _on_news_copied(self) -> None:
        if self.page.isVisible():
            self.page.show_data(self._view())

    @Slot(object)
    def _on_passphrase_change_requested(self, wish: NewPassphrase) -> None:
        try:
            check_passphrase(wish.wished, (self._desk.store.user.name,))
        except UserError as problem:
            self.page.passphrase.show_weak(self._desk.words.error(problem))
            return
        desk = self._desk
        slowing, user = desk.store.around.slowing, desk.store.user.id
        work = ChangePassphrase(slowing, desk.folder, wish, user)
        desk.tasks.run(self, work, self._on_passphrase_changed, self._on_passphrase_kept)

    @Slot(str)
    def _on_passphrase_wish_typed(self, wished: str) -> None:
        view = strength_view(wished, self._desk.store.user.name, self._desk.words)
        self.page.passphrase.wished.show_strength(view)

    def _on_passphrase_changed(self, _nothing: None) -> None:
        self.page.passphrase.show_done()
        self.page.message.show_note(self._desk.words(_CHANGED))
        offer_new_key(self._desk, self.page)

    def _on_passphrase_kept(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            raise problem
        self.page.message.hide()
        self.page.passphrase.show_problem(self._desk.words.error(problem))


@dataclass(frozen=True, slots=True)
class ChangePassphrase:
    """The change as work for another thread: it touches the keys only."""

    slowing: Slowing
    folder: Path
    wish: NewPassphrase
    user: str

    def __call__(self) -> None:
        """Let the wished passphrase open the records instead of the user's present one."""
        secret, wished = self.wish.secret, self.wish.wished
        change = partial(change_passphrase, self.folder, secret, wished, user=self.user)
        self.slowing.tried(change)
