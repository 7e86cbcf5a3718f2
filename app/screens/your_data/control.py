"""Joins the page of the data to the copies, the check and the second place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.records.actions import Action
from app.records.copies.inventory import CopyState
from app.records.keys.vault import needs_secret
from app.records.model import Changes
from app.screens.ask import Loss
from app.screens.copy_news import lost_here
from app.screens.desk import Desk
from app.screens.places import HistoryPlace, Place, SettingsPlace
from app.screens.screen import Screen
from app.screens.your_data.page import DataPage
from app.screens.your_data.putting import PuttingBack
from app.screens.your_data.reading import Found, Reader
from app.screens.your_data.reading_tables import ReadingTables
from app.screens.your_data.view import DataFacts, data_view
from app.screens.your_data.working import Checking, Making

_WITHOUT_COPY = (
    N_("Go on without that copy?"),
    N_("What only the copy holds stays in it. It is set aside whole. Why go on?"),
)
_WITHOUT_ANY = (
    N_("Go on without what is missing?"),
    N_("No copy holds it. It is not asked about any more. Why go on?"),
)


class DataControl(Screen):
    """Shows how the data stand, and leads to what can be done about it."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Found | None = None
        self._lost = ""
        self.page: DataPage = DataPage(desk.words)
        self._reader = Reader(desk.store.copies, desk.tasks, self)
        self._putting = PuttingBack(desk, self.page, self)
        self._checking = Checking(desk, self.page, self)
        self._making = Making(desk, self.page, self)
        self._reading = ReadingTables(desk, self.page, self)
        self._connect()

    def _connect(self) -> None:
        page = self.page
        page.banner.back_requested.connect(self._on_back_requested)
        page.open_requested.connect(self._on_open_requested)
        page.code_requested.connect(self._on_code_requested)
        page.history_requested.connect(self._on_history_requested)
        page.ahead_put_back.connect(self._on_ahead_put_back)
        page.ahead_left.connect(self._on_ahead_left)
        page.place.choose_requested.connect(self._on_choose_requested)
        page.place.forget_requested.connect(self._on_forget_requested)
        for lines in (page.copies, page.place.copies):
            lines.chosen.connect(self._putting.begin)
        self._reader.found.connect(self._on_found)
        self._reader.read.connect(self._on_read)
        self._checking.over.connect(self._on_checked)
        for copying in (self._making, self._reading):
            copying.over.connect(self._on_copied)
        self._desk.news.copied.connect(self._on_copied)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show what is known at once, and read the copies beside the window."""
        self.page.message.hide()
        self.page.check.forget()
        self._putting.forget()
        self._hold_against_copies()
        self._show()
        self._reader.begin()

    def refresh(self, changes: Changes) -> None:
        """Stay as it is: what was read of the copies does not change with the records."""

    def leave(self) -> None:
        """Read no further, and let no secret stand there."""
        self._reader.stop()
        self._putting.forget()

    def _hold_against_copies(self) -> None:
        self._lost = lost_here(self._desk)

    def _show(self) -> None:
        self.page.show_view(data_view(self._facts(), self._desk.words))

    def _facts(self) -> DataFacts:
        desk, found = self._desk, self._found or Found()
        second = desk.store.around.copies.second_trouble
        return DataFacts(
            folder=desk.folder,
            now=desk.clock.now(),
            is_looked=self._found is not None,
            paths=found.paths,
            elsewhere=found.elsewhere,
            paths_elsewhere=found.paths_elsewhere,
            states=self._reader.states,
            checked=self._checking.last,
            lost=self._lost,
            has_copy=bool(desk.store.copies.ahead()),
            trouble=self._making.trouble or ("" if second is None else desk.words.error(second)),
            is_protected=_is_protected(desk.folder),
            is_demo=desk.is_demo,
            may_put_back=desk.may(Action.RESTORE) and not desk.is_demo,
            may_choose=desk.may(Action.CHOOSE_SECOND_PLACE),
        )

    def _on_found(self, found: Found) -> None:
        self._found = found
        self._hold_against_copies()
        self._show()

    def _on_read(self, _state: CopyState) -> None:
        self._show()

    @Slot()
    def _on_checked(self) -> None:
        self._reader.call_damaged(self._checking.damaged)
        self._show()

    @Slot()
    def _on_copied(self) -> None:
        if self.page.isVisible():
            self._reader.begin()

    @Slot()
    def _on_back_requested(self) -> None:
        if self.page.putting.isVisible():
            self._putting.forget()
        else:
            self._desk.navigation.back()

    @Slot()
    def _on_open_requested(self) -> None:
        words = self._desk.words
        title, kind = words(N_("Open a copy")), words(N_("Copies of OMS Bedside (*.omscopy)"))
        self._desk.ask.open_path(self.page, title, kind, self._putting.begin)

    @Slot()
    def _on_code_requested(self) -> None:
        self._desk.navigation.go(SettingsPlace())

    @Slot()
    def _on_history_requested(self) -> None:
        self._desk.navigation.go(HistoryPlace())

    @Slot()
    def _on_ahead_put_back(self) -> None:
        for ahead in self._desk.store.copies.ahead()[:1]:
            self._putting.begin(ahead.copy.path)

    @Slot()
    def _on_ahead_left(self) -> None:
        words, has_copy = self._desk.words, bool(self._desk.store.copies.ahead())
        title, text = _WITHOUT_COPY if has_copy else _WITHOUT_ANY
        loss = Loss(words(title), words(text), words(N_("Go on without it")))
        self._desk.ask.lose_with_reason(self.page, loss, self._go_on_without)

    def _go_on_without(self, reason: str) -> None:
        self._do(partial(self._desk.store.copies.go_on_without, reason))

    @Slot()
    def _on_choose_requested(self) -> None:
        title = self._desk.words(N_("A second place for copies"))
        self._desk.ask.folder(self.page, title, self._choose)

    @Slot()
    def _on_forget_requested(self) -> None:
        self._choose(None)

    def _choose(self, place: Path | None) -> None:
        """Keep a second place, or none; one that was chosen gets a copy at once."""
        is_done = self._do(partial(self._desk.store.copies.choose_elsewhere, place))
        if is_done and place is not None:
            self._making.make()

    def _do(self, deed: Callable[[], object]) -> bool:
        """Do something quick, and look anew; say whether it was done, and why it was not."""
        try:
            deed()
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
            return False
        self.page.message.hide()
        self._reader.begin()
        return True


def _is_protected(folder: Path) -> bool:
    """Say whether a secret opens the records; keys that were lost meanwhile protect them too."""
    try:
        return needs_secret(folder)
    except AppError:
        return True
