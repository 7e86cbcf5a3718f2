"""What was written, told once to whoever shows it."""

from PySide6.QtCore import QObject, Signal

from app.records.model import Changes


class News(QObject):
    """A control that wrote to the store tells it here; the visible screen refreshes."""

    changed = Signal(object)  # Changes

    noted = Signal(str)  # a sentence about what was done, for the screen that comes next
    warned = Signal(str)  # the same, about what could not be done

    def tell(self, changes: Changes) -> None:
        """Say what a write touched."""
        self.changed.emit(changes)

    def note(self, sentence: str) -> None:
        """Say what was done, above whatever page is shown now."""
        self.noted.emit(sentence)

    def warn(self, sentence: str) -> None:
        """Say what could not be done, above whatever page is shown now."""
        self.warned.emit(sentence)
