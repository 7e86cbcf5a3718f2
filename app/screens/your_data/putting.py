"""Putting a copy back from the window: held against the records, asked for, handed on."""

from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.records.copies.archive import NotOpened
from app.records.copies.comparison import Comparison
from app.records.copies.fetching import TailDamaged
from app.records.copies.source import Source
from app.records.keys.vault import WrongSecret
from app.screens.ask import Loss
from app.screens.desk import Desk
from app.screens.tasks import Lane, Task
from app.screens.your_data.page import DataPage
from app.screens.your_data.putting_view import (
    compared_text,
    problem_view,
    putting_view,
    reading_view,
    secret_view,
)
from app.screens.your_data.view import made_words

_OTHER_KEY = N_(
    "The key of these records does not open this copy, or it is damaged. Type the passphrase or "
    "the recovery code that opened it on its day."
)
_NO_KEEPER = N_(
    "In this copy you do not keep the records yet, so a keeper of that day puts it back. Please "
    "let one type the passphrase of that day."
)
_NOT_IN_IT = N_("Who opens this copy so does not keep its records. Only a keeper puts it back.")


class PuttingBack(QObject):
    """One copy at a time, from the choice of it to the deed, which whoever runs the app does."""

    def __init__(self, desk: Desk, page: DataPage, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._source = Source(Path())
        self._when = ""
        self._found: Comparison | None = None
        self._task: Task | None = None
        page.putting.left.connect(self.forget)
        page.putting.secret_given.connect(self._on_secret_given)
        page.putting.agreed.connect(self._on_agreed)

    @Slot(object)
    def begin(self, path: Path) -> None:
        """Say what putting this copy back would change; nothing is done yet."""
        try:
            self._desk.store.copies.check_may_put_back()
        except AppError as problem:
            self._page.message.show_problem(self._desk.words.error(problem))
            return
        self._when = made_words(path, self._desk.clock.now(), self._desk.words)
        self._read(Source(path))

    @Slot()
    def forget(self) -> None:
        """Show all else again; no secret stays."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._source, self._found = Source(Path()), None
        self._page.putting.secret.clear()
        self._page.show_putting(None)

    def _read(self, source: Source) -> None:
        self._source = source
        self._page.show_putting(reading_view(self._when, self._desk.words))
        work = partial(self._desk.store.copies.compare, source)
        self._task = self._desk.tasks.run(
            self, work, self._on_compared, self._on_not_compared, lane=Lane.LONG
        )

    @Slot(str)
    def _on_secret_given(self, secret: str) -> None:
        self._read(Source(self._source.path, secret))

    def _on_compared(self, found: Comparison) -> None:
        words, self._task = self._desk.words, None
        if not found.is_keeper:
            why = _NO_KEEPER if self._source.secret is None else _NOT_IN_IT
            self._page.show_putting(secret_view(self._when, words(why), words))
            return
        self._found = found
        self._page.show_putting(putting_view(self._when, found, words))

    def _on_not_compared(self, problem: Exception) -> None:
        words, self._task = self._desk.words, None
        if not isinstance(problem, AppError):
            raise problem
        if isinstance(problem, TailDamaged):
            self._read(replace(self._source, as_far_as_sound=True))
        elif self._source.secret is None and isinstance(problem, NotOpened):
            self._page.show_putting(secret_view(self._when, words(_OTHER_KEY), words))
        elif isinstance(problem, WrongSecret):
            self._page.show_putting(secret_view(self._when, words.error(problem), words))
        else:
            self._page.show_putting(problem_view(self._when, words.error(problem), words))

    @Slot()
    def _on_agreed(self) -> None:
        words, found = self._desk.words, self._found
        if found is None:
            return
        loss = Loss(
            words(N_("Put this copy in place of the records?")),
            words(
                N_("{what} The records close, and open again as the copy tells them."),
                what=compared_text(found, words),
            ),
            words(N_("Put it back")),
        )
        self._desk.ask.lose(self._page, loss, self._hand_on)

    def _hand_on(self) -> None:
        source, copies = self._source, self._desk.store.copies
        try:
            ready = source if source.secret is not None else copies.put_back_as(source)
        except AppError as problem:
            self._page.message.show_problem(self._desk.words.error(problem))
            return
        self.forget()
        self._desk.news.put_back.emit(ready)
