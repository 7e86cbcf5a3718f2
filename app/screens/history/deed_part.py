"""One deed of the history: when and by whom on the left, what it changed on the right."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.history.view import DeedGroup, DeedView
from widgets.buttons import button
from widgets.labels import ElidedLabel, breaking, label, wrapped
from widgets.layouts import column, ground, row
from widgets.pairs import pairs


class DeedPart(QWidget):
    """Shows a ``DeedView``; the fields that are too many come with a tap."""

    def __init__(self, deed: DeedView, words: Words) -> None:
        super().__init__()
        self._deed = deed
        self.title = wrapped(deed.title, "strong")
        self._fields: QVBoxLayout = column(gap=12)
        self.more = button(deed.more, "flat")
        line = row(self, gap=24)
        line.setContentsMargins(0, 8, 0, 8)
        line.addLayout(self._when(), 1)
        line.addLayout(self._what(words), 3)
        self.more.setVisible(bool(deed.more))  # once it has a place: before, it were a window
        self.more.clicked.connect(self._on_more_clicked)

    def _when(self) -> QVBoxLayout:
        answer: QVBoxLayout = column(gap=4)
        answer.addWidget(wrapped(self._deed.when))
        answer.addWidget(ElidedLabel(self._deed.who, "soft"))
        answer.addStretch(1)
        return answer

    def _what(self, words: Words) -> QVBoxLayout:
        deed = self._deed
        answer: QVBoxLayout = column(gap=8)
        answer.addWidget(self.title)
        if deed.about:
            answer.addWidget(ElidedLabel(deed.about, "soft"))
        answer.addLayout(self._fields)
        self._add(deed.groups)
        answer.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for text, role in ((deed.why, ""), (deed.beyond, "small"), (deed.entry, "small")):
            if text:
                answer.addWidget(breaking(text, role))
        if deed.is_look:
            answer.addWidget(label(words(N_("Nothing was changed")), "small"))
        answer.addStretch(1)
        return answer

    def _add(self, groups: Iterable[DeedGroup]) -> None:
        for group in groups:
            part = ground()
            stack = column(part, gap=4)
            if group.about:
                stack.addWidget(breaking(group.about, "small"))
            stack.addLayout(pairs(group.rows, "soft", breaking))
            self._fields.addWidget(part)

    @Slot()
    def _on_more_clicked(self) -> None:
        self._add(self._deed.rest)
        self.more.hide()
