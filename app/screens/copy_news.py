"""What is told over the window about the copies, with the way to the page of the data."""

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.screens.copying import Copying
from app.screens.desk import Desk
from app.screens.places import DataPlace
from app.screens.window import Window
from widgets.message import Offer

_WAY = N_("Your data")
_LOOK = "look at the data"
"""What pressing the way asks for; other messages of the window offer something else."""


class CopyNews(QObject):
    """Says that a copy failed, here or in the second place, and what was lost here."""

    def __init__(self, desk: Desk, window: Window, copying: Copying) -> None:
        super().__init__(copying)
        self._desk = desk
        self._window = window
        copying.copied.connect(desk.news.copied)
        copying.copied.connect(self._on_copied)
        copying.failed.connect(self._on_failed)
        window.message.action_requested.connect(self._on_action_requested)

    def tell_lost(self) -> None:
        """Say what was lost here: a copy holds it, or the machine knows that it was written."""
        told = lost_here(self._desk)
        if told:
            self._window.message.show_problem(told, self._offer())

    @Slot()
    def _on_copied(self) -> None:
        trouble = self._desk.store.around.copies.second_trouble
        if trouble is not None:
            self._tell(trouble)

    @Slot(object)
    def _on_failed(self, problem: AppError) -> None:
        self._tell(problem)

    def _tell(self, problem: AppError) -> None:
        self._window.show_quietly(self._desk.words.error(problem), self._offer())

    def _offer(self) -> Offer:
        return Offer(self._desk.words(_WAY), _LOOK)

    @Slot(object)
    def _on_action_requested(self, deed: str) -> None:
        if deed == _LOOK:
            self._window.message.hide()
            self._desk.navigation.go(DataPlace())


def lost_here(desk: Desk) -> str:
    """Say what a copy holds and the records do not, or else what is nowhere; empty for nothing."""
    for ahead in desk.store.copies.ahead()[:1]:
        from app.wording.copies import ahead_here_words  # noqa: PLC0415 - when something was lost

        return ahead_here_words(ahead, desk.words)
    missed = desk.store.copies.missed()
    if missed is None:
        return ""
    from app.wording.copies import missed_words  # noqa: PLC0415 - as above

    return missed_words(missed, desk.words)
