"""The only place that builds objects and joins them: the window, its records, its screens."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.clock import Clock, OtherDayClock, SystemClock
from app.errors import N_, AppError
from app.language import words
from app.palette import Palette, load_palette
from app.paths import default_data_folder, log_folder
from app.records.model import Changes
from app.records.store import Store
from app.screens.ask import Ask
from app.screens.desk import Desk
from app.screens.faults import Faults
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.opening.control import Opened, OpeningControl, Surroundings
from app.screens.opening.page import OpeningPage
from app.screens.opening.view import no_copy_view
from app.screens.patients.control import PatientsControl
from app.screens.places import (
    ChartPlace,
    PatientFormPlace,
    PatientsPlace,
    ReportsPlace,
    SettingsPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.rooms import Rooms
from app.screens.screen import Screen
from app.screens.tasks import Tasks
from app.screens.window import Window
from app.settings import Theme
from app.trends.figure import Figure
from scales.catalogue import load_catalogue
from widgets.theme import apply_theme, system_text_percent


def run_window(
    data: Path | None,
    *,
    demo: bool = False,
    as_of: date | None = None,
    on_ready: Callable[[], None] | None = None,
) -> int:
    """Open the window and return the exit status once it is closed.

    ``data`` is the data folder, the usual one if it is ``None``; ``demo`` takes a throw-away
    copy of the demo data instead. ``on_ready`` is called once the list of patients is painted.
    """
    app = application()
    clock = SystemClock() if as_of is None else OtherDayClock(as_of)
    with _folder(data, clock, is_demo=demo) as folder:
        running = Running(app, folder, clock, is_demo=demo)
        running.on_ready = on_ready
        running.start()
        running.window.show()
        try:
            return app.exec()
        finally:
            running.stop()


def application(*, is_unseen: bool = False) -> QApplication:
    """Return the one application, made at the first call; ``is_unseen`` needs no display."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    if is_unseen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication(sys.argv[:1])
    app.setApplicationName("oms-bedside")
    app.setApplicationDisplayName("OMS Bedside")
    return app


def chart_picture(figure: Figure, palette: Palette, width: int, height: int) -> bytes:
    """Return the screen's figure as a PNG; no display is needed."""
    app = application(is_unseen=True)
    apply_theme(app, palette)
    from widgets.plot import picture  # noqa: PLC0415 - pyqtgraph only where something is drawn

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(figure, palette, width, height).save(buffer, "PNG")
    return bytes(buffer.data().data())


class Running(QObject):
    """The app while it runs: the window, and the records once they are open."""

    def __init__(
        self, app: QApplication, folder: Path, clock: Clock, *, is_demo: bool = False
    ) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._clock = clock
        self._is_demo = is_demo
        self._text_percent = system_text_percent(app.font())
        self._theme = ""
        self._store: Store | None = None
        self._rooms: Rooms | None = None
        self.on_ready: Callable[[], None] | None = None
        self.words = words()
        self.dress(Theme.LIGHT)
        self.window = Window(self.words)
        self._ask = Ask(self.words)
        self._tasks = Tasks(self)
        self._faults = Faults(self.words, clock, log_folder)
        self._faults.happened.connect(self.window.show_problem)
        self._faults.install()
        self.window.close_requested.connect(self._on_window_close_requested)

    def start(self) -> None:
        """Open the records, or show what stands in the way."""
        around = Surroundings(
            folder=self._folder,
            clock=self._clock,
            words=self.words,
            ask=self._ask,
            tasks=self._tasks,
            load_scales=load_catalogue,
        )
        self._opening = OpeningControl(around, self)
        self._opening.opened.connect(self._on_opening_opened)
        self._opening.left.connect(self.window.close)
        self.window.show_page(self._opening.page)
        self._opening.start()

    def stop(self) -> None:
        """Let the records go, however the window was left, and stop watching for faults."""
        self._tasks.wait()
        self._opening.close()
        if self._store is not None:
            self._store.close()
        self._faults.remove()

    def dress(self, theme: str) -> None:
        """Give everything a theme, unless it wears it already."""
        if theme != self._theme:
            self._theme = theme
            apply_theme(self._app, load_palette(theme), self._text_percent)

    @Slot(object)
    def _on_opening_opened(self, opened: Opened) -> None:
        self._store = opened.store
        self.desk = self._desk(opened)
        self.dress(self.desk.settings().theme)
        self.desk.news.changed.connect(self._on_news_changed)
        self._rooms = Rooms(self.desk, self.window, BUILDERS)
        self.desk.navigation.go(PatientsPlace())
        self.window.drop_page(self._opening.page)
        if self.on_ready is not None and self.window.page is not None:
            FirstPaint(self.window.page, self.on_ready)

    def _desk(self, opened: Opened) -> Desk:
        return Desk(
            store=opened.store,
            catalogue=opened.catalogue,
            words=self.words,
            clock=self._clock,
            ask=self._ask,
            tasks=self._tasks,
            navigation=Navigation(self),
            news=News(self),
            folder=self._folder,
            is_demo=self._is_demo,
        )

    @Slot(object)
    def _on_news_changed(self, changes: Changes) -> None:
        if "settings" in changes.tables:
            self.dress(self.desk.settings().theme)

    @Slot()
    def _on_window_close_requested(self) -> None:
        sentence = "" if self._rooms is None else self._rooms.unsaved()
        if not sentence:
            self._close()
            return
        title, yes = self.words(N_("Close without saving?")), self.words(N_("Close"))
        self._ask.confirm(self.window, title, sentence, yes, self._close)

    def _close(self) -> None:
        if self._rooms is not None:
            self._rooms.leave()
        self.window.allow_close()
        try:
            if self._store is not None:
                self._store.close()
        except AppError as problem:
            self._say_no_copy(problem)
            return
        self.window.close()

    def _say_no_copy(self, problem: AppError) -> None:
        page = OpeningPage(self.words)
        page.trouble.retry.hide()
        page.trouble.left.connect(self.window.close)
        self.window.show_page(page)
        page.show_view(no_copy_view(problem, self.words))


class FirstPaint(QObject):
    """Calls somebody once a widget was painted for the first time."""

    def __init__(self, watched: QWidget, on_painted: Callable[[], None]) -> None:
        super().__init__(watched)
        self._on_painted = on_painted
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint; the call comes when it is over."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._on_painted)
        return False


@contextmanager
def _folder(data: Path | None, clock: Clock, *, is_demo: bool) -> Iterator[Path]:
    if not is_demo:
        yield default_data_folder() if data is None else data
        return
    from app.exchange.demo import build_demo  # noqa: PLC0415 - only the demo is imported anew

    with TemporaryDirectory(prefix="oms-bedside-demo-") as name:
        folder = Path(name) / "data"
        build_demo(folder, clock=clock, catalogue=load_catalogue())
        yield folder


def _chart(desk: Desk) -> Screen:
    from app.screens.chart.control import ChartControl  # noqa: PLC0415 - at the first chart

    return ChartControl(desk)


def _visit(desk: Desk) -> Screen:
    from app.screens.visit.control import VisitControl  # noqa: PLC0415 - at the first visit

    return VisitControl(desk)


def _treatments(desk: Desk) -> Screen:
    from app.screens.treatments.control import TreatmentsControl  # noqa: PLC0415 - when needed

    return TreatmentsControl(desk)


def _reports(desk: Desk) -> Screen:
    from app.screens.reports.control import ReportsControl  # noqa: PLC0415 - at the first page

    return ReportsControl(desk)


def _patient_form(desk: Desk) -> Screen:
    from app.screens.patient_form.control import PatientFormControl  # noqa: PLC0415 - as above

    return PatientFormControl(desk)


def _settings(desk: Desk) -> Screen:
    from app.screens.settings.control import SettingsControl  # noqa: PLC0415 - when needed

    return SettingsControl(desk)


BUILDERS: Mapping[type, Callable[[Desk], Screen]] = {
    PatientsPlace: PatientsControl,
    PatientFormPlace: _patient_form,
    ChartPlace: _chart,
    VisitPlace: _visit,
    TreatmentsPlace: _treatments,
    ReportsPlace: _reports,
    SettingsPlace: _settings,
}
"""Which control shows which place; what a screen needs is imported when it is first shown."""
