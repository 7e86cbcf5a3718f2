"""What a series did since a start, in words: what compares, what is missing, what is noise."""

import pytest

from app.language import words
from app.records.model import PatientRecord, Treatment
from app.trends.sentences import SinceWords, since_rows
from app.trends.since import trend_of
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    record,
    sheet,
    totals,
    treatment,
    trend,
    visit,
)

WORDS = words()
IVIG = treatment("ivig", "ivig", "2025-01-06")
NOISE = "\u22123.8 to +4 (between a live and a video rating, adults)."
SMALLEST = "1.5: the smallest change that mattered to adults."


def _since(made: PatientRecord, key: str = "oms") -> SinceWords:
    course = trend(made)
    (found,) = course.since[key]
    return since_rows(course, CATALOGUE, key, found, WORDS)


def _course(by_day: dict[str, str], *treatments: Treatment) -> PatientRecord:
    return record(totals("oms", by_day), treatments or (IVIG,))


def _rows(told: SinceWords) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.total, row.day, row.note) for row in told.rows]


@pytest.mark.parametrize(
    ("start", "by_day", "told"),
    [
        ("2025-01-06", {"2024-12-06": "12"}, "none in the 30 days before (12 on 6 Dec 2024)"),
        ("2025-01-20", {"2024-12": "12"}, "none certainly in the 30 days before (12 in Dec 2024)"),
        ("2025-02-06", {"2024-12": "12"}, "none in the 30 days before (12 in Dec 2024)"),
        (
            "2025-01",
            {"2024-12-06": "12"},
            "none certainly in the 30 days before (12 on 6 Dec 2024)",
        ),
        (
            "2025-01",
            {"2024-11-06": "9", "2025-01-02": "12"},
            "not known whether before or after the start",
        ),
        ("2025-01", {}, "none recorded"),
    ],
)
def test_why_no_total_stands_before_a_start_is_told(
    start: str, by_day: dict[str, str], told: str
) -> None:
    """One that is too old is named with its date; none is called missing that may be one."""
    made = _course({**by_day, "2025-03-01": "4"}, treatment("ivig", "ivig", start))
    assert _rows(_since(made))[0] == ("Before", "\u2013", told, "")


def test_how_far_back_a_start_looks_is_the_units_setting() -> None:
    """The words name the days that are set."""
    course = trend_of(_course({"2024-12-06": "12"}), CATALOGUE, AS_OF, 7)
    told = since_rows(course, CATALOGUE, "oms", course.since["oms"][0], WORDS)
    assert told.rows[0].day == "none in the 7 days before (12 on 6 Dec 2024)"


def test_totals_of_unknown_order_are_not_called_missing() -> None:
    """Both sides of a start of which only the month is known."""
    made = _course({"2025-01-02": "14", "2025-01-30": "9"}, treatment("ivig", "ivig", "2025-01"))
    unknown = "not known whether before or after the start"
    assert _rows(_since(made)) == [
        ("Before", "\u2013", unknown, ""), ("After", "\u2013", unknown, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("totals_since", "rows", "sentence"),
    [
        (
            ("5", "9", "12"),
            [("Before", "5", ""), ("Lowest", "9", "+80 %"), ("Last", "12", "+140 %")],
            "5 before; no total since is lower. The last is 12 on 1 Jun 2025.",
        ),
        (
            ("12", "12", "12"),
            [("Before", "12", ""), ("Lowest", "12", "0 %"), ("Last", "12", "0 %")],
            "12 before and 12 after; no change.",
        ),
        (
            ("12", "15", "12"),
            [("Before", "12", ""), ("Last", "12", "0 %")],
            "12 before; no total since is lower. The last is 12 on 1 Jun 2025.",
        ),
        (
            ("0", "0", "0"),
            [("Before", "0", ""), ("Lowest", "0", ""), ("Last", "0", "")],
            "0 before and 0 after; no change.",
        ),
        (
            ("0", "2", "0"),
            [("Before", "0", ""), ("Last", "0", "")],
            "0 before; no total since is lower. The last is 0 on 1 Jun 2025.",
        ),
        (
            ("12", "11", "12"),
            [("Before", "12", ""), ("First lower", "11", ""), ("Best", "11", "\u22128.3 %"),
             ("Last", "12", "0 %")],
            "12 to 11, 54 days after the first IVIg. The last is 12 on 1 Jun 2025.",
        ),
    ],
)  # fmt: skip
def test_what_is_no_lower_than_before_is_not_called_best(
    totals_since: tuple[str, str, str], rows: list[tuple[str, str, str]], sentence: str
) -> None:
    """Nor is a zero the first one where it was 0 already."""
    days = ("2025-01-05", "2025-03-01", "2025-06-01")
    told = _since(_course(dict(zip(days, totals_since, strict=True))))
    assert [(row.label, row.total, row.note) for row in told.rows] == rows
    assert told.sentence == sentence


def _versions(by_day: dict[str, str], *versions: str, scale: str = "oms") -> PatientRecord:
    made = [
        replace(each, sheets=(replace(each.sheets[0], version=version),)) if version else each
        for each, version in zip(totals(scale, by_day), versions, strict=True)
    ]
    return record(made, [IVIG], birth="1980-01-01")


_THREE = {"2025-01-05": "15", "2025-03-01": "6", "2025-06-01": "10"}
_NOT_KNOWN = "It is not known whether totals of another version of the scale compare."


@pytest.mark.parametrize(
    ("versions", "rows", "sentence"),
    [
        (
            ("0.5", "0.5", ""),
            [
                ("First lower", "6", ""),
                ("Best", "6", "\u221260 %"),
                ("Last", "10", "another version"),
            ],
            (
                "15 to 6, 54 days after the first IVIg. "
                "The last is 10 on 1 Jun 2025, in another version of the scale."
            ),
        ),
        (
            ("0.5", "", ""),
            [("Best", "6", "another version"), ("Last", "10", "another version")],
            (
                "15 before; since then 6 on 1 Mar 2025, in another version of the scale. "
                "The last is 10 on 1 Jun 2025, in another version of the scale."
            ),
        ),
        (
            ("", "0.5", ""),
            [("Best", "6", "another version"), ("Last", "10", "\u221233.3 %")],
            (
                "15 before; since then 6 on 1 Mar 2025, in another version of the scale. "
                "The last is 10 on 1 Jun 2025."
            ),
        ),
    ],
)
def test_a_total_of_another_version_is_called_that_and_no_change_to_it_told(
    versions: tuple[str, ...], rows: list[tuple[str, str, str]], sentence: str
) -> None:
    """In the rows, in the sentence, and once more as a caution."""
    told = _since(_versions(_THREE, *versions))
    assert [(row.label, row.total, row.note) for row in told.rows[1:]] == rows
    assert (told.sentence, told.cautions) == (sentence, (_NOT_KNOWN,))


def test_without_a_total_before_the_best_compares_with_the_last() -> None:
    """Of two versions after a start neither is known to be the lower."""
    told = _since(_versions({"2025-03-01": "6", "2025-06-01": "10"}, "0.5", ""))
    assert [(row.label, row.note) for row in told.rows[1:]] == [
        ("Best", "another version"), ("Last", ""),
    ]  # fmt: skip
    assert (told.sentence, told.noise, told.cautions) == ("", "", (_NOT_KNOWN,))


def test_one_other_version_alone_is_told_once() -> None:
    """Best and last in one; the same number is no lack of change."""
    told = _since(_versions({"2025-01-05": "6", "2025-03-01": "6"}, "0.5", ""))
    assert (
        told.sentence == "6 before; since then 6 on 1 Mar 2025, in another version of the scale."
    )
    later = _since(
        _versions({"2025-01-05": "6", "2025-03-01": "6", "2025-06-01": "6"}, "", "", "0")
    )
    assert later.sentence == (
        "6 before; no total since is lower. "
        "The last is 6 on 1 Jun 2025, in another version of the scale."
    )


def test_noise_is_said_of_totals_that_compare_alone() -> None:
    """A change between two versions is none, so it is within nothing."""
    by_day = {"2025-01-05": "12", "2025-03-01": "9", "2025-06-01": "11"}
    assert _since(_versions(by_day, "", "", "0", scale="sara"), "sara").noise == (
        f"The change to the best is within measurement noise: {NOISE} {SMALLEST}"
    )
    assert _since(_versions(by_day, "0", "", "", scale="sara"), "sara").noise == ""


@pytest.mark.parametrize(
    ("best", "last", "told"),
    [
        ("9", "17", "The change to the best is within measurement noise"),
        ("6", "11", "The change to the last total is within measurement noise"),
        (
            "9",
            "11",
            "The changes to the best and to the last total are within measurement noise",
        ),
        ("6", "17", "Measurement noise"),
        ("12", "17", "Measurement noise"),
    ],
)
def test_noise_is_said_of_the_best_as_of_the_last(best: str, last: str, told: str) -> None:
    """A best within it is no certain fall, whatever came later; what did not change is not."""
    by_day = {"2025-01-05": "12", "2025-03-01": best, "2025-06-01": last}
    made = record(totals("sara", by_day), [IVIG], birth="1980-01-01")
    assert _since(made, "sara").noise == f"{told}: {NOISE} {SMALLEST}"


def test_a_visit_without_the_scale_is_no_visit_of_the_change() -> None:
    """The change is that of the last total, whose visit is not the last."""
    visits = totals("sara", {"2025-01-02": "12", "2025-03-01": "9"})
    after = visit("2025-07-01", sheet("five_feature", "11111"))
    made = record((*visits, after), [IVIG], birth="1980-01-01")
    told = f"The change to the last total is within measurement noise: {NOISE} {SMALLEST}"
    assert _since(made, "sara").noise == told
