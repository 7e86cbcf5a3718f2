"""What stood before a visit, and two visits side by side: exact numbers, never from a reason.

A level is compared with a level alone. Not testable, declined and open stay what they are, and
what was scored by versions of a scale that do not compare is not compared.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.records.loading import order_of
from app.records.model import PatientRecord, Sheet, Visit
from app.trends.series import counted_visits
from scales.catalogue import Catalogue
from scales.model import Definition, Key, Scored

Reading = Callable[[Sheet], Decimal | None]
"""What is read of a sheet: its total, a subscore, or the level of a key."""


class Earlier(Struct, frozen=True):
    """A number of an earlier visit, its day, and the version of the scale that it was scored by.

    ``is_typed`` says that it is a total from paper.
    """

    value: Decimal
    date: PartialDate
    version: str
    is_typed: bool = False


class SheetPair(Struct, frozen=True):
    """A scale at two visits; a sheet is ``None`` where the visit has none."""

    definition: Definition
    before: Sheet | None
    now: Sheet | None

    @property
    def compares(self) -> bool:
        """Whether both are there, of versions that stand on one line."""
        if self.before is None or self.now is None:
            return False
        return self.definition.compares(self.before.version, self.now.version)

    @property
    def has_items(self) -> bool:
        """Whether both were scored item by item."""
        return all(one is not None and not one.is_typed for one in (self.before, self.now))

    def change(self, read: Reading) -> Decimal | None:
        """Return how far a number is from the one before; ``None`` unless the two compare."""
        if self.before is None or self.now is None or not self.compares:
            return None
        was, value = read(self.before), read(self.now)
        return None if was is None or value is None else value - was


def other_visits(visit: Visit, record: PatientRecord) -> tuple[Visit, ...]:
    """Return the visits that count, in the order of every series, without this one."""
    here = visit.facts.visit_id
    return tuple(one for one in counted_visits(record) if one.facts.visit_id != here)


def visits_around(
    visit: Visit, record: PatientRecord
) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
    """Return the other visits that count before this one and after it."""
    others, here = other_visits(visit, record), order_of(visit)
    before = tuple(one for one in others if order_of(one) < here)
    return before, others[len(before) :]


def total_of(sheet: Sheet) -> Decimal | None:
    """Read a sheet's total."""
    return sheet.total


def level_at(key: Key) -> Reading:
    """Return what reads the level of a key; an answer of another kind is no level."""

    def read(sheet: Sheet) -> Decimal | None:
        answer = sheet.answers.get(key)
        return answer.level if isinstance(answer, Scored) else None

    return read


def subscore_at(subscore: str) -> Reading:
    """Return what reads a subscore."""
    return lambda sheet: sheet.subscores.get(subscore)


def last_before(scale: str, read: Reading, earlier: Sequence[Visit]) -> Earlier | None:
    """Return the last number that earlier visits, in their order, have of this kind."""
    for visit in reversed(earlier):
        sheet = visit.sheet(scale)
        value = None if sheet is None else read(sheet)
        if sheet is not None and value is not None:
            return Earlier(value, visit.facts.date, sheet.version, sheet.is_typed)
    return None


def change_since(
    before: Earlier | None, now: Decimal | None, definition: Definition, version: str
) -> Decimal | None:
    """Return how far a number is from the one before; ``None`` where the two do not compare."""
    if before is None or now is None or not definition.compares(before.version, version):
        return None
    return now - before.value


def sheet_pairs(before: Visit, now: Visit, catalogue: Catalogue) -> tuple[SheetPair, ...]:
    """Return every scale of two visits side by side, in the order of the catalogue."""
    pairs = (
        SheetPair(definition, before.sheet(definition.id), now.sheet(definition.id))
        for definition in catalogue.definitions
    )
    return tuple(one for one in pairs if one.before is not None or one.now is not None)
