"""What leaves the data folder goes through one door, which makes it private and whole."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"write_bytes", "write_text"}
ALLOWED = {
    "app/records/file/first_look.py": "puts back what lay beside the records",
    "app/records/file/outside.py": "the door itself, for a device or a pipe",
    "app/settings.py": "the size of the window",
    "app/journey_stage.py": "pictures of made-up data",
}


def _writes(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Attribute) and node.attr in WRITERS for node in ast.walk(tree))


def test_only_the_door_writes_files_outside() -> None:
    """A page, a picture or a table that everybody can read, or half of one, has no way out."""
    found = {
        path.relative_to(ROOT).as_posix()
        for floor in ("app", "widgets")
        for path in (ROOT / floor).rglob("*.py")
        if _writes(path)
    }
    assert found == set(ALLOWED)
