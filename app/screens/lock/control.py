"""The lock: when it comes, what it shows, and who comes back."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.errors import AppError, UserError
from app.records.folder import needs_secret
from app.records.model import Changes, User
from app.screens.copying import Copying
from app.screens.desk import Desk
from app.screens.lock.closing import Closing
from app.screens.lock.curtain import Curtain
from app.screens.lock.hands import Hands
from app.screens.lock.page import LockPage
from app.screens.lock.view import (
    LockView,
    Stage,
    Why,
    choose_view,
    closed_view,
    left_over_view,
    open_view,
    passphrase_view,
    pin_view,
    unsaved_words,
    wrong_pin_words,
)
from app.screens.places import PatientsPlace
from app.screens.rooms import Rooms
from app.screens.screen import Screen
from app.screens.window import Window
from app.wording.people import told_roles
from widgets import clipboard
from widgets.stillness import Stillness

_MINUTE_MS = 60_000
CHOOSING_MS = _MINUTE_MS
"""For how long a PIN, or what becomes of something not saved, can be chosen; then it is locked."""


class LockControl(QObject):
    """Locks the window and lets one person back, or another in.

    Whoever locked it comes back to the same place with what was typed there. Anybody else finds
    the list, and pages that are built anew.
    """

    stillness: Stillness
    _user: User  # who locked the window last

    def __init__(self, desk: Desk, window: Window, rooms: Rooms, copying: Copying) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._rooms = rooms
        self._curtain = Curtain(window, desk.ask)
        self._closing = Closing(desk, copying, self)
        self._closing.closed.connect(self._on_closed)
        self._hands = Hands(desk, self)
        self._hands.came.connect(self._on_hands_came)
        self._is_protected = _is_protected(desk.folder)
        self._stage: Stage | None = None
        self._coming: User | None = None
        self._has_unsaved = False
        self._page: LockPage | None = None

    @property
    def is_locked(self) -> bool:
        """Whether the pages are out of view."""
        return self._stage is not None

    @property
    def page(self) -> LockPage:
        """The page of the locked window, built when it is first locked."""
        if self._page is None:
            self._page = page = LockPage(self._desk.words)
            page.pin.typed.connect(self._on_pin_typed)
            page.new_pin.chosen.connect(self._on_new_pin_chosen)
            page.new_pin.refused.connect(self._on_new_pin_refused)
            page.notice.went_on.connect(self._on_notice_went_on)
            page.notice.left.connect(self._on_notice_left)
            page.secret.submitted.connect(self._hands.try_secret)
            self._hands.refused.connect(page.show_refused)
        return self._page

    @Slot()
    def lock_by_hand(self) -> None:
        """Lock for somebody who asks for it, at once: nothing is asked of who is leaving."""
        if self._stage is Stage.CHOOSE:
            self._show(_locked_view(self._user, self._desk))
        if self.is_locked:
            return
        self._user = self._desk.store.user
        view = _locked_view(self._user, self._desk)
        self._lock(view if self._is_protected else open_view(self._desk.words))

    @Slot(int)
    def look(self, still_ms: int) -> None:
        """Lock where nobody has touched the window for too long, and close what must be closed."""
        if not self._is_watched:
            return
        pins = self._desk.shift.pins
        if pins.is_spent:
            self._close_records(Why.SPENT)
        elif self.is_locked and pins.is_old(self._user.id):
            self._close_records(Why.OLD)
        elif self._stage in (Stage.CHOOSE, Stage.LEFT_OVER) and still_ms >= CHOOSING_MS:
            self._show(_locked_view(self._user, self._desk))
        elif not self.is_locked and _is_over(still_ms, self._rooms.current, self._desk):
            self._user = self._desk.store.user
            self._lock(_locked_view(self._user, self._desk))

    @Slot()
    def sleep_over(self) -> None:
        """Close the records after the machine slept: nobody knows where it was meanwhile."""
        if self._is_watched:
            self._close_records(Why.SLEPT)

    def refuses_to_close(self) -> bool:
        """Say once, on the locked page, that closing the window loses something; then it may."""
        is_refused, self._has_unsaved = self.is_locked and self._has_unsaved, False
        if is_refused:
            self.page.show_problem(unsaved_words(self._user, self._desk.words))
        return is_refused

    @property
    def _is_watched(self) -> bool:
        is_away = self._desk.store.away.is_on or self._closing.is_begun
        return self._is_protected and not is_away

    def _lock(self, view: LockView) -> None:
        self._has_unsaved = bool(self._rooms.unsaved())
        clipboard.take_back()
        self._curtain.draw()
        self._window.hide_behind(self.page)
        self._show(view)

    def _show(self, view: LockView) -> None:
        self._stage = view.stage
        if view.stage is not Stage.CHOOSE:
            self._desk.shift.locked = self._desk.clock.now()
        self.page.show_view(view)

    def _close_records(self, why: Why) -> None:
        """Close the file and drop its key; what was typed stays for whoever typed it."""
        if not self.is_locked:
            self._user = self._desk.store.user
            self._lock(_locked_view(self._user, self._desk))
        self._desk.shift.pins.forget()
        self._show(closed_view(self._user, why, self._desk.words))
        self.page.show_closing()
        self._closing.begin()

    @Slot()
    def _on_closed(self) -> None:
        self.page.secret.set_working(is_working=False)

    @Slot(str)
    def _on_pin_typed(self, pin: str) -> None:
        pins = self._desk.shift.pins
        if pins.opens(self._user.id, pin):
            self._come_back()
        elif pins.is_spent:
            self._close_records(Why.SPENT)
        else:
            self.page.pin.show_problem(wrong_pin_words(pins.left, self._desk.words))

    @Slot(str)
    def _on_new_pin_chosen(self, pin: str) -> None:
        try:
            self._desk.shift.pins.choose(self._user.id, pin)
        except UserError as problem:
            self.page.new_pin.show_problem(self._desk.words.error(problem))
            return
        self._come_back()

    @Slot()
    def _on_new_pin_refused(self) -> None:
        self._desk.shift.pins.decline(self._user.id)
        self._come_back()

    @Slot()
    def _come_back(self) -> None:
        """Show again what was there, to whoever locked it."""
        current = self._rooms.current
        self._come_out()
        self._curtain.open()
        if current is not None:
            current.come_back()

    def _come_out(self) -> None:
        self._stage, self._coming = None, None
        self.page.forget()
        self._window.come_out()

    @Slot(object)
    def _on_hands_came(self, user: User) -> None:
        if self._closing.is_begun:
            self.page.show_closing()  # the passphrase is asked again after it
        elif user.id == self._desk.store.user.id:
            self._on_same_came(user)
        elif self._rooms.unsaved():
            self._coming = user
            self._show(left_over_view(self._user, user, self._desk.words))
        else:
            self._hand_over(user)

    def _on_same_came(self, user: User) -> None:
        """Let somebody go on who gave the passphrase; a PIN is offered to nobody else."""
        pins = self._desk.shift.pins
        if self._stage is Stage.PIN:  # who needs the passphrase there has no use of that PIN
            pins.drop(user.id)
        if pins.is_wanted(user.id):
            self._show(choose_view(user, self._desk.words))
        else:
            self._come_back()

    @Slot()
    def _on_notice_went_on(self) -> None:
        if self._coming is not None:
            self._hand_over(self._coming)
        else:
            self._come_back()

    @Slot()
    def _on_notice_left(self) -> None:
        self._coming = None
        self._show(_locked_view(self._user, self._desk))

    def _hand_over(self, user: User) -> None:
        """Let somebody else work here, once nothing of the one before is left."""
        self._desk.tasks.cancel_long()
        self._rooms.begin_anew()
        self._curtain.drop()
        self._hands.let_act(user)
        self._window.show_who(user.name, *told_roles(user.roles, self._desk.words))
        self._desk.news.tell(Changes(frozenset({"user_settings"}), frozenset()))
        self._come_out()
        self._desk.navigation.go(PatientsPlace())


def _locked_view(user: User, desk: Desk) -> LockView:
    has_pin = desk.shift.pins.has(user.id)
    return (pin_view if has_pin else passphrase_view)(user, desk.words)


def _is_protected(folder: Path) -> bool:
    """Whether anybody needs a passphrase for the open records; so it is where nobody can say."""
    try:
        return needs_secret(folder)
    except AppError:
        return True


def _is_over(still_ms: int, screen: Screen | None, desk: Desk) -> bool:
    """Whether nobody has touched the window for longer than the unit lets what is shown stand."""
    if still_ms < _MINUTE_MS or (screen is not None and screen.is_timing):
        return False
    settings = desk.settings()
    is_scoring = screen is not None and screen.is_scoring
    minutes = settings.visit_lock_minutes if is_scoring else settings.lock_minutes
    return still_ms >= minutes * _MINUTE_MS
