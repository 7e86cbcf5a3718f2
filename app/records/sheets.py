"""Scoring in a draft, tap by tap: each tap is a row and its journal entry, on disk at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.errors import N_, UserError
from app.records.ledger import Ledger, changed, new_id
from app.records.model import Changes, ConfirmedQuestion
from app.records.rows import Cell
from app.records.rules import told
from app.records.values import answer_of, cells_of, key_of, plain_or_none
from scales.model import Answer, Definition, Key
from scales.score import check_answer, check_sheet, check_total, implied

_PLACE = (
    "SELECT v.state, v.patient, a.id, a.is_typed FROM visits AS v "
    "LEFT JOIN assessments AS a ON a.visit = v.id AND a.scale = ? WHERE v.id = ?"
)
_ANSWER_ID = "SELECT id FROM answers WHERE assessment = ? AND item = ? AND side = ?"
_ANSWERS = "SELECT item, side, value, reason FROM answers WHERE assessment = ?"
UNDOABLE = ("answer", "type_total", "remove_sheet")
NO_RESULT: Mapping[str, Cell] = {
    "total": None,
    "missing": "[]",
    "reasons": "{}",
    "subscores": "{}",
}
"""The result columns of an assessment that is not signed yet."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sheet of a draft: ``sheet`` is the id of its assessment, empty before its first use."""

    visit: str
    patient: str
    sheet: str
    is_typed: bool


class Sheets:
    """Writes answers, typed totals and kept questions into drafts, and takes them back."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def answer(self, visit: str, scale: str, key: Key, answer: Answer | None) -> Changes:
        """Store one answer and what it implies; ``None`` opens the key again.

        UserError if the scale does not know it, or a typed total stands for this scale.
        """
        place = self._place(visit, scale)
        if place.is_typed:
            raise UserError(N_("A total from paper stands here. Remove it to score the items."))
        definition = self._definition(scale)
        writes = self._writes(definition, place, key, answer)
        if place.sheet:
            self._write_answers(place, writes)
        elif answer is not None:
            with self._ledger.journal.atomic():
                self._write_answers(self._opened(place, definition), writes)
        return changed(["assessments", "answers"], place.patient)

    def type_total(self, visit: str, scale: str, total: Decimal | None) -> Changes:
        """Store a total from paper; ``None`` takes it away.

        UserError outside the range, off the step, or where items are scored already.
        """
        place, definition = self._place(visit, scale), self._definition(scale)
        if total is not None:
            with told():
                check_total(definition, total)
            if place.sheet and self._answers(place.sheet):
                raise UserError(N_("Items are scored here. Remove them to type a total."))
        journal = self._ledger.journal
        with journal.atomic():
            typed = self._opened(place, definition)
            cells = {"is_typed": int(total is not None), "total": plain_or_none(total)}
            with journal.step("type_total", scope=visit):
                row = self._ledger.row("assessments", typed.sheet)
                journal.write("assessments", typed.sheet, {**row, **cells})
        return changed(["assessments"], place.patient)

    def keep(self, visit: str, scale: str, confirmed: ConfirmedQuestion) -> Changes:
        """Store that the rater looked at a question and kept the answers."""
        place = self._place(visit, scale)
        journal = self._ledger.journal
        with journal.atomic():
            sheet = self._opened(place, self._definition(scale)).sheet
            found = self._ledger.tuples(
                "SELECT id FROM kept WHERE assessment = ? AND question = ?",
                [sheet, confirmed.question],
            )
            row_id = found[0][0] if found else new_id()
            cells = {"question": confirmed.question, "sentence": confirmed.sentence}
            with journal.step("keep", scope=visit):
                journal.write("kept", row_id, {"id": row_id, "assessment": sheet, **cells})
        return changed(["kept"], place.patient)

    def remove_sheet(self, visit: str, scale: str) -> Changes:
        """Take every answer, or the typed total, of a scale out of a draft."""
        place = self._place(visit, scale)
        journal = self._ledger.journal
        with journal.atomic():
            if place.sheet:
                with journal.step("forget", scope=visit):
                    self._delete("kept", place.sheet)
                with journal.step("remove_sheet", scope=visit):
                    self._delete("answers", place.sheet)
                    row = self._ledger.row("assessments", place.sheet)
                    journal.write("assessments", place.sheet, {**row, "is_typed": 0, **NO_RESULT})
        return changed(["assessments", "answers", "kept"], place.patient)

    def undo(self, visit: str) -> Changes | None:
        """Take back the last tap, typed total or removal that stands; nothing if there is none."""
        place = self._place(visit, "")
        last = self._ledger.journal.last_step(visit, UNDOABLE)
        if last is None:
            return None
        self._ledger.journal.undo(last.step)
        return changed(["assessments", "answers"], place.patient)

    def undo_label(self, visit: str) -> tuple[str, Key | None] | None:
        """Return the scale and key that ``undo`` would take back; no key for a whole sheet."""
        last = self._ledger.journal.last_step(visit, UNDOABLE)
        if last is None:
            return None
        row = last.after or last.before or {}
        sheet = self._ledger.row("assessments", str(row.get("assessment", last.row)))
        key = key_of(str(row["item"]), str(row["side"])) if last.action == "answer" else None
        return sheet["scale"], key

    def _place(self, visit: str, scale: str) -> _Place:
        found = self._ledger.tuples(_PLACE, [scale, visit])
        if not found:
            raise UserError(N_("This visit is not in the records any more."))
        state, patient, sheet, is_typed = found[0]
        if state != "draft":
            raise UserError(N_("This visit is signed. Amend it to change something."))
        return _Place(visit, patient, sheet or "", bool(is_typed))

    def _definition(self, scale: str) -> Definition:
        with told():
            return self._ledger.catalogue.find(scale)

    def _opened(self, place: _Place, definition: Definition) -> _Place:
        """Make the sheet if there is none; a step of its own, so that undo leaves it in place."""
        if place.sheet:
            return place
        sheet = new_id()
        cells = {"visit": place.visit, "scale": definition.id, "version": definition.version}
        with self._ledger.journal.step("open_sheet", scope=place.visit):
            row = {"id": sheet, **cells, "is_typed": 0, **NO_RESULT}
            self._ledger.journal.write("assessments", sheet, row)
        return _Place(place.visit, place.patient, sheet, is_typed=False)

    def _writes(
        self, definition: Definition, place: _Place, key: Key, answer: Answer | None
    ) -> dict[Key, Answer | None]:
        writes = {key: answer}
        with told():
            if answer is not None:
                check_answer(definition, key, answer)
            if definition.rules:
                before = self._answers(place.sheet)
                writes |= implied(definition, key, answer, before)
                after = {**before, **writes}
                check_sheet(definition, {k: a for k, a in after.items() if a is not None})
        return writes

    def _answers(self, sheet: str) -> dict[Key, Answer]:
        rows = self._ledger.tuples(_ANSWERS, [sheet])
        return {key_of(item, side): answer_of(value, reason) for item, side, value, reason in rows}

    def _write_answers(self, place: _Place, writes: Mapping[Key, Answer | None]) -> None:
        journal = self._ledger.journal
        with journal.step("answer", scope=place.visit):
            for key, answer in writes.items():
                side = key.side.value if key.side else ""
                found = self._ledger.tuples(_ANSWER_ID, [place.sheet, key.item, side])
                row_id = found[0][0] if found else new_id()
                row = None if answer is None else answer_row(row_id, place.sheet, key, answer)
                journal.write("answers", row_id, row)

    def _delete(self, table: str, sheet: str) -> None:
        sql = f"SELECT id FROM {table} WHERE assessment = ?"  # noqa: S608 - our own names
        for (row_id,) in self._ledger.tuples(sql, [sheet]):
            self._ledger.journal.write(table, row_id, None)


def answer_row(row_id: str, sheet: str, key: Key, answer: Answer) -> dict[str, Cell]:
    """Return the row of one answer."""
    value, reason = cells_of(answer)
    side = key.side.value if key.side else ""
    return {
        "id": row_id,
        "assessment": sheet,
        "item": key.item,
        "side": side,
        "value": value,
        "reason": reason,
    }
