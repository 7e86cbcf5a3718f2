"""The page of a signed visit: read from the top, with the way to its neighbours. No store."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.errors import N_
from app.language import Words
from app.screens.signed_visit.cards import AroundCards, scale_part
from app.screens.signed_visit.foot import ReadingFoot
from app.screens.signed_visit.view import SignedVisitView
from widgets import icons
from widgets.banner import PatientBanner
from widgets.buttons import button, shown
from widgets.labels import divider, label, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling, to_top
from widgets.message import FloatingMessage
from widgets.shortcuts import (
    COMPARE,
    PRINT,
    VISIT_AFTER,
    VISIT_BEFORE,
    Keys,
    Shortcut,
    name_key,
)
from widgets.theme import set_role
from widgets.values import Choice

_WIDEST = 1064


class SignedVisitPage(QWidget):
    """Told a ``SignedVisitView``; says what is wished with the visit, and where to go on."""

    visit_chosen = Signal(str)  # internal id
    pages_requested = Signal()
    compare_requested = Signal()
    amend_requested = Signal()
    error_mark_requested = Signal()
    history_requested = Signal()
    text_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self._before = self._after = ""
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.before, self.after = button("", "beside"), button("", "beside")
        self.print = button(words(N_("Print family page")))
        self.foot = ReadingFoot(words)
        self.around = AroundCards(words)
        self._caution = wrapped("", "small_caution")
        self._title, self._facts = label("", "title"), wrapped("", "soft")
        self._error, self._marks = wrapped("", "caution_strong"), wrapped("", "soft")
        self._cards = column(gap=16)
        self._lay_out()
        self._join()

    def show_view(self, view: SignedVisitView) -> None:
        """Show a visit in place of the one before."""
        who = view.identity
        self._show_near(view.before, view.after)  # first: they take room from the name
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self._title.setText(view.title)
        self._facts.setText(view.facts)
        error = f"{icons.CAUTION} {view.error}" if view.error else ""
        told = (view.caution, error, "\n".join(view.marks))
        for one, text in zip((self._caution, self._error, self._marks), told, strict=True):
            one.setText(text)
            one.setVisible(bool(text))
        clear(self._cards)
        for card in view.cards:
            self._cards.addWidget(scale_part(card))
        self.around.show_view(view)
        self.foot.show_view(view)

    def clear(self) -> None:
        """Forget the visit before."""
        self.banner.show_head("", "")
        self.message.hide()
        for one in (self._caution, self._title, self._facts, self._error, self._marks):
            one.clear()
        clear(self._cards)
        self.around.clear()

    def start(self) -> None:
        """Show the visit from its top; the keys that scroll act at once."""
        to_top(self.area)
        self.area.setFocus()

    def _show_near(self, before: Choice | None, after: Choice | None) -> None:
        words = self._words
        self._before = "" if before is None else before.id
        self._after = "" if after is None else after.id
        earlier = words(N_("earlier")) if before is None else before.title
        later = words(N_("later")) if after is None else after.title
        self.before.setText(shown(f"{icons.BACK} {earlier}"))
        self.after.setText(shown(f"{later} {icons.ON}"))
        self._name_near(self.before, before, VISIT_BEFORE)
        self._name_near(self.after, after, VISIT_AFTER)

    def _name_near(self, one: QPushButton, near: Choice | None, key: Shortcut) -> None:
        """Say which visit a button leads to; at an end it leads nowhere."""
        words, name = self._words, self._words(key.deed)
        if near is not None:
            name = words(N_("{visit}: {date}"), visit=name, date=near.title)
        one.setAccessibleName(name)
        name_key(one, key, words)
        one.setEnabled(near is not None)

    def _lay_out(self) -> None:
        words = self._words
        for one in (self.before, self.after):
            self.banner.add_action(one)
        name_key(self.print, PRINT, words)
        inner = ground()
        stack = column(inner, gap=12)
        stack.setContentsMargins(32, 16, 32, 16)
        stack.addWidget(self._caution)
        stack.addWidget(self._head())
        stack.addWidget(self._error)
        stack.addWidget(self._marks)
        stack.addLayout(self._cards)
        stack.addWidget(self.around)
        stack.addStretch(1)
        self.area = scrolling(centred(inner, _WIDEST), is_even=True)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(words(N_("Signed visit")))
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(self.area, 1)
        whole.addWidget(divider())
        whole.addWidget(centred(self.foot, _WIDEST))

    def _head(self) -> QWidget:
        answer = ground()
        line = row(answer, gap=12)
        told = column(gap=0)
        told.addWidget(self._title)
        told.addWidget(self._facts)
        line.addLayout(told, 1)
        line.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        return answer

    def _join(self) -> None:
        self.before.clicked.connect(self._on_before_clicked)
        self.after.clicked.connect(self._on_after_clicked)
        self.print.clicked.connect(self.pages_requested)
        self.foot.history.clicked.connect(self.history_requested)
        self.foot.text.clicked.connect(self.text_requested)
        self.foot.amend.clicked.connect(self.amend_requested)
        self.foot.compare.clicked.connect(self.compare_requested)
        self.foot.mark.clicked.connect(self.error_mark_requested)
        for shortcut in (VISIT_BEFORE, VISIT_AFTER, COMPARE):
            Keys(self, shortcut).pressed.connect(self._on_keys_pressed)

    @Slot(object)
    def _on_keys_pressed(self, shortcut: Shortcut) -> None:
        """Press the button that the keys stand for, unless it is not offered now."""
        one: QPushButton = {
            VISIT_BEFORE: self.before,
            VISIT_AFTER: self.after,
            COMPARE: self.foot.compare,
        }[shortcut]
        if one.isVisible():
            one.click()

    @Slot()
    def _on_before_clicked(self) -> None:
        self.visit_chosen.emit(self._before)

    @Slot()
    def _on_after_clicked(self) -> None:
        self.visit_chosen.emit(self._after)
