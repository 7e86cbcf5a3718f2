"""What is recorded beside the items, and how a visit is closed, opened again and marked."""

import gc
import weakref
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.errors import UserError
from app.records.model import VisitContext, VisitState
from app.screens.places import ChartPlace, PatientsPlace, SignedVisitPlace, VisitPlace
from app.screens.visit.context_view import Typed
from app.screens.visit.control import VisitControl
from app.screens.visit.cursor import Part
from app.screens.visit.summary_cards import ScoreCard
from scales.model import Key
from tests.screens.visit.bench import FIVE, VISIT_DAY, VisitBench, settle
from widgets.values import QuestionView

REASON = "typed for the wrong child"
NAMED = "Visit of 28 Jan 2026, 10:40 of Amira Haddad · born 14 Mar 2023 · ID 40-1187: "


def _to_context(bench: VisitBench) -> None:
    bench.begin()
    QTest.mouseClick(bench.page.sheet.context, Qt.MouseButton.LeftButton)


def test_context_is_stored_tap_by_tap(bench: VisitBench) -> None:
    """Each choice is on the disk at once; a second tap takes it back."""
    _to_context(bench)
    page = bench.page.context
    page.slept.buttons[1].click()
    page.ill.buttons[1].click()
    page.missed.buttons[0].click()
    page.cooperation.buttons[2].click()
    context = bench.visit().facts.context
    assert (context.slept, context.ill) == ("less_than_usual", "fever")
    assert (context.missed_dose, context.cooperation) == ("none", "poor")
    page.slept.buttons[1].click()
    assert bench.visit().facts.context.slept == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,000", "“1,000” could be 1 or 1000"), ("1.000", "“1.000” could be 1 or 1000"),
        (".5", "Write 0.5"), ("-0", "0 or more"), ("2000", "2000 cannot be: the lowest possible"),
    ],
)  # fmt: skip
def test_a_measure_that_could_be_two_numbers_or_none_is_refused(
    bench: VisitBench, typed: str, sentence: str
) -> None:
    """At its field, where it stays as it was typed; nothing is asked and nothing stored."""
    _to_context(bench)
    box = bench.page.context.measures.fields["night_wakings"]
    box.edit.setText(typed)
    box.edit.editingFinished.emit()
    assert sentence in box.below.text()
    assert (box.text, bench.ask.asked, _wakings(bench)) == (typed, [], [])


def test_an_unusual_measure_is_stored_only_when_it_is_called_right(bench: VisitBench) -> None:
    """Until then it is told below that it is not saved; 0 and the usual cost no question.

    Only what is typed anew is asked about anew, be it the same number.
    """
    _to_context(bench)
    box = bench.page.context.measures.fields["night_wakings"]
    for text in ("0", "3"):
        box.edit.setText(text)
        box.edit.editingFinished.emit()
    assert bench.ask.asked == []
    bench.ask.yes = False
    box.edit.setText("33")
    box.edit.editingFinished.emit()
    assert bench.ask.asked == ["Is it right?"]
    assert "Wakings last night: 33 is outside the usual typing limits." in bench.ask.told[0]
    assert "not saved" in box.below.text()
    assert _wakings(bench) == [Decimal(3)]
    box.edit.editingFinished.emit()
    assert len(bench.ask.asked) == 1
    bench.ask.yes = True
    box.edit.setFocus()
    QTest.keyClick(box.edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(box.edit, "3")
    QTest.keyClick(box.edit, Qt.Key.Key_Return)
    assert (len(bench.ask.asked), _wakings(bench)) == (2, [Decimal(33)])
    assert box.below.isHidden()


def _wakings(bench: VisitBench) -> list[Decimal]:
    return [one.facts.value for one in bench.store.measures.of_visit(bench.visit().id)]


def test_words_that_no_list_has_are_offered_as_they_are(bench: VisitBench) -> None:
    """What a table brought stands beside the usual answers, chosen."""
    visit = bench.begin()
    bench.store.visits.set_context(visit.id, VisitContext(slept="in the car"))
    bench.control.open(VisitPlace(visit.id))
    bench.page.sheet.context.click()
    row = bench.page.context.slept
    assert [one.text() for one in row.buttons] == [
        "as usual", "less than usual", "hardly", "in the car",
    ]  # fmt: skip
    assert row.value == "in the car"


def test_a_note_is_stored_as_it_settles(bench: VisitBench, qtbot: QtBot) -> None:
    """A short pause is enough, and nobody presses Save."""
    _to_context(bench)
    QTest.keyClicks(bench.page.context.note.edit, "calm today")
    qtbot.waitUntil(lambda: bench.visit().facts.context.note == "calm today")


def test_a_note_is_stored_when_the_page_is_left(bench: VisitBench) -> None:
    """Leaving does not wait for the pause."""
    _to_context(bench)
    visit = bench.visit()
    QTest.keyClicks(bench.page.context.note.edit, "calm")
    bench.control.leave()
    assert bench.store.visits.get(visit.id).facts.context.note == "calm"


def test_a_note_that_could_not_be_stored_stays_and_is_tried_again(
    bench: VisitBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk loses no word of it; closing asks first, as long as it is not stored."""
    _to_context(bench)
    page = bench.page.context

    def full(*_values: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr(bench.store.visits, "set_context", full)
    QTest.keyClicks(page.note.edit, "calm")
    page.flush()
    assert (bench.page.message.text, page.note.text) == ("The disk is full.", "calm")
    visit = bench.visit()
    sentence = (
        "Something typed in the visit of Amira Haddad · born 14 Mar 2023 · ID 40-1187 "
        "is not saved. Open the visit to look at it again."
    )
    assert bench.control.unsaved() == sentence
    bench.control.leave()
    assert (bench.said, bench.control.unsaved()) == ([sentence], sentence)
    bench.begin(bench.patient("2"))
    assert page.note.text == ""
    bench.control.leave()
    bench.control.open(VisitPlace(visit.id))
    assert page.note.text == "calm"
    assert bench.page.message.text == "This was typed before and is not saved yet."
    monkeypatch.undo()
    assert bench.control.unsaved() == ""
    assert bench.visit().facts.context.note == "calm"


def test_a_note_that_was_stored_on_the_way_to_the_sheet_is_no_question(bench: VisitBench) -> None:
    """It is known as stored though its page does not show."""
    assert bench.control.unsaved() == ""
    _to_context(bench)
    QTest.keyClicks(bench.page.context.note.edit, "calm")
    bench.page.context.done_button.click()
    before = len(bench.store.journal.entries())
    assert bench.control.unsaved() == ""
    assert len(bench.store.journal.entries()) == before


def test_a_time_is_stored_though_its_field_has_the_focus(bench: VisitBench) -> None:
    """Leaving stores it, and the field that is put away reports nothing about the next visit."""
    _to_context(bench)
    visit, page = bench.visit(), bench.page.context
    page.time.edit.setFocus()
    page.time.edit.setText("08:15")
    bench.control.leave()
    page.time.edit.editingFinished.emit()
    assert bench.store.visits.get(visit.id).facts.time == "08:15"


def test_done_stores_the_note_and_goes_back(bench: VisitBench) -> None:
    """The sheet is in front again, and the note is on the disk."""
    _to_context(bench)
    QTest.keyClicks(bench.page.context.note.edit, "calm")
    bench.page.context.done_button.click()
    assert bench.part() is Part.SHEET
    assert bench.visit().facts.context.note == "calm"


def test_done_goes_back_to_where_it_was_asked_for(bench: VisitBench) -> None:
    """From the summary back to the summary."""
    bench.begin()
    bench.page.sheet.summary.click()
    bench.page.summary.context.open.click()
    bench.page.context.done_button.click()
    assert bench.part() is Part.SUMMARY


def test_measures_are_stored_beside_the_scores(bench: VisitBench) -> None:
    """A comma is read as a point; an empty field takes the measure away."""
    _to_context(bench)
    box = bench.page.context.measures.fields["sleep_hours"]
    box.edit.setText("7,5")
    box.edit.editingFinished.emit()
    measures = bench.store.measures.of_visit(bench.visit().id)
    assert [(one.facts.kind, one.facts.value) for one in measures] == [
        ("sleep_hours", Decimal("7.5"))
    ]
    box.edit.setText("")
    box.edit.editingFinished.emit()
    assert bench.store.measures.of_visit(bench.visit().id) == ()


def test_what_is_no_number_is_said_below_its_field(bench: VisitBench) -> None:
    """One sentence where the user is, nothing stored."""
    _to_context(bench)
    box = bench.page.context.measures.fields["rages_per_day"]
    box.edit.setText("many")
    box.edit.editingFinished.emit()
    assert "“many” is not a plain number" in box.below.text()
    assert bench.store.measures.of_visit(bench.visit().id) == ()


def test_day_and_time_can_be_corrected(bench: VisitBench) -> None:
    """The visit is dated anew, and the band says so."""
    _to_context(bench)
    page = bench.page.context
    page.date.field.edit.setText("2026-01-20")
    page.date.field.edit.editingFinished.emit()
    page.time.edit.setText("08:15")
    page.time.edit.editingFinished.emit()
    assert (bench.visit().facts.date, bench.visit().facts.time) == (
        PartialDate(2026, 1, 20),
        "08:15",
    )
    assert "Visit of 20 Jan 2026, 08:15 · M. Okafor" in bench.texts()


@pytest.mark.parametrize(
    ("date", "words"), [("2026-02-30", "no day"), ("2027-01-01", "future"), ("2020-01-01", "bi")]
)
def test_an_impossible_day_is_refused_in_words(bench: VisitBench, date: str, words: str) -> None:
    """No such day, a day to come, a day before birth: the visit keeps its day."""
    _to_context(bench)
    page = bench.page.context
    page.date.field.edit.setText(date)
    page.date.field.edit.editingFinished.emit()
    said = f"{page.date.field.below.text()} {bench.page.message.text}"
    assert words in said
    assert bench.visit().facts.date == VISIT_DAY


def test_a_field_somebody_writes_in_is_left_alone(bench: VisitBench, qtbot: QtBot) -> None:
    """A change elsewhere shows the page anew, but not over the words being typed."""
    _to_context(bench)
    page = bench.page.context
    fields = (page.date.field.edit, page.time.edit, page.measures.fields["rages_per_day"].edit)
    for one in fields:
        one.setFocus()
        qtbot.waitUntil(one.hasFocus)
        one.setText("1")
        page.slept.buttons[0].click()
        assert one.text() == "1"
    page.note.edit.setPlainText("half a sen")
    page.slept.buttons[1].click()
    assert page.note.text == "half a sen"


def test_a_total_from_paper_is_typed_in_the_summary(bench: VisitBench) -> None:
    """Three steps: the scale, the number, Save; the card says where it comes from."""
    bench.begin()
    bench.page.sheet.summary.click()
    typed = bench.page.summary.typed_total
    typed.start.click()
    typed.save.click()
    assert "choose the scale" in typed.total.below.text()
    typed.scale.buttons[-2].click()
    typed.save.click()
    assert "write the total" in typed.total.below.text()
    typed.total.edit.setText("9.5")
    QTest.keyClick(typed.total.edit, Qt.Key.Key_Return)
    sheet = bench.visit().sheet("sara")
    assert sheet is not None
    assert (sheet.total, sheet.is_typed) == (Decimal("9.5"), True)
    assert "✓ 9.5 of 40, typed from paper" in bench.texts()


@pytest.mark.parametrize(
    ("text", "words"), [("99", "outside the range"), ("x", "not a plain number")]
)
def test_a_wrong_total_is_refused_below_its_field(
    bench: VisitBench, text: str, words: str
) -> None:
    """Nothing is stored, and the sentence stands where the number does."""
    bench.begin()
    bench.page.sheet.summary.click()
    bench.page.summary.typed_total.total_typed.emit(Typed("oms5", text))
    assert words in bench.page.summary.typed_total.total.below.text()
    assert bench.visit().sheets == ()


def test_a_sheet_can_be_removed_and_brought_back(bench: VisitBench) -> None:
    """Removing is undone like a tap."""
    bench.begin()
    bench.type("1", "2")
    bench.page.sheet.summary.click()
    settle()
    bench.page.summary.findChildren(ScoreCard)[0].remove.click()
    assert bench.visit().sheets == ()
    assert bench.page.summary.undo.whole_text == "Undo: Five features"
    bench.type(Qt.Key.Key_Z, control=True)
    assert len(bench.visit().sheets[0].answers) == 2
    assert bench.part() is Part.SUMMARY


def test_a_card_leads_to_its_scale(bench: VisitBench) -> None:
    """Continue goes to the first open item of that scale."""
    bench.begin(scale="oms")
    bench.type("1")
    bench.page.guided.panel.summary.click()
    settle()
    card = bench.page.summary.findChildren(ScoreCard)[0]
    assert card.open.accessibleName().startswith("Continue: OMS rating scale")
    card.open.click()
    assert bench.part() is Part.GUIDED
    assert bench.control.session.cursor.key == Key("gait")


def test_ctrl_enter_in_the_summary_signs(bench: VisitBench) -> None:
    """The keyboard finishes a visit from the summary too."""
    visit = bench.begin(scale="oms")
    bench.type("0", "0", "0", "0", "0", "0")
    assert bench.part() is Part.SUMMARY
    bench.type("x")
    bench.type(Qt.Key.Key_Return, control=True)
    assert bench.store.visits.get(visit.id).state is VisitState.SIGNED


def test_ctrl_enter_in_a_guided_scale_shows_the_summary(bench: VisitBench) -> None:
    """Signing a longer scale is done where all of it is in view."""
    bench.begin(scale="oms")
    bench.type("1")
    bench.type(Qt.Key.Key_Return, control=True)
    assert bench.part() is Part.SUMMARY
    assert bench.visit().state is VisitState.DRAFT


def test_discarding_asks_why_and_leaves(bench: VisitBench) -> None:
    """What goes is named, the usual reasons are offered; then the draft is gone."""
    patient = bench.patient()
    visit = bench.begin(patient)
    bench.type("1")
    bench.page.sheet.summary.click()
    bench.page.summary.discard.click()
    assert bench.ask.asked == bench.ask.losses == ["Discard this visit?"]
    assert bench.ask.told[0].startswith(NAMED)
    assert bench.ask.told[0].removeprefix(NAMED).startswith("1 item is scored. ")
    assert "Begun for another patient" in bench.ask.offered_reasons
    with pytest.raises(UserError):
        bench.store.visits.get(visit.id)
    assert bench.went == [ChartPlace(patient.id)]


def test_a_signed_visit_is_read_somewhere_else(bench: VisitBench) -> None:
    """The page of a visit is for scoring: it leads on, and shows nothing of the visit."""
    visit = bench.signed(bench.patient(), (1, 1, 1, 1, 1))
    bench.control.open(VisitPlace(visit.id))
    assert bench.went == [SignedVisitPlace(visit.id)]
    assert not bench.control.session.is_open
    assert not bench.control.is_scoring


@pytest.fixture
def amending(bench: VisitBench) -> VisitBench:
    """Return a bench whose control shows an amendment of a signed visit."""
    visit = bench.signed(bench.patient(), (1, 1, 1, 1, 1))
    bench.control.open(VisitPlace(bench.store.visits.amend(visit.id, REASON).id))
    return bench


def test_an_amendment_tells_its_reason(amending: VisitBench) -> None:
    """Above the page and in the summary."""
    amending.page.sheet.summary.click()
    assert any(text.startswith("Amending the visit of ") for text in amending.texts())
    expected = f"Version 2 of this visit, not signed yet. Why: {REASON}"
    assert expected in amending.texts()


def test_what_an_amendment_changed_is_marked_in_the_window(amending: VisitBench) -> None:
    """The signed version that it amends is read from the store; the word on Sign says what."""
    amending.tap("sleep", 3)
    amending.page.sheet.summary.click()
    assert "Amendment in progress" in amending.texts()
    marked = [text for text in amending.texts() if "(changed, was 1)" in text]
    assert len(marked) == 1
    assert amending.page.summary.sign.text() == "Sign the amendment"


def test_a_place_of_another_kind_is_not_for_this_screen(bench: VisitBench) -> None:
    """Opening something else changes nothing."""
    bench.control.open(PatientsPlace())
    assert not bench.control.session.is_open
    bench.store.patients.mark_error(bench.patient().id, "x")
    with pytest.raises(RuntimeError):
        _ = bench.control.session.visit


def test_a_store_that_cannot_write_says_so_where_the_nurse_is(
    bench: VisitBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is a sentence, and the level does not look chosen."""
    bench.begin()

    def full(*_values: object) -> None:
        message = "The disk is full. Nothing was stored."
        raise UserError(message)

    monkeypatch.setattr(bench.store.visits, "answer", full)
    bench.tap("gait", 2)
    assert bench.page.message.text == "The disk is full. Nothing was stored."
    assert "0 of 5 · bedside sheet of this app, not a validated scale" in bench.texts()
    monkeypatch.setattr(bench.store.visits, "sign", full)
    monkeypatch.setattr(bench.store.visits, "discard", full)
    monkeypatch.undo()
    for item in FIVE:
        bench.tap(item, 0)
    monkeypatch.setattr(bench.store.visits, "sign", full)
    monkeypatch.setattr(bench.store.visits, "discard", full)
    bench.page.sheet.sign.click()
    assert bench.page.message.text == "The disk is full. Nothing was stored."
    bench.page.sheet.summary.click()
    bench.page.summary.discard.click()
    assert bench.page.message.text == "The disk is full. Nothing was stored."
    assert bench.went == []


def test_a_signature_is_told_at_once(bench: VisitBench) -> None:
    """Whatever becomes of the copy: it is asked for, and nobody waits for it."""
    asked: list[bool] = []
    bench.store.after_signing(lambda: asked.append(True))
    bench.begin()
    for item in FIVE:
        bench.tap(item, 0)
    bench.page.sheet.sign.click()
    assert asked == [True]
    assert bench.said[0].startswith("Signed. ")


def test_a_question_that_is_gone_asks_nothing(bench: VisitBench) -> None:
    """An answer to a question that nobody asks any more changes nothing."""
    bench.begin()
    gone = QuestionView("gone", "Is that right?")
    cursor = bench.control.session.cursor
    bench.page.sheet.question.confirmed.emit(gone)
    bench.page.sheet.question.look_again_requested.emit(gone)
    assert (bench.control.session.cursor, bench.visit().sheets) == (cursor, ())


def test_back_is_the_way_back(bench: VisitBench) -> None:
    """The arrow in the band leaves to the place before."""
    bench.begin()
    back = bench.page.banner.findChildren(QPushButton)[0]
    back.click()
    assert bench.went == [PatientsPlace()]


def _nameless(page: QWidget) -> list[str]:
    found = []
    for one in (page, *page.findChildren(QWidget)):
        if one.focusPolicy() is Qt.FocusPolicy.NoFocus or one.isHidden():
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        if interface is None or not interface.text(QAccessible.Text.Name):
            found.append(f"{type(one).__name__} {one.objectName()}")
    return found


@pytest.mark.parametrize("part", ["sheet", "reasons", "guided", "context", "summary"])
def test_everything_that_takes_the_focus_has_a_name(bench: VisitBench, part: str) -> None:
    """A screen reader has a word for every button and field."""
    bench.begin(scale="sara" if part == "guided" else "")
    bench.type("1")
    page = bench.page.sheet
    if part == "reasons":
        page.grid.aside_requested.emit(Key("gait"))
    elif part == "context":
        page.context.click()
    elif part == "summary":
        page.summary.click()
        bench.page.summary.typed_total.start.click()
    settle()
    assert _nameless(bench.part_page()) == []


def test_the_screen_is_freed_when_it_is_let_go(bench: VisitBench, qapp: QApplication) -> None:
    """No connection keeps a closed screen alive."""
    control = VisitControl(bench.desk)
    visit = bench.store.visits.start(bench.patient("40-9").id, VISIT_DAY, "")
    control.open(VisitPlace(visit.id))
    page, gone = weakref.ref(control.page), weakref.ref(control)
    control.page.deleteLater()
    control.deleteLater()
    settle()
    qapp.processEvents()
    del control
    gc.collect()
    assert (page(), gone()) == (None, None)


def test_a_tap_dates_the_visit(bench: VisitBench) -> None:
    """Today, and one of two meanings once it is chosen; nothing is stored before that."""
    _to_context(bench)
    field = bench.page.context.date
    field.field.edit.setText("3/1/2026")
    field.field.edit.textEdited.emit("3/1/2026")
    field.field.edit.editingFinished.emit()
    assert bench.visit().facts.date == VISIT_DAY
    field.choices[0].click()
    assert bench.visit().facts.date == PartialDate(2026, 1, 3)
    field.today.click()
    assert bench.visit().facts.date == VISIT_DAY


def test_a_visit_of_a_patient_entered_in_error_is_not_signed(bench: VisitBench) -> None:
    """One sentence on the page, and the visit stays open with all its answers."""
    visit = bench.begin()
    for item in FIVE:
        bench.tap(item, 0)
    bench.store.patients.mark_error(visit.patient, REASON)
    bench.page.sheet.sign_requested.emit()
    assert bench.page.message.text == "This patient is marked as entered in error."
    assert bench.visit().state is VisitState.DRAFT


def test_a_signature_is_told_once_the_chart_is_shown(bench: VisitBench) -> None:
    """So that the chart can offer what usually follows."""
    told: list[tuple[str, object]] = []
    bench.desk.news.signed.connect(lambda patient: told.append((patient, bench.went[-1])))
    bench.begin()
    for _ in FIVE:
        QTest.keyClick(bench.page.sheet, Qt.Key.Key_0)
    patient = bench.visit().patient
    bench.page.sheet.sign_requested.emit()
    assert told == [(patient, ChartPlace(patient))]
