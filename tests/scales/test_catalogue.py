"""The catalogue: what is shipped, in which order, and what one file more does."""

from pathlib import Path

import pytest

from scales.catalogue import DEFINITIONS, Catalogue, load_catalogue
from scales.errors import DefinitionError, UnknownScale
from scales.score import score
from tests.builders import TOY, sheet, toy_catalogue, toy_folder


def test_the_scales_stand_in_list_order(catalogue: Catalogue) -> None:
    """The bedside sheet first, then the longer ones."""
    assert [found.id for found in catalogue.definitions] == [
        "five_feature",
        "oms",
        "oms5",
        "sara",
        "icars",
    ]


def test_a_typed_scale_is_not_offered_for_scoring(catalogue: Catalogue) -> None:
    """Only scales with items can be scored."""
    assert "oms5" not in [found.id for found in catalogue.scoring]
    assert catalogue.find("oms5").typed_only


@pytest.mark.parametrize("scale", ["bars", "mrs", "", "SARA"])
def test_a_scale_that_is_not_there_is_named_with_those_that_are(
    catalogue: Catalogue, scale: str
) -> None:
    """The sentence says what this version has."""
    with pytest.raises(UnknownScale) as unknown:
        catalogue.find(scale)
    assert str(unknown.value) == (
        f"There is no scale “{scale}” in this version. "
        "There are: five_feature, oms, oms5, sara, icars."
    )


def test_a_scale_more_is_one_file_more(tmp_path: Path) -> None:
    """A toy scale written beside the others is found, last in order, and scored."""
    toys = toy_catalogue(tmp_path)
    result = score(toys.find("toy"), sheet(hop=0, wave__right=1, wave__left=4))
    assert [found.id for found in toys.scoring][-1] == "toy"
    assert (str(result.total), str(result.subscores["arms"])) == ("2.5", "2.5")
    assert [question.text for question in result.questions] == [
        "Hopping is 0 and the left wave is 4: hops, yet naps. Is that right?"
    ]


def test_scales_of_one_order_stand_by_id(tmp_path: Path) -> None:
    """Two files with the same order still have one order."""
    folder = toy_folder(tmp_path, TOY.replace("order = 9", "order = 4"))
    assert [found.id for found in load_catalogue(folder).definitions][-3:] == [
        "sara",
        "toy",
        "icars",
    ]


def test_a_faulty_file_stops_the_catalogue(tmp_path: Path) -> None:
    """No scale is left out silently."""
    folder = toy_folder(tmp_path, TOY.replace("highest = 6", "highest = 7"))
    with pytest.raises(DefinitionError, match=r"toy\.toml"):
        load_catalogue(folder)


def test_the_questions_between_scales_cannot_be_left_out(tmp_path: Path) -> None:
    """A folder without across.toml is not a catalogue."""
    folder = toy_folder(tmp_path)
    (folder / "across.toml").unlink()
    with pytest.raises(DefinitionError, match=r"across\.toml cannot be used\. file: cannot be"):
        load_catalogue(folder)


ACROSS = (DEFINITIONS / "across.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('scale = "sara", ', 'scale = "bars", ', "question", "no scale “bars”"),
        (
            'scale = "oms", key = "gait"',
            'scale = "oms", key = "hop"',
            "question",
            "no item “hop”",
        ),
        ("levels = [6, 7, 8]", "levels = [9]", "question", "“gait” has no level 9"),
        ("levels = [6, 7, 8]", "levels = []", "question", "“gait” needs a level"),
        (
            'id = "oms_gait_severe_sara_gait_normal"',
            'id = "oms_gait_normal_sara_gait_severe"',
            "question",
            "“oms_gait_normal_sara_gait_severe” stands twice",
        ),
        ("[[question]]\n", "[[questions]]\n", "file", "unknown field `questions`"),
        ('{ scale = "sara", ', "{ ", "question", "no scale “”"),
    ],
)
def test_a_fault_between_scales_stops_with_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    """Every question between scales is checked against both scales."""
    folder = toy_folder(tmp_path)
    (folder / "across.toml").write_text(ACROSS.replace(old, new), "utf-8")
    with pytest.raises(DefinitionError) as error:
        load_catalogue(folder)
    assert error.value.values["file"] == "across.toml"
    assert str(error.value.values["key"]).startswith(key)
    assert reason in str(error.value)
