"""Visits, from the first tap to the signature and after: one door to what others keep small."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.drafts import Drafts
from app.records.ledger import Ledger
from app.records.loading import LATEST, MARKED, Order, load_visits, order_of, series_order
from app.records.model import (
    Changes,
    ConfirmedQuestion,
    ImportedSheet,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.records.reading import one_visit
from app.records.sheets import Sheets
from app.records.signing import Signing
from app.records.values import known_date
from scales.model import Answer, Key

_HEADS = (
    "SELECT v.id, v.date, v.time, v.visit_id FROM visits AS v WHERE v.patient = ? "  # noqa: S608 - our own conditions
    f"AND {LATEST} AND (? = '' OR EXISTS "
    "(SELECT 1 FROM assessments AS a WHERE a.visit = v.id AND a.scale = ?))"
)


class Visits:
    """Writes and finds visits; ids are internal unless a name says otherwise."""

    def __init__(self, ledger: Ledger, on_signed: Callable[[], None]) -> None:
        self._ledger = ledger
        self._on_signed = on_signed
        self._drafts = Drafts(ledger)
        self._sheets = Sheets(ledger)
        self._signing = Signing(ledger, self._drafts)

    def start(self, patient: str, date: PartialDate, time: str, visit_id: str = "") -> Visit:
        """Begin a draft with the acting user as its rater.

        UserError if one is open already, or the day is in the future or before birth.
        """
        rater = self._ledger.user().name
        facts = VisitFacts(visit_id, date, time, rater)
        return self.get(self._drafts.start(patient, facts))

    def get(self, visit: str) -> Visit:
        """Return a visit version; UserError if there is none."""
        return one_visit(self._ledger, visit)

    def by_visit_id(self, visit_id: str) -> Visit:
        """Return the latest signed version of a visit, else its draft; UserError if none."""
        found = self.find(visit_id)
        if found is None:
            raise UserError(N_("There is no visit “{visit_id}”."), visit_id=visit_id)
        return found

    def find(self, visit_id: str) -> Visit | None:
        """Return the latest signed version, marked or not, else the draft, or nothing."""
        versions = self.versions(visit_id)
        closed = [visit for visit in versions if visit.state is not VisitState.DRAFT]
        return next(iter([*reversed(closed), *versions]), None)

    def versions(self, visit_id: str) -> tuple[Visit, ...]:
        """Return every version of a visit, the first one in front."""
        return self._signing.versions(visit_id)

    def in_error(self, patient: str) -> tuple[Visit, ...]:
        """Return the visits of a patient that are marked entered in error, by date."""
        found = load_visits(self._ledger, f"v.patient = ? AND {MARKED}", [patient])
        return tuple(sorted(found, key=order_of))

    def previous(self, visit: str, scale: str = "") -> Visit | None:
        """Return the signed visit of this patient before this one, with that scale if named."""
        row = self._ledger.row("visits", visit)
        found = self._ledger.rows(_HEADS, [row["patient"], scale, scale])
        earlier = [
            head
            for head in found
            if head["visit_id"] != row["visit_id"] and _order(head) < _order(row)
        ]
        return self.get(max(earlier, key=_order)["id"]) if earlier else None

    def answer(self, visit: str, scale: str, key: Key, answer: Answer | None) -> Changes:
        """Store one answer and what it implies; ``None`` opens the key again.

        UserError if the scale does not know it, or a typed total stands for this scale.
        """
        return self._sheets.answer(visit, scale, key, answer)

    def type_total(self, visit: str, scale: str, total: Decimal | None) -> Changes:
        """Store a total from paper; ``None`` takes it away.

        UserError outside the range, off the step, or where items are scored already.
        """
        return self._sheets.type_total(visit, scale, total)

    def keep(self, visit: str, scale: str, question: ConfirmedQuestion) -> Changes:
        """Store that the rater looked at a question and kept the answers."""
        return self._sheets.keep(visit, scale, question)

    def remove_sheet(self, visit: str, scale: str) -> Changes:
        """Take every answer, or the typed total, of a scale out of a draft."""
        return self._sheets.remove_sheet(visit, scale)

    def undo(self, visit: str) -> Changes | None:
        """Take back the last tap, typed total or removal that stands; nothing if there is none."""
        return self._sheets.undo(visit)

    def undo_label(self, visit: str) -> tuple[str, Key | None] | None:
        """Return the scale and key that ``undo`` would take back; no key for a whole sheet."""
        return self._sheets.undo_label(visit)

    def set_context(self, visit: str, context: VisitContext) -> Changes:
        """Store what was going on around a draft, and its note."""
        return self._drafts.set_context(visit, context)

    def set_when(self, visit: str, date: PartialDate, time: str) -> Changes:
        """Date a draft anew, its measures with it; UserError for an impossible day or time."""
        return self._drafts.set_when(visit, date, time)

    def discard(self, visit: str, reason: str = "") -> Changes:
        """Put a draft away with all that was typed; the journal keeps it."""
        return self._drafts.discard(visit, reason)

    def sign(self, visit: str, meaning: str) -> Visit:
        """Store totals and signature and freeze the visit; a checked copy is made afterwards.

        UserError if nothing is scored, or a rule of a scale is broken.
        """
        with self._ledger.journal.atomic():
            self._signing.sign(visit, meaning)
            self._ledger.journal.when_stored(self._on_signed)
        return self.get(visit)

    def amend(self, visit: str, reason: str) -> Visit:
        """Open a new version of a signed visit, everything copied; the old one stays readable.

        UserError without a reason, for an older version, or while a draft is open.
        """
        return self.get(self._signing.amend(visit, reason))

    def mark_error(self, visit: str, reason: str) -> Changes:
        """Mark a visit entered in error, whichever of its versions is named."""
        return self._signing.mark_error(visit, reason)

    def unmark_error(self, visit: str) -> Changes:
        """Take the mark back; UserError if the day cannot be any more."""
        return self._signing.unmark_error(visit)

    def add_imported(
        self, patient: str, facts: VisitFacts, sheets: Sequence[ImportedSheet] = ()
    ) -> Visit:
        """Store a visit from a table as signed, with computed totals.

        UserError if its id is taken, its day cannot be, or a scale refuses a sheet.
        """
        return self.get(self._signing.add_imported(patient, facts, sheets))


def _order(head: Mapping[str, str]) -> Order:
    return series_order(known_date(head["date"]), head["time"], head["visit_id"])
