"""Open records at work in the window: what is joined for them, and goes with them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.clock import Machine
from app.records.model import Changes
from app.records.session import load_for_writing
from app.screens.builders import BUILDERS, load_for_charts
from app.screens.copy_news import CopyNews
from app.screens.copying import Copying
from app.screens.desk import Desk
from app.screens.first_paint import FirstPaint
from app.screens.first_words import begin_with_list, say_at_opening
from app.screens.places import PatientsPlace
from app.screens.rooms import Rooms
from app.screens.window import Window
from app.wording.people import told_roles

if TYPE_CHECKING:
    from app.screens.lock.control import LockControl


class AtWork(QObject):
    """The desk with its rooms, its copies and its lock, while the records are open.

    ``set_anew`` tells that somebody has changed what is set, ``list_painted`` that the first list
    of patients is in view. The lock is there from then on.
    """

    set_anew = Signal()
    list_painted = Signal()

    def __init__(self, desk: Desk, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._window = window
        self.copying = Copying(desk.store, desk.tasks, self)
        self._copy_news = CopyNews(desk, window, self.copying)
        self.rooms = Rooms(desk, window, BUILDERS)
        self.lock: LockControl | None = None
        desk.store.after_signing(self.copying.ask)
        desk.news.changed.connect(self._on_news_changed)

    def begin(self) -> None:
        """Show the list of patients, and who works here."""
        user = self.desk.store.user
        self.desk.shift.pins.welcome(user.id)
        self._window.show_who(user.name, *told_roles(user.roles, self.desk.words))
        self.desk.navigation.go(PatientsPlace())
        say_at_opening(self.desk)
        if self._window.page is not None:
            FirstPaint(self._window.page, self.list_painted.emit)

    def go_on(self, machine: Machine) -> None:
        """Do what the first list need not wait for; watch from now on whether anybody is there."""
        begin_with_list(self.desk, self._window)
        self._copy_news.tell_lost()
        self.desk.tasks.run_ahead(self, load_for_writing)
        self.desk.tasks.run_ahead(self, load_for_charts)
        from app.screens.lock.watching import watch  # noqa: PLC0415 - not before a list

        self.lock = watch(self.desk, self._window, self.rooms, self.copying, machine)

    def refuses_to_close(self) -> bool:
        """Whether the window stays, for something that only the one who locked it may lose."""
        if self.lock is None or not self._window.is_locked:
            return False
        return self.lock.refuses_to_close()

    @property
    def rooms_in_view(self) -> Rooms | None:
        """The rooms, whose unsaved words are asked about, unless the window is locked."""
        return None if self._window.is_locked else self.rooms

    def leave(self) -> None:
        """Leave the page that is shown, so that what stands on it is stored."""
        if not self.desk.store.away.is_on:
            self.rooms.leave()

    def let_go(self) -> None:
        """Let the lock and all that listens go: the records are closed by somebody else."""
        if self.lock is not None:
            self.lock.deleteLater()
            self.lock = None
        self.deleteLater()

    @Slot(object)
    def _on_news_changed(self, changes: Changes) -> None:
        if changes.has_settings:
            self.set_anew.emit()
