"""Beside the scores of a visit: the weight, since last time, a total from paper, the text."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

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
from app.screens.ask import Dialogs
from app.screens.places import VisitPlace
from app.screens.visit.cursor import Part
from app.screens.visit.weight_view import asks_weight, weight_view
from tests.courses import visit as made_visit
from tests.courses import weight
from tests.roles import let_do_everything
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
    in_month = weight_view(DRAFT, [weight("2025-06", "12.4")], [], words())
    assert in_month.last == "Last weight: 12.4 kg in Jun 2025"


def test_the_question_is_never_in_the_way(bench: VisitBench, patient: Patient) -> None:
    """Digits score the sheet at once; the line stands above it with the same height throughout."""
    _begin(bench, patient)
    bar = bench.page.weight
    assert bar.isVisibleTo(bench.page)
    assert not bar.edit.hasFocus()
    height = bar.sizeHint().height()
    bench.type("1")
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
    let_do_everything(bench.store)
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


def test_a_stored_weight_is_called_saved_however_it_is_written(
    bench: VisitBench, patient: Patient
) -> None:
    """A nought at the end or a comma is left as it is while somebody types, and is saved."""
    _begin(bench, patient)
    bar = bench.page.weight
    bench.page.activateWindow()
    bar.edit.setFocus()
    QTest.keyClicks(bar.edit, "12,50")
    bar.paused.emit(bar.text)
    assert (bar.text, bar.is_touched) == ("12,50", False)
    assert any("saved" in text for text in texts(bar))


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


def test_an_unusual_weight_is_asked_about_in_one_question(
    bench: VisitBench, patient: Patient
) -> None:
    """The question takes the focus from the field, which is no second answer; Enter asks again."""
    _begin(bench, patient)
    bar = bench.page.weight
    bench.page.activateWindow()
    bench.ask.yes = False
    told: list[str] = []
    bar.typed.connect(told.append)
    bar.edit.setFocus()
    QTest.keyClicks(bar.edit, "450")
    bar.edit.returnPressed.emit()
    bar.edit.editingFinished.emit()
    assert told == ["450"]
    bar.edit.returnPressed.emit()
    assert told == ["450", "450"]


def test_sign_asks_no_second_question_about_the_weight(
    bench: VisitBench, patient: Patient
) -> None:
    """Pressing it leaves the field, and the question that this raises stands alone."""
    visit = _begin(bench, patient)
    bench.type(*"00000")
    bench.page.activateWindow()
    dialogs = Dialogs(words())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(bench.ask, "confirm", dialogs.confirm)
        bench.page.weight.edit.setFocus()
        QTest.keyClicks(bench.page.weight.edit, "450")
        QTest.mouseClick(bench.page.sheet.sign, Qt.MouseButton.LeftButton)
        (question,) = bench.page.findChildren(QDialog)
        question.reject()
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT
    assert bench.page.weight.text == "450"


def test_what_is_no_number_is_told_beside_the_field(bench: VisitBench, patient: Patient) -> None:
    """Nothing is stored, and what was typed stays."""
    _begin(bench, patient)
    bar = bench.page.weight
    bar.edit.setText("12,x")
    bar.typed.emit("12,x")
    assert any("not a plain number" in text or "is not a number" in text for text in texts(bar))
    assert (bar.text, _weights(bench, patient)) == ("12,x", [])


@pytest.mark.parametrize("text", ["1240", "0"])
def test_a_weight_that_cannot_be_is_refused_beside_the_field(
    bench: VisitBench, patient: Patient, text: str
) -> None:
    """Nobody is asked whether it is right; on the way out it is said that it was not saved."""
    _begin(bench, patient)
    bar, told = (
        bench.page.weight,
        f"{text} cannot be: the lowest possible is 0.1, the highest 700.",
    )
    bar.edit.setText(text)
    bar.paused.emit(text)
    bar.typed.emit(text)
    assert (bench.ask.asked, _weights(bench, patient)) == ([], [])
    assert any(told in one for one in texts(bar))
    assert bench.control.unsaved().endswith(f"was not saved. {told}")


def test_leaving_stores_a_weight_or_says_why_not(bench: VisitBench, patient: Patient) -> None:
    """Above the page that comes next; the next visit's line is empty again."""
    visit = _begin(bench, patient)
    bench.page.weight.edit.setText("12.9")
    bench.control.leave()
    assert _weights(bench, patient) == ["12.9"]
    bench.control.open(VisitPlace(visit.id))
    assert bench.page.weight.text == "12.9"
    bench.page.weight.edit.setText("129.x")
    told = "Today's weight of Amira Haddad · born 14 Mar 2023 · ID 40-1187, 129.x, was not saved. "
    assert bench.control.unsaved().startswith(told)
    bench.control.leave()
    assert bench.said[-1].startswith(f"{told}“129.x” is not a")
    assert bench.page.weight.text == ""
    assert _weights(bench, patient) == ["12.9"]


def test_a_weight_that_is_not_stored_is_not_signed_over(
    bench: VisitBench, patient: Patient
) -> None:
    """Sign goes to the weight and says that it is not saved; mended, it is signed as well."""
    visit = _begin(bench, patient)
    bench.type(*"00000")
    bench.page.weight.edit.setText("12.x")
    bench.page.sheet.sign.click()
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT
    assert bench.page.message.text.startswith("Something typed here is not saved yet.")
    assert bench.page.weight.edit.hasFocus()
    assert any("not a plain number" in text for text in texts(bench.page.weight))
    bench.page.weight.edit.setText("12,50")
    bench.page.sheet.sign.click()
    assert bench.store.visits.get(visit.id).state is VisitState.SIGNED
    assert [str(one.facts.value) for one in bench.store.measures.of_visit(visit.id)] == ["12.5"]


def test_an_unusual_weight_is_asked_about_before_signing(
    bench: VisitBench, patient: Patient
) -> None:
    """From the summary too; it is neither signed nor lost meanwhile."""
    visit = _begin(bench, patient)
    bench.type(*"00000")
    bench.page.sheet.summary.click()
    bench.page.weight.edit.setText("450")
    bench.ask.yes = False
    bench.page.summary.sign.click()
    assert bench.page.part is Part.SHEET
    assert bench.ask.asked == ["Is it right?"]
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT
    assert bench.page.weight.text == "450"


def _type_a_total(bench: VisitBench) -> None:
    bench.page.sheet.paper.click()
    typed = bench.page.summary.typed_total
    typed.scale.buttons[-2].click()
    typed.total.edit.setText("9.5")


def test_a_total_that_is_not_saved_is_not_signed_over(bench: VisitBench, patient: Patient) -> None:
    """Sign says so at its field; once it is saved, the visit is signed with it."""
    visit = _begin(bench, patient)
    _type_a_total(bench)
    bench.page.summary.sign.click()
    typed = bench.page.summary.typed_total
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT
    assert "This total is not saved yet." in typed.total.below.text()
    typed.save.click()
    bench.page.summary.sign.click()
    signed = bench.store.visits.get(visit.id)
    assert signed.state is VisitState.SIGNED
    assert [str(sheet.total) for sheet in signed.sheets] == ["9.5"]


def test_closing_and_leaving_say_whose_total_is_not_saved(
    bench: VisitBench, patient: Patient
) -> None:
    """In one message with a weight that is not saved either; the next visit begins empty."""
    visit = _begin(bench, patient)
    _type_a_total(bench)
    bench.page.weight.edit.setText("129.x")
    total = (
        "The total from paper of Amira Haddad · born 14 Mar 2023 · ID 40-1187, 9.5, is not saved."
    )
    assert bench.control.unsaved().splitlines()[-1] == total
    bench.control.leave()
    assert len(bench.said) == 1
    weight_line, total_line = bench.said[0].splitlines()
    assert weight_line.startswith("Today's weight of Amira Haddad")
    assert total_line == total
    bench.control.open(VisitPlace(visit.id))
    assert bench.page.summary.typed_total.unsaved == ""


def test_a_total_stays_while_another_scale_is_scored(bench: VisitBench, patient: Patient) -> None:
    """The other scale is no longer offered; what was chosen and typed is."""
    _begin(bench, patient)
    _type_a_total(bench)
    bench.page.summary.sheet.click()
    bench.page.sheet.others.buttons[0].click()
    bench.type("1")
    bench.page.guided.panel.summary.click()
    typed = bench.page.summary.typed_total
    assert (typed.scale.value, typed.total.text) == ("sara", "9.5")


def test_a_pause_that_ends_after_the_visit_was_left_is_not_told(
    bench: VisitBench, patient: Patient
) -> None:
    """Nobody is there any more whose weight it could be."""
    _begin(bench, patient)
    pause = bench.page.weight.findChildren(QTimer)[0]
    bench.page.weight.edit.setFocus()
    QTest.keyClicks(bench.page.weight.edit, "12")
    assert pause.isActive()
    bench.control.leave()
    assert not pause.isActive()


def test_a_problem_of_the_weight_has_the_room_of_the_last_one(
    bench: VisitBench, patient: Patient
) -> None:
    """The sentence that is needed now is read whole; the last weight comes back after it."""
    _begin(bench, patient)
    bar = bench.page.weight
    assert "No weight is recorded yet." in texts(bar)
    bar.edit.setText("12,x")
    bar.typed.emit("12,x")
    assert "No weight is recorded yet." not in texts(bar)
    bar.edit.setText("12.5")
    bar.typed.emit("12.5")
    assert not any("not a plain number" in text for text in texts(bar))


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
    """Of a visit that is not signed, too; it is said, and noted as taken out."""
    _begin(bench, patient)
    bench.type(*"10101")
    visit = bench.visit()
    bench.page.sheet.summary.click()
    bench.page.summary.text.click()
    content = VisitContent(visit, (), bench.store.record(patient.id), bench.catalogue)
    assert QGuiApplication.clipboard().text() == visit_text(content, words())
    assert "clipboard is not encrypted" in bench.page.message.text
    assert [look.action for look in bench.store.seen.all()][-1] == "seen.print"
