"""The demo data: three patients, told as they were published or labelled as invented."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.clock import FixedClock
from app.errors import UserError
from app.exchange.demo import build_demo
from app.exchange.exporting import export_folder
from app.paths import DEMO
from app.records.folder import needs_secret, open_folder
from app.records.store import Store
from app.trends.model import SinceStart
from app.trends.since import trend_of
from scales.catalogue import Catalogue

CLOCK = FixedClock.on(date(2025, 3, 1))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Store]:
    """Return the open demo, built on a day before most of its visits."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    build_demo(folder, clock=CLOCK, catalogue=catalogue)
    assert not needs_secret(folder)
    store = open_folder(folder, None, clock=CLOCK, catalogue=catalogue)
    yield store
    store.close()


def _since(demo: Store, catalogue: Catalogue, patient_id: str, key: str, start: str) -> SinceStart:
    record = demo.record(demo.patients.by_patient_id(patient_id).id)
    trend = trend_of(record, catalogue, date(2026, 11, 21))
    return next(each for each in trend.since[key] if each.treatment.facts.treatment_id == start)


def test_the_shipped_tables_are_what_an_export_writes(
    demo: Store, catalogue: Catalogue, tmp_path: Path
) -> None:
    """The demo is an ordinary import, and its tables are in their published form."""
    export_folder(demo, catalogue, tmp_path / "tables")
    written = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    assert written == {path.name: path.read_bytes() for path in DEMO.glob("*.csv")}


def test_every_demo_patient_is_labelled(demo: Store) -> None:
    """Scores that nobody measured say so wherever they show."""
    cautions = {each.facts.patient_id: each.caution for each in demo.patients.all()}
    assert set(cautions) == {"DEMO-1", "DEMO-2", "DEMO-3"}
    assert all("llustrative" in caution for caution in cautions.values())
    record = demo.record(demo.patients.by_patient_id("DEMO-2").id)
    assert all("Illustrative score" in visit.facts.context.note for visit in record.visits)


@pytest.mark.parametrize("key", ["five_feature", "oms", "sara"])
def test_the_published_case_recovers_after_immunoglobulin(
    demo: Store, catalogue: Catalogue, key: str
) -> None:
    """No benefit before, lower on the third day, zero within eight weeks and a year later."""
    since = _since(demo, catalogue, "DEMO-1", key, "D1-ivig")
    assert since.treatment.facts.start is not None
    assert str(since.treatment.facts.start) == "2025-01-06"
    assert since.baseline is not None
    assert str(since.baseline.date) == "2025-01-06"
    assert since.first_lower is not None
    assert since.first_lower.day == 2
    assert since.first_zero is not None
    assert since.first_zero.day == 53
    assert since.last is not None
    assert (since.last.day, since.last.total) == (365, Decimal(0))
    before = _since(demo, catalogue, "DEMO-1", key, "D1-prednisolone")
    assert before.baseline is not None
    assert before.baseline.total == since.baseline.total
    assert [each.facts.treatment_id for each in since.others_within_14_days] == [
        "D1-clonazepam",
        "D1-prednisolone",
    ]


def test_the_invented_child_relapses_at_the_taper(demo: Store, catalogue: Catalogue) -> None:
    """Up again while prednisolone is at its lowest; one visit has no speech and no total."""
    record = demo.record(demo.patients.by_patient_id("DEMO-2").id)
    course = trend_of(record, catalogue, date(2026, 11, 21)).find("oms")
    assert course is not None
    totals = {str(point.date): point.total for point in course.points}
    assert (totals["2025-06-06"], totals["2025-06-28"]) == (Decimal(3), Decimal(10))
    assert totals["2025-09-12"] is None
    assert len({point.rater for point in course.points}) == 2
    relapse = next(event for event in record.events if event.facts.kind == "relapse")
    steroid = next(each for each in record.treatments if each.facts.agent == "prednisolone")
    low = [
        step.facts.dose
        for step in steroid.doses
        if step.facts.start and step.facts.start.first <= relapse.facts.date.first
    ]
    assert low[-1] == Decimal("0.1")


def test_the_ataxia_case_keeps_its_published_totals(demo: Store, catalogue: Catalogue) -> None:
    """60 to 10, up to 36 after 12 months, down to 8 in 6; dates to the month."""
    record = demo.record(demo.patients.by_patient_id("DEMO-3").id)
    course = trend_of(record, catalogue, date(2026, 11, 21)).find("icars")
    assert course is not None
    assert [(str(point.date), str(point.total)) for point in course.points] == [
        ("2002-08", "60"),
        ("2002-10", "10"),
        ("2003-08", "36"),
        ("2004-02", "8"),
    ]
    assert all(point.typed for point in course.points)


def test_a_folder_with_data_is_left_alone(catalogue: Catalogue, tmp_path: Path) -> None:
    """The demo never mixes with anybody's records."""
    build_demo(tmp_path / "data", clock=CLOCK, catalogue=catalogue)
    with pytest.raises(UserError, match="already holds data"):
        build_demo(tmp_path / "data", clock=CLOCK, catalogue=catalogue)
