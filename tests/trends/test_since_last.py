"""What happened since the last signed visit: facts with their dates, and which items moved."""

from datetime import date

import pytest

from app.language import words
from app.records.model import Event, PatientRecord, Treatment, VisitState
from app.trends.since_last import (
    SinceLastWords,
    since_last_visit,
    since_last_words,
    since_visit_before,
)
from tests.builders import replace
from tests.courses import CATALOGUE, event, record, sheet, step, treatment, typed, visit

WORDS = words()
TODAY = date(2026, 1, 28)
NOTHING = "No change of a dose and no event is recorded."
VISITS = (
    visit("2025-11-05", sheet("five_feature", "22222")),
    visit("2025-12-03", sheet("five_feature", "21122")),
)


def _told(made: PatientRecord, day: date = TODAY) -> SinceLastWords:
    found = since_last_visit(made, CATALOGUE, day)
    assert found is not None
    return since_last_words(found, WORDS)


def _lines(*treatments: Treatment, events: tuple[Event, ...] = ()) -> tuple[str, ...]:
    return _told(record(VISITS, treatments, events)).lines


def test_without_a_visit_nothing_is_told() -> None:
    """Nor before the first one began."""
    assert since_last_visit(record(), CATALOGUE, TODAY) is None
    assert since_last_visit(record(VISITS), CATALOGUE, date(2025, 11, 4)) is None


def test_that_nothing_is_recorded_is_told() -> None:
    """An empty block could mean that nobody looked."""
    told = _told(record(VISITS))
    assert told.title == "Since the last visit, 3 Dec 2025"
    assert told.lines == (NOTHING,)


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (treatment("t", "ivig", "2025-12-10"), "IVIg: started 10 Dec 2025"),
        (treatment("t", "ivig", "2025-01-01", "2026-01-10"), "IVIg: stopped 10 Jan 2026"),
        (
            treatment("t", "ivig", "2025-12-10", "", step("1", "g/kg", "once", "2025-12-10")),
            "IVIg: started, 1 g/kg once, 10 Dec 2025",
        ),
        (treatment("t", "ivig", "2025-01-01", "2026-01"), "IVIg: stop recorded for Jan 2026"),
        (
            treatment("t", "ivig", "2026-01-10", "2026-01-10", step("1", "g/kg", "once")),
            "IVIg: started, 1 g/kg once, 10 Jan 2026",
        ),
        (
            treatment("t", "ivig", "2025-01-01", "", step("2", "g/kg", "monthly", "2026-01")),
            "IVIg: 2 g/kg monthly, since Jan 2026",
        ),
        (
            treatment("t", "ivig", "2025-01-01", "", step("0", "g/kg", "", "2026-01-05")),
            "IVIg: paused 5 Jan 2026",
        ),
    ],
)
def test_what_was_given_is_told_by_its_dates(made: Treatment, line: str) -> None:
    """A start, a stop, a new dose, a pause; nothing is worked out from them."""
    assert _lines(made) == (line,)


@pytest.mark.parametrize(
    ("start", "is_told"),
    [
        ("2025-12-02", False), ("2025-12-03", True), ("2025-12", True), ("2025", True),
        ("2025-11", False), ("2026-01-28", True), ("2026-01", True), ("2026-01-29", False),
        ("2026-02", False), ("2024", False),
    ],
)  # fmt: skip
def test_the_days_between_count_with_both_ends(start: str, is_told: object) -> None:
    """What is decided at a visit begins on its day; a short date counts where it may lie there."""
    is_there = _lines(treatment("t", "ivig", start)) != (NOTHING,)
    assert is_there is is_told
    happened = _lines(events=(event("fever", start),))
    assert (happened != (NOTHING,)) is is_told


def test_what_was_given_stands_in_order_of_time_before_what_happened() -> None:
    """A report of the family is told with its words, on one line."""
    report = event("report", "2026-01-04", note="Worse since\r\n Sunday.\u2028")
    fever = event("fever", "2025-12-20", "2025-12-22")
    told = _lines(
        treatment("b", "rituximab", "2026-01-05"),
        treatment("a", "ivig", "2025-12-24"),
        events=(fever, report),
    )
    assert told == (
        "IVIg: started 24 Dec 2025",
        "Rituximab: started 5 Jan 2026",
        "Fever, 20 Dec 2025 to 22 Dec 2025",
        "Report between visits, 4 Jan 2026: Worse since Sunday.",
    )


def test_items_that_moved_at_the_last_visit_are_named() -> None:
    """Each with its level before and now; what stayed is not."""
    told = _told(record(VISITS))
    assert told.moves == (
        "Five features, since 5 Nov 2025: Jerks (myoclonus) 2 to 1; Gait 2 to 1",
    )


def test_that_no_item_moved_is_told() -> None:
    """The same total could hide two that moved against each other."""
    same = replace(VISITS[1], sheets=(sheet("five_feature", "22222"),))
    told = _told(record((VISITS[0], same)))
    assert told.moves == ("Five features: no item moved since 5 Nov 2025",)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("x2222", "Eyes (opsoclonus): 2, now not testable: asleep"),
        ("-2222", "Eyes (opsoclonus): 2, now declined"),
    ],
)
def test_no_level_is_no_number(now: str, told: str) -> None:
    """Not testable and declined are told in words."""
    last = replace(VISITS[1], sheets=(sheet("five_feature", now),))
    assert _told(record((VISITS[0], last))).moves == (f"Five features, since 5 Nov 2025: {told}",)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("22222", ".2222", ", since 5 Nov 2025: Eyes (opsoclonus): 2, now not scored"),
        (".2222", "22222", ", since 5 Nov 2025: Eyes (opsoclonus): not scored, now 2"),
        (
            "x2222",
            ".2222",
            ", since 5 Nov 2025: Eyes (opsoclonus): not testable: asleep, now not scored",
        ),
        (".2222", ".2222", ": no item moved since 5 Nov 2025"),
    ],
)
def test_an_item_that_one_visit_left_out_is_named(before: str, now: str, told: str) -> None:
    """That no item moved would hide it; what neither scored is not told."""
    visits = [
        replace(each, sheets=(sheet("five_feature", levels),))
        for each, levels in zip(VISITS, (before, now), strict=True)
    ]
    assert _told(record(visits)).moves == (f"Five features{told}",)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ("22222", "2....", ": no item scored so far moved since 5 Nov 2025"),
        ("22222", "21...", ", since 5 Nov 2025: Jerks (myoclonus) 2 to 1"),
        (".2222", "22...", ", since 5 Nov 2025: Eyes (opsoclonus): not scored, now 2"),
        ("22222", "22222", ": no item moved since 5 Nov 2025"),
    ],
)
def test_what_an_unsigned_visit_leaves_open_has_not_moved(
    before: str, now: str, told: str
) -> None:
    """It may follow; that no item moved is said once all are scored."""
    earlier = replace(VISITS[0], sheets=(sheet("five_feature", before),))
    draft = visit("2025-12-03", sheet("five_feature", now), state=VisitState.DRAFT)
    found = since_visit_before(draft, record((earlier,)), CATALOGUE)
    assert found is not None
    assert since_last_words(found, WORDS).moves == (f"Five features{told}",)


def test_items_of_versions_that_do_not_compare_are_not_compared() -> None:
    """A level of another version may mean something else; one with clearer words does not."""
    old, now = (sheet("five_feature", levels) for levels in ("22222", "21122"))
    for version, told in (
        ("other", ": not compared with 5 Nov 2025: that was another version of the scale"),
        ("1", ", since 5 Nov 2025: Jerks (myoclonus) 2 to 1; Gait 2 to 1"),
    ):
        visits = (
            replace(VISITS[0], sheets=(replace(old, version=version),)),
            replace(VISITS[1], sheets=(now,)),
        )
        assert _told(record(visits)).moves == (f"Five features{told}",)


def test_two_visits_of_one_day_are_told_apart_by_the_time() -> None:
    """The day alone would be that of the visit itself."""
    morning = visit("2025-12-03", sheet("five_feature", "22222"), visit_id="a", time="09:00")
    noon = visit("2025-12-03", sheet("five_feature", "21222"), visit_id="b", time="12:00")
    assert _told(record((morning, noon))).moves == (
        "Five features, since 3 Dec 2025, 09:00: Jerks (myoclonus) 2 to 1",
    )


def test_a_scale_is_compared_with_its_own_last_sheet() -> None:
    """However long ago; a total typed from paper tells no items, and an only sheet no moves."""
    made = record(
        (
            visit("2025-10-01", sheet("oms", "111111"), sheet("five_feature", "22222")),
            visit("2025-11-05", typed("oms", "9")),
            visit("2025-12-03", sheet("oms", "111112"), sheet("sara", "110101001000")),
        )
    )
    assert _told(made).moves == ("OMS scale, since 1 Oct 2025: Speech 1 to 2",)


def test_a_draft_is_told_from_the_last_signed_visit_to_its_day() -> None:
    """Its own earlier version is not the visit before."""
    draft = visit("2026-01-10", sheet("five_feature", "21123"), visit_id="new")
    made = record((*VISITS, replace(draft, id="old")), (treatment("t", "ivig", "2026-01-12"),))
    found = since_visit_before(draft, made, CATALOGUE)
    assert found is not None
    told = since_last_words(found, WORDS)
    assert (told.title, told.lines) == ("Since the last visit, 3 Dec 2025", (NOTHING,))
    assert told.moves == ("Five features, since 3 Dec 2025: Irritability 2 to 3",)
    assert since_visit_before(VISITS[0], made, CATALOGUE) is None
