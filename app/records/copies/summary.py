"""What stands beside a copy: what it says in short, so that nobody need read it again."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from app.records.copies.heads import Heads, heads, tables
from app.records.file.files import write_whole
from app.records.file.names import SUMMARY
from app.records.keys.rawkey import RawKey

_BESIDE = ("this_station", "seen")
"""Tables that a copy need not have alike: looking at records does not make them differ."""


class Content(Struct, frozen=True):
    """What records say in short: the rows of each table, and the last entry of each station."""

    rows: tuple[tuple[str, int], ...]
    heads: Heads


class Summary(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What stands beside a copy: its last entry of each station, and digests of rows and keys.

    ``heads`` are those of the full copy with its tail, of which ``tail`` bytes count; ``rows`` are
    the full copy's alone. How many rows there are is nobody's business without the key, so their
    digest is keyed. ``is_before_risk`` keeps a copy longer; with a damaged tail nothing is
    appended to it any more.
    """

    heads: Heads
    rows: str
    keys: str
    tail: int = 0
    is_before_risk: bool = False
    is_tail_damaged: bool = False


def content_of(connection: Any) -> Content:  # noqa: ANN401 - sqlcipher3 ships no types
    """Return what records say in short, in one reading transaction."""
    counts = "SELECT count(*) FROM [{}]"  # the file's own names, not a user's words
    rows = tuple(
        (name, connection.execute(counts.format(name)).fetchone()[0])
        for name in tables(connection)
        if name not in _BESIDE
    )
    return Content(rows, heads(connection))


def summary_for(content: Content, key: RawKey, keys: bytes) -> Summary:
    """Return what is to stand beside a full copy that says this, with these keys."""
    rows = hashlib.blake2b(msgspec.json.encode(content.rows), key=key, digest_size=32)
    return Summary(content.heads, rows.hexdigest(), digest_of_keys(keys))


def write_summary(copy: Path, summary: Summary) -> None:
    """Let a summary stand beside a copy."""
    write_whole(copy / SUMMARY, msgspec.json.encode(summary))


def summary_of(copy: Path) -> Summary | None:
    """Return the summary beside a copy, or nothing where it is gone or cannot be read."""
    try:
        return msgspec.json.decode((copy / SUMMARY).read_bytes(), type=Summary)
    except (OSError, ValueError):  # damaged, or not even text
        return None


def digest_of_keys(keys: bytes) -> str:
    """Return the digest by which a copy tells which keys stand in it."""
    return hashlib.sha256(keys).hexdigest()
