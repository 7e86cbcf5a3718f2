"""The chart on paper: everything that the figure says is drawn."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Group, Path, PolyLine, Rect, Shape, String
from reportlab.lib.colors import HexColor

from app.language import words
from app.palette import load_palette
from app.reports.canvas import packed
from app.reports.chart import draw_figure, natural_height, smallest_height
from app.reports.family_chart import FamilyChart, chart_height, draw_family_chart
from app.reports.fonts import Fonts
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
    ValueTick,
)
from app.trends.lanes import EQUAL_HEIGHT
from tests.builders import replace
from tests.courses import CATALOGUE, record, step, totals, treatment, trend
from tests.reports.conftest import FIRST

WIDTH = 515.0
PALETTE = load_palette("light")


def shapes(group: Group) -> Iterator[Shape]:
    """Yield every shape of a drawing."""
    for each in group.contents:
        if isinstance(each, Group):
            yield from shapes(each)
        else:
            yield each


def drawn(figure: Figure) -> Drawing:
    """Draw a figure at its natural height."""
    fonts = Fonts()
    return draw_figure(figure, PALETTE, WIDTH, natural_height(figure, WIDTH, fonts), fonts)


def texts(drawing: Drawing) -> list[str]:
    """Return every text of a drawing."""
    return [str(each.text) for each in shapes(drawing) if isinstance(each, String)]


def family(figure: Figure, label: str = "last: 0", *, has_lanes: bool = True) -> Drawing:
    """Draw the family's chart."""
    chart = FamilyChart(figure, "Score at each visit. Lower is better.", label, has_lanes)
    return draw_family_chart(chart, PALETTE, WIDTH, 100, Fonts())


def test_every_name_and_reason_is_written(figure: Figure) -> None:
    """Panels, reasons, lanes, doses, events, ticks, the chosen start and the raters."""
    found = texts(drawn(figure))
    for expected in (
        "OMS scale", "0–18, lower is better", "SARA", "no total: speech not testable", "IVIg",
        "1 g/kg monthly", "Prednisolone", "2 mg/kg, in steps to 0.1", "relapse", "fever",
        "tumour removed", "hospital stay", "Jan 2026", "day 0 · IVIg", "M. Okafor", "T. Brandt",
    ):  # fmt: skip
        assert expected in found


def test_nothing_leaves_the_drawing(figure: Figure) -> None:
    """Every text begins and ends within the drawing."""
    drawing, fonts = drawn(figure), Fonts()
    for each in shapes(drawing):
        if isinstance(each, String):
            end = each.x + fonts.width(str(each.text), each.fontSize)
            assert each.x >= 0
            assert end <= drawing.width + 1
            assert 0 <= each.y <= drawing.height


def test_a_line_breaks_where_the_figure_breaks_it(figure: Figure) -> None:
    """One line is drawn for each run; a run of one mark has no line."""
    panel = figure.panels[0]
    run = panel.lines[0]
    broken = replace(panel, lines=(run[:3], run[3:4], run[4:]))
    drawing = drawn(replace(figure, panels=(broken,)))
    assert sum(isinstance(each, PolyLine) for each in shapes(drawing)) == 2


def test_each_rater_has_a_shape(figure: Figure) -> None:
    """Marks of five raters are five paths, so shape tells them apart without colour."""
    panel = replace(figure.panels[0], open_marks=())
    drawing = drawn(replace(figure, panels=(panel,), lanes=(), events=(), raters=()))
    assert sum(isinstance(each, Path) for each in shapes(drawing)) == len(MarkShape)


def test_heights_tell_totals(figure: Figure) -> None:
    """A higher total stands higher."""
    panel = figure.panels[0]
    line = next(each for each in shapes(drawn(figure)) if isinstance(each, PolyLine))
    heights = list(line.points[1::2])
    totals = [total for _, total in panel.lines[0]]
    for (low, high), (first, second) in zip(pairwise(totals), pairwise(heights), strict=True):
        assert (high > low) == (second > first)


def test_a_band_an_age_note_and_a_caution_are_told(figure: Figure) -> None:
    """What is published about a scale stands in its panel."""
    panel = replace(
        figure.panels[1],
        bands=(Band(Decimal(5), Decimal(50), "between two ratings, adults"),),
        age_notes=(AgeNote(FIRST + 200, Decimal(5), Decimal(1), Decimal(9), "median at 4 y"),),
        caution="a very long caution that goes on and on " * 3,
    )
    found = texts(drawn(replace(figure, panels=(panel,))))
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
    found = texts(drawn(replace(figure, panels=(panel,))))
    assert 0 < found.count("no total: asleep") < 20


def test_many_events_and_raters_find_room(figure: Figure) -> None:
    """Labels go to further rows, and some are left to the table."""
    events = tuple(
        EventMark(FIRST + 440 + day, None, "fever", "fever", "", is_approximate=False)
        for day in range(30)
    )
    raters = tuple(RaterShape(f"Dr Number {number}", MarkShape.STAR) for number in range(12))
    found = texts(drawn(replace(figure, events=events, raters=raters)))
    assert 0 < found.count("fever") < 30
    assert "Dr Number 11" in found


def test_a_lane_without_bars_is_still_named(figure: Figure) -> None:
    """A treatment with nothing to draw keeps its name."""
    lane = replace(figure.lanes[0], bars=())
    assert "IVIg" in texts(drawn(replace(figure, lanes=(lane,))))


def test_a_relapse_of_one_day_is_drawn(figure: Figure) -> None:
    """A relapse without an end is a thin line with its name, at the right edge too."""
    single = replace(figure.events[1], stop=None)
    late = replace(single, x=FIRST + 468.0)
    assert texts(drawn(replace(figure, events=(single, late)))).count("relapse") == 2


def test_an_axis_without_extent_stands_in_the_middle(figure: Figure) -> None:
    """One visit on one day is drawn, whatever the axis says."""
    axis = replace(figure.axis, highest=figure.axis.lowest)
    panel = replace(figure.panels[0], highest=Decimal(0))
    assert drawn(replace(figure, axis=axis, panels=(panel,))).height > 0


def test_a_subscore_stands_lower(figure: Figure) -> None:
    """A subscore's panel asks for less room than its scale's."""
    fonts = Fonts()
    sub = replace(figure, panels=(replace(figure.panels[0], key="oms.without_speech"),))
    whole = replace(figure, panels=figure.panels[:1])
    assert natural_height(sub, WIDTH, fonts) < natural_height(whole, WIDTH, fonts)
    assert smallest_height(whole, WIDTH, fonts) < natural_height(whole, WIDTH, fonts)


def test_letters_without_a_font_are_reported(figure: Figure) -> None:
    """A rater's emoji is drawn as a box, and the document knows."""
    fonts = Fonts()
    figure = replace(figure, raters=(RaterShape("Dr 😀", MarkShape.CIRCLE),))
    draw_figure(figure, PALETTE, WIDTH, 400, fonts)
    assert fonts.has_boxes


@pytest.mark.parametrize("has_lanes", [True, False])
def test_the_family_s_chart_is_large(figure: Figure, has_lanes: bool) -> None:
    """No text is smaller than 12 points, and the last mark is named."""
    drawing = family(replace(figure, panels=figure.panels[:1]), has_lanes=has_lanes)
    sizes = {each.fontSize for each in shapes(drawing) if isinstance(each, String)}
    assert sizes == {12.0}
    found = texts(drawing)
    assert "Score at each visit. Lower is better." in found
    assert "last: 0" in found
    assert ("Prednisolone" in found) is has_lanes


def test_the_family_s_chart_holds_odd_courses(figure: Figure) -> None:
    """No mark, one mark, crowded ticks and reasons, lanes without bars: all are drawn."""
    panel = figure.panels[0]
    crowd = tuple(replace(panel.open_marks[0], x=FIRST + 300.0 + day) for day in range(5))
    ticks = tuple(ValueTick(Decimal(number), str(number)) for number in range(19))
    events = (figure.events[1], replace(figure.events[1], x=FIRST + 226.0))
    lane = replace(figure.lanes[0], bars=())
    one = replace(panel, marks=panel.marks[:1], lines=(panel.lines[0][:1],), ticks=ticks)
    crowded = replace(
        figure, panels=(replace(one, open_marks=crowd),), events=events, lanes=(lane,)
    )
    assert texts(family(crowded)).count("no total: speech not testable") == 1
    none = replace(panel, marks=(), lines=(), open_marks=())
    assert "last: 0" not in texts(family(replace(figure, panels=(none,))))
    axis = replace(figure.axis, ticks=figure.axis.ticks * 3)
    many = replace(panel, marks=panel.marks * 3)
    assert family(replace(figure, panels=(many,), axis=axis), "").height > 0


def test_the_family_s_chart_says_its_height(figure: Figure) -> None:
    """The drawing is as tall as it was said to be."""
    chart = FamilyChart(figure, "", "")
    assert family(figure).height == chart_height(chart, 100)


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(0, 90)).map(lambda s: (s[0], s[0] + s[1]))),
    st.integers(1, 4),
)
def test_packed_labels_never_overlap(spans: list[tuple[float, float]], rows: int) -> None:
    """Two spans in one row never share a point."""
    places = packed(spans, rows)
    for row in range(rows):
        held = sorted(span for span, place in zip(spans, places, strict=True) if place == row)
        assert all(first[1] <= second[0] for first, second in pairwise(held))


def test_blocks_have_no_negative_width(figure: Figure) -> None:
    """Every bar has a width, however short the treatment was."""
    blocks = [each for each in shapes(drawn(figure)) if isinstance(each, Rect)]
    assert all(each.width > 0 and each.height > 0 for each in blocks)


LONG = (
    "anakinra, compassionate use, 2 mg/kg once daily under the skin, hospital pharmacy batch, "
    "approved by the ethics board on 2 January"
)


@pytest.mark.parametrize("start", ["2024-01-03", "2024-01-01", "2025-11-28"])
def test_the_name_of_the_chosen_start_stays_on_the_sheet(start: str) -> None:
    """However long it is and wherever it stands; the caption of the axis, too."""
    visits = totals("oms", {"2024-01-01": "5", "2025-12-01": "5"})
    course = trend(record(visits, [treatment("T1", "other", start, note=LONG)]))
    options = FigureOptions(AxisKind.SINCE, "T1")
    drawing, fonts = drawn(compose(course, CATALOGUE, words(), options)), Fonts()
    found = [each for each in shapes(drawing) if isinstance(each, String)]
    assert any("anakinra" in str(each.text) and "…" in str(each.text) for each in found)
    for each in found:
        end = each.x + fonts.width(str(each.text), each.fontSize)
        assert (each.x >= -0.01, end <= drawing.width + 1) == (True, True), each.text


def _planned() -> Figure:
    treatments = [
        treatment("a", "prednisolone", "2025-12-01", "", step("20", "mg", "daily", "2025-12-01"),
                  step("10", "mg", "daily", "2026-02-10")),
        treatment("b", "ivig", "2026-03-01"),
    ]  # fmt: skip
    made = record(totals("oms", {"2025-12-01": "5", "2026-01-28": "3"}), treatments)
    return compose(trend(made), CATALOGUE, words())


def test_what_is_planned_is_hollow_on_paper_behind_the_line_for_today() -> None:
    """Nothing else is; the line has its name, also where the chosen start stands on it."""
    figure = _planned()
    drawing = drawn(figure)
    hollow = _hollow(drawing)
    planned = [bar for lane in figure.lanes for bar in lane.bars if bar.is_planned]
    assert len(hollow) == len(planned) == 3
    assert {each.fillColor for each in hollow} == {HexColor("#FFFFFF")}
    assert "28 Jan 2026" in texts(drawing)
    assert figure.today is not None
    chosen = StartLine(figure.today.x, "day 0 · IVIg", "b", is_chosen=True)
    assert "28 Jan 2026" not in texts(drawn(replace(figure, starts=(chosen,))))


def _hollow(drawing: Drawing) -> list[Rect]:
    found = (each for each in shapes(drawing) if isinstance(each, Rect))
    return [each for each in found if each.strokeColor is not None]


def test_a_dose_that_does_not_compare_is_filled_on_paper() -> None:
    """Hollow means planned and nothing else."""
    steps = [step("20", "mg", "daily", "2025-12-01"), step("2", "mg/kg", "daily", "2026-01-01")]
    made = record([], [treatment("a", "prednisolone", "2025-12-01", "", *steps)])
    figure = compose(trend(made), CATALOGUE, words())
    assert {bar.height for bar in figure.lanes[0].bars} == {EQUAL_HEIGHT}
    assert _hollow(drawn(figure)) == []


def test_the_familys_planned_bar_is_hollow_too() -> None:
    """And only that one."""
    given = [treatment("a", "ivig", "2025-12-01"), treatment("b", "scig", "2026-03-01")]
    made = record(totals("oms", {"2026-01-28": "3"}), given)
    figure = compose(trend(made), CATALOGUE, words(), FigureOptions(is_simple=True))
    assert len(_hollow(family(figure))) == 1


def test_the_family_sees_the_same_line() -> None:
    """Only where lanes are drawn and something is planned."""
    with_line = family(_planned())
    without = family(replace(_planned(), today=None))
    assert len(list(shapes(with_line))) == len(list(shapes(without))) + 1


def test_a_lane_that_is_cut_ends_in_no_half_dose() -> None:
    """Whatever the width of the sheet: half a number would read as another dose."""
    figure = compose(trend(record([], [treatment("a", "ivig", "2025-01-01")])), CATALOGUE, words())
    told = " · ".join(f"dose {number} mg" for number in range(125, 165))
    figure = replace(figure, lanes=(replace(figure.lanes[0], words=told),))
    ends = set()
    for width in range(360, 420, 3):
        height = natural_height(figure, width, Fonts())
        drawing = draw_figure(figure, PALETTE, width, height, Fonts())
        ends |= {text[-6:] for text in texts(drawing) if text.startswith("dose 125")}
    assert ends
    assert all(end.endswith("…") and not end[-2].isdigit() for end in ends)
    assert not any(end.endswith(" m…") for end in ends)
