"""What closes a visit and what opens it again: signing, amending, importing, error marks."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.errors import N_, UserError
from app.records.drafts import UNSIGNED, Drafts
from app.records.ledger import Ledger, changed, new_id
from app.records.loading import load_visits
from app.records.model import Changes, ImportedSheet, Sheet, Visit, VisitFacts, VisitState
from app.records.reading import one_visit
from app.records.rows import Cell
from app.records.rules import check_reason, told
from app.records.sheets import NO_RESULT, answer_row
from app.records.values import plain_or_none, result_cells
from scales.model import Definition
from scales.score import check_total, score


class Signing:
    """Freezes visits and makes new versions of them."""

    def __init__(self, ledger: Ledger, drafts: Drafts) -> None:
        self._ledger = ledger
        self._drafts = drafts

    def sign(self, visit: str, meaning: str) -> None:
        """Store totals and signature and freeze the visit.

        UserError if nothing is scored, or a rule of a scale is broken.
        """
        row = self._drafts.draft_row(visit)
        sheets = one_visit(self._ledger, visit).sheets
        if not sheets:
            raise UserError(
                N_("Nothing is scored in this visit yet, so there is nothing to sign.")
            )
        results = {sheet.id: self._result(sheet) for sheet in sheets}
        with self._ledger.journal.step("sign", scope=visit):
            self._store_results(visit, results)
            sealed = {**row, "state": "signed", **self._signature(meaning)}
            self._ledger.journal.write("visits", visit, sealed)

    def amend(self, visit: str, reason: str) -> str:
        """Open a new version with everything copied, and return its id; the old one stays."""
        check_reason(reason)
        row = self._closed_row(visit)
        self._drafts.open_patient(row["patient"])
        self._drafts.check_no_draft(row["patient"])
        if row["error_reason"] is not None:
            raise UserError(N_("This visit is marked as entered in error."))
        amended = new_id()
        copy = {
            **row, **UNSIGNED, **self._drafts.started(), "id": amended, "state": "draft",
            "version": row["version"] + 1, "amends": visit, "amend_reason": reason,
        }  # fmt: skip
        with self._ledger.journal.step("amend", scope=amended, reason=reason):
            self._ledger.journal.write("visits", amended, copy)
            self._copy("measures", "visit", visit, amended)
            for sheet in one_visit(self._ledger, visit).sheets:
                self._copy_sheet(sheet, amended)
        return amended

    def add_imported(
        self, patient: str, facts: VisitFacts, sheets: Sequence[ImportedSheet]
    ) -> str:
        """Store a visit from a table as signed, with computed totals, and return its id."""
        with self._ledger.journal.step("import"):
            row_id = self._drafts.begin(patient, facts, "import")
            for sheet in sheets:
                self._import_sheet(row_id, sheet)
            row = self._ledger.row("visits", row_id)
            self._ledger.journal.write("visits", row_id, {**row, "state": "imported"})
        return row_id

    def mark_error(self, visit: str, reason: str) -> Changes:
        """Mark a visit entered in error, whichever of its versions is named."""
        check_reason(reason)
        row = self._latest_row(visit)
        with self._ledger.journal.step("mark_error", scope=row["id"], reason=reason):
            self._ledger.journal.write("visits", row["id"], {**row, "error_reason": reason})
        return changed(["visits"], row["patient"])

    def unmark_error(self, visit: str) -> Changes:
        """Take the mark back; UserError if the day cannot be any more."""
        row = self._latest_row(visit)
        marked = one_visit(self._ledger, row["id"])
        patient = self._drafts.open_patient(row["patient"])
        self._drafts.check_when(patient, marked.facts)
        with self._ledger.journal.step("unmark_error", scope=row["id"]):
            self._ledger.journal.write("visits", row["id"], {**row, "error_reason": None})
        return changed(["visits"], row["patient"])

    def versions(self, visit_id: str) -> tuple[Visit, ...]:
        """Return every version of a visit, the first one in front."""
        found = load_visits(self._ledger, "v.visit_id = ?", [visit_id])
        return tuple(sorted(found, key=lambda visit: visit.version))

    def _result(self, sheet: Sheet) -> dict[str, Cell]:
        definition = self._definition(sheet.scale)
        if sheet.is_typed:
            return {"total": plain_or_none(sheet.total), "version": definition.version}
        with told():
            result = score(definition, sheet.answers)
        return {**result_cells(result), "version": definition.version}

    def _store_results(self, visit: str, results: Mapping[str, Mapping[str, Cell]]) -> None:
        for row in self._ledger.rows("SELECT * FROM assessments WHERE visit = ?", [visit]):
            if row["id"] in results:
                result = results[row["id"]]
                self._ledger.journal.write("assessments", row["id"], {**row, **result})
            else:
                self._drafts.delete_sheet(row["id"])

    def _signature(self, meaning: str) -> dict[str, Cell]:
        user, now = self._ledger.user(), self._ledger.clock.now()
        return {
            "signed_by": user.id,
            "signed_name": user.name,
            "signed_role": user.role.value,
            "signed_utc": now.utc_text,
            "signed_offset": now.offset_minutes,
            "meaning": meaning,
        }

    def _closed_row(self, visit: str) -> dict[str, Any]:
        row = self._ledger.row("visits", visit)
        if row["state"] == VisitState.DRAFT:
            raise UserError(N_("This visit is not signed yet; it can simply be changed."))
        if self._latest_row(visit)["id"] != visit:
            raise UserError(N_("There is a newer version of this visit. Please use that one."))
        return row

    def _latest_row(self, visit: str) -> dict[str, Any]:
        visit_id = self._ledger.row("visits", visit)["visit_id"]
        latest = self._ledger.rows(
            "SELECT * FROM visits WHERE visit_id = ? ORDER BY version DESC LIMIT 1", [visit_id]
        )[0]
        if latest["state"] == VisitState.DRAFT:
            raise UserError(N_("This visit is unfinished. Sign or discard it first."))
        return latest

    def _copy(self, table: str, column: str, old: str, new: str) -> None:
        sql = f"SELECT * FROM {table} WHERE {column} = ?"  # noqa: S608 - our own names
        for row in self._ledger.rows(sql, [old]):
            copy = {**row, "id": new_id(), column: new}
            self._ledger.journal.write(table, str(copy["id"]), copy)

    def _copy_sheet(self, sheet: Sheet, visit: str) -> None:
        row = self._ledger.row("assessments", sheet.id)
        copy = {**row, **NO_RESULT, "id": new_id(), "visit": visit}
        if sheet.is_typed:
            copy["total"] = row["total"]
        self._ledger.journal.write("assessments", copy["id"], copy)
        self._copy("answers", "assessment", sheet.id, copy["id"])
        self._copy("kept", "assessment", sheet.id, copy["id"])

    def _import_sheet(self, visit: str, sheet: ImportedSheet) -> None:
        if not sheet.answers and sheet.total is None:
            return
        definition = self._definition(sheet.scale)
        row_id, journal = new_id(), self._ledger.journal
        cells = {"visit": visit, "scale": sheet.scale, "version": sheet.version}
        cells["version"] = sheet.version or definition.version
        row = {"id": row_id, **cells, "is_typed": int(not sheet.answers), **NO_RESULT}
        journal.write("assessments", row_id, {**row, **_imported_result(definition, sheet)})
        for key, answer in sheet.answers.items():
            answer_id = new_id()
            journal.write("answers", answer_id, answer_row(answer_id, row_id, key, answer))

    def _definition(self, scale: str) -> Definition:
        with told():
            return self._ledger.catalogue.find(scale)


def _imported_result(definition: Definition, sheet: ImportedSheet) -> dict[str, Cell]:
    with told():
        if sheet.total is not None:
            check_total(definition, sheet.total)
        if not sheet.answers:
            return {"total": plain_or_none(sheet.total)}
        result = score(definition, sheet.answers)
    if sheet.total not in (None, result.total):
        raise UserError(N_("The total from paper is not the one that the items give."))
    return result_cells(result)
