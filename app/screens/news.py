"""What was written, told once to whoever shows it."""

from PySide6.QtCore import QObject, Signal

from app.records.model import Changes


class News(QObject):
    """A control that wrote to the store tells it here; the visible screen refreshes."""

    changed = Signal(object)  # Changes

    def tell(self, changes: Changes) -> None:
        """Say what a write touched."""
        self.changed.emit(changes)
