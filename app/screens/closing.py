"""The way out: the records are closed with their last copy, then the window goes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.errors import N_, AppError
from app.language import Words
from app.screens.ask import Ask, Loss
from app.screens.copying import Copying
from app.screens.rooms import Rooms
from app.screens.window import Window
from widgets import clipboard


class ClosingControl(QObject):
    """Closes at once where nothing has to be copied; else beside the window, which says so."""

    def __init__(self, window: Window, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._words = words
        self.is_begun = False

    def ask_first(self, ask: Ask, rooms: Rooms | None, on_agreed: Callable[[], None]) -> None:
        """Go on at once where nothing would be lost; else say what, and offer to save it."""
        sentence = "" if rooms is None else rooms.unsaved()
        if rooms is None or not sentence:
            on_agreed()
            return

        def save_first() -> None:
            if rooms.save():
                on_agreed()

        words = self._words
        title, yes = words(N_("Close without saving?")), words(N_("Close without saving"))
        on_save = save_first if rooms.can_save() else None
        ask.lose(self._window, Loss(title, sentence, yes), on_agreed, on_save)

    def close(self, copying: Copying | None) -> None:
        """Close the records, if they are open, and the window after them."""
        self.is_begun = True
        clipboard.take_back()
        if copying is None:
            self._on_closed()
        elif copying.is_needed():
            from app.screens.closing_page import ClosingPage  # noqa: PLC0415 - not at the start

            self._window.show_page(ClosingPage(self._words))
            copying.close(self._on_closed, self._on_not_closed)
        else:
            copying.close_now(self._on_closed, self._on_not_closed)

    def _on_closed(self, _nothing: None = None) -> None:
        self._window.allow_close()
        self._window.close()

    def _on_not_closed(self, problem: Exception) -> None:
        self._window.allow_close()
        if not isinstance(problem, AppError):
            self._window.close()
            raise problem
        self._say_no_copy(problem)

    def _say_no_copy(self, problem: AppError) -> None:
        from app.screens.opening.page import OpeningPage  # noqa: PLC0415 - seldom needed
        from app.screens.opening.view import no_copy_view  # noqa: PLC0415 - as above

        page = OpeningPage(self._words)
        page.trouble.retry.hide()
        page.trouble.left.connect(self._window.close)
        self._window.show_page(page)
        page.show_view(no_copy_view(problem, self._words))
