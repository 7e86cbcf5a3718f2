"""The page before the records are open: one card in the middle."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.language import Words
from app.screens.code_card import CodeCard
from app.screens.opening.first_run import FirstRunCard
from app.screens.opening.trouble import TroubleCard
from app.screens.opening.unlock import UnlockCard
from app.screens.opening.view import FirstRunView, OpeningView, UnlockView
from app.screens.recovery import CodeView
from widgets.brand import brand_head
from widgets.layouts import centred, column, ground, scrolling
from widgets.message import FloatingMessage
from widgets.theme import set_role

_WIDTH, _WIDEST = 600, 880


class OpeningPage(QWidget):
    """Shows one of its four cards, or a further one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self.first_run = FirstRunCard(words)
        self.unlock = UnlockCard(words)
        self.code = CodeCard(words)
        self.trouble = TroubleCard(words)
        self._cards = QStackedWidget()
        for card in (self.first_run, self.unlock, self.code, self.trouble):
            self._cards.addWidget(_on_top(card, _WIDTH))
        self._further: dict[QWidget, QWidget] = {}
        head = brand_head()
        self.message = FloatingMessage(words, self, head)
        whole = column(self, gap=0)
        whole.addWidget(head)
        whole.addWidget(self._cards, 1)

    def show_view(self, view: OpeningView) -> None:
        """Show the card that the view is for."""
        self.message.hide()
        if isinstance(view, FirstRunView):
            self._cards.setCurrentIndex(0)
            self.first_run.show_view(view)
        elif isinstance(view, UnlockView):
            self._cards.setCurrentIndex(1)
            self.unlock.show_view(view)
        elif isinstance(view, CodeView):
            self._cards.setCurrentIndex(2)
            self.code.show_view(view)
        else:
            self._cards.setCurrentIndex(3)
            self.trouble.show_view(view)

    def show_further(self, card: QWidget) -> None:
        """Show a wide card beside those four, which is seldom needed."""
        self.message.hide()
        if card not in self._further:
            self._further[card] = _on_top(card, _WIDEST)
            self._cards.addWidget(self._further[card])
        self._cards.setCurrentWidget(self._further[card])


def _on_top(card: QWidget, widest: int) -> QWidget:
    body = ground()
    stack = column(body, margin=24)
    stack.addStretch(1)
    stack.addWidget(centred(card, widest))
    stack.addStretch(2)
    return scrolling(body)
