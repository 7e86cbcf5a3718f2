"""The key of the records in memory: kept where it can be wiped, and wiped once they are closed.

Python copies what cannot change and wipes none of it, so the key is a ``bytearray`` from where it
is unsealed to where SQLCipher takes it; no text is made of it on the way.
"""

from collections.abc import Iterator
from contextlib import contextmanager

RawKey = bytes | bytearray
"""What opens the file. Only a ``bytearray`` can be wiped."""

KEY_BYTES = 32


def as_told_to_sqlcipher(key: RawKey) -> bytearray:
    """Return the key as SQLCipher reads one that is no passphrase; whoever asked wipes it."""
    told = bytearray(b"x'" + b"0" * (2 * len(key)) + b"'")
    for number, byte in enumerate(key):
        told[2 + 2 * number : 4 + 2 * number] = b"%02x" % byte
    return told


def wipe(key: bytearray) -> None:
    """Overwrite a key and empty it; a second call does nothing."""
    key[:] = bytes(len(key))
    key.clear()


@contextmanager
def wiped(key: bytearray) -> Iterator[None]:
    """Wipe a key once what it was needed for is done or has failed."""
    try:
        yield
    finally:
        wipe(key)
