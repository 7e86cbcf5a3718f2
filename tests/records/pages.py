"""What stands on the pages of an encrypted file, free ones and gaps included."""

from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
FRAME, LOG_HEAD = 24, 32


def plain_pages(path: Path, key: bytes) -> bytes:
    """Return every page of a file of SQLCipher 4 as plain bytes, one after another."""
    told = path.read_bytes()
    pages = [told[start : start + PAGE] for start in range(0, len(told), PAGE)]
    return b"".join(
        _plain(page, key, SALT if number == 0 else 0) for number, page in enumerate(pages)
    )


def plain_log(path: Path, key: bytes) -> bytes:
    """Return every page of a write-ahead log as plain bytes; nothing where there is none."""
    told = path.read_bytes() if path.exists() else b""
    frames = range(LOG_HEAD, len(told) - PAGE, FRAME + PAGE)
    found = [told[start + FRAME : start + FRAME + PAGE] for start in frames]
    return b"".join(_plain(page, key, 0) for page in found)


def words_in(content: bytes, words: Iterable[str]) -> list[str]:
    """Return which of these words stand anywhere, in whatever capitals."""
    small = content.lower()
    return [word for word in words if word.lower().encode() in small]


def _plain(page: bytes, key: bytes, skipped: int) -> bytes:
    sealed = page[skipped : PAGE - RESERVED]
    vector = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(sealed) + decryptor.finalize()
