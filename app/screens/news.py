"""Changes of the record, and sentences about what was done, told to whoever shows them."""

from PySide6.QtCore import QObject, Signal

from app.records.model import Changes


class News(QObject):
    """The store tells here what each write changed, once it is on disk; the screen refreshes."""

    changed = Signal(object)  # Changes

    copied = Signal()  # what is saved has a new checked copy
    signed = Signal(str)  # the internal id of whose visit was signed just now
    noted = Signal(str)  # a sentence about what was done, for the screen that comes next
    warned = Signal(str)  # the same, about what could not be done
    put_back = Signal(object)  # Source: a copy that is to be put in place of the open records
    warned_ahead = Signal(str)  # the same, for the page that comes next

    def tell(self, changes: Changes) -> None:
        """Say what a write touched."""
        self.changed.emit(changes)

    def tell_signed(self, patient: str) -> None:
        """Say whose visit was signed, once the page that follows is shown."""
        self.signed.emit(patient)

    def note(self, sentence: str) -> None:
        """Say what was done, over whatever page is shown now."""
        self.noted.emit(sentence)

    def warn(self, sentence: str) -> None:
        """Say what could not be done, over whatever page is shown now."""
        self.warned.emit(sentence)

    def warn_ahead(self, sentence: str) -> None:
        """Say what could not be done while a page was left, over the page that comes next."""
        self.warned_ahead.emit(sentence)
