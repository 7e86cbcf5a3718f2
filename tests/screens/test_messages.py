"""A message takes no room on any page: nothing moves under a finger when it comes or goes."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.date_reader import DateReader
from app.language import words
from app.palette import load_palette
from app.screens.chart.page import ChartPage
from app.screens.family_report.page import ReportPage
from app.screens.opening.page import OpeningPage
from app.screens.patient_form.page import PatientFormPage
from app.screens.patients.page import PatientsPage
from app.screens.reports.page import ReportsPage
from app.screens.settings.page import SettingsPage
from app.screens.treatments.page import TreatmentsPage
from app.screens.visit.page import VisitPage
from widgets.theme import apply_theme

PALETTE = load_palette("light")
DATES = DateReader(words(), lambda: date(2026, 1, 28))
Page = (
    OpeningPage | PatientsPage | PatientFormPage | ChartPage | VisitPage | TreatmentsPage
    | ReportsPage | ReportPage | SettingsPage
)  # fmt: skip
PAGES: dict[str, Callable[[], Page]] = {
    "opening": lambda: OpeningPage(DATES.words),
    "patients": lambda: PatientsPage(DATES.words, PALETTE),
    "patient": lambda: PatientFormPage(DATES),
    "chart": lambda: ChartPage(DATES),
    "visit": lambda: VisitPage(DATES),
    "treatments": lambda: TreatmentsPage(DATES),
    "reports": lambda: ReportsPage(DATES.words),
    "family report": lambda: ReportPage(DATES),
    "settings": lambda: SettingsPage(DATES.words),
}


def _places(page: QWidget, message: QWidget) -> dict[QWidget, QRect]:
    for _ in range(4):
        QApplication.processEvents()
    parts = page.findChildren(QWidget)
    return {
        one: one.geometry() for one in parts if one.isVisible() and not message.isAncestorOf(one)
    }


@pytest.mark.parametrize("name", PAGES)
def test_no_page_moves_when_a_message_comes_or_goes(
    qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    """Every place and height is the same with and without it, and all of it is on the page."""
    apply_theme(qapp, PALETTE)
    page = PAGES[name]()
    qtbot.addWidget(page)
    page.resize(1024, 768)
    page.show()
    message = page.message
    before = _places(page, message)
    message.show_problem("The disk is full, so that nothing could be saved. " * 3)
    assert _places(page, message) == before
    assert message.isVisible()
    assert page.rect().contains(message.geometry())
    message.hide()
    assert _places(page, message) == before
