"""The page of the visits that others marked as entered in error. It knows no store."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.marked.view import MarkedLine, MarkedView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import ElidedLabel, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling
from widgets.theme import set_role


class MarkedPage(QWidget):
    """Shows a ``MarkedView``; says whose course is to be opened."""

    patient_chosen = Signal(str)  # internal id

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.banner.show_head(words(N_("Entered in error")), "")
        self._told = wrapped("", "soft")
        self._lines: QVBoxLayout = column(gap=12)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(self._told)
        stack.addLayout(self._lines)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body, 1280)), 1)

    def show_view(self, view: MarkedView) -> None:
        """Show these lines in place of those before."""
        self._told.setText(view.told)
        clear(self._lines)
        for line in view.lines:
            shown = _Line(line, self._words)
            shown.patient_chosen.connect(self.patient_chosen)
            self._lines.addWidget(shown)

    def start(self) -> None:
        """Take the focus off what was pressed last; Tab goes on from the top."""
        self.setFocus()


class _Line(Card):
    """One visit, and the way to the course."""

    patient_chosen = Signal(str)

    def __init__(self, line: MarkedLine, words: Words) -> None:
        super().__init__()
        self._patient = line.patient
        self.body.setContentsMargins(16, 12, 16, 12)
        texts: QVBoxLayout = column(gap=0)
        texts.addWidget(ElidedLabel(line.name, "strong"))
        texts.addWidget(ElidedLabel(line.facts, "soft"))
        texts.addWidget(wrapped(line.visit))
        texts.addWidget(wrapped(line.why))
        name = words(N_("Open the chart of {name}"), name=line.name)
        self.open = button(words(N_("Open")), "quiet", name)
        self.open.clicked.connect(self._on_open_clicked)
        inner = row(gap=16)
        inner.addLayout(texts, 1)
        inner.addWidget(self.open, 0, Qt.AlignmentFlag.AlignVCenter)
        self.add(inner)

    @Slot()
    def _on_open_clicked(self) -> None:
        self.patient_chosen.emit(self._patient)
