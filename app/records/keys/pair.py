"""The key pair of a user's slot: what is sealed to its public half only the private half opens.

The private half stands in the slot under the user's passphrase. So another key of the records can
be sealed for somebody whose passphrase nobody types (X25519, HKDF-SHA-256, AES-256-GCM).
"""

import hashlib
import hmac

from app.records.keys.rawkey import KEY_BYTES, RawKey

_NONCE = bytes(12)
"""Always the same: what it is used with is made for one sealing only."""
_SEALING = b"OMS Bedside: the key of the records"
_VOUCHING = b"OMS Bedside pair"


def new_private() -> bytearray:
    """Return a fresh private half."""
    import os  # noqa: PLC0415 - only where a slot is made

    return bytearray(os.urandom(KEY_BYTES))


def public_of(private: RawKey) -> bytes:
    """Return the public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - open records need none
        X25519PrivateKey,
    )

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(key: RawKey, public: bytes, about: bytes) -> tuple[bytes, bytes]:
    """Return the public half of the sealing itself, and the key as only the owner opens it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    once = new_private()
    sender = public_of(once)
    shared = _shared(once, public, sender + public)
    once[:] = bytes(len(once))
    return sender, AESGCM(shared).encrypt(_NONCE, key, about)


def unseal(sealed: bytes, sender: bytes, private: RawKey, about: bytes) -> bytearray | None:
    """Return the key; nothing if it was not sealed to this pair."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    key = bytearray(KEY_BYTES)
    try:
        shared = _shared(private, sender, sender + public_of(private))
        AESGCM(shared).decrypt_into(_NONCE, sealed, about, key)
    except (InvalidTag, ValueError):
        return None
    return key


def vouch(key: RawKey, public: bytes, about: bytes) -> bytes:
    """Return what only who knows the key can say of a public half: that it belongs here."""
    told = hashlib.blake2b(about + public, key=key, digest_size=32, person=_VOUCHING)
    return told.digest()


def is_vouched(proof: bytes, key: RawKey, public: bytes, about: bytes) -> bool:
    """Say whether a public half was vouched for with this key."""
    return hmac.compare_digest(proof, vouch(key, public, about))


def _shared(private: RawKey, public: bytes, both: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import (  # noqa: PLC0415 - as above
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - as above

    other = X25519PublicKey.from_public_bytes(public)
    agreed = X25519PrivateKey.from_private_bytes(private).exchange(other)
    return HKDF(SHA256(), KEY_BYTES, salt=both, info=_SEALING).derive(agreed)
