"""The sentences below a chart agree with the words beside it, and say dates as they are known."""

import pytest

from app.language import words
from app.records.model import PatientRecord
from app.trends.compose import FigureOptions, compose
from app.trends.figure import Figure
from app.trends.sentences import last_words
from tests.courses import CATALOGUE, record, sheet, totals, trend, visit

WORDS = words()
FROM_18 = "SARA: a measurement error that could be checked was found from 18 years on only"
SMALLEST = "SARA: 1.5 is the smallest change that mattered to adults."
NONE = "No measurement error that could be checked was found for this scale."


def _figure(made: PatientRecord, *, is_simple: bool = False) -> Figure:
    options = FigureOptions(is_simple=is_simple, keys=("sara",) if is_simple else None)
    return compose(trend(made), CATALOGUE, WORDS, options)


def _sara(*by_day: tuple[str, str], birth: str) -> PatientRecord:
    return record(totals("sara", dict(by_day)), birth=birth)


DAYS = (("2023-01-05", "14"), ("2025-01-05", "12"), ("2025-06-01", "9"))


@pytest.mark.parametrize(
    ("birth", "told", "simple"),
    [
        ("1980-01-01", (SMALLEST,), (SMALLEST,)),
        (
            "2006-03-01",
            (f"{FROM_18}.", SMALLEST),
            (
                "SARA: a figure for how exact this score is was found from 18 years on only.",
                SMALLEST,
            ),
        ),
        ("2008-03-01", (NONE,), None),
        (
            "",
            (f"{FROM_18}; the age is not known.",),
            ("SARA: a figure for how exact this score is was found from 18 years on only.",),
        ),
    ],
)
def test_from_which_age_on_noise_was_found_is_told(
    birth: str, told: tuple[str, ...], simple: tuple[str, ...] | None
) -> None:
    """Of an adult, of somebody who turned 18 on the way, of a child, of an unknown age."""
    made = _sara(*DAYS, birth=birth)
    assert _figure(made).notes[: len(told)] == told
    last = last_words(trend(made), CATALOGUE, "sara", WORDS)
    assert last is not None
    assert (last.noise == NONE) is (NONE in _figure(made).notes)
    alone = ("No figure that could be checked was found for how exact this score is.",)
    assert _figure(made, is_simple=True).notes[: len(simple or alone)] == (simple or alone)


def test_noise_is_a_matter_of_totals() -> None:
    """A child whose only visit has none is told of none that was found for adults."""
    made = record([visit("2025-01-05", sheet("sara", "x" * 12))], birth="2018-01-01")
    assert NONE in _figure(made).notes
    assert SMALLEST not in _figure(made).notes


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2025",), "SARA: 9 in 2025."),
        (("2025-06-01",), "SARA: 9 on 1 Jun 2025."),
        (("2025-03", "2025-06-01"), "SARA: 2 totals, from 9 in Mar 2025 to 9 on 1 Jun 2025."),
    ],
)
def test_the_figure_in_words_says_dates_as_they_are_known(
    days: tuple[str, ...], told: str
) -> None:
    """On a day, in a month or a year."""
    assert _figure(_sara(*((day, "9") for day in days), birth="")).summary == told
