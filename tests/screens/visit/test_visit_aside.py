"""Beside the scores of a visit: the weight, since last time, a total from paper, the text."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.dates import PartialDate, parse_date
from app.language import words
from app.records.model import (
    EventFacts,
    Measure,
    MeasureFacts,
    Patient,
    TreatmentFacts,
    Visit,
    VisitState,
)
from app.reports.visit_text import VisitContent, visit_text
from app.screens.places import VisitPlace
from app.screens.visit.cursor import Part
from app.screens.visit.weight_view import asks_weight, weight_view
from tests.courses import visit as made_visit
from tests.courses import weight
from tests.screens.patient_rooms.bench import texts
from tests.screens.visit.bench import VISIT_DAY, VisitBench

DRAFT = changed(made_visit("2026-01-28"), state=VisitState.DRAFT)


@pytest.fixture
def patient(bench: VisitBench) -> Iterator[Patient]:
    """Return a patient whose visit is open and shown."""
    who = bench.patient()
    bench.page.show()
    yield who
    bench.page.hide()


def _begin(bench: VisitBench, who: Patient) -> Visit:
    visit = bench.store.visits.start(who.id, VISIT_DAY, "10:40")
    bench.control.open(VisitPlace(visit.id))
    return visit


def _weights(bench: VisitBench, who: Patient) -> list[str]:
    draft = bench.store.record(who.id).draft
    assert draft is not None
    return [str(one.facts.value) for one in bench.store.measures.of_visit(draft.id)]


@pytest.mark.parametrize(
    ("known", "is_asked"),
    [
        ([], True),
        (["2025-10-29"], True),
        (["2025-10-30"], False),
        (["2025-11"], False),
        (["2025-10"], True),
        (["2025"], True),
        (["2026-01-28"], False),
        (["2024-01-01", "2026-01-01"], False),
    ],
)
def test_a_weight_is_asked_for_where_the_last_is_old(known: list[str], is_asked: object) -> None:
    """Older than 90 days, or perhaps so: a short date must lie within them whole."""
    weights = [weight(day, "12.4") for day in known]
    assert asks_weight(DRAFT, weights, [], 90) is is_asked


def test_only_a_new_visit_asks() -> None:
    """Neither a signed one nor an amendment; what was taken here stands to be mended."""
    assert not asks_weight(made_visit("2026-01-28"), [], [], 90)
    assert not asks_weight(changed(DRAFT, amend_reason="typing slip"), [], [], 90)
    assert asks_weight(DRAFT, [weight("2026-01-28", "12")], [weight("2026-01-28", "12")], 90)


def test_other_measures_are_no_weight() -> None:
    """Nor is a weight of a day to come, seen from the visit."""
    facts = MeasureFacts(date=VISIT_DAY, kind="height_cm", value=Decimal(90))
    height = Measure("h", "p", None, facts)
    assert asks_weight(DRAFT, [height, weight("2026-01-29", "12")], [height], 90)
    assert weight_view(DRAFT, [height], [], words()).last == "No weight is recorded yet."


def test_the_last_weight_is_told_with_its_date() -> None:
    """The latest before the visit or on its day, and what was taken here as text."""
    known = [weight("2024-05-01", "11"), weight("2025-06-01", "12.4")]
    view = weight_view(DRAFT, known, [weight("2026-01-28", "12.9")], words())
    assert (view.last, view.text) == ("Last weight: 12.4 kg on 1 Jun 2025", "12.9")


def test_the_question_is_never_in_the_way(bench: VisitBench, patient: Patient) -> None:
    """Digits score the sheet at once; the line stands above it with the same height throughout."""
    _begin(bench, patient)
    bar = bench.page.weight
    assert bar.isVisibleTo(bench.page)
    assert not bar.edit.hasFocus()
    height = bar.sizeHint().height()
    QTest.keyClick(bench.page.sheet, Qt.Key.Key_1)
    assert bench.visit().sheets[0].answers
    bar.edit.insert("12.9")
    bar.paused.emit("12.9")
    assert bar.sizeHint().height() == height


def test_a_recent_weight_asks_nothing(bench: VisitBench, patient: Patient) -> None:
    """Nor does another part of the visit."""
    day = PartialDate.of(VISIT_DAY.first - timedelta(days=90))
    facts = MeasureFacts(date=day, kind="weight_kg", value=Decimal(12))
    bench.store.measures.add(patient.id, facts)
    visit = _begin(bench, patient)
    assert not bench.page.weight.isVisibleTo(bench.page)
    settings = changed(bench.store.settings.load(), weight_days=89)
    bench.store.settings.save(settings)
    bench.control.open(VisitPlace(visit.id))
    assert bench.page.weight.isVisibleTo(bench.page)
    bench.page.sheet.summary.click()
    assert not bench.page.weight.isVisibleTo(bench.page)


def test_a_weight_is_stored_while_it_is_typed(bench: VisitBench, patient: Patient) -> None:
    """After a pause, and “saved” is said only when it is true; Enter gives the keys back."""
    _begin(bench, patient)
    bar = bench.page.weight
    bench.page.activateWindow()
    bar.edit.setFocus()
    QTest.keyClicks(bar.edit, "12.9")
    assert not any("saved" in text for text in texts(bar))
    bar.paused.emit(bar.text)
    assert _weights(bench, patient) == ["12.9"]
    assert any("saved" in text for text in texts(bar))
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    assert not bar.edit.hasFocus()
    bar.edit.setText("")
    bar.typed.emit("")
    assert _weights(bench, patient) == []


def test_an_unusual_weight_is_asked_back_once_it_is_done(
    bench: VisitBench, patient: Patient
) -> None:
    """While somebody types there is no question, and nothing unusual is stored."""
    _begin(bench, patient)
    bar = bench.page.weight
    bar.edit.setText("450")
    bar.paused.emit("450")
    assert (bench.ask.asked, _weights(bench, patient)) == ([], [])
    bench.ask.yes = False
    bar.typed.emit("450")
    assert bench.ask.asked == ["Is it right?"]
    assert _weights(bench, patient) == []
    assert any("unusual" in text for text in texts(bar))
    bench.ask.yes = True
    bar.typed.emit("450")
    assert _weights(bench, patient) == ["450"]


def test_what_is_no_number_is_told_beside_the_field(bench: VisitBench, patient: Patient) -> None:
    """Nothing is stored, and what was typed stays."""
    _begin(bench, patient)
    bar = bench.page.weight
    bar.edit.setText("12,x")
    bar.typed.emit("12,x")
    assert any("not a plain number" in text or "is not a number" in text for text in texts(bar))
    assert (bar.text, _weights(bench, patient)) == ("12,x", [])


def test_leaving_stores_a_weight_or_says_why_not(bench: VisitBench, patient: Patient) -> None:
    """Above the page that comes next; the next visit's line is empty again."""
    visit = _begin(bench, patient)
    bench.page.weight.edit.setText("12.9")
    bench.control.leave()
    assert _weights(bench, patient) == ["12.9"]
    bench.control.open(VisitPlace(visit.id))
    assert bench.page.weight.text == "12.9"
    bench.page.weight.edit.setText("129.x")
    assert bench.control.unsaved().startswith("Today's weight, 129.x, was not saved.")
    bench.control.leave()
    assert bench.said[-1].startswith("Today's weight, 129.x, was not saved. “129.x” is not a")
    assert bench.page.weight.text == ""
    assert _weights(bench, patient) == ["12.9"]


def test_the_summary_tells_what_happened_since_the_last_visit(
    bench: VisitBench, patient: Patient
) -> None:
    """Doses, events and items that moved, between the last signed visit and this one's day."""
    bench.signed(patient, (2, 2, 2, 2, 2))
    start = parse_date("2026-01-06")
    bench.store.treatments.add(patient.id, TreatmentFacts(agent="ivig", start=start))
    bench.store.events.add(
        patient.id, EventFacts(date=PartialDate(2026, 1, 10), kind="report", note="Falls again.")
    )
    _begin(bench, patient)
    QTest.keyClick(bench.page.sheet, Qt.Key.Key_1)
    bench.page.sheet.summary.click()
    told = texts(bench.page.summary.since_last)
    assert told == [
        "Since the last visit, 3 Dec 2025",
        "IVIg: started 6 Jan 2026",
        "Report between visits, 10 Jan 2026: Falls again.",
        "Items that moved, 28 Jan 2026",
        "Five features, since 3 Dec 2025: Eyes (opsoclonus) 2 to 1",
    ]


def test_a_first_visit_has_no_last_one(bench: VisitBench, patient: Patient) -> None:
    """Then there is no block."""
    _begin(bench, patient)
    bench.page.sheet.summary.click()
    assert not bench.page.summary.since_last.isVisibleTo(bench.page)


def test_a_total_from_paper_is_offered_where_a_visit_starts(
    bench: VisitBench, patient: Patient
) -> None:
    """One tap on the first sheet opens the fields for it."""
    _begin(bench, patient)
    bench.page.sheet.paper.click()
    assert bench.page.part is Part.SUMMARY
    assert bench.page.summary.typed_total.total.isVisibleTo(bench.page)


def test_the_text_goes_to_the_clipboard(bench: VisitBench, patient: Patient) -> None:
    """The same lines as the command prints; it is said, and noted as taken out."""
    visit = bench.signed(patient, (1, 0, 1, 0, 1))
    bench.control.open(VisitPlace(visit.id))
    bench.page.summary.text.click()
    content = VisitContent(visit, (), bench.store.record(patient.id), bench.catalogue)
    assert QGuiApplication.clipboard().text() == visit_text(content, words())
    assert "clipboard is not encrypted" in bench.page.message.text
    assert [look.action for look in bench.store.seen.all()][-1] == "seen.print"
