"""What closes a visit and what opens it again: signing, amending, importing, error marks."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.drafts import Drafts
from app.records.entries import Cell
from app.records.journal import Subject
from app.records.loading import LATEST, MARKED, OPEN, load_visits, one_visit
from app.records.model import ImportedSheet, Sheet, Visit, VisitFacts, VisitState
from app.records.rows import TABLES, Row, blob
from app.records.rules import check_reason, scale_errors_told
from app.records.session import Session, new_id
from app.records.sheets import answer_cells
from app.signs import folded
from scales.model import Answers, Definition, Result, plain
from scales.score import check_total, score

_UNSIGNED = {
    name: TABLES["visits"].shape.defaults[name]
    for name in TABLES["visits"].shape.groups["signature"]
}
_VERSIONS_OF = (
    "v.patient = (SELECT patient FROM visits WHERE id = ?1) "
    "AND v.visit = (SELECT visit FROM visits WHERE id = ?1)"
)


class Signing:
    """Freezes visits and makes new versions of them."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        self._session = session
        self._drafts = drafts

    def sign(self, visit: str, meaning: str) -> None:
        """Store totals and signature and freeze the visit.

        UserError if nothing is scored, a rule of a scale is broken, or the visit could not be
        started as it stands: a day in the future, a patient marked as entered in error. Of a visit
        that somebody else signed, whoever may amend it signs the amendment.
        """
        subject, journal = self._drafts.subject(visit), self._session.journal
        draft = one_visit(self._session, visit)
        self._drafts.check_when(draft.patient, draft.facts)
        if not draft.sheets:
            raise UserError(
                N_("Nothing is scored in this visit yet, so there is nothing to sign.")
            )
        before = [one_visit(self._session, replaced) for replaced in draft.replaces]
        if any(map(_is_closed, before)):
            journal.permits(self._amending(before))
        results = {sheet.scale: self._result(sheet, before) for sheet in draft.sheets}
        with journal.step(Action.SIGN_VISIT):
            self._store_results(subject, results)
            # The visit itself comes last: after its signing entry nothing beneath it counts.
            cells = {"id": visit, "state": VisitState.SIGNED.value, **self._signature(meaning)}
            journal.write("visits", cells, subject)

    def amend(self, visit: str, reason: str) -> str:
        """Open a new version with everything copied, and return its id; the old ones stay.

        It replaces every version that nothing replaces yet.
        """
        check_reason(reason)
        closed = self._closed(visit)
        self._drafts.open_patient(closed.patient)
        self._drafts.check_no_draft(closed.patient)
        if closed.error_reason is not None:
            raise UserError(N_("This visit is marked as entered in error."))
        latest = self._latest(visit)
        subject, journal = Subject(closed.patient, new_id()), self._session.journal
        action = self._amending(latest)
        with journal.step(action, reason=reason):
            self._copy_unsigned(visit, subject, latest, reason)
            for other in latest:
                cells = {"visit": subject.visit, "replaced": other.id}
                journal.write("replacements", cells, subject)
        return subject.visit

    def amending(self, visit: str) -> Action:
        """Return what amending a visit is called for whoever acts, or signing its amendment."""
        known = one_visit(self._session, visit)
        if _is_closed(known):
            return self._amending(self._latest(visit))
        return self._amending([one_visit(self._session, one) for one in known.replaces])

    def _amending(self, latest: Sequence[Visit]) -> Action:
        """Return what amending these versions is called: somebody else's are not one's own."""
        acting = self._session.user().id
        closed = filter(_is_closed, latest)  # a draft that was taken over is nobody's signature
        own = all(one.signature is not None and one.signature.user == acting for one in closed)
        return Action.AMEND_VISIT if own else Action.AMEND_OTHERS_VISIT

    def add_imported(
        self, patient: str, facts: VisitFacts, sheets: Sequence[ImportedSheet]
    ) -> str:
        """Store a visit from a table as signed, with computed totals, and return its id."""
        row = self._drafts.first_row(patient, facts)
        subject = Subject(patient, str(row["id"]))
        with self._session.journal.step(Action.IMPORT):
            for sheet in sheets:
                self._import_sheet(subject, sheet)
            # The visit comes last: once it is there and closed, nothing goes beneath it.
            cells = {**row, "state": VisitState.IMPORTED.value}
            self._session.journal.add("visits", cells, subject)
        return subject.visit

    def mark_error(self, visit: str, reason: str) -> None:
        """Mark a visit entered in error, whichever of its versions is named."""
        check_reason(reason)
        closed = self._settled(visit)
        with self._session.journal.step(Action.MARK_VISIT, reason=reason):
            cells = {"visit": self._root(visit), "reason": reason}
            self._session.journal.write("error_marks", cells, Subject(closed.patient))

    def unmark_error(self, visit: str) -> None:
        """Take the mark back; UserError if the visit could not be started as it stands."""
        marked = self._settled(visit)
        self._drafts.check_when(marked.patient, marked.facts)
        with self._session.journal.step(Action.UNMARK_VISIT):
            key = {"visit": self._root(visit)}
            self._session.journal.delete("error_marks", key, Subject(marked.patient))

    def versions(self, visit_id: str) -> tuple[Visit, ...]:
        """Return every version of a visit, the first one in front."""
        where = f"v.folded = ? AND v.visit_id = ? AND (v.state <> 'draft' OR ({OPEN}))"
        found = load_visits(self._session, where, [folded(visit_id), visit_id])
        return tuple(sorted(found, key=lambda visit: visit.version))

    def _copy_unsigned(
        self, visit: str, subject: Subject, latest: Sequence[Visit], reason: str
    ) -> None:
        version = max(one.version for one in latest) + 1
        told = {**_UNSIGNED, **self._drafts.started(), "version": version}
        self._drafts.copy(visit, subject, **told, amend_reason=reason)

    def _result(self, sheet: Sheet, before: Sequence[Visit]) -> dict[str, Cell]:
        """Return what a sheet scores; one that an amendment left alone keeps its version."""
        definition = self._definition(sheet.scale)
        alike = (one for visit in before for one in visit.sheets if _said(one) == _said(sheet))
        version = next((one.version for one in alike), definition.version)
        told: dict[str, Cell] = {"version": version}
        if sheet.is_typed:
            return told
        with scale_errors_told():
            result = score(definition, sheet.answers)
        return {**result_cells(result), **told}

    def _store_results(self, subject: Subject, results: dict[str, dict[str, Cell]]) -> None:
        for row in self._session.rows("sheets", "visit = ?", [blob(subject.visit)]):
            scale = str(row["scale"])
            if scale in results:
                cells = {"visit": subject.visit, "scale": scale, **results[scale]}
                self._session.journal.write("sheets", cells, subject)
            else:
                for table in ("confirmations", "answers", "sheets"):
                    self._drafts.delete_beneath(table, subject, scale)

    def _signature(self, meaning: str) -> dict[str, Cell]:
        user, now = self._session.user(), self._session.clock.now()
        return {
            "signed_by": user.id,
            "signed_name": user.name,
            "signed_role": user.role.value,
            "signed_utc": now.milliseconds,
            "signed_offset": now.offset_minutes,
            "meaning": meaning,
        }

    def _closed(self, visit: str) -> Visit:
        closed = one_visit(self._session, visit)
        if closed.state is VisitState.DRAFT:
            raise UserError(N_("This visit is not signed yet; it can simply be changed."))
        self._check_settled(visit)
        if all(one.id != visit for one in self._latest(visit)):
            raise UserError(N_("There is a newer version of this visit. Please use that one."))
        return closed

    def _settled(self, visit: str) -> Visit:
        self._check_settled(one_visit(self._session, visit).id)
        return self._latest(visit)[-1]

    def _check_settled(self, visit: str) -> None:
        where = f"{_VERSIONS_OF} AND {OPEN}"
        if load_visits(self._session, where, [blob(visit)]):
            raise UserError(N_("This visit is unfinished. Sign or discard it first."))

    def _latest(self, visit: str) -> tuple[Visit, ...]:
        """Return the closed versions of a visit that none replaces; mostly there is one."""
        where = f"{_VERSIONS_OF} AND (({LATEST}) OR ({MARKED}))"
        return load_visits(self._session, where, [blob(visit)])

    def _root(self, visit: str) -> str:
        return str(self._session.row("visits", visit)["visit"])

    def _import_sheet(self, subject: Subject, sheet: ImportedSheet) -> None:
        if not sheet.answers and sheet.total is None:
            return
        definition, journal = self._definition(sheet.scale), self._session.journal
        key: Row = {"visit": subject.visit, "scale": sheet.scale}
        told: dict[str, Cell] = {"version": sheet.version or definition.version}
        told |= {"is_typed": int(not sheet.answers), **_imported_result(definition, sheet)}
        journal.add("sheets", {**key, **told}, subject)
        for name, answer in sheet.answers.items():
            journal.add("answers", answer_cells(key, name, answer), subject)

    def _definition(self, scale: str) -> Definition:
        with scale_errors_told():
            return self._session.catalogue.find(scale)


def _is_closed(visit: Visit) -> bool:
    return visit.state is not VisitState.DRAFT


def _said(sheet: Sheet) -> tuple[str, Answers, Decimal | None]:
    """Return what people said of a scale: its answers, or a total typed from paper."""
    return sheet.scale, sheet.answers, sheet.total if sheet.is_typed else None


def _imported_result(definition: Definition, sheet: ImportedSheet) -> dict[str, Cell]:
    with scale_errors_told():
        if sheet.total is not None:
            check_total(definition, sheet.total)
        if not sheet.answers:
            return {"total": _plain(sheet.total)}
        result = sheet.result or score(definition, sheet.answers)
    if sheet.total not in (None, result.total):
        raise UserError(N_("The total from paper is not the one that the items give."))
    return result_cells(result)


def result_cells(result: Result) -> dict[str, Cell]:
    """Return the columns in which a sheet keeps what it scored."""
    subscores = {name: _plain(value) for name, value in result.subscores.items()}
    reasons = {str(key): reason.value for key, reason in result.reasons.items()}
    return {
        "total": _plain(result.total),
        "missing": _json([str(key) for key in result.missing]),
        "reasons": _json(reasons),
        "subscores": _json(subscores),
    }


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
