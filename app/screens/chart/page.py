"""The chart screen: who it is, the course, and beside it the words."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget
from widgets.plot import CoursePlot

from app.errors import N_
from app.language import Words
from app.palette import Palette
from app.screens.chart.side import ChartSide
from app.screens.chart.table import CourseTable
from app.screens.chart.view import ChartView
from widgets.banner import PatientBanner
from widgets.buttons import button, tab_button
from widgets.labels import wrapped
from widgets.layouts import clear, column, ground, row
from widgets.message import MessageBar
from widgets.theme import set_role


class ChartPage(QWidget):
    """Shows a ``ChartView``; says what was chosen and what is wished."""

    axis_chosen = Signal(str)
    visit_chosen = Signal(str)  # an internal visit id
    visit_requested = Signal()
    pages_requested = Signal()
    treatments_requested = Signal()
    facts_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.message = MessageBar(words)
        self.side = ChartSide(words)
        self.plot = CoursePlot()
        self.table = CourseTable(words)
        self.empty = wrapped("", "large_soft")
        self.caution = wrapped("", "caution_text")
        self.start_visit = button(words(N_("Start visit")), "primary")
        self.table_tab = tab_button(words(N_("Table")))
        self._axes = QButtonGroup(self)
        self._axis_row = row(gap=4)
        self._axis_ids: tuple[str, ...] = ()
        self._body = QStackedWidget()
        self._has_figure = False
        self._build()
        self._join()

    def show_view(self, view: ChartView, palette: Palette) -> None:
        """Show a patient's course in the colours of a theme."""
        self.banner.show_head(view.identity.name, view.identity.facts)
        self.caution.setText(view.caution)
        self.caution.setVisible(bool(view.caution))
        self.start_visit.setText(view.start_visit)
        self.start_visit.setAccessibleName(view.start_visit)
        self._show_axes(view)
        self.side.show_view(view)
        self.table.show_table(view.table)
        self.empty.setText(view.empty)
        if view.figure is not None:
            self.plot.show_figure(view.figure, palette)
        self._choose_body(has_figure=view.figure is not None)

    def clear(self) -> None:
        """Forget the patient before: name, message and what was chosen."""
        self.banner.show_head("", "")
        self.message.hide()
        self.table_tab.setChecked(False)

    def _show_axes(self, view: ChartView) -> None:
        for old in self._axes.buttons():
            self._axes.removeButton(old)
        clear(self._axis_row)
        self._axis_ids = tuple(axis.id for axis in view.axes)
        for number, axis in enumerate(view.axes):
            tab = tab_button(axis.title)
            tab.setChecked(axis.id == view.axis)
            self._axes.addButton(tab, number)
            self._axis_row.addWidget(tab)

    def _choose_body(self, *, has_figure: bool) -> None:
        body: QWidget = self.plot if has_figure else self.empty
        self._body.setCurrentWidget(self.table if self.table_tab.isChecked() else body)
        self._has_figure = has_figure

    def _build(self) -> None:
        for widget in (self.plot, self.table, self.empty):
            self._body.addWidget(widget)
        course = ground()
        stack = column(course, margin=16, gap=8)
        stack.addWidget(self.message)
        stack.addLayout(self._tools())
        stack.addWidget(self.caution)
        stack.addWidget(self._body, 1)
        self._fill_banner()
        line = row(gap=0)
        line.addWidget(course, 1)
        line.addWidget(self.side)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addLayout(line, 1)

    def _tools(self) -> QHBoxLayout:
        line: QHBoxLayout = row(gap=4)
        line.addLayout(self._axis_row)
        line.addStretch(1)
        line.addWidget(self.table_tab)
        treatments = button(self._words(N_("Treatments and events")), "flat")
        treatments.clicked.connect(self._on_treatments_clicked)
        line.addWidget(treatments)
        return line

    def _fill_banner(self) -> None:
        words = self._words
        facts = button(words(N_("Patient")), name=words(N_("Change the patient's facts")))
        pages = button(words(N_("Print")), name=words(N_("Print or save a page")))
        for one in (facts, pages, self.start_visit):
            self.banner.add_action(one)
        facts.clicked.connect(self._on_facts_clicked)
        pages.clicked.connect(self._on_pages_clicked)
        self.start_visit.clicked.connect(self._on_start_visit_clicked)

    def _join(self) -> None:
        self._axes.idClicked.connect(self._on_axis_clicked)
        self.plot.visit_chosen.connect(self.visit_chosen)
        self.table.visit_chosen.connect(self.visit_chosen)
        self.table_tab.toggled.connect(self._on_table_toggled)

    @Slot(int)
    def _on_axis_clicked(self, number: int) -> None:
        self.axis_chosen.emit(self._axis_ids[number])

    @Slot(bool)
    def _on_table_toggled(self, _is_table: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self._choose_body(has_figure=self._has_figure)

    @Slot()
    def _on_treatments_clicked(self) -> None:
        self.treatments_requested.emit()

    @Slot()
    def _on_facts_clicked(self) -> None:
        self.facts_requested.emit()

    @Slot()
    def _on_pages_clicked(self) -> None:
        self.pages_requested.emit()

    @Slot()
    def _on_start_visit_clicked(self) -> None:
        self.visit_requested.emit()
