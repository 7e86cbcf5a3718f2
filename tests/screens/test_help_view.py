"""What Help says: the keys, the app, and the hazards."""

from pathlib import Path

from app.hazards import Hazard, HazardPart, load_hazards
from app.language import words
from app.screens.help.view import KEYS, HelpView, Told, help_view

BARE = Hazard("locked", "The door is locked", "major", "A key.", "A wait.", not_built="No key.")
FULL = Hazard(
    "pinched", "A finger is pinched", "minor", "A draught.", "It hurts.",
    app_does="A wedge holds.", left_to_unit="Shut it.", not_built="No bell.",
    tests=("tests/a.py::test_a", "tests/a.py::test_b"),
)  # fmt: skip


def _view(chosen: str) -> HelpView:
    hazards = (HazardPart("doors", "Hazards of doors", (FULL, BARE)),)
    return help_view(Told("1.2", Path("/data"), hazards), chosen, words())


def test_the_keys_stand_first_with_about_beside_them() -> None:
    """A part that is not there is no reason to show nothing."""
    view = _view(KEYS)
    assert [one.title for one in view.choices] == ["Keys and About", "Hazards of doors"]
    assert (view.chosen, view.lead, view.right[0].title) == (KEYS, "", "About OMS Bedside")
    assert ("Version", "1.2") in view.right[0].rows
    assert _view("gone") == view


def test_a_hazard_is_told_whole() -> None:
    """What the app does, what is missing and what is the unit's own are three lines."""
    view = _view("doors")
    assert (view.chosen, view.right) == ("doors", ())
    assert view.left[0].title == "A finger is pinched"
    assert view.left[0].rows == (
        ("Severity", "Minor"),
        ("Cause", "A draught."),
        ("Harm", "It hurts."),
        ("What the app does", "A wedge holds."),
        ("Not built yet", "No bell."),
        ("Left to the unit", "Shut it."),
        ("Held by", "2 tests"),
    )


def test_nothing_is_claimed_of_a_hazard_without_a_control() -> None:
    """Neither a deed of the app nor a test."""
    assert _view("doors").left[1].rows[2:] == (("Harm", "A wait."), ("Not built yet", "No key."))


def test_every_hazard_of_the_file_is_shown() -> None:
    """Part by part, in the order of the file."""
    parts = load_hazards()
    told = Told("1.2", Path("/data"), parts)
    shown = [group.title for one in parts for group in help_view(told, one.id, words()).left]
    assert shown == [hazard.title for one in parts for hazard in one.hazard]
