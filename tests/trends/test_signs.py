"""The signs of a figure: who amended, typed, rated and stopped, the day, and what they mean."""

from datetime import date

import pytest

from app.language import words
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Figure
from tests.courses import (
    CATALOGUE,
    record,
    sheet,
    step,
    totals,
    treatment,
    trend,
    typed,
    visit,
)

AS_OF = date(2026, 1, 28)


def figure_of(*given: object, **options: object) -> Figure:
    """Return the figure of a record made of these."""
    made = record(*given)  # type: ignore[arg-type] # as the builder takes them
    return compose(trend(made), CATALOGUE, words(), FigureOptions(**options))  # type: ignore[arg-type]


def test_an_amended_visit_has_a_sign_and_its_words() -> None:
    """And no other; the note says what the sign means."""
    figure = figure_of(
        [
            visit("2025-12-01", sheet("oms", "111111")),
            visit("2025-12-20", sheet("oms", "000001"), version=2),
        ]
    )
    marks = figure.panels[0].marks
    assert [mark.is_amended for mark in marks] == [False, True]
    assert marks[1].words.endswith("amended after it was signed")
    assert "A ring around a mark: the visit was amended after it was signed." in figure.notes


def test_a_typed_total_has_a_sign() -> None:
    """A scored one has none."""
    paper = figure_of(totals("oms", {"2025-12-01": "5"}))
    scored = figure_of([visit("2025-12-01", sheet("oms", "111111"))])
    assert [mark.is_typed for mark in paper.panels[0].marks] == [True]
    assert [mark.is_typed for mark in scored.panels[0].marks] == [False]
    note = "A line below a mark: the total was typed from paper."
    assert (note in paper.notes, note in scored.notes) == (True, False)


def test_visits_of_one_date_with_one_total_say_so() -> None:
    """Another total on that day, and the same one on another, stand alone."""
    given = (("2025-12-01", "5"), ("2025-12-01", "5"), ("2025-12-01", "6"), ("2025-12", "5"))
    seen = [
        visit(day, typed("oms", total), visit_id=f"v{number}")
        for number, (day, total) in enumerate(given)
    ]
    figure = figure_of(seen)
    marks = {mark.visit: mark for mark in figure.panels[0].marks}
    assert [marks[f"#v{n}"].alike for n in range(4)] == [2, 2, 1, 1]
    told = [marks[f"#v{n}"].words.endswith("2 visits have this date and total") for n in range(4)]
    assert told == [True, True, False, False]
    assert "A mark behind another: several visits with the same date and total." in figure.notes


def test_where_the_rater_changes_is_marked() -> None:
    """At the first visit of another one, and at no visit without a total."""
    days = {"2025-10-01": "A", "2025-11-01": "A", "2025-12-01": "B", "2026-01-01": "A"}
    seen = [visit(day, sheet("oms", "111111"), rater=who) for day, who in days.items()]
    gap = visit("2025-11-15", sheet("oms", "11111x"), rater="C")
    panel = figure_of([*seen, gap]).panels[0]
    assert panel.new_raters == tuple(mark.x for mark in panel.marks[2:])


@pytest.mark.parametrize(("reason", "has_reason"), [("side_effect", True), ("", False)])
def test_a_stop_for_a_known_reason_has_a_sign(reason: str, has_reason: bool) -> None:
    """At the end of the last bar alone."""
    steps = (step("20", "mg", "daily", "2025-06-01"), step("10", "mg", "daily", "2025-08-01"))
    given = treatment("a", "prednisolone", "2025-06-01", "2025-10-01", *steps, stop_reason=reason)
    bars = figure_of([], [given]).lanes[0].bars
    assert [bar.has_reason for bar in bars] == [False] * (len(bars) - 1) + [has_reason]


def test_a_planned_stop_has_no_sign_yet() -> None:
    """Its reason is told once it has come."""
    given = treatment("a", "ivig", "2025-06-01", "2026-06-01", stop_reason="completed")
    assert not any(bar.has_reason for bar in figure_of([], [given]).lanes[0].bars)


def test_the_day_has_its_line_where_the_axis_holds_it() -> None:
    """It reaches there after weeks unseen, and not after years, which would crowd the rest."""
    near, far = (
        figure_of(totals("oms", {first: "5", last: "3"}))
        for first, last in (("2025-01-01", "2025-12-01"), ("2015-01-01", "2016-12-01"))
    )
    assert near.today is not None
    assert near.today.label == "28 Jan 2026"
    assert near.axis.highest > near.today.x
    assert far.today is not None
    assert (far.today.x, far.today.label) == (far.axis.last, "28 Jan 2026 \u203a")
    assert (near.today.is_beyond, far.today.is_beyond) == (False, True)


def test_the_familys_figure_has_the_line_only_before_plans() -> None:
    """A page on a fridge has no today."""
    told = totals("oms", {"2025-01-01": "5", "2025-12-01": "3"})
    assert figure_of(told, is_simple=True).today is None
    plans = [treatment("b", "ivig", "2026-03-01")]
    assert figure_of(told, plans, is_simple=True).today is not None


def test_the_familys_figure_has_no_sign() -> None:
    """Neither ring nor tick nor line, and no word of them."""
    made = [
        visit("2025-11-01", sheet("oms", "111111"), rater="A"),
        visit("2025-12-01", sheet("oms", "000001"), rater="B", version=2),
    ]
    panel = figure_of(made, is_simple=True).panels[0]
    assert not any(mark.is_amended or mark.is_typed for mark in panel.marks)
    assert panel.new_raters == ()
