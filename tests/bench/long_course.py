"""A made-up patient with 200 visits in three scales and 20 treatments, and its figure."""

from datetime import date, timedelta
from functools import cache

from app.language import words
from app.records.model import PatientRecord, Treatment
from app.trends.compose import compose
from app.trends.figure import Figure
from app.trends.model import Trend
from tests.courses import CATALOGUE, record, sheet, step, treatment, trend, visit

FIRST = date(2008, 1, 7)
AGENTS = ("ivig", "prednisolone", "rituximab", "trazodone", "cyclophosphamide")


def _levels(number: int, highest: tuple[int, ...]) -> str:
    """Return levels that rise and fall slowly over the visits."""
    return "".join(
        str((number // (5 + place) + place) % (top + 1)) for place, top in enumerate(highest)
    )


@cache
def long_figure() -> Figure:
    """Return the figure of the long course."""
    return compose(long_trend(), CATALOGUE, words())


@cache
def stepped_figure(visits: int) -> Figure:
    """Return the figure of ten treatments with sixty dose steps each, and of so many visits."""
    return compose(trend(long_record(visits, 10, 60)), CATALOGUE, words())


@cache
def long_trend() -> Trend:
    """Return the long course."""
    return trend(long_record())


@cache
def long_record(visits: int = 200, starts: int = 20, steps: int = 4) -> PatientRecord:
    """Return the record of the long course, or of a longer one in the same sixteen years.

    Each treatment has so many dose steps, in whatever length it has: 60 days a step of four.
    """
    days = [FIRST + timedelta(days=6000 * number // visits) for number in range(visits)]
    scored = [
        visit(
            str(day),
            sheet("five_feature", _levels(number, (3,) * 5)),
            sheet("oms", _levels(number, (3,) * 6)),
            sheet("sara", _levels(number, (8, 6, 4, 6, *(4,) * 8))),
            rater=("M. Okafor", "T. Brandt", "A. Sen")[number % 3],
        )
        for number, day in enumerate(days)
    ]
    treatments = [
        _treatment(number, FIRST + timedelta(days=5600 * number // starts), steps)
        for number in range(starts)
    ]
    return record(scored, treatments, birth="2000-01-01")


def _treatment(number: int, start: date, steps: int) -> Treatment:
    doses, apart = ("2", "1", "0.5", "0.1"), 240 / steps
    return treatment(
        f"t{number:02d}", AGENTS[number % 5], str(start), str(start + timedelta(days=240)),
        *(step(doses[place % 4], "mg/kg", "daily", str(start + timedelta(days=int(apart * place))))
          for place in range(steps)),
    )  # fmt: skip
