"""The way out: the records are closed with their last copy, then the window goes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QProgressBar, QWidget

from app.errors import N_, AppError
from app.language import Words
from app.screens.copying import Copying
from app.screens.window import Window
from widgets.cards import Card
from widgets.labels import wrapped
from widgets.layouts import centred, column
from widgets.theme import set_role

_WIDTH = 600


class ClosingPage(QWidget):
    """One sentence and a bar; there is nothing to do but wait."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self.text = wrapped(
            words(N_("Everything is saved. Making a checked copy; then the window closes…"))
        )
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.text.text())
        card = Card()
        card.add(self.text)
        card.add(bar)
        stack = column(self, margin=24)
        stack.addStretch(1)
        stack.addWidget(centred(card, _WIDTH))
        stack.addStretch(2)


class ClosingControl(QObject):
    """Closes at once where nothing has to be copied; else beside the window, which says so."""

    def __init__(self, window: Window, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._words = words
        self.is_begun = False

    def close(self, copying: Copying | None) -> None:
        """Close the records, if they are open, and the window after them."""
        self.is_begun = True
        if copying is None:
            self._on_closed()
        elif copying.is_needed():
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
