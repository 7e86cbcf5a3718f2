"""What is told first: three answers above the figure, each opening into its full words."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy

from app.errors import N_
from app.language import Words
from app.screens.chart.chooser import Chooser
from app.screens.chart.view import ChartView
from app.trends.answer_speaker import AnswerWords
from widgets.labels import upright, wrapped
from widgets.layouts import column, row
from widgets.tall_button import TallButton
from widgets.theme import set_role


class Part(StrEnum):
    """A part of the words: how it stands, since a start, and whether it is coming back."""

    NOW = "now"
    SINCE = "since"
    BACK = "back"


_WIDTHS = {Part.NOW: 11, Part.SINCE: 13, Part.BACK: 12}

_BESIDE, _ABOVE = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_SHORT = 3
"""What is read first stands beside its words as long as it has no more letters than this."""


class AnswersBand(QFrame):
    """Three answers side by side; scale and start are changed beside the answer they are for."""

    asked = Signal(str)  # a Part, whose words are wished

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "answers")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.scale = Chooser(words(N_("Another scale")))
        self.start = Chooser(words(N_("Since another start")))
        self.answers = {part: AnswerButton(part, words) for part in Part}
        line = row(self, gap=0)
        line.setContentsMargins(8, 2, 8, 2)
        choosers = {Part.NOW: self.scale, Part.SINCE: self.start}
        for part, answer in self.answers.items():
            line.addWidget(answer, _WIDTHS[part])
            if part in choosers:
                line.addWidget(choosers[part], 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(upright())
            answer.asked.connect(self.asked)

    def show_view(self, view: ChartView) -> None:
        """Show the answers of a view; without any the band takes no room."""
        told = view.answers
        self.setVisible(told is not None)
        if told is None:
            return
        for part, answer in zip(Part, (told.now, told.since, told.back), strict=True):
            self.answers[part].setVisible(answer is not None)
            if answer is not None:
                self.answers[part].show_answer(answer)
        self.scale.show_choices(view.series, view.key)
        self.start.show_choices(view.starts if told.since is not None else (), view.start)

    def show_open(self, part: str) -> None:
        """Mark the answer whose words are open; empty marks none."""
        for each, answer in self.answers.items():
            answer.setChecked(each == part)


class AnswerButton(TallButton):
    """One answer: its heading, what is read first, and the rest in brief."""

    asked = Signal(str)  # its Part

    def __init__(self, part: Part, words: Words) -> None:
        super().__init__("answer")
        self._part, self._words = part, words
        self.heading, self.first = wrapped("", "small"), wrapped("", "answer")
        self.brief = wrapped("", "answer_brief")
        self.setAutoDefault(True)
        self.setToolTip(words(N_("Open the full words")))
        stack = column(self, gap=0)
        stack.setContentsMargins(11, 6, 8, 6)
        stack.addWidget(self.heading)
        self._told = QBoxLayout(_BESIDE)
        self._told.addWidget(self.first, 0, Qt.AlignmentFlag.AlignTop)
        self._told.addWidget(self.brief, 1)
        stack.addLayout(self._told)
        stack.addStretch(1)
        for each in (self.heading, self.first, self.brief):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._on_clicked)

    def show_answer(self, answer: AnswerWords) -> None:
        """Show an answer in place of the one before."""
        self.heading.setText(answer.heading)
        self.first.setText(answer.first)
        self.first.setVisible(bool(answer.first))
        self.brief.setText(answer.brief)
        is_short = len(answer.first) <= _SHORT
        self._told.setDirection(_BESIDE if is_short else _ABOVE)
        self._told.setSpacing(12 if is_short else 0)
        text = N_("{heading}: {first}. {brief}") if answer.first else N_("{heading}: {brief}")
        told = {"heading": answer.heading, "first": answer.first, "brief": answer.brief}
        self.setAccessibleName(self._words(text, **told))

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self._part)
