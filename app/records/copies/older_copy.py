"""A copy that still holds somebody who was erased, or may."""

from msgspec import Struct

from app.errors import N_
from app.records.copies.backup import Copy
from app.records.file.names import SUFFIX

AHEAD = N_(
    "The copy {copy} holds entries that these records do not. Put it back, or go on without it, "
    "before it is removed."
)


class OlderCopy(Struct, frozen=True):
    """A copy that holds somebody who was erased, or of which nobody can say it: not readable.

    ``is_ahead`` is said of one in the second place that holds what the records do not.
    """

    copy: Copy
    is_readable: bool = True
    is_ahead: bool = False

    @property
    def name(self) -> str:
        """Its name here, or where it is in the second place."""
        return str(self.copy.path) if self.is_elsewhere else self.copy.path.name

    @property
    def is_elsewhere(self) -> bool:
        """Whether it lies in the second place, where it is replaced and not made anew."""
        return self.copy.path.name.endswith(SUFFIX)
