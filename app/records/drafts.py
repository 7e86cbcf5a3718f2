"""Unfinished visits: begun, dated, given their context, and put away."""

from typing import Any

from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.fields import check_facts, check_lived, texts_of
from app.records.ledger import Ledger, changed, new_id
from app.records.model import Changes, Patient, VisitContext, VisitFacts
from app.records.rows import Cell
from app.records.rules import check_id
from app.records.values import patient_of, told_by

UNSIGNED: dict[str, Cell] = {
    "signed_by": None,
    "signed_name": "",
    "signed_role": "",
    "signed_utc": "",
    "signed_offset": 0,
    "meaning": "",
}
"""The signature columns of a visit that nobody signed."""


class Drafts:
    """Writes the frame of a visit that is not signed yet."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def start(self, patient: str, facts: VisitFacts) -> str:
        """Store a new draft and return its id; UserError if its patient has an open one."""
        self.check_no_draft(self.open_patient(patient).id)
        return self.begin(patient, facts, "start")

    def begin(self, patient: str, facts: VisitFacts, action: str) -> str:
        """Store the first version of a visit as a draft; UserError if it cannot have been.

        An empty visit id means: make one.
        """
        row_id = new_id()
        named = replace(facts, visit_id=facts.visit_id or row_id)
        self.check_when(self.open_patient(patient), named)
        self._check_free(named.visit_id)
        row = {
            "id": row_id,
            "patient": patient,
            **texts_of(named),
            "state": "draft",
            "version": 1,
            **self.started(),
            "amends": None,
            "amend_reason": "",
            **UNSIGNED,
            "error_reason": None,
        }
        with self._ledger.journal.step(action, scope=row_id):
            self._ledger.journal.write("visits", row_id, row)
        return row_id

    def set_context(self, visit: str, context: VisitContext) -> Changes:
        """Store what was going on around a draft, and its note."""
        row = self.draft_row(visit)
        with self._ledger.journal.step("context", scope=visit):
            self._ledger.journal.write("visits", visit, {**row, **texts_of(context)})
        return changed(["visits"], row["patient"])

    def set_when(self, visit: str, date: PartialDate, time: str) -> Changes:
        """Date a draft anew, its measures with it; UserError for an impossible day or time."""
        row = self.draft_row(visit)
        facts = replace(told_by(VisitFacts, row), date=date, time=time)
        self.check_when(self.open_patient(row["patient"]), facts)
        journal = self._ledger.journal
        with journal.step("when", scope=visit):
            journal.write("visits", visit, {**row, **texts_of(facts)})
            for measure in self._ledger.rows("SELECT * FROM measures WHERE visit = ?", [visit]):
                journal.write("measures", measure["id"], {**measure, "date": str(date)})
        return changed(["visits", "measures"], row["patient"])

    def discard(self, visit: str, reason: str) -> Changes:
        """Put a draft away with all that was typed; the journal keeps it."""
        row = self.draft_row(visit)
        with self._ledger.journal.step("discard", scope=visit, reason=reason):
            for (sheet,) in self._ledger.tuples(
                "SELECT id FROM assessments WHERE visit = ?", [visit]
            ):
                self.delete_sheet(sheet)
            self._delete_all("measures", "visit", visit)
            self._ledger.journal.write("visits", visit, None)
        return changed(["visits", "assessments", "answers", "measures"], row["patient"])

    def delete_sheet(self, sheet: str) -> None:
        """Take an assessment out with its answers and kept questions; within a step."""
        self._delete_all("kept", "assessment", sheet)
        self._delete_all("answers", "assessment", sheet)
        self._ledger.journal.write("assessments", sheet, None)

    def draft_row(self, visit: str) -> dict[str, Any]:
        """Return the row of a draft; UserError if it is signed or gone."""
        row = self._ledger.row("visits", visit)
        if row["state"] != "draft":
            raise UserError(N_("This visit is signed. Amend it to change something."))
        return row

    def open_patient(self, patient: str) -> Patient:
        """Return a patient who may have visits; UserError while marked entered in error."""
        found = patient_of(self._ledger.row("patients", patient))
        if found.error_reason is not None:
            raise UserError(N_("This patient is marked as entered in error."))
        return found

    def check_no_draft(self, patient: str) -> None:
        """Refuse a second open visit of a patient."""
        if self._ledger.tuples(
            "SELECT 1 FROM visits WHERE patient = ? AND state = 'draft'", [patient]
        ):
            raise UserError(
                N_("There is an unfinished visit of this patient. Finish or discard it first.")
            )

    def check_when(self, patient: Patient, facts: VisitFacts) -> None:
        """Refuse a day in the future or before birth, and a time that is none."""
        today = self._ledger.clock.today()
        check_lived(facts, patient.facts.birth_date, today)
        check_facts(facts)

    def started(self) -> dict[str, Cell]:
        """Return the columns that say when a version was begun: now."""
        now = self._ledger.clock.now()
        return {"started_utc": now.utc_text, "started_offset": now.offset_minutes}

    def _check_free(self, visit_id: str) -> None:
        check_id(visit_id)
        if self._ledger.tuples("SELECT 1 FROM visits WHERE visit_id = ?", [visit_id]):
            raise UserError(N_("There already is a visit “{visit_id}”."), visit_id=visit_id)

    def _delete_all(self, table: str, column: str, value: str) -> None:
        sql = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 - our own names
        for (row_id,) in self._ledger.tuples(sql, [value]):
            self._ledger.journal.write(table, row_id, None)
