"""The window: one page at a time, and a message over it for what no page could say itself."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from app.errors import N_
from app.language import Words
from app.settings import StationSettings
from widgets.layouts import column
from widgets.message import FloatingMessage, Offer
from widgets.press_guard import has_come
from widgets.shortcuts import (
    HELP,
    HISTORY,
    LOCK,
    NEW_PATIENT,
    PRINT,
    Keys,
    Shortcut,
    left_over,
)
from widgets.tab_order import next_stop
from widgets.who import WhoButton, WhoPlace

_SMALLEST = QSize(960, 640)
_USUAL = QSize(1280, 800)
_FRAME = QSize(16, 48)  # what a desktop may put around a window


class Window(QMainWindow):
    """Shows pages, or while it is locked one that stands in for them all.

    Its title names no patient: others may see it in a list of windows.
    """

    close_requested = Signal()
    lock_requested = Signal()
    asked = Signal(object)  # Shortcut

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._may_close = False
        self._behind: QWidget | None = None
        self._focus_behind: QWidget | None = None
        self._who: WhoButton | None = None
        self._for_next_page: tuple[str, Offer | None] = ("", None)
        self.setWindowTitle(words(N_("OMS Bedside")))
        self._pages = QStackedWidget()
        middle = QWidget()
        column(middle, gap=0).addWidget(self._pages, 1)
        self.message = FloatingMessage(words, middle)
        self.setCentralWidget(middle)
        for shortcut in (HELP, HISTORY, NEW_PATIENT, PRINT, LOCK):
            Keys(self, shortcut).pressed.connect(self._on_keys_pressed)
        self._fit(QGuiApplication.primaryScreen().availableGeometry())

    def appear(self, left: StationSettings) -> None:
        """Show the window as it was left; where it would not fit, it fills the screen."""
        room = QGuiApplication.primaryScreen().availableGeometry().size()
        size = QSize(left.width, left.height).expandedTo(_SMALLEST) if left.width else _USUAL
        needed = size + _FRAME
        self.resize(size.boundedTo(room))
        if left.is_maximized or needed.boundedTo(room) != needed:
            self.showMaximized()
        else:
            self.show()

    @Slot()
    def bring_up(self) -> None:
        """Come before other windows, for somebody who looks for this one."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def left(self) -> StationSettings:
        """Return how the window stands, for the next time it appears."""
        size = self.normalGeometry().size() if self.isMaximized() else self.size()
        return StationSettings(size.width(), size.height(), self.isMaximized())

    @property
    def page(self) -> QWidget | None:
        """The page that is shown, once there is one."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget) -> None:
        """Show a page; the message over it starts with what waited for a page, else empty."""
        self.message.hide()
        if self._for_next_page[0]:
            self.message.show_problem(*self._for_next_page)
            self._for_next_page = ("", None)
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._seat_who(page)
        self._pages.setCurrentWidget(page)
        has_come(page)

    def show_who(self, name: str, roles: str, short: str) -> None:
        """Say on every page from now on who works here."""
        if self._who is None:
            self._who = WhoButton(self._words)
            self._who.clicked.connect(self.lock_requested)
        self._who.show_who(name, roles, short)
        if self.page is not None:
            self._seat_who(self.page)

    @property
    def who(self) -> WhoButton | None:
        """What says who works here, once somebody does."""
        return self._who

    def _seat_who(self, page: QWidget) -> None:
        place = page.findChild(WhoPlace)
        if place is not None and self._who is not None:
            place.seat(self._who)

    def hide_behind(self, page: QWidget) -> None:
        """Take every page and message out of the window, and show one in their place.

        Nothing of them is painted, or reached by keys or a screen reader; they stay as they are.
        """
        if self._behind is None:
            self._focus_behind = self.focusWidget()
            self._behind = self.takeCentralWidget()
        self.setCentralWidget(page)

    def come_out(self) -> None:
        """Show again what was taken out; the focus goes back to where it was."""
        behind, self._behind = self._behind, None
        if behind is None:
            return
        stand_in = self.takeCentralWidget()
        if stand_in is not None:
            stand_in.setParent(self)  # it goes with the window, in Qt's own order
        self.setCentralWidget(behind)
        behind.show()
        focus, self._focus_behind = self._focus_behind, None
        if self.page is not None:
            has_come(self.page)
        if focus is not None and isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_locked(self) -> bool:
        """Whether another page stands in for all others."""
        return self._behind is not None

    def forget_pages(self) -> None:
        """Let every page go, with what waited to be said over one."""
        self._focus_behind = None
        self._for_next_page = ("", None)
        self.message.hide()
        while (page := self._pages.widget(0)) is not None:
            self.drop_page(page)

    def drop_page(self, page: QWidget) -> None:
        """Forget a page that will not be shown again; who works here goes to the next one."""
        if self._who is not None and page.isAncestorOf(self._who):
            self._who.setParent(self)
            self._who.hide()
        self._pages.removeWidget(page)
        page.deleteLater()

    @Slot(str)
    def show_problem(self, text: str) -> None:
        """Say something over the page."""
        self.message.show_problem(text)

    def show_quietly(self, text: str, offer: Offer | None = None) -> None:
        """Say something that came by itself, without moving the page under a hand.

        In the message that stands already, else over the page that comes next.
        """
        if self.message.isHidden():
            self._for_next_page = (text, offer)
        else:
            self.message.show_problem(text, offer)

    @Slot(str)
    def show_on_next_page(self, text: str) -> None:
        """Say something over the page that comes next."""
        self._for_next_page = (text, None)

    @Slot(str)
    def show_note(self, text: str) -> None:
        """Say over the page what was done."""
        self.message.show_note(text)

    def allow_close(self) -> None:
        """Let the next request close the window."""
        self._may_close = True

    def _fit(self, room: QRect) -> None:
        """Be as large as usual, or as small as the screen needs."""
        self.setMinimumSize(_SMALLEST.boundedTo(room.size()))
        self.resize(_USUAL.boundedTo(room.size()))

    def focusNextPrevChild(self, is_forward: bool) -> bool:  # noqa: FBT001 - as in Qt
        """Let Tab go through the page as it is read."""
        page = self.centralWidget()
        found = next_stop(page, self.focusWidget(), is_forward=is_forward)
        if found is None:
            return super().focusNextPrevChild(is_forward)
        reason = Qt.FocusReason.TabFocusReason
        found.setFocus(reason if is_forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on a key of the whole window that no part of the page has taken."""
        shortcut = left_over(event)
        if shortcut is None:
            super().keyPressEvent(event)
        else:
            self._on_keys_pressed(shortcut)

    @Slot(object)
    def _on_keys_pressed(self, shortcut: Shortcut) -> None:
        if shortcut is LOCK:
            self.lock_requested.emit()
        elif not self.is_locked:
            self.asked.emit(shortcut)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever listens before closing, since something may not be saved yet."""
        if not self._may_close:
            self.close_requested.emit()
        event.setAccepted(self._may_close)
