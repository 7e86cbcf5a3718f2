"""The page of the data: one sentence whether all is well, the copies, the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.errors import N_
from app.language import Words
from app.screens.your_data.checking import CheckPart
from app.screens.your_data.lines import CopyLines
from app.screens.your_data.place_card import PlaceCard
from app.screens.your_data.putting_card import PuttingCard
from app.screens.your_data.putting_view import PuttingView
from app.screens.your_data.tables_card import TablesCard
from app.screens.your_data.view import DataView
from widgets import icons
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import breaking, label, wrapped
from widgets.layouts import centred, column, ground, row, scrolling, to_top
from widgets.message import FloatingMessage
from widgets.shortcuts import HISTORY, name_key
from widgets.theme import set_role

_WIDEST = 1000


class DataPage(QWidget):
    """Shows a ``DataView``, and over it a copy that is to be put back. It knows no store."""

    make_requested = Signal()
    rehearsal_requested = Signal()
    open_requested = Signal()
    code_requested = Signal()
    history_requested = Signal()
    ahead_put_back = Signal()
    ahead_left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.banner.show_head(words(N_("Your data")), "")
        self.message = FloatingMessage(words, self, self.banner)
        self.sign, self.title = label("", "title"), wrapped("", "heading")
        self.text = breaking("", "soft")
        self.check = CheckPart(words)
        self.copies = CopyLines(words)
        self.no_copies = wrapped("", "soft")
        self.work, self.bar = wrapped("", "soft"), QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.place = PlaceCard(words)
        self.tables = TablesCard(words)
        self.putting = PuttingCard(words)
        self.where, self.protection = breaking("", "small"), wrapped("", "small")
        self._make_buttons()
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        words = self._words
        self.make = button(words(N_("Make one now")))
        self.rehearse = button(words(N_("Rehearse putting back")))
        self.open = button(words(N_("Open a copy from elsewhere…")))
        self.code = button(words(N_("New recovery code")))
        self.history = button(words(N_("History")))
        name_key(self.history, HISTORY, words)
        for one in (self.code, self.history):
            self.banner.add_action(one)
        self.put_back_ahead = button(words(N_("Put that copy back…")))
        self.leave_ahead = button(words(N_("Go on without it…")))

    def _lay_out(self) -> None:
        self._overview = ground()
        stack = column(self._overview, gap=16)
        for part in (self._status_card(), self._copies_card(), self.place, self.tables):
            stack.addWidget(part)
        for small in (self.where, self.protection):
            stack.addWidget(small)
        body = ground()
        whole = column(body, margin=24)
        whole.addWidget(self._overview)
        whole.addWidget(self.putting)
        whole.addStretch(1)
        self.putting.hide()
        self._area = scrolling(centred(body, _WIDEST))
        outer = column(self, gap=0)
        outer.addWidget(self.banner)
        outer.addWidget(self._area, 1)

    def _status_card(self) -> Card:
        card = Card()
        told = column(gap=4)
        told.addWidget(self.title)
        told.addWidget(self.text)
        line = row(gap=16)
        line.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(told, 1)
        line.addWidget(self.check.start, 0, Qt.AlignmentFlag.AlignTop)
        card.add(line)
        self._ahead_ways = Flow(self.put_back_ahead, self.leave_ahead)
        card.add(self._ahead_ways)
        card.add(self.check)
        return card

    def _copies_card(self) -> Card:
        card = Card()
        heading = label(self._words(N_("Copies")), "heading")
        ways = Flow(self.make, self.rehearse, self.open)
        for part in (heading, ways, self.work, self.bar, self.no_copies, self.copies):
            card.add(part)
        self.set_working("")
        return card

    def _connect(self) -> None:
        for one, told in (
            (self.make, self.make_requested),
            (self.rehearse, self.rehearsal_requested),
            (self.open, self.open_requested),
            (self.code, self.code_requested),
            (self.history, self.history_requested),
            (self.put_back_ahead, self.ahead_put_back),
            (self.leave_ahead, self.ahead_left),
        ):
            one.clicked.connect(told)

    def show_view(self, view: DataView) -> None:
        """Show how the data stand; a copy that is being put back stays over it."""
        set_role(self.sign, "accent_text" if view.is_well else "caution_text")
        self.sign.setText(icons.DONE if view.is_well else icons.CAUTION)
        self.title.setText(view.title)
        self.text.setText(view.text)
        self._ahead_ways.setVisible(bool(view.lost) and view.can_answer)
        self.put_back_ahead.setVisible(view.has_copy)
        self.copies.show_lines(view.lines)
        self.no_copies.setText(view.no_copies)
        self.no_copies.setVisible(bool(view.no_copies))
        self.place.show_view(view.place)
        self.where.setText(view.where)
        self.protection.setText(view.protection)
        self.rehearse.setEnabled(view.can_rehearse and self.bar.isHidden())
        self.open.setVisible(view.can_answer)

    def show_putting(self, view: PuttingView | None) -> None:
        """Show a copy that is to be put back in place of all else, or all else again."""
        self.putting.setVisible(view is not None)
        self._overview.setVisible(view is None)
        if view is not None:
            self.putting.show_view(view)
        to_top(self._area)

    def set_working(self, work: str) -> None:
        """Say what is being done beside the window; empty once it is over."""
        for one in (self.make, self.rehearse, self.tables.file, self.tables.folder):
            one.setEnabled(not work)
        self.work.setText(work)
        self.bar.setAccessibleName(work)
        self.work.setVisible(bool(work))
        self.bar.setVisible(bool(work))
