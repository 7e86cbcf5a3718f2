"""Who could be taken for another patient bears the mark wherever the banner stands."""

import pytest

from app.dates import PartialDate
from app.records.model import Patient
from app.screens.builders import BUILDERS
from app.screens.places import (
    ChartPlace,
    ErasingPlace,
    FamilyReportPlace,
    PatientFormPlace,
    Place,
    ReportsPlace,
    TreatmentsPlace,
    VisitPlace,
)
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets.banner import PatientBanner


def _place(kind: type[Place], rooms: RoomBench, patient: Patient) -> Place:
    if kind is VisitPlace:
        return VisitPlace(rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "").id)
    return kind(patient.id)  # type: ignore[arg-type] # the rooms of a patient


ROOMS: tuple[type[Place], ...] = (
    ChartPlace, VisitPlace, TreatmentsPlace, ReportsPlace, FamilyReportPlace, PatientFormPlace,
    ErasingPlace,
)  # fmt: skip


@pytest.mark.parametrize("kind", ROOMS)
def test_the_banner_of_every_room_keeps_the_mark_of_a_similar_name(
    rooms: RoomBench, kind: type[Place]
) -> None:
    """Twins are real, so it lasts; whoever comes next without a namesake does not bear it."""
    twin, _, alone = rooms.patient("P1"), rooms.patient("P2"), rooms.patient("P3", "Jonas")
    control = BUILDERS[kind](rooms.desk)
    rooms.show(control)
    marks = []
    for patient in (twin, alone):
        control.open(_place(kind, rooms, patient))
        settle()
        marks += [banner.mark for banner in control.page.findChildren(PatientBanner)]
    assert marks == ["⚠ similar name in these records", ""]
    control.page.close()
    control.page.deleteLater()
