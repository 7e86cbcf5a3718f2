"""Scoring in a draft, tap by tap: each tap is a row and its journal entry, on disk at once."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.drafts import NO_RESULT, Drafts
from app.records.entries import Cell
from app.records.journal import Subject
from app.records.loading import answer_of, key_of
from app.records.model import ConfirmedQuestion, VisitState
from app.records.rows import TABLES, Row, blob
from app.records.rules import scale_errors_told
from app.records.session import Session
from app.records.undo import last_undoable, undo
from scales.answers import write_answer
from scales.model import Answer, Definition, Key, plain
from scales.score import check_answer, check_sheet, check_total, implied

_PLACE = (
    "SELECT v.state, v.patient, s.is_typed FROM visits AS v "
    "LEFT JOIN sheets AS s ON s.visit = v.id AND s.scale = ? WHERE v.id = ?"
)
_ANSWERS = "SELECT item, side, value, reason FROM answers WHERE visit = ? AND scale = ?"


class _Place(Struct, frozen=True):
    """A sheet of a draft, and whether there is one already."""

    subject: Subject
    scale: str
    is_there: bool
    is_typed: bool

    @property
    def key(self) -> dict[str, Cell]:
        """The key of the sheet."""
        return {"visit": self.subject.visit, "scale": self.scale}


class Sheets:
    """Writes answers, typed totals and confirmed questions into drafts, and takes them back."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session = session
        self._drafts = drafts

    def answer(self, visit: str, scale: str, key: Key, answer: Answer | None) -> None:
        """Store one answer and what it implies; ``None`` opens the key again.

        UserError if the scale does not know it, or a typed total stands for this scale.
        """
        place = self._place(visit, scale)
        if place.is_typed:
            raise UserError(N_("A total from paper stands here. Remove it to score the items."))
        definition = self._definition(scale)
        writes = self._writes(definition, place, key, answer)
        if place.is_there:
            self._write_answers(place, writes)
        elif answer is not None:
            with self._session.journal.atomic():
                self._open(place, definition)
                self._write_answers(place, writes)

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
        journal = self._session.journal
        with journal.atomic():
            with journal.step(Action.FORGET_CONFIRMED):
                self._drafts.delete_beneath("confirmations", place.subject, scale)
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
        undo(self._session.journal, last.step, subject)
        return True

    def undo_label(self, visit: str) -> tuple[str, Key | None] | None:
        """Return the scale and key that ``undo`` would take back; no key for a whole sheet."""
        subject = self._place(visit, "").subject
        last = last_undoable(self._session.journal, subject)
        if last is None:
            return None
        told = TABLES[last.kind].key_of(last.row)
        is_one = last.action == Action.ANSWER.id
        key = key_of(str(told["item"]), str(told["side"])) if is_one else None
        return str(told["scale"]), key

    def _place(self, visit: str, scale: str) -> _Place:
        found = self._session.tuples(_PLACE, [scale, blob(visit)])
        if not found:
            raise UserError(N_("This visit is not in the records any more."))
        state, patient, is_typed = found[0]
        if state != VisitState.DRAFT:
            raise UserError(N_("This visit is signed. Amend it to change something."))
        subject = Subject(patient.hex(), visit)
        return _Place(subject, scale, is_typed is not None, bool(is_typed))

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

    def _write_answers(self, place: _Place, writes: Mapping[Key, Answer | None]) -> None:
        journal = self._session.journal
        with journal.step(Action.ANSWER):
            for key, answer in writes.items():
                cells = answer_cells(place.key, key, answer)
                if answer is None:
                    journal.delete("answers", cells, place.subject)
                else:
                    journal.write("answers", cells, place.subject)


def answer_cells(sheet: Row, key: Key, answer: Answer | None) -> dict[str, Cell]:
    """Return the row of one answer beneath a sheet's key."""
    value, reason = write_answer(answer)
    side = key.side.value if key.side else ""
    return {**sheet, "item": key.item, "side": side, "value": value, "reason": reason}
