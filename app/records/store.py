"""The store: one object that holds the records, and the only way in and out of them."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING

from app.clock import Clock
from app.records.actions import Action
from app.records.away import Away
from app.records.beside import beside
from app.records.copies.backup import Tell
from app.records.due import Due
from app.records.file.database import RecordsFile, guard
from app.records.holding import Holding
from app.records.identifiers import alike_in
from app.records.journal import Journal
from app.records.later_parts import LaterParts
from app.records.lines import Lines
from app.records.loading import ANY_OPEN, load_record
from app.records.model import Changes, Finding, PatientRecord, PatientSummary, User
from app.records.namesakes import Namesakes
from app.records.patients import Patients, name_order
from app.records.preferences import Preferences
from app.records.schema import prepare
from app.records.seen import Seen
from app.records.session import Session
from app.records.users import Claim, Users
from scales.catalogue import Catalogue

if TYPE_CHECKING:
    from app.records.structure import Differences

_AT_ONCE = 500


def _nobody_copies() -> None:
    """Do nothing: what was signed is copied when the store is closed."""


def _nobody_hears(_share: float) -> None:
    """Do nothing."""


class Store(LaterParts):
    """Patients, visits, treatments and all the rest, each behind its own attribute.

    ``user_id`` is who acts, or what somebody claims; without one the first user does. ``station``
    names this machine. ``holding`` is the folder around the file, copied and let go when the
    store is closed; what is told of it stands in ``around``.
    """

    def __init__(
        self,
        database: RecordsFile,
        *,
        catalogue: Catalogue,
        clock: Clock,
        station: str,
        user_id: str | Claim | None = None,
        holding: Holding | None = None,
    ) -> None:
        prepare(database)
        around = Holding() if holding is None else holding
        self.journal = Journal(database, clock=clock, name=station, notes=around.notes)
        session = Session(database, self.journal, catalogue, clock)
        super().__init__(session, around)
        self._database = database
        self.around = around
        self._after_signing = _nobody_copies
        self._is_open = True
        self.away = Away(database, self.journal, self._holding)
        self.patients = Patients(session)
        self.users = Users(session, self._holding)
        self.settings = Preferences(session)
        self.lines = Lines(session)
        self.due = Due(session)
        self.seen = Seen(session)
        self.namesakes = Namesakes(session)
        self.journal.permits = self.users.check_may
        self.journal.before_storing = self._keep_ready
        self.journal.user = self.users.acting(user_id)
        if not self._holding.is_read_only:
            _take_drafts_over(session)

    def differences(self) -> "Differences":
        """Return what of the file's structure is not as this version makes it."""
        from app.records.structure import differences  # noqa: PLC0415 - not before the first list

        return differences(self._database)

    def today(self) -> date:
        """Return the machine's day: what is dated later is in the future, whatever is shown."""
        return self._session.clock.today()

    @property
    def user(self) -> User:
        """Who acts; UserError while there is no user."""
        return self._session.user()

    def act_as(self, user_id: str) -> None:
        """Let another user act from now on; UserError if there is none, or not any more."""
        self.users.check_works(user_id)
        self.journal.user = user_id

    def atomic(self) -> AbstractContextManager[None]:
        """Make all writes inside one transaction: all stored, or none."""
        return self.journal.atomic()

    def importing(self) -> AbstractContextManager[object]:
        """Make all writes inside one action: the import of tables."""
        return self.journal.step(Action.IMPORT)

    def record(self, patient: str) -> PatientRecord:
        """Return all that charts, pages and exports of a patient are made from."""
        return load_record(self._session, patient)

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Have one listener told what each transaction changed, once it is on disk."""
        self.journal.listener = listener

    def after_signing(self, call: Callable[[], None]) -> None:
        """Have something called after each signature is on disk; without it, closing copies."""
        self._after_signing = call

    def copy(self) -> None:
        """Have the newest checked copy hold what is saved now, if it does not yet.

        On any thread beside the one that writes. What is new is appended to that copy, so it
        costs the same in any file. UserError or Damage if it cannot be held.
        """
        self._holding.copies.keep_up()

    def is_copied(self) -> bool:
        """Say, without reading much, whether closing now has nothing to copy."""
        return self._holding.copies.is_kept_up()

    def summaries(self, day: date = date.max) -> tuple[PatientSummary, ...]:
        """Return a line for each patient who is not in error, by name, as it stood on ``day``."""
        return _summaries(self.lines, day)

    def alike(self, table: str, name: str) -> str:
        """Return a stored name of patients, visits or treatments that looks like one, if any."""
        return alike_in(self._session, table, name)

    def check(self, tell: Tell = _nobody_hears) -> tuple[Finding, ...]:
        """Recompute everything that is kept; a finding of each kind, count 0 where all is well.

        On any thread, while others write: one moment of the records is read, in a folder through
        a connection of its own. ``tell`` hears how far it is; what it raises ends the check.
        """
        from app.records.check import check_all  # noqa: PLC0415 - seldom needed

        with beside(self._session, self._holding) as session:
            return check_all(session, self._holding, tell)

    def close(self) -> None:
        """Close the file and let the folder go; a second call does nothing."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            if not self.away.is_on:
                self.journal.chain.keep_note()
        finally:
            _let_go(self._database, self._holding)

    def _keep_ready(self, tables: Collection[str], patients: Collection[str]) -> None:
        """Keep what the list shows true, in the transaction that changes it, or refuse that."""
        self._holding.check_in_place()
        self.lines.rebuild(tables, patients)
        self.namesakes.rebuild(tables, patients)

    def _tell_signed(self) -> None:
        """Call whoever copies what was signed."""
        self._after_signing()


def _summaries(lines: Lines, day: date) -> tuple[PatientSummary, ...]:
    found = [
        line
        for first in range(0, lines.count(), _AT_ONCE)
        for line in lines.read(first, _AT_ONCE, day=day)
    ]
    return tuple(sorted(found, key=lambda line: name_order(line.patient)))


def _take_drafts_over(session: Session) -> None:
    if session.journal.station() is None and session.tuples(ANY_OPEN):
        from app.records.drafts import Drafts  # noqa: PLC0415 - most openings need none

        Drafts(session).take_over_foreign()


def _let_go(database: RecordsFile, holding: Holding) -> None:
    try:
        with guard():
            database.close()
    finally:
        holding.let_go()
