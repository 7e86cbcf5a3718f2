"""Where one can be in the window, as values. Ids are internal ids."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from app.dates import PartialDate

if TYPE_CHECKING:
    from app.records.narrowing import Only


class PatientsPlace(Struct, frozen=True):
    """The list of patients: where the window starts and ends."""


class DuePlace(Struct, frozen=True):
    """Who is expected on a day; without one, today."""

    day: date | None = None


class CohortPlace(Struct, frozen=True):
    """Everybody from a first start on, or ``only`` some of them.

    An empty agent or scale is the most frequent one.
    """

    agent: str = ""
    scale: str = ""
    only: "Only | None" = None


class PatientFormPlace(Struct, frozen=True):
    """The facts of a patient; ``None`` is a patient yet to be added."""

    patient: str | None = None


class ChartPlace(Struct, frozen=True):
    """A patient's course; ``visit`` is the visit to show opened, if any."""

    patient: str
    visit: str = ""


class VisitPlace(Struct, frozen=True):
    """A visit being scored; ``scale`` is the sheet to begin with. A signed one is read instead."""

    visit: str
    scale: str = ""


class SignedVisitPlace(Struct, frozen=True):
    """A signed visit, to be read."""

    visit: str


class ComparisonPlace(Struct, frozen=True):
    """A signed visit beside another one of the same patient."""

    visit: str


class TreatmentsPlace(Struct, frozen=True):
    """A patient's treatments and events; ``relapse`` is the day of one to begin a form with."""

    patient: str
    relapse: PartialDate | None = None


class FamilyReportPlace(Struct, frozen=True):
    """What a patient's family told between visits, being taken down."""

    patient: str


class ReportsPlace(Struct, frozen=True):
    """A patient's pages: ``physician`` or ``family``."""

    patient: str
    kind: str = "physician"


class HistoryPlace(Struct, frozen=True):
    """What was done to a patient's records, to one visit's, or with neither to the site's."""

    patient: str = ""
    visit: str = ""


class SettingsPlace(Struct, frozen=True):
    """The unit's settings."""


class DataPlace(Struct, frozen=True):
    """Whether the data are well, their copies, and the way back."""


class PeoplePlace(Struct, frozen=True):
    """Who works with the records."""


class MarkedPlace(Struct, frozen=True):
    """Visits that others marked as entered in error since whoever acts last looked."""


class NewKeyPlace(Struct, frozen=True):
    """A new key of the records."""


class ErasingPlace(Struct, frozen=True):
    """A patient who would be erased; with none, what copies hold of those who were."""

    patient: str = ""


class HelpPlace(Struct, frozen=True):
    """All keys, about this app, and what can go wrong with it."""


Place = (
    PatientsPlace
    | DuePlace
    | CohortPlace
    | PatientFormPlace
    | ChartPlace
    | VisitPlace
    | SignedVisitPlace
    | ComparisonPlace
    | TreatmentsPlace
    | FamilyReportPlace
    | ReportsPlace
    | HistoryPlace
    | SettingsPlace
    | DataPlace
    | PeoplePlace
    | MarkedPlace
    | NewKeyPlace
    | ErasingPlace
    | HelpPlace
)
