"""``keys.json``: the slots that hold the key of the records, and how the file is kept whole.

The recovery code opens a slot of its own: made once, printed, and typed years later by someone in
a hurry. Crockford's base 32 has no I, L, O or U, so a code can be read aloud and copied by hand.

The file is JSON: ``format``, the ``slots``, and ``sha256`` over them as they are written without
spaces, which tells damage and nothing more. Each slot names its ``kind``, its ``user`` (internal
id) and the ``name`` of the day it was made; bytes stand in base 64.

- ``passphrase``: ``wrapped`` is the private half of an X25519 pair, under what argon2id makes of
  the passphrase with ``cost`` and ``salt`` (AES-256-GCM with ``nonce``); ``public`` is the other
  half. ``sealed`` is the key of the records for that pair, ``sender`` the public half made for
  that sealing alone, ``proof`` the key's own word for ``public`` (``pair.py``, ``new_key.py``).
- ``recovery``: ``wrapped`` is the key of the records itself, under the code; ``state`` how far
  the code got.
- ``open``: the key as it is, for made-up records.

Whoever reads the slots to write them again does so while ``changing`` holds the others off.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import RLock
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from app.errors import N_, Damage, UserError
from app.records.file.files import write_whole

KEYS = "keys.json"
FORMAT = 1
_MISSING = N_(
    "The keys of these records are missing: there is no keys.json in {folder}. "
    "Without it the records cannot be read. Put it back from a copy."
)
_DAMAGED = N_(
    "The file keys.json in {folder} is damaged. The records were not touched. "
    "Put keys.json back from a copy."
)
_UNREAD = N_("{path} cannot be read. Allow reading it, then try again.")
_NEWER = N_("These records were made by a newer OMS Bedside. Update the app to open them.")

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans("OIL", "011")
_GROUPS = 8
_GROUP = 4
_LENGTH = _GROUPS * _GROUP
_SHAPE = re.compile(rf"(?:^|[\W_])((?:[{_ALPHABET}][\W_]*){{{_LENGTH}}})$")
"""A code at the end of a text; between and behind its signs may be all but letters and digits."""
_MOST_SLOTS = 100
_CHANGING = RLock()


class Cost(Struct, frozen=True, kw_only=True):
    """What argon2id spends on a secret: passes, memory in KiB, lanes.

    The defaults are the second choice of RFC 9106, for machines with little memory. Nothing is
    ever sealed for more than the bounds: a file that asks for more would only hang the opening.
    """

    passes: Annotated[int, Meta(ge=1, le=10)] = 3
    memory_kib: Annotated[int, Meta(ge=128, le=256 * 1024)] = 64 * 1024
    lanes: Annotated[int, Meta(ge=1, le=16)] = 4

    @property
    def work(self) -> int:
        """How much is written in memory for one try, in KiB."""
        return self.passes * self.memory_kib


STANDARD = Cost()


class SealedSlot(Struct, frozen=True, tag_field="kind", kw_only=True):
    """What a secret opens, wrapped by AES-256-GCM under what argon2id makes of that secret."""

    user: str
    name: str
    cost: Cost
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, Meta(min_length=12, max_length=12)]
    wrapped: Annotated[bytes, Meta(min_length=48, max_length=48)]

    @property
    def kind(self) -> str:
        """The slot's kind as written in the file."""
        return str(self.__struct_config__.tag)


class PassphraseSlot(SealedSlot, frozen=True, tag="passphrase", kw_only=True):
    """The key, for one user: sealed to a pair whose private half the passphrase opens."""

    public: Annotated[bytes, Meta(min_length=32, max_length=32)]
    sender: Annotated[bytes, Meta(min_length=32, max_length=32)]
    sealed: Annotated[bytes, Meta(min_length=48, max_length=48)]
    proof: Annotated[bytes, Meta(min_length=32, max_length=32)]


class CodeState(StrEnum):
    """How far a recovery code got: only made, shown to somebody, or said to be written down."""

    MADE = "made"
    SHOWN = "shown"
    KEPT = "kept"


class RecoverySlot(SealedSlot, frozen=True, tag="recovery", kw_only=True, omit_defaults=True):
    """The key, for a recovery code.

    ``state`` stands in the file until the code is kept; it is not sealed, since it changes
    without the code.
    """

    state: CodeState = CodeState.KEPT


class OpenSlot(Struct, frozen=True, tag_field="kind", tag="open", kw_only=True):
    """The key itself, unprotected, with a remark that says so."""

    user: str
    name: str
    remark: str
    key: Annotated[bytes, Meta(min_length=32, max_length=32)]

    def __repr__(self) -> str:
        return "OpenSlot(…)"


Slot = PassphraseSlot | RecoverySlot | OpenSlot


class _Header(Struct, frozen=True):
    format: Annotated[int, Meta(ge=1)]


class _KeyFile(Struct, frozen=True):
    format: int
    # Each slot is tried in turn, so their number is part of what an opening can cost.
    slots: Annotated[tuple[Slot, ...], Meta(max_length=_MOST_SLOTS)]
    sha256: str


@contextmanager
def changing() -> Iterator[None]:
    """Let nobody else of this process change slots meanwhile; whoever does may ask again.

    Held from reading them to writing them, so that no change is lost to another one.
    """
    with _CHANGING:
        yield


def read_keys(folder: Path) -> tuple[Slot, ...]:
    """Return the slots.

    UserError if it is newer than this app; Damage if it is missing or not what was written.
    """
    content = _content(folder)
    try:
        header = msgspec.json.decode(content, type=_Header)
        file = msgspec.json.decode(content, type=_KeyFile) if header.format == FORMAT else None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damage(_DAMAGED, folder=folder) from error
    if file is None:
        raise UserError(_NEWER)
    if file.sha256 != _digest(file.slots) or _is_too_dear(file.slots):
        raise Damage(_DAMAGED, folder=folder)
    return file.slots


def write_keys(folder: Path, slots: tuple[Slot, ...]) -> None:
    """Write the slots so that a crash leaves the old file or the new one."""
    file = _KeyFile(FORMAT, slots, _digest(slots))
    content = msgspec.json.format(msgspec.json.encode(file), indent=2)
    write_whole(folder / KEYS, content + b"\n")


def _content(folder: Path) -> bytes:
    path = folder / KEYS
    if not path.is_file():
        raise Damage(_MISSING, folder=folder)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(_UNREAD, path=path) from error


def _is_too_dear(slots: tuple[Slot, ...]) -> bool:
    """Say whether trying every slot would take longer than the most slots of the usual cost."""
    costs = [slot.cost for slot in slots if isinstance(slot, SealedSlot)]
    return sum(cost.work for cost in costs) > _MOST_SLOTS * STANDARD.work


def _digest(slots: tuple[Slot, ...]) -> str:
    return hashlib.sha256(msgspec.json.encode(slots)).hexdigest()


def new_code() -> str:
    """Return a fresh code of 155 random bits and a check character, in groups of four."""
    import secrets  # noqa: PLC0415 - made once in the life of a folder

    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH - 1))
    code = body + _check_character(body)
    return "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_code(typed: str) -> str | None:
    """Return the code without its hyphens, or None if this is no recovery code.

    Case, width, spaces and any dashes do not matter, nor what stands in front, as in
    "Recovery code: …", or a full stop behind; O is read as 0, I and L as 1.
    """
    code = _bare(typed)
    if not code or code[-1] != _check_character(code[:-1]):
        return None
    return code


def looks_like_code(typed: str) -> bool:
    """Say whether somebody meant a recovery code, right or mistyped."""
    return bool(_bare(typed))


def _bare(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed).upper().translate(_READ_AS)
    found = _SHAPE.search(text)
    return "" if found is None else re.sub(r"[\W_]", "", found[1])


def _check_character(body: str) -> str:
    return _ALPHABET[hashlib.sha256(body.encode()).digest()[0] % len(_ALPHABET)]
