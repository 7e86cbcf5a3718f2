"""A figure drawn by hand: an invented child's course with everything that a chart can show."""

from datetime import date
from decimal import Decimal

from app.trends.figure import (
    Axis,
    AxisKind,
    Bar,
    EventMark,
    Figure,
    Lane,
    Mark,
    MarkShape,
    OpenMark,
    Panel,
    RaterShape,
    StartLine,
    Tick,
    ValueTick,
)
from scales.model import plain

FIRST = date(2024, 11, 1).toordinal()
SHAPES = (
    MarkShape.CIRCLE,
    MarkShape.SQUARE,
    MarkShape.TRIANGLE,
    MarkShape.DIAMOND,
    MarkShape.STAR,
)


def mark(day: int, total: str, number: int = 0) -> Mark:
    """Return a mark; every fifth one has an approximate date."""
    is_approximate = number % 5 == 4
    reach = 12 if is_approximate else 0
    return Mark(
        x=FIRST + day,
        x_from=FIRST + day - reach,
        x_to=FIRST + day + reach,
        y=Decimal(total),
        shape=SHAPES[number % len(SHAPES)],
        visit=f"visit-{day}",
        words=f"{total} on day {day}",
        is_approximate=is_approximate,
    )


def panel(
    key: str,
    title: str,
    highest: int,
    totals: dict[int, str],
    colour: str,
    open_days: tuple[int, ...],
) -> Panel:
    """Return a panel with one run of marks, and open marks on some days."""
    marks = tuple(mark(day, total, number) for number, (day, total) in enumerate(totals.items()))
    return Panel(
        key=key,
        title=title,
        subtitle=f"0–{highest}, lower is better",
        caution="bedside sheet of this app, not a validated scale" if highest == 15 else "",
        colour=colour,
        lowest=Decimal(0),
        highest=Decimal(highest),
        ticks=tuple(ValueTick(y, plain(y)) for y in (Decimal(highest * n) / 5 for n in range(6))),
        lines=(tuple((each.x, each.y) for each in marks),),
        marks=marks,
        open_marks=tuple(
            OpenMark(
                FIRST + day, MarkShape.SQUARE, f"visit-{day}", "no total: speech not testable", ""
            )
            for day in open_days
        ),
        bands=(),
        age_notes=(),
    )


def bar(start: int, stop: int, height: float = 1.0, **flags: bool) -> Bar:
    """Return a bar; flags are those of ``Bar``."""
    known = {"soft_start": False, "soft_stop": False, "is_running": False} | flags
    return Bar(FIRST + start, FIRST + stop, height, told=str, **known)


def figure_by_hand() -> Figure:
    """Return the course of an invented child."""
    months = ("Nov", "Jan 2025", "Mar", "May", "Jul", "Sep", "Nov", "Jan 2026")
    days = (0, 61, 120, 181, 242, 304, 365, 426)
    oms = {
        48: "15",
        61: "16",
        70: "14",
        83: "11",
        105: "8",
        130: "6",
        160: "4",
        190: "3",
        215: "3",
        225: "7",
        233: "10",
        255: "6",
        280: "4",
        340: "2",
        395: "1",
        453: "0",
    }
    sara = {190: "9", 215: "8.5", 233: "14", 280: "9", 340: "6.5", 395: "4", 453: "3.5"}
    return Figure(
        axis=Axis(
            AxisKind.DATE, FIRST, FIRST + 470,
            tuple(Tick(FIRST + day, month) for day, month in zip(days, months, strict=True)),
            "date", FIRST, FIRST + 470,
        ),
        panels=(
            panel("oms", "OMS scale", 18, oms, "series1", (305, 312)),
            panel("sara", "SARA", 40, sara, "series2", (460,)),
        ),
        lanes=(
            Lane("ivig", "IVIg", "class_immunoglobulin",
                 tuple(bar(day, day + 1) for day in range(61, 400, 30)), "1 g/kg monthly"),
            Lane("rituximab", "Rituximab", "class_b_cell",
                 (bar(100, 121, soft_start=True, soft_stop=True),), "375 mg/m² × 4"),
            Lane("prednisolone", "Prednisolone", "class_steroid",
                 (bar(53, 125), bar(125, 190, 0.7), bar(190, 240, 0.3), bar(240, 300, 0.8),
                  bar(300, 453, 0.1, is_running=True)), "2 mg/kg, in steps to 0.1"),
            Lane("trazodone", "Trazodone", "class_symptomatic",
                 (bar(60, 453, is_running=True),), "3 mg/kg daily"),
        ),
        events=(
            EventMark(FIRST + 42, None, "surgery", "tumour removed", ""),
            EventMark(FIRST + 223, FIRST + 253, "relapse", "relapse", ""),
            EventMark(FIRST + 225, None, "fever", "fever", ""),
            EventMark(FIRST + 230, FIRST + 240, "hospital", "hospital stay", ""),
        ),
        starts=(
            StartLine(FIRST + 61, "day 0 · IVIg", "t1", True),
            StartLine(FIRST + 100, "Rituximab", "t2", False),
        ),
        raters=(
            RaterShape("M. Okafor", MarkShape.CIRCLE),
            RaterShape("T. Brandt", MarkShape.SQUARE),
        ),
        notes=("No measurement error that could be checked was found for this scale.",),
        title="OMS scale, SARA",
        summary="The OMS scale went from 15 to 0.",
    )  # fmt: skip
