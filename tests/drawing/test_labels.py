"""Which labels have room: none covers another, and none covers a mark."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.labels import Placed, packed, place_labels, rows_of
from app.drawing.measure import Letters, Measure
from app.drawing.time_scale import TimeScale
from app.trends.figure import EventMark

SCALE = TimeScale(100.0, 700.0, 0.0, 300.0)
MEASURE = Measure()
SPANS = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0.1, 90)).map(lambda s: (s[0], s[0] + s[1]))
)
LABELS = st.sampled_from(["", "fever", "hospital stay", "tumour removed", "x" * 90, "دواء"])
MARKS = st.lists(st.tuples(st.floats(-20, 320), LABELS), max_size=40)


def mark(x: float, label: str) -> EventMark:
    """Return an event of one day."""
    return EventMark(x, None, "fever", label, "")


def text_span(placed: Placed) -> tuple[float, float]:
    """Return where a label begins and ends."""
    return placed.text_x, placed.text_x + MEASURE.width(placed.text, Letters.SMALL)


@given(SPANS, st.integers(1, 4))
def test_packed_spans_never_overlap(spans: list[tuple[float, float]], rows: int) -> None:
    """Two spans in one row never share a point."""
    places = packed(spans, rows)
    for row in range(rows):
        held = sorted(span for span, place in zip(spans, places, strict=True) if place == row)
        assert all(first[1] <= second[0] for first, second in pairwise(held))


@given(SPANS, st.integers(1, 4))
def test_a_span_is_left_out_only_where_there_is_no_room(
    spans: list[tuple[float, float]], rows: int
) -> None:
    """What comes first has the first free row; looked for again, span by span."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    expected = []
    for begin, end in spans:
        free = [row for row in range(rows) if all(end <= b or e <= begin for b, e in taken[row])]
        expected.append(free[0] if free else None)
        if free:
            taken[free[0]].append((begin, end))
    assert list(packed(spans, rows)) == expected


@given(MARKS, st.integers(1, 3))
def test_no_label_covers_another_label_or_a_mark(
    marks: list[tuple[float, str]], rows: int
) -> None:
    """Over random events; a mark is four pixels to either side."""
    placed = place_labels([mark(*each) for each in marks], SCALE, MEASURE, rows)
    told = [each for each in placed if each.text]
    for one, other in combinations(told, 2):
        (_, first_end), (second_begin, _) = sorted((text_span(one), text_span(other)))
        assert one.row != other.row or first_end <= second_begin
    for label in told:
        begin, end = text_span(label)
        for each in placed:
            if each.row == label.row:
                assert each.x + 4 <= begin or each.x - 4 >= end


@given(MARKS, st.integers(1, 3))
def test_every_mark_in_view_stands_at_its_day(marks: list[tuple[float, str]], rows: int) -> None:
    """None is left out, whatever becomes of its label, and none stands outside."""
    placed = place_labels([mark(*each) for each in marks], SCALE, MEASURE, rows)
    days = sorted(x for x, _ in marks if 0 <= x <= 300)
    assert [each.x for each in placed] == pytest.approx([100 + 2 * day for day in days])
    assert rows_of(placed) <= rows


@given(MARKS)
def test_a_label_stays_within_the_axis_and_its_margin(marks: list[tuple[float, str]]) -> None:
    """Right of its mark, or left of it where the axis ends too soon."""
    for each in place_labels([mark(*one) for one in marks], SCALE, MEASURE):
        begin, end = text_span(each)
        assert not each.text or (begin >= 90 and end <= 710)


def test_a_lone_label_is_always_told() -> None:
    """In the middle and at both edges."""
    for day in (0.0, 150.0, 300.0):
        (placed,) = place_labels([mark(day, "hospital stay")], SCALE, MEASURE)
        assert placed.text == "hospital stay"


def test_a_label_without_end_is_cut() -> None:
    """What somebody typed may be longer than the axis."""
    (placed,) = place_labels([mark(0.0, "word " * 60)], SCALE, MEASURE)
    assert placed.text.endswith("…")
