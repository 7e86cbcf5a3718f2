"""What is kept checked beside lists and themes: taken where it fits its sources, else never."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from app.palette import CHECKED_THEMES, Palette, load_palette
from app.paths import LISTS, THEMES
from app.records.list_files import load_list
from app.records.lists import CHECKED_LISTS, CodeList, code_list
from scales.sealed import read_sealed, write_sealed

ROOT = Path(__file__).resolve().parents[2]
_TITLE = """
from app.palette import load_palette
from app.records.lists import code_list

print(code_list("sexes").title_of("female"), load_palette("light")["ink"])
"""


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A copy of what is kept checked, its sources and its code."""
    for name in ("app", "scales", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("fonts"))
    return tmp_path


def _run(product: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=product, env={**os.environ, "PYTHONPATH": str(product)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.strip()


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_shipped_lists_are_what_their_files_give() -> None:
    """Not one byte is stale; where this fails, make checked writes them anew."""
    sources = sorted(LISTS.glob("*.toml"))
    checked = read_sealed(CHECKED_LISTS, sources, dict[str, CodeList])
    assert checked == {path.stem: load_list(path, code_list) for path in sources}


def test_the_shipped_themes_are_what_their_files_give(tmp_path: Path) -> None:
    """As for the lists."""
    sources = sorted(THEMES.glob("*.toml"))
    checked = read_sealed(CHECKED_THEMES, sources, dict[str, Palette])
    assert checked is not None
    told = {path.stem: tomllib.loads(path.read_text("utf-8"))["colours"] for path in sources}
    assert {name: dict(palette.colours) for name, palette in checked.items()} == told
    write_sealed(tmp_path / "again.json", sources, checked)
    assert (tmp_path / "again.json").read_bytes() == CHECKED_THEMES.read_bytes()


def test_a_source_that_was_changed_counts(product: Path) -> None:
    """A word of a list, a colour of a theme: nothing old is shown, and writing them anew fits."""
    _change(product / "resources" / "lists" / "sexes.toml", '"Female"', '"Girl"')
    light = load_palette("light")["ink"]
    _change(product / "resources" / "themes" / "light.toml", light, "#123456")
    stale = (product / "resources" / "lists.json").read_bytes()
    assert _run(product, "-c", _TITLE) == "Girl #123456"
    _run(product, "-m", "app.checked")
    assert (product / "resources" / "lists.json").read_bytes() != stale
    assert _run(product, "-c", _TITLE) == "Girl #123456"


def test_nothing_checked_is_missed(product: Path) -> None:
    """Without the files the sources are read, as fast as they can be."""
    for name in ("lists.json", "themes.json"):
        (product / "resources" / name).unlink()
    assert _run(product, "-c", _TITLE).startswith("Female #")
