"""The app while it runs: builds the window's objects and joins them to the records."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from app.at_work import AtWork
from app.clock import Clock, Machine, shown_on, ticks
from app.data_folder import AtOnce, open_at_once
from app.errors import N_, AppError, Bug
from app.language import words
from app.palette import load_palette
from app.paths import log_folder, station_folder
from app.records.store import Store
from app.screens.ask import Ask, Dialogs
from app.screens.closing import ClosingControl
from app.screens.desk import Desk
from app.screens.faults import Faults
from app.screens.garbage import Garbage
from app.screens.lock.pins import Pins
from app.screens.lock.shift import Shift
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.tasks import Tasks
from app.screens.window import Window
from app.settings import Settings, StationFile, StationSettings, TextSize, Theme
from scales.catalogue import Catalogue, load_catalogue
from widgets.press_guard import PressGuard
from widgets.theme import APP_ARGUMENTS, apply_theme, system_text_percent

if TYPE_CHECKING:
    from app.records.copies.source import Source
    from app.screens.opening.control import Opened, OpeningControl
    from app.screens.replacing import Replacing


def application(*, is_unseen: bool = False) -> QApplication:
    """Return the one application, made at the first call; ``is_unseen`` needs no display."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    if is_unseen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(APP_ARGUMENTS)
    app.setApplicationName("oms-bedside")
    app.setApplicationDisplayName("OMS Bedside")
    return app


class Look:
    """The theme and the text size that everything wears."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._system_percent = system_text_percent(app.font())
        self._worn = ("", 0)

    def wear(self, theme: str, size: TextSize = TextSize.USUAL) -> None:
        """Put on a theme and a text size, unless both are worn already.

        A text that the system enlarges further stays as large.
        """
        wanted = (theme, max(self._system_percent, size.percent))
        if wanted != self._worn:
            self._worn = wanted
            apply_theme(self._app, load_palette(theme), wanted[1])

    def dress(self, settings: Settings) -> None:
        """Put on what somebody has set."""
        self.wear(settings.theme, settings.text_size)


class Running(QObject):
    """The app while it runs: the window, and the records once they are open.

    ``ask`` answers questions in place of the window. What is shown stands at ``as_of``, today if
    it is not given; what is written goes by ``clock``.
    """

    def __init__(
        self,
        app: QApplication,
        folder: Path,
        clock: Clock,
        *,
        as_of: date | None = None,
        is_demo: bool = False,
        ask: Ask | None = None,
    ) -> None:
        super().__init__()
        self.machine = Machine()
        self._folder = folder
        self._clock = clock
        self._shown_on = shown_on(as_of, clock)
        self._is_demo = is_demo
        self._station = StationFile(station_folder())
        self.look = Look(app)
        self._opening: OpeningControl | None = None
        self.work: AtWork | None = None
        self._replacing: Replacing | None = None
        self.on_ready: Callable[[], None] | None = None
        self.words = words()
        self.window = Window(self.words)
        self._ask = Dialogs(self.words) if ask is None else ask
        self._garbage = Garbage(self)
        self._tasks = Tasks(self)
        self.guard = PressGuard(app, ticks)
        self.faults = Faults(self.words, clock, log_folder)
        self.faults.happened.connect(self.window.show_problem)
        self.faults.install()
        self._closing = ClosingControl(self.window, self.words, self)
        self.window.close_requested.connect(self._on_window_close_requested)

    @property
    def desk(self) -> Desk:
        """The desk of the open records; a bug of ours where there are none."""
        if self.work is None:
            raise Bug(N_("No records are open."))
        return self.work.desk

    def appear(self) -> None:
        """Show the window as this station left it; the demo always begins alike."""
        left = StationSettings() if self._is_demo else self._station.read()
        self.window.appear(left)

    def start(self, secret: str | None = None) -> None:
        """Open the records, or show what stands in the way."""
        self.go_on_with(open_at_once(self._folder, secret, self._clock))

    def go_on_with(self, found: AtOnce) -> None:
        """Show the patients of records that are open, else what stands in the way."""
        if found.store is None or found.catalogue is None:
            self._show_opening(found.refused)
        else:
            self._go_on(found.store, found.catalogue)

    def stop(self) -> None:
        """Let the records go, however the window was left, then the window and all in it.

        Pages go in Qt's own order: left to Python's search for garbage, some go too late.
        """
        self._tasks.cancel_long()
        self._tasks.wait()
        if self._opening is not None:
            self._opening.close()
        if self.work is not None:
            self.work.desk.store.close()
        self.faults.remove()
        self._garbage.end()
        _delete(self.guard, self.window)

    def finish_tasks(self) -> None:
        """Wait until nothing runs beside the window, and let the window hear of it."""
        self._tasks.wait()
        QApplication.processEvents()

    def _show_opening(self, refused: AppError | None) -> None:
        from app.screens.opening import control  # noqa: PLC0415 - open records need none of it
        from app.screens.opening.surroundings import Surroundings  # noqa: PLC0415 - as above

        around = Surroundings(
            folder=self._folder,
            clock=self._clock,
            words=self.words,
            ask=self._ask,
            tasks=self._tasks,
            load_scales=load_catalogue,
        )
        self.look.wear(Theme.LIGHT)
        self._opening = control.OpeningControl(around, self)
        self._opening.opened.connect(self._on_opening_opened)
        self._opening.left.connect(self.window.close)
        self.window.show_page(self._opening.page)
        if refused is None:
            self._opening.start()
        else:
            self._opening.start_refused(refused)

    @Slot(object)
    def _on_opening_opened(self, opened: "Opened") -> None:
        if self._opening is not None:
            self.window.drop_page(self._opening.page)
        self._go_on(opened.store, opened.catalogue)

    def _go_on(self, store: Store, catalogue: Catalogue) -> None:
        self.work = work = AtWork(self._desk(store, catalogue), self.window, self)
        work.set_anew.connect(self._on_set_anew)
        work.list_painted.connect(self._on_list_painted)
        self.desk.news.put_back.connect(self._on_put_back_wanted)
        self._on_set_anew()
        self.guard.is_resting = self._opening is None
        work.begin()

    @Slot()
    def _on_list_painted(self) -> None:
        self.guard.is_resting = False
        if self.on_ready is not None:
            self.on_ready()
        if self.work is not None:
            self.work.go_on(self.machine)

    def _desk(self, store: Store, catalogue: Catalogue) -> Desk:
        news = News(self)
        store.listen(news.tell)
        return Desk(
            store=store,
            catalogue=catalogue,
            words=self.words,
            clock=self._shown_on,
            ask=self._ask,
            tasks=self._tasks,
            navigation=Navigation(self),
            news=news,
            folder=self._folder,
            is_demo=self._is_demo,
            shift=Shift(Pins(self.machine.ticks)),
        )

    @Slot()
    def _on_set_anew(self) -> None:
        self.look.dress(self.desk.settings())

    @Slot(object)
    def _on_put_back_wanted(self, source: "Source") -> None:
        """Close the records, put a copy in their place, and open what stands there then."""
        from app.screens.replacing import Put, Replacing  # noqa: PLC0415 - seldom needed

        work = self.work
        if work is None:
            return
        if sentence := work.rooms.unsaved():
            source.forget()
            self.window.show_problem(sentence)
            return
        self.work = None
        self._tasks.cancel_long()
        self._replacing = Replacing(self.words, self._tasks, self)
        self._replacing.ended.connect(self._on_replaced)
        put = Put(source, self._folder, self._clock, work.desk.catalogue, work.desk.store.close)
        self._replacing.begin_in(self.window, work.rooms, put)
        work.let_go()

    @Slot()
    def _on_replaced(self) -> None:
        replaced, self._replacing = self._replacing, None
        self.go_on_with(open_at_once(self._folder, None, self._clock))
        if replaced is not None:
            replaced.tell_in(self.window)

    @Slot()
    def _on_window_close_requested(self) -> None:
        if self._closing.is_begun or self._replacing is not None:
            return
        if self._opening is not None and self._opening.has_unkept_code:
            from app.screens.recovery import code_loss  # noqa: PLC0415 - when needed

            self._ask.lose(self.window, code_loss(self.words), self._close)
            return
        if self.work is not None and self.work.refuses_to_close():
            return
        rooms = None if self.work is None else self.work.rooms_in_view
        self._closing.ask_first(self._ask, rooms, self._close)

    def _close(self) -> None:
        work = self.work
        if work is not None:
            work.leave()
        if not self._is_demo:
            self._station.write(self.window.left())
        self._tasks.cancel_long()
        self._closing.close(None if work is None else work.copying)
        self.window.come_out()


def _delete(guard: PressGuard, window: Window) -> None:
    """Let what Qt has not deleted yet go, what a locked window hides with it."""
    if isValid(guard):
        delete(guard)
    if isValid(window):
        window.come_out()
        delete(window)
