"""Patients who could be taken for each other: the same birth date, a similar name.

A row for each patient with a name is kept ready, as the lines of the list are. Twins are real, so
the mark says only that somebody should look twice; it goes when the names do not meet any more.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct

from app.dates import PartialDate, iso
from app.records.likeness import are_alike, name_words
from app.records.loading import IS_ALIKE, patient_of
from app.records.model import Patient, PatientFacts
from app.records.rows import Stored, blob
from app.records.session import Session

SAME_BIRTH = "SELECT patient, birth, name FROM namesakes WHERE birth = ? AND patient <> ?"
SAME_NAME = "SELECT patient, birth, name FROM namesakes WHERE name = ? AND patient <> ?"
_KEPT = "SELECT birth, name, is_alike FROM namesakes WHERE patient = ?"


class _Told(Struct, frozen=True):
    """What two patients are compared by: the birth date as written, and the words of the name."""

    birth: str
    name: str

    def meets(self, other: "_Told") -> bool:
        """Whether both could be one person, or be taken for one."""
        if self.birth == other.birth and _is_full(self.birth):
            return are_alike(self.name, other.name)
        # A birth date that is short or unknown tells nobody apart from the same name.
        could_be = self.birth.startswith(other.birth) or other.birth.startswith(self.birth)
        return could_be and self.name == other.name


class Namesakes:
    """Keeps the mark “similar name in these records” true, and finds who is meant."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rebuild(self, tables: Collection[str], patients: Collection[str]) -> None:
        """Compare patients anew if what they are compared by has changed; in a transaction."""
        if "patients" not in tables:
            return
        touched = dict.fromkeys(patients)
        for patient in patients:
            touched |= dict.fromkeys(self._keep(patient))
        for patient in touched:
            self._mark(patient)

    def like(self, facts: PatientFacts, but: str = "") -> tuple[Patient, ...]:
        """Return the patients who could be taken for somebody with these facts.

        ``but`` is the internal id of that patient; who is entered in error is nobody's namesake.
        """
        found = self._meeting(_told(facts), but)
        return tuple(patient_of(self._session.row("patients", one)) for one in found)

    def is_marked(self, patient: str) -> bool:
        """Whether a patient bears the mark."""
        return bool(self._session.tuples(IS_ALIKE, [blob(patient)]))

    def mend(self, patient: str) -> bool:
        """Keep a patient anew if what is kept is not what the records tell; say if it was not.

        On any connection, beside whoever writes.
        """
        return self._session.mend(
            lambda: self._is_true(patient), lambda: self.rebuild({"patients"}, [patient])
        )

    def _is_true(self, patient: str) -> bool:
        told = self._told_now(patient)
        kept = self._session.tuples(_KEPT, [blob(patient)])
        if told is None:
            return not kept
        return kept == [(told.birth, told.name, int(bool(self._meeting(told, patient))))]

    def _keep(self, patient: str) -> Iterable[str]:
        """Keep what a patient is compared by; return who met it before or meets it now."""
        before, now = self._kept(patient), self._told_now(patient)
        if before == now:
            return ()
        who = blob(patient)
        self._session.database.execute("DELETE FROM namesakes WHERE patient = ?", [who])
        if now is not None:
            sql = "INSERT INTO namesakes VALUES (?, ?, ?, 0)"
            self._session.database.execute(sql, [who, now.birth, now.name])
        return [one for told in (before, now) if told for one in self._meeting(told, patient)]

    def _mark(self, patient: str) -> None:
        told = self._kept(patient)
        if told is not None:
            is_alike = int(bool(self._meeting(told, patient)))
            sql = "UPDATE namesakes SET is_alike = ?1 WHERE patient = ?2 AND is_alike <> ?1"
            self._session.database.execute(sql, [is_alike, blob(patient)])

    def _kept(self, patient: str) -> _Told | None:
        kept = self._session.tuples(_KEPT, [blob(patient)])
        return _Told(*kept[0][:2]) if kept else None

    def _told_now(self, patient: str) -> _Told | None:
        """Return what a patient is compared by; nobody nameless, entered in error, or erased."""
        found = self._session.rows("patients", "id = ?", [blob(patient)])
        if not found:
            return None
        who = patient_of(found[0])
        told = _told(who.facts)
        return told if told.name and who.error_reason is None else None

    def _meeting(self, told: _Told, but: str) -> list[str]:
        """Return the internal ids of who meets somebody, each once."""
        if not told.name:
            return []
        who = blob(but)
        asked: list[tuple[str, list[Stored]]] = [(SAME_NAME, [told.name, who])]
        if _is_full(told.birth):
            asked.append((SAME_BIRTH, [told.birth, who]))
        found = {
            patient.hex(): None
            for sql, values in asked
            for patient, birth, name in self._session.tuples(sql, values)
            if told.meets(_Told(birth, name))
        }
        return list(found)


def _told(facts: PatientFacts) -> _Told:
    return _Told(iso(facts.birth_date), name_words(facts))


def _is_full(birth: str) -> bool:
    return len(birth) == len(iso(PartialDate(2000, 1, 1)))
