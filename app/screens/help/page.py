"""The page of keys and About. It knows no store."""

from PySide6.QtWidgets import QWidget

from app.language import Words
from app.screens.help.view import Group, HelpView
from widgets.banner import PatientBanner
from widgets.cards import Card
from widgets.layouts import centred, clear, column, ground, row, scrolling
from widgets.pairs import pairs
from widgets.theme import set_role


class HelpPage(QWidget):
    """Cards of lines: a key on the left, what it does on the right."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self.banner = PatientBanner(words)
        self._left, self._right = column(gap=16), column(gap=16)
        body = ground()
        cards = row(body, margin=24, gap=16)
        cards.addLayout(self._left, 1)
        cards.addLayout(self._right, 1)
        self._area = scrolling(centred(body))
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self._area, 1)

    def show_view(self, view: HelpView) -> None:
        """Show the keys; About stands first on the right."""
        self.banner.show_head(view.title, "")
        half = (len(view.keys) + 1) // 2
        for side, groups in (
            (self._left, view.keys[:half]),
            (self._right, (view.about, *view.keys[half:])),
        ):
            clear(side)
            for group in groups:
                side.addWidget(_card(group))
            side.addStretch(1)


def _card(group: Group) -> Card:
    card = Card(group.title)
    card.add(pairs(group.rows))
    return card
