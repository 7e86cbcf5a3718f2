"""The settings and the cards before the records are open, as values."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import FixedClock, Moment
from app.errors import UserError
from app.language import words
from app.records.model import Role, User
from app.screens.opening.view import (
    FirstUser,
    first_run_view,
    first_user_problems,
    no_copy_view,
    trouble_view,
    unlock_view,
)
from app.screens.recovery import first_code_view
from app.screens.settings.view import (
    DataFacts,
    SettingsView,
    as_moment,
    settings_view,
)
from app.settings import Settings
from scales.catalogue import load_catalogue
from tests.builders import replace

FOLDER = Path("/data/unit 5")
PHYSICIAN = User("u", "T. Brandt", frozenset({Role.PHYSICIAN}))
FIRST = FirstUser("M. Okafor", "nurse", "correct horse", "correct horse")


def _settings(copy: Moment | None = None) -> SettingsView:
    data = DataFacts(copy, has_secret=True)
    return settings_view(Settings(), PHYSICIAN, data, load_catalogue(), words())


def test_the_settings_say_who_works_here() -> None:
    """By name and role."""
    assert _settings().user == "T. Brandt, physician"


def test_the_newest_copy_is_told_on_the_clock_of_this_place(clock: FixedClock) -> None:
    """An instant in UTC reads as local time."""
    here = replace(clock.now(), offset_minutes=60)
    copy = as_moment(datetime(2026, 1, 28, 9, 31, tzinfo=UTC), here)
    assert _settings(copy).last_copy == (
        "Last full copy: 28 Jan 2026, 10:31. Each signature is added to it. "
        "Older ones are kept too."
    )


def test_without_a_copy_the_settings_say_when_one_comes() -> None:
    """Nobody is left to wonder."""
    assert _settings().last_copy.startswith("No checked copy yet.")


def test_the_first_run_says_where_the_records_will_be() -> None:
    """Before anything is typed."""
    assert "/data/unit 5" in first_run_view(FOLDER, words()).text
    assert "/data/unit 5" in unlock_view(FOLDER, words()).text


def test_a_complete_first_user_has_no_problem() -> None:
    """Then the records can be made."""
    assert first_user_problems(FIRST, words()) == {}


@pytest.mark.parametrize(
    ("change", "field", "part"),
    [
        ({"name": ""}, "name", "your name"),
        ({"role": ""}, "role", "what you are"),
        ({"again": "another one"}, "again", "differ"),
        ({"passphrase": "short", "again": "short"}, "passphrase", "at least 10"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    change: dict[str, str], field: str, part: str
) -> None:
    """One sentence each."""
    problems = first_user_problems(replace(FIRST, **change), words())
    assert list(problems) == [field]
    assert part in problems[field]


def test_a_secret_never_shows_in_a_repr() -> None:
    """What is logged or printed by accident holds neither passphrase nor code."""
    assert "horse" not in repr(FIRST)
    assert "AAAA" not in repr(first_code_view("AAAA-BBBB", words()))


def test_trouble_is_told_with_its_own_sentence() -> None:
    """The sentence comes whole from where the trouble was met."""
    problem = UserError("Free {count} bytes.", count=3)
    assert trouble_view(problem, words()).text == "Free 3 bytes."
    assert no_copy_view(problem, words()).text == "Free 3 bytes."
