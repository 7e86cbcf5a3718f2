"""Moving about in a visit: nothing is written, only another place is shown."""

from dataclasses import replace

from PySide6.QtCore import Slot

from app.screens.visit.stand import Part, Stand, after_step, begin, item_neighbour, next_open
from app.screens.visit.writer import Writer
from scales.model import Key


class Stepping(Writer):
    """Changes where the rater stands."""

    @Slot(object)
    def on_aside_requested(self, key: Key) -> None:
        """Open the reasons of a key."""
        self._go(replace(self.hand.stand, key=key, reasons_for=key))

    @Slot()
    def on_reasons_closed(self) -> None:
        """Put the reasons away."""
        self._go(replace(self.hand.stand, reasons_for=None))

    @Slot(int)
    def on_key_step_requested(self, step: int) -> None:
        """Go one key on or back."""
        self._go(after_step(self.hand.stand, self.hand.definition, step))

    @Slot(int)
    def on_item_step_requested(self, step: int) -> None:
        """Go one item on or back; after the last one comes the summary."""
        stand = replace(self.hand.stand, reasons_for=None)
        key = item_neighbour(self.hand.definition, stand.key, step)
        if key is not None:
            self._go(replace(stand, key=key))
        elif step > 0:
            self._go(replace(stand, part=Part.SUMMARY))

    @Slot()
    def on_next_open_requested(self) -> None:
        """Go to the next open key; with none open a guided scale goes to the summary."""
        hand, stand = self.hand, replace(self.hand.stand, reasons_for=None)
        key = next_open(hand.definition, hand.answers(stand.scale), stand.key)
        if key is not None:
            self._go(replace(stand, key=key))
        elif stand.part is Part.GUIDED:
            self._go(replace(stand, part=Part.SUMMARY))

    @Slot(str)
    def on_item_chosen(self, item: str) -> None:
        """Go to an item, to its first open side."""
        answers = self.hand.answers(self.hand.stand.scale)
        keys = self.hand.definition.item(item).keys
        key = next((key for key in keys if key not in answers), keys[0])
        self._go(replace(self.hand.stand, key=key, reasons_for=None))

    @Slot(str)
    def on_scale_requested(self, scale: str) -> None:
        """Go to a scale, to its first open key."""
        self._go(begin(self.desk.catalogue, scale, self.hand.answers(scale)))

    @Slot()
    def on_scoring_requested(self) -> None:
        """Go back from the summary to the scale that was scored last."""
        self.on_scale_requested(self.hand.stand.scale)

    @Slot()
    def on_context_requested(self) -> None:
        """Go to the context."""
        stand = self.hand.stand
        self._go(replace(stand, part=Part.CONTEXT, part_before=stand.part, reasons_for=None))

    @Slot()
    def on_context_done(self) -> None:
        """Go back to where the context was asked for."""
        self._go(replace(self.hand.stand, part=self.hand.stand.part_before))

    @Slot()
    def on_summary_requested(self) -> None:
        """Go to the summary."""
        self._go(replace(self.hand.stand, part=Part.SUMMARY, reasons_for=None))

    def _go(self, stand: Stand) -> None:
        self.hand.stand = stand
        self.moved.emit()
