"""The page of a cohort: what is asked for on the left, the drawings on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.palette import Palette
from app.screens.cohort.asking import AskingPanel
from app.screens.cohort.view import CohortView
from app.trends.cohort_figure import TimeTold
from app.trends.cohort_words import NOT_COMPARED
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cohort_plot import FanPlot, StepPlot
from widgets.labels import cell
from widgets.layouts import column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.theme import BASE_TEXT, set_role

_FAN, _CURVE = (0.42, 270, 460), (0.24, 150, 230)
"""How high a drawing is: a share of the window's height, within bounds at the usual text."""
_ROOMY_LETTERS = 80
_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class CohortPage(QWidget):
    """Shows a ``CohortView``; says what is asked for, pointed at, chosen and to be taken out."""

    patient_pointed = Signal(str)  # internal id; empty where nobody is pointed at
    patient_chosen = Signal(str)  # internal id
    export_requested = Signal()
    page_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self._words = words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.export = button(words(N_("Export without names…")))
        self.save = button(words(N_("Save page…")))
        self.banner.add_action(self.save)
        self.banner.add_action(self.export)
        self.panel = AskingPanel(dates)
        self.title = cell("", "heading")
        self.how = cell("", "soft")
        self.pointed, self.changes = cell("", "soft"), cell("", "soft")
        self.fan = FanPlot(words(N_("Totals of all patients over days")))
        self.times = _Times()
        self._lay_out()
        self._connect()

    def show_waiting(self) -> None:
        """Say that the records are read; what stood there is not of what is asked now."""
        self._show_words(self._words(N_("Reading the records…")), "")

    def show_nobody(self, sentence: str, cautions: Sequence[str]) -> None:
        """Show a sentence in place of drawings, and what must stand beside it, if anything."""
        self._show_words(sentence, "")
        if cautions:
            self.panel.show_cautions(cautions)

    def show_view(self, view: CohortView, palette: Palette) -> None:
        """Show a cohort."""
        self._show_words(view.title, view.how, view.facts)
        self.panel.show_cautions(view.cautions)
        self._drawn.show()
        self.fan.show_fan(view.fan, palette)
        self.changes.setText(view.changes)
        self.changes.setVisible(bool(view.changes))
        for part, told in zip(self.times.parts, view.times, strict=True):
            part.show_time(told, palette)
        self.show_pointed("")

    def show_pointed(self, text: str) -> None:
        """Say who is pointed at; with nobody, how to point."""
        self.pointed.setText(
            text or self._words(N_("Point at a line to see who it is; a click opens the chart."))
        )

    def offer_taking_out(self, *, is_offered: bool) -> None:
        """Offer the page and the tables, or neither."""
        for one in (self.save, self.export):
            one.setVisible(is_offered)

    def start(self) -> None:
        """Give the focus to what is asked first, unless something here has it already."""
        if not self.panel.isAncestorOf(self.focusWidget() or self):
            self.panel.agent.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self, title: str, how: str, facts: str = "") -> None:
        self.banner.show_head(self._words(N_("Cohort")), facts)
        self.panel.show_cautions((self._words(NOT_COMPARED),))
        self.title.setText(title)
        self.how.setText(how)
        self._drawn.hide()

    def _fitted(self, share: float, least: int, most: int) -> int:
        """Return a share of the height, within bounds that grow with the text."""
        unit = max(1.0, self.font().pixelSize() / BASE_TEXT)
        return round(max(least * unit, min(most * unit, share * self.height())))

    def _lay_out(self) -> None:
        self._drawn = ground()
        drawn = column(self._drawn, gap=8)
        drawn.addSpacing(8)
        for one in (self.fan, self.pointed, self.changes):
            drawn.addWidget(one)
        drawn.addSpacing(16)
        drawn.addWidget(self.times)
        parts: tuple[QWidget, ...] = (self.title, self.how, self._drawn)
        body = ground()
        stack = column(body, margin=24, gap=8)
        for below in parts:
            stack.addWidget(below)
        stack.addStretch(1)
        inner = row(gap=0)
        inner.addWidget(self.panel)
        inner.addWidget(scrolling(body), 1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addLayout(inner, 1)

    def _connect(self) -> None:
        self.fan.pointed.connect(self.patient_pointed)
        self.fan.patient_chosen.connect(self.patient_chosen)
        self.export.clicked.connect(self.export_requested)
        self.save.clicked.connect(self.page_requested)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the drawings be as high as the window has room for."""
        super().resizeEvent(event)
        self.fan.set_height(self._fitted(*_FAN))
        for part in self.times.parts:
            part.plot.set_height(self._fitted(*_CURVE))


class _Times(QWidget):
    """How long it took to a first 0 and to a first relapse, side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = (_TimePart(), _TimePart())
        self._row = row(self, gap=32)
        for part in self.parts:
            self._row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set one below the other where the words need the whole width."""
        super().resizeEvent(event)
        is_roomy = self.width() >= self.fontMetrics().averageCharWidth() * _ROOMY_LETTERS
        self._row.setDirection(_BESIDE if is_roomy else _BELOW)


class _TimePart(QWidget):
    """A heading, a curve where there is one, and sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.told = cell("", "strong"), cell("", "soft")
        self.plot = StepPlot("")
        stack = column(self, gap=8)
        for one in (self.heading, self.plot, self.told):
            stack.addWidget(one)

    def show_time(self, told: TimeTold, palette: Palette) -> None:
        """Show another time in place of the one before."""
        self.heading.setText(told.heading)
        self.told.setText(told.told)
        self.plot.setAccessibleName(told.heading)
        self.plot.setVisible(told.steps is not None)
        if told.steps is not None:
            self.plot.show_steps(told.steps, palette)
