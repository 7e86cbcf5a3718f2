"""What growth is measured with does what it says, tried on three patients."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.records.copies.tail import size_of
from tests.growth.cost import Cost, Line, cost_table
from tests.growth.folders import import_patients, new_store
from tests.growth.made import ANSWERS, VISITS, patient_id
from tests.growth.processes import Window, ended, window
from tests.growth.written import Written, bytes_a_visit, pages_a_tap

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of three made-up patients."""
    with closing(new_store(tmp_path / "data")) as store:
        import_patients(store, range(3))
    return tmp_path / "data"


@pytest.fixture
def nurse(folder: Path) -> Iterator[Window]:
    """A window on that folder."""
    with window(folder) as opened:
        yield opened


def test_every_made_up_patient_has_a_whole_course(tmp_path: Path) -> None:
    """Twenty visits of eleven answers each, treatments with doses, and nothing for the check."""
    with closing(new_store(tmp_path / "data")) as store:
        import_patients(store, range(3))
        record = store.record(store.patients.by_patient_id(patient_id(2)).id)
        assert [finding for finding in store.check() if finding.count] == []
    answers = {sum(len(sheet.answers) for sheet in visit.sheets) for visit in record.visits}
    assert (len(record.visits), answers) == (VISITS, {ANSWERS})
    assert all(treatment.doses for treatment in record.treatments)
    assert record.events
    assert record.measures


@on_linux
def test_a_window_does_every_deed_that_is_measured(nurse: Window, folder: Path) -> None:
    """From the search to the signature and back; each deed costs time, and the copy holds it."""
    walls = [cost.wall for cost in nurse.costs("search", "ada")]
    for deed in (("chart", "1"), ("begin",), *[("tap",)] * ANSWERS):
        walls += [cost.wall for cost in nurse.costs(*deed)]
    signed, frozen, kept = nurse.costs("sign")
    walls += [signed.wall, kept.wall, *(cost.wall for cost in nurse.costs("back"))]
    assert all(wall > 0 for wall in walls)
    assert frozen.wall > 0
    assert [size_of(copy) > 0 for copy in (folder / "copies").iterdir()] == [True]
    assert nurse.told("memory")[1] > 0


@on_linux
def test_a_command_is_measured_to_its_end(folder: Path) -> None:
    """Its time, its processor's time and its memory are known; one that fails is no figure."""
    command = ("-m", "app", "--data", str(folder), "trend")
    done = ended(*command, patient_id(0))
    assert done.cost.wall > 0
    assert done.cost.cpu > 0
    assert done.memory > 1_000_000
    with pytest.raises(RuntimeError):
        ended(*command, "nobody")


def test_what_is_written_is_counted(tmp_path: Path) -> None:
    """A visit takes some kilobytes, a tap some pages, and opening a sheet takes two steps."""
    written = Written(tmp_path)
    with closing(written.store):
        assert 1_000 < bytes_a_visit(written, 20) < 100_000
        pages = pages_a_tap(written, 1)
    assert all(1 <= count < 50 for count in pages.values())
    assert pages["first"] < pages["opening"]


def test_the_table_tells_medians_and_their_ratios() -> None:
    """Of three rounds the middle one counts, by the clock and of the processor apart."""
    small = [Cost(0.1, 0.05), Cost(0.2, 0.05), Cost(9, 0.05)]
    large = [Cost(0.3, 0.2), Cost(0.3, 0.2), Cost(0.3, 0.2)]
    row = cost_table((100, 10_000), [Line("a tap", small, large, "at most 1.5")]).split("\n")[-1]
    assert row == "| a tap | 3 | 200 ms (50 ms) | 300 ms (200 ms) | 1.50 | 4.00 | at most 1.5 |"
