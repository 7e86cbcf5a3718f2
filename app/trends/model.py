"""The numbers of a course as values, defined in the terms of the published ``trend`` JSON."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.records.doses import is_ahead
from app.records.model import PatientRecord, Treatment
from app.trends.day import without_planned
from scales.model import Key, Missing


class Point(Struct, frozen=True):
    """One signed assessment in a series. ``total`` is ``None`` where there is none.

    ``visit`` is the internal id, ``visit_id`` the one that people use. ``reasons`` says why each
    key of ``missing`` has no level.
    """

    visit: str
    visit_id: str
    date: PartialDate
    time: str
    total: Decimal | None
    complete: bool
    missing: tuple[Key, ...]
    reasons: Mapping[Key, Missing]
    rater: str
    typed: bool
    version: str


class Series(Struct, frozen=True):
    """The points of one scale, or of one subscore of it (``key`` is ``scale.subscore``)."""

    key: str
    scale: str
    subscore: str | None
    points: tuple[Point, ...]


class DatedTotal(Struct, frozen=True):
    """A total on a date; ``day`` counts from the start, ``None`` unless both dates are full."""

    visit: str
    visit_id: str
    date: PartialDate
    day: int | None
    total: Decimal
    version: str


class SinceStart(Struct, frozen=True):
    """What one series did since one treatment start. See ``since`` of the ``trend`` JSON."""

    treatment: Treatment
    baseline: DatedTotal | None
    first_lower: DatedTotal | None
    first_zero: DatedTotal | None
    best: DatedTotal | None
    last: DatedTotal | None
    change_percent: Decimal | None
    change_last_percent: Decimal | None
    others_within_14_days: tuple[Treatment, ...]
    others_order_unknown: tuple[Treatment, ...]


class Trend(Struct, frozen=True):
    """A patient's whole course as it stood on ``as_of``.

    ``series`` are in catalogue order, a scale before its subscores; ``since`` maps a series key
    to one entry for each treatment that has begun on a known start, by start, then id, whose
    baseline is at most ``baseline_days`` old. What lies after the day is not in the record; what
    is planned is.
    """

    record: PatientRecord
    as_of: date
    series: tuple[Series, ...]
    since: Mapping[str, tuple[SinceStart, ...]]
    baseline_days: int

    @property
    def begun(self) -> tuple[Treatment, ...]:
        """The treatments that are not planned: begun by the day, or of unknown start."""
        return tuple(
            each for each in self.record.treatments if not is_ahead(each.facts.start, self.as_of)
        )

    @property
    def is_over(self) -> bool:
        """Whether the patient had died by the day."""
        return self.record.patient.facts.has_died_by(self.as_of)

    @property
    def last_day(self) -> date:
        """The day by which treatments are told: the day of the course, or an earlier death."""
        return self.record.patient.facts.last_day(self.as_of)

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """The treatments as pages and charts tell them: after a death nothing is planned."""
        every = self.record.treatments
        return without_planned(every, self.last_day) if self.is_over else every

    def find(self, key: str) -> Series | None:
        """Return the series with this key, if there is one."""
        return next((series for series in self.series if series.key == key), None)
