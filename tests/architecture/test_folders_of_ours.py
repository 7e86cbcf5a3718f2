"""Every folder that we make is for its owner's eyes only: through one door."""

import ast
import os
import stat
from pathlib import Path

import pytest

from app.paths import make_private

ROOT = Path(__file__).resolve().parents[2]
MAKERS = {"mkdir", "makedirs"}


def _makes(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Attribute) and node.attr in MAKERS for node in ast.walk(tree))


def test_only_the_door_makes_folders() -> None:
    """Whoever made one beside it would leave those above it open to everybody on the machine."""
    found = {
        path.relative_to(ROOT).as_posix()
        for floor in ("app", "widgets", "scales")
        for path in (ROOT / floor).rglob("*.py")
        if _makes(path)
    }
    assert found == {"app/paths.py"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_folder_and_those_above_it_are_for_their_owner_only(tmp_path: Path) -> None:
    """Whatever is usual on this machine; what was there before stays as it was."""
    before = os.umask(0)
    try:
        (tmp_path / "there").mkdir(mode=0o755)
        make_private(tmp_path / "there" / "a" / "b" / "c")
        make_private(tmp_path / "there" / "a")
    finally:
        os.umask(before)
    found = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "there", *(tmp_path / "there").rglob("*"))
    }
    assert found == {"there": 0o755, "a": 0o700, "b": 0o700, "c": 0o700}


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    """As the disk says it."""
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(FileExistsError):
        make_private(tmp_path / "a")
    with pytest.raises(NotADirectoryError):
        make_private(tmp_path / "a" / "b")
