"""The key of the records: made at random, sealed in slots, opened with a secret.

The records are encrypted with a random 256-bit key. A slot holds that key for whoever knows a
passphrase or the recovery code: argon2id derives from the secret what unwraps it (AES-256-GCM), so
a passphrase can change without the records being written again. A passphrase unwraps it by way of
a key pair, which each new passphrase makes anew (``new_key.py`` says why). The passphrases of one
folder share a salt, so one derivation tries them all. The demo's slot holds the key in the open,
and says so.
"""

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.errors import N_, UserError
from app.records.keys import pair
from app.records.keys.keyfile import (
    FORMAT,
    STANDARD,
    CodeState,
    Cost,
    OpenSlot,
    PassphraseSlot,
    RecoverySlot,
    SealedSlot,
    Slot,
    changing,
    looks_like_code,
    new_code,
    read_code,
    read_keys,
    write_keys,
)
from app.records.keys.new_key import about_pair, sealed_for
from app.records.keys.passphrase import check_passphrase, composed
from app.records.keys.rawkey import KEY_BYTES, RawKey, wipe, wiped
from app.signs import unseen_in

S = TypeVar("S", bound=SealedSlot)
Derive = Callable[[bytes, SealedSlot], bytes]
"""Returns what argon2id makes of a secret for a slot."""
_SALT_BYTES = 16
_NONCE_BYTES = 12
_OPEN_REMARK = "Not protected: whoever has this folder can read its records."


class WrongSecret(UserError):
    """What was typed is neither the passphrase nor the recovery code."""


class NeedlessSecret(UserError):
    """A secret was given for records that anyone can open: they are not those that were meant."""

    def __init__(self) -> None:
        super().__init__(_NEEDLESS)


_WRONG = N_(
    "That passphrase does not open these records. "
    "Check capital letters and the keyboard's language, or use the recovery code."
)
_WRONG_CODE = N_(
    "That recovery code does not open these records. Compare it with the print, group by group."
)
_WRONG_UNSEEN = N_(
    "That passphrase does not open these records. It holds something that cannot be seen, such as "
    "a line break, and no passphrase does. Type it anew, or paste it alone."
)
_NOT_OWN = N_("That is not your passphrase. Check capital letters and the keyboard's language.")
_NEEDLESS = N_(
    "A passphrase was given, but these records have none: anyone can open them. They were left "
    "closed. If they should be protected, put keys.json back from a copy."
)
_NO_MEMORY = N_(
    "This machine has not enough free memory to try a passphrase. "
    "Close other programs, then try again."
)
_NO_SECRET = N_("These records have no passphrase: anyone can open them.")


class Holder(msgspec.Struct, frozen=True):
    """Whom a slot belongs to: a user's internal id and name."""

    user: str
    name: str


class Unlocked(msgspec.Struct, frozen=True):
    """The key of the records, and the internal id of the user whose slot gave it.

    ``users`` are all whose passphrase it is; none where it is a recovery code, or there is none.
    ``is_open`` says that anyone gets it, which only made-up records may allow. Whoever asked for
    the key wipes it.
    """

    user: str
    key: bytearray
    is_open: bool = False
    users: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Leave the key out: what is shown may end in a log."""
        return f"Unlocked(user={self.user!r})"


def new_key() -> bytearray:
    """Return a fresh random key."""
    return bytearray(os.urandom(KEY_BYTES))


def passphrase_slot(
    key: RawKey, passphrase: str, holder: Holder, cost: Cost = STANDARD, salt: bytes = b""
) -> PassphraseSlot:
    """Seal the key for a passphrase, with a fresh pair; UserError if it protects too little.

    ``salt`` is that of the slots beside it, as ``salt_beside`` tells it; fresh where it is empty.
    """
    check_passphrase(passphrase, (holder.name,))
    private = pair.new_private()
    with wiped(private):
        empty = PassphraseSlot(
            **_begun(holder, cost, salt),
            public=pair.public_of(private),
            sender=b"",
            sealed=b"",
            proof=b"",
        )
        return sealed_for(_wrap(empty, private, _passphrase_bytes(passphrase)), key)


def salt_beside(slots: Collection[Slot], user: str, cost: Cost) -> bytes:
    """Return the salt of other people's passphrases at this cost; empty if there are none."""
    others = (slot for slot in slots if isinstance(slot, PassphraseSlot) and slot.user != user)
    return next((slot.salt for slot in others if slot.cost == cost), b"")


def recovery_slot(key: RawKey, code: str, holder: Holder, cost: Cost = STANDARD) -> RecoverySlot:
    """Seal the key for a recovery code that nobody has seen yet; UserError if it is none."""
    bare = read_code(code)
    if bare is None:
        raise UserError(_WRONG_CODE)
    empty = RecoverySlot(**_begun(holder, cost), state=CodeState.MADE)
    return _wrap(empty, key, bare.encode())


def open_slot(key: RawKey, holder: Holder) -> OpenSlot:
    """Keep the key without protection, for made-up data."""
    return OpenSlot(user=holder.user, name=holder.name, remark=_OPEN_REMARK, key=bytes(key))


def needs_secret(folder: Path) -> bool:
    """Say whether a passphrase or the recovery code is needed to open these records."""
    return not any(isinstance(slot, OpenSlot) for slot in read_keys(folder))


def unlock(folder: Path, secret: str | None) -> Unlocked:
    """Return the key for a passphrase or the recovery code.

    UserError if it opens nothing, or if one was given where anyone can open.
    """
    slots, derive = read_keys(folder), _derivation()
    slot, key = _opened(slots, secret, derive)
    users = _sharing(slots, slot, secret, derive)
    return Unlocked(slot.user, key, isinstance(slot, OpenSlot), users)


def _sharing(
    slots: tuple[Slot, ...], first: Slot, secret: str | None, derive: Derive
) -> tuple[str, ...]:
    """Return whose passphrase a secret is, the user of the first slot that it opened in front."""
    if not isinstance(first, PassphraseSlot):
        return ()
    after, tried = slots[slots.index(first) + 1 :], _passphrase_bytes(secret or "")
    return (first.user, *(one.user for one in after if _opens(one, tried, derive)))


def _opens(slot: Slot, tried: bytes, derive: Derive) -> bool:
    if not isinstance(slot, PassphraseSlot):
        return False
    key = _unseal(slot, tried, derive)
    if key is not None:
        wipe(key)
    return key is not None


def change_passphrase(
    folder: Path, secret: str, new: str, cost: Cost = STANDARD, *, user: str = ""
) -> None:
    """Let ``new`` open the records instead of the old passphrase.

    ``secret`` is that passphrase or a recovery code; the code goes on opening the records.
    ``user`` is whose passphrase changes, by internal id: that of somebody else is wrong then.
    """
    with changing():
        slots = read_keys(folder)
        slot, key = _opened(_own(slots, user), secret)
        refuse_open(slots)
        with wiped(key):
            holder = _holder(slots, user or slot.user, slot)
            salt = salt_beside(slots, holder.user, cost)
            fresh = passphrase_slot(key, new, holder, cost, salt)
        write_keys(folder, (fresh, *(kept for kept in slots if not _is_replaced(kept, fresh))))


def check_secret(folder: Path, secret: str) -> None:
    """Raise UserError unless this passphrase or recovery code opens the records."""
    wipe(unlock(folder, secret).key)


def _own(slots: tuple[Slot, ...], user: str) -> tuple[Slot, ...]:
    """Return the slots without other people's passphrases; all of them where nobody is named."""
    return tuple(
        slot
        for slot in slots
        if not (user and isinstance(slot, PassphraseSlot) and slot.user != user)
    )


def _holder(slots: tuple[Slot, ...], user: str, opened: Slot) -> Holder:
    named = (slot.name for slot in slots if slot.user == user)
    return Holder(user, next(named, opened.name))


def refuse_open(slots: tuple[Slot, ...]) -> None:
    """Raise UserError where anyone can open the records: there is nothing to change then."""
    if any(isinstance(slot, OpenSlot) for slot in slots):
        raise UserError(_NO_SECRET)


def _is_replaced(slot: Slot, fresh: PassphraseSlot) -> bool:
    return isinstance(slot, PassphraseSlot) and slot.user == fresh.user


def check_own(folder: Path, user: str, passphrase: str) -> None:
    """Raise WrongSecret unless this is the passphrase of one user, or UserError where none is."""
    slots = read_keys(folder)
    refuse_open(slots)
    own = tuple(slot for slot in _own(slots, user) if isinstance(slot, PassphraseSlot))
    try:
        wipe(_opened(own, passphrase)[1])
    except WrongSecret:
        raise WrongSecret(_NOT_OWN) from None


def whose_passphrase(folder: Path, users: Collection[str], passphrase: str) -> str:
    """Return which of these users, by internal id, this passphrase is of; empty if of none.

    Only slots of their own are tried; a recovery code is nobody's. The key is wiped at once.
    """
    tried, derive = _passphrase_bytes(passphrase), _derivation()
    among = (slot for slot in read_keys(folder) if slot.user in users)
    return next((slot.user for slot in among if _opens(slot, tried, derive)), "")


def code_state(folder: Path) -> CodeState | None:
    """Return how far the newest recovery code got; ``None`` where the records have none."""
    newest = _newest_code(read_keys(folder))
    return None if newest is None else newest.state


def renew_code(folder: Path, secret: str, cost: Cost = STANDARD) -> str:
    """Make a new recovery code beside those before and return it; it is not kept anywhere.

    ``secret`` is the passphrase or a recovery code. Codes that somebody has seen go on opening
    the records until the new one is noted as kept; one that nobody has seen ends here.
    """
    code = new_code()
    with changing():
        slots = read_keys(folder)
        slot, key = _opened(slots, secret)
        refuse_open(slots)
        with wiped(key):
            fresh = recovery_slot(key, code, Holder(slot.user, slot.name), cost)
        write_keys(folder, (*(kept for kept in slots if not _is_unseen(kept)), fresh))
    return code


def note_code(folder: Path, state: CodeState) -> None:
    """Note how far the newest recovery code got; once it is kept, those before it end."""
    with changing():
        _note_code(folder, state)


def _note_code(folder: Path, state: CodeState) -> None:
    slots = read_keys(folder)
    newest = _newest_code(slots)
    if newest is None or newest.state is state:
        return
    is_kept = state is CodeState.KEPT
    others = (slot for slot in slots if slot is not newest)
    stay = (slot for slot in others if not (is_kept and isinstance(slot, RecoverySlot)))
    write_keys(folder, (*stay, msgspec.structs.replace(newest, state=state)))


def _newest_code(slots: tuple[Slot, ...]) -> RecoverySlot | None:
    codes = [slot for slot in slots if isinstance(slot, RecoverySlot)]
    return codes[-1] if codes else None


def _is_unseen(slot: Slot) -> bool:
    return isinstance(slot, RecoverySlot) and slot.state is CodeState.MADE


def _opened(
    slots: tuple[Slot, ...], secret: str | None, derive: Derive | None = None
) -> tuple[Slot, bytearray]:
    derive = _derivation() if derive is None else derive
    for slot in slots:
        if isinstance(slot, OpenSlot):
            if secret:
                raise NeedlessSecret
            return slot, bytearray(slot.key)
    if not secret:
        raise UserError(N_("These records open with a passphrase. Please type it."))
    for sealed, tried in _tries(slots, secret):
        key = _unseal(sealed, tried, derive)
        if key is not None:
            return sealed, key
    raise WrongSecret(_wrong(secret))


def _wrong(secret: str) -> str:
    if looks_like_code(secret):
        return _WRONG_CODE
    return _WRONG_UNSEEN if unseen_in(secret) else _WRONG


def _tries(
    slots: tuple[Slot, ...], secret: str
) -> list[tuple[PassphraseSlot | RecoverySlot, bytes]]:
    code, passphrase = read_code(secret), _passphrase_bytes(secret)
    by_code = [(slot, code.encode()) for slot in slots if isinstance(slot, RecoverySlot) and code]
    by_passphrase = [(slot, passphrase) for slot in slots if isinstance(slot, PassphraseSlot)]
    return [*by_code, *by_passphrase]


def _begun(holder: Holder, cost: Cost, salt: bytes = b"") -> dict[str, Any]:
    """Return what every slot begins with, before anything is wrapped in it."""
    return {
        "user": holder.user,
        "name": holder.name,
        "cost": cost,
        "salt": salt or os.urandom(_SALT_BYTES),
        "nonce": os.urandom(_NONCE_BYTES),
        "wrapped": b"",
    }


def _wrap(empty: S, content: RawKey, secret: bytes) -> S:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as below

    wrapped = AESGCM(_derived(secret, empty)).encrypt(empty.nonce, content, _bound(empty))
    return msgspec.structs.replace(empty, wrapped=wrapped)


def _unseal(
    slot: PassphraseSlot | RecoverySlot, secret: bytes, derive: Derive
) -> bytearray | None:
    """Return the key for a secret that fits; by way of the slot's pair, if it has one."""
    unwrapped = _unwrap(slot, derive(secret, slot))
    if unwrapped is None or isinstance(slot, RecoverySlot):
        return unwrapped
    with wiped(unwrapped):
        return pair.unseal(slot.sealed, slot.sender, unwrapped, about_pair(slot))


def _unwrap(slot: SealedSlot, derived: bytes) -> bytearray | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - open records need none
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    cipher, key = AESGCM(derived), bytearray(KEY_BYTES)
    try:
        cipher.decrypt_into(slot.nonce, slot.wrapped, _bound(slot), key)
    except InvalidTag:
        return None
    return key


def _derivation() -> Derive:
    """Return what derives for one trial of a secret: slots of one salt and cost cost it once."""
    made: dict[tuple[bytes, bytes, Cost], bytes] = {}

    def derive(secret: bytes, slot: SealedSlot) -> bytes:
        at = (secret, slot.salt, slot.cost)
        if at not in made:
            made[at] = _derived(secret, slot)
        return made[at]

    return derive


def _derived(secret: bytes, slot: SealedSlot) -> bytes:
    from argon2.exceptions import HashingError  # noqa: PLC0415 - open records need none
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - as above

    try:
        return hash_secret_raw(
            secret,
            slot.salt,
            time_cost=slot.cost.passes,
            memory_cost=slot.cost.memory_kib,
            parallelism=slot.cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError:
        raise UserError(_NO_MEMORY) from None


def _bound(slot: SealedSlot) -> bytes:
    """Return what the seal vouches for besides the key: the slot's own words and numbers."""
    import json  # noqa: PLC0415 - open records need none

    cost = slot.cost
    said = [FORMAT, slot.kind, slot.user, slot.name, cost.passes, cost.memory_kib, cost.lanes]
    return json.dumps([*said, slot.salt.hex()], separators=(",", ":")).encode()


def _passphrase_bytes(passphrase: str) -> bytes:
    # No text may fail with its own repr.
    return composed(passphrase).encode("utf-8", "surrogatepass")
