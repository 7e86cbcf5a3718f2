"""The house keeps its shape: sizes, doors, and the lines that must agree with each other."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "scales", "widgets")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _sources() -> list[Path]:
    return sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def _nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def _length(node: ast.AST) -> int:
    start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    return int(end - start + 1)


def _functions() -> list[tuple[str, int]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", _length(node))
        for path in _sources()
        for node in _nodes(path)
        if isinstance(node, Function)
    ]


def _files_with(pattern: str) -> set[str]:
    found = re.compile(pattern)
    return {
        path.relative_to(ROOT).as_posix()
        for path in _sources()
        if found.search(path.read_text(encoding="utf-8"))
    }


def test_no_function_is_over_fifty_lines() -> None:
    """A function that cannot be seen at once is two functions."""
    assert [name for name, length in _functions() if length > 50] == []


def test_nine_functions_in_ten_have_at_most_twenty_lines() -> None:
    """The tail of long functions stays short."""
    lengths = sorted(length for _, length in _functions())
    assert lengths[int(len(lengths) * 0.9)] <= 20


def test_no_file_is_over_five_hundred_lines() -> None:
    """A file holds what belongs together, and no more than can be read at one sitting."""
    long = [p.name for p in _sources() if p.read_text(encoding="utf-8").count("\n") > 500]
    assert long == []


def test_no_class_is_over_two_hundred_lines() -> None:
    """No window knows everything."""
    long = [
        node.name
        for path in _sources()
        for node in _nodes(path)
        if isinstance(node, ast.ClassDef) and _length(node) > 200
    ]
    assert long == []


def test_plots_have_one_door() -> None:
    """Only widgets/plot.py imports pyqtgraph."""
    assert _files_with(r"(?m)^\s*(import|from) pyqtgraph") == {"widgets/plot.py"}


def test_styles_have_one_door() -> None:
    """Only widgets/theme.py writes a stylesheet."""
    assert _files_with(r"setStyleSheet\(") == {"widgets/theme.py"}


def test_boxes_have_one_door() -> None:
    """Only app/screens/ask.py opens message boxes and file choosers."""
    assert _files_with(r"\bQ(MessageBox|FileDialog|InputDialog)\b") <= {"app/screens/ask.py"}


def test_no_lambda_is_connected() -> None:
    """A connected lambda keeps its window alive for ever."""
    assert _files_with(r"\.connect\(\s*(lambda|partial\()") == set()


def test_the_clock_has_one_door() -> None:
    """Only app/clock.py asks the machine what time it is."""
    assert _files_with(r"datetime\.now\(|date\.today\(|time\.time\(") == {"app/clock.py"}


def test_only_the_start_and_screens_and_widgets_know_qt() -> None:
    """Records, numbers, pages and tables work without Qt."""
    allowed = (
        "widgets/",
        "app/screens/",
        "app/start.py",
        "app/running.py",
        "app/at_work.py",
        "app/journey",
    )
    offenders = {
        name
        for name in _files_with(r"(?m)^\s*(import|from) PySide6")
        if not name.startswith(allowed)
    }
    assert offenders == set()


def test_views_are_free_of_qt() -> None:
    """A screen's view is values only."""
    offenders = {
        name for name in _files_with(r"(?m)^\s*(import|from) PySide6") if name.endswith("/view.py")
    }
    assert offenders == set()


def test_the_debian_packages_agree_everywhere() -> None:
    """README and the set-up check name the same one line."""
    line = subprocess.run(
        [
            sys.executable,
            "-c",
            "from app.prerequisites import *; print(apt_line(list(ALL_PACKAGES)))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert line in (ROOT / "README.md").read_text(encoding="utf-8")


def test_constraints_are_names_and_versions_only() -> None:
    """No address of any place stands in the constraints."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.\-]+==[\w.\-]+", line)] == []


def test_every_dependency_is_explained() -> None:
    """CONTRIBUTING.md says of each dependency what it is for."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'(?m)^    "([A-Za-z0-9_\-]+)[<>=~!"\[]', project.split("[tool.")[0])
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in names if f"| {name} |" not in told] == []


def test_no_file_leads_back_to_itself() -> None:
    """However late an import is made, no circle of files comes of it."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    ties = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(tuple(TopologicalSorter(ties).static_order())) == len(graph.modules)


def test_every_package_is_listed_by_name() -> None:
    """The list of packages is whole, and tests are not in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in _sources()
        if path.name == "__init__.py"
    }
    assert set(project["tool"]["setuptools"]["packages"]) == there


@pytest.mark.parametrize("path", _sources(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_nothing_is_left_for_later(path: Path) -> None:
    """No note to self stands in the code."""
    assert re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text(encoding="utf-8")) is None
