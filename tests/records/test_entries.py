"""Entries: how a body is written, and what the hashes cover."""

import hashlib
from typing import Any

import msgspec
import pytest

from app.errors import Damage
from app.records.entries import Body, Entry, digest_of, hash_of

ENTRY = Entry(
    station=b"s" * 16,
    sequence=2,
    clock=5 << 16,
    utc=5,
    offset_minutes=-60,
    format=1,
    user="",
    action="change",
    step=1,
    undoes=None,
    patient=b"p" * 16,
    scope=None,
    kind="patients",
    row=b"p" * 16,
    salt=b"0" * 16,
    body=b"{}",
    digest=digest_of(b"0" * 16, b"{}"),
    hash=b"",
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (Body(after={"unit": "mg", "dose": "5"}), b'{"after":{"dose":"5","unit":"mg"}}'),
        (Body(before={"note": "x"}), b'{"before":{"note":"x"}}'),
        (
            Body(before={"note": None}, after={"note": ""}, reason="asked"),
            b'{"after":{"note":""},"before":{"note":null},"reason":"asked"}',
        ),
        (Body(after={}), b'{"after":{}}'),
        (Body(after={"level": 0}), b'{"after":{"level":0}}'),
        (Body(after={"note": "Ünal 🙂"}), '{"after":{"note":"Ünal 🙂"}}'.encode()),
    ],
)
def test_a_body_is_compact_json_and_reads_back_the_same(body: Body, text: bytes) -> None:
    """Keys are sorted, absent parts left out; nothing, empty and 0 stay apart."""
    assert body.encode() == text
    assert Body.decode(text) == body


def test_the_order_in_which_columns_were_written_does_not_show() -> None:
    """Equal bodies have equal bytes."""
    one, other = Body(after={"a": 1, "b": 2}), Body(after={"b": 2, "a": 1})
    assert one.encode() == other.encode()


def test_a_body_of_a_newer_version_is_read_as_far_as_it_is_known() -> None:
    """A part that is not known here does not stop the reading."""
    assert Body.decode(b'{"after":{"a":1},"later":[]}') == Body(after={"a": 1})


@pytest.mark.parametrize("text", [b"", b"[]", b'{"after":{"a":1.5}}', b'{"reason":"\xff"}'])
def test_bytes_that_are_no_body_are_damage(text: bytes) -> None:
    """Nothing is made up for what cannot be read."""
    with pytest.raises(Damage):
        Body.decode(text)


def test_a_digest_covers_salt_and_body() -> None:
    """SHA-256 of the salt followed by the body."""
    assert digest_of(b"salt", b"body") == hashlib.sha256(b"saltbody").digest()


def test_a_hash_is_made_of_each_cell_with_its_type_and_length() -> None:
    """Nothing, whole numbers, text and bytes each say what they are."""
    written = "n;i-60;i0;t0:t5:Üb;c".encode() + b"b0:b2:\x00;"
    cells = [None, -60, 0, "", "Üb;c", b"", b"\x00;"]
    assert hash_of(cells) == hashlib.sha256(written).digest()


@pytest.mark.parametrize(
    ("one", "other"),
    [([None], [""]), ([""], [b""]), ([0], ["0"]), (["ab", "c"], ["a", "bc"]), ([1, 2], [12])],
)
def test_cells_that_differ_have_hashes_that_differ(one: list[Any], other: list[Any]) -> None:
    """No type and no border between cells can be mistaken."""
    assert hash_of(one) != hash_of(other)


@pytest.mark.parametrize("name", sorted({*Entry.__struct_fields__} - {"salt", "body", "hash"}))
def test_the_hash_covers_every_cell_but_salt_and_body(name: str) -> None:
    """A change of any other cell is another hash."""
    value = getattr(ENTRY, name)
    changed = b"other" if isinstance(value, bytes) else 77 if isinstance(value, int) else "other"
    assert _hash(msgspec.structs.replace(ENTRY, **{name: changed})) != _hash(ENTRY)


def test_the_hash_stays_when_salt_and_body_are_erased() -> None:
    """The digest answers for them, so the chain holds."""
    assert _hash(msgspec.structs.replace(ENTRY, salt=None, body=None)) == _hash(ENTRY)


def test_the_hash_covers_the_entry_before() -> None:
    """The same entry elsewhere in a chain has another hash."""
    assert hash_of(ENTRY.hashed_cells(b"other")) != _hash(ENTRY)


def _hash(entry: Entry) -> bytes:
    return hash_of(entry.hashed_cells(b"previous"))
