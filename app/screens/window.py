"""The window: one page at a time, and a message over it for what no page could say itself."""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.errors import N_
from app.language import Words
from app.settings import StationSettings
from widgets.layouts import column
from widgets.message import FloatingMessage
from widgets.press_guard import has_come
from widgets.shortcuts import HELP, HISTORY, NEW_PATIENT, PRINT, Keys, left_over
from widgets.tab_order import next_stop

_SMALLEST = QSize(960, 640)
_USUAL = QSize(1280, 800)
_FRAME = QSize(16, 48)  # what a desktop may put around a window


class Window(QMainWindow):
    """Shows pages. Its title names no patient: others may see it in a list of windows."""

    close_requested = Signal()
    asked = Signal(object)  # Shortcut

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._may_close = False
        self._for_next_page = ("", "")
        self.setWindowTitle(words(N_("OMS Bedside")))
        self._pages = QStackedWidget()
        middle = QWidget()
        column(middle, gap=0).addWidget(self._pages, 1)
        self.message = FloatingMessage(words, middle)
        self.setCentralWidget(middle)
        for shortcut in (HELP, HISTORY, NEW_PATIENT, PRINT):
            Keys(self, shortcut).pressed.connect(self.asked)
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
            self._for_next_page = ("", "")
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        has_come(page)

    def drop_page(self, page: QWidget) -> None:
        """Forget a page that will not be shown again."""
        self._pages.removeWidget(page)
        page.deleteLater()

    @Slot(str)
    def show_problem(self, text: str) -> None:
        """Say something over the page."""
        self.message.show_problem(text)

    def show_quietly(self, text: str, action: str = "") -> None:
        """Say something that came by itself, without moving the page under a hand.

        In the message that stands already, else over the page that comes next. ``action`` is the
        word on its button, if there is one.
        """
        if self.message.isHidden():
            self._for_next_page = (text, action)
        else:
            self.message.show_problem(text, action)

    @Slot(str)
    def show_on_next_page(self, text: str) -> None:
        """Say something over the page that comes next."""
        self._for_next_page = (text, "")

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
            self.asked.emit(shortcut)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever listens before closing, since something may not be saved yet."""
        if not self._may_close:
            self.close_requested.emit()
        event.setAccepted(self._may_close)
