"""A nurse scores a visit: by taps alone, by keys alone, and nothing is lost on the way."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.records.model import VisitState
from app.screens.places import ChartPlace, VisitPlace
from app.screens.visit.cursor import Part
from scales.model import Declined, Key, NotTestable, Scored, Side
from tests.screens.visit.bench import FIVE, VISIT_DAY, VisitBench
from widgets import icons

LEFT_BUTTON = Qt.MouseButton.LeftButton


def test_a_five_feature_visit_takes_five_taps_and_sign(bench: VisitBench) -> None:
    """Six taps after the visit is started: signed, on the chart, and said so."""
    patient = bench.patient()
    visit = bench.begin(patient)
    for item, level in zip(FIVE, (0, 1, 1, 2, 0), strict=True):
        bench.tap(item, level)
    QTest.mouseClick(bench.page.sheet.sign, LEFT_BUTTON)
    signed = bench.store.visits.get(visit.id)
    assert signed.state is VisitState.SIGNED
    assert signed.sheets[0].total == 4
    assert bench.went == [ChartPlace(patient.id)]
    assert bench.said == ["Signed. Five features 4 of 15."]


def test_a_five_feature_visit_needs_no_mouse(bench: VisitBench) -> None:
    """Digits choose and move on, Ctrl+Enter signs."""
    visit = bench.begin()
    bench.type("0", "1", "1", "2", "0")
    bench.type(Qt.Key.Key_Return, control=True)
    assert bench.store.visits.get(visit.id).sheets[0].total == 4
    assert bench.store.visits.get(visit.id).state is VisitState.SIGNED


def test_enter_on_the_sign_button_signs(bench: VisitBench, qtbot: QtBot) -> None:
    """The button takes Enter when it has the focus."""
    visit = bench.begin()
    bench.type("0", "0", "0", "0", "0")
    bench.page.sheet.sign.setFocus()
    qtbot.waitUntil(bench.page.sheet.sign.hasFocus)
    bench.type(Qt.Key.Key_Return)
    assert bench.store.visits.get(visit.id).state is VisitState.SIGNED


def test_every_tap_is_on_disk_before_the_next(bench: VisitBench) -> None:
    """The store has the answer as soon as the tap is over; 0 is a score."""
    bench.begin()
    bench.tap("opsoclonus", 0)
    sheet = bench.visit().sheet("five_feature")
    assert sheet is not None
    assert sheet.answers == {Key("opsoclonus"): Scored(Decimal(0))}
    assert "1 of 5 · bedside sheet of this app, not a validated scale" in bench.texts()


def test_reopening_resumes_at_the_first_open_item(bench: VisitBench) -> None:
    """Leaving keeps nothing in the widgets; the draft comes back as it was left."""
    visit = bench.begin()
    bench.type("1", "2")
    bench.control.leave()
    bench.control.open(VisitPlace(visit.id))
    assert bench.page.sheet.grid.current == Key("gait")
    assert "2 of 5 · bedside sheet of this app, not a validated scale" in bench.texts()


def test_arrows_move_between_the_rows(bench: VisitBench) -> None:
    """Down and up change the row in hand; N jumps over what is answered."""
    bench.begin()
    bench.type(Qt.Key.Key_Down, Qt.Key.Key_Down, "3")
    assert bench.level("gait", 3)
    bench.type(Qt.Key.Key_Up, Qt.Key.Key_Up, "1")
    assert bench.level("myoclonus", 1)
    bench.type(Qt.Key.Key_N)
    assert bench.page.sheet.grid.current == Key("irritability")


def test_the_last_value_shows_only_once_this_one_is_chosen(bench: VisitBench) -> None:
    """Nobody is led by the value of the visit before."""
    patient = bench.patient()
    bench.signed(patient, (1, 1, 1, 1, 1))
    bench.begin(patient)
    assert not [text for text in bench.texts() if text.startswith("Last time")]
    bench.tap("gait", 2)
    assert [text for text in bench.texts() if text.startswith("Last time")] == [
        "Last time, 3 Dec 2025: 1"
    ]


def test_undo_says_what_it_takes_back(bench: VisitBench) -> None:
    """The button names the last answer; Ctrl+Z does the same."""
    bench.begin()
    bench.type("1", "2")
    assert bench.page.sheet.undo.whole_text == "Undo: jerks (myoclonus) 2"
    QTest.mouseClick(bench.page.sheet.undo, LEFT_BUTTON)
    assert not bench.level("myoclonus", 2)
    assert bench.page.sheet.grid.current == Key("myoclonus")
    bench.type(Qt.Key.Key_Z, control=True)
    assert bench.visit().sheets == ()
    assert bench.page.sheet.undo.isHidden()
    bench.type(Qt.Key.Key_Z, control=True)
    assert bench.visit().sheets == ()


@pytest.mark.parametrize(("width", "letters"), [(1008, 11), (1080, 17), (1100, 19), (1280, 25)])
def test_undo_uses_the_room_beside_its_neighbours(
    bench: VisitBench, width: int, letters: int
) -> None:
    """Its words are whole where they can be, and none of its neighbours moves or breaks a line."""
    bench.page.resize(width, 800)
    bench.begin(bench.patient())
    QApplication.processEvents()
    sheet = bench.page.sheet
    before = [one.geometry() for one in (sheet.sign, sheet.others)]
    bench.type("22")
    QApplication.processEvents()
    told = sheet.undo.whole_text
    assert told == "Undo: jerks (myoclonus) 2"
    assert sheet.undo.text()[:letters].removesuffix("…") in told
    assert len(sheet.undo.text()) >= letters
    assert [one.geometry() for one in (sheet.sign, sheet.others)] == before
    assert sheet.others.height() == sheet.others.sizeHint().height()


def test_not_testable_and_declined_are_two_answers(bench: VisitBench) -> None:
    """A ready-made reason is one tap, declined is another; both can be taken back."""
    bench.begin()
    picker = bench.page.sheet.reasons
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    QTest.mouseClick(picker.ready_buttons[0], LEFT_BUTTON)
    bench.page.sheet.grid.aside_requested.emit(Key("sleep"))
    picker.declined.click()
    answers = bench.visit().sheets[0].answers
    assert answers[Key("gait")] == NotTestable("asleep")
    assert answers[Key("sleep")] == Declined("")
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    picker.take_back.click()
    assert Key("gait") not in bench.visit().sheets[0].answers


def test_the_reasons_can_be_closed_again(bench: VisitBench) -> None:
    """Closing changes nothing."""
    bench.begin()
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    assert not bench.page.sheet.reasons.isHidden()
    bench.page.sheet.reasons.close_button.click()
    assert bench.page.sheet.reasons.isHidden()
    assert bench.visit().sheets == ()


def test_coming_back_leads_to_where_the_rater_was(bench: VisitBench) -> None:
    """After a look at the keys or a page, the next digit meets the item that it was meant for."""
    visit = bench.begin()
    bench.type("1", "2")
    bench.page.sheet.others.buttons[1].click()
    bench.type("3")
    before = bench.control.session.cursor
    assert before.scale == "sara"
    bench.control.leave()
    bench.control.open(VisitPlace(visit.id))
    assert bench.control.session.cursor == before
    bench.type("2")
    assert bench.level("stance", 2)


@pytest.mark.parametrize("part", [Part.CONTEXT, Part.SUMMARY])
def test_coming_back_leads_to_the_part_that_was_left(bench: VisitBench, part: Part) -> None:
    """The context and the summary are places too; a finished sheet is left for what is open."""
    visit = bench.begin()
    bench.type("1")
    sheet = bench.page.sheet
    (sheet.context if part is Part.CONTEXT else sheet.summary).click()
    bench.control.leave()
    bench.control.open(VisitPlace(visit.id))
    assert bench.part() is part
    bench.control.open(
        VisitPlace(bench.store.visits.start(bench.patient("2").id, VISIT_DAY, "").id)
    )
    assert bench.part() is Part.SHEET


def test_going_on_leads_to_what_is_still_open(bench: VisitBench) -> None:
    """An unfinished visit opens where something begun waits, not at a sheet that is done."""
    visit = bench.begin()
    bench.type("0", "1", "1", "2", "0")
    bench.store.visits.answer(visit.id, "oms", Key("stance"), Scored(Decimal(0)))
    bench.control.open(VisitPlace(visit.id))
    cursor = bench.control.session.cursor
    assert (cursor.scale, cursor.key) == ("oms", Key("gait"))


def test_escape_puts_the_reasons_away(bench: VisitBench) -> None:
    """Even from the field for one's own words; nothing is answered by it."""
    bench.begin()
    picker = bench.page.sheet.reasons
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    QTest.keyClick(picker.own.edit, Qt.Key.Key_Escape)
    assert picker.isHidden()
    assert bench.visit().sheets == ()


def test_signing_with_an_open_item_says_which(bench: VisitBench) -> None:
    """Sign leads to the summary; only "Sign without a total" there signs."""
    visit = bench.begin()
    bench.type("0", "1", "1", "2")
    bench.page.sheet.sign.click()
    assert bench.part() is Part.SUMMARY
    assert bench.page.summary.warning.text == "Not complete. Five features: irritability is open."
    assert bench.page.summary.sign.text() == "Sign without a total"
    assert bench.store.visits.get(visit.id).state is VisitState.DRAFT
    bench.page.summary.sign.click()
    signed = bench.store.visits.get(visit.id)
    assert (signed.state, signed.sheets[0].total) == (VisitState.SIGNED, None)
    assert bench.said == ["Signed. Five features no total: irritability is open."]


def test_an_empty_visit_is_not_signed(bench: VisitBench) -> None:
    """Nothing scored is nothing to sign, however often it is asked for."""
    bench.begin()
    bench.page.sheet.sign.click()
    assert bench.page.summary.warning.text.startswith("Nothing is scored yet.")
    bench.page.summary.sign.click()
    assert bench.visit().state is VisitState.DRAFT


def test_a_question_is_kept_with_one_tap_and_stored(bench: VisitBench) -> None:
    """Signing waits for the question; keeping stores it with its sentence."""
    patient = bench.patient()
    bench.signed(patient, (3, 1, 1, 1, 1))
    bench.begin(patient)
    bench.type("0", "1", "1", "1", "1")
    bar = bench.page.sheet.question
    assert bar.question is not None
    bench.page.sheet.sign.click()
    assert bench.visit().state is VisitState.DRAFT
    assert "Please answer the question first" in bench.page.summary.warning.text
    bench.page.summary.question_confirmed.emit(bar.question)
    kept = bench.visit().sheets[0].confirmed
    assert [one.sentence for one in kept] == [bar.question.text]
    bench.page.summary.sign.click()
    assert bench.said == ["Signed. Five features 4 of 15."]


def test_looking_again_goes_to_the_item_and_asks_no_more_there(bench: VisitBench) -> None:
    """The question waits in the summary; the row is in hand again."""
    patient = bench.patient()
    bench.signed(patient, (3, 1, 1, 1, 1))
    bench.begin(patient)
    bench.type("0", "1")
    bench.page.sheet.question.again.click()
    assert bench.page.sheet.grid.current == Key("opsoclonus")
    assert bench.page.sheet.question.isHidden()
    bench.page.sheet.summary.click()
    assert len(bench.control.session.snapshot().raised) == 1


def test_lost_walking_told_as_never_walked_is_asked_about(bench: VisitBench) -> None:
    """Gait had a level at an earlier signed visit, in another scale too: the worst is not lost."""
    patient = bench.patient()
    bench.signed(patient, (1, 1, 0), scale="oms")
    bench.begin(patient)
    reasons = bench.page.sheet.reasons
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    ready = next(one for one in reasons.ready_buttons if one.text().startswith("never walked"))
    QTest.mouseClick(ready, LEFT_BUTTON)
    (question,) = bench.control.session.snapshot().raised
    assert question.text == (
        "Gait was 1 (OMS scale) on 3 Dec 2025: lost walking is level 3. "
        "Keep “never walked, before the illness either”?"
    )


def test_a_child_who_never_walked_is_asked_nothing(bench: VisitBench) -> None:
    """Without an earlier level the reason stands by itself."""
    bench.begin()
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    reasons = bench.page.sheet.reasons.ready_buttons
    ready = next(one for one in reasons if one.text().startswith("never walked"))
    QTest.mouseClick(ready, LEFT_BUTTON)
    assert bench.visit().sheets[0].answers == {Key("gait"): NotTestable("never_walked")}
    assert bench.control.session.snapshot().raised == ()


def test_a_longer_scale_is_guided_item_by_item(bench: VisitBench) -> None:
    """Choosing moves on; after the last item comes the summary with the total."""
    bench.begin()
    bench.page.sheet.others.buttons[0].click()
    assert bench.part() is Part.GUIDED
    for item in bench.catalogue.find("oms").items:
        assert bench.control.session.cursor.key == Key(item.id)
        bench.tap(item.id, 1)
    assert bench.part() is Part.SUMMARY
    assert "✓ 6 of 18" in bench.texts()


def test_an_item_that_counts_seconds_has_a_stopwatch(bench: VisitBench) -> None:
    """By button or by key; the next item begins without it, and a level is chosen by hand."""
    bench.begin(scale="sara")
    watch = bench.page.guided.stopwatch
    bench.type("t")
    assert (watch.isHidden(), watch.is_running) == (True, False)
    bench.type("2")
    assert bench.control.session.cursor.key == Key("stance")
    assert not watch.isHidden()
    bench.type("t")
    assert watch.is_running
    assert bench.control.is_timing
    bench.type("0")
    assert bench.control.session.cursor.key == Key("sitting")
    assert (watch.isHidden(), watch.is_running, watch.told.text()) == (False, False, "")
    assert not bench.control.is_timing


def test_a_question_waits_while_a_guided_scale_goes_on(bench: VisitBench) -> None:
    """Walks alone, yet cannot stand alone: it is asked below, and never holds the hand."""
    bench.begin(scale="oms")
    bench.type("2", "1")
    assert bench.control.session.cursor.key == Key("arm_hand")
    question = bench.page.guided.question
    assert question.question is not None
    assert question.question.text.startswith("Gait is 1 and stance is 2")
    question.keep.click()
    assert bench.control.session.cursor.key == Key("arm_hand")
    assert question.isHidden()
    assert len(bench.visit().sheets[0].confirmed) == 1


def test_a_changed_answer_asks_the_question_anew(bench: VisitBench) -> None:
    """What was kept was that sentence, not every sentence of the rule."""
    bench.begin(scale="oms")
    bench.type("2", "1")
    bench.page.guided.question.keep.click()
    bench.page.guided.item_chosen.emit("gait")
    bench.type("0")
    assert bench.page.guided.question.question is not None
    assert bench.page.guided.question.question.text.startswith("Gait is 0 and stance is 2")


def test_digits_fill_right_then_left(bench: VisitBench) -> None:
    """An item with sides is done when both are; then the next item comes."""
    bench.begin(scale="sara")
    bench.page.guided.item_chosen.emit("finger_chase")
    bench.type("1")
    assert bench.control.session.cursor.key == Key("finger_chase", Side.LEFT)
    bench.type("3")
    assert bench.level("finger_chase", 1, Side.RIGHT)
    assert bench.level("finger_chase", 3, Side.LEFT)
    assert bench.control.session.cursor.key == Key("nose_finger", Side.RIGHT)


def test_keys_move_through_a_guided_scale(bench: VisitBench) -> None:
    """Enter and arrows go on, Backspace goes back, N goes to the next open item."""
    bench.begin(scale="oms")
    bench.type(Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Down)
    assert bench.control.session.cursor.key == Key("opsoclonus")
    bench.type(Qt.Key.Key_Backspace, Qt.Key.Key_Left)
    assert bench.control.session.cursor.key == Key("gait")
    bench.type(Qt.Key.Key_N)
    assert bench.control.session.cursor.key == Key("arm_hand")
    bench.type(Qt.Key.Key_X)
    assert bench.control.session.cursor.key == Key("arm_hand")


def test_the_ends_of_a_guided_scale(bench: VisitBench) -> None:
    """Nothing comes before the first item; after the last comes the summary."""
    bench.begin(scale="oms")
    bench.type(Qt.Key.Key_Backspace)
    assert bench.control.session.cursor.key == Key("stance")
    bench.page.guided.item_chosen.emit("speech")
    bench.type(Qt.Key.Key_Return)
    assert bench.part() is Part.SUMMARY
    bench.type(Qt.Key.Key_Backspace)
    assert bench.part() is Part.GUIDED


def test_way_on_and_back_by_taps(bench: VisitBench) -> None:
    """The buttons name where they lead, item by item."""
    bench.begin(scale="sara")
    guided = bench.page.guided
    assert guided.before.isHidden()
    assert guided.after.whole_text == f"Stance {icons.ON}"
    guided.after.click()
    assert guided.before.whole_text == f"{icons.BACK} Gait"
    guided.before.click()
    guided.item_step_requested.emit(-1)
    assert bench.control.session.cursor.key == Key("gait")
    guided.item_chosen.emit("heel_shin")
    guided.after.click()
    assert bench.part() is Part.SUMMARY


def test_with_nothing_open_n_leads_to_the_summary(bench: VisitBench) -> None:
    """A complete scale has no next open item."""
    bench.begin(scale="oms")
    bench.type("0", "0", "0", "0", "0", "0")
    bench.page.summary.scale_requested.emit("oms")
    bench.type(Qt.Key.Key_N)
    assert bench.part() is Part.SUMMARY
    bench.page.summary.scale_requested.emit("five_feature")
    bench.type("0", "0", "0", "0", "0", Qt.Key.Key_N)
    assert bench.part() is Part.SHEET


def test_choosing_the_same_level_again_moves_on(bench: VisitBench) -> None:
    """A confirmed answer is no new write."""
    bench.begin(scale="oms")
    bench.type("1")
    bench.page.guided.item_chosen.emit("stance")
    before = bench.store.visits.undo_label(bench.visit().id)
    bench.type("1")
    assert bench.control.session.cursor.key == Key("gait")
    assert bench.store.visits.undo_label(bench.visit().id) == before


def test_walking_sets_the_gait_speed_and_says_so(bench: VisitBench) -> None:
    """A rule of the scale is told in words, and undone in words."""
    bench.begin(scale="icars")
    bench.tap("walking", 5)
    assert bench.level("gait_speed", 4)
    assert bench.page.message.text == "Gait speed is set to 4 as well: a rule of this scale."
    bench.page.guided.item_chosen.emit("walking")
    bench.tap("walking", 3)
    assert not bench.level("gait_speed", 4)
    assert bench.page.message.text == "Gait speed is open again."


def test_an_answer_against_a_rule_is_refused_in_words(bench: VisitBench) -> None:
    """The sentence stands on the page, and nothing changed."""
    bench.begin(scale="icars")
    bench.tap("walking", 5)
    bench.page.guided.item_chosen.emit("gait_speed")
    bench.tap("gait_speed", 1)
    assert bench.level("gait_speed", 4)
    assert "Walking 4 or more means gait speed 4" in bench.page.message.text


def test_no_key_acts_while_somebody_writes(bench: VisitBench, qtbot: QtBot) -> None:
    """Digits, N and Backspace belong to the text; the sheet stays as it was."""
    bench.begin()
    bench.page.sheet.grid.aside_requested.emit(Key("gait"))
    own = bench.page.sheet.reasons.own.edit
    own.setFocus()
    qtbot.waitUntil(own.hasFocus)
    bench.type("1", "n", "2", Qt.Key.Key_Backspace)
    assert own.text() == "1n"
    bench.type(Qt.Key.Key_Z, control=True)
    assert bench.visit().sheets == ()


def test_changing_the_patient_clears_every_widget(bench: VisitBench) -> None:
    """Nothing of the patient before is anywhere on the page, seen or not."""
    first = bench.patient()
    bench.signed(first, (2, 2, 2, 2, 2))
    bench.begin(first)
    bench.type("1", "1", "1", "1", "1")
    bench.page.sheet.others.buttons[0].click()
    bench.tap("stance", 3)
    bench.page.guided.context_requested.emit()
    bench.page.context.note.edit.setPlainText("Amira slept on the bus")
    bench.page.context.flush()
    bench.page.context.done.emit()
    bench.page.guided.summary_requested.emit()
    bench.control.leave()
    bench.begin(bench.patient("40-2000", "Jonas"))
    everything = [*bench.texts(), bench.page.context.note.text, bench.page.banner.name]
    assert not [text for text in everything if "Amira" in text or "Last time" in text]
    assert "0 of 5 · bedside sheet of this app, not a validated scale" in bench.texts()
    assert bench.page.banner.name == "Jonas Haddad"
    for part in (bench.page.guided, bench.page.summary):
        shown = [one.text() for one in part.findChildren(type(bench.page._caution))]
        assert not [text for text in shown if "chosen" in text or text.startswith("✓ 5 of")]


def test_somebody_else_changing_the_patient_shows_at_once(bench: VisitBench) -> None:
    """A corrected name stands in the band; news of other patients change nothing."""
    patient = bench.patient()
    other = bench.patient("40-2", "Bo")
    bench.begin(patient)
    facts = patient.facts
    bench.store.patients.change(
        patient.id, type(facts)("40-1187", "Amina", "Haddad", PartialDate(2023, 3, 14))
    )
    assert bench.page.banner.name == "Amina Haddad"
    bench.store.patients.mark_error(other.id, "test")
    assert bench.page.banner.name == "Amina Haddad"


@pytest.mark.parametrize("size", [(1008, 720), (1024, 768), (1920, 1080)])
def test_the_sheet_fits_without_scrolling(
    bench: VisitBench, qtbot: QtBot, size: tuple[int, int]
) -> None:
    """All five rows are in view, in a framed window on a small screen and on a large one.

    Today's weight is asked above them, and a question takes no room of its own.
    """
    bench.page.resize(*size)
    bench.begin()
    QApplication.processEvents()
    bar = bench.page.sheet._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert bench.page.width() == size[0]


def test_the_visit_day_is_the_first_word_of_the_draft(bench: VisitBench) -> None:
    """Day, time and rater stand in the band, with the promise that every tap is saved."""
    bench.begin()
    assert bench.visit().facts.date == VISIT_DAY
    assert "Visit of 28 Jan 2026, 10:40 · M. Okafor" in bench.texts()
    assert "✓ every tap is saved" in bench.texts()


def test_with_large_text_the_rows_have_the_room(bench: VisitBench, qtbot: QtBot) -> None:
    """The ways on then stand below the rows; Sign stays where it is."""
    sheet = bench.page.sheet
    bench.begin()
    wide = sheet.fontMetrics().averageCharWidth() * 140
    bench.page.resize(wide, 768)
    assert not sheet._area.isAncestorOf(sheet.others)
    bench.page.resize(sheet.fontMetrics().averageCharWidth() * 90, 768)
    qtbot.waitUntil(lambda: sheet._area.isAncestorOf(sheet.others))
    assert not sheet._area.isAncestorOf(sheet.sign)
    bench.page.resize(wide, 768)
    qtbot.waitUntil(lambda: not sheet._area.isAncestorOf(sheet.others))
