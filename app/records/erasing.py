"""Erasing a patient whose records need be kept no longer: who may, from when, and what goes.

What is only wrong or there twice is marked, never erased. The rows of the patient go, and the salt
and body of every entry about them; the chain still verifies. An entry under nobody says when, by
whom, why and who agreed. Then the file is written anew, so that no page of it keeps a word.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct

from app.dates import PartialDate, days_after
from app.errors import N_, UserError
from app.records.actions import Action
from app.records.copies.older import OlderCopies
from app.records.copies.older_copy import AHEAD, OlderCopy
from app.records.emptying import wipe_deleted, write_anew
from app.records.entries import Cell
from app.records.holding import Holding
from app.records.journal import NOBODY
from app.records.keys.vault import WrongSecret
from app.records.loading import patient_of
from app.records.machine_time import newest_entry
from app.records.model import Patient, PatientFacts, User, UserState
from app.records.preferences import Preferences
from app.records.retention import erasable_from, read_life
from app.records.rows import blob
from app.records.rules import NO_REASON
from app.records.session import Session, new_id, user_of
from app.signs import folded

OFF = N_(
    "Erasing is off: the unit has not set how long it must keep records. A keeper of the records "
    "sets it in Settings."
)
EARLY = N_(
    "These records must be kept until {until}. The patient can be erased from {day} on; a request "
    "to erase does not shorten that."
)
_ANOTHER_ID = N_("This is not the identifier of the patient. Nothing was erased.")
_NO_SECOND = N_(
    "That is not the passphrase of a second person who works here. Nothing was erased. Another "
    "one than you types a passphrase of their own."
)
_NAMED = N_(
    "The reason stays when the patient is gone, so it must not name the patient. Please write it "
    "without the name and the identifier."
)
_COUNTS: Mapping[str, str] = {
    "visits": "SELECT count(DISTINCT visit) FROM visits WHERE patient = ?",
    "treatments": "SELECT count(*) FROM treatments WHERE patient = ?",
    "events": "SELECT count(*) FROM events WHERE patient = ?",
    "measures": "SELECT count(*) FROM measures WHERE patient = ?",
    "sequelae": "SELECT count(*) FROM sequelae WHERE patient = ?",
    "findings": "SELECT count(*) FROM findings WHERE patient = ?",
    "entries": "SELECT count(*) FROM journal WHERE patient = ? AND body IS NOT NULL",
}


class Extent(Struct, frozen=True):
    """How much goes: whole visits, treatments, events, measures, and all that was written."""

    visits: int
    treatments: int
    events: int
    measures: int
    sequelae: int
    findings: int
    entries: int


class Prospect(Struct, frozen=True):
    """Whether a patient can be erased: from which day on, nothing while no time is set.

    ``today`` is the machine's day, ``newest`` that of the newest entry of all, whoever it is
    about: a clock that runs years ahead shows beside it.
    """

    patient: Patient
    extent: Extent
    day: date | None
    today: date
    newest: date
    needs_second: bool

    @property
    def refusal(self) -> UserError | None:
        """Return why not now, or nothing."""
        if self.day is None:
            return UserError(OFF)
        if self.today < self.day:
            until = PartialDate.of(days_after(self.day, -1))
            return UserError(EARLY, until=until, day=PartialDate.of(self.day))
        return None


class NotAsAsked(UserError):
    """Something typed to erase a patient is not what is asked for; ``field`` is its name."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Agreed(Struct, frozen=True):
    """The second person who agreed to an erasing; empty where nobody else works here."""

    user: str = ""
    name: str = ""


class Wish(Struct, frozen=True):
    """What is typed to erase a patient: the identifier, why, and a second person's passphrase."""

    identifier: str
    reason: str
    passphrase: str = ""

    def __repr__(self) -> str:
        """Leave everything out: what is shown may end in a log."""
        return "Wish()"


class Erasing:
    """Erases patients, and what copies still hold of those who were."""

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    def prospect(self, patient: str) -> Prospect:
        """Return whether a patient can be erased, and how much would go; UserError if none."""
        session, who = self._session, blob(patient)
        found = patient_of(session.row("patients", patient))
        life = read_life(session, patient, found.facts.birth_date)
        counts = {name: int(session.tuples(sql, [who])[0][0]) for name, sql in _COUNTS.items()}
        return Prospect(
            patient=found,
            extent=Extent(**counts),
            day=erasable_from(Preferences(session).load(), life),
            today=session.clock.today(),
            newest=newest_entry(session).local.date(),
            needs_second=bool(self._others()),
        )

    def check(self, patient: str, wish: Wish) -> None:
        """Raise UserError where an erasing may not be done, whoever agrees.

        For whoever is no keeper, before the day, for another identifier, and for no reason or one
        that names the patient.
        """
        self._session.journal.permits(Action.ERASE_PATIENT)
        prospect = self.prospect(patient)
        if prospect.refusal is not None:
            raise prospect.refusal
        if wish.identifier != prospect.patient.facts.patient_id:
            raise NotAsAsked("identifier", _ANOTHER_ID)
        if not wish.reason.strip():
            raise NotAsAsked("reason", NO_REASON)
        _check_unnamed(wish.reason, prospect.patient.facts)

    def agreeing(self, passphrase: str) -> Callable[[], Agreed]:
        """Return what tries the passphrase of a second person, on any thread.

        It raises UserError where nobody else who works here agrees, or it was tried too soon.
        """
        others = self._others()

        def work() -> Agreed:
            if not others:
                return Agreed()
            try:
                who = self._holding.slowing.whose(others.keys(), passphrase)
            except WrongSecret:
                raise NotAsAsked("passphrase", _NO_SECOND) from None
            return Agreed(who, others[who].name)

        return work

    def erase(self, patient: str, wish: Wish, agreed: Agreed | None = None) -> None:
        """Erase a patient for good; ``finish`` follows, on any thread.

        ``agreed`` is what ``agreeing`` returned; without it the passphrase of the wish is tried
        here. Raises as ``check`` and as what ``agreeing`` returns.
        """
        self.check(patient, wish)
        told = self._told(self.agreeing(wish.passphrase)() if agreed is None else agreed)
        journal = self._session.journal
        self._holding.begin_erasing()
        wipe_deleted(self._session.database)
        with journal.step(Action.ERASE_PATIENT, reason=wish.reason.strip()):
            journal.erase(patient, told)

    def finish(self) -> bool:
        """Write the file anew and make a full copy of it, on any thread beside the writing one.

        Says whether all is done; the next opening does what is left. UserError where no copy can
        be made.
        """
        with self._holding.apart(self._session.database) as database:
            is_done = write_anew(database)
        if is_done:
            self._holding.end_erasing()
        if self._older() is not None:
            self._holding.copies.backup(None)
        return is_done

    def erased(self) -> Mapping[bytes, int]:
        """Return who was erased by which entry."""
        return dict(self._session.tuples("SELECT patient, entry FROM erased"))

    def older_copies(self) -> tuple[OlderCopy, ...]:
        """Return the copies that still tell of somebody who was erased, newest first."""
        return self.search()()

    def search(self) -> Callable[[], tuple[OlderCopy, ...]]:
        """Return what finds these copies, on any thread that copies."""
        erased, older = self.erased(), self._older()
        if older is None or not erased:
            return tuple
        return partial(older.holding, erased)

    def set_aside(self) -> tuple[Path, ...]:
        """Return what was set aside whole and may still hold somebody who was erased."""
        older = self._older()
        return older.set_aside() if older is not None and self.erased() else ()

    def away(self) -> Path | None:
        """Return the second place, if it is not there and its copies may hold somebody erased."""
        older = self._older()
        return older.away() if older is not None and self.erased() else None

    def cleaning(self, one: OlderCopy, *, renews: bool) -> Callable[[], None]:
        """Journal that a copy is renewed without the erased, or removed; return the work itself.

        The work may run on any thread that copies. UserError for whoever is no keeper, and for
        taking away a copy that holds what the records do not.
        """
        journal, older, erased = self._session.journal, self._older(), self.erased()
        name = one.copy.path.name
        ahead = self._holding.copies.ahead(self._session.database)
        is_ahead = one.is_ahead or any(each.copy.path == one.copy.path for each in ahead)
        if is_ahead and (one.is_elsewhere or not renews):
            raise UserError(AHEAD, copy=name)
        with journal.step(Action.CLEAN_COPY):
            journal.add("restores", {"id": new_id(), "copy": name}, NOBODY)

        def work() -> None:
            if older is not None:
                older.clean(one, erased, renews=renews)

        return work

    def _older(self) -> OlderCopies | None:
        return self._holding.older_copies()

    def _others(self) -> dict[str, User]:
        acting = self._session.journal.user
        users = map(user_of, self._session.rows("users", "1 ORDER BY id"))
        active = UserState.ACTIVE
        return {one.id: one for one in users if one.state is active and one.id != acting}

    def _told(self, agreed: Agreed) -> Mapping[str, Cell]:
        """Return who agreed, as the entry keeps it; nothing where nobody else works here."""
        others = self._others()
        if not others:
            return {}
        if agreed.user not in others:
            raise NotAsAsked("passphrase", _NO_SECOND)
        return {"agreed_by": agreed.user, "agreed_name": agreed.name}


def _check_unnamed(reason: str, facts: PatientFacts) -> None:
    names = (facts.patient_id, *facts.given_name.split(), *facts.family_name.split())
    said = folded(reason)
    if any(re.search(rf"(?<!\w){re.escape(folded(name))}(?!\w)", said) for name in names):
        raise NotAsAsked("reason", _NAMED)
