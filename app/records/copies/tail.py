"""The tail of a full copy: what was journalled after it, appended record by record.

A record is sealed by AES-GCM under a key of this copy's own, and bound to its place, to the record
before it and to what the full copy ends with, so nothing can be cut out, exchanged or moved. How
much of the tail counts stands beside it (``mark``); what lies behind that is a record that was
still to be counted, or the half of one that an interruption left, and neither is damage.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from app.clock import Moment
from app.records.copies.heads import Heads
from app.records.file.files import sync_folder
from app.records.file.names import TAIL
from app.records.keys.rawkey import RawKey

_LABEL = b"OMS Bedside tail 1 "
_LENGTH, _NONCE, _SEAL = 4, 12, 16
"""Sizes in bytes: of the length in front of a record, of its nonce, of its seal at the end."""

Cells = tuple[Any, ...]
"""A row as the file has it: text, numbers, bytes and nothing."""


class Record(Struct, frozen=True, array_like=True):
    """What one appending adds: entries in the journal's columns, and what else they need.

    ``stations`` are those of the entries, ``seen`` the lines of that chain up to now, and
    ``heads`` the last entry of each station once these are there.
    """

    stations: tuple[tuple[int, bytes, str], ...]
    entries: tuple[Cells, ...]
    seen: tuple[Cells, ...]
    heads: Heads


class Tail(Struct, frozen=True):
    """A tail as far as it can be read: where each record ends in the file, and what it holds.

    ``is_sound`` says that everything that counts is there; ``seal`` is that of the last record.
    """

    contents: tuple[tuple[int, bytes], ...]
    seal: bytes
    is_sound: bool

    @property
    def size(self) -> int:
        """Up to where it was read."""
        return self.contents[-1][0] if self.contents else 0

    def records(self) -> Iterator[Record]:
        """Yield what it holds, oldest first."""
        for _, content in self.contents:
            yield _DECODER.decode(content)

    def heads(self, base: Heads, mark: int | None = None) -> Heads:
        """Return the last entries up to its end, or to a mark; ``base`` are the full copy's."""
        told = [content for end, content in self.contents if mark is None or end <= mark]
        return _DECODER.decode(told[-1]).heads if told else base

    def last_seen(self) -> int:
        """Return the last line of the chain of what was seen that it holds, 0 without one."""
        for _, content in reversed(self.contents):
            if seen := _DECODER.decode(content).seen:
                return int(seen[-1][0])
        return 0

    def moments(self) -> dict[int, Moment]:
        """Return when each of its entries was written, by the entry's id."""
        return {
            an_id: Moment.read(utc, offset)
            for one in self.records()
            for an_id, _, utc, offset, *_ in one.entries
        }


_DECODER = msgspec.msgpack.Decoder(Record)


def size_of(copy: Path) -> int:
    """Return the size of a copy's tail, 0 without one or where it cannot be looked at."""
    try:
        return (copy / TAIL).stat().st_size
    except OSError:
        return 0


def read_tail(copy: Path, key: RawKey, base: Heads, mark: int | None) -> Tail:
    """Read a copy's tail; ``mark`` is how much of it counts, all of it where that is unknown."""
    try:
        content = (copy / TAIL).read_bytes()
    except FileNotFoundError:
        return Tail((), bytes(_SEAL), is_sound=not mark)
    except OSError:
        return Tail((), bytes(_SEAL), is_sound=False)
    cipher, found, seal, start = _Cipher(key, base), list[tuple[int, bytes]](), bytes(_SEAL), 0
    while (end := _end_of(content, start)) <= len(content):
        opened = cipher.opened(content[start:end], start, seal)
        if opened is None:
            break
        found.append((end, opened))
        start, seal = end, content[end - _SEAL : end]
    ends = {0, *(end for end, _ in found)}
    counted = len(content) if mark is None else mark
    return Tail(tuple(found), seal, is_sound=counted in ends)


def append(copy: Path, key: RawKey, base: Heads, tail: Tail, record: Record) -> int:
    """Write a record behind a tail, have the disk confirm it, and read it back; return its end.

    What stands behind that tail goes. OSError, and the tail as it was, where the disk does not
    take it, or gives back something else.
    """
    cipher = _Cipher(key, base)
    sealed = cipher.sealed(msgspec.msgpack.encode(record), tail.size, tail.seal)
    try:
        _write(copy / TAIL, tail.size, sealed)
        written = cipher.opened(_read(copy / TAIL, tail.size), tail.size, tail.seal)
        _check_same(written, record)
    except BaseException:
        # What is left of it counts for nothing; it goes at the next appending.
        with suppress(OSError):
            os.truncate(copy / TAIL, tail.size)
        raise
    return tail.size + len(sealed)


def cut_back(copy: Path, size: int) -> None:
    """Take what was appended behind a place away again; OSError where the disk refuses."""
    path = copy / TAIL
    if size:
        with path.open("rb+") as file:
            file.truncate(size)
            os.fsync(file.fileno())
    else:
        path.unlink(missing_ok=True)
        sync_folder(copy)


class _Cipher:
    """Seals and unseals the records of one copy's tail."""

    def __init__(self, key: RawKey, base: Heads) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - no start needs it

        told = _LABEL + msgspec.json.encode(base)
        self._cipher = AESGCM(hashlib.blake2b(told, key=key, digest_size=32).digest())

    def sealed(self, content: bytes, start: int, before: bytes) -> bytes:
        """Return a record as it stands in the file."""
        nonce = os.urandom(_NONCE)
        box = self._cipher.encrypt(nonce, content, _place(start, before))
        return (_NONCE + len(box)).to_bytes(_LENGTH, "big") + nonce + box

    def opened(self, sealed: bytes, start: int, before: bytes) -> bytes | None:
        """Return what a record holds, or nothing where it is not what was written there."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        nonce, box = sealed[_LENGTH : _LENGTH + _NONCE], sealed[_LENGTH + _NONCE :]
        if len(nonce) < _NONCE or _end_of(sealed, 0) != len(sealed):
            return None
        try:
            return self._cipher.decrypt(nonce, box, _place(start, before))
        except InvalidTag:
            return None


def _place(start: int, before: bytes) -> bytes:
    return start.to_bytes(8, "big") + before


def _end_of(content: bytes, start: int) -> int:
    """Return where the record ends that begins there; behind the content where it is not whole."""
    told = content[start : start + _LENGTH]
    return start + _LENGTH + (int.from_bytes(told, "big") if len(told) == _LENGTH else _LENGTH)


def _write(path: Path, start: int, sealed: bytes) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    with os.fdopen(handle, "rb+") as file:
        file.truncate(start)
        file.seek(start)
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def _check_same(written: bytes | None, record: Record) -> None:
    if written is None or _DECODER.decode(written) != record:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _read(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read()
