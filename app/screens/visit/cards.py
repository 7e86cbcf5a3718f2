"""The cards of the summary: one for each assessment, one for the context."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.visit.summary_view import SheetCard, SummaryView
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import label, wrapped
from widgets.layouts import ground, row

_HALF = 2
_LONG = 8


class ScoreCard(Card):
    """One assessment: total first, then every answer in words."""

    scale_requested = Signal(str)  # scale id
    sheet_removed = Signal(str)  # scale id

    def __init__(self, words: Words, view: SheetCard) -> None:
        super().__init__()
        self._scale = view.scale
        deed = N_("Change") if view.is_complete else N_("Continue")
        self.open = button(words(deed), "quiet", _named(words, deed, view))
        self.remove = button(words(N_("Remove")), "flat", _named(words, N_("Remove"), view))
        head = row(gap=12)
        head.addWidget(wrapped(view.title, "heading"), 1)
        head.addWidget(self.remove)
        head.addWidget(self.open)
        self.add(head)
        self.add(_total(view))
        if view.caution:
            self.add(wrapped(f"{icons.CAUTION} {view.caution}", "small_caution"))
        self.add(_lines(view.lines))
        self.open.setVisible(view.can_open)
        self.remove.setVisible(view.can_remove)
        self.open.clicked.connect(self._on_open_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @Slot()
    def _on_open_clicked(self) -> None:
        self.scale_requested.emit(self._scale)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.sheet_removed.emit(self._scale)


class ContextCard(Card):
    """What was going on around the visit, what was kept, and the note."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.open = button(words(N_("Context and note")))
        head = row(gap=12)
        head.addWidget(label(words(N_("Around the visit")), "heading"), 1)
        head.addWidget(self.open)
        self._text = wrapped()
        self.add(head)
        self.add(self._text)

    def show_context(self, view: SummaryView) -> None:
        """Show what is recorded, or that nothing is."""
        line = N_("{title}: {value}")
        lines = [self._words(line, title=title, value=value) for title, value in view.context]
        lines += [self._words(N_("Kept: {question}"), question=kept) for kept in view.kept]
        if view.note:
            lines.append(view.note)
        self._text.setText("\n".join(lines) or self._words(N_("Nothing is recorded.")))
        self.open.setVisible(view.is_draft)


def _named(words: Words, deed: str, view: SheetCard) -> str:
    return words(N_("{deed}: {scale}"), deed=words(deed), scale=view.title)


def _total(view: SheetCard) -> QWidget:
    sign = icons.DONE if view.is_complete else icons.OPEN
    return wrapped(f"{sign} {view.total}", "large_strong")


def _lines(lines: tuple[tuple[str, str], ...]) -> QWidget:
    """Set name and answer in one pair of columns, in two pairs where there are many."""
    answer = ground()
    grid = QGridLayout(answer)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    pairs = _HALF if len(lines) > _LONG else 1
    height = -(-len(lines) // pairs)
    for place, (name, value) in enumerate(lines):
        pair, line = divmod(place, height)
        grid.addWidget(wrapped(name, "soft"), line, 2 * pair)
        grid.addWidget(wrapped(value), line, 2 * pair + 1)
    for pair in range(pairs):
        grid.setColumnStretch(2 * pair, 2)
        grid.setColumnStretch(2 * pair + 1, 3 if pairs == 1 else 1)
    return answer
