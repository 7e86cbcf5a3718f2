"""Rows as the file and the journal have them: ids as bytes, names of rows that lead back."""

import pytest

from app.records.entries import Cell
from app.records.rows import TABLES, Column, Table, blob, is_id

ID, OTHER = "00ff" * 8, "7f01" * 8


def _key(table: Table) -> dict[str, Cell]:
    """Return a key of a table, words for what is no id."""
    ids = iter((ID, OTHER))
    return {one.name: next(ids) if one.is_id else f"ä {one.name}" for one in table.key}


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_name_of_a_row_leads_back_to_its_key(table: Table) -> None:
    """Whatever the key is made of: ids, words, or both."""
    key = _key(table)
    assert table.key_of(table.row_bytes(key)) == key
    assert len(table.row_bytes(key)) >= 16 * sum(one.is_id for one in table.key)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_row_is_stored_and_read_alike(table: Table) -> None:
    """Ids are bytes in the file and text everywhere else; all other cells stay as they are."""
    row = {one.name: ID if one.is_id else one.default for one in table.all_columns}
    stored = table.stored(row)
    assert [isinstance(cell, bytes) for cell in stored] == [one.is_id for one in table.all_columns]
    assert table.read(stored) == row


@pytest.mark.parametrize(
    "text", ["", "0" * 31, "0" * 33, "g" * 32, "A" * 32, "٣" * 32, "0" * 31 + "\n"]
)
def test_a_text_that_is_no_id_finds_nothing(text: str) -> None:
    """It is asked for as an id that no row can have."""
    assert not is_id(text)
    assert blob(text) == b""


def test_an_id_is_sixteen_bytes() -> None:
    """And the same again as text."""
    assert is_id(ID)
    assert blob(ID).hex() == ID


@pytest.mark.parametrize(
    ("column", "line"),
    [
        (Column("note"), "note TEXT NOT NULL DEFAULT ''"),
        (Column("state", default="nobody's"), "state TEXT NOT NULL DEFAULT 'nobody''s'"),
        (Column("count", "INTEGER", 1), "count INTEGER NOT NULL DEFAULT 1"),
        (Column("patient", "BLOB"), "patient BLOB NOT NULL"),
        (Column("visit", "BLOB", None), "visit BLOB"),
    ],
)
def test_a_column_says_its_line(column: Column, line: str) -> None:
    """With its default, and empty only where that is its default."""
    assert column.sql == line
