"""Python's search for garbage, on the window's thread and on no other.

What it finds may be widgets, and Qt lets those go only where they live: a search that a thread
beside the window set off has taken the whole app along.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_LOOK_MS = 1000


class Garbage(QObject):
    """Looks each second whether as much has gathered as Python itself would wait for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Search the oldest generation that has gathered enough, if any has."""
        over = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if over:
            gc.collect(over[-1])

    def end(self) -> None:
        """Leave the search to Python again, as it was before."""
        self._timer.stop()
        if self._was_on:
            gc.enable()
