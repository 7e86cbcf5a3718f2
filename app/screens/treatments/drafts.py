"""What a form hands over when it is saved. An id that is ``None`` is yet to be made."""

from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate


@dataclass(frozen=True, slots=True)
class TreatmentDraft:
    """A treatment as typed; ``treatment`` is the internal id of the one that is changed."""

    treatment: str | None
    agent: str
    start: PartialDate | None
    stop: PartialDate | None
    route: str
    note: str


@dataclass(frozen=True, slots=True)
class DoseDraft:
    """A dose step as typed, of one treatment; ``dose`` is the internal id of a changed one.

    ``weight`` is a weight in kg measured now, ``None`` if none was typed.
    """

    treatment: str
    dose: str | None
    start: PartialDate | None
    stop: PartialDate | None
    amount: Decimal
    unit: str
    frequency: str
    note: str
    weight: Decimal | None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as typed; ``event`` is the internal id of a changed one."""

    event: str | None
    date: PartialDate
    stop: PartialDate | None
    kind: str
    note: str
