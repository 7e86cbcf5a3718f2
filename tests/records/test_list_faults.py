"""Loading a code list stops at every fault, with the file, the key and the reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from app.errors import Bug
from app.records.list_files import load_list
from app.records.lists import CodeList, code_list

TOY = """\
takes_text = true

[[entry]]
id = "bark"
title = "Bark of the willow"
plain = "Willow bark"
class = "class_symptomatic"
usual_route = "oral"
usual_frequency = "daily"
codings = [{ system = "ATC", code = "N02BA99", verified = false }]
limits = [{ unit = "mg", low = 0.5, high = 20 }, { unit = "g", low = 0.0005, high = 0.02 }]

[[entry]]
id = "other"
title = "Other"
needs_note = true
class = "class_diet"
"""
TOY_MEASURE = """\
[[entry]]
id = "hops"
title = "Hops"
limits = [{ low = 1, high = 20 }]
lowest = 0
highest = 99.5
"""


def written(folder: Path, text: str, name: str = "agents") -> CodeList:
    """Write the file of a list and load it."""
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return load_list(path, code_list)


FAULTS = [
    ("an unknown key", 'id = "bark"', 'id = "bark"\ncolour = 1', "entry[0]",
     "unknown field `colour`"),
    ("an unknown key of the list", "takes_text = true", "takes_texts = true", "file",
     "unknown field `takes_texts`"),
    ("an unknown key of a coding", 'code = "N02BA99"', 'code = "N02BA99", url = "x"',
     "entry[0].codings[0]", "unknown field `url`"),
    ("an unknown key of limits", "high = 20 }", "high = 20, max = 30 }", "entry[0].limits[0]",
     "unknown field `max`"),
    ("a text for a number", "high = 20 }", 'high = "20" }', "entry[0].limits[0].high",
     "got `str`"),
    ("a missing title", 'title = "Bark of the willow"\n', "", "entry[0]",
     "missing required field `title`"),
    ("an empty title", '"Bark of the willow"', '""', "entry[0].title", "length >= 1"),
    ("a missing id", 'id = "bark"\n', "", "entry[0]", "missing required field `id`"),
    ("an id with a space", 'id = "bark"', 'id = "willow bark"', "entry[0].id", "matching regex"),
    ("an id in capitals", 'id = "bark"', 'id = "Bark"', "entry[0].id", "matching regex"),
    ("an id twice", 'id = "other"', 'id = "bark"', "entry", "“bark” stands twice"),
    ("a text for a flag", "needs_note = true", 'needs_note = "yes"', "entry[1].needs_note",
     "got `str`"),
    ("a number for a text", '"Willow bark"', "7", "entry[0].plain", "got `int`"),
    ("no class", 'class = "class_diet"\n', "", "entry.other.class",
     "“” is not in the list agent_classes"),
    ("an unknown class", '"class_diet"', '"class_magic"', "entry.other.class",
     "“class_magic” is not in the list agent_classes"),
    ("an unknown route", '"oral"', '"by mouth"', "entry.bark.usual_route",
     "“by mouth” is not in the list routes"),
    ("an unknown frequency", '"daily"', '"hourly"', "entry.bark.usual_frequency",
     "“hourly” is not in the list frequencies"),
    ("an unknown unit", 'unit = "mg"', 'unit = "grain"', "entry.bark.limits",
     "“grain” is not in the list units"),
    ("a dose without a unit", 'unit = "mg", ', "", "entry.bark.limits",
     "“” is not in the list units"),
    ("a unit twice", 'unit = "g"', 'unit = "mg"', "entry.bark.limits", "“mg” stands twice"),
    ("limits of one value", "low = 0.5, high = 20 }", "low = 20, high = 20 }",
     "entry.bark.limits", "low must be below high"),
    ("limits upside down", "low = 0.5, high = 20 }", "low = 21, high = 20 }",
     "entry.bark.limits", "low must be below high"),
    ("limits without an end", "high = 20 }", "high = inf }", "entry.bark.limits",
     "low must be below high"),
    ("limits that are no number", "low = 0.5, high = 20 }", "low = nan, high = 20 }",
     "entry.bark.limits", "low must be below high"),
    ("half of the limits", ", high = 20 }", " }", "entry[0].limits[0]",
     "missing required field `high`"),
    ("an unknown system", '"ATC"', '"ATCC"', "entry[0].codings[0].system", "Invalid enum value"),
    ("a system twice", "codings = [",
     'codings = [{ system = "ATC", code = "A", verified = true },',
     "entry.bark.codings", "“ATC” stands twice"),
    ("a coding that hides whether it was seen", ", verified = false", "", "entry[0].codings[0]",
     "missing required field `verified`"),
    ("an empty code", '"N02BA99"', '""', "entry[0].codings[0].code", "length >= 1"),
    ("hard limits of an agent", "needs_note = true", "lowest = 1", "entry.other.lowest",
     "stands only in measure_kinds"),
    ("an agent for every item", "needs_note = true", "for_every_item = true",
     "entry.other.for_every_item", "stands only in reasons"),
    ("a key twice", "takes_text = true", "takes_text = true\ntakes_text = true", "file",
     "is not a TOML text"),
    ("no TOML", TOY, "Hello", "file", "is not a TOML text"),
    ("no entry", TOY, "entry = []", "entry", "length >= 1"),
    ("no list at all", TOY, "takes_text = true", "file", "missing required field `entry`"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"), [pytest.param(*fault[1:], id=fault[0]) for fault in FAULTS]
)
def test_a_fault_stops_loading(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    """Each fault is a bug of ours, told in one sentence with file, key and reason."""
    assert old in TOY
    with pytest.raises(Bug) as error:
        written(tmp_path, TOY.replace(old, new, 1))
    assert str(error.value).startswith(f"The list file agents.toml cannot be used. {key}: ")
    assert error.value.values["key"] == key
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("lowest = 0\n", "", "entry.hops.lowest, highest", "a measure needs both"),
        ("highest = 99.5\n", "", "entry.hops.lowest, highest", "a measure needs both"),
        ("lowest = 0\n", "lowest = 99.5\n", "entry.hops.lowest, highest", "must be below highest"),
        ("99.5", "inf", "entry.hops.lowest, highest", "lowest must be below highest"),
        ("low = 1,", "low = -1,", "entry.hops.limits", "must lie between lowest and highest"),
        ("high = 20", "high = 100", "entry.hops.limits", "must lie between lowest and highest"),
        ("high = 20", 'high = 20, unit = "mg"', "entry.hops.limits", "names its unit"),
        ("lowest = 0", 'class = "class_diet"', "entry.hops.class", "stands only in agents"),
        ("lowest = 0", 'usual_route = "oral"', "entry.hops.usual_route", "stands only in agents"),
    ],
)
def test_a_faulty_measure_stops_loading(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    """A measure has hard limits, and its typing limits lie within them."""
    assert old in TOY_MEASURE
    assert written(tmp_path, TOY_MEASURE, "measure_kinds").has("hops")
    with pytest.raises(Bug) as error:
        written(tmp_path, TOY_MEASURE.replace(old, new, 1), "measure_kinds")
    assert error.value.values["file"] == "measure_kinds.toml"
    assert error.value.values["key"] == key
    assert reason in str(error.value)


def test_a_key_of_other_lists_stops_loading(tmp_path: Path) -> None:
    """Limits mean nothing for a diagnosis, so they are refused there."""
    text = '[[entry]]\nid = "flu"\ntitle = "Flu"\nlimits = []\n'
    with pytest.raises(Bug, match="limits: stands only in agents, measure_kinds"):
        written(tmp_path, text, "diagnoses")


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A missing file is told like any other fault."""
    with pytest.raises(Bug, match="file: cannot be read"):
        load_list(tmp_path / "spells.toml", code_list)
    with pytest.raises(Bug, match="spells"):
        code_list("spells")


def test_a_file_that_is_not_text_stops_loading(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are no list."""
    path = tmp_path / "agents.toml"
    path.write_bytes(b'[[entry]]\nid = "\xff"')
    with pytest.raises(Bug, match="is not a TOML text"):
        load_list(path, code_list)


def test_a_sound_file_loads_whole_and_frozen(tmp_path: Path) -> None:
    """Everything written arrives exact; plain and short titles default to the title."""
    found = written(tmp_path, TOY)
    bark, other = found.entries
    assert (found.name, found.takes_text) == ("agents", True)
    assert (bark.plain, bark.short) == ("Willow bark", "Bark of the willow")
    assert (other.plain, other.short, other.needs_note) == ("Other", "Other", True)
    assert (bark.limits[0].low, bark.limits[0].high) == (Decimal("0.5"), Decimal(20))
    assert (bark.code_in("ATC"), bark.code_in("RxNorm")) == ("N02BA99", "")
    assert (bark.usual_route, bark.usual_frequency) == ("oral", "daily")
    with pytest.raises(AttributeError):
        setattr(bark, "title", "Other")  # noqa: B010 - the write is what must fail
