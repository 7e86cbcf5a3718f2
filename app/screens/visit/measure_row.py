"""The measures that a parent can count: stored while they are typed, and never dropped unseen."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.screens.visit.context_view import ContextView, Typed
from widgets.fields import TextField
from widgets.labels import keep_lines
from widgets.layouts import keep_room, row


class MeasureRow(QWidget):
    """Fields side by side, one for each measure."""

    typed = Signal(object)  # Typed
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = row(self, gap=16)
        self.fields: dict[str, MeasureBox] = {}

    def show_measures(self, view: ContextView) -> None:
        """Show what is stored; what is typed and not stored stays."""
        for field in view.measures:
            box = self.fields.get(field.kind) or self._add(field.kind, field.title)
            box.show_stored(field.text)

    def show_problem(self, kind: str, text: str) -> None:
        """Say why what is typed for one of them is not stored."""
        self.fields[kind].show_problem(text)

    @Slot(object)
    def mark_stored(self, typed: Typed) -> None:
        """Know that what was typed for one of them is stored."""
        self.fields[typed.id].mark_stored(typed.text)

    def report(self) -> None:
        """Say what is typed and not stored."""
        for box in self.fields.values():
            box.report(is_finished=False)

    def unsaved(self) -> dict[str, str]:
        """Return what is typed and not stored, by kind."""
        return {kind: box.text for kind, box in self.fields.items() if box.is_unsaved}

    def put_back(self, texts: Mapping[str, str]) -> None:
        """Write again what could not be stored before."""
        for kind, text in texts.items():
            self.fields[kind].edit.setText(text)

    def clear(self) -> None:
        """Empty every field."""
        for box in self.fields.values():
            box.clear()

    def _add(self, kind: str, title: str) -> "MeasureBox":
        box = MeasureBox(kind, title)
        box.typed.connect(self.typed)
        box.edited.connect(self.edited)
        self.fields[kind] = box
        self._line.addWidget(box, 1, Qt.AlignmentFlag.AlignTop)
        return box


class MeasureBox(TextField):
    """One measure. What is typed counts as stored once ``mark_stored`` has said so."""

    typed = Signal(object)  # Typed

    def __init__(self, kind: str, title: str) -> None:
        super().__init__(title)
        keep_room(self.below)
        self._kind = kind
        self._stored = ""
        self._stored_as = ""
        self._asked: str | None = None
        self.edited.connect(self._on_edited)
        self.finished.connect(self._on_finished)

    @property
    def is_unsaved(self) -> bool:
        """Whether something else is typed than is stored."""
        return self.text not in {self._stored, self._stored_as}

    def show_stored(self, text: str) -> None:
        """Show what is stored, unless something that is not stored is typed here."""
        is_left_alone = self.is_unsaved or self.edit.hasFocus()
        self._stored = text
        keep_lines(self.below)
        if not is_left_alone:
            self._stored_as = text
            self.set_text(text)

    def mark_stored(self, text: str) -> None:
        """Know that a text was stored, however it is written there."""
        self._stored_as, self._asked = text, None
        self.show_problem("")

    def report(self, *, is_finished: bool) -> None:
        """Say what is typed and not stored; what was asked about once is not asked again."""
        if self.is_unsaved and self.text != self._asked:
            if is_finished:
                self._asked = self.text
            self.typed.emit(Typed(self._kind, self.text, is_finished))

    def clear(self) -> None:
        """Forget everything: another patient is about to come."""
        self._stored = self._stored_as = ""
        self._asked = None
        self.set_text("")

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._asked = None

    @Slot(str)
    def _on_finished(self, _text: str) -> None:
        self.report(is_finished=True)
