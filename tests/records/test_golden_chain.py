"""A written chain of two stations: its hashes stay what they are, by two implementations."""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.records.entries import Body, Entry, digest_of, hash_of
from app.records.fold import Head, Hearing, accepted, fold

GOLDEN: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("golden_chain.json").read_text(encoding="utf-8")
)
BYTES = ("station", "patient", "scope", "row", "salt", "body", "digest", "hash")
COVERED = (
    "station", "sequence", "clock", "utc", "offset_minutes", "format", "user", "action", "step",
    "undoes", "patient", "scope", "kind", "row", "digest",
)  # fmt: skip


def _cells() -> list[dict[str, Any]]:
    return [
        {
            name: bytes.fromhex(cell) if name in BYTES and cell is not None else cell
            for name, cell in line.items()
        }
        for line in GOLDEN
    ]


def _second_hash(cells: dict[str, Any], previous: bytes) -> bytes:
    """Hash an entry by the letter of its description, without the product's code."""
    said = hashlib.sha256()
    for cell in [*(cells[name] for name in COVERED), previous]:
        if cell is None:
            said.update(b"n;")
        elif isinstance(cell, int):
            said.update(f"i{cell};".encode())
        else:
            mark, data = ("t", cell.encode()) if isinstance(cell, str) else ("b", cell)
            said.update(f"{mark}{len(data)}:".encode() + data)
    return said.digest()


def _entries() -> list[Entry]:
    return [Entry(**cells) for cells in _cells()]


def test_the_chain_holds_by_a_second_implementation() -> None:
    """Every digest where a body stands, and every hash after the station's entry before."""
    previous: dict[bytes, bytes] = {}
    for cells in _cells():
        if cells["body"] is not None:
            assert hashlib.sha256(cells["salt"] + cells["body"]).digest() == cells["digest"]
        station = cells["station"]
        assert _second_hash(cells, previous.get(station, b"")) == cells["hash"]
        previous[station] = cells["hash"]
    assert len(previous) == 2


def test_the_chain_holds_by_the_product() -> None:
    """The same digests and hashes come from the entries' own code."""
    previous: dict[bytes, bytes] = {}
    for entry in _entries():
        if entry.salt is not None and entry.body is not None:
            assert digest_of(entry.salt, entry.body) == entry.digest
        hashed = entry.hashed_cells(previous.get(entry.station, b""))
        assert hash_of(hashed) == entry.hash
        previous[entry.station] = entry.hash


def test_bodies_are_written_as_they_were() -> None:
    """Reading a body and writing it again gives the same bytes."""
    bodies = [entry.body for entry in _entries() if entry.body is not None]
    assert [Body.decode(body).encode() for body in bodies] == bodies


def test_the_chain_is_accepted_and_folded() -> None:
    """Nothing is wrong with it; the erased patient and the deleted dose are gone."""
    entries = _entries()
    hearing = Hearing.of(entries)
    last = {one.station: Head(one.station, one.sequence, one.hash) for one in entries}
    found = accepted(entries, hearing, last.values())
    assert (found.held, found.flaws, sum(found.until.values())) == (0, {}, len(entries))
    erased = [entry.row for entry in entries if entry.kind == "erased"]
    made = fold(entries, hearing, {}, erased=erased)
    assert sorted(kind for kind, _ in made.rows) == [
        "answers", "patients", "sheets", "users", "visits",
    ]  # fmt: skip
    assert (made.conflicts, made.ignored, made.waiting) == ((), 0, 0)


@pytest.mark.parametrize("place", range(len(GOLDEN)))
def test_a_changed_golden_entry_is_seen_by_both(place: int) -> None:
    """The two implementations agree about what is false as well."""
    cells = {**_cells()[place], "user": "somebody else"}
    entry = msgspec.structs.replace(_entries()[place], user="somebody else")
    previous = b"whatever"
    assert _second_hash(cells, previous) == hash_of(entry.hashed_cells(previous)) != entry.hash


def test_the_golden_chain_covers_what_it_is_for() -> None:
    """Nothing, empty and zero, other scripts, undo, longer steps, erased bodies, newer formats."""
    entries = _entries()
    text = b"".join(entry.body or b"" for entry in entries).decode()
    for what in ("null", '""', '"0"', "Élodie", "🙂", "письмо", '"later":7'):
        assert what in text
    assert any(entry.undoes is not None for entry in entries)
    assert any(entry.step != entry.sequence for entry in entries)
    assert any(entry.body is None for entry in entries)
    assert any(b"\0" in entry.row for entry in entries)
    assert {entry.user for entry in entries} > {""}
    assert {entry.format for entry in entries} == {1, 2}
    assert any(entry.offset_minutes < 0 for entry in entries)
