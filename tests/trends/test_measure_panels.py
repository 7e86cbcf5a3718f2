"""Measures as panels, and layers that are put on and out."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.language import words
from app.records.model import Measure, MeasureFacts, PatientRecord
from app.trends.compose import FigureOptions, Layer, axis_words, compose, context_of
from app.trends.figure import Figure
from app.trends.measure_panels import value_steps
from tests.courses import CATALOGUE, child, record, totals, trend, when


def measure(kind: str, day: str, value: str, note: str = "") -> Measure:
    """Return a measure."""
    facts = MeasureFacts(date=when(day), kind=kind, value=Decimal(value), note=note)
    return Measure(f"{kind}{day}", "p", None, facts)


def measured() -> PatientRecord:
    """Return a course with weights, one of a month, and a blood value."""
    taken = (
        measure("weight_kg", "2025-06-01", "12.4"),
        measure("weight_kg", "2025-03", "11.8"),
        measure("weight_kg", "2025-12-01", "14"),
        measure("igg_g_l", "2025-05-01", "0", "limit 5.2"),
    )
    made = record(totals("oms", {"2025-04-01": "9", "2025-09-01": "3"}))
    return replace(made, measures=taken)


def figure_of(made: PatientRecord, options: FigureOptions) -> Figure:
    """Return the figure of a record."""
    return compose(trend(made), CATALOGUE, words(), options)


def test_a_kind_that_was_asked_for_stands_below_the_scales() -> None:
    """Every value at its day and height; a month stretches over its days; 0 is a value."""
    options = FigureOptions(chosen="oms", measures=("igg_g_l", "weight_kg"))
    panels = figure_of(measured(), options).panels
    assert [panel.key for panel in panels] == ["oms", "measure:weight_kg", "measure:igg_g_l"]
    weight, igg = panels[1:]
    assert [mark.y for mark in weight.marks] == [Decimal("11.8"), Decimal("12.4"), Decimal(14)]
    assert [mark.is_approximate for mark in weight.marks] == [True, False, False]
    assert weight.marks[1].words == "Weight (kg): 12.4, 1 Jun 2025"
    assert igg.marks[0].y == 0
    assert igg.marks[0].words.endswith("\nlimit 5.2")


@pytest.mark.parametrize(
    ("days", "runs"),
    [
        (["2025-03", "2025-04-01"], [2]),
        (["2025-03-31", "2025-04"], [2]),
        (["2025-03-01", "2025-03"], [1, 1]),
        (["2025-01-01", "2025-03", "2025-03-31"], [2, 1]),
        (["2025-03", "2025-03"], [2]),
        (["2025-03-01", "2025-03-02"], [2]),
    ],
)
def test_a_line_of_measures_breaks_where_their_order_is_not_known(
    days: list[str], runs: list[int]
) -> None:
    """A month beside a day of it."""
    taken = tuple(measure("weight_kg", day, str(10 + n)) for n, day in enumerate(days))
    made = replace(measured(), measures=taken)
    panels = figure_of(made, FigureOptions(chosen="oms", measures=("weight_kg",))).panels
    assert [len(run) for run in panels[1].lines] == runs


def test_what_was_not_asked_for_is_offered_and_not_drawn() -> None:
    """In the order of the list; the axis does not reach for it either."""
    made = replace(measured(), measures=(measure("weight_kg", "2024-01-01", "5"),))
    usual = FigureOptions(chosen="oms")
    figure, wide = (
        figure_of(made, each) for each in (usual, replace(usual, measures=("weight_kg",)))
    )
    assert [panel.key for panel in figure.panels] == ["oms"]
    assert wide.axis.first < figure.axis.first
    said = axis_words(context_of(trend(measured()), CATALOGUE, words()))
    assert said.measured == ("weight_kg", "igg_g_l")


def test_a_measure_is_never_folded() -> None:
    """Beside the chosen scale it is open, though there is only one scale."""
    figure = figure_of(measured(), FigureOptions(chosen="oms", measures=("weight_kg",)))
    assert figure.chosen == ("oms", "measure:weight_kg")


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=9))
def test_steps_are_round_few_and_around_every_value(values: list[Decimal]) -> None:
    """Two to five of them, equally far apart, each 1, 2 or 5 times a power of ten."""
    steps = value_steps(values)
    assert 2 <= len(steps) <= 5
    assert steps[0] <= min(values) <= max(values) <= steps[-1]
    sizes = {after - before for before, after in pairwise(steps)}
    assert len(sizes) == 1
    assert sizes.pop().normalize().as_tuple().digits in ((1,), (2,), (5,))


SHOWN: dict[Layer, Callable[[Figure], bool]] = {
    Layer.ITEMS: lambda figure: any(panel.items for panel in figure.panels),
    Layer.TREATMENTS: lambda figure: bool(figure.lanes or figure.starts),
    Layer.EVENTS: lambda figure: bool(figure.events),
}


@pytest.mark.parametrize("layer", list(Layer))
def test_a_layer_that_is_put_out_is_said(layer: Layer) -> None:
    """Nobody takes it for not recorded."""
    whole = figure_of(child(), FigureOptions())
    less = figure_of(child(), FigureOptions(hidden=frozenset({layer})))
    assert (SHOWN[layer](whole), SHOWN[layer](less)) == (True, False)
    assert less.notes[0] == f"Not shown here: {layer.value.title()}."
    assert not any(note.startswith("Not shown") for note in whole.notes)
