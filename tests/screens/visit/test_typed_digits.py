"""What is typed is what is stored: digits on any scale, whatever questions they raise."""

from decimal import Decimal
from random import Random

import pytest
from PySide6.QtCore import QObject

from app.records.model import Patient
from app.screens.visit.cursor import Part
from app.screens.visit.guided_view import guided_view
from app.screens.visit.session import VisitSession
from app.screens.visit.view import sheet_view
from app.screens.visit.writers import Answering
from scales.model import Key, Scored, plain
from scales.score import implied
from tests.screens.visit.bench import VISIT_DAY, VisitBench
from widgets.values import KeyView, Pick

SCALES = ("five_feature", "oms", "sara", "icars")
SEQUENCES = 250
"""For each of the four scales: a thousand in all."""
LIKELY = (6, 6, 5, 4, 1, 1, 1, 1, 1, 1)
"""How often a digit is typed; some are no level of the item that is shown."""


def _patient(bench: VisitBench, scale: str) -> Patient:
    """Add a patient whose scale was scored before at its highest, so that much is asked."""
    patient = bench.patient()
    definition = bench.catalogue.find(scale)
    highest = [int(definition.item(key.item).levels[-1].value) for key in definition.keys]
    bench.signed(patient, tuple(highest), scale)
    return patient


class _Hand:
    """Types on what the views show, without a window: a thousand sequences take no minutes."""

    def __init__(self, bench: VisitBench) -> None:
        self.session = VisitSession(bench.desk)
        self._parent = QObject()
        self._answering = Answering(bench.desk, self.session, self._parent)

    def shown(self) -> KeyView | None:
        """Return the key in hand as its page shows it; nothing in the summary."""
        snapshot, cursor = self.session.snapshot(), self.session.cursor
        if cursor.part is Part.SHEET:
            rows = sheet_view(snapshot, cursor).rows
        elif cursor.part is Part.GUIDED:
            rows = guided_view(snapshot, cursor).keys
        else:
            return None
        return next(row for row in rows if row.key == cursor.key)

    def type(self, digits: str) -> dict[Key, str]:
        """Type digits one after the other; return what was typed on each item shown."""
        typed, definition = dict[Key, str](), self.session.definition
        for digit in digits:
            shown = self.shown()
            if shown is None:
                break
            assert not shown.is_answered or len(typed) == len(definition.keys)
            level = shown.level_for(digit)
            if level is not None:
                before, answer = self.session.answers(definition.id), Scored(level.value)
                besides = implied(definition, shown.key, answer, before)
                self._answering.on_level_chosen(Pick(shown.key, level.value))
                typed[shown.key] = digit
                for other, one in besides.items():
                    if isinstance(one, Scored):
                        typed[other] = plain(one.level)
        return typed


@pytest.mark.parametrize("scale", SCALES)
def test_any_digits_on_any_scale_are_stored_as_they_were_typed(
    bench: VisitBench, scale: str
) -> None:
    """A thousand seeded sequences, with every question that they raise left to wait."""
    random = Random(scale)  # noqa: S311 - seeded on purpose
    patient, hand = _patient(bench, scale), _Hand(bench)
    asked = 0
    for number in range(SEQUENCES):
        visit = bench.store.visits.start(patient.id, VISIT_DAY, "10:40")
        hand.session.open(visit.id, scale)
        digits = "".join(random.choices("0123456789", LIKELY, k=random.randint(2, 6)))
        typed = hand.type(digits)
        sheet = bench.store.visits.get(visit.id).sheet(scale)
        stored = {} if sheet is None else sheet.answers
        found = {key: plain(one.level) for key, one in stored.items() if isinstance(one, Scored)}
        assert found == typed, (number, digits)
        asked += len(hand.session.snapshot().raised)
        bench.store.visits.discard(visit.id)
    assert asked > SEQUENCES // 2


def test_the_sheet_that_moved_by_one_is_stored_as_typed(bench: VisitBench) -> None:
    """1 2 0 1 1 0 on the OMS scale: gait 2 raises a question, and nothing moves by one."""
    bench.begin(scale="oms")
    bench.type("1", "2", "0", "1", "1", "0")
    sheet = bench.visit().sheet("oms")
    assert sheet is not None
    items = ("stance", "gait", "arm_hand", "opsoclonus", "mood", "speech")
    levels = (1, 2, 0, 1, 1, 0)
    assert sheet.answers == {
        Key(item): Scored(Decimal(level)) for item, level in zip(items, levels, strict=True)
    }
    assert bench.part() is Part.SUMMARY


def test_a_question_waits_as_a_mark_and_in_the_summary(bench: VisitBench) -> None:
    """The list of items shows where it is asked, and says so; the summary asks it too."""
    bench.begin(scale="oms")
    bench.type("2", "1")
    entries = {one.entry.id: one.entry for one in bench.page.guided.panel.items._lines}
    assert [name for name, one in entries.items() if one.has_question] == ["stance", "gait"]
    assert entries["gait"].spoken == "Gait, scored, 1, a question waits"
    assert "2 of 6 scored · 4 open · 1 question waits" in bench.texts()
    bench.page.guided.question.again.click()
    assert bench.page.guided.question.isHidden()
    assert "2 of 6 scored · 4 open · 1 question waits" in bench.texts()
    bench.page.guided.summary_requested.emit()
    assert [text for text in bench.texts() if text.startswith("Gait is 1 and stance is 2")]


def test_keeping_a_question_moves_nothing(bench: VisitBench) -> None:
    """It may be about an item that is long past; the item in hand stays in hand."""
    bench.begin(scale="oms")
    bench.type("2", "1")
    bench.page.guided.question.keep.click()
    assert bench.control.session.cursor.key == Key("arm_hand")
    assert [one.question for one in bench.visit().sheets[0].confirmed] == [
        "walks_alone_cannot_stand"
    ]


def test_a_row_of_the_sheet_shows_that_a_question_waits(bench: VisitBench) -> None:
    """Put off, it is no bar any more, yet its row carries the mark."""
    patient = bench.patient()
    bench.signed(patient, (3, 1, 1, 1, 1))
    bench.begin(patient)
    bench.type("0")
    bench.page.sheet.question.again.click()
    marked = [
        one.view.key.item for one in bench.page.sheet.grid._rows if not one._question.isHidden()
    ]
    assert marked == ["opsoclonus"]


def test_what_was_kept_about_another_last_time_is_not_signed(bench: VisitBench) -> None:
    """The visit before was marked as an error after the question was kept."""
    patient = bench.patient()
    before = bench.signed(patient, (3, 1, 1, 1, 1))
    visit = bench.begin(patient)
    bench.type("0", "1", "1", "1", "1")
    bench.page.sheet.question.keep.click()
    assert len(bench.visit().sheets[0].confirmed) == 1
    bench.store.visits.mark_error(before.id, "another child")
    bench.page.sheet.sign.click()
    signed = bench.store.visits.get(visit.id)
    assert (signed.state.value, signed.sheets[0].confirmed) == ("signed", ())


def test_a_kept_question_is_asked_again_once_its_answer_changed(bench: VisitBench) -> None:
    """Changed and changed back: nobody has kept what stands there now."""
    bench.begin(scale="oms")
    bench.type("2", "1")
    question = bench.page.guided.question
    question.keep.click()
    for level in ("0", "1"):
        bench.page.guided.item_chosen.emit("gait")
        bench.type(level)
    assert question.question is not None
    assert question.question.text.startswith("Gait is 1 and stance is 2")
    assert bench.visit().sheets[0].confirmed == ()
