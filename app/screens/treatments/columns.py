"""The two faces of the screen's left side: treatments by how they stand, and events."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.date_reader import DateReader
from app.errors import N_
from app.language import Words
from app.screens.treatments.editor import CardEditor
from app.screens.treatments.lines import (
    EventRow,
    FindingRow,
    MeasureRows,
    RecordCard,
    TreatmentLine,
)
from app.screens.treatments.view import MeasureCard, TreatmentCard, TreatmentsView
from widgets import icons
from widgets.buttons import ElidedButton
from widgets.labels import label, wrapped
from widgets.layouts import clear, column, ground, scrolling, to_top
from widgets.press_guard import has_come

_MARGIN = 16


class _Face(QWidget):
    """Cards that scroll, each of which says what is wished with it."""

    wished = Signal(object)  # Wish

    def __init__(self) -> None:
        super().__init__()
        content = ground()
        self.caution = wrapped("", "caution_text")
        self._cards: QVBoxLayout = column(gap=12)
        stack = column(content, margin=_MARGIN, gap=12)
        stack.addWidget(self.caution)
        stack.addLayout(self._cards)
        stack.addStretch(1)
        self.area: QScrollArea = scrolling(content)
        self.stack = column(self, gap=0)
        self.stack.addWidget(self.area)
        self._shown: dict[str, RecordCard] = {}
        self._wanted: QWidget | None = None
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.setInterval(0)
        self._laid_out.timeout.connect(self._on_laid_out)

    def show_caution(self, text: str) -> None:
        """Say what must stand wherever this patient's record shows."""
        self.caution.setText(text)
        self.caution.setVisible(bool(text))

    def show_made(self, record: str) -> None:
        """Bring the card of something into view and mark it for a moment."""
        card = self._shown.get(record)
        if card is not None:
            card.mark_made()
            self.bring_into_view(card)

    @Slot(object)
    def bring_into_view(self, card: QWidget) -> None:
        """Scroll to a card once Qt has laid it out, its top first."""
        self._wanted = card
        self._laid_out.start()

    @Slot()
    def _on_laid_out(self) -> None:
        card, content = self._wanted, self.area.widget()
        self._wanted = None
        if card is None or content is None or not isValid(card):
            return
        top = card.mapTo(content, QPoint(0, 0)).y()
        self.area.ensureVisible(0, top + card.height(), 0, _MARGIN)
        self.area.ensureVisible(0, top, 0, _MARGIN)

    def _clear(self) -> None:
        self._shown.clear()
        clear(self._cards)

    def _show(self, card: RecordCard) -> None:
        card.wished.connect(self.wished)
        self._shown[card.record] = card
        self._cards.addWidget(card)


class EventsFace(_Face):
    """Findings, then events, then measures kind by kind, the latest first."""

    confirmed = Signal(str)  # an internal event id
    dismissed = Signal(str)  # as above

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._view: TreatmentsView | None = None
        self._open: set[str] = set()

    def show_view(self, view: TreatmentsView) -> None:
        """Show what is recorded."""
        words, self._view = self._words, view
        self.show_caution(view.caution)
        self._clear()
        if view.findings:
            self._cards.addWidget(label(words(N_("Findings")), "small"))
        for finding in view.findings:
            self._show(FindingRow(finding, words))
        self._cards.addWidget(label(words(N_("Events")), "small"))
        for line in view.events:
            event = EventRow(line, words)
            event.confirmed.connect(self.confirmed)
            event.dismissed.connect(self.dismissed)
            self._show(event)
        if not view.events:
            self._cards.addWidget(wrapped(view.no_events, "soft"))
        if view.measures:
            self._cards.addWidget(label(words(N_("Measures")), "small"))
        for card in view.measures:
            self._show_measures(card)

    def clear(self) -> None:
        """Forget the patient before."""
        self._open.clear()
        to_top(self.area)

    def _show_measures(self, card: MeasureCard) -> None:
        rows = MeasureRows(card, self._words, is_open=card.kind in self._open)
        self._show(rows)
        self._shown |= {line.id: rows for line in card.lines}
        rows.folded.connect(self._on_rows_folded)

    @Slot(str)
    def _on_rows_folded(self, kind: str) -> None:
        """Open the earlier values of a kind, or close them."""
        self._open ^= {kind}
        if self._view is not None:
            self.show_view(self._view)
        has_come(self)


class TreatmentsFace(_Face):
    """What runs first, then what is planned; what has ended is folded into one line.

    The card that is typed on stands where the card of its treatment stood.
    """

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        self._words = dates.words
        self._view: TreatmentsView | None = None
        self._is_open = False
        self.editor = CardEditor(dates)
        self.editor.setParent(self)
        self.editor.reached.connect(self.bring_into_view)
        self.stack.addWidget(self.editor.foot)
        self._close()

    def show_view(self, view: TreatmentsView) -> None:
        """Show what is recorded; what is typed on a card stays."""
        self.show_caution(view.caution)
        self._view = view
        self._cards.removeWidget(self.editor)
        self._clear()
        self._section(view.running_title, view.running)
        if not view.running:
            self._cards.addWidget(wrapped(view.empty, "soft"))
        self._section(view.planned_title, view.planned)
        self._fold(view)
        if self.editor.treatment and self._cards.indexOf(self.editor) < 0:
            self._cards.insertWidget(0, self.editor)  # its treatment went; nothing typed does

    def edit(self, treatment: str) -> None:
        """Put the card that is typed on in the place of a treatment's card."""
        self.editor.treatment = treatment
        self.editor.foot.show()
        self._unfold(treatment)
        self._again()
        has_come(self)
        self.bring_into_view(self.editor)

    def show_made(self, record: str) -> None:
        """Bring the card of something into view, from the folded line as well."""
        if self._unfold(record):
            self._again()
        super().show_made(record)

    def _unfold(self, record: str) -> bool:
        """Open the folded line where a card is in it; say whether it was opened."""
        stopped = () if self._view is None else self._view.stopped
        is_folded = not self._is_open and any(card.id == record for card in stopped)
        self._is_open = self._is_open or is_folded
        return is_folded

    def close_editor(self) -> None:
        """Show the treatment's card again."""
        self._close()
        self._again()
        has_come(self)

    def clear(self) -> None:
        """Forget the patient before."""
        self._is_open = False
        self._close()
        to_top(self.area)

    def _close(self) -> None:
        self.editor.treatment = ""
        self.editor.hide()
        self.editor.foot.hide()

    def _again(self) -> None:
        if self._view is not None:
            self.show_view(self._view)

    def _section(self, title: str, cards: Sequence[TreatmentCard]) -> None:
        if cards:
            self._cards.addWidget(label(title, "small"))
        for card in cards:
            self._place(card)

    def _place(self, card: TreatmentCard) -> None:
        if card.id == self.editor.treatment:
            self._cards.addWidget(self.editor)
            self.editor.show()
            return
        can_write = self._view is not None and self._view.can_write
        self._show(TreatmentLine(card, self._words, can_write=can_write))

    def _fold(self, view: TreatmentsView) -> None:
        if not view.stopped:
            return
        fold = ElidedButton("side_link")
        sign = icons.DOWN if self._is_open else icons.ON
        fold.show_text(f"{sign}  {view.stopped_line}")
        fold.clicked.connect(self._on_fold_clicked)
        self._cards.addWidget(fold, 0, Qt.AlignmentFlag.AlignLeft)
        if self._is_open:
            for card in view.stopped:
                self._place(card)

    @Slot()
    def _on_fold_clicked(self) -> None:
        self._is_open = not self._is_open
        self._again()
        has_come(self)
