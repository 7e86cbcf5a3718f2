"""The shipped scales say what is known about them, and nothing that is not."""

from decimal import Decimal

import pytest

from scales.catalogue import Catalogue
from scales.model import Combine, Key, Verified

UNCHECKED = (
    "criteria in our own words, not yet checked against the paper; "
    "check the original before clinical use"
)


@pytest.mark.parametrize(
    ("scale", "lowest", "highest", "step", "parts"),
    [
        ("five_feature", 0, 15, "1", {"without_gait": 12}),
        ("oms", 0, 18, "1", {"without_speech": 15}),
        ("oms5", 0, 15, "1", {}),
        ("sara", 0, 40, "0.5", {"gait_posture": 18, "kinetic": 16, "speech": 6}),
        ("icars", 0, 100, "1", {"posture_gait": 34, "kinetic": 52, "speech": 8, "oculomotor": 6}),
    ],
)
def test_ranges_steps_and_subscores(
    catalogue: Catalogue, scale: str, lowest: int, highest: int, step: str, parts: dict[str, int]
) -> None:
    """Every range, step and subscore is the published one."""
    found = catalogue.find(scale)
    assert (found.lowest, found.highest) == (Decimal(lowest), Decimal(highest))
    assert found.step == Decimal(step)
    assert [part.id for part in found.subscores] == list(parts)
    assert [int(part.highest) for part in found.subscores] == list(parts.values())
    assert all(part.lowest == 0 for part in found.subscores)


def test_what_was_checked_against_the_papers(catalogue: Catalogue) -> None:
    """Only SARA is verified as a whole, and three items of ICARS."""
    verified = {found.id: found.verified for found in catalogue.definitions}
    assert verified == {
        "five_feature": Verified.OWN,
        "oms": Verified.NO,
        "oms5": Verified.NO,
        "sara": Verified.YES,
        "icars": Verified.NO,
    }
    checked = [item.id for item in catalogue.find("icars").items if item.verified]
    assert checked == ["walking", "gait_speed", "standing"]
    assert not any(item.verified for item in catalogue.find("oms").items)


def test_the_caution_that_stands_with_a_total(catalogue: Catalogue) -> None:
    """The bedside sheet and the unchecked scales say so in one sentence; SARA needs none."""
    assert {found.id: found.caution for found in catalogue.definitions} == {
        "five_feature": "bedside sheet of this app, not a validated scale",
        "oms": UNCHECKED,
        "oms5": UNCHECKED,
        "sara": "",
        "icars": UNCHECKED,
    }


def test_noise_is_stated_for_adults_with_sara_only(catalogue: Catalogue) -> None:
    """No measurement error is made up for another scale or for children."""
    with_noise = [found.id for found in catalogue.definitions if found.noise]
    with_change = [found.id for found in catalogue.definitions if found.smallest_change]
    assert with_noise == with_change == ["sara"]
    (noise,), (change,) = catalogue.find("sara").noise, catalogue.find("sara").smallest_change
    assert (noise.low, noise.high, noise.from_age) == (Decimal("-3.8"), Decimal("4.0"), 18)
    assert noise.label == "between a live and a video rating, adults"
    assert (change.value, change.from_age) == (Decimal("1.5"), 18)
    assert change.label == "the smallest change that mattered to adults"


def test_two_age_marks_and_no_curve(catalogue: Catalogue) -> None:
    """SARA has the two published marks of typical children; no other scale has any."""
    assert [found.id for found in catalogue.definitions if found.age_marks] == ["sara"]
    marks = [
        (mark.age, str(mark.median), str(mark.low), str(mark.high))
        for mark in catalogue.find("sara").age_marks
    ]
    assert marks == [(4, "5", "1.5", "7.0"), (12, "0", "0", "1.0")]


def test_sides_are_averaged_by_sara_and_added_by_icars(catalogue: Catalogue) -> None:
    """Four limb items and six."""
    sides = {
        scale: {item.id for item in catalogue.find(scale).items if item.combine is combine}
        for scale, combine in (("sara", Combine.MEAN), ("icars", Combine.SUM))
    }
    assert sides == {
        "sara": {"finger_chase", "nose_finger", "fahm", "heel_shin"},
        "icars": {
            "heel_shin",
            "heel_knee_tremor",
            "finger_nose",
            "finger_nose_tremor",
            "finger_finger",
            "pronation",
        },
    }


def test_the_bedside_sheet_speaks_to_families(catalogue: Catalogue) -> None:
    """Its five items and all their levels have plain words."""
    sheet = catalogue.find("five_feature")
    assert [item.plain for item in sheet.items] == [
        "Eye movements",
        "Jerks",
        "Walking",
        "Sleep",
        "Mood",
    ]
    assert all(level.plain for item in sheet.items for level in item.levels)


@pytest.mark.parametrize(
    ("scale", "item", "reason"),
    [
        ("five_feature", "gait", "never_walked"),
        ("oms", "gait", "never_walked"),
        ("oms", "stance", "never_stood"),
        ("oms", "speech", "never_talked"),
        ("sara", "gait", "never_walked"),
        ("sara", "stance", "never_stood"),
        ("sara", "speech", "never_talked"),
        ("icars", "walking", "never_walked"),
        ("icars", "standing", "never_stood"),
        ("icars", "speech_clarity", "never_talked"),
    ],
)
def test_what_a_child_never_did_is_one_tap_and_lost_is_a_level(
    catalogue: Catalogue, scale: str, item: str, reason: str
) -> None:
    """The reason speaks of before the illness too, and an earlier level contradicts it."""
    definition = catalogue.find(scale)
    assert reason in definition.item(item).reasons
    (rule,) = [each for each in definition.never if each.key == Key(item)]
    assert rule.reason == reason
    assert "before the illness either" in rule.sentence


def test_no_reason_says_that_something_is_not_there_yet(catalogue: Catalogue) -> None:
    """“Not yet” fits a child who lost walking as well, and hides the worst level."""
    reasons = {
        reason
        for found in catalogue.definitions
        for item in found.items
        for reason in item.reasons
    }
    assert [reason for reason in reasons if "yet" in reason] == []


def test_the_bedside_sheet_compares_with_what_is_usual(catalogue: Catalogue) -> None:
    """An infant who always woke twice has sleep 0."""
    item = catalogue.find("five_feature").item("sleep")
    assert [level.criterion for level in item.levels[:2]] == [
        "as usual for this person",
        "harder to settle than usual, or one or two wakings more than usual",
    ]


@pytest.mark.parametrize(
    ("scale", "item", "level", "told"),
    [
        ("sara", "fahm", 2, "movements hard to tell apart or clearly interrupted, still in less"),
        ("sara", "fahm", 3, "movements hard to tell apart or clearly interrupted, in more than"),
        ("icars", "walking", 8, "Cannot walk, even with a person's help."),
        ("icars", "standing", 6, "Cannot stand, even with strong support of both arms."),
        ("five_feature", "opsoclonus", 0, "none when fixing, following or shifting the gaze"),
    ],
)
def test_a_criterion_says_all_that_its_source_says(
    catalogue: Catalogue, scale: str, item: str, level: int, told: str
) -> None:
    """What was found missing when the scales were held against more sources."""
    assert told in catalogue.find(scale).item(item).levels[level].criterion


@pytest.mark.parametrize(
    ("scale", "item", "told"),
    [
        ("sara", "gait", "in tandem, heel to toe, without support"),
        ("sara", "stance", "feet together (parallel, big toes touching)"),
        ("sara", "stance", "tandem (on one line, no gap between heel and toe)"),
        ("icars", "walking", "Walk 10 m close to a wall"),
        ("icars", "standing", "if that fails in tandem, if that fails with feet together"),
    ],
)
def test_a_test_is_set_up_as_its_source_says(
    catalogue: Catalogue, scale: str, item: str, told: str
) -> None:
    """Two raters do the same thing."""
    assert told in catalogue.find(scale).item(item).how_to_test


def test_the_notes_of_the_scales_tell_ranges_and_reliability(catalogue: Catalogue) -> None:
    """The two age marks are ranges, and how well raters of ICARS agreed is told."""
    sara = " ".join(catalogue.find("sara").remarks)
    assert "at 4 years the median was 5 (range 1.5 to 7.0)" in sara
    assert "at 12 years 0 (range 0 to 1.0)" in sara
    icars = " ".join(catalogue.find("icars").remarks)
    assert "retest 0.97, between raters 0.95" in icars
    assert "alpha 0.316" in icars


def test_what_was_not_found_is_not_called_unpublished(catalogue: Catalogue) -> None:
    """Some of it is published, only not where it could be read."""
    remarks = [remark for found in catalogue.definitions for remark in found.remarks]
    assert [remark for remark in remarks if "published" in remark] == []


def test_what_a_person_never_did_is_asked_for_walking_standing_and_speech_only(
    catalogue: Catalogue,
) -> None:
    """Three questions of each published scale with items, one of the bedside sheet."""
    assert {found.id: len(found.never) for found in catalogue.definitions} == {
        "five_feature": 1,
        "oms": 3,
        "oms5": 0,
        "sara": 3,
        "icars": 3,
    }


def test_clearer_words_are_a_new_version_on_the_same_line(catalogue: Catalogue) -> None:
    """Every scale was reworded; totals of both versions compare."""
    for found in catalogue.definitions:
        assert (found.version, found.continues) == ("2", ("1",))
        assert found.compares("1", "2")
        assert not found.compares("2", "3")
        assert found.compares("3", "3")


def test_labels_are_short(catalogue: Catalogue) -> None:
    """A level's label fits beside a number: five words at most."""
    long = [
        (found.id, item.id, level.label)
        for found in catalogue.definitions
        for item in found.items
        for level in item.levels
        if len(level.label.split()) > 5
    ]
    assert long == []


def test_every_scale_names_its_source_and_licence(catalogue: Catalogue) -> None:
    """A reader can find the paper."""
    sources = {found.id: found.source.doi or found.source.pmid for found in catalogue.definitions}
    assert sources == {
        "five_feature": "",
        "oms": "",
        "oms5": "",
        "sara": "16769946",
        "icars": "10.1016/S0022-510X(96)00231-6",
    }
    for scale in ("oms", "oms5"):
        citation = catalogue.find(scale).source.citation
        assert citation == "Scale by Mitchell and Pike; source paper not yet confirmed"
    assert all(found.licence for found in catalogue.definitions)
