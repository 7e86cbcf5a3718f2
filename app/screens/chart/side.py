"""The column beside the chart: the last visit and what happened since a start, in words."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.screens.chart.answers import Part
from app.screens.chart.view import ChartView
from app.screens.since_last import SinceLastBlock
from app.trends.answer_words import Answers
from app.trends.relapse import RelapseWords
from app.trends.sentences import LastWords, SinceWords
from widgets.buttons import button
from widgets.cards import SideColumn
from widgets.choices import Choice, SearchCombo
from widgets.labels import divider, label, wrapped
from widgets.layouts import clear, column, ground, row, scrolling
from widgets.theme import TARGET, set_role

SIDE_WIDTH = 340
WIDEST_SIDE = 376
_LETTERS = 37


class ChartSide(SideColumn):
    """Tells one series since one start; both can be chosen."""

    key_chosen = Signal(str)
    start_chosen = Signal(str)
    visit_chosen = Signal(str)  # an internal visit id
    relapse_requested = Signal(object)  # PartialDate

    def __init__(self, words: Words) -> None:
        super().__init__("side", _LETTERS, SIDE_WIDTH, WIDEST_SIDE)
        self._words = words
        self.series = SearchCombo(words(N_("Scale")))
        self.start = SearchCombo(words(N_("Since the start of")))
        self._key, self._start_id = "", ""
        self._relapse: PartialDate | None = None
        self._wanted = Part.NOW
        self._tops: dict[Part, QWidget] = {}
        content = ground()
        self._stack = column(content, margin=20, gap=12)
        self._area = scrolling(content)
        column(self).addWidget(self._area)
        self._last = column(gap=4)
        self._since_last = SinceLastBlock()
        self.report = button(
            words(N_("+ Report between visits")),
            "quiet",
            words(N_("Take down what the family told between visits")),
        )
        self._head = column(gap=4)
        self._since = column(gap=8)
        self._back = column(gap=8)
        self.mark_relapse = button(
            words(N_("Mark a relapse…")),
            "quiet",
            words(N_("Open the form for a relapse; nothing is stored before it is saved")),
        )
        self._relapses = column(gap=8)
        self._notes = column(gap=4)
        self._build()
        self.series.chosen.connect(self._on_series_chosen)
        self.start.chosen.connect(self._on_start_chosen)
        self.mark_relapse.clicked.connect(self._on_mark_relapse_clicked)

    def show_view(self, view: ChartView) -> None:
        """Show the words of a chart; what was there is taken away first."""
        for part in (self._last, self._head, self._since, self._back, self._relapses, self._notes):
            clear(part)
        self._tops = {}
        self._key, self._start_id = view.key, view.start
        _offer(self.series, view.series, view.key)
        _offer(self.start, view.starts, view.start)
        if view.last is not None:
            self._show_last(view.last)
        self._since_last.show_since(view.since_last)
        if view.since is not None:
            self._show_since(view.since, is_headed=len(view.starts) > 1)
        self.start.setVisible(view.since is not None and len(view.starts) > 1)
        if view.answers is not None:
            self._show_answers(view.answers)
        self._relapse = view.relapse
        self.mark_relapse.setVisible(view.relapse is not None)
        for relapse in view.relapses:
            self._show_relapse(relapse)
        self._show_notes(view)

    def to_top(self) -> None:
        """Show the column from its top."""
        self._wanted = Part.NOW
        self._area.verticalScrollBar().setValue(0)

    def show_part(self, part: Part) -> None:
        """Show the words of an answer from their top, once the column has its place."""
        self._wanted = part
        QTimer.singleShot(0, self, self._to_wanted)

    @Slot()
    def _to_wanted(self) -> None:
        top = self._tops.get(self._wanted)
        self._area.verticalScrollBar().setValue(0 if top is None else top.y())

    def _build(self) -> None:
        self._stack.addWidget(self.series)
        self._stack.addLayout(self._last)
        self._stack.addWidget(self._since_last)
        self._stack.addWidget(self.report)
        self._stack.addLayout(self._head)
        self._stack.addWidget(self.start)
        self._stack.addLayout(self._since)
        self._stack.addLayout(self._back)
        self._stack.addWidget(self.mark_relapse)
        self._stack.addLayout(self._relapses)
        self._stack.addStretch(1)
        self._stack.addLayout(self._notes)

    def _show_last(self, last: LastWords) -> None:
        self._last.addWidget(wrapped(last.heading, "small"))
        line = row(gap=12)
        number = label(last.total, "number")
        number.setAccessibleName(last.spoken)
        line.addWidget(number)
        line.addWidget(wrapped(last.of, "soft"), 1, Qt.AlignmentFlag.AlignVCenter)
        self._last.addLayout(line)
        told = ((last.reason, "caution_text"), (last.change, ""), (last.noise, "soft"))
        for text, role in (*told, (last.at_zero, ""), (last.caution, "small_caution")):
            if text:
                self._last.addWidget(wrapped(text, role))

    def _show_answers(self, answers: Answers) -> None:
        """Tell in full what the answers above the figure tell in brief."""
        for sentence in answers.now.full:
            self._last.addWidget(wrapped(sentence))
        for sentence in answers.since.full if answers.since is not None else ():
            self._since.addWidget(wrapped(sentence))
        if answers.back is not None:
            self._tops[Part.BACK] = divider()
            self._back.addWidget(self._tops[Part.BACK])
            self._back.addWidget(wrapped(answers.back.heading, "heading"))
            self._back.addWidget(wrapped(self._words.sentences(answers.back.full)))
        for sentence in answers.rule:
            self._back.addWidget(wrapped(sentence))

    def _show_since(self, since: SinceWords, *, is_headed: bool) -> None:
        """Tell of a start; where several can be chosen, the choice is the heading."""
        self._tops[Part.SINCE] = divider()
        self._head.addWidget(self._tops[Part.SINCE])
        if not is_headed:
            self._head.addWidget(wrapped(since.title, "heading"))
            self._head.addWidget(label(since.when, "small"))
        if since.sentence:
            self._since.addWidget(wrapped(since.sentence, "strong"))
        self._since.addWidget(_since_table(since, self._words))
        if since.noise:
            self._since.addWidget(wrapped(since.noise, "small"))
        for caution in since.cautions:
            self._since.addWidget(_caution(caution))

    def _show_notes(self, view: ChartView) -> None:
        told = [text for text in (view.raters, *view.notes) if text]
        if told or view.marked:
            self._notes.addWidget(divider())
        for marked in view.marked:
            link = VisitLink(marked)
            link.visit_chosen.connect(self.visit_chosen)
            self._notes.addWidget(link)
        for text in told:
            self._notes.addWidget(wrapped(text, "small"))

    def _show_relapse(self, relapse: RelapseWords) -> None:
        self._relapses.addWidget(divider())
        line = row()
        line.addWidget(label(relapse.title, "heading"))
        line.addWidget(wrapped(relapse.author, "small"), 1)
        self._relapses.addLayout(line)
        self._relapses.addWidget(wrapped(self._words.sentences(relapse.sentences)))

    @Slot()
    def _on_mark_relapse_clicked(self) -> None:
        self.relapse_requested.emit(self._relapse)

    @Slot(str)
    def _on_series_chosen(self, key: str) -> None:
        if key:
            self.key_chosen.emit(key)
        else:
            self.series.set_value(self._key)

    @Slot(str)
    def _on_start_chosen(self, treatment: str) -> None:
        if treatment:
            self.start_chosen.emit(treatment)
        else:
            self.start.set_value(self._start_id)


class VisitLink(QPushButton):
    """Leads to a visit that is not drawn."""

    visit_chosen = Signal(str)

    def __init__(self, visit: Choice) -> None:
        super().__init__(visit.title)
        self._visit = visit.id
        set_role(self, "side_link")
        self.setMinimumHeight(TARGET)
        self.setAccessibleName(visit.title)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.visit_chosen.emit(self._visit)


def _offer(combo: SearchCombo, entries: tuple[Choice, ...], chosen: str) -> None:
    combo.show_choices(entries)
    combo.set_value(chosen)
    combo.setVisible(len(entries) > 1)


def _since_table(since: SinceWords, words: Words) -> QWidget:
    """Return what was read, when, and the change, as on paper; where room lacks, lines break."""
    table = ground()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(2, 3)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for number, line in enumerate(since.rows):
        told = wrapped(words.dotted((line.day, line.note)), "soft")
        told.setAlignment(right)
        grid.addWidget(wrapped(line.label, "soft"), number, 0)
        grid.addWidget(label(line.total, "strong"), number, 1, right)
        grid.addWidget(told, number, 2)
    return table


def _caution(text: str) -> QFrame:
    frame = QFrame()
    set_role(frame, "caution")
    column(frame, margin=12).addWidget(wrapped(text, "small_caution"))
    return frame
