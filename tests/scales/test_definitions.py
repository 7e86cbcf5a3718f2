"""The shipped scales say what is known about them, and nothing that is not."""

from decimal import Decimal

import pytest

from scales.catalogue import Catalogue
from scales.model import Combine, Verified

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


@pytest.mark.parametrize("scale", ["five_feature", "oms", "sara"])
def test_a_child_who_does_not_walk_yet_has_a_reason_ready(
    catalogue: Catalogue, scale: str
) -> None:
    """Not testable is one tap where it is common."""
    assert "not yet walking" in catalogue.find(scale).item("gait").reasons


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
        "oms": "10.1542/peds.2004-2377",
        "oms5": "10.1542/peds.2004-2377",
        "sara": "16769946",
        "icars": "9094050",
    }
    assert all(found.licence for found in catalogue.definitions)
