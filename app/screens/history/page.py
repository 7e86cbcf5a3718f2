"""The page of the history: what is asked for above, the deeds below. It knows no store."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.history import Only
from app.screens.history.deed_part import DeedPart
from app.screens.history.reading import Asked
from app.screens.history.view import HistoryView, actions_in
from widgets.banner import PatientBanner
from widgets.buttons import button, tab_button
from widgets.cards import Card
from widgets.choices import Choice, SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import divider, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling, to_top
from widgets.message import FloatingMessage
from widgets.theme import set_role

_PAUSE_MS = 400
_WIDEST = 1120


class HistoryPage(QWidget):
    """Shows a ``HistoryView``; says what is asked for, at a pause of typing."""

    asked = Signal(object)  # Asked
    further_requested = Signal()
    save_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        words = dates.words
        self._words = words
        self._asked = Asked()
        self._shown = 0
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.search = TextField(
            words(N_("Search the history")),
            words(N_("Words, or the entry's ten signs from a printed page")),
        )
        self.filter = tab_button(words(N_("Filter")))
        self.kind = SearchCombo(words(N_("What was done")))
        self.person = SearchCombo(words(N_("Who did it")))
        self.first = DateField(words(N_("From the day")), dates, may_be_short=False)
        self.last = DateField(words(N_("To the day")), dates, may_be_short=False)
        self.save = button(words(N_("Save as table…")))
        self.heading = wrapped("", "heading")
        self.told = wrapped("", "soft")
        self.further = button("", "quiet")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self._connect()

    def show_choices(self, kinds: tuple[Choice, ...], people: tuple[Choice, ...]) -> None:
        """Offer what can be asked for, everything asked for."""
        for combo, choices in ((self.kind, kinds), (self.person, people)):
            combo.show_choices(choices)
            combo.set_value("")
        self.search.set_text("")
        for field in (self.first, self.last):
            field.set_value(None)
            field.set_text("")
        self.filter.setChecked(False)
        self._asked = Asked()

    def show_heading(self, text: str) -> None:
        """Say whose history it is, where the banner does not."""
        self.heading.setText(text)
        self.heading.setVisible(bool(text))

    def show_view(self, view: HistoryView) -> None:
        """Show the deeds; those that stand there already stay where they are."""
        self.told.setText(view.told)
        for deed in view.deeds[self._shown :]:
            if self._shown:
                self._card.add(divider())
            self._card.add(DeedPart(deed, self._words))
            self._shown += 1
        self._card.setVisible(bool(self._shown))
        self.further.setText(view.further)
        self.further.setAccessibleName(view.further)
        self.further.setVisible(bool(view.further))

    def clear(self) -> None:
        """Show no deed: others are about to come."""
        clear(self._card.body)
        self._shown = 0
        self.told.setText("")
        self.further.hide()
        self.message.hide()
        to_top(self._area)

    def start(self) -> None:
        """Give the focus to the search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(self.heading)
        stack.addWidget(self._question())
        stack.addWidget(self.told)
        self._card = Card()
        self._card.body.setContentsMargins(24, 16, 24, 16)
        self._card.hide()
        stack.addWidget(self._card)
        stack.addWidget(self.further, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addStretch(1)
        self._area = scrolling(centred(body, _WIDEST))
        self.banner.add_action(self.save)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self._area, 1)

    def _question(self) -> QWidget:
        answer = ground()
        stack = column(answer, gap=12)
        line = row(gap=12)
        line.addWidget(self.search, 1)
        line.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignBottom)
        stack.addLayout(line)
        self._panel = Card()
        for pair in ((self.kind, self.person), (self.first, self.last)):
            beside = row(gap=16)
            for part in pair:
                beside.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
            self._panel.add(beside)
        self._panel.hide()
        stack.addWidget(self._panel)
        return answer

    def _connect(self) -> None:
        self.filter.toggled.connect(self._panel.setVisible)
        self.search.edited.connect(self._on_typed)
        self._pause.timeout.connect(self._ask)
        self.search.edit.returnPressed.connect(self._ask)
        for combo in (self.kind, self.person):
            combo.chosen.connect(self._on_typed)
        for field in (self.first, self.last):
            field.date_changed.connect(self._on_day_changed)
        self.further.clicked.connect(self.further_requested)
        self.save.clicked.connect(self.save_requested)

    @Slot(str)
    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    @Slot(object)
    def _on_day_changed(self, _day: PartialDate | None) -> None:
        self._pause.start()

    @Slot()
    def _ask(self) -> None:
        """Ask for what stands in the fields, if it is not what was asked for last."""
        self._pause.stop()
        try:
            first, last = self.first.value(), self.last.value()
        except UserError:
            return  # the field says below what is wrong
        only = Only(
            actions=actions_in(self.kind.value),
            user=self.person.value,
            first=None if first is None else first.first,
            last=None if last is None else last.first,
        )
        asked = Asked(only, self.search.text)
        if asked != self._asked:
            self._asked = asked
            self.asked.emit(asked)
