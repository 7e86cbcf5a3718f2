"""The foot of the summary: what is in the way of signing, and what can be done with the visit."""

from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.visit.summary_view import SummaryView
from widgets import icons
from widgets.buttons import ElidedButton, button, shown
from widgets.labels import wrapped
from widgets.layouts import column, row
from widgets.message import MessageBar
from widgets.shortcuts import SIGN, TO_SCORING, UNDO, name_key


class SummaryFoot(QWidget):
    """Shows what whoever looks may do now; a sentence says who does the rest."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.warning = MessageBar(words)
        self.told = wrapped("", "soft")
        self.sign = button(words(N_("Sign visit")), "primary")
        self.undo = ElidedButton()
        self.undo.name_key(UNDO, words)
        self.sheet = button(f"{icons.BACK} {words(N_('Scoring'))}")
        name_key(self.sheet, TO_SCORING, words, words(N_("Scoring")))
        self.discard = button(words(N_("Discard visit…")), "flat")
        stack = column(self, gap=8)
        stack.setContentsMargins(32, 12, 32, 20)
        stack.addWidget(self.warning)
        stack.addWidget(self.told)
        line = row(gap=12)
        for one in (self.sheet, self.discard):
            line.addWidget(one)
        line.addStretch(1)
        for one in (self.undo, self.sign):
            line.addWidget(one)
        stack.addLayout(line)

    def show_view(self, view: SummaryView) -> None:
        """Offer what can be done with a visit, and say what is in the way of signing it."""
        self.sign.setText(shown(view.sign))
        self.sign.setAccessibleName(view.sign)
        name_key(self.sign, SIGN, self._words)
        self.undo.show_text(view.undo)
        self.sign.setVisible(view.rights.can_sign)
        self.undo.setVisible(bool(view.undo))
        self.told.setText(view.rights.told)
        self.told.setVisible(bool(view.rights.told))
        if view.warning:
            self.warning.show_problem(view.warning)
        else:
            self.warning.hide()
