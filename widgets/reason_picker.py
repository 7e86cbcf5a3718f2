"""Why an item has no level: a ready-made reason, one's own words, or declined."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.fields import TextField
from widgets.flow import FlowLayout
from widgets.labels import wrapped
from widgets.layouts import clear, column, row
from widgets.theme import set_role
from widgets.values import Choice, Reason, ReasonsView

_BOTTOM = Qt.AlignmentFlag.AlignBottom
_TOP = Qt.AlignmentFlag.AlignTop


class ReasonPicker(QFrame):
    """Stands in the page, not over it, until a reason is given or it is closed."""

    reason_given = Signal(object)  # Reason
    answer_taken_back = Signal(object)  # Key
    closed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "card")
        self._words = words
        self._view: ReasonsView | None = None
        self._title = wrapped("", "strong")
        self._ready = FlowLayout()
        self._group = QButtonGroup(self)
        self.own = TextField(words(N_("Another reason")))
        self.write = button(words(N_("Not testable")))
        self.declined = button(words(N_("Declined")))
        self.take_back = button(words(N_("Leave it open again")), "flat")
        self.close_button = button(words(N_("Close")), "flat")
        self._lay_out()
        self._connect()
        self.hide()

    def show_reasons(self, view: ReasonsView | None) -> None:
        """Offer the reasons of a key; ``None`` puts the picker away."""
        self._view = view
        self.own.set_text("")
        self.setVisible(view is not None)
        clear(self._ready)
        if view is None:
            return
        self._title.setText(view.title)
        self.setAccessibleName(view.title)
        self.take_back.setVisible(view.can_take_back)
        for number, reason in enumerate(view.reasons):
            self._offer(number, reason)

    @property
    def ready_buttons(self) -> tuple[QPushButton, ...]:
        """The buttons with ready-made reasons."""
        places = (self._ready.itemAt(number) for number in range(self._ready.count()))
        widgets = (place.widget() for place in places if place is not None)
        return tuple(one for one in widgets if isinstance(one, QPushButton))

    def _offer(self, number: int, reason: Choice) -> None:
        name = self._words(N_("Not testable: {reason}"), reason=reason.title)
        one = button(reason.title, "choice", name)
        self._group.addButton(one, number)
        self._ready.addWidget(one)

    def _lay_out(self) -> None:
        stack = column(self, gap=8)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.addWidget(self._title)
        offers = row(gap=12)
        offers.addLayout(self._ready, 1)
        offers.addWidget(self.take_back, 0, _TOP)
        offers.addWidget(self.close_button, 0, _TOP)
        stack.addLayout(offers)
        stack.addLayout(self._last_line())

    def _last_line(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(self.own, 1)
        line.addWidget(self.write)
        line.addWidget(self.declined)
        line.setAlignment(self.write, _BOTTOM)
        line.setAlignment(self.declined, _BOTTOM)
        return line

    def _connect(self) -> None:
        self._group.idClicked.connect(self._on_group_clicked)
        self.own.edit.returnPressed.connect(self._on_write_clicked)
        self.write.clicked.connect(self._on_write_clicked)
        self.declined.clicked.connect(self._on_declined_clicked)
        self.take_back.clicked.connect(self._on_take_back_clicked)
        self.close_button.clicked.connect(self.closed)

    @Slot(int)
    def _on_group_clicked(self, number: int) -> None:
        if self._view is not None:
            self.reason_given.emit(Reason(self._view.key, self._view.reasons[number].id))

    @Slot()
    def _on_write_clicked(self) -> None:
        if self._view is None:
            return
        if self.own.text:
            self.reason_given.emit(Reason(self._view.key, self.own.text))
        else:
            self.own.show_problem(self._words(N_("Please write why it could not be tested.")))
            self.own.setFocus()

    @Slot()
    def _on_declined_clicked(self) -> None:
        if self._view is not None:
            self.reason_given.emit(Reason(self._view.key, self.own.text, is_declined=True))

    @Slot()
    def _on_take_back_clicked(self) -> None:
        if self._view is not None:
            self.answer_taken_back.emit(self._view.key)
