"""A new scale is one file: it is scored, drawn, printed and exported without a line of code."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from app.clock import FixedClock
from app.dates import PartialDate
from app.exchange.exporting import export_folder
from app.language import words
from app.palette import load_palette
from app.records.file.database import open_database
from app.records.model import Role, Visit
from app.records.store import Store
from app.reports.making import PageChoice, PageKind, page_pdf
from app.screens.chart.control import ChartControl
from app.screens.chart.page import TABLE
from app.screens.places import ChartPlace, VisitPlace
from app.screens.visit.control import VisitControl
from app.settings import Settings
from app.trends.since import trend_of
from tests.builders import sheet, toy_catalogue
from tests.screens.patient_rooms.bench import RoomBench, settle
from widgets.level_button import LevelButton
from widgets.theme import apply_theme

TODAY = date(2026, 1, 28)


@pytest.fixture
def toy(qapp: QApplication, tmp_path: Path) -> Iterator[RoomBench]:
    """Return a desk whose scales are the real ones and one toy, which is one file more."""
    apply_theme(qapp, load_palette("light"))
    catalogue = toy_catalogue(tmp_path)
    clock = FixedClock.on(TODAY)
    database = open_database(tmp_path / "records.db", bytes(32), create=True)
    store = Store(database, catalogue=catalogue, clock=clock, station="desk")
    store.users.add("M. Okafor", Role.NURSE)
    yield RoomBench(store, catalogue, clock)
    settle()
    store.close()


def _scored(toy: RoomBench) -> Visit:
    """Sign a visit with a full sheet of the toy scale."""
    visits = toy.store.visits
    visit = visits.start(toy.patient().id, PartialDate.of(TODAY), "10:40")
    for key, answer in sheet(hop=1, wave__right=2, wave__left=1).items():
        visits.answer(visit.id, "toy", key, answer)
    return visits.sign(visit.id, "I scored this visit.")


def test_a_visit_offers_and_scores_it(toy: RoomBench) -> None:
    """One tap leads to it, its levels are buttons, and the total comes out."""
    patient = toy.patient()
    visit = toy.store.visits.start(patient.id, PartialDate.of(TODAY), "10:40")
    control = VisitControl(toy.desk)
    toy.show(control)
    control.open(VisitPlace(visit.id))
    settle()
    assert any("Toy" in one.text() for one in control.page.findChildren(QPushButton))
    control.open(VisitPlace(visit.id, "toy"))
    for level in ("Hopping 1:", "Waving, right side 2:", "Waving, left side 1:"):
        settle()
        found = [
            one
            for one in control.page.guided.findChildren(LevelButton)
            if one.accessibleName().startswith(level)
        ]
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    scored = toy.store.visits.get(visit.id).sheet("toy")
    assert scored is not None
    assert scored.total == Decimal("2.5")
    control.page.close()
    control.page.deleteLater()


def test_the_chart_draws_it(toy: RoomBench) -> None:
    """It has a panel with its mark, its number beside it, and a column in the table."""
    visit = _scored(toy)
    control = ChartControl(toy.desk)
    toy.show(control)
    control.open(ChartPlace(visit.patient))
    figure = control.page.plot._figure
    assert figure is not None
    assert [(panel.title, [mark.y for mark in panel.marks]) for panel in figure.panels] == [
        ("Toy", [Decimal("2.5")])
    ]
    shown = [one.text() for one in control.page.side.findChildren(QLabel)]
    assert "2.5" in shown
    assert "of 6 · Toy" in shown
    control.page.forms.chosen.emit(TABLE)
    heading = control.page.table.horizontalHeaderItem(4)
    assert heading is not None
    assert heading.text() == "Toy"
    control.page.close()
    control.page.deleteLater()


@pytest.mark.parametrize("kind", list(PageKind))
def test_the_pages_print_it(toy: RoomBench, kind: PageKind) -> None:
    """Its total stands on the page for the record and on that for the family."""
    visit = _scored(toy)
    trend = trend_of(toy.store.record(visit.patient), toy.catalogue, TODAY)
    pdf = page_pdf(PageChoice(kind), trend, toy.catalogue, Settings(), words())
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "2.5" in text
    assert "Toy" in text


def test_the_tables_carry_it(toy: RoomBench, tmp_path: Path) -> None:
    """Every answer of it is a row of the published table."""
    _scored(toy)
    export_folder(toy.store, toy.catalogue, tmp_path / "out")
    with (tmp_path / "out" / "answers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scale"] == "toy"]
    assert [(row["item"], row["side"], row["value"]) for row in rows] == [
        ("hop", "", "1"),
        ("wave", "left", "1"),
        ("wave", "right", "2"),
    ]
