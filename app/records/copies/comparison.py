"""What a copy lacks of the records, and what it holds beyond them: by patient and day.

Both are asked for the entries of their journals, which never change, so whatever stands in one
and not in the other was written since they parted. The day is that on which it was written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from app.clock import Moment
from app.errors import AppError
from app.records.copies.heads import Ending
from app.records.declaration import PatientFacts
from app.records.file.database import guard
from app.records.model import Role, UserState, roles_in
from app.records.rows import blob
from app.records.shape import HEARD

_VISITS, _TREATMENTS, _EVENTS, _OTHERS = "visits", "treatments", "events", "others"
_AS = {
    "visits": _VISITS,
    "sheets": _VISITS,
    "answers": _VISITS,
    "confirmations": _VISITS,
    "replacements": _VISITS,
    "error_marks": _VISITS,
    "treatments": _TREATMENTS,
    "doses": _TREATMENTS,
    "events": _EVENTS,
}
"""As what an entry about a kind of row is counted; all other kinds are others."""
_NAMES = "SELECT id, patient_id, given_name, family_name FROM patients"
_ENTRIES = "SELECT id, hash, patient, scope, kind, row, utc, offset_minutes FROM journal"


class Lack(Struct, frozen=True):
    """What was written about one patient on one day: how many visits, treatments and so on.

    ``name`` and ``identifier`` are empty where the patient is not known any more.
    """

    name: str
    identifier: str
    day: date
    visits: int
    treatments: int
    events: int
    others: int


class Cut(Struct, frozen=True):
    """How far a copy is sound: its last entry before the damage, if any, and its visits."""

    end: Ending | None
    visits: int


class Comparison(Struct, frozen=True):
    """What putting a copy back would take away, and what it would bring, newest day first.

    ``unit_missing`` and ``unit_extra`` count entries about nobody: users, settings. They are
    ``is_related`` where they have begun as the same records. Where not all of the records could be
    read, ``is_whole`` is not, and more may be missing than is told. ``is_keeper`` says whether who
    would put the copy back keeps the records there, without which nobody may. Of a copy that is
    damaged in its last part ``cut`` tells how far it is sound; else it is nothing.
    """

    missing: tuple[Lack, ...]
    extra: tuple[Lack, ...]
    unit_missing: int = 0
    unit_extra: int = 0
    is_related: bool = True
    is_whole: bool = True
    is_keeper: bool = True
    cut: Cut | None = None

    @property
    def is_alike(self) -> bool:
        """Whether neither holds anything that the other does not."""
        return not (self.missing or self.extra or self.unit_missing or self.unit_extra)


class _Written(Struct, frozen=True):
    patient: bytes | None
    thing: tuple[str, bytes]
    day: date


class _Told(Struct, frozen=True):
    """What one file tells: its entries by what no other entry has, and the names of patients."""

    entries: Mapping[tuple[int, bytes], _Written]
    names: Mapping[bytes, tuple[str, str]]
    is_whole: bool


def compare(records: Any, copy: Any, user: str) -> Comparison:  # noqa: ANN401 - sqlcipher3 ships no types
    """Hold a copy against the records, two open connections, for a user who would put it back.

    What cannot be read of the records is passed over; AppError where the copy does not let itself
    be asked.
    """
    here, there = _told(records), _told(copy)
    names = {**there.names, **here.names}
    gone = [here.entries[one] for one in here.entries.keys() - there.entries.keys()]
    new = [there.entries[one] for one in there.entries.keys() - here.entries.keys()]
    shared = here.entries.keys() & there.entries.keys()
    return Comparison(
        missing=_lacks(gone, names),
        extra=_lacks(new, names),
        unit_missing=sum(1 for one in gone if one.patient is None),
        unit_extra=sum(1 for one in new if one.patient is None),
        is_related=bool(shared) or not here.entries,
        is_whole=here.is_whole,
        is_keeper=_is_keeper(copy, user),
    )


def _is_keeper(copy: Any, user: str) -> bool:  # noqa: ANN401 - as above
    """Say whether somebody keeps the records of a copy; before there are users, everybody may."""
    if not copy.execute("SELECT 1 FROM users").fetchone():
        return True
    asked = "SELECT roles FROM users WHERE id = ? AND state = ?"
    found = copy.execute(asked, (blob(user), UserState.ACTIVE)).fetchone()
    return found is not None and Role.KEEPER in roles_in(found[0])


def _told(connection: Any) -> _Told:  # noqa: ANN401 - as above
    entries: dict[tuple[int, bytes], _Written] = {}
    names: dict[bytes, tuple[str, str]] = {}
    for cells in (told := _Rows(connection, _ENTRIES)).each():
        number, digest, *rest = cells
        if rest[2] != HEARD:
            entries[number, digest] = _written(*rest)
    is_whole = told.is_whole
    for patient, *facts in (told := _Rows(connection, _NAMES)).each():
        names[patient] = (PatientFacts(*facts).name, facts[0])
    return _Told(entries, names, is_whole and told.is_whole)


class _Rows:
    """The rows of a question; where a page cannot be read, those beyond it from the other end."""

    def __init__(self, connection: Any, question: str) -> None:  # noqa: ANN401 - as above
        self._connection = connection
        self._question = question
        self.is_whole = True

    def each(self) -> Iterator[tuple[Any, ...]]:
        """Yield each row once, or twice where the other end was needed."""
        for order in ("", " DESC"):
            try:
                with guard():
                    yield from self._connection.execute(f"{self._question} ORDER BY id{order}")
            except AppError:
                self.is_whole = False
            else:
                return


def _written(
    patient: bytes | None,
    scope: bytes | None,
    kind: str,
    row: bytes,
    utc: int,
    offset: int,
) -> _Written:
    counted = _AS.get(kind, _OTHERS)
    is_of_visit = counted == _VISITS and scope is not None
    thing = (counted, scope if is_of_visit and scope is not None else row)
    return _Written(patient, thing, Moment.read(utc, offset).local.date())


def _lacks(
    written: Iterable[_Written], names: Mapping[bytes, tuple[str, str]]
) -> tuple[Lack, ...]:
    things: dict[tuple[date, bytes], set[tuple[str, bytes]]] = defaultdict(set)
    for one in written:
        if one.patient is not None:
            things[one.day, one.patient].add(one.thing)
    return tuple(sorted(_each(things, names), key=_order))


def _each(
    things: Mapping[tuple[date, bytes], set[tuple[str, bytes]]],
    names: Mapping[bytes, tuple[str, str]],
) -> Iterator[Lack]:
    for (day, patient), found in things.items():
        name, identifier = names.get(patient, ("", ""))
        count = dict.fromkeys((_VISITS, _TREATMENTS, _EVENTS, _OTHERS), 0)
        for counted, _ in found:
            count[counted] += 1
        yield Lack(name=name, identifier=identifier, day=day, **count)


def _order(lack: Lack) -> tuple[int, str, str]:
    return -lack.day.toordinal(), lack.name, lack.identifier
