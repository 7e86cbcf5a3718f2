"""The cards of a signed visit: a scale with a row an item, and what stood around the visit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.signed_visit.scale_card import ItemLine, ScaleCard
from app.screens.signed_visit.view import SignedVisitView
from app.screens.since_last import SinceLastBlock
from widgets import icons
from widgets.cards import Card
from widgets.labels import breaking, cell, divider, label, wrapped
from widgets.layouts import clear, column, ground, row
from widgets.pairs import pairs

_SHARES = (4, 0, 8, 4, 3)
"""How name, level, criterion, what was before and the change share the width."""
_ALONE = (4, 0, 15, 0, 0)
"""How they share it where nothing was before."""
_TOP = Qt.AlignmentFlag.AlignTop


def scale_part(view: ScaleCard) -> Card:
    """Return a scale: its total in large letters, then a row an item."""
    card = Card()
    card.body.setSpacing(8)
    card.add(wrapped(view.title, "heading"))
    card.add(_total(view))
    if view.caution:
        card.add(wrapped(f"{icons.CAUTION} {view.caution}", "small_caution"))
    for note in view.notes:
        card.add(wrapped(note, "soft"))
    if view.lines:
        card.add(_table(view.lines))
    return card


def _total(view: ScaleCard) -> QWidget:
    """Return the total in large letters, with what it was before beside it."""
    answer = ground()
    line: QBoxLayout = row(answer, gap=16) if view.is_complete else column(answer, gap=4)
    if view.is_complete:
        line.addWidget(label(view.total, "title"))
    else:
        line.addWidget(wrapped(view.total, "large_strong"))
    if view.was:
        line.addWidget(wrapped(view.was, "soft"), 1)
    else:
        line.addStretch(1)
    return answer


def _table(lines: tuple[ItemLine, ...]) -> QWidget:
    answer = ground()
    grid = QGridLayout(answer)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(10)
    is_alone = not any(line.was for line in lines)
    for place, share in enumerate(_ALONE if is_alone else _SHARES):
        grid.setColumnStretch(place, share)
    for number, line in enumerate(lines):
        grid.addWidget(divider(), 2 * number, 0, 1, len(_SHARES))
        for place, part in enumerate(_parts(line)):
            grid.addWidget(part, 2 * number + 1, place, _TOP)
    return answer


def _parts(line: ItemLine) -> tuple[QWidget, ...]:
    return (
        cell(line.name, "strong"),
        label(line.level, "heading"),
        _told(line),
        cell(line.was, "soft"),
        cell(line.change, "strong"),
    )


def _told(line: ItemLine) -> QWidget:
    """Return the words of the level, with what an amendment replaced below them."""
    if not line.amended:
        return cell(line.told)
    answer = ground()
    stack = column(answer, gap=2)
    stack.addWidget(cell(line.told))
    stack.addWidget(cell(line.amended, "small"))
    return answer


class AroundCards(QWidget):
    """What happened since the visit before, what was around this one, and the questions kept."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.since = SinceLastBlock()
        self._since, self._around = Card(), Card(words(N_("Around the visit")))
        self._kept = Card(words(N_("Questions looked at and kept")))
        self._since.add(self.since)
        self._told, self._questions = column(gap=8), column(gap=8)
        self._around.add(self._told)
        self._kept.add(self._questions)
        stack = column(self, gap=12)
        for card in (self._since, self._around, self._kept):
            stack.addWidget(card)

    def show_view(self, view: SignedVisitView) -> None:
        """Show what is recorded, or that nothing is."""
        self.clear()
        self.since.show_since(view.since)
        self._since.setVisible(view.since is not None)
        if view.around:
            self._told.addLayout(pairs(view.around, "soft", breaking))
        if view.note:
            self._told.addWidget(breaking(view.note))
        if not view.around and not view.note:
            self._told.addWidget(wrapped(self._words(N_("Nothing is recorded."))))
        for question in view.kept:
            self._questions.addWidget(breaking(question))
        self._kept.setVisible(bool(view.kept))

    def clear(self) -> None:
        """Forget what was around the visit before."""
        self.since.show_since(None)
        for part in (self._told, self._questions):
            clear(part)
