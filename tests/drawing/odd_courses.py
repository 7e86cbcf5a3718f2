"""Courses that a chart must bear: too little, too much, or dates that do not fit together."""

from collections.abc import Mapping
from datetime import date, timedelta

from app.records.model import PatientRecord
from tests.courses import event, record, sheet, step, totals, treatment, visit

FIRST = date(2025, 1, 6)


def _many() -> PatientRecord:
    """Return forty treatments that run at once, each with a dose."""
    agents = ("ivig", "prednisolone", "rituximab", "trazodone", "other")
    given = [
        treatment(
            f"t{number:02d}", agents[number % 5], str(FIRST + timedelta(days=number)), "",
            step(str(number + 1), "mg", "daily", str(FIRST + timedelta(days=number))),
            note=f"trial drug {number:02d}" if number % 5 == 4 else "",
        )
        for number in range(40)
    ]  # fmt: skip
    return record(totals("oms", {"2025-02-01": "12", "2025-12-01": "4"}), given)


def _decades() -> PatientRecord:
    """Return thirty years of visits, two a year."""
    days = {str(date(1995 + n // 2, 1 + 6 * (n % 2), 15)): str(n % 19) for n in range(61)}
    return record(totals("oms", days), [treatment("a", "ivig", "1995-02-01")], birth="1990-01-01")


ODD: Mapping[str, PatientRecord] = {
    "one visit": record([visit("2025-06-01", sheet("oms", "321012"))]),
    "nothing": record(),
    "all at zero": record(totals("oms", {f"2025-{n:02d}-01": "0" for n in range(1, 10)})),
    "all incomplete": record(
        [visit(f"2025-{n:02d}-01", sheet("oms", "1x1111" if n % 2 else "1-1111"))
         for n in range(1, 10)]
    ),
    "visits before birth": record(
        totals("oms", {"2025-01-01": "9", "2025-06-01": "3"}), birth="2025-03-01"
    ),
    "a stop before a start": record(
        totals("oms", {"2025-01-01": "9", "2025-06-01": "3"}),
        [treatment("a", "ivig", "2025-05-01", "2025-02-01"),
         treatment("b", "prednisolone", "2025-04", "2025-02")],
    ),
    "forty treatments at once": _many(),
    "a dose of 0": record(
        totals("oms", {"2025-01-01": "9", "2025-06-01": "3"}),
        [treatment("a", "prednisolone", "2025-01-01", "",
                   step("20", "mg", "daily", "2025-01-01"), step("0", "mg", "daily", "2025-03-01"),
                   step("10", "mg", "daily", "2025-05-01"))],
    ),
    "thirty years": _decades(),
    "years alone": record(
        totals("oms", {"2022": "9", "2023": "6", "2024": "3"}),
        [treatment("a", "ivig", "2022", "2024")],
        [event("relapse", "2023"), event("fever", "2022")],
    ),
    "a planned start alone": record([], [treatment("a", "ivig", "2026-05-01")]),
    "many visits on one day": record(
        [visit("2025-06-01", sheet("oms", f"{n}{n}{n}000"), visit_id=f"v{n}") for n in range(4)]
    ),
}  # fmt: skip
