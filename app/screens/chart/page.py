"""The chart screen: who it is, the course, and beside it the words."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.palette import Palette
from app.screens.chart.after_signing import AfterSigning
from app.screens.chart.course import CoursePart
from app.screens.chart.side import ChartSide
from app.screens.chart.tabs import Tabs
from app.screens.chart.view import ChartView
from app.screens.chart.visit_table import CourseTable
from widgets.banner import PatientBanner
from widgets.buttons import button, tab_button
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import column, ground, row
from widgets.message import FloatingMessage
from widgets.shortcuts import HISTORY, PRINT, name_key
from widgets.theme import set_role


class ChartPage(QWidget):
    """Shows a ``ChartView``; says what was chosen and what is wished."""

    axis_chosen = Signal(str)
    reach_chosen = Signal(str)
    visit_chosen = Signal(str)  # an internal visit id
    panel_chosen = Signal(str)  # the key of a series
    visit_requested = Signal()
    pages_requested = Signal()
    treatments_requested = Signal()
    facts_requested = Signal()
    report_requested = Signal()
    history_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words = dates.words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.side = ChartSide(words)
        self.course = CoursePart()
        self.plot = self.course.plot
        self.table = CourseTable(words)
        self.after_signing = AfterSigning(dates)
        self.empty = wrapped("", "large_soft")
        self.caution = wrapped("", "caution_text")
        self.axes = Tabs(words(N_("Count time by")))
        self.reaches = Tabs(words(N_("How much to show")))
        self.table_tab = tab_button(words(N_("Table")))
        self._body = QStackedWidget()
        self._has_figure = False
        self._build_actions()
        self._build()
        self._join()

    def show_view(self, view: ChartView, palette: Palette) -> None:
        """Show a patient's course in the colours of a theme."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark, below=who.looked)
        self.caution.setText(view.caution)
        self.caution.setVisible(bool(view.caution))
        self.start_visit.setText(view.start_visit)
        self.start_visit.setAccessibleName(view.start_visit)
        for action in (self.start_visit, self.pages, self.treatments, self.side.report):
            action.setEnabled(view.can_start)
        for action in (self.start_visit, self.side.report):
            action.setVisible(view.can_score)
        self.axes.show_choices(view.axes if view.figure is not None else (), view.axis)
        self.reaches.show_choices(view.reaches, view.reach)
        self.side.show_view(view)
        self.side.setVisible(view.figure is not None or bool(view.marked))
        # Beside a course there is no room for it among the axes; it stands at the side then.
        self.history.setVisible(self.side.isHidden())
        self.table.show_table(view.table)
        self.table_tab.setVisible(bool(view.table.rows))
        self.empty.setText(view.empty)
        if view.figure is not None:
            self.course.show_figure(view.figure, palette, view.time)
        self._has_figure = view.figure is not None
        self._choose_body()

    def clear(self) -> None:
        """Forget the patient before: name, message and what was chosen."""
        self.banner.show_head("", "")
        self.message.hide()
        self.after_signing.hide()
        self.table_tab.setChecked(False)
        self.side.to_top()
        self.course.to_top()

    def start(self) -> None:
        """Give the focus to the course: arrows go from visit to visit at once."""
        self.plot.setFocus()

    def _choose_body(self) -> None:
        body: QWidget = self.course if self._has_figure else self._blank
        if self.table_tab.isChecked() and self.table.rowCount():
            body = self.table
        self._body.setCurrentWidget(body)

    def _build_actions(self) -> None:
        words = self._words
        self.facts = button(words(N_("Patient")), name=words(N_("The patient's facts")))
        self.pages = button(words(N_("Print")), name=words(N_("Print or save a page")))
        name_key(self.pages, PRINT, words)
        self.start_visit = button(words(N_("Start visit")), "primary")
        for one in (self.facts, self.pages, self.start_visit):
            self.banner.add_action(one)
        self.treatments = button(
            words(N_("Treatments")), "flat", words(N_("Treatments and events"))
        )
        self.history = button(words(N_("History")), "flat")
        name_key(self.history, HISTORY, words)

    def _build(self) -> None:
        self._blank = ground()
        middle = column(self._blank)
        middle.setContentsMargins(21, 24, 24, 24)
        middle.addWidget(self.empty)
        middle.addStretch(1)
        for widget in (self.course, self.table, self._blank):
            self._body.addWidget(widget)
        course = ground()
        stack = column(course, margin=16, gap=8)
        stack.addWidget(self.after_signing)
        stack.addWidget(self._tools())
        stack.addWidget(self.caution)
        stack.addWidget(self._body, 1)
        line = row(gap=0)
        line.addWidget(course, 1)
        line.addWidget(self.side)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addLayout(line, 1)

    def _tools(self) -> QWidget:
        parts = (
            self.axes,
            self.reaches,
            self.course.told,
            self.table_tab,
            self.treatments,
            self.history,
        )
        return Flow(*parts, gap=4)

    def _join(self) -> None:
        self.axes.chosen.connect(self.axis_chosen)
        self.reaches.chosen.connect(self.reach_chosen)
        self.plot.visit_chosen.connect(self.visit_chosen)
        self.plot.panel_chosen.connect(self.panel_chosen)
        self.table.visit_chosen.connect(self.visit_chosen)
        self.table_tab.toggled.connect(self._on_table_toggled)
        self.treatments.clicked.connect(self.treatments_requested)
        self.side.report.clicked.connect(self.report_requested)
        for one in (self.history, self.side.history):
            one.clicked.connect(self.history_requested)
        self.facts.clicked.connect(self.facts_requested)
        self.pages.clicked.connect(self.pages_requested)
        self.start_visit.clicked.connect(self.visit_requested)

    @Slot(bool)
    def _on_table_toggled(self, is_table: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self._choose_body()
        if is_table:
            self.table.scrollToBottom()
