"""Moving about in a visit: nothing is written, only another place is shown."""

from msgspec.structs import replace
from PySide6.QtCore import Slot

from app.screens.visit.cursor import Cursor, Part, after_step, begin, item_neighbour, next_open
from app.screens.visit.writers import Writer
from scales.model import Key


class Stepping(Writer):
    """Moves the cursor."""

    @Slot(object)
    def on_aside_requested(self, key: Key) -> None:
        """Open the reasons of a key."""
        self._go(replace(self.session.cursor, key=key, reasons_for=key))

    @Slot()
    def on_reasons_closed(self) -> None:
        """Put the reasons away."""
        self._go(replace(self.session.cursor, reasons_for=None))

    @Slot(int)
    def on_key_step_requested(self, step: int) -> None:
        """Go one key on or back."""
        self._go(after_step(self.session.cursor, self.session.definition, step))

    @Slot(int)
    def on_item_step_requested(self, step: int) -> None:
        """Go one item on or back; after the last one comes the summary."""
        cursor = replace(self.session.cursor, reasons_for=None)
        key = item_neighbour(self.session.definition, cursor.key, step)
        if key is not None:
            self._go(replace(cursor, key=key))
        elif step > 0:
            self._go(replace(cursor, part=Part.SUMMARY))

    @Slot()
    def on_next_open_requested(self) -> None:
        """Go to the next open key; with none open a guided scale goes to the summary."""
        session, cursor = self.session, replace(self.session.cursor, reasons_for=None)
        key = next_open(session.definition, session.answers(cursor.scale), cursor.key)
        if key is not None:
            self._go(replace(cursor, key=key))
        elif cursor.part is Part.GUIDED:
            self._go(replace(cursor, part=Part.SUMMARY))

    @Slot(str)
    def on_item_chosen(self, item: str) -> None:
        """Go to an item, to its first open side."""
        answers = self.session.answers(self.session.cursor.scale)
        keys = self.session.definition.item(item).keys
        key = next((key for key in keys if key not in answers), keys[0])
        self._go(replace(self.session.cursor, key=key, reasons_for=None))

    @Slot(str)
    def on_scale_requested(self, scale: str) -> None:
        """Go to a scale, to its first open key."""
        self._go(begin(self.desk.catalogue, scale, self.session.answers(scale)))

    @Slot()
    def on_scoring_requested(self) -> None:
        """Go back from the summary to the scale that was scored last."""
        self.on_scale_requested(self.session.cursor.scale)

    @Slot()
    def on_context_requested(self) -> None:
        """Go to the context."""
        cursor = self.session.cursor
        self._go(replace(cursor, part=Part.CONTEXT, part_before=cursor.part, reasons_for=None))

    @Slot()
    def on_context_done(self) -> None:
        """Go back to where the context was asked for."""
        self._go(replace(self.session.cursor, part=self.session.cursor.part_before))

    @Slot()
    def on_summary_requested(self) -> None:
        """Go to the summary."""
        self._go(replace(self.session.cursor, part=Part.SUMMARY, reasons_for=None))

    def _go(self, cursor: Cursor) -> None:
        self.session.cursor = cursor
        self.moved.emit()
