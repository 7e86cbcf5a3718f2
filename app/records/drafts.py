"""Unfinished visits: begun, dated, given their context, taken over, and put away."""

from typing import Any

from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.actions import Action
from app.records.entries import Cell
from app.records.fields import check_facts, texts_of
from app.records.identifiers import check_free
from app.records.journal import Subject
from app.records.life import check_in_life
from app.records.loading import OPEN, patient_of, told_by
from app.records.model import Patient, VisitContext, VisitFacts
from app.records.rows import TABLES, Row, Stored, blob
from app.records.rules import check_counts, check_draft
from app.records.session import Session, new_id, new_name

_BENEATH = ("answers", "confirmations", "sheets")
NO_RESULT: Row = {
    name: TABLES["sheets"].shape.defaults[name]
    for name in TABLES["sheets"].shape.groups["result"]
    if name != "is_typed"
}
"""The result columns of a sheet that is not signed yet."""
_AMENDED = "visit = ? AND replaced NOT IN (SELECT id FROM visits WHERE state = 'draft')"
_REPLACED = "SELECT 1 FROM replacements WHERE replaced = ?"
_OPEN_OF = f"SELECT 1 FROM visits AS v WHERE v.patient = ? AND {OPEN}"


class Drafts:
    """Writes the frame of a visit that is not signed yet."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def start(self, patient: str, facts: VisitFacts) -> str:
        """Store a new draft and return its id; UserError if its patient has an open one."""
        self.check_no_draft(self.open_patient(patient).id)
        row = self.first_row(patient, facts)
        subject = Subject(patient, str(row["id"]))
        with self._session.journal.step(Action.START_VISIT):
            self._session.journal.add("visits", row, subject)
        return subject.visit

    def first_row(self, patient: str, facts: VisitFacts) -> dict[str, Cell]:
        """Return the row of a new visit's first version; UserError if it cannot have been.

        An empty visit id means: make one.
        """
        row_id = new_id()
        named = replace(facts, visit_id=facts.visit_id or new_name())
        self.check_when(patient, named)
        check_free(self._session, "visits", named.visit_id)
        return {"id": row_id, "visit": row_id, **texts_of(named), **self.started()}

    def set_context(self, visit: str, context: VisitContext) -> None:
        """Store what was going on around a draft, and its note."""
        subject = self.subject(visit)
        check_facts(context)
        with self._session.journal.step(Action.NOTE_CONTEXT):
            cells = {"id": visit, **texts_of(context)}
            self._session.journal.write("visits", cells, subject)

    def set_when(self, visit: str, date: PartialDate, time: str) -> None:
        """Date a draft anew, its measures with it; UserError for an impossible day or time."""
        row, subject = self.draft_row(visit), self.subject(visit)
        facts = replace(told_by(VisitFacts, row), date=date, time=time)
        self.check_when(subject.patient, facts)
        journal = self._session.journal
        with journal.step(Action.DATE_VISIT):
            journal.write("visits", {"id": visit, **texts_of(facts)}, subject)
            for measure in self._session.rows("measures", "visit = ?", [blob(visit)]):
                journal.write("measures", {"id": measure["id"], "date": str(date)}, subject)

    def discard(self, visit: str, reason: str) -> None:
        """Put a draft away with all that was typed; the journal keeps it.

        A draft of another station that it took over stays replaced, or it would come back.
        The draft of a patient marked in error can be put away too.
        """
        journal, subject = self._session.journal, Subject(self.draft_row(visit)["patient"], visit)
        with journal.step(Action.DISCARD_VISIT, reason=reason):
            for table in (*_BENEATH, "measures"):
                self.delete_beneath(table, subject)
            for row in self._session.rows("replacements", _AMENDED, [blob(visit)]):
                journal.delete("replacements", row, subject)
            journal.delete("visits", {"id": visit}, subject)

    def take_over_foreign(self) -> None:
        """Go on here with all drafts, which another station began: a folder was put back, say."""
        journal = self._session.journal
        found = self._session.tuples(f"SELECT v.id, v.patient FROM visits AS v WHERE {OPEN}")
        with journal.atomic():
            for visit, patient in found:
                with journal.step(Action.TAKE_OVER_VISIT):
                    self._take_over(visit.hex(), Subject(patient.hex(), new_id()))

    def copy(self, visit: str, subject: Subject, **changes: Cell) -> None:
        """Store a new draft that replaces a visit, with everything copied; within a step."""
        journal, row = self._session.journal, self._session.row("visits", visit)
        told = {name: row[name] for name in TABLES["visits"].shape.empty}
        journal.add("visits", {**told, "id": subject.visit, **changes}, subject)
        journal.write("replacements", {"visit": subject.visit, "replaced": visit}, subject)
        for table in reversed(_BENEATH):
            for beneath in self._session.rows(table, "visit = ?", [blob(visit)]):
                anew = NO_RESULT if beneath.get("is_typed") == 0 else {}
                journal.add(table, {**beneath, **anew, "visit": subject.visit}, subject)
        for measure in self._session.rows("measures", "visit = ?", [blob(visit)]):
            cells = {**measure, "id": new_id(), "visit": subject.visit}
            journal.add("measures", cells, subject)

    def _take_over(self, visit: str, subject: Subject) -> None:
        self.copy(visit, subject)
        for row in self._session.rows("replacements", "visit = ?", [blob(visit)]):
            cells = {**row, "visit": subject.visit}
            self._session.journal.write("replacements", cells, subject)

    def delete_beneath(self, table: str, subject: Subject, scale: str = "") -> None:
        """Take out the rows of a table beneath a draft, of one scale if named; within a step."""
        where = "visit = ? AND scale = ?" if scale else "visit = ?"
        values: list[Stored] = [blob(subject.visit), *([scale] if scale else [])]
        for row in self._session.rows(table, where, values):
            self._session.journal.delete(table, row, subject)

    def draft_row(self, visit: str) -> dict[str, Any]:
        """Return the row of a draft; UserError if it is signed, taken over or gone."""
        row = self._session.row("visits", visit)
        is_replaced = bool(self._session.tuples(_REPLACED, [blob(visit)]))
        check_draft(row["state"], is_replaced=is_replaced)
        return row

    def open_row(self, visit: str) -> dict[str, Any]:
        """Return the row of a draft; UserError if it, or its patient, takes no writes."""
        row = self.draft_row(visit)
        self.open_patient(row["patient"])
        return row

    def subject(self, visit: str) -> Subject:
        """Return whom a draft is about; UserError if it, or its patient, takes no writes."""
        return Subject(self.open_row(visit)["patient"], visit)

    def open_patient(self, patient: str) -> Patient:
        """Return a patient who may have visits; UserError while marked entered in error."""
        found = patient_of(self._session.row("patients", patient))
        check_counts(is_in_error=found.error_reason is not None)
        return found

    def check_no_draft(self, patient: str) -> None:
        """Refuse a second open visit of a patient."""
        if self._session.tuples(_OPEN_OF, [blob(patient)]):
            raise UserError(
                N_("There is an unfinished visit of this patient. Finish or discard it first.")
            )

    def check_when(self, patient: str, facts: VisitFacts) -> None:
        """Refuse a day or time that cannot be, and a patient marked entered in error."""
        self.open_patient(patient)
        check_in_life(self._session, patient, facts)

    def started(self) -> dict[str, Cell]:
        """Return the columns that say when a version was begun: now."""
        now = self._session.clock.now()
        return {"started_utc": now.milliseconds, "started_offset": now.offset_minutes}
