"""The page of a visit: whose it is above, and below one of its four parts. It knows no store."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.clock import ticks
from app.date_reader import DateReader
from app.errors import N_
from app.screens.visit.context_page import ContextPage
from app.screens.visit.cursor import Part
from app.screens.visit.guided_page import GuidedPage
from app.screens.visit.sheet_page import WIDEST_SHEET, SheetPage
from app.screens.visit.summary_page import SummaryPage
from app.screens.visit.view import HeadView
from app.screens.visit.weight_bar import WeightBar
from app.screens.visit.weight_view import WeightView
from widgets.banner import PatientBanner
from widgets.labels import ElidedLabel, label, wrapped
from widgets.layouts import centred, column, ground
from widgets.message import FloatingMessage
from widgets.press_guard import has_come
from widgets.theme import set_role

_VISIT_LETTERS = 36
"""Room for which visit it is and its day, however long the name beside it."""


class VisitPage(QWidget):
    """Holds the parts and shows one of them."""

    def __init__(self, dates: DateReader, ticks: Callable[[], int] = ticks) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.sheet = SheetPage(words)
        self.guided = GuidedPage(words, ticks)
        self.context = ContextPage(dates)
        self.summary = SummaryPage(words)
        self._words = words
        self._saved = label(words(N_("✓ every tap is saved")), "small")
        self._visit = ElidedLabel("", "soft", _VISIT_LETTERS)
        self._caution = wrapped("", "small_caution")
        self._caution.setContentsMargins(32, 8, 32, 0)
        self.weight = WeightBar(words)
        self._asks_weight = False
        self._parts = QStackedWidget()
        self._places = {
            Part.SHEET: self.sheet,
            Part.GUIDED: self.guided,
            Part.CONTEXT: self.context,
            Part.SUMMARY: self.summary,
        }
        self._lay_out()

    def show_head(self, view: HeadView) -> None:
        """Show whose visit this is."""
        self._visit.show_text(view.visit)
        self.banner.show_head(view.name, view.facts, view.family, mark=view.mark)
        self._caution.setText(view.caution)
        self._caution.setVisible(bool(view.caution))
        self._saved.setVisible(bool(view.visit))

    def show_part(self, part: Part) -> None:
        """Bring a part to the front; the keys act there at once."""
        place = self._places[part]
        self.weight.setVisible(self._asks_weight and part is Part.SHEET)
        if self._parts.currentWidget() is not place:
            self._parts.setCurrentWidget(place)
            place.setFocus()
            has_come(place)

    def ask_weight(self, view: WeightView | None) -> None:
        """Ask for today's weight above the first sheet, or do not."""
        self._asks_weight = view is not None
        self.weight.show_view(view)

    def focus_part(self) -> None:
        """Let the keys act on the part in front."""
        current = self._parts.currentWidget()
        if current is not None:
            current.setFocus()

    @property
    def part(self) -> Part:
        """The part in front."""
        current = self._parts.currentWidget()
        return next(part for part, place in self._places.items() if place is current)

    @property
    def typed_reason(self) -> str:
        """A reason in somebody's own words that is typed and not given."""
        return self.sheet.reasons.unsaved or self.guided.reasons.unsaved

    def clear(self) -> None:
        """Forget everything of the patient before."""
        self.show_head(HeadView("", "", "", ""))
        self.message.hide()
        self.ask_weight(None)
        for place in (self.sheet, self.guided, self.context, self.summary):
            place.clear()

    def _lay_out(self) -> None:
        self.banner.add_action(self._visit_lines())
        places: tuple[QWidget, ...] = tuple(self._places.values())
        for place in places:
            self._parts.addWidget(place)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self._caution)
        whole.addWidget(centred(self.weight, WIDEST_SHEET))
        whole.addWidget(self._parts, 1)
        self.context.saved_changed.connect(self._on_context_saved_changed)

    @Slot(bool)
    def _on_context_saved_changed(self, is_saved: bool) -> None:  # noqa: FBT001 - a signal's value
        told = N_("✓ every tap is saved") if is_saved else N_("not saved yet")
        self._saved.setText(self._words(told))
        set_role(self._saved, "small" if is_saved else "small_caution")

    def _visit_lines(self) -> QWidget:
        answer = ground()
        lines = column(answer, gap=0)
        lines.addWidget(self._visit)
        lines.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignRight)
        return answer
