"""What TOML files say, kept decoded beside them.

Reading and checking the sources takes much longer than anything else that a start needs of them.
A sealed file holds the checked value as JSON. Its seal is the SHA-256 of the name and the text of
each source and of the value's own text: it is taken only where not one byte of either has
changed. The seal guards against what is stale or damaged; it is no signature.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seal: str
    value: msgspec.Raw


def read_sealed(path: Path, sources: Iterable[Path], kind: type[T]) -> T | None:
    """Return the value of a sealed file; ``None`` where it is missing, damaged or stale."""
    try:
        sealed = msgspec.json.decode(path.read_bytes(), type=_Sealed)
        if sealed.seal != _seal(sources, bytes(sealed.value)):
            return None
        return msgspec.json.decode(sealed.value, type=kind)
    except (OSError, ValueError):
        return None


def write_sealed(path: Path, sources: Iterable[Path], value: object) -> None:
    """Write a value that its sources gave; the same sources always give the same bytes."""
    encoded = msgspec.json.encode(value, order="deterministic")
    text = msgspec.json.format(encoded, indent=1)
    path.write_bytes(msgspec.json.encode(_Sealed(_seal(sources, text), msgspec.Raw(text))) + b"\n")


def _seal(sources: Iterable[Path], text: bytes) -> str:
    seal = hashlib.sha256()
    for source in sorted(sources):
        content = source.read_bytes()
        seal.update(f"{source.name} {len(content)}\n".encode())
        seal.update(content)
    seal.update(text)
    return seal.hexdigest()
