"""The drawings of a cohort, laid out: what is told stands, and nothing stands on anything else."""

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing.cohort import fan_axes, fan_drawing, patient_elements, steps_axes, steps_drawing
from app.drawing.measure import Measure
from app.drawing.vocabulary import Disc, Drawing, Line, Outline, Polyline, Text
from app.trends.cohort import DAYS
from app.trends.cohort_figure import Fan, FanLine, Step, Steps, Tick
from app.trends.survival import Wait, curve_of
from tests.drawing.drawn import box, elements, texts, told

NOTHING = (None,) * len(DAYS)
UP = (Tick(0, "0"), Tick(6, "6"), Tick(12, "12"), Tick(18, "18"))
USUAL = Measure()

_values = st.lists(
    st.none() | st.integers(0, 18).map(float), min_size=len(DAYS), max_size=len(DAYS)
).map(tuple)
_sizes = st.tuples(st.floats(240, 2400), st.floats(0, 1000))
_units = st.sampled_from((1.0, 1.25, 1.5)).map(Measure)
_captions = st.text("abcdefgh ", max_size=120)


@st.composite
def fans(draw: st.DrawFn) -> Fan:
    """Return patients with gaps, a median wherever five are seen, and counts of any length."""
    lines = [
        FanLine(str(n), values) for n, values in enumerate(draw(st.lists(_values, max_size=8)))
    ]
    many = draw(st.sampled_from((1, 100, 10_000)))
    columns = [[line.values[place] for line in lines] for place in range(len(DAYS))]
    counts = [many * sum(value is not None for value in column) for column in columns]
    spread = [_spread(column) for column in columns]
    median, q1, q3 = (tuple(each[part] for each in spread) for part in range(3))
    across = [Tick(day, str(day), f"{n:,}") for day, n in zip(DAYS, counts, strict=True)]
    return Fan(
        tuple(lines), median, q1, q3, 0, 18, tuple(across), UP, draw(_captions), "in words"
    )  # fmt: skip


def _spread(column: Sequence[float | None]) -> tuple[float | None, ...]:
    seen = sorted(value for value in column if value is not None)
    if len(seen) < 5:
        return None, None, None
    return seen[len(seen) // 2], seen[len(seen) // 4], seen[-len(seen) // 4]


@st.composite
def curves(draw: st.DrawFn) -> Steps:
    """Return a curve as it is told of ten patients or more."""
    waits = st.builds(Wait, st.integers(1, 2000), has_happened=st.booleans())
    seen = [Wait(draw(st.integers(1, 99)), has_happened=True), *[Wait(99, has_happened=False)] * 9]
    curve = curve_of(seen + draw(st.lists(waits, max_size=30)))
    bounds = zip(curve.days, curve.share, curve.low, curve.high, strict=True)
    steps = tuple(
        Step(
            day,
            1 - float(share),
            None if high is None else 1 - float(high),
            None if low is None else 1 - float(low),
        )
        for day, share, low, high in bounds
    )
    across = tuple(Tick(day, str(day), str(count)) for day, count in curve.risk_table)
    up = (Tick(0, "0 %"), Tick(0.5, "50 %"), Tick(1, "100 %"))
    return Steps(steps, across, up, draw(_captions), "in words")


def _fan(*lines: FanLine, median: tuple[float | None, ...] = NOTHING) -> Fan:
    across = tuple(Tick(day, str(day), "7") for day in DAYS)
    return Fan(lines, median, median, median, 0, 18, across, UP, "days since", "in words")


def _drawn(fan: Fan, size: tuple[float, float] = (900, 400)) -> Drawing:
    return fan_drawing(fan, fan_axes(fan, size, USUAL), USUAL)


def _check_words(drawing: Drawing, measure: Measure) -> None:
    """Every word is whole within the drawing, and none stands on another."""
    for text in texts(drawing):
        left, top, right, bottom = box(text)
        assert left >= -0.01
        assert right <= drawing.width + 0.01, text
        assert top >= -0.01
        assert bottom <= drawing.height + 0.01
        assert text.size >= 12 * measure.unit - 0.5
    for one, other in combinations(texts(drawing), 2):
        assert not _overlap(one, other), (one, other)


def _overlap(one: Text, other: Text) -> bool:
    left, top, right, bottom = box(one)
    left_2, top_2, right_2, bottom_2 = box(other)
    is_across = min(right, right_2) - max(left, left_2) > 0.01
    return is_across and min(bottom, bottom_2) - max(top, top_2) > 0.01


@given(fans(), _sizes, _units)
def test_the_words_of_a_fan_have_room(
    fan: Fan, size: tuple[float, float], measure: Measure
) -> None:
    """At every width, height and size of text; what was asked for is the least height."""
    axes = fan_axes(fan, size, measure)
    drawing = fan_drawing(fan, axes, measure)
    assert (drawing.width, drawing.height) == (axes.width, axes.height)
    assert drawing.width == size[0]
    assert drawing.height >= size[1]
    _check_words(drawing, measure)


@settings(deadline=None)  # the first curve of all waits for scipy
@given(curves(), _sizes, _units)
def test_the_words_of_a_curve_have_room(
    steps: Steps, size: tuple[float, float], measure: Measure
) -> None:
    """And what is drawn stands between its first and its last day."""
    axes = steps_axes(steps, size, measure)
    drawing = steps_drawing(steps, axes, measure)
    _check_words(drawing, measure)
    (line,) = (each for each in elements(drawing) if isinstance(each, Polyline))
    assert line.places[0] == (axes.left, axes.top)
    assert line.places[-1][0] == pytest.approx(axes.right)
    for shape in (each for each in elements(drawing) if isinstance(each, Outline)):
        for x, y in shape.corners:
            assert axes.left - 0.01 <= x <= axes.right + 0.01
            assert axes.top - 0.01 <= y <= axes.bottom + 0.01


@given(fans(), _sizes, _units)
def test_how_many_are_observed_stands_under_the_axis(
    fan: Fan, size: tuple[float, float], measure: Measure
) -> None:
    """Evenly, day 0 among them, each number under its day and both under the line of zero."""
    axes = fan_axes(fan, size, measure)
    drawing = fan_drawing(fan, axes, measure)
    below = [text for text in texts(drawing) if text.y > axes.bottom + 8 * measure.unit]
    rows = [each for each in fan.across if any(_under(each, text, axes.x) for text in below)]
    days = [int(tick.at) for tick in rows]
    assert 0 in days
    assert len({later - day for day, later in pairwise(days)}) <= 1
    for tick in rows:
        assert any(text.text == tick.below and _under(tick, text, axes.x) for text in below)


def _under(tick: Tick, text: Text, x: object) -> bool:
    left, _, right, _ = box(text)
    assert callable(x)
    return text.text in (tick.label, tick.below) and abs((left + right) / 2 - x(tick.at)) < 0.01


def test_on_a_usual_screen_every_day_has_its_number() -> None:
    """Four weeks apart, the last of them 364."""
    drawn = told(_drawn(_fan()))
    assert [text for text in drawn if text in {str(day) for day in DAYS}] == [
        "0", *(str(day) for day in DAYS),
    ]  # fmt: skip
    assert drawn.count("7") == len(DAYS)
    assert "days since" in drawn


def test_lines_that_many_share_are_drawn_once_and_darker() -> None:
    """Up to a bound, so that the median stands out; one alone is always seen."""
    steps = (12.0, 12.0, *(None,) * (len(DAYS) - 2))
    alone = (12.0, 6.0, *(None,) * (len(DAYS) - 2))
    drawing = _drawn(_fan(*(FanLine(str(n), steps) for n in range(50)), FanLine("x", alone)))
    thin = [
        each for each in elements(drawing) if isinstance(each, Line) and each.role == "series1"
    ]
    assert len(thin) == 2
    faint, dark = sorted(each.alpha for each in thin)
    assert 0.2 <= faint < dark == 0.6


@pytest.mark.parametrize(("count", "least"), [(1, 0.3), (40, 0.3), (200, 0.2), (10_000, 0.02)])
def test_one_line_among_many_can_be_seen(count: int, least: float) -> None:
    """It grows fainter only from a hundred patients on, and slowly."""
    flat = FanLine("a", (3.0,) * len(DAYS))
    other = FanLine("b", (9.0, 15.0, *(None,) * (len(DAYS) - 2)))
    drawing = _drawn(_fan(other, *(flat,) * (count - 1)))
    lines = [each for each in elements(drawing) if isinstance(each, Line)]
    assert min(each.alpha for each in lines) >= least


def test_who_was_seen_once_is_a_dot() -> None:
    """Between two gaps, and at either end; so is a median of one day, in its rim."""
    for place in (0, 5, len(DAYS) - 1):
        values = tuple(9.0 if n == place else None for n in range(len(DAYS)))
        drawing = _drawn(_fan(FanLine("a", values), median=values))
        dots = [each for each in elements(drawing) if isinstance(each, Disc)]
        assert [dot.fill for dot in dots] == ["series1", "background", "series1"]
        assert not any(isinstance(each, Polyline | Outline) for each in elements(drawing))


def test_a_gap_parts_a_line_the_median_and_its_band() -> None:
    """Nothing is drawn across days on which nobody knows."""
    values = (1.0, 2.0, None, *(4.0,) * (len(DAYS) - 3))
    fan = _fan(FanLine("a", values), median=values)
    drawing = _drawn(fan)
    wide = [each for each in elements(drawing) if isinstance(each, Polyline)]
    assert len(wide) == 4  # each stretch with its rim
    assert sum(isinstance(each, Outline) for each in elements(drawing)) == 2
    axes = fan_axes(fan, (900, 400), USUAL)
    chosen = list(patient_elements(fan, axes, 0))
    assert [len(each.places) for each in chosen if isinstance(each, Polyline)] == [2, 12]
    assert {each.role for each in chosen if isinstance(each, Polyline)} == {"ink"}


def test_an_interval_is_one_shape_as_long_as_it_is_known() -> None:
    """Each bound holds from its step to the next."""
    steps = (Step(10, 0.8, 0.6, 0.9), Step(20, 0.5, 0.3, 0.7), Step(30, 0.4, None, None))
    shown = Steps(steps, (Tick(0, "0", "12"),), (Tick(0, "0 %"), Tick(1, "100 %")), "", "")
    axes = steps_axes(shown, (400, 200), USUAL)
    drawing = steps_drawing(shown, axes, USUAL)
    (shape,) = (each for each in elements(drawing) if isinstance(each, Outline))
    expected = (
        (10, 0.9), (20, 0.9), (20, 0.7), (30, 0.7), (30, 0.3), (20, 0.3), (20, 0.6), (10, 0.6),
    )  # fmt: skip
    assert shape.corners == tuple(axes.at(*each) for each in expected)
    (line,) = (each for each in elements(drawing) if isinstance(each, Polyline))
    down = ((0, 1), (10, 1), (10, 0.8), (20, 0.8), (20, 0.5), (30, 0.5), (30, 0.4))
    assert line.places == tuple(axes.at(*each) for each in down)


def test_an_interval_that_the_formula_does_not_give_is_a_gap() -> None:
    """Each stretch that has one is a shape of its own."""
    known, unknown = (0.6, 0.9), (None, None)
    bounds = (unknown, known, unknown, known, unknown)
    steps = tuple(Step(10 * n, 0.8, *each) for n, each in enumerate(bounds, start=1))
    shown = Steps(steps, (), (), "", "")
    axes = steps_axes(shown, (400, 200), USUAL)
    shapes = [
        each for each in elements(steps_drawing(shown, axes, USUAL)) if isinstance(each, Outline)
    ]
    assert [shape.corners[0] for shape in shapes] == [axes.at(20, 0.9), axes.at(40, 0.9)]
    assert all(len(shape.corners) == 4 for shape in shapes)


def test_an_empty_fan_has_its_axes() -> None:
    """Nobody is in it, and nothing is drawn of them."""
    drawing = _drawn(_fan())
    roles = {each.role for each in elements(drawing) if isinstance(each, Line)}
    assert roles == {"grid", "ink_soft"}
    assert set(told(_drawn(Fan((), NOTHING, NOTHING, NOTHING, 0, 1, (), (), "", "")))) == set()
