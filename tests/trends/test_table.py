"""The table twin of the chart: the same course, row after row, in the order of time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import words
from app.records.model import Measure, MeasureFacts, PatientRecord, Sequela, SequelaFacts
from app.trends.table import ACROSS, TwinTable, twin_table
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    child,
    event,
    finding,
    record,
    sheet,
    step,
    treatment,
    trend,
    typed,
    visit,
    weight,
    when,
)

WORDS = words()


def _table(made: PatientRecord, *, has_items: bool = False) -> TwinTable:
    return twin_table(trend(made), CATALOGUE, WORDS, has_items=has_items)


def _told(made: PatientRecord, *, has_items: bool = False) -> list[tuple[str, str]]:
    """Return the date and what is recorded of each row."""
    rows = _table(made, has_items=has_items).rows
    return [(row.cells[0], row.cells[ACROSS]) for row in rows]


def test_the_table_says_what_the_chart_shows() -> None:
    """One row a visit, one column a scale; what is missing is said in words."""
    visits = [
        visit("2025-01-01", typed("oms", "3"), time="10:40"),
        visit("2025-02-01", sheet("oms", "00000x"), sheet("sara", "0" * 12), rater=""),
        visit("2025-03", sheet("oms", "000000")),
    ]
    table = _table(record(visits))
    assert table.headings == ("Date", "Time", "Recorded", "Rater", "OMS scale", "SARA")
    typed_total = "3 (typed from paper) · version 2"
    gap = "no total: Speech not testable · version 2"
    assert [row.cells for row in table.rows] == [
        ("1 Jan 2025", "10:40", "Visit", "M. Okafor", typed_total, "not scored"),
        ("1 Feb 2025", "not recorded", "Visit", "not recorded", gap, "0 · version 2"),
        ("Mar 2025", "not recorded", "Visit", "M. Okafor", "0 · version 2", "not scored"),
    ]
    assert table.rows[0].visit == "#v2025-01-01"
    assert not any(row.is_across for row in table.rows)


def test_what_happened_stands_among_the_visits() -> None:
    """Starts, doses, stops, events, measures, each on its day; a visit first on a shared one."""
    made = record(
        [visit("2025-01-10", typed("oms", "8")), visit("2025-03-10", typed("oms", "4"))],
        [
            treatment(
                "p", "prednisolone", "2025-01-10", "2025-02-20",
                step("2", "mg/kg", "daily", "2025-01-10"),
                step("1", "mg/kg", "daily", "2025-02-01"),
                stop_reason="completed",
            ),
        ],
        [event("relapse", "2025-02-02", "2025-02-09", "Dr Lindqvist", note="after a cold")],
    )  # fmt: skip
    made = replace(made, measures=(weight("2025-01-10", "13.2"),))
    last = "last weight 13.2 kg, 10 Jan 2025"
    assert _told(made) == [
        ("10 Jan 2025", "Visit"),
        ("10 Jan 2025", "Weight (kg): 13.2"),
        (
            "10 Jan 2025",
            f"Prednisolone: started, 2 mg/kg daily, 10 Jan 2025 to 31 Jan 2025 · {last}",
        ),
        ("1 Feb 2025", f"Prednisolone: 1 mg/kg daily, 1 Feb 2025 to 20 Feb 2025 · {last}"),
        (
            "2 Feb 2025",
            "Relapse · 2 Feb 2025 to 9 Feb 2025 · marked by Dr Lindqvist · after a cold",
        ),
        ("20 Feb 2025", "Prednisolone: stopped 20 Feb 2025"),
        ("10 Mar 2025", "Visit"),
    ]


def test_a_dose_that_was_given_is_told_with_what_is_known_of_it() -> None:
    """That it is the one of the plan, its brand, its batch and a reaction."""
    dose = replace(
        step("1", "g/kg", "once", "2026-01-28"),
        brand="Privigen", batch="4711", reaction="fever", given="as_planned",
    )  # fmt: skip
    rhythm = step("1", "g/kg", "monthly", "2025-01-01")
    told = "IVIg: 1 g/kg once (given as planned), 28 Jan 2026"
    none = "no weight recorded"
    given_dose = f"{told} · {none} · brand Privigen · batch 4711 · reaction: fever"
    assert _told(record(treatments=[treatment("i", "ivig", "2025-01-01", "", rhythm, dose)])) == [
        ("1 Jan 2025", f"IVIg: started, 1 g/kg monthly, since 1 Jan 2025 · {none}"),
        ("28 Jan 2026", given_dose),
    ]


def test_the_last_weight_stands_beside_a_dose_that_goes_by_it() -> None:
    """As the chart tells it; not beside milligrams, a start without a dose, and a stop."""
    made = record(
        treatments=[
            treatment(
                "i", "ivig", "2025-03-01", "2025-03-02", step("1", "g/kg", "daily", "2025-03-01")
            ),
            treatment("p", "prednisolone", "2026-01-10", "", step("20", "mg", "daily")),
            treatment("r", "rituximab", "2026-01-20", "", step("375", "mg/m2", "weekly")),
        ]
    )
    made = replace(made, measures=(weight("2025-02-01", "12"), weight("2026-01-21", "14")))
    assert [told for _, told in _told(made) if "Weight" not in told] == [
        "IVIg: started, 1 g/kg daily, 1 Mar 2025 to 2 Mar 2025 · last weight 12 kg, 1 Feb 2025",
        "IVIg: stopped 2 Mar 2025",
        "Prednisolone: started, 20 mg daily, since 10 Jan 2026",
        "Rituximab: started, 375 mg/m² weekly, since 20 Jan 2026 · last weight 14 kg, 21 Jan 2026",
    ]


def test_findings_and_lasting_troubles_stand_on_their_day() -> None:
    """With the next look and the note; those of after the day do not count."""
    antibody = finding("antibody", "2025-01-03", "anti-Hu", "positive", value="320", unit="U/ml")
    antibody = replace(antibody, facts=replace(antibody.facts, note="serum"))
    states = (
        ("2025-06", "motor", "yes", "walks\nlate"),
        ("2025-06", "speech", "not_assessed", ""),
        ("2026-02-01", "sleep", "no", ""),
    )
    made = replace(
        record([visit("2025-01-03", typed("oms", "8"))]),
        findings=(
            antibody,
            finding("development", "2025-09-10", "Bayley", value="85", next_date="2027-05"),
            finding("csf", "2026-02-01", "cells", value="3"),
        ),
        sequelae=tuple(
            Sequela(day, "p", SequelaFacts(date=when(day), kind=kind, state=state, note=note))
            for day, kind, state, note in states
        ),
    )
    assert _told(made) == [
        ("3 Jan 2025", "Visit"),
        ("3 Jan 2025", "Antibody: anti-Hu · positive, 320 U/ml · serum"),
        ("Jun 2025", "Lasting troubles · Motor: Yes (walks late) · Speech: Not assessed"),
        ("10 Sep 2025", "Development: Bayley · 85 · next look due May 2027"),
    ]


def test_a_tumour_is_never_told_without_the_look() -> None:
    """Day and way stand within the words, and only the last look is called the last."""
    looks = (
        finding("tumour", "2024-12-01", "mri", "negative", next_date="2025-05"),
        finding("tumour", "2025-05-03", "MRI", "negative", next_date="2026-01-27"),
    )
    last = "last looked 3 May 2025 (MRI), none found"
    assert [told for _, told in _told(replace(record(), findings=looks))] == [
        "Search for a tumour: looked 1 Dec 2024 (mri), none found",
        f"Search for a tumour: {last} · next look was due 27 Jan 2026",
    ]


def test_only_visits_lead_somewhere() -> None:
    """What is no visit reaches across and has nothing behind it."""
    made = replace(child(), findings=(finding("csf", "2025-01-03", "cells", value="3"),))
    rows = _table(made).rows
    assert {row.is_across for row in rows} == {True, False}
    for row in rows:
        assert bool(row.visit) is not row.is_across
        if row.is_across:
            assert set(row.cells[ACROSS + 1 :]) == {""}
        assert len(row.cells) == len(_table(made).headings)


def test_what_lies_ahead_is_told_as_planned() -> None:
    """Neither started nor stopped: a treatment, a step, a pause and a stop after the day."""
    made = record(
        treatments=[
            treatment("r", "rituximab", "2026-03-01"),
            treatment("i", "ivig", "2026-02-01", "", step("1", "g/kg", "once", "2026-02-01")),
            treatment(
                "p", "prednisolone", "2026-01-01", "2026-02-20",
                step("2", "mg", "daily", "2026-01-01"), step("0", "mg", "", "2026-02-10"),
            ),
        ]
    )  # fmt: skip
    assert _told(made) == [
        (
            "1 Jan 2026",
            "Prednisolone: started, 2 mg daily, since 1 Jan 2026, planned until 9 Feb 2026",
        ),
        ("1 Feb 2026", "IVIg: 1 g/kg once, planned for 1 Feb 2026 · no weight recorded"),
        ("10 Feb 2026", "Prednisolone: pause, planned from 10 Feb 2026 to 20 Feb 2026"),
        ("20 Feb 2026", "Prednisolone: stop recorded for 20 Feb 2026"),
        ("1 Mar 2026", "Rituximab: planned from 1 Mar 2026"),
    ]


def test_after_a_death_nothing_is_planned() -> None:
    """What was planned and never came is left out, as on the chart."""
    made = record(treatments=[treatment("r", "rituximab", "2026-03-01")])
    dead = replace(made.patient.facts, status="died", status_date=when("2026-01-20"))
    made = replace(made, patient=replace(made.patient, facts=dead))
    assert _told(made) == []


def test_a_treatment_without_a_known_start_stands_at_the_top() -> None:
    """With the doses of which no day is known; its stop stands on its own day."""
    made = record(
        [visit("2025-01-10", typed("oms", "8"))],
        [treatment("t", "trazodone", "", "2025-05", step("25", "mg", "daily"))],
    )
    assert _told(made) == [
        ("date unknown", "Trazodone: start not recorded, to May 2025 · 25 mg daily"),
        ("10 Jan 2025", "Visit"),
        ("May 2025", "Trazodone: stopped May 2025"),
    ]


def test_the_measures_of_a_day_stand_in_one_row() -> None:
    """Each with its unit and its note."""
    facts = MeasureFacts(
        date=when("2025-12-03"), kind="igg_g_l", value=Decimal("3.1"), note="limit 4.5"
    )
    taken = (weight("2025-12-03", "13.2"), Measure("i", "p", None, facts), weight("2026", "14"))
    assert _told(replace(record(), measures=taken)) == [
        ("3 Dec 2025", "Weight (kg): 13.2 · IgG in blood (g/l): 3.1 (limit 4.5)"),
        ("2026", "Weight (kg): 14"),
    ]


def test_the_levels_of_each_item_stand_below_their_visit() -> None:
    """Every item, also one without a level and why; a total from paper has none to tell."""
    made = record([visit("2025-02-01", sheet("oms", "012.x-"), typed("sara", "9"))])
    rows = _table(made, has_items=True).rows
    assert [row.visit for row in rows] == ["#v2025-02-01", "#v2025-02-01"]
    assert rows[1].is_across
    definition = CATALOGUE.find("oms")
    answers = ("0", "1", "2", "open", "not testable: asleep", "declined")
    told = "; ".join(
        f"{WORDS(item.title)}: {answer}"
        for item, answer in zip(definition.items, answers, strict=True)
    )
    assert rows[1].cells[ACROSS] == f"OMS scale, items: {told}"
    assert len(_table(made).rows) == 1


@pytest.mark.parametrize("has_items", [False, True])
def test_an_empty_course_has_no_rows(has_items: bool) -> None:
    """The headings alone."""
    table = _table(record(), has_items=has_items)
    assert (table.headings, table.rows) == (("Date", "Time", "Recorded", "Rater"), ())


_DAYS = st.sampled_from(["2025", "2025-03", "2025-03-01", "2025-03-02", "2025-06", "2025-06-30"])


@given(st.lists(_DAYS, unique=True), st.lists(_DAYS, unique=True), st.lists(_DAYS, unique=True))
def test_nothing_dated_is_left_out_and_all_stands_in_order(
    visits: list[str], events: list[str], starts: list[str]
) -> None:
    """Counted and ordered a second time, by the first day of each period."""
    made = record(
        [visit(day, typed("oms", "3")) for day in sorted(visits, key=_order)],
        [treatment(f"t{day}", "ivig", day) for day in starts],
        [event("fever", day) for day in events],
    )
    shown = [row.cells[0] for row in _table(made).rows]
    expected = sorted([*visits, *events, *starts], key=_order)
    assert shown == [WORDS.short_date(when(day)) for day in expected]


def _order(day: str) -> tuple[str, int]:
    """Sort by the first day of a period, the longer one last."""
    return f"{day}-01-01"[:10], -len(day)
