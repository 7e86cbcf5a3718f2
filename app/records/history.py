"""What happens beside the visits: treatments, events, measures, sequelae. All frozen.

Other modules import these values from ``app.records.model``, where all values of a record stand.
"""

from dataclasses import dataclass
from decimal import Decimal

from app.dates import PartialDate


@dataclass(frozen=True, slots=True)
class DoseStep:
    """A dose from ``start`` until ``stop``, as prescribed."""

    id: str
    start: PartialDate | None
    stop: PartialDate | None
    dose: Decimal
    unit: str
    frequency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment and its dose steps, by start. A treatment without a stop still runs."""

    id: str
    treatment_id: str
    patient: str
    agent: str
    start: PartialDate | None
    stop: PartialDate | None
    route: str = ""
    note: str = ""
    doses: tuple[DoseStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a patient."""

    id: str
    patient: str
    date: PartialDate
    stop: PartialDate | None
    kind: str
    author: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A plain number on a day; ``visit`` is an internal visit id, if it was taken at one."""

    id: str
    patient: str
    visit: str | None
    date: PartialDate
    kind: str
    value: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sequela:
    """A lasting trouble: yes, no, or not assessed, on a day."""

    id: str
    patient: str
    date: PartialDate
    kind: str
    state: str
    note: str = ""
