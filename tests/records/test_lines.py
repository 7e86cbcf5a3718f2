"""The lines of the list: found and placed by one index, read for what is in view."""

from datetime import date

import pytest

from app.folding import fold
from app.records.lines import BEFORE, COUNT, DRAFTS, IDS, MATCHES, WITH_DRAFTS, Search
from app.records.model import Patient, PatientFacts
from tests.records.workbench import Bench

ANY = Search((("b",),), with_errors=True)


def _add(bench: Bench, patient_id: str, name: str, visited: str = "") -> Patient:
    patient = bench.store.patients.add(PatientFacts(patient_id, name, "Berg"))
    if visited:
        bench.signed(patient, visited)
    return patient


@pytest.fixture
def four(bench: Bench) -> tuple[str, ...]:
    """Return four patients in the list's order; a fifth is marked entered in error."""
    early = _add(bench, "1", "Ada", "2025-01-01")
    none = _add(bench, "2", "Zoë")
    late = _add(bench, "3", "Carl", "2025-05-01")
    other = _add(bench, "4", "Ålva")
    bench.store.patients.mark_error(_add(bench, "5", "Bea", "2025-06-01").id, "twice")
    return late.id, early.id, other.id, none.id


def test_a_patients_place_is_where_the_line_stands(bench: Bench, four: tuple[str, ...]) -> None:
    """Latest visit first, then by name; those entered in error last, where they are wanted."""
    lines, marked = bench.store.lines, bench.store.patients.marked()[0].id
    assert lines.ids(0, 9) == four
    assert [lines.place(one) for one in four] == [0, 1, 2, 3]
    assert lines.ids(0, 9, ANY) == (*four, marked)
    assert [lines.place(one, ANY) for one in (*four, marked)] == [0, 1, 2, 3, 4]
    assert (lines.place(marked), lines.place("gone"), lines.count_errors()) == (None, None, 1)


def test_a_search_moves_the_places(bench: Bench, four: tuple[str, ...]) -> None:
    """Each word in any of its forms; who does not match has no place."""
    lines, search = bench.store.lines, Search((("ada", fold("Ålva")), ("berg",)))
    assert (lines.ids(0, 9, search), lines.count(search)) == ((four[1], four[2]), 2)
    assert [lines.place(one, search) for one in four] == [None, 0, 1, None]


def test_what_patients_are_found_by_is_told_in_the_order_of_the_list(
    bench: Bench, four: tuple[str, ...]
) -> None:
    """All of them; each is what the search finds."""
    search = Search((("berg",),))
    found = bench.store.lines.matches(search)
    assert [patient for patient, _ in found] == list(bench.store.lines.ids(0, 9, search))
    assert found[1][0] == four[1]
    assert search.among(found) == list(found)
    assert Search((("berg",), ("zoe", "ada"))).among(found) == [found[1], found[3]]


@pytest.mark.parametrize(
    ("longer", "shorter", "narrows"),
    [
        (Search((("ada",),)), Search((("ad",),)), True),
        (Search((("ada",), ("berg",))), Search((("ada",),)), True),
        (Search((("mar", "-03-"),)), Search((("ma", "-03-", "-05-"),)), True),
        (Search((("ad",),)), Search((("ada",),)), False),
        (Search((("bda",),)), Search((("ad",),)), False),
        (Search((("ada",),)), Search((("ada",), ("berg",))), False),
        (Search((("mar", "-03-"),)), Search((("mar",),)), False),
        (Search((("ada",),), with_errors=True), Search((("ad",),)), False),
    ],
)
def test_a_search_narrows_another_only_by_more_letters(
    longer: Search, shorter: Search, *, narrows: bool
) -> None:
    """Then whoever it finds was found before."""
    assert longer.narrows(shorter) is narrows


def test_some_lines_are_read_as_they_are_asked_for(bench: Bench, four: tuple[str, ...]) -> None:
    """In the order asked; who is not there is left out."""
    lines = bench.store.lines
    assert [line.patient.id for line in lines.of([four[2], "gone", four[0]])] == [four[2], four[0]]
    assert lines.read(1, 2) == lines.of(four[1:3])


def test_a_marked_patient_tells_nothing_of_visits(bench: Bench, four: tuple[str, ...]) -> None:
    """Until the mark is taken back."""
    marked = bench.store.patients.marked()[0].id
    (line,) = bench.store.lines.of([marked])
    assert (line.last_visit, line.totals) == (None, ())
    bench.store.patients.unmark_error(marked)
    (line,) = bench.store.lines.of([marked])
    assert str(line.last_visit) == "2025-06-01"
    assert bench.store.lines.ids(0, 9) == (marked, *four)


def test_the_first_drafts_are_those_of_the_first_lines(
    bench: Bench, four: tuple[str, ...]
) -> None:
    """At most as many as asked for; none of a patient entered in error."""
    marked = bench.store.patients.marked()[0].id
    bench.store.patients.unmark_error(marked)
    for patient in (*reversed(four), marked):
        bench.draft(bench.store.patients.get(patient))
    bench.store.patients.mark_error(marked, "twice")
    drafts = bench.store.lines.first_drafts(2)
    assert [draft.patient.id for draft in drafts] == list(four[:2])
    assert bench.store.lines.count_drafts() == 4


def test_the_command_reads_everybody_by_name(bench: Bench) -> None:
    """However many pages that takes."""
    with bench.store.atomic():
        for number in range(1100):
            _add(bench, f"{number}", f"Name {number:04}")
    names = [line.patient.facts.given_name for line in bench.store.summaries()]
    assert names == [f"Name {number:04}" for number in range(1100)]


def _plan(bench: Bench, sql: str) -> list[str]:
    asked = bench.store._database.execute(f"EXPLAIN QUERY PLAN {sql}", [None] * sql.count("?"))
    return [str(row[3]) for row in asked.fetchall()]


@pytest.mark.parametrize("question", [COUNT, IDS, MATCHES, BEFORE])
@pytest.mark.parametrize("with_errors", [True, False])
def test_a_search_reads_one_index(bench: Bench, question: str, *, with_errors: bool) -> None:
    """Lines themselves are read by their patients only, and nothing is sorted."""
    where, _ = Search((("a", "b"),), with_errors).condition()
    usual = {"index": "lines_in_order", "order": "l.is_error, l.last_day DESC, l.name, l.patient"}
    plan = _plan(bench, question.format(where=where, **usual))
    of_lines = [step for step in plan if step.startswith(("SCAN l", "SEARCH l"))]
    assert of_lines
    assert all("COVERING INDEX lines_" in step for step in of_lines)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_drafts_are_found_from_the_drafts(bench: Bench) -> None:
    """Their index comes first, then each one's line."""
    first, *then = _plan(bench, WITH_DRAFTS)
    assert first == "SCAN v USING COVERING INDEX drafts"
    assert "SEARCH l USING PRIMARY KEY (patient=?)" in then
    assert _plan(bench, f"{DRAFTS} ORDER BY v.id")[0] == "SCAN v USING INDEX drafts"


def test_a_line_tells_what_counted_on_an_earlier_day(bench: Bench) -> None:
    """Visits after it do not, however many there are; the order stays as it is kept."""
    patient = _add(bench, "1", "Ada", "2025-01-01")
    for month in range(2, 6):
        bench.signed(patient, f"2025-{month:02}-01", value=month % 2)
    lines = bench.store.lines
    (now,) = lines.of([patient.id])
    (earlier,) = lines.of([patient.id], date(2025, 3, 31))
    assert lines.of([patient.id], date(2025, 5, 1)) == (now,)
    assert [str(day) for day, _ in earlier.totals[0].totals] == [
        "2025-01-01", "2025-02-01", "2025-03-01",
    ]  # fmt: skip
    assert str(earlier.last_visit) == "2025-03-01"
    (before,) = bench.store.summaries(date(2024, 12, 31))
    assert (before.last_visit, before.totals) == (None, ())
    assert bench.found() == {}
