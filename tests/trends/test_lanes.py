"""Treatment lanes: bars, dose steps and single doses, what compares, and what is not exact."""

from datetime import date

import pytest

from app.language import words
from app.records.model import DoseStep, PatientRecord
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Bar, Lane
from app.trends.lanes import EQUAL_HEIGHT, THREAD_HEIGHT
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    record,
    step,
    totals,
    treatment,
    trend,
    typed,
    visit,
    weight,
    when,
)

WORDS = words()


def _lanes(made: PatientRecord, as_of: date = AS_OF, *, is_simple: bool = False) -> list[Lane]:
    options = FigureOptions(is_simple=is_simple)
    return list(compose(trend(made, as_of), CATALOGUE, WORDS, options).lanes)


def _day(text: str) -> float:
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days)


def _spans(bars: tuple[Bar, ...]) -> list[tuple[float, float, float]]:
    return [(bar.start, bar.stop, round(bar.height, 3)) for bar in bars]


def test_treatments_of_one_agent_share_a_lane_and_classes_have_an_order() -> None:
    """Immunoglobulin first, then steroid, then what treats symptoms."""
    made = record([], [
        treatment("d", "trazodone", "2025-01-01"), treatment("a", "prednisolone", "2025-01-01"),
        treatment("b", "ivig", "2025-03-01"), treatment("c", "ivig", "2025-02-01"),
    ])  # fmt: skip
    lanes = _lanes(made)
    assert [(lane.label, len(lane.bars)) for lane in lanes] == [
        ("IVIg", 2), ("Prednisolone", 1), ("Trazodone", 1),
    ]  # fmt: skip
    assert lanes[0].colour == "class_immunoglobulin"


def test_what_is_not_in_the_list_has_a_lane_for_each_name() -> None:
    """The note names it; without one it is another treatment."""
    made = record([], [
        treatment("a", "other", "2025-01-01", note="Ketogenic diet"),
        treatment("b", "other", "2025-02-01", note="ketogenic diet "),
        treatment("c", "other", "2025-03-01"),
    ])  # fmt: skip
    assert [(lane.label, len(lane.bars)) for lane in _lanes(made)] == [
        ("Ketogenic diet", 2), ("Other", 1),
    ]  # fmt: skip
    assert _lanes(made, is_simple=True)[0].label == "Ketogenic diet"


def test_a_bar_lasts_until_the_end_of_its_last_day() -> None:
    """A treatment from the first to the third fills three days."""
    bar = _lanes(record([], [treatment("a", "ivig", "2025-01-01", "2025-01-03")]))[0].bars[0]
    assert (bar.start, bar.stop) == (_day("2025-01-01"), _day("2025-01-04"))
    assert (bar.soft_start, bar.soft_stop, bar.is_running) == (False, False, False)
    assert bar.words == "IVIg\n1 Jan 2025 to 3 Jan 2025"


def test_dose_steps_compare_where_unit_and_frequency_agree() -> None:
    """Heights are shares of the lane's highest dose; in a pause only the thin bar is left."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-31",
        step("2", "mg/kg", "daily", "2025-01-01", "2025-01-31"),
        step("0.5", "mg/kg", "daily", "2025-02-01", "2025-02-28"),
        step("0", "mg/kg", "daily", "2025-03-01", "2025-03-31"),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert [bar.height for bar in lane.bars] == [THREAD_HEIGHT, 1.0, 0.25, 0.0]
    assert lane.words == "2 mg/kg daily, then 0.5 mg/kg, then paused"


@pytest.mark.parametrize(
    ("unit", "frequency", "note"),
    [("mg", "daily", ""), ("mg/kg", "weekly", ""), ("mg/kg", "other", "at night")],
)
def test_doses_that_do_not_compare_have_equal_heights_and_stand_in_words(
    unit: str, frequency: str, note: str
) -> None:
    """Milligrams beside milligrams per kilogram are not taller or lower."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-02-28",
        step("2", "mg/kg", "daily", "2025-01-01", "2025-01-31"),
        step("5", unit, frequency, "2025-02-01", "2025-02-28", note),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert {bar.height for bar in lane.bars} == {EQUAL_HEIGHT}
    assert lane.words.startswith("2 mg/kg daily; 5 ")


def test_a_treatment_that_is_only_paused_has_its_thin_bar() -> None:
    """Nothing is divided by nothing, and nothing is drawn as if it were given."""
    only = step("0", "mg", "daily", "2025-01-01", "2025-01-31")
    made = record([], [treatment("a", "prednisolone", "2025-01-01", "2025-01-31", only)])
    assert [bar.height for bar in _lanes(made)[0].bars] == [THREAD_HEIGHT, 0.0]


def test_a_dose_in_another_unit_or_rhythm_flattens_nothing_else() -> None:
    """A pulse of 500 mg has the fixed height; 20 and 10 mg daily still compare."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-31",
        step("20", "mg", "daily", "2025-01-01"), step("500", "mg", "once", "2025-01-10"),
        step("10", "mg", "daily", "2025-02-01"),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert _spans(lane.bars) == [
        (_day("2025-01-01"), _day("2025-02-01"), 1.0),
        (_day("2025-02-01"), _day("2025-04-01"), 0.5),
        (_day("2025-01-10") + 0.5, _day("2025-01-10") + 0.5, EQUAL_HEIGHT),
    ]
    assert lane.words == "20 mg daily, then 10 mg · 500 mg once"


def test_doses_meant_each_time_and_a_day_in_all_do_not_compare() -> None:
    """20 mg each time, twice a day, are 40 mg."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-31",
        step("20", "mg", "twice_daily", "2025-01-01", per="dose"),
        step("40", "mg", "twice_daily", "2025-02-01", per="day"),
    )])  # fmt: skip
    assert {bar.height for bar in _lanes(made)[0].bars} == {EQUAL_HEIGHT}


def test_a_step_without_a_stop_lasts_until_the_next_or_until_today() -> None:
    """The last one runs on, as the treatment does, and only it is told “since” its start."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-12-01", "",
        step("2", "mg", "daily", "2025-12-01"), step("1", "mg", "daily", "2026-01-01"),
    )])  # fmt: skip
    bars = _lanes(made)[0].bars
    assert _spans(bars) == [
        (_day("2025-12-01"), _day("2026-01-01"), 1.0),
        (_day("2026-01-01"), _day("2026-01-29"), 0.5),
    ]
    assert [bar.is_running for bar in bars] == [False, True]
    assert [bar.words for bar in bars] == [
        "Prednisolone 2 mg daily\n1 Dec 2025 to 31 Dec 2025",
        "Prednisolone 1 mg daily\nsince 1 Jan 2026",
    ]


def test_steps_that_name_the_same_day_meet_on_it() -> None:
    """A step that ends on the day the next begins is not drawn over it."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-01",
        step("2", "mg", "daily", "2025-01-01", "2025-02-01"),
        step("1", "mg", "daily", "2025-02-01", "2025-03-01"),
    )])  # fmt: skip
    bars = _lanes(made)[0].bars
    assert bars[0].stop == bars[1].start


@pytest.mark.parametrize(("together", "until"), [("", "2025-02-01"), ("a", "2025-02-21")])
def test_steps_overlap_only_where_they_are_given_together(together: str, until: str) -> None:
    """Any other step ends the one before it, whatever its own row says."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-01",
        step("2", "mg", "daily", "2025-01-01", "2025-02-20", together=together),
        step("1", "mg", "daily", "2025-02-01", "2025-03-01", together=together),
    )])  # fmt: skip
    assert _lanes(made)[0].bars[0].stop == _day(until)


def test_nothing_is_drawn_after_the_stop() -> None:
    """A dose step that a table left beyond it ends with its treatment, or is not there."""
    made = record([], [treatment(
        "a", "prednisolone", "2024-01-01", "2024-03-01",
        step("20", "mg", "daily", "2024-01-01", "2024-03-31"),
        step("10", "mg", "daily", "2024-04-01", "2024-06-30"),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert _spans(lane.bars) == [(_day("2024-01-01"), _day("2024-03-02"), 1.0)]
    assert lane.words == "20 mg daily"


def test_single_doses_are_ticks_over_a_thin_bar() -> None:
    """Each stands on its day; the thin bar says that the treatment lasted."""
    made = record([], [treatment(
        "a", "ivig", "2025-01-01", "2025-03-01",
        step("1", "g/kg", "once", "2025-02-01"), step("1", "g/kg", "once", "2025-01-01"),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert _spans(lane.bars) == [
        (_day("2025-01-01"), _day("2025-03-02"), THREAD_HEIGHT),
        (_day("2025-01-01") + 0.5, _day("2025-01-01") + 0.5, 1.0),
        (_day("2025-02-01") + 0.5, _day("2025-02-01") + 0.5, 1.0),
    ]
    assert lane.words == "1 g/kg × 2"
    assert lane.bars[1].words == "IVIg 1 g/kg once\n1 Jan 2025\nno weight recorded"


@pytest.mark.parametrize("is_simple", [False, True])
def test_what_is_given_or_done_once_ends_with_its_last_day(is_simple: bool) -> None:
    """Without a stop that is recorded, nothing is drawn as if it still ran."""
    made = record([], [
        treatment("t", "tumour_resection", "2024-12-12"),
        treatment(
            "r", "rituximab", "2024-01-10", "",
            step("375", "mg/m2", "once", "2024-01-10"), step("375", "mg/m2", "once", "2024-01-17"),
        ),
    ])  # fmt: skip
    drips, act = _lanes(made, is_simple=is_simple)
    assert not any(bar.is_running for lane in (drips, act) for bar in lane.bars)
    whole, *ticks = drips.bars
    assert (whole.start, whole.stop) == (_day("2024-01-10"), _day("2024-01-18"))
    assert whole.words == "Rituximab\nfrom 10 Jan 2024, last dose 17 Jan 2024, no stop recorded"
    assert len(ticks) == (0 if is_simple else 2)
    assert _spans(act.bars) == [(_day("2024-12-12"), _day("2024-12-13"), EQUAL_HEIGHT)]
    assert act.bars[0].words == "Resection\n12 Dec 2024"


def test_single_doses_of_which_one_lies_ahead_go_on() -> None:
    """The thin bar has its arrow: more is planned."""
    made = record([], [treatment(
        "a", "ivig", "2025-01-01", "",
        step("1", "g/kg", "once", "2025-01-01"), step("1", "g/kg", "once", "2026-03-01"),
    )])  # fmt: skip
    assert [bar.is_running for bar in _lanes(made)[0].bars] == [True, False, False]


def test_one_dose_on_one_day_needs_no_thin_bar() -> None:
    """A single infusion is one tick; where only the treatment is dated, on its day."""
    once = step("1", "g/kg", "once")
    lane = _lanes(record([], [treatment("a", "ivig", "2025-01-01", "2025-01-01", once)]))[0]
    assert _spans(lane.bars) == [(_day("2025-01-01") + 0.5, _day("2025-01-01") + 0.5, 1.0)]
    assert lane.words == "1 g/kg once"


def test_a_dose_whose_day_nobody_knows_is_in_words_only() -> None:
    """The treatment still has its bar."""
    once = step("1", "g/kg", "once")
    lane = _lanes(record([], [treatment("a", "ivig", "", "2025-01-01", once)]))[0]
    assert [(bar.height, bar.soft_start) for bar in lane.bars] == [(EQUAL_HEIGHT, True)]
    assert lane.words == "1 g/kg once"


def test_steps_that_leave_some_of_the_treatment_stand_over_a_thin_bar() -> None:
    """Before the first step, or in a gap, the treatment is known and the dose is not."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-01",
        step("1", "mg", "daily", "2025-01-10", "2025-03-01"),
    )])  # fmt: skip
    assert [bar.height for bar in _lanes(made)[0].bars] == [THREAD_HEIGHT, 1.0]


def test_a_treatment_without_a_start_comes_in_softly_from_the_left() -> None:
    """Its words say that the start is not recorded."""
    treatments = [treatment("a", "trazodone", "", "2025-02-01"), treatment("b", "melatonin")]
    made = record(totals("oms", {"2025-01-01": "3", "2025-03-01": "2"}), treatments)
    figure = compose(trend(made), CATALOGUE, WORDS)
    bar = figure.lanes[0].bars[0]
    assert (bar.start, bar.soft_start) == (figure.axis.lowest, True)
    assert bar.words == "Trazodone\nstart not recorded, to 1 Feb 2025"
    assert figure.lanes[1].bars[0].words == "Melatonin\nstart not recorded, still running"


def test_short_dates_have_soft_edges_in_the_middle_of_their_period() -> None:
    """Start and stop of a month each."""
    bar = _lanes(record([], [treatment("a", "ivig", "2025-01", "2025-03")]))[0].bars[0]
    assert (bar.start, bar.stop) == (_day("2025-01-01") + 15.5, _day("2025-03-01") + 15.5)
    assert (bar.soft_start, bar.soft_stop) == (True, True)


@pytest.mark.parametrize(
    ("start", "stop", "first", "last"),
    [
        ("2025-01", "2025-01", "2025-01-01", "2025-02-01"),
        ("2025", "2025-02", "2025-01-01", "2025-03-01"),
        ("2025-01-20", "2025-01", "2025-01-20", "2025-02-01"),
    ],
)
def test_short_dates_that_overlap_never_turn_round(
    start: str, stop: str, first: str, last: str
) -> None:
    """They are taken as far apart as they may be."""
    bar = _lanes(record([], [treatment("a", "ivig", start, stop)]))[0].bars[0]
    assert (bar.start, bar.stop) == (_day(first), _day(last))


def test_what_is_planned_is_hollow_behind_the_line_for_today() -> None:
    """It does not run, and room is left for it."""
    made = record([], [treatment("a", "ivig", "2026-02-10"), treatment("b", "scig", "2025-01-01")])
    figure = compose(trend(made), CATALOGUE, WORDS)
    running, planned = (
        lane.bars[0] for lane in sorted(figure.lanes, key=lambda one: one.label, reverse=True)
    )
    assert (planned.start, planned.stop) == (_day("2026-02-10"), figure.axis.highest)
    assert planned.stop - planned.start > 5
    assert (planned.is_planned, planned.is_running) == (True, False)
    assert (running.is_planned, running.is_running) == (False, True)
    assert planned.words == "IVIg\nplanned from 10 Feb 2026"
    assert [lane.words for lane in figure.lanes if lane.label == "IVIg"] == [
        "planned from 10 Feb 2026"
    ]
    assert figure.today is not None
    assert (figure.today.x, figure.today.label) == (_day("2026-01-29"), "28 Jan 2026")
    assert figure.today.behind == "planned \u203a"


def test_a_planned_stop_and_a_planned_step_are_hollow() -> None:
    """Up to the day the treatment is filled; its running dose meets the planned one."""
    made = record([], [
        treatment("a", "scig", "2026-01-01", "2026-03-31"),
        treatment(
            "b", "prednisolone", "2026-01-01", "",
            step("20", "mg", "daily", "2026-01-01"), step("10", "mg", "daily", "2026-02-10"),
            step("500", "mg", "once", "2026-02-20"),
        ),
    ])  # fmt: skip
    whole, taper = _lanes(made)
    today = _day("2026-01-29")
    assert [(bar.start, bar.stop, bar.is_planned) for bar in whole.bars] == [
        (_day("2026-01-01"), today, False), (today, _day("2026-04-01"), True),
    ]  # fmt: skip
    assert [(bar.start, bar.stop, bar.is_planned) for bar in taper.bars[:2]] == [
        (_day("2026-01-01"), today, False), (today, _day("2026-02-10"), True),
    ]  # fmt: skip
    assert [bar.is_planned for bar in taper.bars[2:]] == [True, True]
    assert not any(bar.is_running for bar in taper.bars)
    assert whole.words == "planned until 31 Mar 2026"
    assert taper.words == ("20 mg daily · planned from 10 Feb 2026: 10 mg daily · 500 mg once")


def test_a_short_date_that_reaches_beyond_today_is_not_planned() -> None:
    """Its period has begun: hollow would claim that it has not."""
    made = record(
        [], [treatment("a", "ivig", "2026"), treatment("b", "scig", "2025-12-01", "2026")]
    )
    for lane in _lanes(made):
        (bar,) = lane.bars
        assert (bar.is_planned, bar.stop) == (False, _day("2026-01-29"))


def test_of_a_pause_that_lies_ahead_nothing_is_drawn() -> None:
    """Hollow is what is going to be given; the words still tell it."""
    made = record([], [treatment(
        "a", "prednisolone", "2026-01-01", "",
        step("20", "mg", "daily", "2026-01-01"), step("0", "mg", "daily", "2026-01-20"),
        step("5", "mg", "daily", "2026-02-20"), step("0", "mg", "daily", "2026-03-20"),
    )])  # fmt: skip
    lane = _lanes(made)[0]
    assert [(bar.start, bar.stop) for bar in lane.bars if bar.is_planned] == [
        (_day("2026-02-20"), _day("2026-03-20"))
    ]
    assert lane.bars[2].stop == _day("2026-01-29")
    assert lane.words == (
        "paused since 20 Jan 2026"
        " · 20 mg daily, then paused · planned from 20 Feb 2026: 5 mg daily, then paused"
    )


def test_a_paused_treatment_does_not_run() -> None:
    """No arrow; its words say since when."""
    made = record(
        [],
        [
            treatment(
                "a",
                "prednisolone",
                "2025-12-01",
                "",
                step("20", "mg", "daily", "2025-12-01"),
                step("0", "mg", "daily", "2026-01-10", note="fever"),
            )
        ],
    )
    bars = _lanes(made)[0].bars
    assert not any(bar.is_running for bar in bars)
    assert bars[0].words == "Prednisolone\nsince 1 Dec 2025, paused since 10 Jan 2026"
    assert _lanes(made)[0].words == "paused since 10 Jan 2026 · 20 mg daily, then paused (fever)"
    assert bars[-1].words == "Prednisolone paused (fever)\nsince 10 Jan 2026"


@pytest.mark.parametrize(
    ("pauses", "spans"),
    [
        (
            [("2025-12-10", "2025-12-19")],
            [("2025-12-01", "2025-12-10"), ("2025-12-20", "2026-01-29")],
        ),
        ([("2026-01-10", "")], [("2025-12-01", "2026-01-10")]),
        ([("2025-12-01", "2025-12-09")], [("2025-12-10", "2026-01-29")]),
        ([("2026-02-10", "")], [("2025-12-01", "2026-01-29")]),
    ],
)
def test_the_familys_bar_has_a_gap_where_it_was_paused(
    pauses: list[tuple[str, str]], spans: list[tuple[str, str]]
) -> None:
    """A pause that is only planned leaves none."""
    steps = [step("0", "mg", "daily", *pause) for pause in pauses]
    made = record([], [treatment("a", "prednisolone", "2025-12-01", "", *steps)])
    bars = _lanes(made, is_simple=True)[0].bars
    assert [(bar.start, bar.stop) for bar in bars] == [(_day(a), _day(b)) for a, b in spans]


def test_the_familys_lanes_have_whole_bars_and_no_doses() -> None:
    """Dates only."""
    made = record([], [treatment(
        "a", "prednisolone", "2025-01-01", "2025-03-01",
        step("2", "mg/kg", "daily", "2025-01-01", "2025-02-01"),
        step("1", "mg/kg", "daily", "2025-02-01", "2025-03-01"),
    )])  # fmt: skip
    made = replace(made, measures=(weight("2025-01-01", "12.5"),))
    lane = _lanes(made, is_simple=True)[0]
    assert (lane.words, [bar.height for bar in lane.bars]) == ("", [EQUAL_HEIGHT])
    assert lane.bars[0].words == "Prednisolone\n1 Jan 2025 to 1 Mar 2025"


def test_the_last_weight_stands_in_the_words_of_a_bar() -> None:
    """By its start for what was given, by the day for what runs; none beside a pause or in mg."""
    made = record([], [
        treatment(
            "a", "ivig", "2025-01-01", "",
            step("2", "g/kg", "once", "2025-01-01"), step("1", "g/kg", "monthly", "2025-02-01"),
        ),
        treatment(
            "b", "prednisolone", "2025-01-01", "",
            step("2", "mg/kg", "daily", "2025-01-01"), step("0", "mg/kg", "", "2025-02-01"),
        ),
        treatment("c", "trazodone", "2025-01-01", "", step("25", "mg", "daily", "2025-01-01")),
    ])  # fmt: skip
    weights = (weight("2025-01-01", "12.5"), weight("2026-01-05", "14.2"))
    ivig, prednisolone, trazodone = _lanes(replace(made, measures=weights))
    assert [bar.words for bar in ivig.bars] == [
        "IVIg\nsince 1 Jan 2025",
        "IVIg 1 g/kg monthly\nsince 1 Feb 2025\nlast weight 14.2 kg, 5 Jan 2026",
        "IVIg 2 g/kg once\n1 Jan 2025\nlast weight 12.5 kg, 1 Jan 2025",
    ]
    assert [bar.words for bar in prednisolone.bars[-2:]] == [
        "Prednisolone 2 mg/kg daily\n1 Jan 2025 to 31 Jan 2025\nlast weight 12.5 kg, 1 Jan 2025",
        "Prednisolone paused\nsince 1 Feb 2025",
    ]
    assert trazodone.bars[0].words == "Trazodone 25 mg daily\nsince 1 Jan 2025"
    told = [lane.weight for lane in (ivig, prednisolone, trazodone)]
    assert told == ["last weight 14.2 kg, 5 Jan 2026", "", ""]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (step("2", "g/kg", "once", "2025-01-01"), ""),
        (step("2", "g/kg", "once", "2026-02-20"), "last weight 14.2 kg, 5 Jan 2026"),
        (step("1", "g/kg", "monthly", "2025-01-01", "2025-12-31"), ""),
        (step("1", "g/kg", "monthly", "2026-02-20"), "last weight 14.2 kg, 5 Jan 2026"),
    ],
)
def test_a_lane_has_the_last_weight_for_what_goes_on_or_is_planned(
    given: DoseStep, told: str
) -> None:
    """What is over, and a single dose that was given, is held against no weight of today."""
    made = record([], [treatment("a", "ivig", "2025-01-01", "", given)])
    weights = (weight("2025-01-01", "12.5"), weight("2026-01-05", "14.2"))
    (lane,) = _lanes(replace(made, measures=weights))
    assert lane.weight == told


def test_a_chart_of_an_earlier_day_knows_no_later_weight() -> None:
    """It tells the one by its own day, which is recent then, or that none is recorded."""
    made = record([], [
        treatment("a", "ivig", "2025-01-01", "", step("1", "g/kg", "monthly", "2025-01-01"))
    ])  # fmt: skip
    made = replace(made, measures=(weight("2025-03-01", "12.5"), weight("2026-01-05", "14.2")))
    for day, told in (
        ("2025-02-28", "no weight recorded"),
        ("2025-05-30", "last weight 12.5 kg, 1 Mar 2025"),
        ("2025-05-31", "no recent weight"),
        ("2026-01-28", "last weight 14.2 kg, 5 Jan 2026"),
    ):
        (lane,) = _lanes(made, date.fromisoformat(day))
        assert lane.bars[0].words.endswith(f"\n{told}")


def test_at_a_death_the_last_weight_is_the_one_of_then() -> None:
    """What ran up to the death is held against no weight that is too old for that day."""
    made = record([], [
        treatment("a", "ivig", "2025-01-01", "", step("1", "g/kg", "monthly", "2025-01-01"))
    ])  # fmt: skip
    facts = replace(made.patient.facts, status="died", status_date=when("2025-05-30"))
    made = replace(made, patient=replace(made.patient, facts=facts))
    (lane,) = _lanes(replace(made, measures=(weight("2025-03-01", "12.5"),)))
    assert lane.bars[0].words.endswith("\nlast weight 12.5 kg, 1 Mar 2025")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([("375", "mg/m2", "weekly")], "375 mg/m² weekly"),
        ([("2", "mg", "daily"), ("1", "mg", "daily")], "2 mg daily, then 1 mg"),
        ([("1", "session", "daily")], "1 session daily"),
        ([("5", "session", "once")], "5 sessions"),
        ([("2", "other", "other", "puffs")], "2 other unit (puffs)"),
        ([("2", "mg", "")], "2 mg"),
        (
            [("1", "mg", "daily"), ("2", "g", "daily"), ("3", "mg", "daily"), ("4", "g", "daily"),
             ("5", "g", "daily")],
            "1 mg daily; 2 g daily and 2 more, last 5 g daily",
        ),
        ([], ""),
    ],
)  # fmt: skip
def test_a_lane_tells_its_doses_in_a_few_words(steps: list[tuple[str, ...]], told: str) -> None:
    """As prescribed, nothing computed."""
    made_steps = [
        step(each[0], each[1], each[2], f"2025-01-{n + 1:02d}", note="".join(each[3:]))
        for n, each in enumerate(steps)
    ]
    made = record([], [treatment("a", "ivig", "2025-01-01", "2025-03-01", *made_steps)])
    assert _lanes(made)[0].words == told


def test_a_lane_tells_why_each_treatment_in_it_was_stopped() -> None:
    """With its day, beside the doses and over the bar; the family's figure tells none."""
    made = record([], [
        treatment("a", "ivig", "2025-01-01", "2025-03-01", step("1", "g/kg", "monthly"),
                  stop_reason="supply"),
        treatment("b", "ivig", "2025-05-01", "2025-06-01", stop_reason="side_effect"),
        treatment("c", "ivig", "2025-08-01", "2027-01-01", stop_reason="completed"),
    ])  # fmt: skip
    (lane,) = _lanes(made)
    assert lane.words == (
        "since 1 Aug 2025 · planned until 1 Jan 2027 · before: until 1 Jun 2025 (side effect); "
        "1 g/kg monthly, until 1 Mar 2025 (not available)"
    )
    told = "IVIg\n1 May 2025 to 1 Jun 2025 · reason for stopping: side effect"
    assert told in {bar.words for bar in lane.bars}
    (simple,) = _lanes(made, is_simple=True)
    assert not [bar for bar in simple.bars if "side effect" in bar.words]
    assert simple.words == ""


@pytest.mark.parametrize("died", ["2025-12-03", "2025-12"])
def test_after_a_death_nothing_runs_and_nothing_is_planned(died: str) -> None:
    """What has no stop ends with the day of the death, or its month; the axis ends there too."""
    made = record([visit("2025-11-20", typed("oms", "9"))], [
        treatment("a", "prednisolone", "2025-01-01", "",
                  step("20", "mg", "daily", "2025-01-01"), step("5", "mg", "daily", "2026-03-01")),
        treatment("b", "ivig", "2026-02-10"),
        treatment("c", "trazodone", "2025-02-01", "2026-03-01"),
    ])  # fmt: skip
    facts = replace(made.patient.facts, status="died", status_date=when(died))
    made = replace(made, patient=replace(made.patient, facts=facts))
    figure = compose(trend(made), CATALOGUE, WORDS)
    end = _day("2025-12-04") if died == "2025-12-03" else _day("2026-01-01")
    assert [(lane.label, lane.words) for lane in figure.lanes] == [
        ("Prednisolone", "20 mg daily"), ("Trazodone", ""),
    ]  # fmt: skip
    bars = [bar for lane in figure.lanes for bar in lane.bars]
    assert {(bar.stop, bar.is_running, bar.is_planned) for bar in bars} == {(end, False, False)}
    assert figure.today is None
    assert figure.axis.highest < _day("2026-01-28")


def test_before_a_death_the_course_is_told_as_ever() -> None:
    """A page that stands on an earlier day knows nothing of it."""
    made = record([], [treatment("a", "ivig", "2025-01-01"), treatment("b", "scig", "2026-02-10")])
    facts = replace(made.patient.facts, status="died", status_date=when("2026-01-29"))
    lanes = _lanes(replace(made, patient=replace(made.patient, facts=facts)))
    assert [(bar.is_running, bar.is_planned) for lane in lanes for bar in lane.bars] == [
        (True, False), (False, True),
    ]  # fmt: skip
