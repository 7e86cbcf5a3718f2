"""One sentence where the user is: what went wrong, or what was done."""

from functools import cached_property

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import button
from widgets.labels import sign, wrapped
from widgets.layouts import row
from widgets.press_guard import has_come
from widgets.theme import set_mark, set_role

READING_MS = 12_000
"""How long a sentence about what was done stays over a page."""
_WIDEST = 860
_EDGE, _GAP = 24, 6


class Offer(Struct, frozen=True):
    """What a message offers: the word on its button, and by ``deed`` what pressing it asks for."""

    word: str
    deed: str


class MessageBar(QFrame):
    """A band with an icon, a sentence and, where something can be done, one button."""

    action_requested = Signal(object)  # the deed of the Offer that was pressed

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._offer: Offer | None = None
        self.hide()

    @cached_property
    def _parts(self) -> "_Parts":
        """Icon, sentence and buttons, laid out when there is the first thing to say."""
        made = _Parts(self, self._words)
        made.action.clicked.connect(self._on_action_clicked)
        made.close.clicked.connect(self.hide)
        return made

    def show_problem(self, text: str, offer: Offer | None = None) -> None:
        """Say what went wrong, and what can be done about it, if anything."""
        self._show("caution", icons.CAUTION, text, offer)

    def show_note(self, text: str, offer: Offer | None = None) -> None:
        """Say what was done."""
        self._show("note", icons.DONE, text, offer)

    @property
    def text(self) -> str:
        """The sentence that stands there."""
        return self._parts.text.text()

    @property
    def close_button(self) -> QPushButton:
        """What puts the sentence away."""
        return self._parts.close

    def _show(self, role: str, icon: str, text: str, offer: Offer | None) -> None:
        from PySide6.QtGui import (  # noqa: PLC0415 - a hundred roles that no start needs
            QAccessible,
            QAccessibleAnnouncementEvent,
        )

        set_role(self, role)
        parts = self._parts
        for part in (parts.icon, parts.text):
            set_role(part, "caution_text" if role == "caution" else "")
        parts.icon.setText(icon)
        parts.text.setText(text)
        self._offer = offer
        word = "" if offer is None else offer.word
        parts.action.setText(word)
        parts.action.setAccessibleName(word)
        parts.action.setVisible(offer is not None)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    @Slot()
    def _on_action_clicked(self) -> None:
        if self._offer is not None:
            self.action_requested.emit(self._offer.deed)


class _Parts:
    """What stands in the band of a message, from left to right."""

    def __init__(self, band: QWidget, words: Words) -> None:
        self.icon = sign()
        self.text = wrapped()
        self.action = button("")
        self.close = button(icons.CLOSE, "back", words(N_("Close this message")))
        line = row(band, gap=12)
        line.setContentsMargins(16, 4, 8, 4)
        line.addWidget(self.icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.action)
        line.addWidget(self.close)


class FloatingMessage(MessageBar):
    """Lies over a page and takes no room, so that nothing moves when it comes or goes.

    It stands below a part such as the banner, which stays in view, else at the foot of the page.
    What was done goes by itself once it could be read; what went wrong stays until it is closed.
    """

    def __init__(self, words: Words, page: QWidget, below: QWidget | None = None) -> None:
        super().__init__(words)
        self.setParent(page)
        set_mark(self, "place", "over")
        self._below = below
        self.reading = QTimer(self, interval=READING_MS, singleShot=True)
        self.reading.timeout.connect(self.hide)
        page.installEventFilter(self)

    def show_problem(self, text: str, offer: Offer | None = None) -> None:
        """Say what went wrong, until it is closed."""
        self.reading.stop()
        super().show_problem(text, offer)

    def show_note(self, text: str, offer: Offer | None = None) -> None:
        """Say what was done, for a while; what can be acted on stays."""
        super().show_note(text, offer)
        if offer is None:
            self.reading.start()

    def setVisible(self, is_visible: bool) -> None:  # noqa: FBT001, N802 - as in Qt
        """Come above everything else, where no second press can meet it."""
        super().setVisible(is_visible)
        if is_visible:
            self._place()
            self.raise_()
            has_come(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the page changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        page, layout = self.parentWidget(), self.layout()
        if page is None:
            return
        width = min(_WIDEST, page.width() - 2 * _EDGE)
        self.ensurePolished()
        height = self.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            height = layout.totalHeightForWidth(width)
        bottom = page.height() - height - _EDGE
        y = bottom if self._below is None else self._below.geometry().bottom() + _GAP
        self.setGeometry((page.width() - width) // 2, y, width, height)
