"""Records, keys and copies under a new key, while they are made ready beside the old ones."""

import shutil
from pathlib import Path

from msgspec import Struct

from app.errors import N_, Damage, UserError
from app.paths import make_private
from app.records.copies.backup import Tell, copies
from app.records.copies.changing_key import HALF_READY
from app.records.copies.renewing import KeyChange, left_behind, renew, renew_copy
from app.records.file.files import discard_folder
from app.records.file.names import COPIES, RECORDS, SUMMARY
from app.records.keys import vault
from app.records.keys.keyfile import KEYS, new_code, read_keys, write_keys
from app.records.keys.new_key import slots_for
from app.records.keys.rawkey import RawKey
from app.records.keys.vault import Holder

_MB = 1_000_000
_SPARE = 64 * _MB
"""How much of the disk is left for whoever works meanwhile, in bytes."""
_NO_ROOM = N_(
    "A new key needs {needed} MB for a while, and the disk has {free} MB left. Nothing was "
    "changed. Free some space, then try again."
)
_Look = tuple[tuple[str, int, int], ...]


class Stand(Struct, frozen=True):
    """How things stood when a round began: what was written, the keys, and who works here."""

    written: tuple[int, int]
    keys: bytes
    people: frozenset[str]


class Ready:
    """What is ready of a new key; a second time only what is not ready yet is made.

    ``removed`` names the copies that go instead of being renewed, ``holder`` has the new code.
    """

    def __init__(self, folder: Path, old: RawKey, removed: list[str], holder: Holder) -> None:
        self._folder = folder
        self._old = old
        self.removed = removed
        self._holder = holder
        self.place = folder / HALF_READY
        self.key = vault.new_key()
        self.code = new_code()
        self._made: Stand | None = None
        self._tried: dict[str, _Look] = {}

    def make(self, stand: Stand, tell: Tell) -> None:
        """Make ready what is not, as things stand; as ``Renewal.prepare``."""
        change = self._begin_anew(stand)
        self._check_room()
        for names in (self.removed, []):
            self._renew_copies(names, change, tell)
            if not self._damaged():
                break
            # No sound copy goes for the sake of one that turned out damaged.
            self.removed = []
        for name in (RECORDS, KEYS):
            (self.place / name).unlink(missing_ok=True)
        records = self._folder / RECORDS
        renew(records, self.place, change, lambda share: tell(0.5 + share / 2))
        (self.place / SUMMARY).unlink()
        self._made = stand

    def is_for(self, stand: Stand) -> bool:
        """Say whether all that is there now is ready, as things stand."""
        found = {copy.path.name: _look_of(copy.path) for copy in copies(self._folder)}
        expected = self._tried | {name: found[name] for name in self.removed if name in found}
        return self._made == stand and found == expected

    def left_behind(self) -> tuple[Path, ...]:
        """Return what will still open with an older key once this one counts."""
        folder, gone = self._folder, {*self._tried, *self.removed} - {*self._damaged()}
        return tuple(
            path
            for path in left_behind(folder, self.key)
            if path.parent != folder / COPIES or path.name not in gone
        )

    def _check_room(self) -> None:
        """Refuse what would fill the disk under the hand of whoever is scoring."""
        folder = self._folder
        due = [
            folder,
            *(copy.path for copy in copies(folder) if copy.path.name not in self._tried),
        ]
        sizes = [(path / RECORDS).stat().st_size for path in due]
        # Each copy is first brought over as it is.
        needed, free = sum(sizes) + max(sizes) + _SPARE, shutil.disk_usage(folder).free
        if free < needed:
            raise UserError(_NO_ROOM, needed=needed // _MB + 1, free=free // _MB)

    def _begin_anew(self, stand: Stand) -> KeyChange:
        """Return what is changed; where other slots are due than before, nothing is ready yet."""
        made = self._made
        if made is None or (made.keys, made.people) != (stand.keys, stand.people):
            discard_folder(self.place)
            make_private(self.place / COPIES)
            self._tried = {}
            self._write_slots(stand.people)
        keys = (self.place / KEYS).read_bytes()
        return KeyChange(self._old, self.key, keys)

    def _write_slots(self, people: frozenset[str]) -> None:
        fresh = slots_for(read_keys(self._folder), people, self._old, self.key)
        code = vault.recovery_slot(self.key, self.code, self._holder)
        write_keys(self.place, (*fresh, code))

    def _renew_copies(self, spared: list[str], change: KeyChange, tell: Tell) -> None:
        found = {copy.path.name for copy in copies(self._folder)}
        for name in self._tried.keys() - found:
            discard_folder(self.place / COPIES / name)
            del self._tried[name]
        due = [
            copy.path
            for copy in copies(self._folder)
            if copy.path.name not in spared
            and self._tried.get(copy.path.name) != _look_of(copy.path)
        ]
        for number, copy in enumerate(due):
            self._renew_copy(copy, change, _part(tell, number, len(due)))

    def _renew_copy(self, copy: Path, change: KeyChange, tell: Tell) -> None:
        place, look = self.place / COPIES / copy.name, _look_of(copy)
        discard_folder(place)
        try:
            if look:
                renew_copy(copy, place, change, tell)
        except Damage:
            discard_folder(place)
        self._tried[copy.name] = look

    def _damaged(self) -> list[str]:
        return [name for name in self._tried if not (self.place / COPIES / name).exists()]


def _look_of(copy: Path) -> _Look:
    """Return by what a copy would show that something was added to it; empty if none may read."""
    try:
        found = [(path.name, path.stat()) for path in copy.iterdir()]
        for name, _ in found:
            (copy / name).open("rb").close()
    except OSError:
        return ()
    return tuple(sorted((name, state.st_size, state.st_mtime_ns) for name, state in found))


def _part(tell: Tell, number: int, count: int) -> Tell:
    return lambda share: tell((number + share) / count / 2)
