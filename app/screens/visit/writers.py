"""Store what the page of a visit reports: answers, context, measures, totals, closing.

Each tap is stored before the next one.
"""

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from app.errors import N_, UserError
from app.records.fields import check_measure
from app.records.model import ConfirmedQuestion, Visit, VisitContext
from app.screens.desk import Desk
from app.screens.offers import open_keys_with
from app.screens.places import ChartPlace
from app.screens.typing_limits import measure_doubt
from app.screens.visit.context_view import Typed, When, typed_number
from app.screens.visit.cursor import Part, after_answer, at
from app.screens.visit.session import VisitSession
from app.screens.visit.snapshot import Raised
from app.screens.visit.summary_view import sign_warning
from app.settings import AtSigning
from app.wording.answers import answer_words, key_words
from app.wording.machine_time import clock_doubt_words
from app.wording.totals import total_words
from scales.model import Answer, Declined, Key, NotTestable, Scored
from scales.score import implied
from widgets.values import Pick, QuestionView, Reason

_NO_PIN = N_(
    "This unit asks for your PIN at each signing, and you have none yet. Choose one in Settings."
)
_WRONG_PIN = N_("That is not your PIN, so nothing was signed.")


class Writer(QObject):
    """Turns what was done on the page into a write; shows nothing itself."""

    written = Signal()
    moved = Signal()  # nothing was written, but the cursor is elsewhere
    failed = Signal(str)  # the sentence to show
    noted = Signal(str)  # something that was written besides, in words

    def __init__(self, desk: Desk, session: VisitSession, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.session = session

    def write(
        self,
        deed: Callable[[], object],
        then: Callable[[], None] | None = None,
        *,
        is_quiet: bool = False,
    ) -> bool:
        """Do a write, read the visit again and step on (``then``); say that it was done.

        A write that cannot be is told in one sentence, unless it is quiet, and nothing moves.
        """
        try:
            with self.session.writing():
                deed()
            self.session.read_again()
        except UserError as problem:
            if not is_quiet:
                self.failed.emit(self.desk.words.error(problem))
            return False
        if then is not None:
            then()
        self.written.emit()
        return True


class Answering(Writer):
    """Stores what the rater chose, and moves on; a question that it raises waits as a mark."""

    @Slot(object)
    def on_level_chosen(self, pick: Pick) -> None:
        """Store a level."""
        self._answer(pick.key, Scored(pick.level))

    @Slot(object)
    def on_reason_given(self, reason: Reason) -> None:
        """Store that there is no level, and why."""
        answer = Declined(reason.text) if reason.is_declined else NotTestable(reason.text)
        self._answer(reason.key, answer)

    @Slot(str)
    def on_reason_given_to_all(self, reason: str) -> None:
        """Store one reason for all that is open and whose items have that reason."""
        session, visits = self.session, self.desk.store.visits
        visit, scale, key = session.visit.id, session.cursor.scale, session.cursor.key
        keys = open_keys_with(session.definition, session.answers(scale), reason)
        answer = NotTestable(reason)
        self.write(
            lambda: visits.answer_open(visit, scale, keys, answer),
            lambda: self._settle(key, answer),
        )

    @Slot(object)
    def on_answer_taken_back(self, key: Key) -> None:
        """Open a key again."""
        self._answer(key, None)

    @Slot(object)
    def on_question_confirmed(self, question: QuestionView) -> None:
        """Store that the rater looked and confirmed the answers."""
        found = self._find(question)
        if found is not None:
            visits, visit = self.desk.store.visits, self.session.visit.id
            confirmed = ConfirmedQuestion(found.id, found.text)
            self.write(lambda: visits.confirm(visit, found.scale, confirmed))

    @Slot(object)
    def on_look_again_requested(self, question: QuestionView) -> None:
        """Put the question off and go to the last of its keys."""
        found = self._find(question)
        if found is None:
            return
        scale, key = found.places[-1]
        self.session.put_off |= {(found.id, found.text)}
        self.session.cursor = at(self.session.cursor, scale, key)
        self.moved.emit()

    @Slot()
    def on_undo_requested(self) -> None:
        """Take back the last tap and go to where it was; the summary stays in front."""
        visits, visit = self.desk.store.visits, self.session.visit.id
        label = visits.undo_label(visit)
        if label is None:
            return
        if label.keys and self.session.cursor.part is not Part.SUMMARY:
            self.session.cursor = at(self.session.cursor, label.scale, label.keys[0])
        self.write(lambda: visits.undo(visit))

    def _find(self, question: QuestionView) -> Raised | None:
        raised = self.session.snapshot().raised
        return next((one for one in raised if one.view == question), None)

    def _answer(self, key: Key, answer: Answer | None) -> None:
        session, store = self.session, self.desk.store
        visit, scale = session.visit.id, session.cursor.scale
        before = session.answers(scale)
        if before.get(key) == answer:
            self._settle(key, answer)
            self.moved.emit()
            return
        besides = implied(session.definition, key, answer, before)
        if self.write(
            lambda: store.visits.answer(visit, scale, key, answer),
            lambda: self._settle(key, answer),
        ):
            for other, written in besides.items():
                self._note(other, written)

    def _settle(self, key: Key, answer: Answer | None) -> None:
        """Put the reasons away and move on, unless the key was opened again."""
        session = self.session
        session.cursor = replace(session.cursor, key=key, reasons_for=None, is_sign_tried=False)
        if answer is not None:
            self._move_on()

    def _move_on(self) -> None:
        """Go to the next open key."""
        session = self.session
        cursor, answers = session.cursor, session.answers(session.cursor.scale)
        if cursor.part in (Part.SHEET, Part.GUIDED) and cursor.key in answers:
            session.cursor = after_answer(cursor, session.definition, answers, cursor.key)

    def _note(self, key: Key, answer: Answer | None) -> None:
        words = self.desk.words
        name = key_words(self.session.definition, key, words)
        if answer is None:
            self.noted.emit(words(N_("{item} is open again."), item=name))
            return
        message = N_("{item} is set to {level} as well: a rule of this scale.")
        self.noted.emit(words(message, item=name, level=answer_words(answer, words)))


class Recording(Writer):
    """Stores each change as it is reported."""

    measure_refused = Signal(str, str)  # kind, sentence; an empty one takes it back
    measure_doubted = Signal(str)  # what is unusual, in words
    measure_stored = Signal(object)  # Typed
    when_stored = Signal()
    total_refused = Signal(str)  # sentence
    total_stored = Signal()

    def __init__(self, desk: Desk, session: VisitSession, parent: QObject) -> None:
        super().__init__(desk, session, parent)
        self._doubted: tuple[str, Typed, Decimal] | None = None

    @Slot(object)
    def on_context_changed(self, context: VisitContext) -> None:
        """Store the context and the note."""
        visits, visit = self.desk.store.visits, self.session.visit.id
        self.write(lambda: visits.set_context(visit, context))

    @Slot(object)
    def on_when_changed(self, when: When) -> None:
        """Date the visit anew; what was "last time" may change with it.

        While it is being typed, what cannot be is not told yet.
        """
        visits, visit = self.desk.store.visits, self.session.visit.id

        def go_on() -> None:
            self.when_stored.emit()
            self.session.read_before()

        self.write(
            lambda: visits.set_when(visit, when.date, when.time),
            go_on,
            is_quiet=not when.is_finished,
        )

    @Slot(object)
    def on_measure_typed(self, typed: Typed) -> None:
        """Store a measure, once an unusual one is called right; an empty one takes it away.

        An unusual one is asked about once it is finished.
        """
        words = self.desk.words
        try:
            value = typed_number(typed.text, words)
            if value is not None:
                check_measure(typed.id, value)
        except UserError as problem:
            self.measure_refused.emit(typed.id, words.error(problem))
            return
        doubt = "" if value is None else measure_doubt(typed.id, value, words)
        if value is None or not doubt:
            self._set_measure(typed, value)
            return
        self.measure_refused.emit(typed.id, words(N_("This is unusual and not saved yet.")))
        if typed.is_finished:
            self._doubted = (self.session.visit.id, typed, value)
            self.measure_doubted.emit(doubt)

    def store_doubted(self) -> None:
        """Store the unusual measure, which somebody calls right."""
        doubted, self._doubted = self._doubted, None
        if doubted is not None and self.session.is_open:
            visit, typed, value = doubted
            if visit == self.session.visit.id:
                self._set_measure(typed, value)

    def _set_measure(self, typed: Typed, value: Decimal | None) -> None:
        measures, visit = self.desk.store.measures, self.session.visit.id
        self.write(
            lambda: measures.set_for_visit(visit, typed.id, value),
            lambda: self.measure_stored.emit(typed),
        )

    @Slot(object)
    def on_total_typed(self, typed: Typed) -> None:
        """Store a total from paper."""
        visits, visit = self.desk.store.visits, self.session.visit.id
        try:
            total = typed_number(typed.text, self.desk.words)
            with self.session.writing():
                visits.type_total(visit, typed.id, total)
        except UserError as problem:
            self.total_refused.emit(self.desk.words.error(problem))
            return
        self._forget_try()
        self.session.read_again()
        self.total_stored.emit()
        self.written.emit()

    @Slot(str)
    def on_sheet_removed(self, scale: str) -> None:
        """Take a sheet out of the visit; Undo brings it back."""
        visits, visit = self.desk.store.visits, self.session.visit.id
        self._forget_try()
        self.write(lambda: visits.remove_sheet(visit, scale))

    def _forget_try(self) -> None:
        self.session.cursor = replace(self.session.cursor, is_sign_tried=False)


MEANING = N_("scored at the bedside")


class Closing(Writer):
    """Closes a visit: signed, or discarded."""

    clock_doubted = Signal(str)  # why to ask before signing
    pin_asked = Signal()

    @Slot()
    def on_sign_requested(self) -> None:
        """Sign at once where nothing is in the way; else show what is.

        A question must be confirmed or its answers changed first. A gap needs a deliberate tap
        in the summary, where the button says so if there is no total at all.
        """
        session = self.session
        snapshot = session.snapshot()
        is_in_the_way = bool(snapshot.raised) or not snapshot.visit.sheets
        is_deliberate = session.cursor.part is Part.SUMMARY
        if sign_warning(snapshot) and (is_in_the_way or not is_deliberate):
            session.cursor = replace(
                session.cursor, part=Part.SUMMARY, reasons_for=None, is_sign_tried=True
            )
            self.moved.emit()
            return
        doubt = self.desk.store.visits.clock_doubt()
        if doubt is not None:
            self.clock_doubted.emit(clock_doubt_words(doubt, self.desk.words))
        else:
            self.sign()

    def sign(self) -> None:
        """Sign, whatever the machine's clock says, once the PIN is given where it is asked."""
        if self.desk.settings().at_signing is AtSigning.NOTHING:
            self._sign()
        elif self.desk.shift.pins.has(self.desk.store.user.id):
            self.pin_asked.emit()
        else:
            self.failed.emit(self.desk.words(_NO_PIN))

    def sign_with(self, pin: str) -> None:
        """Sign the visit if this is the PIN of who acts; a wrong one counts as at the lock."""
        if self.desk.shift.pins.opens(self.desk.store.user.id, pin):
            self._sign()
        else:
            self.failed.emit(self.desk.words(_WRONG_PIN))

    def _sign(self) -> None:
        visit, of_old = self.session.visit, self.session.kept_of_old()
        try:
            with self.session.writing():
                self.desk.store.visits.forget_kept(visit.id, of_old)
                signed = self.desk.store.visits.sign(visit.id, MEANING)
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return
        self._leave(signed.patient)
        self.desk.news.note(self._signed_words(signed))
        self.desk.news.tell_signed(signed.patient)

    def discard(self, reason: str) -> None:
        """Put the draft away with a reason, and leave."""
        visit = self.session.visit
        try:
            with self.session.writing():
                self.desk.store.visits.discard(visit.id, reason)
        except UserError as problem:
            self.failed.emit(self.desk.words.error(problem))
            return
        self._leave(visit.patient)

    def _leave(self, patient: str) -> None:
        self.session.close()
        self.desk.navigation.replace(ChartPlace(patient))

    def _signed_words(self, visit: Visit) -> str:
        words, catalogue = self.desk.words, self.desk.catalogue
        totals = []
        for sheet in visit.sheets:
            definition = catalogue.find(sheet.scale)
            total = total_words(definition, sheet, words)
            title = words(definition.short_title)
            totals.append(words(N_("{scale} {total}"), scale=title, total=total))
        return words(N_("Signed. {totals}."), totals=words.clauses(totals))
