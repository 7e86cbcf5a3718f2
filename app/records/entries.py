"""Journal entries: what one write leaves behind, and the hashes that chain a station's entries.

Pure values: neither SQL nor the rows that entries speak of. A hash covers the bytes as they are
stored, never values that are encoded again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from app.errors import N_, Damage

Cell = str | int | None
"""One column of a row as the journal keeps it; an id is 32 hex digits of text."""


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """What changed: the columns of the changed groups, each group whole, and why.

    ``before`` is what the writer saw, ``None`` when the row was not there; ``after`` is what the
    writer left, ``None`` when it took the row away. An insert leaves out columns at their default.
    """

    before: Mapping[str, Cell] | None = None
    after: Mapping[str, Cell] | None = None
    reason: str = ""

    def encode(self) -> bytes:
        """Return compact JSON, keys sorted; what is absent is left out."""
        return _ENCODER.encode(self)

    @staticmethod
    def decode(body: bytes) -> "Body":
        """Read back what ``encode`` wrote; Damage if it is something else."""
        try:
            return _DECODER.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Damage(N_("A journal entry cannot be read.")) from error


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(Body)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the journal, with its station's UUID in place of the local number.

    ``clock`` counts milliseconds since 1970 UTC × 65,536 and rises strictly within a station;
    ``utc`` is the machine's own time in milliseconds. ``step`` is the sequence of the first entry
    of the same action, ``undoes`` the step that is taken back, both of the same station.
    ``scope`` is the visit version that the entry belongs to. ``salt`` and ``body`` are gone once
    the patient is erased; the digest stays.
    """

    station: bytes
    sequence: int
    clock: int
    utc: int
    offset_minutes: int
    format: int
    user: str
    action: str
    step: int
    undoes: int | None
    patient: bytes | None
    scope: bytes | None
    kind: str
    row: bytes
    salt: bytes | None
    body: bytes | None
    digest: bytes
    hash: bytes

    def hashed_cells(self, previous: bytes) -> tuple[Cell | bytes, ...]:
        """Return what ``hash`` covers, after the entry with the hash ``previous``."""
        return (
            self.station, self.sequence, self.clock, self.utc, self.offset_minutes, self.format,
            self.user, self.action, self.step, self.undoes, self.patient, self.scope, self.kind,
            self.row, self.digest, previous,
        )  # fmt: skip


def digest_of(salt: bytes, body: bytes) -> bytes:
    """Return the SHA-256 by which an entry still answers for a body that was erased."""
    return hashlib.sha256(salt + body).digest()


def hash_of(cells: Iterable[Cell | bytes]) -> bytes:
    """Return the hash of an entry from ``Entry.hashed_cells``, or the same cells at hand.

    In order: station, sequence, clock, utc, offset_minutes, format, user, action, step, undoes,
    patient, scope, kind, row, digest, and the hash of the station's entry before (``b""`` for the
    first). Each says its type and where it ends, so no two entries are written alike.
    """
    written = []
    for cell in cells:
        if isinstance(cell, bytes):
            written.append(b"b%d:%b" % (len(cell), cell))
        elif isinstance(cell, int):
            written.append(b"i%d;" % cell)
        else:
            written.append(b"n;" if cell is None else _text(cell))
    return hashlib.sha256(b"".join(written)).digest()


@lru_cache(maxsize=256)
def _text(cell: str) -> bytes:
    text = cell.encode()
    return b"t%d:%b" % (len(text), text)
