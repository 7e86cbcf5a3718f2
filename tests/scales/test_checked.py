"""The checked catalogue beside its sources: taken where it fits them, never where it does not."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from scales.catalogue import CHECKED, DEFINITIONS, Catalogue, load_catalogue, write_checked
from scales.errors import DefinitionError
from scales.load import load_sources
from scales.model import Level
from scales.sealed import write_sealed
from tests.builders import TOY, toy_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the scales and one toy, with a checked catalogue of them all."""
    made = toy_folder(tmp_path)
    write_checked(made)
    return made


def _levels(scales: Catalogue) -> list[Level]:
    return [
        level
        for definition in scales.definitions
        for item in definition.items
        for level in item.levels
    ]


def _loaded(folder: Path) -> set[str]:
    """Return the modules of a process that loads the scales of a folder and does no more."""
    program = (
        "import sys; from pathlib import Path; from scales.catalogue import load_catalogue; "
        "load_catalogue(Path(sys.argv[1])); print(*sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return set(said.stdout.split())


def test_the_shipped_one_is_what_its_sources_give(tmp_path: Path) -> None:
    """Not one byte is stale; where this fails, make checked writes it anew."""
    folder = toy_folder(tmp_path)
    (folder / "toy.toml").unlink()
    (folder / CHECKED).unlink()
    write_checked(folder)
    assert (folder / CHECKED).read_bytes() == (DEFINITIONS / CHECKED).read_bytes()


def test_it_is_the_same_value_as_its_sources(folder: Path) -> None:
    """Everything is equal, and every level is written with the same digits."""
    checked, sources = load_catalogue(folder), load_sources(folder)
    assert checked == sources
    assert [(level.value.as_tuple(), type(level.value)) for level in _levels(checked)] == [
        (level.value.as_tuple(), type(level.value)) for level in _levels(sources)
    ]


def test_where_it_fits_no_source_is_read_as_a_scale(folder: Path) -> None:
    """The reader of scale files and its checks are not even loaded; without it they are."""
    readers = {"tomllib", "scales.load"}
    assert readers & _loaded(folder) == set()
    (folder / CHECKED).unlink()
    assert readers <= _loaded(folder)


def test_a_source_that_changed_counts(folder: Path) -> None:
    """A new wording is there at the next start, whatever the checked catalogue says."""
    (folder / "toy.toml").write_text(TOY.replace('label = "naps"', 'label = "dozes"'), "utf-8")
    toy = load_catalogue(folder).find("toy")
    assert toy.item("wave").levels[-1].label == "dozes"


def test_a_source_that_went_or_changed_its_name_counts(folder: Path) -> None:
    """Neither is a scale that is gone still offered, nor one under another file's name."""
    (folder / "toy.toml").rename(folder / "tod.toml")
    with pytest.raises(DefinitionError, match=r"tod\.toml"):
        load_catalogue(folder)
    (folder / "tod.toml").unlink()
    assert "toy" not in [found.id for found in load_catalogue(folder).definitions]


def test_a_source_that_became_faulty_stops_with_file_and_key(folder: Path) -> None:
    """The checked catalogue never hides a fault."""
    (folder / "toy.toml").write_text(TOY.replace("highest = 6", "highest = 7"), "utf-8")
    with pytest.raises(DefinitionError, match=r"toy\.toml cannot be used\. lowest, highest"):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"value": "4"', b'"value": "5"'),
        (b'"naps"', b'"nap"'),
        (b'"seal":"', b'"seal":"0'),
        (b'"seal"', b'"deal"'),
        (b'"definitions"', b'"definition"'),
        (b"}", b""),
        (b"naps", b"\xff"),
    ],
)
def test_a_catalogue_that_was_changed_is_not_trusted(folder: Path, old: bytes, new: bytes) -> None:
    """One byte by hand or by a bad disk, and the sources are read."""
    path = folder / CHECKED
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    assert load_catalogue(folder) == load_sources(folder)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"null", b"\x80\x04N.", b'{"seal":"","value":{}}']
)
def test_a_file_that_is_no_catalogue_is_not_trusted(folder: Path, content: bytes) -> None:
    """Empty, cut off or of another kind: the sources are read."""
    (folder / CHECKED).write_bytes(content)
    assert load_catalogue(folder) == load_sources(folder)


def test_a_catalogue_of_another_shape_is_not_trusted(folder: Path) -> None:
    """A seal that is right does not help values that this version does not know."""
    content = (folder / CHECKED).read_bytes()
    value = msgspec.json.decode(content)["value"]
    other = msgspec.json.decode(msgspec.json.encode(value).replace(b'"order"', b'"rank"'))
    write_sealed(folder / CHECKED, folder.glob("*.toml"), other)
    assert load_catalogue(folder) == load_sources(folder)


def test_faulty_sources_leave_no_catalogue(tmp_path: Path) -> None:
    """What does not hold together is never written as checked."""
    folder = toy_folder(tmp_path, TOY.replace("highest = 6", "highest = 7"))
    (folder / CHECKED).unlink()
    with pytest.raises(DefinitionError):
        write_checked(folder)
    assert not (folder / CHECKED).exists()


def test_one_scale_more_needs_nothing_but_its_file(tmp_path: Path) -> None:
    """The shipped catalogue beside it is stale, and the scale is there all the same."""
    folder = toy_folder(tmp_path)
    assert (folder / CHECKED).read_bytes() == (DEFINITIONS / CHECKED).read_bytes()
    assert load_catalogue(folder).find("toy").title == "Toy scale"
