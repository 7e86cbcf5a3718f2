"""A recovery code as work for another thread: made, and noted how far it got."""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from app.records.keys.keyfile import CodeState
from app.records.keys.vault import note_code, renew_code
from app.records.slowing import Slowing


@dataclass(frozen=True, slots=True)
class RenewCode:
    """A new code as work for another thread: trying a secret takes a moment on purpose."""

    slowing: Slowing
    folder: Path
    secret: str = field(repr=False)  # a struct would show it

    def __call__(self) -> str:
        """Return the new code; the one before goes on opening the records."""
        return self.slowing.tried(partial(renew_code, self.folder, self.secret))


@dataclass(frozen=True, slots=True)
class NoteCode:
    """How far the code got, as work for the same thread."""

    folder: Path
    state: CodeState

    def __call__(self) -> CodeState:
        """Note it, and return it."""
        note_code(self.folder, self.state)
        return self.state
