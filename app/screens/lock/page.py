"""The page of a locked window: cards that let somebody back, or somebody else in."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.lock.cards import NewPinCard, NoticeCard, PinCard
from app.screens.lock.view import LockView, Stage
from app.screens.opening.unlock import UnlockCard
from app.screens.opening.view import UnlockView
from widgets.brand import brand_head
from widgets.labels import wrapped
from widgets.layouts import centred, column, ground, scrolling, to_top
from widgets.press_guard import has_come
from widgets.theme import set_role

_WIDTH = 600
_ASKS_SECRET = (Stage.PIN, Stage.PASSPHRASE, Stage.CLOSED)


class LockPage(QWidget):
    """Shows the cards of one stage; it is told nothing of the records."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.new_pin = NewPinCard(words)
        self.pin = PinCard(words)
        self.notice = NoticeCard(words)
        self.secret = UnlockCard(words)
        self.problem = wrapped("", "caution_text")
        self._cards = (self.new_pin, self.pin, self.notice, self.secret)
        body = ground()
        self._stack = stack = column(body, margin=16, gap=16)
        stack.addStretch(1)
        self._places = tuple(centred(card, _WIDTH) for card in self._cards)
        self._problem_place = centred(self.problem, _WIDTH)
        for place in (*self._places, self._problem_place):
            stack.addWidget(place)
        stack.addStretch(2)
        whole = column(self, gap=0)
        whole.addWidget(brand_head())
        self._area = scrolling(body)
        whole.addWidget(self._area, 1)

    def show_view(self, view: LockView) -> None:
        """Show what the stage asks for; every field is empty."""
        self._show_cards(view.stage)
        self.show_problem("")
        self.new_pin.show_view(view)
        self.pin.show_view(view)
        self.notice.show_view(view, is_loss=view.stage is Stage.LEFT_OVER)
        self.secret.show_view(UnlockView(view.other_title, view.other))
        is_alone = view.stage in (Stage.PASSPHRASE, Stage.CLOSED)
        set_role(self.secret.open_button, "primary" if is_alone else "quiet")
        to_top(self._area)
        has_come(self)
        self.take_focus()

    def take_focus(self) -> None:
        """Let the first field, or the button that keeps what is there, have the keys."""
        first = (self.new_pin.pin.edit, self.pin.pin.edit, self.notice.stay, self.notice.go_on)
        shown = (one for one in (*first, self.secret.secret.edit) if one.isVisibleTo(self))
        found = next(shown, None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_refused(self, text: str) -> None:
        """Say why a passphrase let nobody in, where it is seen on a small screen too."""
        self.secret.show_problem(text)
        self._stack.activate()
        self._area.ensureWidgetVisible(self.secret.open_button)

    def show_closing(self) -> None:
        """Say that the records are being closed, which takes a moment."""
        self.secret.open_button.setEnabled(False)
        self.secret.open_button.setText(self._words(N_("Closing…")))

    def show_problem(self, text: str) -> None:
        """Say something below all cards; empty takes it back."""
        self.problem.setText(text)
        self._problem_place.setVisible(bool(text))

    def forget(self) -> None:
        """Take what was typed off the page."""
        fields = (self.new_pin.pin, self.new_pin.again, self.pin.pin, self.secret.secret)
        for field in fields:
            field.clear()

    def _show_cards(self, stage: Stage) -> None:
        is_shown = (
            stage is Stage.CHOOSE,
            stage is Stage.PIN,
            stage in (Stage.OPEN, Stage.LEFT_OVER),
            stage in _ASKS_SECRET,
        )
        # The place of a hidden card would leave a gap of its own.
        for place, is_here in zip(self._places, is_shown, strict=True):
            place.setVisible(is_here)
