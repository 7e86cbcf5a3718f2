"""The page of a report between visits: a day and a note. It knows no store."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.screens.family_report.view import ReportView, Typed
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.date_field import DateField
from widgets.fields import NoteField
from widgets.labels import divider, wrapped
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.shortcuts import SAVE, Keys, name_key
from widgets.theme import set_role

_NOTE_HEIGHT = 220


class ReportPage(QWidget):
    """Shows a ``ReportView`` and hands out what was typed."""

    saved = Signal(object)  # Typed
    left = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words = dates.words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.day = DateField(words(N_("Told on")), dates, may_be_unknown=False)
        self.note = NoteField(words(N_("What did the family tell?")))
        self.note.edit.setMinimumHeight(_NOTE_HEIGHT)
        self.problem = wrapped("", "small_caution")
        self.cancel = button(words(N_("Cancel")))
        self.save = button(words(N_("Save the report")), "primary")
        name_key(self.save, SAVE, words)
        self._lay_out()
        self.banner.back_requested.connect(self.left)
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save_requested)
        Keys(self, SAVE).pressed.connect(self._on_save_requested)

    def show_view(self, view: ReportView) -> None:
        """Show whose report it is, and what is typed so far."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self.message.hide()
        self.day.set_text(view.typed.day)
        self.note.set_text(view.typed.note)
        self.show_problems({})

    def typed(self) -> Typed:
        """Return what stands in the fields."""
        return Typed(self.day.text, self.note.text)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field, and the focus into the first of them."""
        self.day.show_problem(problems.get("day", ""))
        self.problem.setText(problems.get("note", ""))
        self.problem.setVisible("note" in problems)
        if problems:
            first = self.day if "day" in problems else self.note
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Give the focus to the note: the day is today's, as a rule."""
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget the patient before."""
        self.banner.show_head("", "")
        self.day.set_value(None)
        self.note.set_text("")
        self.show_problems({})

    def _lay_out(self) -> None:
        words = self._words
        card = Card(words(N_("Report between visits")))
        hint = N_("By phone, letter or message. Words only: a score needs a visit.")
        for part in (wrapped(words(hint), "soft"), self.day, self.note, self.problem):
            card.add(part)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(card)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body, 800)), 1)
        whole.addWidget(divider())
        whole.addWidget(centred(self._foot(), 800))

    def _foot(self) -> QWidget:
        foot = ground()
        line = row(foot, gap=12)
        line.setContentsMargins(24, 12, 24, 12)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.save)
        return foot

    @Slot()
    def _on_save_requested(self) -> None:
        self.saved.emit(self.typed())
