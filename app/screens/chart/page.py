"""The chart screen: who it is, the course, and beside it the words."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.palette import Palette
from app.screens.chart.after_signing import AfterSigning
from app.screens.chart.answers import AnswersBand, Part
from app.screens.chart.course import CoursePart
from app.screens.chart.more import MoreButton
from app.screens.chart.side import ChartSide
from app.screens.chart.tabs import Tabs
from app.screens.chart.view import ChartView
from app.screens.chart.visit_table import CourseListing
from app.trends.table import NO_TABLE
from widgets.banner import PatientBanner
from widgets.buttons import button, tab_button
from widgets.flow import Flow
from widgets.labels import wrapped
from widgets.layouts import column, ground, row
from widgets.message import FloatingMessage
from widgets.shortcuts import PRINT, name_key
from widgets.theme import set_role
from widgets.values import Choice

ROOM_FOR_WORDS = 1600
"""From this width on the words stand beside the chart without being asked for."""
CHART, TABLE = "chart", "table"
_ONLY_CHART = N_("This changes the chart only. Choose Chart first.")


class ChartPage(QWidget):
    """Shows a ``ChartView``; says what was chosen and what is wished."""

    axis_chosen = Signal(str)
    reach_chosen = Signal(str)
    form_chosen = Signal(str)  # CHART or TABLE
    visit_chosen = Signal(str)  # an internal visit id
    panel_chosen = Signal(str)  # the key of a series
    visit_requested = Signal()
    pages_requested = Signal()
    treatments_requested = Signal()
    report_requested = Signal()
    more_chosen = Signal(str)  # FACTS, HISTORY, PICTURE, or the id of a layer

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words = dates.words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.side = ChartSide(words)
        self.course = CoursePart()
        self.plot = self.course.plot
        self.listing = CourseListing(words)
        self.table, self.table_notes = self.listing.table, self.listing.notes
        self.after_signing = AfterSigning(dates)
        self.empty = wrapped("", "large_soft")
        self.caution = wrapped("", "caution_text")
        self.who_scores = wrapped("", "small")
        self.answers = AnswersBand(words)
        self.axes = Tabs(words(N_("Axis")))
        self.reaches = Tabs(words(N_("Range")))
        self.forms = Tabs(words(N_("Chart or table")))
        self.in_words = tab_button(words(N_("Words")))
        self.in_words.setToolTip(words(N_("All in words, with what must be known of the scores")))
        self._body = QStackedWidget()
        self._offered = (Choice(CHART, words(N_("Chart"))), Choice(TABLE, words(N_("Table"))))
        self._form, self._part = CHART, ""
        self._has_figure = self._has_words = self._has_table = self._is_open = False
        self._build_actions()
        self._build()
        self._join()

    def show_view(self, view: ChartView, palette: Palette) -> None:
        """Show a patient's course in the colours of a theme."""
        who, drawing = view.identity, view.drawing
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark, below=who.looked)
        for one, text in ((self.caution, view.caution), (self.who_scores, view.who_scores)):
            one.setText(text)
            one.setVisible(bool(text))
        self.start_visit.setText(view.start_visit)
        self.start_visit.setAccessibleName(view.start_visit)
        for action in (self.start_visit, self.pages, self.treatments, self.side.report):
            action.setEnabled(view.can_start)
        for action in (self.start_visit, self.side.report):
            action.setVisible(view.can_score)
        self.axes.show_choices(drawing.axes, drawing.axis)
        self.reaches.show_choices(drawing.reaches, drawing.reach)
        self.answers.show_view(view)
        self.side.show_view(view)
        self._has_words = drawing.figure is not None or bool(view.marked)
        self._has_table = view.has_table
        self.listing.show_table(view.table or NO_TABLE, has_items=view.has_items)
        self.table_notes.setText(self._words.sentences(view.notes))
        self.empty.setText(view.empty)
        if drawing.figure is not None:
            self.course.show_figure(drawing.figure, palette, drawing.time)
        self._has_figure = drawing.figure is not None
        self.more.show_drawing(drawing)
        self._choose_body()
        self._place_words()

    def clear(self) -> None:
        """Forget the patient before: name, message and what was chosen."""
        self.banner.show_head("", "")
        self.message.hide()
        self.after_signing.hide()
        self._form = CHART
        self._open_words(is_open=False)
        self.side.to_top()
        self.course.clear()

    def start(self) -> None:
        """Give the focus to the course: arrows go from visit to visit at once."""
        self.plot.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words beside the chart where there is room for both."""
        super().resizeEvent(event)
        self._place_words()

    def _choose_body(self) -> None:
        can_be_table = self._has_table
        offered = self._offered if can_be_table else ()
        is_table = can_be_table and self._form == TABLE
        self.forms.show_choices(offered, TABLE if is_table else CHART)
        drawn: QWidget = self.course if self._has_figure else self._blank
        self._body.setCurrentWidget(self.listing if is_table else drawn)
        self.listing.tools.setVisible(is_table)
        why = self._words(_ONLY_CHART) if is_table else ""
        for group in (self.axes, self.reaches):
            group.show_idle(why)

    def _place_words(self) -> None:
        """Show the column where there is room for it, or where it was opened."""
        is_wide = self.width() >= ROOM_FOR_WORDS
        self.side.setVisible(self._has_words and (is_wide or self._is_open))
        self.in_words.setVisible(self._has_words and not is_wide)
        # The words tell what must be known of the scores; without them the table does.
        self.table_notes.setVisible(self.side.isHidden() and bool(self.table_notes.text()))

    def _open_words(self, *, is_open: bool, part: str = "") -> None:
        """Open or close the column; ``part`` is the answer that was asked about."""
        self._is_open = is_open
        self.in_words.setChecked(is_open)
        self.answers.show_open(part if is_open else "")
        self._part = part if is_open else ""
        self._place_words()

    def _build_actions(self) -> None:
        words = self._words
        self.more = MoreButton(words, self.plot)
        self.pages = button(words(N_("Print")), "beside", words(N_("Print or save a page")))
        name_key(self.pages, PRINT, words)
        self.start_visit = button(words(N_("Start visit")), "primary")
        self.treatments = button(
            words(N_("Treatments")), "beside", words(N_("Treatments and events"))
        )
        for one in (self.treatments, self.pages, self.start_visit):
            self.banner.add_action(one)

    def _build(self) -> None:
        self._blank = ground()
        middle = column(self._blank)
        middle.setContentsMargins(21, 24, 24, 24)
        middle.addWidget(self.empty)
        middle.addStretch(1)
        for widget in (self.course, self.listing, self._blank):
            self._body.addWidget(widget)
        stack = column(gap=8)
        stack.setContentsMargins(16, 8, 16, 8)
        stack.addWidget(self.after_signing)
        stack.addWidget(self._tools())
        stack.addWidget(self.caution)
        stack.addWidget(self.who_scores)
        stack.addWidget(self._body, 1)
        line = row(gap=0)
        line.addLayout(stack, 1)
        line.addWidget(self.side)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self.answers)
        whole.addLayout(line, 1)

    def _tools(self) -> QWidget:
        choices = (self.axes, self.reaches, self.forms)
        return Flow(*choices, self.listing.tools, self.in_words, self.more)

    def _join(self) -> None:
        self.axes.chosen.connect(self.axis_chosen)
        self.reaches.chosen.connect(self.plot.go_home)
        self.reaches.chosen.connect(self.reach_chosen)
        self.plot.visit_chosen.connect(self.visit_chosen)
        self.plot.panel_chosen.connect(self.panel_chosen)
        self.table.visit_chosen.connect(self.visit_chosen)
        self.forms.chosen.connect(self._on_form_chosen)
        self.in_words.clicked.connect(self._on_in_words_clicked)
        self.answers.asked.connect(self._on_answer_asked)
        self.treatments.clicked.connect(self.treatments_requested)
        self.side.report.clicked.connect(self.report_requested)
        self.more.chosen.connect(self.more_chosen)
        self.pages.clicked.connect(self.pages_requested)
        self.start_visit.clicked.connect(self.visit_requested)

    @Slot(str)
    def _on_form_chosen(self, form: str) -> None:
        self._form = form
        self.form_chosen.emit(form)
        self._choose_body()
        if form == TABLE:
            self.table.to_end()

    @Slot(bool)
    def _on_in_words_clicked(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signal
        self._open_words(is_open=is_open)

    @Slot(str)
    def _on_answer_asked(self, part: str) -> None:
        """Open the words of an answer; asked again, they close where there is no room for both."""
        is_wide = self.width() >= ROOM_FOR_WORDS
        is_again = self._is_open and self._part == part
        self._open_words(is_open=is_wide or not is_again, part=part)
        self.side.show_part(Part(part))
