"""Tables lie in a folder or in one file; what is neither is said in a sentence."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Problems, UserError
from app.exchange import table_files
from app.exchange.importing import FILES, import_from
from app.exchange.table_files import find_tables, packed
from tests.exchange.tabledesk import Desk

P = "patient_id,given_name\nP1,Mia\n"
V = "patient_id,visit_id,date\nP1,V1,2026-01-05\n"


def _file(place: Path, **tables: str) -> Path:
    place.write_bytes(packed({f"{name}.csv": text.encode() for name, text in tables.items()}))
    return place


def test_one_file_is_read_like_a_folder(new_desk: Callable[[], Desk], tmp_path: Path) -> None:
    """The same tables give the same records, however they lie."""
    one, other = new_desk(), new_desk()
    one.read(patients=P, visits=V)
    counts = import_from(
        other.store, other.catalogue, _file(tmp_path / "one.zip", patients=P, visits=V)
    )
    assert (counts.new["patients.csv"], counts.new["visits.csv"]) == (1, 1)
    assert other.export() == one.export()


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    """Whenever they are packed; each for its owner alone, and nothing but text in it."""
    tables = {"patients.csv": P.encode(), "visits.csv": V.encode()}
    assert packed(tables) == packed(dict(tables))
    assert P.encode() in packed(tables)
    (tmp_path / "x.zip").write_bytes(packed(tables))
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        assert [one.external_attr >> 16 for one in archive.infolist()] == [0o100600] * 2


def test_problems_are_told_by_table_and_line(idle_desk: Desk, tmp_path: Path) -> None:
    """As in a folder, and what is no table is named."""
    place = _file(tmp_path / "x.zip", patients="patient_id,birth_date\nP1,2199\n", notes="Hello")
    with pytest.raises(Problems) as caught:
        import_from(idle_desk.store, idle_desk.catalogue, place)
    assert caught.value.lines[0] == "not read: notes.csv"
    assert caught.value.lines[1].startswith("patients.csv:2: birth_date: ")


def test_tables_inside_a_folder_of_the_file_are_not_read(idle_desk: Desk, tmp_path: Path) -> None:
    """They are named as they lie, so that one sees why."""
    place = tmp_path / "x.zip"
    place.write_bytes(packed({"mia/patients.csv": P.encode()}))
    with pytest.raises(Problems) as caught:
        import_from(idle_desk.store, idle_desk.catalogue, place)
    assert caught.value.lines == (
        "not read: mia/patients.csv; did you mean patients.csv?",
        "patients.csv:1: patient_id: The file is missing.",
    )


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _changed(content: bytes) -> bytes:
    return content.replace(b"Mia", b"Pia", 1)


def _encrypted(content: bytes) -> bytes:
    """Mark the first entry as encrypted, in both of its heads."""
    held = bytearray(content)
    held[held.index(b"PK\x03\x04") + 6] |= 1
    held[held.index(b"PK\x01\x02") + 8] |= 1
    return bytes(held)


def _packed_otherwise(content: bytes) -> bytes:
    """Name a way of packing that nobody knows."""
    held = bytearray(content)
    held[held.index(b"PK\x03\x04") + 8] = 77
    held[held.index(b"PK\x01\x02") + 10] = 77
    return bytes(held)


@pytest.mark.parametrize(
    "spoil",
    [_cut, _changed, _encrypted, _packed_otherwise, lambda _content: b"", lambda _c: b"a PDF"],
)
def test_a_damaged_or_foreign_file_is_said(
    idle_desk: Desk, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """In one sentence, with nothing stored."""
    place = tmp_path / "x.zip"
    place.write_bytes(spoil(packed({"patients.csv": P.encode()})))
    with pytest.raises(UserError, match="is no file of tables, or it is damaged"):
        import_from(idle_desk.store, idle_desk.catalogue, place)
    assert idle_desk.store.patients.all() == ()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_holds_a_table_twice_is_said(idle_desk: Desk, tmp_path: Path) -> None:
    """Nobody can tell which of the two is meant; neither is taken."""
    place = tmp_path / "x.zip"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("patients.csv", P)
        archive.writestr("patients.csv", P.replace("Mia", "Ida"))
    with pytest.raises(UserError, match="is no file of tables, or it is damaged"):
        import_from(idle_desk.store, idle_desk.catalogue, place)
    assert idle_desk.store.patients.all() == ()


@pytest.mark.parametrize(("limit", "value"), [("_MOST_FILES", 1), ("_MOST_BYTES", 20)])
def test_a_file_beyond_all_measure_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    """A small file can hold what fills the memory."""
    monkeypatch.setattr(table_files, limit, value)
    place = _file(tmp_path / "x.zip", patients=P, visits=V)
    with pytest.raises(UserError, match="holds more than tables of a patient"):
        find_tables(place, FILES)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """Be it meant as a folder or as a file."""
    with pytest.raises(UserError, match="There is no folder or file"):
        find_tables(tmp_path / "gone.zip", FILES)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_file_that_is_closed_is_said(tmp_path: Path) -> None:
    """With the reason of the system."""
    place = _file(tmp_path / "x.zip", patients=P)
    place.chmod(0)
    with pytest.raises(UserError, match="cannot be read: Permission denied"):
        find_tables(place, FILES)
