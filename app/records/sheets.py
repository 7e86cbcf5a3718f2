"""Scoring in a draft, tap by tap: each tap is a row and its journal entry, on disk at once."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from msgspec import Struct

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.drafts import NO_RESULT, Drafts
from app.records.entries import Cell, Entry
from app.records.journal import Subject
from app.records.kept import KeptQuestions
from app.records.loading import answer_of, key_of
from app.records.model import ConfirmedQuestion, UndoLabel
from app.records.rows import TABLES, Row, blob
from app.records.rules import check_draft, scale_errors_told
from app.records.session import Session
from app.records.undo import last_undoable, undo
from scales.answers import write_answer
from scales.model import Answer, Declined, Definition, Key, NotTestable, plain
from scales.score import check_answer, check_sheet, check_total, implied

_PLACE = (
    "SELECT v.state, v.patient, s.is_typed, "
    "EXISTS (SELECT 1 FROM replacements AS r WHERE r.replaced = v.id), "
    "EXISTS (SELECT 1 FROM patients AS p WHERE p.id = v.patient AND p.error_reason IS NOT NULL), "
    "EXISTS (SELECT 1 FROM confirmations AS c WHERE c.visit = v.id) "
    "FROM visits AS v "
    "LEFT JOIN sheets AS s ON s.visit = v.id AND s.scale = ? WHERE v.id = ?"
)
_ANSWERS = "SELECT item, side, value, reason FROM answers WHERE visit = ? AND scale = ?"


class _Place(Struct, frozen=True):
    """A sheet of a draft: whether it is there, and whether any question of the visit was kept."""

    subject: Subject
    scale: str
    is_there: bool
    is_typed: bool
    has_kept: bool

    @property
    def key(self) -> dict[str, Cell]:
        """The key of the sheet."""
        return {"visit": self.subject.visit, "scale": self.scale}


class Sheets:
    """Writes answers, typed totals and confirmed questions into drafts, and takes them back."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session = session
        self._drafts = drafts
        self._kept = KeptQuestions(session, drafts)

    def answer(self, visit: str, scale: str, key: Key, answer: Answer | None) -> None:
        """Store one answer and what it implies; ``None`` opens the key again.

        UserError if the scale does not know it, or a typed total stands for this scale.
        """
        place = self._place(visit, scale)
        if place.is_typed:
            raise UserError(N_("A total from paper stands here. Remove it to score the items."))
        definition = self._definition(scale)
        writes = self._writes(definition, place, key, answer)
        if place.is_there or answer is not None:
            self._store(Action.ANSWER, place, writes)

    def answer_open(
        self, visit: str, scale: str, keys: Collection[Key], answer: NotTestable | Declined
    ) -> None:
        """Give those of the keys that are open one and the same reason, in one step for Undo."""
        place, definition = self._place(visit, scale), self._definition(scale)
        answered = self._answers(place)
        writes = {key: answer for key in keys if key not in answered}
        with scale_errors_told():
            for key in writes:
                check_answer(definition, key, answer)
            check_sheet(definition, {**answered, **writes})
        if writes:
            self._store(Action.ANSWER_OPEN, place, writes)

    def type_total(self, visit: str, scale: str, total: Decimal | None) -> None:
        """Store a total from paper; ``None`` takes it away.

        UserError outside the range, off the step, or where items are scored already.
        """
        place, definition = self._place(visit, scale), self._definition(scale)
        if total is not None:
            with scale_errors_told():
                check_total(definition, total)
            if self._answers(place):
                raise UserError(N_("Items are scored here. Remove them to type a total."))
        typed = None if total is None else plain(total)
        journal = self._session.journal
        with journal.atomic():
            self._open(place, definition)
            with journal.step(Action.TYPE_TOTAL):
                cells = {**place.key, "is_typed": int(total is not None), "total": typed}
                journal.write("sheets", cells, place.subject)

    def confirm(self, visit: str, scale: str, confirmed: ConfirmedQuestion) -> None:
        """Store that the rater looked at a question and kept the answers."""
        place = self._place(visit, scale)
        journal = self._session.journal
        with journal.atomic():
            self._open(place, self._definition(scale))
            with journal.step(Action.CONFIRM):
                told = {"question": confirmed.question, "sentence": confirmed.sentence}
                journal.write("confirmations", {**place.key, **told}, place.subject)

    def remove_sheet(self, visit: str, scale: str) -> None:
        """Take every answer, or the typed total, of a scale out of a draft."""
        place = self._place(visit, scale)
        if not place.is_there:
            return
        journal, answered = self._session.journal, self._answers(place)
        with journal.atomic():
            self._kept.forget_naming(place.subject, scale, answered.keys())
            with journal.step(Action.REMOVE_SHEET):
                self._drafts.delete_beneath("answers", place.subject, scale)
                cells = {**place.key, "is_typed": 0, **NO_RESULT}
                journal.write("sheets", cells, place.subject)

    def undo(self, visit: str) -> bool:
        """Take back the last tap, typed total or removal that stands; say whether there is one."""
        subject = self._place(visit, "").subject
        last = last_undoable(self._session.journal, subject)
        if last is None:
            return False
        with self._session.journal.atomic():
            taken = undo(self._session.journal, last.step, subject)
            places = [_answered(entry) for entry in taken if entry.kind == "answers"]
            for scale in {scale for scale, _ in places}:
                keys = {key for there, key in places if there == scale}
                self._kept.forget_naming(subject, scale, keys)
        return True

    def undo_label(self, visit: str) -> UndoLabel | None:
        """Return what ``undo`` would take back, if there is anything.

        It is told of a draft that takes no writes too, since that one is still shown.
        """
        subject, journal = self._place(visit, "", is_read=True).subject, self._session.journal
        last = last_undoable(journal, subject)
        if last is None:
            return None
        if last.action == Action.ANSWER.id:
            scale, key = _answered(last)
            return UndoLabel(scale, (key,))
        if last.action == Action.ANSWER_OPEN.id:
            step = [one for one in journal.own_entries(subject) if one.step == last.step]
            return UndoLabel(_answered(last)[0], tuple(_answered(one)[1] for one in step))
        return UndoLabel(str(TABLES[last.kind].key_of(last.row)["scale"]))

    def _place(self, visit: str, scale: str, *, is_read: bool = False) -> _Place:
        """Return a sheet of a draft; UserError if it takes no writes, unless it is only read."""
        found = self._session.tuples(_PLACE, [scale, blob(visit)])
        if not found:
            raise UserError(N_("This visit is not in the records any more."))
        state, patient, is_typed, is_replaced, is_in_error, has_kept = found[0]
        if not is_read:
            check_draft(state, is_replaced=bool(is_replaced), is_in_error=bool(is_in_error))
        subject = Subject(patient.hex(), visit)
        return _Place(subject, scale, is_typed is not None, bool(is_typed), bool(has_kept))

    def _definition(self, scale: str) -> Definition:
        with scale_errors_told():
            return self._session.catalogue.find(scale)

    def _open(self, place: _Place, definition: Definition) -> None:
        """Make the sheet if there is none; a step of its own, so that undo leaves it in place."""
        if not place.is_there:
            with self._session.journal.step(Action.OPEN_SHEET):
                cells = {**place.key, "version": definition.version}
                self._session.journal.write("sheets", cells, place.subject)

    def _writes(
        self, definition: Definition, place: _Place, key: Key, answer: Answer | None
    ) -> dict[Key, Answer | None]:
        writes = {key: answer}
        with scale_errors_told():
            if answer is not None:
                check_answer(definition, key, answer)
            if definition.rules:
                before = self._answers(place)
                writes |= implied(definition, key, answer, before)
                after = {**before, **writes}
                check_sheet(definition, {k: a for k, a in after.items() if a is not None})
        return writes

    def _answers(self, place: _Place) -> dict[Key, Answer]:
        rows = self._session.tuples(_ANSWERS, [blob(place.subject.visit), place.scale])
        return {key_of(item, side): answer_of(value, reason) for item, side, value, reason in rows}

    def _store(self, action: Action, place: _Place, writes: Mapping[Key, Answer | None]) -> None:
        """Write answers; a sheet that is opened and questions that are forgotten go with them."""
        if place.is_there and not place.has_kept:
            self._write_answers(action, place, writes)
            return
        with self._session.journal.atomic():
            self._open(place, self._definition(place.scale))
            self._forget_kept(place, writes)
            self._write_answers(action, place, writes)

    def _forget_kept(self, place: _Place, writes: Mapping[Key, Answer | None]) -> None:
        """Have the kept questions asked again that name an answer which is another one now."""
        before = self._answers(place)
        changed = {key for key, answer in writes.items() if before.get(key) != answer}
        self._kept.forget_naming(place.subject, place.scale, changed)

    def _write_answers(
        self, action: Action, place: _Place, writes: Mapping[Key, Answer | None]
    ) -> None:
        journal = self._session.journal
        with journal.step(action):
            for key, answer in writes.items():
                cells = answer_cells(place.key, key, answer)
                if answer is None:
                    journal.delete("answers", cells, place.subject)
                else:
                    journal.write("answers", cells, place.subject)


def _answered(entry: Entry) -> tuple[str, Key]:
    """Return the scale and the key of an answer's entry."""
    told = TABLES["answers"].key_of(entry.row)
    return str(told["scale"]), key_of(str(told["item"]), str(told["side"]))


def answer_cells(sheet: Row, key: Key, answer: Answer | None) -> dict[str, Cell]:
    """Return the row of one answer beneath a sheet's key."""
    value, reason = write_answer(answer)
    side = key.side.value if key.side else ""
    return {**sheet, "item": key.item, "side": side, "value": value, "reason": reason}
