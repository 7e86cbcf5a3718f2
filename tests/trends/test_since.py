"""What one series did since a start: the rules of the published numbers, one by one."""

from decimal import Decimal

import pytest

from app.records.model import Treatment
from app.trends.model import DatedTotal, SinceStart
from app.trends.since import change_percent, is_first, trend_of
from tests.courses import AS_OF, CATALOGUE, record, step, totals, treatment, trend, when


def _since(by_day: dict[str, str], *treatments: Treatment, which: str = "ivig") -> SinceStart:
    found = trend(record(totals("oms", by_day), treatments)).since["oms"]
    return next(each for each in found if each.treatment.facts.treatment_id == which)


def _total(reading: DatedTotal | None) -> int | None:
    return None if reading is None else int(reading.total)


IVIG = treatment("ivig", "ivig", "2025-01-06")


def test_the_baseline_is_the_last_total_before_or_on_the_start() -> None:
    """A visit on the start date counts as before, whatever its time."""
    since = _since({"2025-01-01": "9", "2025-01-06": "11", "2025-01-07": "5"}, IVIG)
    assert (_total(since.baseline), since.baseline and since.baseline.day) == (11, 0)


@pytest.mark.parametrize(("day", "found"), [("2024-12-07", 9), ("2024-12-06", None)])
def test_the_baseline_is_at_most_thirty_days_old(day: str, found: int | None) -> None:
    """On the thirtieth day before it counts, on the thirty-first no more."""
    assert _total(_since({day: "9"}, IVIG).baseline) == found


def test_how_old_a_baseline_may_be_is_a_setting() -> None:
    """A unit that looks back further finds an older one."""
    made = record(totals("oms", {"2024-10-01": "9"}), [IVIG])
    assert trend_of(made, CATALOGUE, AS_OF, 120).since["oms"][0].baseline is not None


@pytest.mark.parametrize(
    ("start", "visit", "found"),
    [
        ("2025-01", "2025-01", 9),
        ("2025-01", "2025-01-05", None),
        ("2025-01-20", "2025-01", None),
        ("2025-02", "2025-01-31", 9),
        ("2025-02-01", "2025-01", None),
        ("2025-01-31", "2025-01-31", 9),
        ("2025", "2025", None),
    ],
)
def test_short_dates_are_whole_periods(start: str, visit: str, found: int | None) -> None:
    """Before, on and near hold only where every day of both periods agrees."""
    since = _since({visit: "9"}, treatment("ivig", "ivig", start))
    assert _total(since.baseline) == found
    assert since.last is None


def test_a_month_is_after_a_day_of_the_month_before() -> None:
    """A period that begins later than the start's ends is after it, without a day count."""
    since = _since({"2025-02": "3"}, IVIG)
    assert since.last is not None
    assert (_total(since.last), since.last.day) == (3, None)


def test_first_lower_best_last_and_zero_are_four_visits() -> None:
    """Each is the one the words say, with its days after the start."""
    since = _since(
        {"2025-01-05": "11", "2025-01-08": "12", "2025-01-10": "8", "2025-01-20": "0",
         "2025-01-30": "0", "2025-03-01": "4"},
        IVIG,
    )  # fmt: skip
    readings = (since.first_lower, since.first_zero, since.best, since.last)
    assert [(_total(each), each.day) for each in readings if each] == [
        (8, 4), (0, 14), (0, 14), (4, 54),
    ]  # fmt: skip
    assert (since.change_percent, since.change_last_percent) == (
        Decimal("-100.0"),
        Decimal("-63.6"),
    )


def test_without_a_baseline_nothing_is_lower_and_nothing_changed() -> None:
    """Best and last still stand; per cent needs something to compare with."""
    since = _since({"2025-01-10": "8"}, IVIG)
    assert (since.first_lower, since.change_percent, _total(since.best)) == (None, None, 8)


def test_a_baseline_of_zero_has_no_percentage() -> None:
    """Nothing is divided by nothing."""
    since = _since({"2025-01-05": "0", "2025-01-10": "3"}, IVIG)
    assert (since.change_percent, since.change_last_percent) == (None, None)


def test_a_visit_without_a_total_takes_no_part() -> None:
    """It is neither baseline nor last."""
    since = _since(
        {"2025-01-04": "9", "2025-01-05": "", "2025-01-10": "8", "2025-01-11": ""}, IVIG
    )
    assert (_total(since.baseline), _total(since.last)) == (9, 8)


def test_a_later_start_does_not_cut_an_earlier_one() -> None:
    """The last total belongs to every start before it."""
    later = treatment("rtx", "rituximab", "2025-02-01")
    by_day = {"2025-01-05": "9", "2025-01-10": "8", "2025-03-01": "2"}
    assert _total(_since(by_day, IVIG, later).last) == 2


def test_entries_stand_by_start_then_id_and_need_a_start() -> None:
    """A treatment without a start is no entry."""
    treatments = [
        treatment("d", "clonazepam"),
        treatment("c", "ivig", "2025"),
        treatment("b", "ivig", "2025-01-01"),
        treatment("a", "ivig", "2025-01-01"),
    ]
    found = trend(record(totals("oms", {"2025-01-01": "1"}), treatments)).since["oms"]
    assert [each.treatment.facts.treatment_id for each in found] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("other", "within", "unknown"),
    [
        ("2025-01-20", ["o"], []),
        ("2024-12-23", ["o"], []),
        ("2025-01-21", [], []),
        ("2025-01", [], ["o"]),
        ("2024-12", [], ["o"]),
        ("2024", [], ["o"]),
        ("2025-02", [], []),
        ("", [], ["o"]),
    ],
)
def test_others_are_near_for_certain_or_possibly(
    other: str, within: list[str], unknown: list[str]
) -> None:
    """Fourteen days either side; a date that is not exact is never certain."""
    since = _since({"2025-01-01": "1"}, IVIG, treatment("o", "prednisolone", other))
    assert [each.facts.treatment_id for each in since.others_within_14_days] == within
    assert [each.facts.treatment_id for each in since.others_order_unknown] == unknown


@pytest.mark.parametrize(
    ("start", "stop", "dose", "unknown"),
    [
        ("", "2024-06-30", "", []),
        ("", "2024-12-22", "", []),
        ("", "2024-12-23", "", ["o"]),
        ("", "2024-12", "", ["o"]),
        ("", "2025-06-30", "", ["o"]),
        ("", "2025-06-30", "2024-06-30", []),
        ("", "", "2024-06", []),
        ("2024", "2024-06-30", "", []),
        ("2024", "2024-12-30", "", ["o"]),
        ("2024", "", "2024-06-30", []),
        ("2025", "", "2025-03-01", ["o"]),
    ],
)
def test_what_ended_or_was_given_long_before_cannot_have_begun_near(
    start: str, stop: str, dose: str, unknown: list[str]
) -> None:
    """None of a treatment is before its start, so its stop and its doses bound that."""
    steps = [step("2", "mg", "daily", dose)] if dose else []
    since = _since({"2025-01-01": "1"}, IVIG, treatment("o", "prednisolone", start, stop, *steps))
    assert [each.facts.treatment_id for each in since.others_order_unknown] == unknown
    assert since.others_within_14_days == ()


@pytest.mark.parametrize(
    ("start", "other", "first"),
    [
        ("2025-01-06", "2025-02-01", True),
        ("2025-01-06", "2024-12-01", False),
        ("2025-01-06", "", False),
        ("2025-01-06", "2025-01", False),
        ("2025-01-06", "2025-02", True),
        ("2025-01", "2025-01-06", False),
        ("2025-01", "2025-02-01", True),
        ("2025-01-06", "2025-01-06", True),
        ("", "2025-01-06", False),
    ],
)
def test_a_start_is_the_first_where_no_other_may_have_been_earlier(
    start: str, other: str, *, first: bool
) -> None:
    """Of the same agent; an unknown start may have been, whenever that treatment ended."""
    begun = treatment("a", "prednisolone", start)
    again = treatment("b", "prednisolone", other, "2025-06-30")
    assert is_first(begun, (begun, again, treatment("c", "ivig", "2024-01-01"))) is first


def test_from_a_short_start_a_full_one_is_only_possibly_near() -> None:
    """Two weeks from some day of a month are not two weeks from every day of it."""
    since = _since({"2025-01-01": "1"}, treatment("ivig", "ivig", "2025-01"),
                   treatment("o", "prednisolone", "2025-01-10"))  # fmt: skip
    assert (len(since.others_within_14_days), len(since.others_order_unknown)) == (0, 1)


@pytest.mark.parametrize(
    ("before", "then", "percent"),
    [("18", "7", "-61.1"), ("8", "7.5", "-6.3"), ("8", "8.5", "6.3"), ("16", "16", "0.0"),
     ("40", "39.99", "0.0")],
)  # fmt: skip
def test_per_cent_has_one_decimal_and_rounds_halves_away_from_zero(
    before: str, then: str, percent: str
) -> None:
    """A change too small to show is 0, never minus 0."""
    readings = [
        DatedTotal("", "", when("2025-01-01"), 0, Decimal(total), "1") for total in (before, then)
    ]
    assert str(change_percent(*readings)) == percent
