"""Whose passphrase opens the records: slots of the keys file, given and ended."""

from pathlib import Path

from app.records.keys.keyfile import (
    STANDARD,
    Cost,
    OpenSlot,
    PassphraseSlot,
    Slot,
    changing,
    read_keys,
    write_keys,
)
from app.records.keys.rawkey import RawKey
from app.records.keys.vault import Holder, passphrase_slot, salt_beside
from app.records.model import User


class Slots:
    """The slots of an open data folder; its key is known, so nobody's old passphrase is asked.

    Made-up records that anyone can open stay as they are.
    """

    def __init__(self, folder: Path, key: RawKey, cost: Cost = STANDARD) -> None:
        self._folder = folder
        self._key = key
        self._cost = cost

    def give(self, user: User, passphrase: str) -> None:
        """Let this passphrase of a user open the records, instead of the one before.

        Raises:
            UserError: The passphrase protects nothing, or the file cannot be written.

        """
        holder = Holder(user.id, user.name)
        salt = salt_beside(read_keys(self._folder), user.id, self._cost)
        fresh = passphrase_slot(self._key, passphrase, holder, self._cost, salt)
        with changing():
            self._write((fresh, *self._others(user.id)))

    def end(self, user_id: str) -> None:
        """Let no passphrase of a user open the records any more; recovery codes stay."""
        with changing():
            self._write(self._others(user_id))

    def _write(self, slots: tuple[Slot, ...]) -> None:
        if not any(isinstance(slot, OpenSlot) for slot in slots):
            write_keys(self._folder, slots)

    def _others(self, user_id: str) -> tuple[Slot, ...]:
        return tuple(
            slot
            for slot in read_keys(self._folder)
            if not (isinstance(slot, PassphraseSlot) and slot.user == user_id)
        )
