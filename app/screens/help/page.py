"""The page of keys, About and hazards. It knows no store."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.help.view import Group, HelpView
from widgets.banner import PatientBanner
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.labels import wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling, to_top
from widgets.pairs import pairs
from widgets.theme import set_role


class HelpPage(QWidget):
    """Cards of lines, a name on the left and what is told of it on the right, part by part."""

    part_chosen = Signal(str)  # the id

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self.banner = PatientBanner(words)
        self.parts = ChoiceRow("", (), optional=False)
        self._lead = wrapped("", "soft")
        self._left, self._right = column(gap=16), column(gap=16)
        self._cards = row(gap=16)
        self._cards.addLayout(self._left, 1)
        self._cards.addLayout(self._right, 1)
        self.area = scrolling(centred(self._body()))
        # Nothing else here takes the keys that scroll.
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(words(N_("Help")))
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self.area, 1)
        self.setFocusProxy(self.area)
        self.parts.chosen.connect(self.part_chosen)

    def _body(self) -> QWidget:
        body = ground()
        stack = column(body, margin=24, gap=16)
        for part in (self.parts, self._lead):
            stack.addWidget(part)
        stack.addLayout(self._cards)
        return body

    def show_view(self, view: HelpView) -> None:
        """Show a part from its beginning."""
        self.banner.show_head(view.title, "")
        self.parts.show_choices(view.choices)
        self.parts.set_value(view.chosen)
        self._lead.setText(view.lead)
        self._lead.setVisible(bool(view.lead))
        for side, groups in ((self._left, view.left), (self._right, view.right)):
            clear(side)
            for group in groups:
                side.addWidget(_card(group))
            side.addStretch(1)
        self._cards.setStretch(1, 1 if view.right else 0)
        self._cards.setSpacing(16 if view.right else 0)
        to_top(self.area)


def _card(group: Group) -> Card:
    card = Card(group.title)
    card.add(pairs(group.rows))
    return card
