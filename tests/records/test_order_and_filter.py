"""The list in another order, narrowed, and for a day: from indexes, true at every moment."""

from datetime import date

import pytest

from app.errors import UserError
from app.records.due import COUNT_OVERDUE, DUE_ON, OVERDUE
from app.records.lines import Filter, ListOrder, Search
from app.records.model import Patient, PatientFacts
from tests.builders import replace
from tests.records.histories import History
from tests.records.workbench import Bench, day, key, level

SCORED = "five_feature"


def _add(bench: Bench, patient_id: str, name: tuple[str, str], birth: str = "") -> Patient:
    facts = PatientFacts(patient_id, *name, birth_date=day(birth) if birth else None)
    return bench.store.patients.add(facts)


def _scored(bench: Bench, patient: Patient, when: str, gait: int) -> None:
    visit = bench.store.visits.start(patient.id, day(when), "")
    for one in bench.catalogue.find(SCORED).keys:
        bench.store.visits.answer(visit.id, SCORED, one, level(0))
    bench.store.visits.answer(visit.id, SCORED, key("gait"), level(gait))
    bench.store.visits.sign(visit.id, "scored at the bedside")


def _named(bench: Bench, search: Search) -> list[str]:
    return [
        line.patient.facts.patient_id
        for line in bench.store.lines.of([one for one, _ in bench.store.lines.matches(search)])
    ]


@pytest.fixture
def four(bench: Bench) -> tuple[Patient, ...]:
    """Return four patients: one is worse, one better, one was never seen, one is of a month."""
    found = (
        _add(bench, "A", ("Zoë", "Adler"), "2021-05-01"),
        _add(bench, "B", ("Ada", "Zorn"), "2019-02-03"),
        _add(bench, "C", ("Ben", "Mohr")),
        _add(bench, "D", ("Eva", "Éclair"), "2022-07"),
    )
    _scored(bench, found[0], "2025-01-10", 1)
    _scored(bench, found[0], "2025-05-20", 2)
    _scored(bench, found[1], "2025-02-01", 3)
    _scored(bench, found[1], "2025-03-01", 1)
    _scored(bench, found[3], "2025-05-25", 1)
    return found


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ListOrder.LATEST_VISIT, "DABC"),
        (ListOrder.LONGEST_AGO, "CBAD"),
        (ListOrder.FAMILY_NAME, "ADCB"),
        (ListOrder.YOUNGEST, "DABC"),
        (ListOrder.OLDEST, "BADC"),
    ],
)
def test_the_list_stands_in_the_order_that_was_chosen(
    bench: Bench, four: tuple[Patient, ...], order: ListOrder, expected: str
) -> None:
    """Accents aside; who has no birth date stands behind all others, youngest or oldest first."""
    assert len(four) == 4
    assert _named(bench, Search(order=order)) == list(expected)


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (Filter(is_higher=True), "A"),
        (Filter(seen_before=date(2025, 5, 20)), "BC"),
        (Filter(seen_before=date(2025, 5, 21)), "ABC"),
        (Filter(status="active"), "DAC"),
        (Filter(status="died"), "B"),
        (Filter(diagnosis="oms_idiopathic"), "D"),
        (Filter(diagnosis="oms_idiopathic", is_higher=True), ""),
        (Filter(), "DABC"),
    ],
)
def test_the_list_is_narrowed_to_whom_a_filter_keeps(
    bench: Bench, four: tuple[Patient, ...], only: Filter, expected: str
) -> None:
    """Conditions add up; only the active can be overdue for a visit."""
    if only.status:
        died = replace(four[1].facts, status="died", status_date=day("2025-05"))
        bench.store.patients.change(four[1].id, died)
    named = replace(four[3].facts, diagnosis="oms_idiopathic")
    bench.store.patients.change(four[3].id, named)
    assert _named(bench, Search(only=only)) == list(expected)


def test_who_died_is_never_called_not_seen(bench: Bench, four: tuple[Patient, ...]) -> None:
    """Nor is who was transferred or discharged."""
    for who, status in zip(four, ("died", "transferred", "discharged", "active"), strict=True):
        bench.store.patients.change(who.id, replace(who.facts, status=status))
    unseen = Filter(seen_before=date(2030, 1, 1))
    assert _named(bench, Search(only=unseen)) == ["D"]


def test_a_rise_is_told_of_the_last_visit_only(bench: Bench) -> None:
    """A scale that rose once and was not scored at the last visit makes nobody higher."""
    who = _add(bench, "A", ("Ada", ""))
    _scored(bench, who, "2025-01-10", 1)
    _scored(bench, who, "2025-02-10", 2)
    assert _named(bench, Search(only=Filter(is_higher=True))) == ["A"]
    visit = bench.store.visits.start(who.id, day("2025-03-10"), "")
    bench.store.visits.answer(visit.id, "oms", key("gait"), level(0))
    bench.store.visits.sign(visit.id, "scored at the bedside")
    assert _named(bench, Search(only=Filter(is_higher=True))) == []


DAY = date(2025, 6, 2)


@pytest.mark.parametrize(
    ("next_visit", "is_due", "is_overdue"),
    [
        ("2025-06-02", True, False),
        ("2025-06", True, False),
        ("2025", True, False),
        ("2025-06-03", False, False),
        ("2025-07", False, False),
        ("2025-06-01", False, True),
        ("2025-05", False, True),
        ("2024", False, True),
        ("", False, False),
    ],
)
def test_who_is_due_on_a_day(
    bench: Bench, next_visit: str, *, is_due: bool, is_overdue: bool
) -> None:
    """A month or a year is due on each of its days, and overdue once it is over."""
    who = _add(bench, "A", ("Ada", ""))
    bench.store.patients.set_next_visit(who.id, day(next_visit) if next_visit else None)
    due = bench.store.due
    assert due.on(DAY) == ((who.id,) if is_due else ())
    assert due.before(DAY, 0, 9) == ((who.id,) if is_overdue else ())
    assert due.count_before(DAY) == int(is_overdue)


def test_only_active_patients_are_due(bench: Bench) -> None:
    """Nor is one who is entered in error, until the mark is taken back."""
    who = _add(bench, "A", ("Ada", ""))
    store = bench.store
    store.patients.set_next_visit(who.id, day("2025-06-02"))
    for status, is_due in (("died", False), ("transferred", False), ("discharged", False),
                           ("active", True)):  # fmt: skip
        facts = replace(store.patients.get(who.id).facts, status=status)
        store.patients.change(who.id, facts)
        assert bool(store.due.on(DAY)) is is_due
    store.patients.mark_error(who.id, "double")
    assert store.due.on(DAY) == ()
    store.patients.unmark_error(who.id)
    assert store.due.on(DAY) == (who.id,)


@pytest.mark.parametrize(("visited", "is_met"), [("2025-05-31", False), ("2025-06-01", True)])
def test_a_visit_on_or_after_the_day_meets_it(bench: Bench, visited: str, *, is_met: bool) -> None:
    """Nobody is called overdue who came; an earlier visit leaves the appointment standing."""
    who = _add(bench, "A", ("Ada", ""))
    bench.store.patients.set_next_visit(who.id, day("2025-06-01"))
    bench.signed(who, visited)
    assert bool(bench.store.due.before(DAY, 0, 9)) is not is_met


def test_overdue_patients_are_read_in_parts(bench: Bench) -> None:
    """Longest ago first, then by family name."""
    days = {"A": "2025-05-03", "B": "2025-05-01", "C": "2025-05-03"}
    for patient_id, when in days.items():
        who = _add(bench, patient_id, ("x", {"A": "Zorn"}.get(patient_id, "Adler")))
        bench.store.patients.set_next_visit(who.id, day(when))
    due = bench.store.due
    parts = (*due.before(DAY, 0, 2), *due.before(DAY, 2, 2))
    assert [line.patient.facts.patient_id for line in bench.store.lines.of(parts)] == [
        "B",
        "C",
        "A",
    ]


@pytest.mark.parametrize(
    ("next_visit", "sentence"),
    [
        ("2027-06-02", "{date} is more than two years ahead."),
        ("2028", "{date} is more than two years ahead."),
        ("2018", "{date} is before the birth date, {birth}."),
    ],
)
def test_a_next_visit_is_at_most_two_years_ahead(
    bench: Bench, next_visit: str, sentence: str
) -> None:
    """Two years to the day is taken; so is a month of which one day would be."""
    who = _add(bench, "A", ("Ada", ""), "2019-02-03")
    for taken in ("2027-06-01", "2027-06", "2025-06-01", "2019"):
        bench.store.patients.set_next_visit(who.id, day(taken))
    with pytest.raises(UserError) as told:
        bench.store.patients.set_next_visit(who.id, day(next_visit))
    assert told.value.message == sentence
    facts = replace(bench.store.patients.get(who.id).facts, next_visit=day(next_visit))
    with pytest.raises(UserError) as told:
        bench.store.patients.change(who.id, facts)
    assert told.value.message == sentence


def test_who_is_not_seen_any_more_gets_no_next_visit(bench: Bench) -> None:
    """The sentence says what to change first; taking a date away is always possible."""
    who = bench.store.patients.add(PatientFacts("A", "Ada", status="transferred"))
    with pytest.raises(UserError):
        bench.store.patients.set_next_visit(who.id, day("2025-07-01"))
    bench.store.patients.set_next_visit(who.id, None)
    assert bench.store.patients.get(who.id).facts.next_visit is None


@pytest.mark.parametrize("status_date", ["2025-06-02", "2018"])
def test_a_status_began_in_the_patients_life_so_far(bench: Bench, status_date: str) -> None:
    """Neither to come nor before the birth."""
    facts = PatientFacts("A", birth_date=day("2019-02-03"), status="died",
                         status_date=day(status_date))  # fmt: skip
    with pytest.raises(UserError):
        bench.store.patients.add(facts)


@pytest.mark.parametrize("question", [DUE_ON, OVERDUE, COUNT_OVERDUE])
def test_a_day_is_asked_from_its_own_index(bench: Bench, question: str) -> None:
    """Only who has a day to come stands in it, so it does not grow with the file."""
    asked = bench.store._database.execute(
        f"EXPLAIN QUERY PLAN {question}", [None] * question.count("?")
    )
    plan = [str(row[3]) for row in asked.fetchall()]
    assert any("SEARCH l USING COVERING INDEX lines_due (due" in step for step in plan)
    assert not any(step.startswith("SCAN") for step in plan)


@pytest.mark.parametrize("order", list(ListOrder))
def test_an_order_reads_one_index_that_holds_all_it_asks(bench: Bench, order: ListOrder) -> None:
    """Lines themselves stay unread until they come into view."""
    only = Filter("x", "died", is_higher=True, seen_before=DAY)
    told: list[str] = []
    connection = bench.store._database.conn
    connection.set_trace_callback(told.append)
    bench.store.lines.matches(Search((("a",),), only=only, order=order))
    connection.set_trace_callback(None)
    (sql,) = [one for one in told if "FROM lines" in one]
    plan = bench.store._database.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    of_lines = [str(row[3]) for row in plan if " l " in str(row[3])]
    assert of_lines
    assert all("COVERING INDEX lines_" in step for step in of_lines)


@pytest.mark.parametrize("seed", [2, 5])
def test_lines_stay_true_after_random_deeds(bench: Bench, seed: int) -> None:
    """Whatever is added, signed, amended or marked, no line has to be made anew."""
    history = History(bench, seed)
    for _ in range(40):
        history.act()
    lines = bench.store.lines
    assert sum(lines.mend(patient) for patient in lines.patients()) == 0
