"""What people do to the records: each deed has a name of its own, and no name means two deeds."""

import ast
from pathlib import Path

import pytest

from app.records import undo
from app.records.actions import Action
from app.records.model import Role, UndoLabel
from tests.records.workbench import Bench, key, level

APP = Path(__file__).resolve().parents[2] / "app"


def _named() -> dict[str, list[str]]:
    """Return the functions of the app that name each action."""
    found: dict[str, list[str]] = {}
    for path in sorted(APP.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Action":
                        found.setdefault(node.attr, []).append(f"{path.stem}.{function.name}")
    return found


def test_each_action_has_an_id_and_a_title_of_its_own() -> None:
    """Two deeds never share a word, in the journal or before a reader."""
    ids, titles = [one.id for one in Action], [one.title for one in Action]
    assert len(set(ids)) == len(set(titles)) == len(Action)
    assert all(ids)
    assert all(titles)


def test_every_action_is_done_somewhere() -> None:
    """None stands in the registry for nothing."""
    assert {one.name for one in Action} - set(_named()) == set()


def test_steps_are_named_by_the_registry_only() -> None:
    """No module opens a step with a word of its own."""
    for path in sorted((APP / "records").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("journal.step"):
                told = ast.unparse(node.args[0])
                assert told.startswith("Action.") or told == "action", (path.name, told)


def test_everybody_who_may_do_something_is_a_role() -> None:
    """Each action is for at least one role, and for nobody who is none."""
    assert all(one.roles and one.roles <= set(Role) for one in Action)


def test_undo_takes_back_what_the_registry_says(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An action that is not undoable any more is left alone."""
    visit = bench.draft(bench.patient())
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(1))
    assert bench.store.visits.undo_label(visit.id) == UndoLabel("oms", (key("gait"),))
    undoable = {one.id for one in Action if one.is_undoable}
    assert undoable == {"answer", "answer.open", "total", "sheet.remove"} == undo._UNDOABLE
    monkeypatch.setattr(undo, "_UNDOABLE", frozenset())
    assert bench.store.visits.undo_label(visit.id) is None
    assert not bench.store.visits.undo(visit.id)


def test_what_the_journal_says_is_an_action(bench: Bench) -> None:
    """Each entry's word is one of the registry's."""
    visit = bench.signed(bench.patient())
    bench.store.visits.discard(bench.store.visits.amend(visit.id, "slip").id)
    said = {entry.action for entry in bench.store.journal.entries()}
    assert said < {one.id for one in Action}
