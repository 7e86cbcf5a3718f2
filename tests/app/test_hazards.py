"""The hazards: what is claimed against each is held by a test that is run."""

from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract as babel_extract

from app.errors import Bug
from app.hazards import Hazard, load_hazards
from app.paths import HAZARDS, LOCALES
from tests.named_tests import run_tests

ROOT = Path(__file__).resolve().parents[2]
ALL = tuple(hazard for part in load_hazards() for hazard in part.hazard)
TOY = """\
[[part]]
id = "doors"
title = "Doors"

[[part.hazard]]
id = "pinched"
title = "A finger is pinched"
severity = "minor"
cause = "A draught."
harm = "It hurts."
app_does = "A wedge holds the door."
left_to_unit = "The window is shut first."
tests = ["tests/doors/test_wedge.py::test_it_holds"]

[[part.hazard]]
id = "locked"
title = "The door is locked"
severity = "major"
cause = "The key is gone."
harm = "Nobody comes in."
not_built = "There is no second key."
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "hazards.toml"
    path.write_text(text, encoding="utf-8")
    return path


@cache
def _run(file: str) -> set[str]:
    path = ROOT / file
    return run_tests(path) if path.is_file() else set()


@pytest.mark.parametrize("hazard", ALL, ids=lambda hazard: hazard.id)
def test_every_named_test_is_there_and_is_run(hazard: Hazard) -> None:
    """A control whose test went, has another name or is skipped is a control no more."""
    named = [test.partition("::") for test in hazard.tests]
    assert [file + sign + name for file, sign, name in named if name not in _run(file)] == []


def test_no_hazard_of_the_log_is_left_out() -> None:
    """Forty were named before anything guarded against them."""
    assert len(ALL) == 40


def test_a_control_that_is_not_the_apps_is_not_claimed(tmp_path: Path) -> None:
    """What the unit does, and what is not built, stand in fields of their own, without a test."""
    pinched, locked = load_hazards(_written(tmp_path, TOY))[0].hazard
    assert (pinched.app_does, pinched.left_to_unit) == (
        "A wedge holds the door.", "The window is shut first.",
    )  # fmt: skip
    assert (locked.app_does, locked.tests, locked.not_built) == ("", (), "There is no second key.")


FAULTS = [
    ("an unknown key", 'harm = "It hurts."', 'harm = "It hurts."\nrisk = 1', "part[0].hazard[0]",
     "unknown field `risk`"),
    ("an unknown key of a part", 'title = "Doors"', 'title = "Doors"\norder = 1', "part[0]",
     "unknown field `order`"),
    ("a missing cause", 'cause = "A draught."\n', "", "part[0].hazard[0]",
     "missing required field `cause`"),
    ("an empty harm", '"It hurts."', '""', "part[0].hazard[0].harm", "length >= 1"),
    ("an unknown severity", '"minor"', '"medium"', "part[0].hazard[0].severity",
     "Invalid enum value"),
    ("an id twice", 'id = "locked"', 'id = "pinched"', "hazard", "“pinched” stands twice"),
    ("a test that is none", "::test_it_holds", "", "part[0].hazard[0].tests[0]",
     "matching regex"),
    ("a test twice", '"tests/doors', '"tests/doors/test_wedge.py::test_it_holds", "tests/doors',
     "hazard.pinched.tests", "stands twice"),
    ("a claim without a test", 'tests = ["tests/doors/test_wedge.py::test_it_holds"]', "",
     "hazard.pinched.tests", "needs a test"),
    ("a test without a claim", 'app_does = "A wedge holds the door."\n', "",
     "hazard.pinched.app_does", "is not told"),
    ("nothing at all against it", 'not_built = "There is no second key."\n', "",
     "hazard.locked.not_built", "this says so"),
    ("no TOML", TOY, "Hello", "file", "is not a TOML text"),
    ("no hazard", TOY, "part = []", "part", "length >= 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"), [pytest.param(*fault[1:], id=fault[0]) for fault in FAULTS]
)
def test_a_fault_stops_loading(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    """Each fault is told in one sentence with file, key and reason."""
    assert old in TOY
    with pytest.raises(Bug) as error:
        load_hazards(_written(tmp_path, TOY.replace(old, new, 1)))
    assert str(error.value).startswith(f"The hazard file hazards.toml cannot be used. {key}: ")
    assert reason in str(error.value)


def test_a_part_that_stands_twice_stops_loading(tmp_path: Path) -> None:
    """So does a file that is not there."""
    with pytest.raises(Bug, match="part: “doors” stands twice"):
        load_hazards(_written(tmp_path, TOY + TOY.replace("pinched", "x").replace("locked", "y")))
    with pytest.raises(Bug, match="file: cannot be read"):
        load_hazards(tmp_path / "none.toml")


def test_every_word_of_the_hazards_reaches_the_translators() -> None:
    """All that Help shows, and neither ids nor names of tests."""
    assert "[scale: resources/hazards.toml]" in (LOCALES / "babel.cfg").read_text("utf-8")
    with HAZARDS.open("rb") as file:
        found = {text for _, text, _, _ in babel_extract("scales.wording:extract", file)}
    told = {
        text
        for one in ALL
        for text in (one.title, one.cause, one.harm, one.app_does, one.left_to_unit, one.not_built)
    }
    assert found == (told | {part.title for part in load_hazards()}) - {""}


SKIPPED = [
    "import pytest\n@pytest.mark.skip\ndef test_it(): ...",
    "import pytest\n@pytest.mark.skipif(True, reason='')\ndef test_it(): ...",
    "import pytest\n@pytest.mark.xfail\ndef test_it(): ...",
    "import pytest\nnever = pytest.mark.skip\n@never\ndef test_it(): ...",
    "import pytest\npytestmark = pytest.mark.skip\ndef test_it(): ...",
    "import pytest\npytest.importorskip('x')\ndef test_it(): ...",
    "import pytest\ndef test_it():\n    pytest.skip()",
    "def test_it(benchmark): ...",
    "def test_another(): ...",
    "def helper():\n    def test_it(): ...",
]


@pytest.mark.parametrize("text", SKIPPED)
def test_a_test_that_is_missing_or_skipped_is_seen(tmp_path: Path, text: str) -> None:
    """However it is skipped."""
    path = tmp_path / "test_toy.py"
    path.write_text(text, encoding="utf-8")
    assert "test_it" not in run_tests(path)


RUN = [
    "def test_it(): ...",
    "import pytest\n@pytest.mark.parametrize('a', [1])\ndef test_it(a): ...",
    "import pytest, os\n@pytest.mark.skipif(os.name == 'nt', reason='')\ndef test_it(): ...",
    "import pytest\nnever = pytest.mark.skip\n@never\ndef test_other(): ...\ndef test_it(): ...",
]


@pytest.mark.parametrize("text", RUN)
def test_a_test_that_is_run_is_seen(tmp_path: Path, text: str) -> None:
    """With many values, where only Windows has none of it, and beside one that is skipped."""
    path = tmp_path / "test_toy.py"
    path.write_text(text, encoding="utf-8")
    assert run_tests(path) == {"test_it"}
