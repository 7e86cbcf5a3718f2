"""A copy that somebody means, a folder or one file, and what opens it."""

from pathlib import Path

from msgspec import Struct

from app.records.copies.archive import keys_at_hand
from app.records.keys import vault
from app.records.keys.rawkey import wipe


class Source(Struct, frozen=True):
    """A copy to be put back, a folder or one file, and the secret that opens it, if it has one.

    ``user`` names who acts, where the secret opens more than one. Whoever has its key already
    gives that, and the user who puts it back, as ``unlocked``. With ``as_far_as_sound`` one whose
    last part is damaged is meant up to there.
    """

    path: Path
    secret: str | None = None
    user: str = ""
    unlocked: vault.Unlocked | None = None
    as_far_as_sound: bool = False

    def forget(self) -> None:
        """Wipe the key, where it is not needed any more."""
        if self.unlocked is not None:
            wipe(self.unlocked.key)

    def __repr__(self) -> str:
        """Leave the secret out: what is shown may end in a log."""
        return f"Source(path={self.path!r})"


def unlock_copy(source: Source) -> vault.Unlocked:
    """Return the key of a copy; UserError for a secret that does not open it."""
    if source.unlocked is not None:
        return source.unlocked
    with keys_at_hand(source.path) as keys:
        return vault.unlock(keys, source.secret)


def copy_needs_secret(copy: Path) -> bool:
    """Say whether a copy, a folder or one file, opens with a passphrase or the recovery code."""
    with keys_at_hand(copy) as keys:
        return vault.needs_secret(keys)
