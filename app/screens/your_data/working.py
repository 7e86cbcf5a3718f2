"""What takes its time with the data, beside the window: the check, a copy, a rehearsal."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, AppError
from app.records.copies.inventory import CopyState
from app.records.model import DAMAGED_COPIES, Finding
from app.screens.desk import Desk
from app.screens.tasks import Lane, LongTask
from app.screens.your_data.page import DataPage
from app.screens.your_data.view import Checked, rehearsed_words


class Checking(QObject):
    """Checks the data; what was found stands until the next check."""

    over = Signal()

    def __init__(self, desk: Desk, page: DataPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._task: LongTask | None = None
        self.last: Checked | None = None
        page.check.start.clicked.connect(self._on_start_clicked)
        page.check.stop.clicked.connect(self._on_stop_clicked)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The names of the copies that the last check found damaged."""
        findings = () if self.last is None else self.last.findings
        return tuple(name for one in findings if one.kind == DAMAGED_COPIES for name in one.named)

    @Slot()
    def _on_start_clicked(self) -> None:
        self._page.check.show_running()
        self._task = self._desk.tasks.run_long(
            self._page, self._desk.store.check, self._on_checked, self._on_not_checked
        )
        self._task.got_to.connect(self._page.check.show_percent)

    @Slot()
    def _on_stop_clicked(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._page.check.show_found(self._desk.words(N_("The check was stopped.")))

    def _on_checked(self, findings: tuple[Finding, ...]) -> None:
        self.last = Checked(self._desk.clock.now(), findings)
        self._desk.tasks.run(self, self._desk.store.copies.here, self._on_counted, self._on_lost)

    def _on_counted(self, held: CopyState) -> None:
        if self.last is not None:
            self.last = replace(self.last, held=held)
        self._end("")

    def _on_lost(self, problem: Exception) -> None:
        self._end("")
        if not isinstance(problem, AppError):
            raise problem

    def _on_not_checked(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            self._end("")
            raise problem
        self._end(self._desk.words.error(problem))

    def _end(self, text: str) -> None:
        self._page.check.show_found(text)
        self.over.emit()


class Making(QObject):
    """Makes copies and rehearses the way back; ``trouble`` is why the last of these failed."""

    over = Signal()

    def __init__(self, desk: Desk, page: DataPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self.trouble = ""
        page.make_requested.connect(self.make)
        page.rehearsal_requested.connect(self._on_rehearsal_requested)

    @Slot()
    def make(self) -> None:
        """Have a checked copy made, which goes to the second place, too."""
        told = N_("Making a checked copy…")
        self._run(told, self._desk.store.copies.backup, self._on_made)

    def _on_made(self, _path: Path) -> None:
        second = self._desk.store.around.copies.second_trouble
        told = N_("The copy is made and checked.")
        self._end("" if second is None else self._desk.words.error(second), told)

    @Slot()
    def _on_rehearsal_requested(self) -> None:
        told = N_("Putting the newest copy back into a folder that goes again…")
        self._run(told, self._desk.store.copies.rehearse, self._on_rehearsed)

    def _on_rehearsed(self, state: CopyState) -> None:
        self._end("", rehearsed_words(state, self._desk.words))

    def _run(self, told: str, work: Callable[[], object], on_done: Callable[..., None]) -> None:
        self._page.message.hide()
        self._page.set_working(self._desk.words(told))
        self._desk.tasks.run(self, work, on_done, self._on_failed, lane=Lane.COPY)

    def _on_failed(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            self._end("")
            raise problem
        self._end(self._desk.words.error(problem))

    def _end(self, trouble: str, done: str = "") -> None:
        """Say how it came out; what is ``done`` is a text of the catalogue, or said already."""
        self.trouble = trouble
        self._page.set_working("")
        self.over.emit()
        if trouble:
            self._page.message.show_problem(trouble)
        elif done:
            self._page.message.show_note(self._desk.words(done))
