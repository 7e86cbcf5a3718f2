"""The page of two visits side by side. It knows no store."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.comparison.view import ComparisonView, PairCard, PairLine
from widgets import icons
from widgets.banner import PatientBanner
from widgets.cards import Card
from widgets.choices import SearchCombo
from widgets.labels import cell, divider, wrapped
from widgets.layouts import centred, clear, column, ground, scrolling, to_top
from widgets.theme import set_role

_WIDEST = 1064
_SHARES = (5, 6, 6, 4)
"""How name, earlier answer, later answer and change share the width."""


class ComparisonPage(QWidget):
    """Told a ``ComparisonView``; says with which visit to compare instead."""

    visit_chosen = Signal(str)  # internal id

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.other = SearchCombo(words(N_("Beside the visit of")))
        self._title = wrapped("", "title")
        self._told, self._caution = wrapped("", "soft"), wrapped("", "small_caution")
        self._cards = column(gap=16)
        inner = ground()
        stack = column(inner, gap=16)
        stack.setContentsMargins(32, 16, 32, 16)
        for part in (self._title, self._caution, self.other, self._told):
            stack.addWidget(part)
        stack.addLayout(self._cards)
        stack.addStretch(1)
        self.area = scrolling(centred(inner, _WIDEST), is_even=True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(words(N_("Two visits side by side")))
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self.area, 1)
        self.other.chosen.connect(self._on_other_chosen)

    def show_view(self, view: ComparisonView) -> None:
        """Show two visits in place of those before."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self._title.setText(view.title)
        for one, text in ((self._told, view.told), (self._caution, view.caution)):
            one.setText(text)
            one.setVisible(bool(text))
        self.other.show_choices(view.choices)
        self.other.set_value(view.chosen)
        self.other.setVisible(bool(view.choices))
        clear(self._cards)
        for card in view.cards:
            self._cards.addWidget(self._card(card, view.heads))

    def clear(self) -> None:
        """Forget the visits before."""
        self.banner.show_head("", "")
        for one in (self._title, self._caution, self._told):
            one.clear()
        self.other.show_choices(())
        clear(self._cards)

    def start(self) -> None:
        """Show the two from their top; the keys that scroll act at once."""
        to_top(self.area)
        self.area.setFocus()

    def _card(self, view: PairCard, heads: tuple[str, ...]) -> Card:
        card = Card()
        card.body.setSpacing(8)
        card.add(wrapped(view.title, "heading"))
        if view.caution:
            card.add(wrapped(f"{icons.CAUTION} {view.caution}", "small_caution"))
        for note in view.notes:
            card.add(wrapped(note, "soft"))
        card.add(self._table(view, heads))
        return card

    def _table(self, view: PairCard, heads: tuple[str, ...]) -> QWidget:
        answer = ground()
        grid = QGridLayout(answer)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for place, share in enumerate(_SHARES):
            grid.setColumnStretch(place, share)
        for place, head in enumerate(heads):
            grid.addWidget(cell(head, "soft"), 0, place + 1, Qt.AlignmentFlag.AlignTop)
        _add(grid, view.total, "strong")
        for line in view.lines:
            _add(grid, line, "")
        return answer

    @Slot(str)
    def _on_other_chosen(self, visit: str) -> None:
        if visit:
            self.visit_chosen.emit(visit)


def _add(grid: QGridLayout, line: PairLine, role: str) -> None:
    """Put a row below those that are there, a thin line above it."""
    below = grid.rowCount()
    grid.addWidget(divider(), below, 0, 1, len(_SHARES))
    parts = (
        cell(line.name, "strong"),
        cell(line.before, role),
        cell(line.now, role),
        cell(line.change, "strong" if line.differs else "soft"),
    )
    for place, part in enumerate(parts):
        grid.addWidget(part, below + 1, place, Qt.AlignmentFlag.AlignTop)
