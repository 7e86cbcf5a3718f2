"""Why an item has no level: a ready-made reason, one's own words, or declined."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.choices import ChoiceRow
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import column, row
from widgets.theme import set_role
from widgets.tick_button import TickButton
from widgets.values import Reason, ReasonsView

_BOTTOM = Qt.AlignmentFlag.AlignBottom


class ReasonPicker(QFrame):
    """Stands over the page beside what it is about, until a reason is given or it is closed."""

    reason_given = Signal(object)  # Reason
    reason_given_to_all = Signal(str)  # the id of a ready-made reason
    answer_taken_back = Signal(object)  # Key
    closed = Signal()
    dropped = Signal(str)  # a reason in one's own words that was typed and not given

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "over")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words = words
        self._view: ReasonsView | None = None
        self._own_shown = ""
        self._title = wrapped("", "strong")
        self.ready = ChoiceRow("", (), optional=False)
        self.for_all = ChoiceRow(words(N_("The same for all that is open")), (), optional=False)
        self.own = TextField(words(N_("Another reason")))
        self.write = button(words(N_("Not testable")))
        self.declined = TickButton(words(N_("Declined")), words(N_("Declined")))
        self.take_back = button(words(N_("Leave it open again")), "flat")
        self.close_button = button(words(N_("Close")), "flat")
        self._lay_out()
        self._connect()
        self.hide()

    def show_reasons(self, view: ReasonsView | None) -> None:
        """Offer the reasons of a key; ``None`` puts the picker away.

        What somebody writes stays while the same is shown again.
        """
        if view == self._view:
            return
        dropped, self._view = self.unsaved, view
        self.setVisible(view is not None)
        if view is None:
            self.own.set_text("")
        else:
            self._show(view)
        self._own_shown = self.own.text
        if dropped:
            self.dropped.emit(dropped)

    def clear(self) -> None:
        """Put everything away: another patient is about to come."""
        self._own_shown = self.own.text
        self.show_reasons(None)

    def _show(self, view: ReasonsView) -> None:
        self._title.setText(view.title)
        self.setAccessibleName(view.title)
        self.take_back.setVisible(view.can_take_back)
        self.ready.show_choices(view.reasons)
        self.for_all.show_choices(view.for_all)
        self.for_all.setVisible(bool(view.for_all))
        self._show_chosen(view)

    @property
    def view(self) -> ReasonsView | None:
        """What is shown."""
        return self._view

    @property
    def unsaved(self) -> str:
        """A reason in one's own words that is typed and not given."""
        return "" if self.own.text == self._own_shown else self.own.text

    @property
    def ready_buttons(self) -> tuple[QPushButton, ...]:
        """The buttons with ready-made reasons."""
        return self.ready.buttons

    def _show_chosen(self, view: ReasonsView) -> None:
        is_ready = any(one.id == view.chosen for one in view.reasons)
        self.ready.set_value("" if view.is_declined else view.chosen)
        self.own.set_text("" if is_ready and not view.is_declined else view.chosen)
        self.declined.setChecked(view.is_declined)

    def height_at(self, width: int) -> int:
        """Return the height that everything needs at a width."""
        layout = self.layout()
        return self.sizeHint().height() if layout is None else layout.totalHeightForWidth(width)

    def _lay_out(self) -> None:
        stack = column(self, gap=4)
        stack.setContentsMargins(16, 4, 16, 10)
        head = row(gap=12)
        head.addWidget(self._title, 1)
        head.addWidget(self.take_back)
        head.addWidget(self.close_button)
        stack.addLayout(head)
        stack.addWidget(self.ready)
        stack.addLayout(self._own_line())
        stack.addWidget(self.for_all)

    def _own_line(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(self.own, 1)
        line.addWidget(self.write)
        line.addWidget(self.declined)
        line.setAlignment(self.write, _BOTTOM)
        line.setAlignment(self.declined, _BOTTOM)
        return line

    def _connect(self) -> None:
        self.ready.chosen.connect(self._on_ready_chosen)
        self.for_all.chosen.connect(self.reason_given_to_all)
        self.own.edit.returnPressed.connect(self._on_write_clicked)
        self.write.clicked.connect(self._on_write_clicked)
        self.declined.clicked.connect(self._on_declined_clicked)
        self.take_back.clicked.connect(self._on_take_back_clicked)
        self.close_button.clicked.connect(self.closed)

    @Slot(str)
    def _on_ready_chosen(self, reason: str) -> None:
        if self._view is not None:
            self._give(Reason(self._view.key, reason))

    def _give(self, reason: Reason) -> None:
        """Give a reason; what is typed counts as given unless it could not be stored."""
        view, shown = self._view, self._own_shown
        self._own_shown = self.own.text
        self.reason_given.emit(reason)
        if self._view is view:
            self._own_shown = shown

    @Slot()
    def _on_write_clicked(self) -> None:
        if self._view is None:
            return
        if self.own.text:
            self._give(Reason(self._view.key, self.own.text))
        else:
            self.own.show_problem(self._words(N_("Please write why it could not be tested.")))
            self.own.setFocus()

    @Slot()
    def _on_declined_clicked(self) -> None:
        if self._view is not None:
            self.declined.setChecked(self._view.is_declined)
            self._give(Reason(self._view.key, self.own.text, is_declined=True))

    @Slot()
    def _on_take_back_clicked(self) -> None:
        if self._view is not None:
            self.answer_taken_back.emit(self._view.key)
