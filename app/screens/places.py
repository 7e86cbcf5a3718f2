"""Where one can be in the window, as values. Ids are internal ids."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PatientsPlace:
    """The list of patients: where the window starts and ends."""


@dataclass(frozen=True, slots=True)
class PatientFormPlace:
    """The facts of a patient; ``None`` is a patient yet to be added."""

    patient: str | None = None


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """A patient's course; ``visit`` is the visit to show opened, if any."""

    patient: str
    visit: str = ""


@dataclass(frozen=True, slots=True)
class VisitPlace:
    """A visit being scored, or read once signed; ``scale`` is the sheet to begin with."""

    visit: str
    scale: str = ""


@dataclass(frozen=True, slots=True)
class TreatmentsPlace:
    """A patient's treatments and events."""

    patient: str


@dataclass(frozen=True, slots=True)
class ReportsPlace:
    """A patient's pages: ``physician`` or ``family``."""

    patient: str
    kind: str = "physician"


@dataclass(frozen=True, slots=True)
class SettingsPlace:
    """The unit's settings and its data."""


Place = (
    PatientsPlace
    | PatientFormPlace
    | ChartPlace
    | VisitPlace
    | TreatmentsPlace
    | ReportsPlace
    | SettingsPlace
)
