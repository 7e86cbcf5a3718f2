"""RFC 4180 text, in and out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.comma import StrayQuote, read_records, write_records

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=4).map(tuple), max_size=6)


def _read(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(record.line, record.cells) for record in read_records(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_record_ends_with_any_line_break(end: str) -> None:
    """Tables come from every system."""
    assert _read(f"a,b{end}1,2{end}") == [(1, ("a", "b")), (2, ("1", "2"))]


def test_a_last_line_may_lack_its_break() -> None:
    """The end of the text ends a record, after an empty cell too."""
    assert _read("a,b\n1,") == [(1, ("a", "b")), (2, ("1", ""))]


def test_breaks_inside_quotation_marks_count_as_lines() -> None:
    """A record is named by the line it starts on, however many lines it fills."""
    text = 'a,b\n"one\r\ntwo\nthree",x\nlast,y\n'
    assert _read(text) == [
        (1, ("a", "b")),
        (2, ("one\r\ntwo\nthree", "x")),
        (5, ("last", "y")),
    ]


def test_empty_lines_are_passed_over() -> None:
    """A line without a character is no record, but it counts as a line."""
    assert _read("a,b\n\n\n1,2\n\n") == [(1, ("a", "b")), (4, ("1", "2"))]


def test_a_line_of_empty_cells_is_a_record() -> None:
    """Commas alone, or an empty quoted cell, are something."""
    assert _read('a\n""\n') == [(1, ("a",)), (2, ("",))]
    assert _read(",") == [(1, ("", ""))]


def test_doubled_quotation_marks_stand_for_one() -> None:
    """A quoted cell may hold quotation marks and commas."""
    assert _read('"say ""hi"", please",2') == [(1, ('say "hi", please', "2"))]


@pytest.mark.parametrize("text", ['a,b\n1,"2\n3', 'a,b\n1,2"\n', 'a,b\n"1"2,3\n'])
def test_a_stray_quotation_mark_is_refused(text: str) -> None:
    """Nobody guesses where a cell ends."""
    with pytest.raises(StrayQuote) as caught:
        _read(text)
    assert caught.value.line == 2


@given(TABLES)
def test_what_is_written_is_read_back(table: list[tuple[str, ...]]) -> None:
    """Any text survives."""
    text = write_records(table).decode("utf-8")
    assert [record.cells for record in read_records(text)] == table


@given(TABLES)
def test_the_standard_library_reads_the_same(table: list[tuple[str, ...]]) -> None:
    """A second reader agrees, cells and starting lines alike."""
    text = write_records(table).decode("utf-8")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert [tuple(row) for row in reader] == [record.cells for record in read_records(text)]


def test_quotation_marks_stand_only_where_needed() -> None:
    """Minimal quoting, CRLF, no byte order mark."""
    written = write_records([("a b", 'q"', "x,y", "n\nm", "é")])
    assert written == 'a b,"q""","x,y","n\nm",é\r\n'.encode()
