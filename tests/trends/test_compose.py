"""The figure: which panels, marks, bands, events and notes a chart shows, on which axis."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.errors import UserError
from app.language import words
from app.records.lists import code_list
from app.records.model import PatientRecord
from app.trends.compose import FigureOptions, axis_words, compose, context_of
from app.trends.figure import RELAPSE, AxisKind, Figure, MarkShape, Panel
from app.trends.sentences import last_words
from app.trends.span import Span
from scales.model import Key, NotTestable
from scales.score import score
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    child,
    event,
    published_case,
    record,
    sheet,
    totals,
    treatment,
    trend,
    typed,
    visit,
)

WORDS = words()


def _figure(made: PatientRecord, **options: Any) -> Figure:
    as_of = options.pop("as_of", AS_OF)
    return compose(trend(made, as_of), CATALOGUE, WORDS, FigureOptions(**options))


def _panel(made: PatientRecord, key: str = "oms", **options: Any) -> Panel:
    return next(panel for panel in _figure(made, **options).panels if panel.key == key)


def _day(text: str) -> float:
    return float((date.fromisoformat(text) - date(1970, 1, 1)).days)


def test_each_scale_is_one_panel_over_its_full_range() -> None:
    """The range is the scale's, whatever was scored; the words say that lower is better."""
    panel = _panel(record(totals("oms", {"2025-01-01": "3"})))
    assert (panel.lowest, panel.highest) == (Decimal(0), Decimal(18))
    assert (panel.title, panel.subtitle) == ("OMS scale", "0\u201318, lower is better")


def test_panels_stand_in_catalogue_order_and_subscores_only_on_request() -> None:
    """Five features first; a subscore shows where its key is asked for."""
    made = record([visit("2025-01-01", sheet("oms", "000000"), sheet("five_feature", "00000"))])
    assert [panel.key for panel in _figure(made).panels] == ["five_feature", "oms"]
    asked = _figure(made, keys=("oms.without_speech",)).panels
    assert [(panel.key, panel.title, panel.highest) for panel in asked] == [
        ("oms.without_speech", "OMS scale: Without speech", Decimal(15))
    ]


def test_a_scale_without_any_total_gives_way_to_its_subscores() -> None:
    """A child whose speech was never testable still has a line."""
    made = record([visit("2025-01-01", sheet("oms", "11111x"))])
    assert [panel.key for panel in _figure(made).panels] == ["oms.without_speech"]


def test_a_scale_without_any_number_keeps_its_panel() -> None:
    """Its visits still show as open marks."""
    panel = _panel(record([visit("2025-01-01", sheet("oms", "xxxxxx"))]))
    assert (panel.marks, len(panel.open_marks)) == ((), 1)


def test_the_line_breaks_at_a_visit_without_a_total() -> None:
    """Runs end before it and begin after it."""
    by_day = {"2025-01-01": "9", "2025-01-02": "8", "2025-01-03": "", "2025-01-04": "7"}
    panel = _panel(record(totals("oms", by_day)))
    assert [[int(y) for _, y in run] for run in panel.lines] == [[9, 8], [7]]
    assert [mark.x for mark in panel.open_marks] == [_day("2025-01-03")]


@pytest.mark.parametrize(
    ("levels", "label"),
    [
        ("11111x", "no total: Speech not testable"),
        ("11111-", "no total: Speech declined"),
        ("11111.", "no total: Speech not scored"),
        ("1111x.", "no total: 2 items without a level"),
    ],
)
def test_an_open_mark_says_why(levels: str, label: str) -> None:
    """Not testable, declined and not scored are told apart."""
    made = record(
        [visit("2025-01-01", sheet("oms", levels)), visit("2025-02-01", sheet("oms", "000000"))]
    )
    mark = _panel(made).open_marks[0]
    assert mark.label == label
    assert mark.words.startswith(f"OMS scale: {label}")


def test_several_missing_items_are_named_one_by_one_on_hovering() -> None:
    """Sides are told."""
    levels = "0" * 10 + ".x"
    made = record([visit("2025-01-01", sheet("sara", levels))])
    told = _panel(made, "sara", keys=("sara",)).open_marks[0].words
    assert (
        "Heel-shin slide, right side not scored\nHeel-shin slide, left side not testable" in told
    )


def test_a_typed_total_without_anything_missing_says_only_no_total() -> None:
    """A sheet that lacks a total but names nothing missing has no invented reason."""
    empty = replace(typed("oms", "1"), total=None, answers=sheet("oms", "000000").answers)
    made = record([visit("2025-01-01", empty)])
    assert _panel(made, keys=("oms",)).open_marks[0].label == "no total"


def test_a_mark_says_where_its_number_comes_from() -> None:
    """Total, scale, date, time, rater, version, and that it was typed."""
    made = record([visit("2025-01-01", typed("oms", "7"), time="10:40", rater="")])
    assert _panel(made).marks[0].words == (
        "7 of 18 · OMS scale\n1 Jan 2025, 10:40 · rater not recorded · version 2\n"
        "total typed from paper"
    )


def test_a_visit_stands_at_its_time_of_day() -> None:
    """Two visits of one day are two points in order."""
    made = record(
        [
            visit("2025-01-01", typed("oms", "7"), visit_id="b", time="18:00"),
            visit("2025-01-01", typed("oms", "8"), visit_id="a", time="06:00"),
        ]
    )
    day = _day("2025-01-01")
    assert [mark.x for mark in _panel(made).marks] == [day + 0.25, day + 0.75]


def test_a_short_date_stretches_over_its_period() -> None:
    """It stands in the middle of the month and reaches from its first day to its last."""
    mark = _panel(record(totals("oms", {"2025-01": "7"}))).marks[0]
    assert mark.is_approximate
    assert (mark.x_from, mark.x, mark.x_to) == (
        _day("2025-01-01"), _day("2025-01-01") + 15.5, _day("2025-02-01"),
    )  # fmt: skip


def test_a_line_never_runs_backwards() -> None:
    """Short dates stand in the middle of their period, so the line is drawn in that order."""
    panel = _panel(record(totals("oms", {"2025-01": "7", "2025-01-03": "8"})))
    xs = [x for run in panel.lines for x, _ in run]
    assert xs == sorted(xs)


def test_each_rater_has_a_shape() -> None:
    """In order of first appearance; who is not recorded has one too."""
    raters = ("A", "B", "", "A")
    visits = [
        visit(f"2025-01-0{n + 1}", typed("oms", "1"), rater=rater)
        for n, rater in enumerate(raters)
    ]
    figure = _figure(record(visits))
    assert [(each.rater, each.shape) for each in figure.raters] == [
        ("A", MarkShape.CIRCLE),
        ("B", MarkShape.SQUARE),
        ("rater not recorded", MarkShape.TRIANGLE),
    ]  # fmt: skip
    shapes = [mark.shape for mark in figure.panels[0].marks]
    assert shapes == [MarkShape.CIRCLE, MarkShape.SQUARE, MarkShape.TRIANGLE, MarkShape.CIRCLE]


@pytest.mark.parametrize(("count", "last"), [(5, "R5"), (7, "other raters")])
def test_from_the_fifth_on_raters_share_one_shape(count: int, last: str) -> None:
    """A fifth rater alone keeps the name; more share the star and are told by hovering."""
    visits = [
        visit(f"2025-01-0{n}", typed("oms", "1"), rater=f"R{n}") for n in range(1, count + 1)
    ]
    raters = _figure(record(visits)).raters
    assert len(raters) == 5
    assert (raters[-1].rater, raters[-1].shape) == (last, MarkShape.STAR)


def test_the_noise_band_stands_around_the_total_before_the_start() -> None:
    """For an adult's SARA, with what it is in full; cut at the range of the scale."""
    panel = _panel(published_case(), "sara", treatment_id="ivig")
    assert [(band.low, band.high) for band in panel.bands] == [(Decimal("26.2"), Decimal(34))]
    assert panel.bands[0].label == (
        "\u22123.8 to +4 around 30 (5 Jan 2025): between a live and a video rating, adults"
    )


def test_without_a_total_before_the_start_the_band_stands_around_the_first() -> None:
    """There is always one reference, and the label names it."""
    made = replace(published_case(), treatments=())
    assert "around 30 (5 Jan 2025)" in _panel(made, "sara").bands[0].label
    assert _panel(published_case(), "sara", treatment_id="pred").bands[0].low == Decimal("26.2")


@pytest.mark.parametrize("birth", ["2010-01-01", "", "2007-01-06"])
def test_no_band_below_eighteen_or_at_an_unknown_age(birth: str) -> None:
    """One visit before the eighteenth birthday is enough to draw none."""
    made = replace(published_case(), patient=record(birth=birth).patient)
    panel = _panel(made, "sara")
    assert panel.bands == ()


def test_a_subscore_has_no_band() -> None:
    """What is published about a total is not said of a part."""
    panel = _panel(published_case(), "sara.kinetic", keys=("sara.kinetic",))
    assert (panel.bands, panel.age_notes) == ((), ())


def test_a_panel_without_totals_has_no_band() -> None:
    """Nothing to stand around."""
    made = record([visit("2025-01-01", sheet("sara", "x" * 12))], birth="1980-01-01")
    assert _panel(made, "sara").bands == ()


def test_age_marks_stand_at_the_birthday_if_it_lies_on_the_axis() -> None:
    """At four years, with median and range; none for a birth date that is not exact."""
    by_day = {"2025-01-01": "12", "2026-01-01": "3"}
    made = record(totals("sara", by_day), birth="2021-08-05")
    notes = _panel(made, "sara").age_notes
    assert [(note.x, note.median, note.low, note.high) for note in notes] == [
        (_day("2025-08-05"), Decimal(5), Decimal("1.5"), Decimal(7))
    ]
    assert notes[0].label.endswith("median 5, range 1.5 to 7")
    short = record(totals("sara", by_day), birth="2021-08")
    assert _panel(short, "sara").age_notes == ()


def test_no_age_marks_away_from_their_birthday() -> None:
    """A two-year-old's chart has none: no norms exist below four."""
    made = record(totals("sara", {"2025-01-01": "12"}), birth="2022-08-05")
    assert _panel(made, "sara").age_notes == ()


def test_the_axis_reaches_over_everything_with_a_little_air() -> None:
    """From the first to the last thing recorded."""
    axis = _figure(child()).axis
    assert axis.lowest < _day("2024-12-01")
    assert axis.highest > _day("2026-01-29")
    assert axis.caption == ""


def test_an_empty_record_has_an_axis_and_says_that_nothing_is_there() -> None:
    """Two weeks around the day it stands at."""
    figure = _figure(record())
    assert (figure.panels, figure.lanes, figure.notes) == ((), (), ())
    assert figure.summary == "No visit is recorded yet."
    assert figure.axis.lowest < _day("2026-01-28") < figure.axis.highest


def test_a_single_visit_has_two_weeks_around_it() -> None:
    """One point is not the whole width."""
    axis = _figure(record(totals("oms", {"2025-01-08": "3"}))).axis
    assert axis.highest - axis.lowest >= 14


def test_a_treatment_that_still_runs_reaches_to_the_day_but_presses_nothing() -> None:
    """Years after the last visit the axis ends earlier, and the bar with it."""
    made = record(totals("oms", {"2025-01-01": "3", "2025-03-01": "2"}),
                  [treatment("a", "trazodone", "2025-01-01")])  # fmt: skip
    near, far = _figure(made, as_of=date(2025, 3, 10)), _figure(made, as_of=date(2035, 1, 1))
    assert near.lanes[0].bars[0].stop == _day("2025-03-11")
    assert far.axis.highest < _day("2025-05-15")
    assert far.lanes[0].bars[0].stop == far.axis.highest
    assert far.lanes[0].bars[0].is_running


@pytest.mark.parametrize(
    ("options", "caption"),
    [
        (
            {"axis": AxisKind.SINCE, "treatment_id": "ivig"},
            "Time since the first IVIg, 6 Jan 2025",
        ),
        ({"axis": AxisKind.SINCE}, "Time since the first IVIg, 6 Jan 2025"),
        ({"axis": AxisKind.SINCE, "span": Span.AROUND}, "Days since the first IVIg, 6 Jan 2025"),
        ({"axis": AxisKind.AGE}, "Age, about"),
    ],
)
def test_the_caption_says_what_the_axis_counts(options: dict[str, Any], caption: str) -> None:
    """Days or longer, since which start; an age is about if the birth date is short."""
    assert _figure(published_case(), **options).axis.caption == caption


def test_a_second_course_is_not_called_the_first() -> None:
    """The caption tells the first start of an agent from a later one."""
    treatments = [
        treatment("a", "ivig", "2025-01-01", "2025-01-02"),
        treatment("b", "ivig", "2025-06-01", "2025-06-02"),
    ]
    by_day = {"2025-01-01": "3", "2026-01-01": "3"}
    made = record(totals("oms", by_day), treatments, birth="2021-01-01")
    options = {"axis": AxisKind.SINCE, "treatment_id": "b"}
    assert _figure(made, **options).axis.caption == "Time since IVIg, 1 Jun 2025"
    assert _figure(made, **options, span=Span.AROUND).axis.caption == "Days since IVIg, 1 Jun 2025"
    assert _figure(made, axis=AxisKind.AGE).axis.caption == "Age"


@pytest.mark.parametrize(
    ("treatment_id", "span", "caption"),
    [
        ("a", Span.ALL, "About the time since the first IVIg, Jan 2025"),
        ("a", Span.AROUND, "About how many days since the first IVIg, Jan 2025"),
        ("b", Span.ALL, "About the time since IVIg, 2026"),
        ("b", Span.AROUND, "About how many days since IVIg, 2026"),
    ],
)
def test_time_since_a_start_whose_day_is_not_known_is_about(
    treatment_id: str, span: Span, caption: str
) -> None:
    """No day is counted as if the start were exact: neither on the axis nor at a place of it."""
    given = [treatment("a", "ivig", "2025-01", "2025-02"), treatment("b", "ivig", "2026")]
    made = record(totals("oms", {"2024-06-01": "9", "2026-01-01": "3"}), given)
    options = FigureOptions(AxisKind.SINCE, treatment_id, span=span)
    figure = compose(trend(made), CATALOGUE, WORDS, options)
    assert figure.axis.caption == caption
    (chosen,) = (start for start in figure.starts if start.is_chosen)
    assert chosen.label == "about day 0 · IVIg"
    time = axis_words(context_of(trend(made), CATALOGUE, WORDS, options)).time
    assert time.at(12.5) == "about day 12"


def test_what_has_no_exact_day_says_within_which_days_it_lies() -> None:
    """A start, an event, and both ends of a span; what is exact says nothing of the kind."""
    made = record(
        totals("oms", {"2025-01-01": "9", "2026-01-01": "3"}),
        [treatment("a", "ivig", "2025-01"), treatment("b", "rituximab", "2025-02-03")],
        [
            event("relapse", "2025-05", "2025-07"),
            event("relapse", "2025-08-03", "2025-09"),
            event("fever", "2025-10"),
            event("fever", "2025-11-01"),
        ],
    )
    figure = _figure(made)
    month = {n: (_day(f"2025-{n:02d}-01"), _day(f"2025-{n + 1:02d}-01")) for n in range(1, 12)}
    assert [start.begun for start in figure.starts] == [month[1], None]
    assert [(each.begun, each.ended, each.is_approximate) for each in figure.events] == [
        (month[5], month[7], True),
        (None, month[9], True),
        (month[10], None, True),
        (None, None, False),
    ]
    assert [each.reach for each in figure.events] == [
        (month[5][0], month[7][1]),
        (_day("2025-08-03"), month[9][1]),
        month[10],
        (_day("2025-11-01"), _day("2025-11-01")),
    ]
    assert figure.events[2].x == sum(month[10]) / 2


def test_day_zero_is_the_start() -> None:
    """Everything counts from it, and its line stands at 0."""
    figure = _figure(published_case(), axis=AxisKind.SINCE, treatment_id="ivig")
    chosen = next(start for start in figure.starts if start.is_chosen)
    assert (chosen.x, chosen.label) == (0.0, "day 0 · IVIg")
    assert figure.panels[0].marks[1].x == pytest.approx(-1 + 10.5 / 24)


def test_a_short_start_is_counted_from_its_middle() -> None:
    """Its line still stands at day 0, to half a day."""
    made = record(totals("oms", {"2025-03-01": "3"}), [treatment("a", "ivig", "2025-01")])
    figure = _figure(made, axis=AxisKind.SINCE, treatment_id="a")
    assert abs(figure.starts[0].x) <= 0.5


@pytest.mark.parametrize(
    ("made", "options"),
    [
        (record([], [treatment("a", "ivig")]), {"axis": AxisKind.SINCE, "treatment_id": "a"}),
        (record(), {"axis": AxisKind.SINCE}),
        (record(birth=""), {"axis": AxisKind.AGE}),
        (record(), {"treatment_id": "nobody"}),
    ],
)
def test_an_axis_that_cannot_be_is_refused(made: PatientRecord, options: dict[str, Any]) -> None:
    """No start, no birth date, no such treatment: one clear sentence each."""
    with pytest.raises(UserError):
        _figure(made, **options)


def test_a_window_leaves_the_whole_course_a_drag_away() -> None:
    """What is not in view stands in the figure all the same, and the axis knows its ends."""
    whole, near = _figure(published_case()), _figure(published_case(), span=Span.FOCUS)
    assert (whole.axis.lowest, whole.axis.highest) == (whole.axis.first, whole.axis.last)
    assert (near.axis.first, near.axis.last) == (whole.axis.first, whole.axis.last)
    assert near.axis.highest < whole.axis.highest
    assert near.panels[0].marks == whole.panels[0].marks


def test_the_chosen_panel_is_one_that_is_there() -> None:
    """A series without a panel, or alone, takes no room from others."""
    assert _figure(child(), chosen="oms").chosen == ("oms",)
    assert _figure(child(), chosen="icars").chosen == ()
    alone = record(totals("oms", {"2026-01-01": "3"}))
    assert _figure(alone, chosen="oms").chosen == ()


def test_a_side_effect_is_one_of_the_events() -> None:
    """It stands on the physician's chart with its note, and on no chart for a family."""
    made = record(events=[event("side_effect", "2025-01-09", note="rash")])
    (told,) = _figure(made).events
    assert (told.kind, told.label) == ("side_effect", "Side effect")
    assert told.words == "Side effect\n9 Jan 2025\nrash"
    assert _figure(made, is_simple=True).events == ()


@pytest.mark.parametrize(
    ("visits", "runs", "is_told"),
    [
        ([("2025-01-05", ""), ("2025-06", ""), ("2025-06-10", "")], [2, 1], True),
        ([("2025-01-05", ""), ("2025", ""), ("2025-12-10", "")], [1, 1, 1], True),
        ([("2025-05-31", ""), ("2025-06", ""), ("2025-07-01", "")], [3], False),
        ([("2025-06", ""), ("2025-06", "")], [2], False),
        ([("2025-06-10", ""), ("2025-06-10", "")], [2], False),
        ([("2025-06-10", "09:00"), ("2025-06-10", "15:00")], [2], False),
        ([("2025-06-10", ""), ("2025-06-10", "15:00")], [1, 1], True),
    ],
)
def test_no_line_leads_where_it_is_not_known_which_visit_came_first(
    visits: list[tuple[str, str]], runs: list[int], is_told: bool
) -> None:
    """Unless both stand at one place, where a line has no direction; the notes say why."""
    made = record(
        visit(day, typed("oms", str(number)), visit_id=f"v{number}", time=time)
        for number, (day, time) in enumerate(visits)
    )
    figure = _figure(made)
    assert [len(run) for run in figure.panels[0].lines] == runs
    why = "The line breaks where it is not known which visit came first."
    assert (why in figure.notes) is is_told
    assert (why in _figure(made, is_simple=True).notes) is is_told


def test_events_stand_in_order_with_their_words() -> None:
    """A span has an end, an approximate date says so, a note and its author are told."""
    made = record(
        events=[
            event("relapse", "2025-06-12", "2025-07-12", "Dr Lindqvist", "after a cold"),
            event("surgery", "2025-05"),
        ]
    )
    surgery, relapse = _figure(made).events
    assert (surgery.label, surgery.stop, surgery.is_approximate) == ("Surgery", None, True)
    assert (relapse.x, relapse.stop) == (_day("2025-06-12"), _day("2025-07-13"))
    assert relapse.words == (
        "Relapse\n12 Jun 2025 to 12 Jul 2025\nmarked by Dr Lindqvist\nafter a cold"
    )


@pytest.mark.parametrize(
    ("note", "label"),
    [("first steps", "first steps"), ("", "Other event"), ("long " * 9, "Other event")],
)
def test_an_event_outside_the_list_is_named_by_its_note(note: str, label: str) -> None:
    """If it is short enough to stand on the chart."""
    assert (
        _figure(record(events=[event("other", "2025-05-01", note=note)])).events[0].label == label
    )


def test_start_lines_are_the_first_of_each_agent_on_the_immune_system() -> None:
    """Symptomatic treatment has none unless it is chosen."""
    figure = _figure(child())
    assert [(line.label, line.is_chosen) for line in figure.starts] == [
        ("Prednisolone", False), ("day 0 · IVIg", True), ("Rituximab", False),
    ]  # fmt: skip
    chosen = _figure(child(), treatment_id="t1").starts
    assert [line.label for line in chosen if line.is_chosen] == ["about day 0 · Trazodone"]


def test_a_chosen_treatment_without_a_start_has_no_line() -> None:
    """By date it can be chosen, but nothing is drawn where nothing is known."""
    assert _figure(record([], [treatment("a", "ivig")]), treatment_id="a").starts == ()


def test_every_needed_sentence_stands_among_the_notes() -> None:
    """Whose scores they are, how far checked, what was found of noise, what is not exact."""
    notes = _figure(published_case()).notes
    assert notes == (
        "Scores and calendar dates are illustrative.",
        "Five features: bedside sheet of this app, not a validated scale.",
        "SARA: 1.5 is the smallest change that mattered to adults.",
        "No measurement error that could be checked was found: Five features.",
    )


def test_one_scale_alone_says_that_no_error_was_found() -> None:
    """The sentence in full; its caution stands beside the title, too."""
    figure = _figure(record(totals("oms", {"2025-01": "3"})))
    assert "No measurement error that could be checked was found for this scale." in figure.notes
    assert figure.notes[-1] == "A soft edge or a wide mark stands for a date that is not exact."
    assert figure.panels[0].caution == "criteria not yet checked against the paper"


@pytest.mark.parametrize(
    "made",
    [
        record(events=[event("fever", "2025-01")]),
        record([], [treatment("a", "ivig", "2025-01", "2025-03-01")]),
        record([], [treatment("a", "ivig", "2025-01-01", "2025-03")]),
    ],
)
def test_a_date_that_is_not_exact_is_announced(made: PatientRecord) -> None:
    """Events and treatments count as visits do."""
    assert any("not exact" in note for note in _figure(made).notes)


def test_a_start_of_what_has_a_name_without_end_is_shortened() -> None:
    """Its label stands at its line, on a screen of any width."""
    made = record([], [treatment("a", "other", "2025-01-01", note="x" * 20_000)])
    (start,) = _figure(made).starts
    assert start.label == "day 0 · " + "x" * 60 + "…"


def test_a_rater_without_end_is_shortened() -> None:
    """In the legend and beside the last total, on screen as on paper."""
    made = record([visit("2025-01-01", typed("oms", "3"), rater="Ann\n" + "x" * 20_000)])
    (rater,) = _figure(made).raters
    assert rater.rater == "Ann " + "x" * 56 + "…"
    told = last_words(trend(made), CATALOGUE, "oms", WORDS)
    assert told is not None
    assert len(told.heading) < 200


@pytest.mark.parametrize(("version", "lines"), [("0", [1, 2]), ("1", [3]), ("2", [3])])
def test_a_line_breaks_where_versions_do_not_compare(version: str, lines: list[int]) -> None:
    """Clearer words are the same line; another scale under the same name is not, and is said."""
    old = replace(typed("oms", "3"), version=version)
    later = [visit(f"2025-0{month}-01", typed("oms", "3")) for month in (2, 3)]
    figure = _figure(record([visit("2025-01-01", old), *later]))
    assert [len(line) for line in figure.panels[0].lines] == lines
    assert [f"version {version}" in mark.words for mark in figure.panels[0].marks[:1]] == [True]
    said = (
        "OMS scale: the line breaks where the version of the scale changes; "
        "it is not known whether these totals compare."
    )
    assert (said in figure.notes) == (len(lines) > 1)


@pytest.mark.parametrize("reason", ["never_walked", "asleep"])
def test_a_part_without_what_never_was_is_labelled_so(reason: str) -> None:
    """The figure without gait says why it stands without it, and only where that is the reason."""
    answers = {**sheet("five_feature", "11.11").answers, Key("gait"): NotTestable(reason)}
    scored = score(CATALOGUE.find("five_feature"), answers)
    made = replace(sheet("five_feature", "11x11"), answers=answers, subscores=scored.subscores)
    figure = _figure(record([visit("2025-01-01", made)]))
    assert [panel.title for panel in figure.panels] == ["Five features: Without gait"]
    said = (
        "Five features: Without gait: gait is not in it (never walked, before the illness either)."
    )
    assert (said in figure.notes) == (reason == "never_walked")


def test_the_summary_says_the_figure_in_words() -> None:
    """First and last total of each panel, one total, or none."""
    one = totals("oms", {"2025-01-01": "3"})
    assert _figure(record(one)).summary == "OMS scale: 3 on 1 Jan 2025."
    two = totals("oms", {"2025-01-01": "3", "2025-02-01": "0"})
    assert _figure(record(two)).summary == (
        "OMS scale: 2 totals, from 3 on 1 Jan 2025 to 0 on 1 Feb 2025."
    )
    none = record([visit("2025-01-01", sheet("oms", "xxxxxx"))])
    assert _figure(none).summary == "OMS scale: no total."


def test_the_familys_figure_is_one_panel_in_few_words() -> None:
    """No raters, starts or bands; plain names; only relapses; the fullest scale unless asked."""
    figure = _figure(child(), is_simple=True)
    assert [(panel.key, panel.title, panel.subtitle) for panel in figure.panels] == [
        ("oms", "Score at each visit", "Lower is better.")
    ]
    assert figure.lanes[0].label == "Immunoglobulin drip (IVIg)"
    assert (figure.raters, figure.starts) == ((), ())
    assert [mark.label for mark in figure.events] == ["Relapse, Jun 2025"]
    assert {mark.shape for mark in figure.panels[0].marks} == {MarkShape.CIRCLE}
    asked = _figure(child(), is_simple=True, keys=("sara",))
    assert [panel.key for panel in asked.panels] == ["sara"]
    assert asked.panels[0].bands == ()


def test_the_familys_figure_tells_no_parent_what_to_check() -> None:
    """How far a scale is checked and how exact it is, in words for home."""
    visits = [
        visit("2025-01-01", sheet("oms", "321021")),
        visit("2025-02-01", sheet("oms", "xxxxxx")),
    ]
    figure = _figure(record(visits), is_simple=True)
    assert figure.notes == (
        "OMS scale: criteria in our own words, not yet checked against the paper.",
        "No figure that could be checked was found for how exact this score is.",
    )
    assert [mark.label for mark in figure.panels[0].open_marks] == ["no total at this visit"]


def test_the_familys_figure_of_an_empty_record_has_no_panel() -> None:
    """And one asked for that is not there neither."""
    assert _figure(record(), is_simple=True).panels == ()
    assert _figure(child(), is_simple=True, keys=("icars",)).panels == ()


@pytest.mark.parametrize("kind", ["suspected_relapse", "dismissed_relapse"])
def test_what_nobody_confirmed_is_a_mark_of_its_own(kind: str) -> None:
    """The record's chart has a tick in its own words, and no shaded days; the family's none."""
    made = record([], [], [event(kind, "2025-06-12", "2025-07-12", "Ann")])
    (mark,) = _figure(made).events
    assert (mark.kind, mark.label) == (kind, code_list("event_kinds").get(kind).title)
    assert mark.kind != RELAPSE
    assert _figure(made, is_simple=True).events == ()
