"""A new key of the records, for everybody who may still come in and for nobody else.

Why: whoever once knew a passphrase and has an old copy gets that copy's key from its keys.json,
and with it today's file, for as long as that is encrypted with the same key. Ending a slot or
changing a passphrase does not help against it; another key does.

How nobody is locked out: a slot holds a key pair (``pair.py``). The new key is sealed to the
public half, so each passphrase of today opens it, though nobody typed it.

Why no passphrase of before opens it: an old keys.json with its old passphrase gives the private
half of that slot. So the pair is made anew with every passphrase, and a slot that was ended is
not sealed to at all: the halves that an old file yields are not those that the new key is sealed
to. Whoever's passphrase became known must therefore have another one first; the window says so.
A recovery code has no pair; there is a new code with each new key, and every older one ends.

Why nobody can slip in a pair of his own: each public half is vouched for by the key of the day,
and one that is not stops the new key. That does not hold against somebody who has the old key
and may write to the folder before the new key is made: he could as well write new records.

Given up: a slot is 144 bytes longer, and opening derives a second, cheap key. The other way was
to have everybody but the one who asks given a new passphrase at the next sign-in, which shuts
out the night shift until somebody who keeps the records is there.
"""

from collections.abc import Collection

import msgspec

from app.errors import N_, UserError
from app.records.keys import pair
from app.records.keys.keyfile import PassphraseSlot, Slot
from app.records.keys.rawkey import RawKey

_NOT_OURS = N_(
    "In keys.json the entry of {name} was not made with these records, so nobody got a new key. "
    "Give {name} a new passphrase, then try again."
)


def sealed_for(slot: PassphraseSlot, key: RawKey) -> PassphraseSlot:
    """Return a slot whose passphrase opens this key, and that the key vouches for."""
    about = about_pair(slot)
    sender, sealed = pair.seal(key, slot.public, about)
    proof = pair.vouch(key, slot.public, about)
    return msgspec.structs.replace(slot, sender=sender, sealed=sealed, proof=proof)


def slots_for(
    slots: Collection[Slot], users: Collection[str], old: RawKey, new: RawKey
) -> tuple[PassphraseSlot, ...]:
    """Return the slots of these users with a new key in place of the old one; no codes.

    UserError, naming whose it is, where the old key does not vouch for a slot.
    """
    stay = [slot for slot in slots if isinstance(slot, PassphraseSlot) and slot.user in users]
    for slot in stay:
        if not pair.is_vouched(slot.proof, old, slot.public, about_pair(slot)):
            raise UserError(_NOT_OURS, name=slot.name)
    return tuple(sealed_for(slot, new) for slot in stay)


def about_pair(slot: PassphraseSlot) -> bytes:
    """Return whose pair it is, which a sealed key and the vouching are bound to."""
    return msgspec.json.encode([slot.kind, slot.user, slot.name])
