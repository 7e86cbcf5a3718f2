"""A course as one drawing: everything of the figure is in it, and nothing covers a word."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.course import course_drawing
from app.drawing.measure import Measure
from app.drawing.panels import PanelDrawer
from app.drawing.places import layout_of, least_height, whole_layout_of
from app.drawing.view import CourseView
from app.drawing.vocabulary import Block, Disc, Drawing, Group, Outline, Polyline
from app.language import words
from app.records.model import PatientRecord
from app.trends.axis import Extent
from app.trends.compose import FigureOptions, compose
from app.trends.figure import AxisKind, Figure
from tests.courses import (
    CATALOGUE,
    child,
    event,
    published_case,
    record,
    sheet,
    totals,
    treatment,
    trend,
    visit,
)
from tests.drawing.drawn import box, elements, records, texts, told

MEASURE = Measure()


def figure_of(made: PatientRecord, options: FigureOptions | None = None) -> Figure:
    """Return the figure of a record."""
    return compose(trend(made), CATALOGUE, words(), options or FigureOptions())


def whole(figure: Figure, width: float = 840, measure: Measure = MEASURE) -> Drawing:
    """Return a figure drawn as on paper."""
    layout = whole_layout_of(figure, width, measure)
    return course_drawing(figure, layout, layout.scale, figure.axis.ticks, measure)


def test_every_name_and_reason_is_written() -> None:
    """Panels, cautions, reasons, lanes, doses, events, ticks, starts and the span of a relapse."""
    figure = figure_of(child())
    found = told(whole(figure))
    for panel in figure.panels:
        assert {panel.title, panel.subtitle, panel.caution} <= {*found, ""}
        assert {tick.label for tick in panel.ticks} <= set(found)
        assert {mark.label for mark in panel.open_marks} <= set(found)
        assert {row.label for row in panel.items} <= set(found)
    assert {lane.label for lane in figure.lanes} <= set(found)
    assert {lane.words for lane in figure.lanes if lane.bars} <= {*found, ""}
    assert {event.label for event in figure.events} <= set(found)
    assert any(start.label in found for start in figure.starts if start.is_chosen)


@settings(max_examples=60, deadline=None)
@given(records(), st.sampled_from([560, 840, 1400]), st.booleans())
def test_no_word_covers_another(made: PatientRecord, width: int, is_large: bool) -> None:
    """Over random courses, narrow and wide, in usual and in large letters, on screen and paper."""
    figure, measure = figure_of(made), Measure(1.5 if is_large else 1.0)
    for layout in (
        whole_layout_of(figure, width, measure),
        layout_of(figure, width, 300, measure),
    ):
        drawn = course_drawing(figure, layout, layout.scale, figure.axis.ticks, measure)
        for one, other in combinations(texts(drawn), 2):
            left, top, right, bottom = box(one)
            left2, top2, right2, bottom2 = box(other)
            is_clear = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert is_clear, (one, other)


@settings(max_examples=60, deadline=None)
@given(records(), st.sampled_from([560, 1400]))
def test_no_word_leaves_the_drawing(made: PatientRecord, width: int) -> None:
    """Every text begins and ends within it."""
    drawn = whole(figure_of(made), width)
    for each in texts(drawn):
        left, top, right, bottom = box(each)
        assert (left >= 0, right <= width, top >= 0, bottom <= drawn.height) == (True,) * 4, each


@settings(max_examples=60, deadline=None)
@given(records())
def test_no_label_covers_a_mark(made: PatientRecord) -> None:
    """Neither a mark of a total, nor an open one, nor the triangle of an event."""
    drawn = whole(figure_of(made))
    marks = [each for each in elements(drawn) if isinstance(each, Disc | Outline)]
    for mark in marks:
        x, y = centre(mark)
        for text in texts(drawn):
            left, top, right, bottom = box(text)
            assert not (left < x < right and top < y < bottom), (mark, text)


@settings(max_examples=60, deadline=None)
@given(records(), st.sampled_from([560, 1400]))
def test_no_label_covers_a_wide_mark(made: PatientRecord, width: int) -> None:
    """Neither the days on which an event may lie, nor those over which it lasted."""
    drawn = whole(figure_of(made), width)
    groups = [part for part in drawn.words if isinstance(part, Group)]
    for block in (each for group in groups for each in group.elements):
        assert isinstance(block, Block)
        for text in texts(drawn):
            left, top, right, bottom = box(text)
            is_clear = right <= block.left or block.left + block.width <= left
            assert is_clear or bottom <= block.top or block.top + block.height <= top, text


def _vague() -> PatientRecord:
    return record(
        totals("oms", {"2025-01-01": "9", "2026-01-01": "3"}),
        [treatment("a", "ivig", "2025-01"), treatment("b", "rituximab", "2025-02-03")],
        [
            event("relapse", "2025-05", "2025-07"),
            event("relapse", "2025-08", "2025-08"),
            event("relapse", "2025-09-01", "2025-09-30"),
            event("fever", "2025-11"),
        ],
    )


def test_a_relapse_comes_and_goes_over_the_days_on_which_it_may_have_begun_and_ended() -> None:
    """Where both lie in one month it has no edge at all; an exact one has two."""
    figure = figure_of(_vague())
    drawn, per_day = whole(figure), layout_of(figure, 840, 0, MEASURE).scale.days_per_pixel
    spans = [e for e in elements(drawn) if isinstance(e, Block) and e.role == "relapse_soft"]
    assert [
        (
            round(e.width * per_day),
            round(e.fade_left * per_day, 1),
            round(e.fade_right * per_day, 1),
        )
        for e in spans
    ] == [(92, 31, 31), (31, 15.5, 15.5), (30, 0, 0)]


def test_an_event_and_a_start_of_a_month_are_as_wide_as_it() -> None:
    """A faint bar below the triangle, a faint band beside the line; what is exact has neither."""
    figure = figure_of(_vague())
    layout = whole_layout_of(figure, 840, MEASURE)
    drawn = whole(figure)
    (bar,) = (e for part in drawn.words if isinstance(part, Group) for e in part.elements)
    bands = {
        (e.left, e.width) for e in elements(drawn) if isinstance(e, Block) and e.role == "accent"
    }
    november, january = figure.events[-1].begun, figure.starts[0].begun
    assert november is not None
    assert january is not None
    assert isinstance(bar, Block)
    ends = [layout.scale.px(x) for x in (*november, *january)]
    assert (bar.left, bar.left + bar.width) == pytest.approx(ends[:2])
    ((left, width),) = bands
    assert (left, left + width) == pytest.approx(ends[2:])


def test_what_is_planned_is_said_behind_the_date_of_its_line_where_there_is_room() -> None:
    """The date stays where there is none; where nothing is planned nothing is said."""
    made = record(
        totals("oms", {"2025-12-01": "9", "2026-01-28": "3"}),
        [treatment("a", "scig", "2026-02-20")],
    )
    seen = set()
    for width in range(300, 1000, 50):
        found = told(whole(figure_of(made), width))
        assert "28 Jan 2026" in found
        seen.add("planned \u203a" in found)
    assert seen == {True, False}
    assert "planned \u203a" not in told(whole(figure_of(child())))


@settings(max_examples=40, deadline=None)
@given(records(), st.sampled_from([700, 1400]))
def test_no_label_covers_a_line_of_scores(made: PatientRecord, width: int) -> None:
    """Looked at in many places along each line."""
    drawn = whole(figure_of(made), width)
    boxes = [box(text) for text in texts(drawn)]
    for line in (each for each in elements(drawn) if isinstance(each, Polyline)):
        for (x1, y1), (x2, y2) in pairwise(line.places):
            for share in (n / 20 for n in range(21)):
                x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
                assert not any(
                    left < x < right and top < y < low for left, top, right, low in boxes
                )


def centre(mark: Disc | Outline) -> tuple[float, float]:
    """Return the middle of a mark."""
    if isinstance(mark, Disc):
        return mark.centre
    xs, ys = [x for x, _ in mark.corners], [y for _, y in mark.corners]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


@settings(max_examples=60, deadline=None)
@given(records())
def test_every_total_stands_at_its_day_and_height(made: PatientRecord) -> None:
    """Worked out again from the ends of the axis and of the panel alone."""
    figure = figure_of(made)
    layout = whole_layout_of(figure, 840, MEASURE)
    drawn = course_drawing(figure, layout, layout.scale, figure.axis.ticks, MEASURE)
    axis = figure.axis
    for place, group in zip(layout.panels, drawn.marks, strict=True):
        panel, plot = place.panel, place.plot
        marks = [centre(each) for each in group.elements if isinstance(each, Disc)]
        expected = []
        for mark in panel.marks:
            across = (mark.x - axis.lowest) / (axis.highest - axis.lowest)
            up = float((mark.y - panel.lowest) / (panel.highest - panel.lowest))
            at = plot.left + across * plot.width, plot.top + (1 - up) * plot.height
            expected += [at] if mark.shape.value == "circle" else []
        assert len(marks) == len(expected)
        for one, other in zip(marks, expected, strict=True):
            assert one == pytest.approx(other)


def test_a_stretch_shows_its_own_marks_alone() -> None:
    """What lies outside is neither drawn nor named; what is inside stands where it does."""
    figure = figure_of(child())
    view = CourseView.of(figure, MEASURE, (900, 700))
    middle = (figure.axis.first + figure.axis.last) / 2
    near = view.shown(Extent(middle - 60, middle + 60))
    inside = [mark for mark in figure.panels[0].marks if abs(mark.x - middle) <= 60]
    drawn = near.drawing().marks[0].elements
    assert 0 < len(inside) < len(figure.panels[0].marks)
    assert sum(isinstance(each, Disc | Outline) for each in drawn) == len(inside)


@pytest.mark.parametrize("made", [record(), child(), published_case()])
@pytest.mark.parametrize("axis", list(AxisKind))
def test_one_and_the_same_course_is_drawn_alike(made: PatientRecord, axis: AxisKind) -> None:
    """Nothing depends on the moment; an empty record says that it is empty."""
    if axis is AxisKind.SINCE and not made.treatments:
        axis = AxisKind.DATE
    options = FigureOptions(axis, made.treatments[0].facts.treatment_id if made.treatments else "")
    figure = figure_of(made, options)
    assert whole(figure) == whole(figure)
    assert made.visits or figure.summary in " ".join(told(whole(figure)))


def test_marks_that_would_lie_on_each_other_are_all_seen() -> None:
    """Those below stand up and left, each with its own shape; apart in time none is moved."""
    days = ("2025-03-01", "2025-03-01", "2025-03-01", "2025-04-01")
    seen = [
        visit(day, sheet("oms", "111111"), visit_id=f"v{n}", rater=f"R{n}")
        for n, day in enumerate(days)
    ]
    figure = figure_of(record(seen))
    layout = layout_of(figure, 840, 600, MEASURE)
    place, marks = layout.panels[0], figure.panels[0].marks
    drawn = PanelDrawer(place, layout.scale, MEASURE)
    found = [centre(each) for each in drawn.behind() if isinstance(each, Disc | Outline)]
    x, y = layout.scale.px(marks[0].x), place.y(6.0)
    assert found == [pytest.approx((x - n * 5, y - n * 5), abs=1) for n in (2, 1, 0)]
    kinds = {type(each) for each in drawn.behind() if isinstance(each, Disc | Outline)}
    assert kinds == {Disc, Outline}


def test_what_little_room_there_is_goes_to_scores_then_items_then_words() -> None:
    """Rows of items stand closely before they go; the chosen panel keeps its least height."""
    figure = figure_of(child(), FigureOptions(chosen="oms"))
    seen = set()
    for height in range(260, 900, 20):
        layout = layout_of(figure, 1264, height, MEASURE)
        place = next(each for each in layout.panels if not each.is_folded)
        rows = [row.height for row in place.item_rows]
        least = layout.needed - (place.plot.height - 140)
        assert place.plot.height >= (200 if rows == [15.0] * 6 else 140)
        assert rows or least + 6 * 12 > height
        seen.add(tuple(rows))
    assert seen == {(), (12.0,) * 6, (15.0,) * 6}
    assert layout_of(figure, 1264, 0, MEASURE).needed == least_height(figure, 1264, MEASURE)
