"""Figures that are rare: what is too much for its place is still drawn, and says so."""

from decimal import Decimal
from itertools import pairwise

import pytest

from app.drawing.course import course_drawing
from app.drawing.measure import Letters, Measure
from app.drawing.places import WordsAt, whole_layout_of
from app.drawing.sheet import sheet_drawing
from app.drawing.vocabulary import Block, Disc, Drawing, Frame, Outline, Polyline
from app.language import words
from app.trends.compose import FigureOptions, compose
from app.trends.figure import (
    AgeNote,
    AxisKind,
    Band,
    EventMark,
    Figure,
    MarkShape,
    OpenMark,
    RaterShape,
    StartLine,
)
from app.trends.lanes import EQUAL_HEIGHT
from tests.builders import replace
from tests.courses import CATALOGUE, record, step, totals, treatment, trend
from tests.drawing.by_hand import FIRST
from tests.drawing.drawn import box, elements, texts, told

MEASURE = Measure()
LONG = (
    "anakinra, compassionate use, 2 mg/kg once daily under the skin, hospital pharmacy batch, "
    "approved by the ethics board on 2 January"
)


def drawn(figure: Figure, width: float = 824) -> Drawing:
    """Draw a whole figure."""
    layout = whole_layout_of(figure, width, MEASURE)
    return course_drawing(figure, layout, layout.scale, figure.axis.ticks, MEASURE)


def test_every_name_and_reason_is_written(figure: Figure) -> None:
    """Panels, reasons, lanes, doses, events, ticks, the chosen start and the raters."""
    found = told(sheet_drawing(figure, (840, 800)))
    for expected in (
        "OMS scale", "0–18, lower is better", "SARA", "no total: speech not testable", "IVIg",
        "1 g/kg monthly", "Prednisolone", "2 mg/kg, in steps to 0.1", "relapse", "fever",
        "tumour removed", "hospital stay", "Jan 2026", "day 0 · IVIg", "M. Okafor", "T. Brandt",
    ):  # fmt: skip
        assert expected in found


def test_a_line_breaks_where_the_figure_breaks_it(figure: Figure) -> None:
    """One line is drawn for each run; a run of one mark has no line."""
    panel = figure.panels[0]
    run = panel.lines[0]
    broken = replace(panel, lines=(run[:3], run[3:4], run[4:]))
    drawing = drawn(replace(figure, panels=(broken,)))
    assert sum(isinstance(each, Polyline) for each in elements(drawing)) == 2


def test_each_rater_has_a_shape(figure: Figure) -> None:
    """Marks of five raters differ without colour: one is round, the others by their corners."""
    panel = replace(figure.panels[0], open_marks=())
    alone = drawn(replace(figure, panels=(panel,), lanes=(), events=(), raters=()))
    marks = [each for each in elements(alone) if isinstance(each, Disc | Outline)]
    seen = {shape_of(each) for each in marks}
    assert len(seen) == len({mark.shape for mark in panel.marks}) == len(MarkShape)


def shape_of(mark: Disc | Outline) -> tuple[tuple[int, int], ...]:
    """Return the corners of a mark around its first; none of a circle."""
    if isinstance(mark, Disc):
        return ()
    (x, y), *_ = mark.corners
    return tuple((round(right - x), round(down - y)) for right, down in mark.corners)


def test_heights_tell_totals(figure: Figure) -> None:
    """A higher total stands higher."""
    line = next(each for each in elements(drawn(figure)) if isinstance(each, Polyline))
    totals_ = [total for _, total in figure.panels[0].lines[0]]
    heights = [y for _, y in line.places]
    for (low, high), (first, second) in zip(pairwise(totals_), pairwise(heights), strict=True):
        assert (high > low) == (second < first)


def test_a_band_an_age_note_and_a_caution_are_told(figure: Figure) -> None:
    """What is published about a scale stands below its panel; a caution too long is cut."""
    panel = replace(
        figure.panels[1],
        bands=(Band(Decimal(5), Decimal(50), "between two ratings, adults"),),
        age_notes=(AgeNote(FIRST + 200, Decimal(5), Decimal(1), Decimal(9), "median at 4 y"),),
        caution="a very long caution that goes on and on " * 9,
    )
    found = told(drawn(replace(figure, panels=(panel,))))
    assert "between two ratings, adults" in found
    assert "median at 4 y" in found
    assert any(each.endswith("…") for each in found)


def test_crowded_reasons_keep_their_marks(figure: Figure) -> None:
    """Where reasons would overlap, the marks stay and only some are written."""
    crowd = tuple(
        OpenMark(FIRST + 200 + day, MarkShape.CIRCLE, f"v{day}", "no total: asleep", "")
        for day in range(20)
    )
    panel = replace(figure.panels[0], open_marks=crowd)
    found = told(drawn(replace(figure, panels=(panel,))))
    assert 0 < found.count("no total: asleep") < 20


def test_many_events_and_raters_find_room(figure: Figure) -> None:
    """Labels go to further rows; how many are left out is said, and no rater is."""
    events = tuple(EventMark(FIRST + 440 + day, None, "fever", "fever", "") for day in range(30))
    raters = tuple(RaterShape(f"Dr Number {number}", MarkShape.STAR) for number in range(12))
    crowded = replace(figure, events=events, raters=raters, more="+ {count} more")
    found = told(sheet_drawing(crowded, (840, 800)))
    assert 0 < found.count("fever") < 30
    assert f"+ {30 - found.count('fever')} more" in found
    assert "Dr Number 11" in found


def test_a_lane_without_bars_is_still_named(figure: Figure) -> None:
    """A treatment with nothing to draw keeps its name."""
    lane = replace(figure.lanes[0], bars=())
    assert "IVIg" in told(drawn(replace(figure, lanes=(lane,))))


def test_a_relapse_of_one_day_is_drawn(figure: Figure) -> None:
    """A relapse without an end stands among the events with its name, at the right edge too."""
    single = replace(figure.events[1], stop=None)
    late = replace(single, x=FIRST + 468.0)
    assert told(drawn(replace(figure, events=(single, late)))).count("relapse") == 2


def test_an_axis_without_extent_stands_in_the_middle(figure: Figure) -> None:
    """One visit on one day is drawn, whatever the axis says."""
    axis = replace(figure.axis, highest=figure.axis.lowest)
    panel = replace(figure.panels[0], highest=Decimal(0))
    drawing = drawn(replace(figure, axis=axis, panels=(panel,)))
    line = next(each for each in elements(drawing) if isinstance(each, Polyline))
    assert len({x for x, _ in line.places}) == 1


def test_bars_have_a_size(figure: Figure) -> None:
    """However short the treatment was."""
    blocks = [each for each in elements(drawn(figure)) if isinstance(each, Block)]
    assert all(each.width > 0 and each.height > 0 for each in blocks)


@pytest.mark.parametrize("start", ["2024-01-03", "2024-01-01", "2025-11-28"])
def test_the_name_of_the_chosen_start_stays_on_the_sheet(start: str) -> None:
    """However long it is and wherever it stands; the caption of the axis, too."""
    visits = totals("oms", {"2024-01-01": "5", "2025-12-01": "5"})
    course = trend(record(visits, [treatment("T1", "other", start, note=LONG)]))
    figure = compose(course, CATALOGUE, words(), FigureOptions(AxisKind.SINCE, "T1"))
    found = texts(drawn(figure, 500))
    assert any("anakinra" in each.text and "…" in each.text for each in found)
    for each in found:
        left, _, right, _ = box(each)
        assert (left >= 0, right <= 500) == (True, True), each.text


def test_nothing_typed_without_end_leaves_the_sheet(figure: Figure) -> None:
    """A start at the edge with a long name, raters and lanes without end."""
    long = "a name that goes on and on " * 12
    starts = tuple(
        StartLine(x, long, "t", is_chosen=True) for x in (figure.axis.lowest, figure.axis.highest)
    )
    lanes = tuple(replace(lane, label=long, words=long) for lane in figure.lanes)
    raters = tuple(RaterShape(long, each.shape) for each in figure.raters)
    odd = replace(figure, starts=starts, raters=raters, lanes=lanes)
    for each in texts(sheet_drawing(odd, (800, 900), long)):
        left, _, right, _ = box(each)
        assert (left >= 0, right <= 800) == (True, True), each.text


def _planned() -> Figure:
    treatments = [
        treatment("a", "prednisolone", "2025-12-01", "", step("20", "mg", "daily", "2025-12-01"),
                  step("10", "mg", "daily", "2026-02-10")),
        treatment("b", "ivig", "2026-03-01"),
    ]  # fmt: skip
    made = record(totals("oms", {"2025-12-01": "5", "2026-01-28": "3"}), treatments)
    return compose(trend(made), CATALOGUE, words())


def _hollow(figure: Figure) -> list[Frame]:
    return [each for each in elements(drawn(figure)) if isinstance(each, Frame)]


def test_what_is_planned_is_hollow_behind_the_line_for_today() -> None:
    """Nothing else is; the line has its name, unless the chosen start's stands there."""
    figure = _planned()
    planned = [bar for lane in figure.lanes for bar in lane.bars if bar.is_planned]
    assert len(_hollow(figure)) == len(planned) == 3
    assert {each.fill for each in _hollow(figure)} == {"background"}
    assert "28 Jan 2026" in told(drawn(figure))
    assert figure.today is not None
    chosen = StartLine(figure.today.x, "day 0 · IVIg", "b", is_chosen=True)
    assert "28 Jan 2026" not in told(drawn(replace(figure, starts=(chosen,))))


def test_a_dose_that_does_not_compare_is_filled() -> None:
    """Hollow means planned and nothing else."""
    steps = [step("20", "mg", "daily", "2025-12-01"), step("2", "mg/kg", "daily", "2026-01-01")]
    made = record([], [treatment("a", "prednisolone", "2025-12-01", "", *steps)])
    figure = compose(trend(made), CATALOGUE, words())
    assert {bar.height for bar in figure.lanes[0].bars} == {EQUAL_HEIGHT}
    assert _hollow(figure) == []


def test_the_last_weight_stands_behind_the_doses_where_it_has_room() -> None:
    """Whole or not at all, and never in place of a dose."""
    given = treatment("a", "ivig", "2025-01-01", "", step("1", "g/kg", "monthly", "2025-01-01"))
    figure = compose(trend(record([], [given])), CATALOGUE, words())
    dose, weight = figure.lanes[0].words, figure.lanes[0].weight
    assert (dose, weight) == ("1 g/kg monthly", "no weight recorded")
    seen = set()
    for width in range(240, 700, 20):
        found = told(drawn(figure, width))
        assert dose in found
        seen.add(weight in found)
        assert not any(each.startswith("no w") and each != weight for each in found)
    assert seen == {True, False}


def test_a_lane_that_is_cut_ends_in_no_half_dose() -> None:
    """Whatever the width of the sheet: half a number would read as another dose."""
    figure = compose(trend(record([], [treatment("a", "ivig", "2025-01-01")])), CATALOGUE, words())
    told_ = " · ".join(f"dose {number} mg" for number in range(125, 165))
    figure = replace(figure, lanes=(replace(figure.lanes[0], words=told_),))
    ends = set()
    for width in range(560, 660, 5):
        ends |= {each[-6:] for each in told(drawn(figure, width)) if each.startswith("dose 125")}
    assert ends
    assert all(end.endswith("…") and not end[-2].isdigit() for end in ends)
    assert not any(end.endswith(" m…") for end in ends)


def test_doses_do_not_stand_on_the_line_of_the_day_where_there_is_room_below() -> None:
    """Behind the last bar as long as they end before that line."""
    steps = [step(str(dose), "mg", "daily", f"2025-0{dose}-01") for dose in (9, 8, 7)]
    given = treatment("a", "prednisolone", "2025-07-01", "2025-11-20", *steps)
    made = record(totals("oms", {"2025-06-01": "5", "2026-01-20": "3"}), [given])
    figure = compose(trend(made), CATALOGUE, words())
    seen = set()
    for width in range(500, 1500, 50):
        layout = whole_layout_of(figure, width, MEASURE)
        (lane,) = layout.lanes
        assert figure.today is not None
        end = layout.scale.px(figure.lanes[0].bars[-1].stop) + 8
        end += MEASURE.width(lane.lane.words, Letters.SMALL)
        if lane.words_at is WordsAt.AFTER:
            assert end <= layout.scale.px(figure.today.x)
        seen.add(lane.words_at)
    assert seen == {WordsAt.AFTER, WordsAt.BELOW}


def test_starts_of_one_period_share_one_band() -> None:
    """Two would look like a surer day."""
    both = [treatment(name, name, "2025-07") for name in ("ivig", "methylprednisolone")]
    made = record(totals("oms", {"2025-06-01": "5", "2026-01-20": "3"}), both)
    figure = compose(trend(made), CATALOGUE, words())
    bands = [
        each
        for each in elements(drawn(figure))
        if isinstance(each, Block) and each.role == "accent"
    ]
    assert len({(each.left, each.top) for each in bands}) == len(bands) > 0
