"""The door to the scales of this version: every definition file of a folder, checked.

Reading and checking the sources takes much longer than anything else that a start needs of them,
so the checked catalogue stands decoded beside them, in ``catalogue.json``. Its seal is the
SHA-256 of the name and the text of each source and of its own text: it is taken only where not
one byte of either has changed, else the sources are read and checked. The seal guards against a
catalogue that is stale or damaged; it is no signature.
"""

import hashlib
from pathlib import Path

import msgspec

from scales.model import Catalogue

__all__ = ["CHECKED", "DEFINITIONS", "Catalogue", "load_catalogue", "write_checked"]

DEFINITIONS = Path(__file__).parent / "definitions"
CHECKED = "catalogue.json"


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seal: str
    catalogue: msgspec.Raw


def load_catalogue(folder: Path = DEFINITIONS) -> Catalogue:
    """Load every scale of a folder and the questions between scales, all checked.

    Raises:
        DefinitionError: A file contradicts itself or the others; file and key are named.

    """
    checked = _read_checked(folder)
    if checked is not None:
        return checked
    from scales.load import load_sources  # noqa: PLC0415 - only where nothing checked fits

    return load_sources(folder)


def write_checked(folder: Path = DEFINITIONS) -> None:
    """Check the sources of a folder and write the checked catalogue beside them.

    The same sources always give the same bytes.

    Raises:
        DefinitionError: A file contradicts itself or the others; nothing is written.

    """
    from scales.load import load_sources  # noqa: PLC0415 - as above

    encoded = msgspec.json.encode(load_sources(folder), order="deterministic")
    text = msgspec.json.format(encoded, indent=1)
    sealed = _Sealed(_seal(folder, text), msgspec.Raw(text))
    (folder / CHECKED).write_bytes(msgspec.json.encode(sealed) + b"\n")


def _read_checked(folder: Path) -> Catalogue | None:
    """Return the checked catalogue; ``None`` where it is missing, damaged or stale."""
    try:
        sealed = msgspec.json.decode((folder / CHECKED).read_bytes(), type=_Sealed)
        if sealed.seal != _seal(folder, bytes(sealed.catalogue)):
            return None
        return msgspec.json.decode(sealed.catalogue, type=Catalogue)
    except (OSError, ValueError):
        return None


def _seal(folder: Path, text: bytes) -> str:
    seal = hashlib.sha256()
    for source in sorted(folder.glob("*.toml")):
        content = source.read_bytes()
        seal.update(f"{source.name} {len(content)}\n".encode())
        seal.update(content)
    seal.update(text)
    return seal.hexdigest()
