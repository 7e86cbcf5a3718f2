"""The list's lines: true at every moment, in order, found by any word, and untouched by a tap."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.folding import fold
from app.records.lines import Search, searched_by
from app.records.model import Patient, PatientFacts
from tests.records.histories import BOTH, History, expected, shown
from tests.records.workbench import Bench, day, key, level
from tests.roles import let_do_everything


def _mended(bench: Bench) -> int:
    """Make every line anew that is not true, as the check does, and count them."""
    lines = bench.store.lines
    return sum(lines.mend(patient) for patient in lines.patients())


@pytest.mark.parametrize("seed", [0, 1, 3, 4])
def test_after_every_deed_the_lines_are_what_the_records_tell(bench: Bench, seed: int) -> None:
    """A second implementation, from whole records, shows the same lines in the same order."""
    let_do_everything(bench.store)
    history = History(bench, seed)
    for _ in range(70):
        history.act()
        assert shown(bench.store) == expected(bench.store)
    assert _mended(bench) == 0
    assert bench.found() == {}
    done = {entry.action for entry in bench.store.journal.entries()}
    assert done >= {"visit.sign", "import", "patient.change"}
    assert done & {"visit.amend", "visit.amend_other"}


def test_a_line_is_stored_with_what_it_tells_or_not_at_all(bench: Bench) -> None:
    """A transaction that fails leaves the line as it was, also where only a part is taken back."""
    patient = bench.patient()
    before = bench.store._session.tuples("SELECT * FROM lines")
    with pytest.raises(ZeroDivisionError), bench.store.atomic():
        _sign_and_fail(bench, patient)
    assert bench.store._session.tuples("SELECT * FROM lines") == before


def _sign_and_fail(bench: Bench, patient: Patient) -> None:
    bench.signed(patient)
    raise ZeroDivisionError


def _traced(bench: Bench, deed: Callable[[], object]) -> list[str]:
    """Return the statements that a deed sends to the file."""
    told: list[str] = []
    connection = bench.store._database.conn
    connection.set_trace_callback(told.append)
    try:
        deed()
    finally:
        connection.set_trace_callback(None)
    return told


def test_a_tap_touches_no_line(bench: Bench) -> None:
    """Neither the first tap of a sheet nor any other, nor Undo, reads or writes a line."""
    visit = bench.draft(bench.patient())
    visits = bench.store.visits

    def taps() -> None:
        visits.answer(visit.id, "oms", key("gait"), level(1))
        visits.answer(visit.id, "oms", key("gait"), level(2))
        visits.type_total(visit.id, "sara", Decimal(3))
        visits.undo(visit.id)

    told = _traced(bench, taps)
    assert any("INSERT INTO answers" in one for one in told)
    assert not [one for one in told if " lines" in one]


def test_a_change_makes_one_line_anew(bench: Bench) -> None:
    """Signing a visit of one patient leaves the lines of all others alone."""
    bench.patient("P1")
    second = bench.patient("P2")
    told = _traced(bench, lambda: bench.signed(second))
    written = [one for one in told if "INTO lines" in one]
    assert written
    assert all(second.id.upper() in one.upper() for one in written)


def test_the_latest_visit_comes_first_then_the_name(bench: Bench) -> None:
    """Patients without a visit come last, by name; marked ones after all others, if wanted."""
    for patient_id, name, when in (
        ("P1", "Zoë", "2025-05-01"), ("P2", "Éva", ""), ("P3", "adam", ""),
        ("P4", "Bo", "2025-05-02"), ("P5", "Cy", "2025-05-03"), ("P6", "al", "2025-05-01"),
    ):  # fmt: skip
        patient = bench.store.patients.add(PatientFacts(patient_id, name))
        if when:
            bench.signed(patient, when)
    found = bench.store.patients.by_patient_id("P5")
    bench.store.patients.mark_error(found.id, "double")
    assert [one for one, *_ in shown(bench.store)] == ["P4", "P6", "P1", "P3", "P2", "P5"]
    read = bench.store.lines.read(0, 100)
    assert [one.patient.facts.patient_id for one in read] == ["P4", "P6", "P1", "P3", "P2"]
    assert (bench.store.lines.count(), bench.store.lines.count(BOTH)) == (5, 6)


def test_pages_of_the_list_join_without_a_gap(bench: Bench) -> None:
    """Read in parts of any size, each line comes once; past the end there is none."""
    with bench.store.atomic():
        for number in range(7):
            bench.patient(f"P{number}")
    whole = bench.store.lines.read(0, 100)
    for size in (1, 2, 3):
        parts = [bench.store.lines.read(first, size) for first in range(0, 9, size)]
        assert tuple(line for part in parts for line in part) == whole
    assert bench.store.lines.read(7, 5) == ()


SOMEBODY = PatientFacts("ÖMS-17", "Zoë Łucja", "Straße", birth_date=day("2020-05-17"))


@pytest.mark.parametrize(
    "typed",
    [
        "zoe", "ZOË", "lucja", "strasse", "Straße zoe", "zoe straße", "oms-17", "oms-17 zoe",
        "2020-05", "17.05.2020", "17/05/2020", "2020-05-17",
    ],
)  # fmt: skip
def test_a_patient_is_found_by_any_words_of_name_identifier_and_birth(
    bench: Bench, typed: str
) -> None:
    """Without capitals, accents or order; a birth date as it is written in several places."""
    found = bench.store.patients.add(SOMEBODY)
    bench.patient("P1", "2019-01-02")
    search = Search(tuple((fold(word),) for word in typed.split()))
    assert [line.patient for line in bench.store.lines.read(0, 10, search)] == [found]
    assert bench.store.lines.count(search) == 1


@pytest.mark.parametrize("typed", ["zoe berg", "oms-18", "18.05.2020", "%", "_"])
def test_every_word_must_be_found(bench: Bench, typed: str) -> None:
    """One word that is nowhere leaves nobody, and no sign has a meaning of its own."""
    bench.store.patients.add(SOMEBODY)
    search = Search(tuple((fold(word),) for word in typed.split()))
    assert bench.store.lines.read(0, 10, search) == ()
    assert bench.store.lines.count(search) == 0


def test_a_word_may_have_several_forms(bench: Bench) -> None:
    """One of them is enough."""
    bench.store.patients.add(SOMEBODY)
    assert bench.store.lines.count(Search((("mai", "2020-05"),))) == 1
    assert bench.store.lines.count(Search((("mai", "2020-06"),))) == 0


@pytest.mark.parametrize(("birth", "told"), [("2020-05", "p1 2020-05"), ("", "p1")])
def test_a_short_or_unknown_birth_date_is_found_as_it_is_written(birth: str, told: str) -> None:
    """Nothing is made of days that nobody told."""
    facts = PatientFacts("P1", birth_date=day(birth) if birth else None)
    assert searched_by(facts) == f"p1 {told}"


def test_an_amendment_is_told_from_a_draft_on_its_line(bench: Bench) -> None:
    """Whoever goes on with it, or discards it, knows that a signed version stands behind it."""
    amended = bench.store.visits.amend(bench.signed(bench.patient()).id, "a slip")
    begun = bench.draft(bench.patient("P2"))
    told = {one.visit: one.is_amendment for one in bench.store.lines.drafts()}
    assert told == {amended.id: True, begun.id: False}


def test_a_draft_shows_on_its_line_and_counts(bench: Bench) -> None:
    """Its badge tells how far it got; a marked patient's draft is not told."""
    first, second = bench.patient("P1"), bench.patient("P2")
    visit = bench.draft(first)
    bench.draft(second)
    bench.fill(visit)
    line = next(one for one in bench.store.lines.read(0, 9) if one.patient.id == first.id)
    assert line.draft is not None
    assert (line.draft.visit, line.draft.answered, line.draft.keys) == (visit.id, 5, 5)
    assert bench.store.lines.count_drafts() == 2
    bench.store.patients.mark_error(second.id, "double")
    assert bench.store.lines.count_drafts() == 1
    assert [one.patient.id for one in bench.store.lines.drafts()] == [first.id]


def test_a_line_of_another_version_is_not_believed(bench: Bench) -> None:
    """It is told from the records where it is met, and made anew by the check, which says so."""
    bench.signed(bench.patient())
    bench.raw("UPDATE lines SET version = 0, told = 'in words of old'")
    assert shown(bench.store) == expected(bench.store)
    assert bench.found() == {"lines": 1}
    assert bench.found() == {}


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM lines",
        "UPDATE lines SET searched = 'somebody else'",
        "UPDATE lines SET last_day = last_day + 1",
        "UPDATE lines SET is_error = 1",
    ],
)
def test_a_line_that_is_not_true_is_made_again_and_counted(bench: Bench, damage: str) -> None:
    """The check compares every line with its patient's rows; a lost one comes back."""
    bench.signed(bench.patient("P1"))
    bench.patient("P2")
    whole = shown(bench.store)
    bench.raw(damage)
    assert _mended(bench) >= 1
    assert shown(bench.store) == whole
    assert _mended(bench) == 0


@pytest.mark.parametrize("table", ["lines", "namesakes"])
def test_what_is_kept_of_nobody_goes(bench: Bench, table: str) -> None:
    """A row of a patient who is not there would count in the list, or mark a namesake."""
    bench.signed(bench.patient())
    columns = ", ".join(
        name
        for (name,) in bench.store._session.tuples(
            f"SELECT name FROM pragma_table_info('{table}')"
        )
    )
    told = columns.replace("patient", "randomblob(16)", 1)
    bench.raw(f"INSERT INTO {table} ({columns}) SELECT {told} FROM {table}")
    assert bench.count(table) == 2
    # A stranger of the same name has its namesake marked until then.
    assert bench.found() == {"lines": 1}
    assert bench.count(table) == 1
    assert bench.found() == {}


def test_a_line_depends_on_no_day(bench: Bench) -> None:
    """What is stored of a visit is its date: nothing in it grows old."""
    bench.signed(bench.patient(), "2025-05-01")
    (row,) = bench.store._session.tuples("SELECT last_day, told FROM lines")
    totals = '{"last_visit":"2025-05-01","totals":{"five_feature":[["2025-05-01","5"]]}}'
    assert row == (date(2025, 5, 1).toordinal(), totals)
