"""The page of a cohort: what is asked for on the left, the drawings on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.palette import Palette
from app.screens.cohort.asking import AskingPanel
from app.screens.cohort.view import CohortView, CurveView
from app.trends.cohort_words import NOT_COMPARED
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cohort_plot import FanPlot, StepPlot
from widgets.labels import wrapped
from widgets.layouts import column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.theme import BASE_TEXT, set_role

_FAN_HEIGHT, _CURVE_HEIGHT = 400, 230


class CohortPage(QWidget):
    """Shows a ``CohortView``; says what is asked for, pointed at, chosen and to be taken out."""

    patient_pointed = Signal(str)  # internal id; empty where nobody is pointed at
    patient_chosen = Signal(str)  # internal id
    export_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self._words = words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.export = button(words(N_("Export without names…")))
        self.banner.add_action(self.export)
        self.panel = AskingPanel(dates)
        self.title = wrapped("", "heading")
        self.how = wrapped("", "soft")
        self.pointed = wrapped("", "soft")
        self.axis = wrapped("", "small")
        self.fan = FanPlot(words(N_("Totals of all patients over days")))
        self.curves = tuple(_CurvePart() for _ in range(2))
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
        self.axis.setText(view.fan.caption)
        self.fan.show_fan(view.fan, palette, self._grown(_FAN_HEIGHT))
        for part, curve in zip(self.curves, view.curves, strict=True):
            part.show_curve(curve, palette, self._grown(_CURVE_HEIGHT))
        self.show_pointed("")

    def show_pointed(self, text: str) -> None:
        """Say who is pointed at; with nobody, how to point."""
        self.pointed.setText(
            text or self._words(N_("Point at a line to see who it is; a click opens the chart."))
        )

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

    def _grown(self, height: int) -> int:
        """Return a height that grows with the text."""
        size = self.font().pixelSize()
        return round(height * max(1.0, size / BASE_TEXT))

    def _lay_out(self) -> None:
        self._drawn = ground()
        drawn = column(self._drawn, gap=8)
        for one in (self.fan, self.axis, self.pointed):
            drawn.addWidget(one)
        for part in self.curves:
            drawn.addWidget(part)
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


class _CurvePart(QWidget):
    """A heading, sentences and a curve, where there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.told = wrapped("", "strong"), wrapped("", "soft")
        self.plot = StepPlot("")
        stack = column(self, gap=4)
        self.axis = wrapped("", "small")
        for one in (self.heading, self.told, self.plot, self.axis):
            stack.addWidget(one)

    def show_curve(self, view: CurveView, palette: Palette, height: int) -> None:
        """Show a curve in place of the one before."""
        self.heading.setText(view.heading)
        self.told.setText(view.told)
        self.plot.setAccessibleName(view.heading)
        for one in (self.plot, self.axis):
            one.setVisible(view.steps is not None)
        if view.steps is not None:
            self.axis.setText(view.steps.caption)
            self.plot.show_steps(view.steps, palette, height)
