"""Loading stops at every fault, with the file, the key and the reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from scales.build import build_vectors
from scales.errors import DefinitionError
from scales.load import load_definition
from scales.model import Combine, Key, Rule, Side
from scales.shape import ScaleShape, read_shape
from tests.builders import TOY

RULE = """
[[rule]]
item = "hop"
at_least = 2
other = "nod"
equals = 1
sentence = "No hop means a nod."

[[item]]
id = "nod"
title = "Nodding"
plain = "Nodding"
how_to_test = "Nod."
verified = true
levels = [
    { value = 0, label = "no", criterion = "No.", plain = "no" },
    { value = 1, label = "nods", criterion = "Nods.", plain = "nods" },
]
"""
RULED = (
    TOY.replace("highest = 6", "highest = 7").replace("hop = 1,", "hop = 1, nod = 1,")
    .replace("total = 2.5", "total = 3.5")
    + RULE
)  # fmt: skip
PUBLISHED = """
[[noise]]
low = -1
high = 1
label = "between two toys"
from_age = 3
source = { citation = "Nobody" }

[[smallest_change]]
value = 1
label = "what mattered to toys"
from_age = 3
source = { citation = "Nobody" }

[[age_mark]]
age = 4
median = 2
low = 1
high = 3
label = "toys at 4 years"
"""
NEVER = """
[[never]]
id = "never_hopped_after_a_level"
key = "hop"
reason = "never_hopped"
sentence = "Hopping was {before} ({scale}) on {since}. Keep “never hopped”?"
"""
DENIED = (
    TOY.replace('how_to_test = "Hop."', 'how_to_test = "Hop."\nreasons = ["never_hopped"]') + NEVER
)
WAVE_LEVEL = (
    '    { value = 2, label = "twitches", criterion = "Twitches.", plain = "twitches" },\n'
)
ARMS = 'items = ["wave"]'


def load(folder: Path, text: str, name: str = "toy.toml") -> None:
    """Write a scale file and load it."""
    path = folder / name
    path.write_text(text, "utf-8")
    load_definition(path)


def refusal(folder: Path, text: str) -> DefinitionError:
    """Load a faulty file and return the error."""
    with pytest.raises(DefinitionError) as error:
        load(folder, text)
    assert error.value.values["file"] == "toy.toml"
    assert str(error.value).startswith("The scale file toy.toml cannot be used. ")
    return error.value


SHAPE_FAULTS = [
    (
        "unknown key",
        'version = "1"',
        'version = "1"\ncolour = 1',
        "file",
        "unknown field `colour`",
    ),
    ("unknown key of an item", 'id = "hop"', 'id = "hop"\nx = 1', "item[0]", "unknown field `x`"),
    ("missing key", 'version = "1"\n', "", "file", "missing required field `version`"),
    ("missing label", 'label = "hops", ', "", "item[0].levels[0]", "required field `label`"),
    ("missing value", "value = 0, ", "", "item[0].levels[0]", "required field `value`"),
    ("text for a number", "value = 0,", 'value = "0",', "item[0].levels[0].value", "got `str`"),
    ("flag for a number", "value = 0,", "value = true,", "item[0].levels[0].value", "got `bool`"),
    ("not a number", "step = 0.5", "step = nan", "file", "nan is not a number"),
    ("number for a text", 'title = "Toy scale"', "title = 1", "title", "got `int`"),
    ("empty text", 'title = "Toy scale"', 'title = ""', "title", "length >= 1"),
    ("unknown sides", 'sides = "mean"', 'sides = "max"', "item[1].sides", "Invalid enum value"),
    ("an id with a dot", 'id = "hop"', 'id = "hop.x"', "item[0].id", "matching regex"),
    ("a key twice", 'version = "1"', 'version = "1"\nversion = "2"', "file", "is not a TOML text"),
    ("no TOML", TOY, "Hello", "file", "is not a TOML text"),
    ("a half order", "order = 9", "order = 9.5", "order", "Expected `int`"),
]

FAULTS = [
    ("another file's id", 'id = "toy"', 'id = "tod"', "id", "“tod” is not the name of the file"),
    ("an item twice", 'id = "wave"', 'id = "hop"', "item", "“hop” stands twice"),
    ("half a title", 'title = "Hopping"', 'title = "Hopping (hop)"\nheading = "Hopping"',
     "item.hop", "a heading and a term stand together"),
    ("seconds that no level names", 'how_to_test = "Hop."', 'how_to_test = "Hop."\nseconds = 5',
     "item.hop.seconds", "must be the seconds that its levels name"),
    ("seconds that are not said", 'criterion = "Twitches."', 'criterion = "After 5 s."',
     "item.wave.seconds", "must be the seconds that its levels name"),
    ("a vector twice", "[[vector]]", '[[vector]]\nname = "half"\nanswers = {}\n[[vector]]',
     "vector", "“half” stands twice"),
    ("a question twice", "[[question]]",
     '[[question]]\nid = "hops_and_naps"\nwhen = []\nsentence = "?"\n[[question]]',
     "question", "“hops_and_naps” stands twice"),
    ("a subscore twice", "[[subscore]]",
     '[[subscore]]\nid = "arms"\ntitle = "A"\nitems = []\nlowest = 0\nhighest = 1\n[[subscore]]',
     "subscore", "“arms” stands twice"),
    ("a level twice", WAVE_LEVEL, WAVE_LEVEL * 2, "item.wave.levels", "“2” stands twice"),
    ("a level skipped", WAVE_LEVEL, "", "item.wave.levels",
     "3 after 1: levels rise in steps of 1"),
    ("levels that fall", "value = 2, label", "value = -2, label", "item.hop.levels", "-2 after 1"),
    ("a half level", "value = 2, label", "value = 1.5, label", "item.hop.levels", "1.5 after 1"),
    ("levels off the level step", "step = 0.5", "step = 0.5\nlevel_step = 0.5",
     "item.hop.levels", "levels rise in steps of 0.5"),
    ("a step the items do not make", "step = 0.5", "step = 1", "step", "in steps of 0.5"),
    ("a step of nothing", "step = 0.5", "step = 0", "step", "must be above 0"),
    ("a range too wide", "highest = 6", "highest = 7", "lowest, highest", "reach from 0 to 6"),
    ("a range too narrow", "highest = 6", "highest = 5", "lowest, highest", "reach from 0 to 6"),
    ("a range upside down", "lowest = 0\nhighest = 6", "lowest = 6\nhighest = 0",
     "lowest, highest", "lowest must be below highest"),
    ("a subscore too wide", "highest = 4", "highest = 5", "subscore.arms", "reach from 0 to 4"),
    ("a subscore of a missing item", ARMS, 'items = ["arm"]', "subscore.arms.items",
     "there is no item “arm”"),
    ("a subscore of nothing", ARMS, "items = []", "subscore.arms.items", "needs an item"),
    ("a subscore that counts twice", ARMS, 'items = ["wave", "wave"]', "subscore.arms.items",
     "“wave” stands twice"),
    ("a question about a missing item", 'key = "hop"', 'key = "hip"', "question.hops_and_naps",
     "has no item “hip”"),
    ("a question about a missing side", '"wave.left"', '"wave"', "question.hops_and_naps",
     "has two sides"),
    ("a question about a missing level", "levels = [4]", "levels = [5]", "question.hops_and_naps",
     "“wave” has no level 5"),
    ("a question about no level", "levels = [4]", "levels = []", "question.hops_and_naps",
     "“wave.left” needs a level"),
    ("a question about one answer", ', { key = "wave.left", levels = [4] }]', "]",
     "question.hops_and_naps.when", "joins two answers or more"),
    ("a question about one key twice", '"wave.left"', '"hop"', "question.hops_and_naps.when",
     "“toy.hop” stands twice"),
    ("a question that names one answer", "{b}", "four", "question.hops_and_naps.sentence",
     "must name each answer once: a, b"),
    ("a question with a loose brace", "{b}", "{b", "question.hops_and_naps.sentence",
     "a brace too many or too few"),
    ("a question that is none", "Is that right?", "It is.", "question.hops_and_naps.sentence",
     "must end as a question"),
    ("a question between scales", '{ key = "hop"', '{ scale = "oms", key = "hop"',
     "question.hops_and_naps.when", "belong in across.toml"),
    ("an item of one level", 'sides = "mean"\nlevels = [', 'sides = "mean"\nlevels = []\nx = [',
     "item[1]", "unknown field `x`"),
    ("family words with a hole", ', plain = "naps"', "", "plain", "for every item and level"),
    ("a vector that does not come out", "total = 2.5", "total = 3", "vector.half",
     "the total comes out as 2.5"),
    ("a vector whose part does not", "arms = 1.5", "arms = 2", "vector.half",
     "subscore arms comes out as 1.5"),
    ("a vector without its part", "subscores = { arms = 1.5 }", "", "vector.half",
     "subscore arms comes out as 1.5"),
    ("a vector with another part", "{ arms = 1.5 }", "{ arms = 1.5, legs = 1 }", "vector.half",
     "there is no subscore “legs”"),
    ("a vector with a total of nothing", "hop = 1, wave", "wave", "vector.half",
     "the total comes out as none"),
    ("a vector with a missing key", "hop = 1,", "hip = 1,", "vector.half", "has no item “hip”"),
    ("a vector with a missing side", "right = 2", "up = 2", "vector.half", "“up” is neither"),
    ("a vector with a missing level", "hop = 1,", "hop = 9,", "vector.half",
     "is refused: “9” is not a level of “hop”"),
    ("a vector that is not refused", "total = 2.5", "refused = true", "vector.half",
     "should be refused, but scores"),
    ("an item not verified in a verified scale", "verified = true", "verified = false", "verified",
     "an item is not verified"),
    ("an unverified scale of verified items", 'verified = "own"', 'verified = "no"', "verified",
     "every item is verified"),
    ("no caution", 'caution = "a toy, not a scale"', 'caution = ""', "caution", "needs one"),
    ("no source", 'verified = "own"', 'verified = "yes"', "source", "needs a doi or a pmid"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [pytest.param(*fault[1:], id=fault[0]) for fault in SHAPE_FAULTS + FAULTS],
)
def test_a_fault_stops_loading(tmp_path: Path, old: str, new: str, key: str, reason: str) -> None:
    """Each fault is named with its key and its reason."""
    assert old in TOY
    error = refusal(tmp_path, TOY.replace(old, new))
    assert str(error.values["key"]).startswith(key)
    assert reason in str(error)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('other = "nod"', 'other = "hop"', "a rule joins two items"),
        ('other = "nod"', 'other = "wave"', "no item “wave” without sides"),
        ('other = "nod"', 'other = "nid"', "no item “nid” without sides"),
        ("at_least = 2", "at_least = 3", "“hop” has no level 3"),
        ("equals = 1", "equals = 2", "“nod” has no level 2"),
        ("a nod.", "{a} nod.", "its sentence has no places"),
    ],
)
def test_a_faulty_rule_stops_loading(tmp_path: Path, old: str, new: str, reason: str) -> None:
    """A rule joins two items without sides, at levels that they have."""
    error = refusal(tmp_path, RULED.replace(old, new))
    assert error.values["key"] == "rule.hop"
    assert reason in str(error)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("low = -1", "low = 1", "noise", "low must be below high"),
        ("value = 1\n", "value = 0\n", "smallest_change", "must be above 0"),
        ("median = 2", "median = 4", "age_mark", "must rise within the range"),
        ("high = 3", "high = 7", "age_mark", "must rise within the range"),
        ('source = { citation = "Nobody" }\n\n[[small', "\n[[small", "noise[0]", "field `source`"),
        (PUBLISHED, PUBLISHED + PUBLISHED[PUBLISHED.index("[[age") :], "age_mark", "“4” stands"),
    ],
)
def test_a_faulty_published_number_stops_loading(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    """Noise needs a source, and the numbers must make sense."""
    error = refusal(tmp_path, TOY + PUBLISHED.replace(old, new))
    assert error.values["key"] == key
    assert reason in str(error)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('key = "hop"', 'key = "hip"', "never.never_hopped_after_a_level.key", "no item “hip”"),
        ('reason = "never_hopped"', 'reason = "asleep"', "never.never_hopped_after_a_level.reason",
         "“hop” does not offer “asleep”"),
        ("({scale}) ", "", "never.never_hopped_after_a_level.sentence",
         "must name each answer once: before, scale, since"),
        ("hopped”?", "hopped”.", "never.never_hopped_after_a_level.sentence",
         "must end as a question"),
        ("never_hopped_after_a_level", "hops_and_naps", "question", "stands twice"),
    ],
)  # fmt: skip
def test_a_faulty_question_about_what_never_was_stops_loading(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    """Its reason is one that the item offers, and its sentence names all three."""
    error = refusal(tmp_path, DENIED.replace(NEVER, NEVER.replace(old, new)))
    assert error.values["key"] == key
    assert reason in str(error)


def test_a_version_that_continues_itself_stops_loading(tmp_path: Path) -> None:
    """A version continues others, each named once."""
    text = TOY.replace('version = "1"', 'version = "1"\ncontinues = ["1"]')
    assert refusal(tmp_path, text).values["key"] == "continues"


def test_an_item_of_one_level_stops_loading(tmp_path: Path) -> None:
    """An item that cannot move is none."""
    start = TOY.index('    { value = 1, label = "jumps"')
    end = TOY.index("]", start)
    error = refusal(tmp_path, TOY[:start] + TOY[end:])
    assert error.values["key"] == "item.hop.levels"


def test_a_scale_without_a_worked_example_stops_loading(tmp_path: Path) -> None:
    """Every scale with items proves itself."""
    error = refusal(tmp_path, TOY[: TOY.index("[[vector]]")])
    assert error.values["key"] == "vector"


def test_a_typed_scale_must_step_from_end_to_end(tmp_path: Path) -> None:
    """A step that misses the highest total is wrong."""
    typed = TOY[: TOY.index("[[item]]")].replace("step = 0.5", "step = 4")
    assert refusal(tmp_path, typed).values["key"] == "step"


def test_a_file_that_is_not_there_stops_loading(tmp_path: Path) -> None:
    """A missing file is named like any other fault."""
    with pytest.raises(DefinitionError, match="cannot be read"):
        load_definition(tmp_path / "toy.toml")


def test_a_file_that_is_not_text_stops_loading(tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are no scale."""
    path = tmp_path / "toy.toml"
    path.write_bytes(b'id = "\xff"')
    with pytest.raises(DefinitionError, match="is not a TOML text"):
        load_definition(path)


def test_a_sound_file_loads_whole(tmp_path: Path) -> None:
    """Everything written arrives, exact and frozen."""
    path = tmp_path / "toy.toml"
    path.write_text(RULED + PUBLISHED, "utf-8")
    toy = load_definition(path)
    assert toy.item("wave").combine is Combine.MEAN
    assert toy.rules == (Rule("hop", Decimal(2), "nod", Decimal(1), "No hop means a nod."),)
    assert toy.questions[0].conditions[1].key == Key("wave", Side.LEFT)
    assert (toy.noise[0].low, toy.smallest_change[0].value) == (Decimal(-1), Decimal(1))
    assert (toy.age_marks[0].age, toy.age_marks[0].high) == (4, Decimal(3))
    (half,) = build_vectors(toy, read_shape(path, ScaleShape).vector)
    assert (half.total, half.subscores) == (Decimal("3.5"), {"arms": Decimal("1.5")})
    with pytest.raises(AttributeError, match="immutable"):
        setattr(toy, "title", "Other")  # noqa: B010 - the write is what must fail


def test_an_item_that_is_not_there_is_a_key_error(tmp_path: Path) -> None:
    """Asking a definition for an unknown item is the caller's fault."""
    path = tmp_path / "toy.toml"
    path.write_text(TOY, "utf-8")
    with pytest.raises(KeyError):
        load_definition(path).item("hip")
