"""The numbers of the ``trend`` JSON once more, written only from its published definition.

Deliberately naive and slow: a date is the list of its days, a number is a fraction, nothing is
shared with the code it checks.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from app.records.model import PatientRecord, Treatment, Visit
from scales.catalogue import Catalogue
from scales.model import Definition

Row = dict[str, Any]


@cache
def days_of(text: str) -> tuple[date, ...]:
    """Return every day that a written date may mean."""
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    months = [parts[1]] if len(parts) > 1 else list(range(1, 13))
    return tuple(
        date(year, month, day)
        for month in months
        for day in ([parts[2]] if len(parts) > 2 else range(1, monthrange(year, month)[1] + 1))
    )


def text_of(when: object) -> str:
    """Return a date as written; unknown is empty."""
    return "" if when is None else str(when)


def order_of(text: str) -> tuple[date, int]:
    """Return the first day of the period, and how short the date is written."""
    return days_of(text)[0], -len(text)


def rows(record: PatientRecord, catalogue: Catalogue) -> dict[str, list[Row]]:
    """Return the points of every series as plain rows."""
    found: dict[str, list[Row]] = {}
    kept = [v for v in record.visits if v.state.value in ("signed", "imported")]
    kept = [v for v in kept if v.error_reason is None]
    kept.sort(key=lambda v: (order_of(str(v.facts.date)), v.facts.time, v.facts.visit_id))
    for definition in catalogue.definitions:
        for visit in kept:
            for key, row in _rows_of(visit, definition):
                found.setdefault(key, []).append(row)
    return found


def _rows_of(visit: Visit, definition: Definition) -> list[tuple[str, Row]]:
    told = []
    for sheet in visit.sheets:
        if sheet.scale != definition.id or (not sheet.answers and sheet.total is None):
            continue
        missing = [str(key) for key in sheet.missing]
        told.append((definition.id, _row(visit, sheet.total, missing)))
        if sheet.is_typed:
            continue
        for subscore in definition.subscores:
            of_it = [m for m in missing if m.split(".")[0] in subscore.items]
            value = sheet.subscores[subscore.id]
            told.append((f"{definition.id}.{subscore.id}", _row(visit, value, of_it)))
    return told


def _row(visit: Visit, total: object, missing: list[str]) -> Row:
    number = None if total is None else Fraction(str(total))
    return {
        "visit": visit.facts.visit_id,
        "date": str(visit.facts.date),
        "total": number,
        "missing": missing,
    }


def since(points: Sequence[Row], treatment: Treatment, others: Sequence[Treatment]) -> Row:
    """Return what a series did since a start, as plain values."""
    start = str(treatment.facts.start)
    scored = [point for point in points if point["total"] is not None]
    before = [point for point in scored if _is_baseline(point["date"], start)]
    base = before[-1] if before else None
    after = [p for p in scored if min(days_of(p["date"])) > max(days_of(start))]
    lower = [p for p in after if base and p["total"] < base["total"]]
    zeros = [p for p in after if p["total"] == 0]
    best = None
    for point in after:
        if best is None or point["total"] < best["total"]:
            best = point
    last = after[-1] if after else None
    told: Row = {"baseline": base, "best": best, "last": last}
    told["first_lower"] = lower[0] if lower else None
    told["first_zero"] = zeros[0] if zeros else None
    told["change"], told["change_last"] = percent(base, best), percent(base, last)
    return told | near(treatment, others)


def _is_baseline(day: str, start: str) -> bool:
    is_before = max(days_of(day)) < min(days_of(start))
    is_near = (max(days_of(start)) - min(days_of(day))).days <= 30
    return (is_before or day == start) and is_near


def percent(base: Row | None, then: Row | None) -> str | None:
    """Return the change in tenths of a per cent, written with one decimal."""
    if base is None or then is None or base["total"] == 0:
        return None
    tenths = (then["total"] - base["total"]) / base["total"] * 1000
    rounded = int(abs(tenths) + Fraction(1, 2))
    sign = "-" if tenths < 0 and rounded else ""
    return f"{sign}{rounded // 10}.{rounded % 10}"


@cache
def reach_of(text: str) -> frozenset[date]:
    """Return every day that is 14 days or less away from what a date may mean."""
    return frozenset(day + timedelta(days=n) for day in days_of(text) for n in range(-14, 15))


def near(treatment: Treatment, others: Sequence[Treatment]) -> Row:
    """Return which other starts are within 14 days, and which may be."""
    mine = days_of(str(treatment.facts.start))
    reach = reach_of(str(treatment.facts.start))
    within, unknown = [], []
    for other in others:
        if other.facts.treatment_id == treatment.facts.treatment_id:
            continue
        theirs = days_of(text_of(other.facts.start)) if other.facts.start else tuple(reach)
        gaps = [abs((theirs[0] - day).days) for day in mine]
        if len(text_of(other.facts.start)) == 10 and max(gaps) <= 14:
            within.append(other)
        elif any(day in reach and day <= _latest(other) for day in theirs):
            unknown.append(other)
    return {"within": _ordered(within), "unknown": _ordered(unknown)}


def _latest(other: Treatment) -> date:
    """Return the last day by which any of a treatment was given: of its stop and each dose."""
    dates = [other.facts.stop]
    for dose in other.doses:
        dates += [dose.facts.start, dose.facts.stop]
    return min((days_of(str(each))[-1] for each in dates if each), default=date.max)


def _ordered(treatments: Sequence[Treatment]) -> list[str]:
    far = (date.max, 0)
    keyed = [
        (order_of(str(each.facts.start)) if each.facts.start else far, each.facts.treatment_id)
        for each in treatments
    ]
    return [name for _, name in sorted(keyed)]
