"""Answers, questions and undo: each tap is stored before the next one."""

from dataclasses import replace

from PySide6.QtCore import Slot

from app.errors import N_
from app.records.model import ConfirmedQuestion
from app.screens.visit.raised import Raised
from app.screens.visit.stand import Part, after_answer, at
from app.screens.visit.view import question_view
from app.screens.visit.writer import Writer
from app.wording.answers import answer_words, key_words
from scales.model import Answer, Declined, Key, NotTestable, Scored
from scales.score import implied
from widgets.values import Pick, QuestionView, Reason


class Answering(Writer):
    """Stores what the rater chose, and moves on unless a question is raised."""

    @Slot(object)
    def on_level_chosen(self, pick: Pick) -> None:
        """Store a level."""
        self._answer(pick.key, Scored(pick.level))

    @Slot(object)
    def on_reason_given(self, reason: Reason) -> None:
        """Store that there is no level, and why."""
        answer = Declined(reason.text) if reason.is_declined else NotTestable(reason.text)
        self._answer(reason.key, answer)

    @Slot(object)
    def on_answer_taken_back(self, key: Key) -> None:
        """Open a key again."""
        self._answer(key, None)

    @Slot(object)
    def on_question_kept(self, question: QuestionView) -> None:
        """Store that the rater looked and kept the answers."""
        found = self._find(question)
        if found is not None:
            visits, visit = self.desk.store.visits, self.hand.held.id
            kept = ConfirmedQuestion(found.id, found.text)
            self.write(lambda: visits.confirm(visit, found.scale, kept), self._move_on)

    @Slot(object)
    def on_look_again_requested(self, question: QuestionView) -> None:
        """Put the question off and go to the last of its keys."""
        found = self._find(question)
        if found is None:
            return
        scale, key = found.places[-1]
        self.hand.put_off |= {(found.id, found.text)}
        self.hand.stand = at(self.hand.stand, scale, key)
        self.moved.emit()

    @Slot()
    def on_undo_requested(self) -> None:
        """Take back the last tap and go to where it was; the summary stays in front."""
        visits, visit = self.desk.store.visits, self.hand.held.id
        label = visits.undo_label(visit)
        if label is None:
            return
        scale, key = label
        if key is not None and self.hand.stand.part is not Part.SUMMARY:
            self.hand.stand = at(self.hand.stand, scale, key)
        self.write(lambda: visits.undo(visit))

    def _find(self, question: QuestionView) -> Raised | None:
        raised = self.hand.scene().raised
        return next((one for one in raised if one.view == question), None)

    def _answer(self, key: Key, answer: Answer | None) -> None:
        hand, store = self.hand, self.desk.store
        visit, scale = hand.held.id, hand.stand.scale
        hand.stand = replace(hand.stand, key=key, reasons_for=None, is_sign_tried=False)
        before = hand.answers(scale)
        if before.get(key) == answer:
            self._move_on()
            self.moved.emit()
            return
        besides = implied(hand.definition, key, answer, before)
        then = None if answer is None else self._move_on
        if self.write(lambda: store.visits.answer(visit, scale, key, answer), then):
            for other, written in besides.items():
                self._note(other, written)

    def _move_on(self) -> None:
        """Go to the next open key; a guided item waits while a question about it is open."""
        hand = self.hand
        stand, answers = hand.stand, hand.answers(hand.stand.scale)
        is_guided = stand.part is Part.GUIDED
        if is_guided and question_view(hand.scene(), stand.scale, stand.key.item) is not None:
            return
        if stand.part in (Part.SHEET, Part.GUIDED) and stand.key in answers:
            hand.stand = after_answer(stand, hand.definition, answers, stand.key)

    def _note(self, key: Key, answer: Answer | None) -> None:
        words = self.desk.words
        name = key_words(self.hand.definition, key, words)
        if answer is None:
            self.noted.emit(words(N_("{item} is open again."), item=name))
            return
        message = N_("{item} is set to {level} as well: a rule of this scale.")
        self.noted.emit(words(message, item=name, level=answer_words(answer, words)))
