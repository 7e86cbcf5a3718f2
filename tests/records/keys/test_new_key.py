"""Slots under a new key: whoever may come in still does, and no older passphrase gets in."""

from pathlib import Path

import msgspec
import pytest

from app.errors import UserError
from app.records.keys.keyfile import Cost, PassphraseSlot, read_keys, write_keys
from app.records.keys.new_key import slots_for
from app.records.keys.slots import Slots
from app.records.keys.vault import (
    Holder,
    WrongSecret,
    change_passphrase,
    new_key,
    passphrase_slot,
    recovery_slot,
    unlock,
)
from app.records.model import Role, User

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
OLD = bytes(range(32))
ANN, BEN = Holder("0198-ann", "Ann Öz"), Holder("0198-ben", "Ben")
BOTH = {ANN.user, BEN.user}
ANNS, BENS = "correct horse Größe", "seven quiet boats"
LATER = "nine loud boats then"
CODE = "38Z2-S1H5-XSJH-G3TF-2ZPK-FTVN-BS5K-2JKE"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that Ann, Ben and a recovery code open."""
    write_keys(
        tmp_path,
        (
            passphrase_slot(OLD, ANNS, ANN, CHEAP),
            passphrase_slot(OLD, BENS, BEN, CHEAP),
            recovery_slot(OLD, CODE, ANN, CHEAP),
        ),
    )
    return tmp_path


def _renew(folder: Path, users: set[str]) -> bytes:
    fresh = bytes(new_key())
    write_keys(folder, slots_for(read_keys(folder), users, OLD, fresh))
    return fresh


def _mix(folder: Path, old: tuple[PassphraseSlot, ...]) -> list[PassphraseSlot]:
    """Return the new slots with what an old file gives in place of what makes up the pair."""
    new = [slot for slot in read_keys(folder) if isinstance(slot, PassphraseSlot)]
    kept = {slot.user: slot for slot in old}
    return [
        msgspec.structs.replace(kept[slot.user], sender=slot.sender, sealed=slot.sealed)
        for slot in new
    ]


def test_everybodys_passphrase_opens_the_new_key(folder: Path) -> None:
    """Though only the public halves of their pairs were at hand."""
    fresh = _renew(folder, BOTH)
    for secret, holder in ((ANNS, ANN), (BENS, BEN)):
        opened = unlock(folder, secret)
        assert bytes(opened.key) == fresh
        assert opened.user == holder.user


def test_an_older_recovery_code_ends(folder: Path) -> None:
    """There is another one with each new key."""
    _renew(folder, BOTH)
    with pytest.raises(UserError, match="recovery code does not open"):
        unlock(folder, CODE)


def test_who_does_not_work_here_gets_no_slot(folder: Path) -> None:
    """Whatever still stands in the file."""
    _renew(folder, {ANN.user})
    with pytest.raises(WrongSecret):
        unlock(folder, BENS)


def test_an_old_file_with_an_old_passphrase_does_not_yield_the_new_key(folder: Path) -> None:
    """Its pair is not the one that the new key is sealed to, however the two files are mixed."""
    before = tuple(slot for slot in read_keys(folder) if isinstance(slot, PassphraseSlot))
    change_passphrase(folder, BENS, LATER, CHEAP)
    fresh = _renew(folder, BOTH)
    assert unlock(folder, LATER).key == fresh
    with pytest.raises(WrongSecret):
        unlock(folder, BENS)
    write_keys(folder, tuple(_mix(folder, before)))
    with pytest.raises(WrongSecret):
        unlock(folder, BENS)
    # Where the passphrase stayed the same the pair did, so the mixed file opens for its owner.
    assert unlock(folder, ANNS).key == fresh


def test_a_passphrase_that_a_keeper_had_given_makes_the_pair_anew(folder: Path) -> None:
    """As one does that its user changes."""
    public = {slot.user: slot.public for slot in read_keys(folder)
              if isinstance(slot, PassphraseSlot)}  # fmt: skip
    Slots(folder, OLD, CHEAP).give(User(BEN.user, BEN.name, frozenset({Role.NURSE})), LATER)
    now = {slot.user: slot.public for slot in read_keys(folder)
           if isinstance(slot, PassphraseSlot)}  # fmt: skip
    assert public[ANN.user] == now[ANN.user]
    assert public[BEN.user] != now[BEN.user]


def test_a_pair_that_the_key_does_not_vouch_for_gets_no_key(folder: Path) -> None:
    """Somebody wrote his own into the file; whose it stands for is named."""
    own = passphrase_slot(bytes(32), "anything goes here", BEN, CHEAP)
    slots = tuple(
        msgspec.structs.replace(slot, public=own.public)
        if isinstance(slot, PassphraseSlot) and slot.user == BEN.user
        else slot
        for slot in read_keys(folder)
    )
    write_keys(folder, slots)
    with pytest.raises(UserError, match="the entry of Ben was not made with these records"):
        _renew(folder, BOTH)
    assert read_keys(folder) == slots
