"""The house in figures: ``python -m tests.architecture.figures`` prints them for this tree."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "scales", "widgets")
WORDS = {"route": 8, "frequency": 9}
"""Words that belong in few files, and in how many at most."""


def sources() -> dict[str, str]:
    """Return the text of every product file by its path."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def files_that_name(word: str, texts: dict[str, str]) -> list[str]:
    """Return the files in which a word stands as a whole word, comments and texts included."""
    found = re.compile(rf"\b{word}\b")
    return [path for path, text in texts.items() if found.search(text)]


def figures() -> Iterator[tuple[str, int]]:
    """Yield each figure with its name."""
    texts = sources()
    classes = [
        node
        for text in texts.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef)
    ]
    yield "product files", len(texts)
    yield "lines", sum(text.count("\n") for text in texts.values())
    yield "dataclasses", sum(map(_is_dataclass, classes))
    yield "structs", len(_structs(classes))
    yield "import arrows", grimp.build_graph(*PACKAGES, cache_dir=None).count_imports()
    for word, most in WORDS.items():
        yield f"files that name {word} (at most {most})", len(files_that_name(word, texts))


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(
        re.match(r"(dataclasses\.)?dataclass\b", ast.unparse(d)) for d in node.decorator_list
    )


def _structs(classes: list[ast.ClassDef]) -> set[str]:
    """Return the names of msgspec's values, those that descend from another one included."""
    bases = {
        node.name: {ast.unparse(base).split(".")[-1] for base in node.bases} for node in classes
    }
    found = {"Struct"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found - {"Struct"}


def main() -> None:
    """Print a table in Markdown."""
    rows = (f"| {name} | {figure:,} |" for name, figure in figures())
    sys.stdout.write("\n".join(("| figure | count |", "|---|---|", *rows)) + "\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
