"""The foot of a signed visit: what can be done with it, and who does the rest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.signed_visit.view import SignedVisitView
from widgets.buttons import button
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import column, row
from widgets.shortcuts import COMPARE, HISTORY, name_key


class ReadingFoot(QWidget):
    """Shows what whoever looks may do now."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.told = wrapped("", "soft")
        self.amend = button(words(N_("Amend…")))
        self.compare = button(words(N_("Compare with…")))
        name_key(self.compare, COMPARE, words)
        self.text = button(
            words(N_("Copy as text")), "flat", words(N_("Copy the visit as plain text"))
        )
        self.history = button(words(N_("History")), "flat", words(N_("History of this visit")))
        name_key(self.history, HISTORY, words)
        self.mark = button("", "danger")
        stack = column(self, gap=8)
        stack.setContentsMargins(32, 12, 32, 20)
        stack.addWidget(self.told)
        line = row(gap=12)
        ways = Flow(self.amend, self.compare, self.text, self.history, gap=12)
        line.addWidget(ways, 1)
        line.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        stack.addLayout(line)

    def show_view(self, view: SignedVisitView) -> None:
        """Offer what can be done with this visit."""
        rights = view.rights
        back = N_("Take back “entered in error”") if view.error else N_("Entered in error…")
        self.mark.setText(self._words(back))
        self.mark.setAccessibleName(self._words(back))
        self.amend.setVisible(not view.error and rights.can_amend)
        self.compare.setVisible(view.can_compare)
        self.mark.setVisible(rights.can_mark)
        self.told.setText(rights.told)
        self.told.setVisible(bool(rights.told))
