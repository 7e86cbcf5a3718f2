"""Which tests of a file are really run, read from its text: nothing is imported or run.

A test that only Windows skips counts: what it holds is a matter of other systems, and its hazard
says so.
"""

import ast
from collections.abc import Iterable
from pathlib import Path

_SKIPPING = {"skip", "skipif", "xfail", "importorskip"}
_ON_WINDOWS = {"os.name == 'nt'", "sys.platform == 'win32'"}
_PASSED_OVER = "benchmark"
"""A test that asks for this fixture is passed over unless benchmarks are asked for."""


def run_tests(path: Path) -> set[str]:
    """Return the names of a file's tests, those aside that are skipped or may be."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    marks = _skipping_names(module)
    others = (node for node in module.body if not isinstance(node, ast.FunctionDef | ast.Assign))
    if "pytestmark" in marks or any(_skips(node, set()) for node in others):
        return set()
    return {
        one.name for one in functions if one.name.startswith("test_") and not _skips(one, marks)
    }


def _skipping_names(module: ast.Module) -> set[str]:
    """Return the names that a file gives to marks that skip."""
    return {
        name.id
        for node in module.body
        if isinstance(node, ast.Assign) and _skips(node.value, set())
        for name in node.targets
        if isinstance(name, ast.Name)
    }


def _skips(node: ast.AST, marks: Iterable[str]) -> bool:
    inside = tuple(ast.walk(node))
    on_windows = [one.func for one in inside if isinstance(one, ast.Call) and _is_windows(one)]
    names = {one.id for one in inside if isinstance(one, ast.Name)}
    asked = {
        one.attr for one in inside if isinstance(one, ast.Attribute) and one not in on_windows
    }
    fixtures = {one.arg for one in inside if isinstance(one, ast.arg)}
    return bool(asked & _SKIPPING or names & set(marks) or _PASSED_OVER in fixtures)


def _is_windows(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "pytest.mark.skipif" and (
        ast.unparse(call.args[0]) in _ON_WINDOWS
    )
