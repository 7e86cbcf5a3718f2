"""The table twin of the chart on a real store: what stands among the visits, items, the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.dates import PartialDate
from app.records.actions import Action
from app.records.history import About
from app.records.model import EventFacts, FindingFacts, SequelaFacts
from app.screens.chart.control import ChartControl
from app.screens.places import ChartPlace, SignedVisitPlace
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets import clipboard


@pytest.fixture
def chart(rooms: RoomBench) -> Iterator[ChartControl]:
    """Return a chart that is shown; it is gone after the test."""
    control = ChartControl(rooms.desk)
    rooms.show(control)
    yield control
    control.page.close()
    control.page.deleteLater()


def _show_table(chart: ChartControl) -> None:
    chart.page.forms._group.button(1).click()


def _recorded(chart: ChartControl) -> list[str]:
    table = chart.page.table
    items = [table.item(row, 2) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def test_a_row_between_the_visits_leads_nowhere(rooms: RoomBench, chart: ChartControl) -> None:
    """Neither by a tap nor by Enter; its words have the whole row behind the date."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    settle()
    table = chart.page.table
    assert _recorded(chart) == ["Visit", "IVIg: started 6 Jan 2026", "Visit"]
    assert table.columnSpan(1, 2) == table.columnCount() - 2
    table.setFocus()
    table.setCurrentCell(1, 2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert rooms.went == []


def test_a_finding_and_a_lasting_trouble_stand_among_the_visits(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """With the next look; both go out with the text."""
    patient = rooms.course()
    look = FindingFacts(
        date=PartialDate(2026, 1, 10), kind="tumour", name="MRI", result="negative",
        next_date=PartialDate(2027, 5),
    )  # fmt: skip
    rooms.store.findings.add(patient.id, look)
    seen = SequelaFacts(date=PartialDate(2026, 1, 12), kind="speech", state="not_assessed")
    rooms.store.sequelae.add(patient.id, seen)
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    found = "last looked 10 Jan 2026 (MRI), none found · next look due May 2027"
    told = [f"Search for a tumour: {found}", "Lasting troubles · Speech: Not assessed"]
    assert _recorded(chart)[2:4] == told
    chart.page.listing.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    clipboard.take_back()
    assert f"10 Jan 2026\t\t{told[0]}" in lines
    assert f"12 Jan 2026\t\t{told[1]}" in lines


def test_long_words_between_the_visits_are_read_whole(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The row grows with them and asks no column to be wider."""
    patient = rooms.course()
    rooms.store.events.add(
        patient.id,
        EventFacts(date=PartialDate(2026, 1, 10), kind="fever", note="a long night " * 30),
    )
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    settle()
    table = chart.page.table
    assert table.rowHeight(2) > 2 * table.rowHeight(1)
    assert table.horizontalScrollBar().maximum() == 0


def test_the_newest_row_is_in_view_first(rooms: RoomBench, chart: ChartControl) -> None:
    """Also where rows above it grow once they are seen."""
    patient = rooms.course()
    for day in range(7, 20):
        noted = EventFacts(date=PartialDate(2026, 1, day), kind="fever", note="long " * 90)
        rooms.store.events.add(patient.id, noted)
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    for _ in range(3):
        settle()
    bar = chart.page.table.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()


def test_the_newest_row_stays_in_view_where_the_table_gets_lower(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """As where its tools wrap; whoever looks at an earlier row keeps that one."""
    patient = rooms.course()
    for day in range(1, 29):
        rooms.store.events.add(
            patient.id, EventFacts(date=PartialDate(2025, 12, day), kind="fever")
        )
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    settle()
    table = chart.page.table
    bar = table.verticalScrollBar()
    for is_at_end in (True, False):
        bar.setValue(bar.maximum() if is_at_end else 100)
        table.resize(table.width(), table.height() - 60)
        settle()
        assert (bar.value() == bar.maximum()) is is_at_end


def test_item_values_are_told_on_request(rooms: RoomBench, chart: ChartControl) -> None:
    """A row below each visit, which leads to it too; another patient begins without them."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    listing = chart.page.listing
    listing.items.click()
    assert listing.items.isChecked()
    told = _recorded(chart)
    assert len(told) == 5
    assert told[1].startswith("Five features, items: ")
    assert told[1].count(": 2") == 5
    chart.page.table.setCurrentCell(1, 0)
    QTest.keyClick(chart.page.table, Qt.Key.Key_Return)
    assert rooms.went == [SignedVisitPlace(rooms.store.record(patient.id).visits[0].id)]
    other = rooms.course("2", "Mia")
    chart.open(ChartPlace(other.id))
    assert not listing.items.isChecked()
    assert chart.page.table.rowCount() == 0  # nothing of the patient before stays
    _show_table(chart)
    assert len(_recorded(chart)) == 3


def test_where_no_sheet_was_scored_no_items_are_offered(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """A tick that changes nothing would look broken."""
    patient = rooms.patient()
    rooms.treated(patient)
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    assert chart.page.listing.items.isHidden()
    assert chart.page.listing.copy.isVisible()


def test_the_table_is_copied_as_text(rooms: RoomBench, chart: ChartControl) -> None:
    """As it stands, with items where they are told; it is noted, and said where it is now."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    chart.page.listing.items.click()
    chart.page.listing.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:4] == ["Amira Haddad", "born 14 Mar 2023", "ID 40-1187", "As of 28 Jan 2026"]
    shown = [line.split("\t")[2] for line in lines if line.count("\t") >= 2]
    assert shown == ["Recorded", *_recorded(chart)]
    assert any("not a validated scale" in line for line in lines)
    assert "Copied as a table." in chart.page.message.text
    looks = [step.action for step in rooms.store.history.steps(About(patient.id))]
    assert looks.count(Action.PRINT.id) == 1
    clipboard.take_back()
    assert QGuiApplication.clipboard().text() == ""


def test_of_a_patient_entered_in_error_no_table_is_offered(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """Nothing of the course goes out as text."""
    patient = rooms.course()
    rooms.store.patients.mark_error(patient.id, "typed twice")
    chart.open(ChartPlace(patient.id))
    settle()
    assert not chart.page.forms.isVisible()
    assert not chart.page.listing.isVisible()
