"""What the bedside asks of the file: nothing that reads a table from end to end."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.records.file.database import RecordsFile
from tests.growth.folders import import_patients, new_store
from tests.growth.station import Station

_SMALL = (
    "SCAN unit_settings", "SCAN t", "SCAN CONSTANT ROW", "SCAN users", "SCAN sqlite_master",
    "SCAN stations USING COVERING INDEX sqlite_autoindex_stations_1",
)  # fmt: skip
"""The settings, this station's one row, no table at all, people, structure, stations."""
_OF_DRAFTS = "INDEX drafts"
"""There are as many drafts as there are unfinished visits."""


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Return how SQLite goes about each question that is asked from now on."""
    found: dict[str, list[str]] = {}
    ask = RecordsFile.execute

    def execute(self: RecordsFile, sql: str, values: Sequence[object] = ()) -> Any:
        if sql.split(" ", 1)[0] in ("SELECT", "UPDATE", "DELETE") and sql not in found:
            plan = ask(self, f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            found[sql] = [str(step[3]) for step in plan]
        return ask(self, sql, values)

    monkeypatch.setattr(RecordsFile, "execute", execute)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return found


def test_the_bedside_scans_no_table_that_grows(
    qapp: QApplication, tmp_path: Path, plans: dict[str, list[str]]
) -> None:
    """From the list of a day and the chart through a visit to its signature, and back."""
    store = new_store(tmp_path / "data")
    import_patients(store, range(3))
    store.close()
    plans.clear()
    nurse = Station(qapp, tmp_path / "data")
    nurse.due()
    nurse.back()
    nurse.search("ada")
    nurse.chart("2")
    nurse.begin()
    for _ in range(11):
        nurse.tap()
    nurse.sign()
    nurse.history()
    nurse.back()
    nurse.back()
    nurse.whole_history()
    nurse.back()
    nurse.leave()
    scans = [
        (step, sql)
        for sql, plan in plans.items()
        for step in plan
        if step.startswith("SCAN") and step not in _SMALL and _OF_DRAFTS not in step
    ]
    assert len(plans) > 20
    assert any("FROM seen WHERE patient" in sql for sql in plans)
    assert any("SELECT number FROM stations" in sql for sql in plans)
    assert scans == []
