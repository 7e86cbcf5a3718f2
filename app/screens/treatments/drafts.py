"""What the forms hold: as somebody typed it, and as it is once it could be read."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.dates import PartialDate


class FormKind(StrEnum):
    """Which form is meant."""

    TREATMENT = "treatment"
    DOSE = "dose"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to add or change; ids are internal, an empty one is yet to be made.

    ``code`` is the agent or the kind of event that something new begins with.
    """

    kind: FormKind
    treatment: str = ""
    dose: str = ""
    event: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class TypedTreatment:
    """The fields of a treatment, as typed; lists hold the id that is chosen, or nothing."""

    agent: str = ""
    start: str = ""
    stop: str = ""
    route: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TypedDose:
    """The fields of a dose step, as typed."""

    amount: str = ""
    unit: str = ""
    frequency: str = ""
    start: str = ""
    stop: str = ""
    note: str = ""
    weight: str = ""
    weighed_on: str = ""


@dataclass(frozen=True, slots=True)
class TypedEvent:
    """The fields of an event, as typed."""

    kind: str = ""
    date: str = ""
    stop: str = ""
    note: str = ""


Typed = TypedTreatment | TypedDose | TypedEvent


@dataclass(frozen=True, slots=True)
class TreatmentDraft:
    """A treatment that can be stored."""

    agent: str
    start: PartialDate | None
    stop: PartialDate | None
    route: str
    note: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """A weight in kg and the day it was measured."""

    weight: Decimal
    date: PartialDate


@dataclass(frozen=True, slots=True)
class DoseDraft:
    """A dose step that can be stored, and the weight that was typed beside it, if any."""

    start: PartialDate | None
    stop: PartialDate | None
    amount: Decimal
    unit: str
    frequency: str
    note: str
    weighing: Weighing | None


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event that can be stored."""

    date: PartialDate
    stop: PartialDate | None
    kind: str
    note: str


Draft = TreatmentDraft | DoseDraft | EventDraft
