"""The card of the second place: where it is, what is in it, and the ways to another one."""

from PySide6.QtCore import Signal

from app.errors import N_
from app.language import Words
from app.screens.your_data.lines import CopyLines
from app.screens.your_data.view import PlaceView
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import breaking, wrapped


class PlaceCard(Card):
    """Says where copies go besides, and lets a keeper choose."""

    choose_requested = Signal()
    forget_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("A second place for copies")))
        self.text = breaking("", "soft")
        self.caution = wrapped("", "caution_text")
        self.choose = button(words(N_("Choose a folder…")))
        self.forget = button(words(N_("No second place")))
        self.copies = CopyLines(words)
        ways = Flow(self.choose, self.forget)
        for part in (self.text, self.caution, self.copies, ways):
            self.add(part)
        self.choose.clicked.connect(self.choose_requested)
        self.forget.clicked.connect(self.forget_requested)

    def show_view(self, view: PlaceView) -> None:
        """Show how the place stands."""
        self.text.setText(view.text)
        self.caution.setText(f"{icons.CAUTION} {view.caution}" if view.caution else "")
        self.caution.setVisible(bool(view.caution))
        self.choose.setText(view.choose)
        self.choose.setAccessibleName(view.choose)
        self.choose.setVisible(view.can_choose)
        self.forget.setVisible(view.can_forget)
        self.copies.show_lines(view.lines)
        self.copies.setVisible(bool(view.lines))
