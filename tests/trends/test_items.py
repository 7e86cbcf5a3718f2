"""The items of a scale over time: which sign was there at each visit, and how bad."""

import pytest

from app.language import words
from app.records.model import PatientRecord
from app.trends.compose import FigureOptions, compose
from app.trends.figure import ItemRow
from tests.courses import CATALOGUE, record, sheet, totals, trend, typed, visit

WORDS = words()


def _rows(course: PatientRecord, key: str = "oms") -> tuple[ItemRow, ...]:
    figure = compose(trend(course), CATALOGUE, WORDS)
    return next((panel.items for panel in figure.panels if panel.key == key), ())


def _row(course: PatientRecord, label: str, key: str = "oms") -> ItemRow:
    return next(row for row in _rows(course, key) if row.label == label)


def test_each_item_has_a_row_and_each_visit_a_cell() -> None:
    """In the order of the scale, named as the sheet names them."""
    course = record(
        [visit("2025-01-01", sheet("oms", "012301")), visit("2025-02-01", sheet("oms", "000000"))]
    )
    rows = _rows(course)
    assert [row.label for row in rows] == [
        WORDS(item.heading or item.title) for item in CATALOGUE.find("oms").items
    ]
    assert [len(row.cells) for row in rows] == [2] * 6
    shares = [row.cells[0].share for row in rows]
    assert shares == pytest.approx([0, 1 / 3, 2 / 3, 1, 0, 1 / 3])
    assert [row.cells[1].share for row in rows] == [0.0] * 6


def test_what_has_no_level_has_no_share_and_says_why() -> None:
    """Not testable, declined and open are no level 0."""
    whole = visit("2025-02-01", sheet("oms", "000000"))
    course = record([visit("2025-01-01", sheet("oms", "0x-.10")), whole])
    cells = [row.cells[0] for row in _rows(course)]
    assert [cell.share is None for cell in cells] == [False, True, True, True, False, False]
    told = [cell.words.split("\n")[0] for cell in cells[1:4]]
    assert "not testable" in told[0]
    assert "declined" in told[1]
    assert told[2].endswith("open")


def test_both_sides_make_an_item() -> None:
    """The share is of the worst that both can be; with one side open there is none."""
    keys = CATALOGUE.find("sara").keys
    levels = "".join("4" if str(key).startswith("finger_chase.right") else "0" for key in keys)
    course = record([visit("2025-01-01", sheet("sara", levels))])
    cell = _row(course, "Finger chase", "sara").cells[0]
    assert cell.share == pytest.approx(0.5)
    assert cell.words.split("\n")[:2] == [
        "Finger chase, right side: 4",
        "Finger chase, left side: 0",
    ]
    half = visit("2025-02-01", sheet("sara", levels.replace("4", ".")))
    both = record([visit("2025-01-01", sheet("sara", levels)), half])
    assert [one.share for one in _row(both, "Finger chase", "sara").cells] == [0.5, None]


def test_a_cell_says_its_day_and_opens_its_visit() -> None:
    """As the mark of the total above it."""
    course = record([visit("2025-01-01", sheet("oms", "111111"))])
    figure = compose(trend(course), CATALOGUE, WORDS)
    cell, mark = figure.panels[0].items[0].cells[0], figure.panels[0].marks[0]
    assert (cell.visit, cell.x) == (mark.visit, mark.x)
    assert "1 Jan 2025" in cell.words


def test_typed_totals_and_long_scales_have_no_strip() -> None:
    """There is nothing to tell apart, or too much."""
    assert _rows(record([visit("2025-01-01", typed("oms", "7"))])) == ()
    assert _rows(record(totals("icars", {"2025-01-01": "7"})), "icars") == ()
    long = record([visit("2025-01-01", sheet("icars", "0" * len(CATALOGUE.find("icars").keys)))])
    assert _rows(long, "icars") == ()


def test_a_family_and_a_subscore_see_no_strip() -> None:
    """The simple figure has few words, and a part of a scale is read beside the whole."""
    course = record([visit("2025-01-01", sheet("oms", "111111"))])
    simple = compose(trend(course), CATALOGUE, WORDS, FigureOptions(is_simple=True))
    assert simple.panels[0].items == ()
    keys = ("oms", "oms.without_speech")
    both = compose(trend(course), CATALOGUE, WORDS, FigureOptions(keys=keys))
    assert [len(panel.items) for panel in both.panels] == [6, 0]
