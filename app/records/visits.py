"""Visits, from the first tap to the signature and after: one door to what others keep small."""

from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from app.dates import PartialDate, parse_date
from app.errors import N_, UserError
from app.records.actions import Action
from app.records.drafts import Drafts
from app.records.identifiers import named_as
from app.records.kept import KeptQuestions
from app.records.loading import (
    LATEST,
    MARKED,
    Order,
    load_visits,
    one_visit,
    series_order,
)
from app.records.machine_time import ClockDoubt, doubt_now
from app.records.model import (
    ConfirmedQuestion,
    ImportedSheet,
    UndoLabel,
    Visit,
    VisitContext,
    VisitFacts,
    VisitState,
)
from app.records.rows import blob
from app.records.session import Session
from app.records.sheets import Sheets
from app.records.signing import Signing
from scales.model import Answer, Declined, Key, NotTestable

if TYPE_CHECKING:
    from app.records.marks import MarkedVisit

_HEADS = (
    "SELECT v.id, v.date, v.time, v.visit_id FROM visits AS v WHERE v.patient = ? "
    f"AND {LATEST} AND (? = '' OR EXISTS "
    "(SELECT 1 FROM sheets AS s WHERE s.visit = v.id AND s.scale = ?))"
)

_LEVELS = (
    "SELECT v.date, v.time, v.visit_id, a.scale, a.value FROM visits AS v "
    "JOIN answers AS a ON a.visit = v.id AND a.scale = ? AND a.item = ? AND a.side = ? "
    f"WHERE v.patient = ? AND {LATEST} AND a.value NOT IN ('not_testable', 'declined')"
)


class Visits:
    """Writes and finds visits; ids are internal unless a name says otherwise."""

    def __init__(self, session: Session, on_signed: Callable[[], None]) -> None:
        self._session = session
        self._on_signed = on_signed
        self._drafts = Drafts(session)
        self._kept = KeptQuestions(session, self._drafts)
        self._sheets = Sheets(session, self._drafts)
        self._signing = Signing(session, self._drafts)

    def start(self, patient: str, date: PartialDate, time: str, visit_id: str = "") -> Visit:
        """Begin a draft with the acting user as its rater.

        UserError if one is open already, or the day is in the future or before birth.
        """
        rater = self._session.user().name
        facts = VisitFacts(visit_id, date, time, rater)
        return self.get(self._drafts.start(patient, facts))

    def clock_doubt(self) -> ClockDoubt | None:
        """Return why the machine's time cannot be right, so that it is asked before signing."""
        return doubt_now(self._session)

    def get(self, visit: str) -> Visit:
        """Return a visit version; UserError if there is none."""
        return one_visit(self._session, visit)

    def by_visit_id(self, visit_id: str) -> Visit:
        """Return the latest signed version of a visit, else its draft; UserError if none."""
        found = self.find(visit_id)
        if found is None:
            raise UserError(N_("There is no visit “{visit_id}”."), visit_id=visit_id)
        return found

    def find(self, visit_id: str) -> Visit | None:
        """Return the latest signed version, marked or not, else the draft, or nothing."""
        if not named_as(self._session, "visits", visit_id):
            return None
        versions = self.versions(visit_id)
        closed = [visit for visit in versions if visit.state is not VisitState.DRAFT]
        return next(iter([*reversed(closed), *versions]), None)

    def versions(self, visit_id: str) -> tuple[Visit, ...]:
        """Return every version of a visit, the first one in front."""
        return self._signing.versions(visit_id)

    def in_error(self, patient: str) -> tuple[Visit, ...]:
        """Return the visits of a patient that are marked entered in error, by date."""
        return load_visits(self._session, f"v.patient = ? AND {MARKED}", [blob(patient)])

    def previous(self, visit: str, scale: str = "") -> Visit | None:
        """Return the signed visit of this patient before this one, with that scale if named."""
        row = self._session.row("visits", visit)
        here = _order(row["date"], row["time"], row["visit_id"])
        found = self._session.tuples(_HEADS, [blob(row["patient"]), scale, scale])
        earlier = [
            (_order(*told), name.hex())
            for name, *told in found
            if told[-1] != row["visit_id"] and _order(*told) < here
        ]
        return self.get(max(earlier)[1]) if earlier else None

    def last_level(
        self, visit: str, places: Iterable[tuple[str, Key]]
    ) -> tuple[str, Decimal, PartialDate] | None:
        """Return the scale, level and date of the last level before this visit, if there is one.

        ``places`` are the scales and keys that are looked at; only signed visits count.
        """
        row = self._session.row("visits", visit)
        here = _order(row["date"], row["time"], row["visit_id"])
        earlier = [
            (_order(*told), scale, level, told[0])
            for place in places
            for *told, scale, level in self._levels(row["patient"], *place)
            if told[-1] != row["visit_id"] and _order(*told) < here
        ]
        if not earlier:
            return None
        _, scale, level, day = max(earlier)
        return scale, Decimal(level), parse_date(day) or PartialDate(1)

    def _levels(self, patient: str, scale: str, key: Key) -> list[tuple[str, ...]]:
        place = [scale, key.item, key.side or "", blob(patient)]
        return self._session.tuples(_LEVELS, place)

    def answer(self, visit: str, scale: str, key: Key, answer: Answer | None) -> None:
        """Store one answer and what it implies; ``None`` opens the key again.

        UserError if the scale does not know it, or a typed total stands for this scale.
        """
        self._sheets.answer(visit, scale, key, answer)

    def answer_open(
        self, visit: str, scale: str, keys: Collection[Key], answer: NotTestable | Declined
    ) -> None:
        """Give those of the keys that are open one and the same reason, in one step for Undo."""
        self._sheets.answer_open(visit, scale, keys, answer)

    def type_total(self, visit: str, scale: str, total: Decimal | None) -> None:
        """Store a total from paper; ``None`` takes it away.

        UserError outside the range, off the step, or where items are scored already.
        """
        self._sheets.type_total(visit, scale, total)

    def confirm(self, visit: str, scale: str, question: ConfirmedQuestion) -> None:
        """Store that the rater looked at a question and kept the answers."""
        self._sheets.confirm(visit, scale, question)

    def forget_kept(self, visit: str, questions: Collection[tuple[str, str]]) -> None:
        """Forget kept questions, each as its scale and id, that are not raised any more."""
        self._kept.forget(self._drafts.subject(visit), questions)

    def remove_sheet(self, visit: str, scale: str) -> None:
        """Take every answer, or the typed total, of a scale out of a draft."""
        self._sheets.remove_sheet(visit, scale)

    def undo(self, visit: str) -> bool:
        """Take back the last tap, typed total or removal that stands; say whether there is one."""
        return self._sheets.undo(visit)

    def undo_label(self, visit: str) -> UndoLabel | None:
        """Return what ``undo`` would take back, if there is anything."""
        return self._sheets.undo_label(visit)

    def set_context(self, visit: str, context: VisitContext) -> None:
        """Store what was going on around a draft, and its note."""
        self._drafts.set_context(visit, context)

    def set_when(self, visit: str, date: PartialDate, time: str) -> None:
        """Date a draft anew, its measures with it; UserError for an impossible day or time.

        A kept question about a last time that is another one now is asked again.
        """
        with self._session.journal.atomic():
            before = self._last_times(visit)
            self._drafts.set_when(visit, date, time)
            after = self._last_times(visit)
            scales = {scale for scale in before if before[scale] != after[scale]}
            self._kept.forget_since(self._drafts.subject(visit), scales)

    def discard(self, visit: str, reason: str = "") -> None:
        """Put a draft away with all that was typed; the journal keeps it."""
        self._drafts.discard(visit, reason)

    def sign(self, visit: str, meaning: str) -> Visit:
        """Store totals and signature and freeze the visit; a checked copy is made afterwards.

        UserError if nothing is scored, a rule of a scale is broken, or its day or its patient
        would not let it be started.
        """
        with self._session.journal.atomic():
            self._signing.sign(visit, meaning)
            self._session.journal.when_stored(self._on_signed)
        return self.get(visit)

    def amend(self, visit: str, reason: str) -> Visit:
        """Open a new version of a signed visit, everything copied; the old one stays readable.

        UserError without a reason, for an older version, or while a draft is open.
        """
        return self.get(self._signing.amend(visit, reason))

    def amending(self, visit: str) -> Action:
        """Return what amending a visit is called for whoever acts, or signing an amendment of it.

        A draft that amends nothing is one's own.
        """
        return self._signing.amending(visit)

    def unseen_marks(self) -> "tuple[MarkedVisit, ...]":
        """Return the visits that others marked as entered in error, until whoever acts looked."""
        from app.records.marks import unseen  # noqa: PLC0415 - a physician's list asks, no tap

        return unseen(self._session)

    def mark_error(self, visit: str, reason: str) -> None:
        """Mark a visit entered in error, whichever of its versions is named."""
        self._signing.mark_error(visit, reason)

    def unmark_error(self, visit: str) -> None:
        """Take the mark back; UserError if the visit could not be started as it stands."""
        self._signing.unmark_error(visit)

    def add_imported(
        self, patient: str, facts: VisitFacts, sheets: Sequence[ImportedSheet] = ()
    ) -> str:
        """Store a visit from a table as signed, with computed totals; return its internal id.

        UserError if its id is taken, its day cannot be, or a scale refuses a sheet.
        """
        return self._signing.add_imported(patient, facts, sheets)

    def _last_times(self, visit: str) -> dict[str, Visit | None]:
        """Return the visit before this one for each scale of which a question was kept."""
        kept = (sheet.scale for sheet in self.get(visit).sheets if sheet.confirmed)
        return {scale: self.previous(visit, scale) for scale in kept}


def amended_version(visits: Visits, visit: Visit) -> Visit | None:
    """Return the latest signed version that a visit amends, if it amends any."""
    replaced = map(visits.get, visit.replaces)
    signed = (one for one in replaced if one.state is not VisitState.DRAFT)
    return max(signed, key=attrgetter("version"), default=None)


def _order(date: str, time: str, visit_id: str) -> Order:
    return series_order(parse_date(date) or PartialDate(1), time, visit_id)
