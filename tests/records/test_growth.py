"""Work and size that grow only with what is shown: plans that use an index, bytes and pages."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from app.records.actions import Action
from app.records.file.database import RecordsFile
from app.records.lines import Search
from app.records.model import (
    ConfirmedQuestion,
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    Patient,
    SequelaFacts,
    TreatmentFacts,
    Visit,
    VisitContext,
)
from app.records.rows import TABLES
from app.records.store import Store
from tests.builders import replace
from tests.records.workbench import Bench, day, key, level

SMALL = {"users", "unit_settings", "user_settings", "stations", "this_station"}
GROWING = {"journal", "seen", "lines", "namesakes", *TABLES} - SMALL
MOST_BYTES_A_VISIT = 9000
MOST_PAGES_A_TAP = 4
_SOURCE = re.compile(r"(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+AS\s+(\w+))?")
_SCAN = re.compile(r"SCAN (\w+)")

Asked = dict[str, Sequence[object]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return every statement that any store sends from now on, with values it was sent with."""
    told: Asked = {}
    execute = RecordsFile.execute

    def spy(self: RecordsFile, sql: str, values: Sequence[object] = ()) -> Any:
        if sql.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            told.setdefault(sql, values)
        return execute(self, sql, values)

    monkeypatch.setattr(RecordsFile, "execute", spy)
    return told


def _scans(store: Store, asked: Asked) -> list[tuple[str, str]]:
    """Return the statements that read a growing table from end to end, and how."""
    found = []
    for sql, values in list(asked.items()):
        names = {alias or table: table for table, alias in _SOURCE.findall(sql)}
        plan = store._database.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        for *_, step in plan:
            scanned = _SCAN.match(step)
            if scanned is None or step.endswith("INDEX drafts"):
                continue
            if names.get(scanned[1], scanned[1]) in GROWING:
                found.append((sql, step))
    return found


def _list(bench: Bench, _patient: Patient) -> None:
    lines = bench.store.lines
    assert lines.read(0, 50)
    assert lines.count()
    lines.count_drafts()
    bench.store.lines.drafts()
    bench.store.seen.note(Action.OPEN)
    bench.store.settings.load()


def _patient(bench: Bench, patient: Patient) -> None:
    store = bench.store
    found = store.patients.by_patient_id(patient.facts.patient_id)
    store.record(found.id)
    store.visits.in_error(found.id)
    store.patients.change(found.id, found.facts, "as it was")
    store.patients.set_caution(found.id, "Invented.")


def _tap(bench: Bench, patient: Patient) -> None:
    visits = bench.store.visits
    visit = bench.draft(patient, visit_id="V9")
    visits.set_when(visit.id, day("2025-05-30"), "10:00")
    visits.answer(visit.id, "oms", key("gait"), level(1))
    visits.answer(visit.id, "oms", key("gait"), level(2))
    visits.undo_label(visit.id)
    visits.undo(visit.id)
    visits.type_total(visit.id, "sara", Decimal(3))
    visits.confirm(visit.id, "oms", ConfirmedQuestion("q", "Sure?"))
    visits.set_context(visit.id, VisitContext(note="tired"))
    bench.store.measures.set_for_visit(visit.id, "weight_kg", Decimal(14))
    bench.store.measures.of_visit(visit.id)
    visits.remove_sheet(visit.id, "sara")
    visits.get(visit.id)
    visits.previous(visit.id)
    visits.previous(visit.id, "oms")


def _sign(bench: Bench, patient: Patient) -> None:
    visits = bench.store.visits
    signed = bench.signed(patient, visit_id="V9")
    amended = visits.amend(signed.id, "slip")
    visits.discard(amended.id)
    visits.mark_error(signed.id, "other child")
    visits.unmark_error(signed.id)
    visits.by_visit_id("V9")


def _course(bench: Bench, patient: Patient) -> None:
    store, when = bench.store, day("2025-05-01")
    treatment = store.treatments.add(patient.id, TreatmentFacts(treatment_id="T", agent="ivig"))
    step = store.treatments.add_dose(treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg"))
    bench.remove_dose(treatment.id, step.id)
    assert store.treatments.find("T") is not None
    store.treatments.write_whole(treatment.id, TreatmentFacts(agent="corticotropin"), ())
    store.treatments.remove(treatment.id)
    event = store.events.add(patient.id, EventFacts(date=when, kind="fever"))
    store.events.remove(event.id)
    weight = MeasureFacts(date=when, kind="weight_kg", value=Decimal(14))
    store.measures.remove(store.measures.add(patient.id, weight).id)
    store.sequelae.add(patient.id, SequelaFacts(date=when, kind="motor", state="no"))
    look = FindingFacts(date=when, kind="tumour", name="MRI", result="negative")
    found, _ = store.findings.add(patient.id, look)
    store.findings.take_back(found.id, store.findings.change(found.id, replace(look, name="CT")))
    store.findings.remove(found.id)


@pytest.mark.parametrize("deed", [_list, _patient, _tap, _sign, _course])
def test_no_question_of_the_window_reads_a_growing_table_from_end_to_end(
    bench: Bench, asked: Asked, deed: Callable[[Bench, Patient], None]
) -> None:
    """The list, a patient, a tap, a signature and a treatment are found by an index."""
    patient = bench.patient("P1")
    bench.signed(patient, visit_id="V1")
    bench.patient("P2")
    asked.clear()
    deed(bench, patient)
    assert asked
    assert _scans(bench.store, asked) == []


def test_opening_reads_no_growing_table_from_end_to_end(
    bench: Bench, reopen: Callable[..., Store], asked: Asked
) -> None:
    """What a start asks before the list costs the same however much there is."""
    bench.signed(bench.patient())
    bench.store.close()
    asked.clear()
    store = reopen()
    assert any("this_station" in sql for sql in asked)
    assert _scans(store, asked) == []


def test_the_plans_of_a_scan_would_be_seen(bench: Bench) -> None:
    """The watch itself can fail: a question without an index is named, under any alias."""
    asked: Asked = {
        "SELECT 1 FROM journal AS j WHERE j.body = ?": [b""],
        "SELECT 1 FROM visits WHERE note = ?": [""],
    }
    assert len(_scans(bench.store, asked)) == 2


def test_the_list_comes_in_its_order_without_sorting(bench: Bench, asked: Asked) -> None:
    """An index holds the lines in order, so the first page costs what it shows."""
    bench.patient()
    asked.clear()
    bench.store.lines.read(0, 50)
    bench.store.lines.read(0, 50, Search((("ada",),)))
    plans = [
        step
        for sql, values in list(asked.items())
        if "FROM lines" in sql
        for *_, step in bench.store._database.conn.execute(
            f"EXPLAIN QUERY PLAN {sql}", values
        ).fetchall()
    ]
    assert plans
    assert not [step for step in plans if "TEMP B-TREE" in step]


def _eleven(bench: Bench, patient: Patient, when: str) -> str:
    """Score a visit of eleven answers and return it."""
    visit = bench.draft(patient, when)
    for scale in ("five_feature", "oms"):
        bench.fill(visit, scale, 1)
    return visit.id


def _size(bench: Bench) -> int:
    def told(pragma: str) -> int:
        return int(bench.store._database.execute(f"PRAGMA {pragma}").fetchone()[0])

    return (told("page_count") - told("freelist_count")) * told("page_size")


def _frames(bench: Bench, mode: str) -> int:
    told = bench.store._database.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
    return int(told[1])


@pytest.fixture
def filled(bench: Bench) -> Bench:
    """Return a store of ten patients with six signed visits of eleven answers each."""
    for number in range(10):
        bench.patient(f"P{number}")
    _sign_each(bench, range(1, 7))
    return bench


def _sign_each(bench: Bench, days: range) -> None:
    with bench.store.atomic():
        for number in days:
            for patient in bench.store.patients.all():
                visit = _eleven(bench, patient, f"2025-05-{number:02d}")
                bench.store.visits.sign(visit, "scored at the bedside")


def test_a_visit_of_eleven_answers_takes_at_most_nine_kilobytes(
    filled: Bench,
) -> None:
    """Rows, journal and all indexes, drafted, scored and signed."""
    before, visits = _size(filled), 100
    _sign_each(filled, range(7, 17))
    assert filled.count("answers") == 11 * (60 + visits)
    assert (_size(filled) - before) / visits <= MOST_BYTES_A_VISIT


def test_a_tap_writes_at_most_four_pages(filled: Bench) -> None:
    """On average over twenty visits, each tap on disk by itself, in sheets that are begun."""
    filled.raw("PRAGMA wal_autocheckpoint = 0")
    pages = taps = 0
    for when in ("2025-05-20", "2025-05-21"):
        drafts = [filled.draft(patient, when) for patient in filled.store.patients.all()]
        for visit in drafts:
            _tap_each(filled, visit, slice(0, 1))
        _frames(filled, "TRUNCATE")
        for visit in drafts:
            taps += _tap_each(filled, visit, slice(1, None))
        pages += _frames(filled, "PASSIVE")
        for visit in drafts:
            filled.store.visits.sign(visit.id, "scored at the bedside")
    assert taps == 180
    assert pages / taps <= MOST_PAGES_A_TAP


def _tap_each(bench: Bench, visit: Visit, which: slice) -> int:
    taps = [
        (scale, one)
        for scale in ("five_feature", "oms")
        for one in bench.catalogue.find(scale).keys[which]
    ]
    for scale, one in taps:
        bench.store.visits.answer(visit.id, scale, one, level(1))
    return len(taps)
