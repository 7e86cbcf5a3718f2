"""Keys of the whole window: they act from every page, and never take what somebody types."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.reports.making import PageKind
from app.running import Running
from app.screens.ask import Dialogs, Loss
from app.screens.chart.page import ChartPage
from app.screens.family_report.page import ReportPage
from app.screens.help.page import HelpPage
from app.screens.patient_form.page import PatientFormPage
from app.screens.patients.page import PatientsPage
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    ComparisonPlace,
    DuePlace,
    FamilyReportPlace,
    NewKeyPlace,
    PatientFormPlace,
    PatientsPlace,
    PeoplePlace,
    Place,
    ReportsPlace,
    SettingsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.reports.page import ReportsPage
from app.screens.settings.page import SettingsPage
from app.screens.signed_visit.page import SignedVisitPage
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.page import TreatmentsPage
from app.screens.visit.page import VisitPage
from tests.app.conftest import CLOCK
from tests.app.typing_hand import focused
from tests.asking import FakeAsk

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def ask() -> FakeAsk:
    """Return somebody who answers in place of the dialogs."""
    return FakeAsk()


@pytest.fixture
def running(
    qapp: QApplication, demo_folder: Path, tmp_path: Path, ask: FakeAsk
) -> Iterator[Running]:
    """Return the app on a copy of the demo, shown and active."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    running = Running(qapp, folder, CLOCK, is_demo=True, ask=ask)
    running.start()
    running.window.show()
    running.window.activateWindow()
    QApplication.processEvents()
    yield running
    running.stop()


def _press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def _demo(running: Running) -> str:
    return running.desk.store.patients.by_patient_id("DEMO-1").id


def _visit(running: Running) -> str:
    day = PartialDate(2026, 11, 21)
    return running.desk.store.visits.start(_demo(running), day, "09:00").id


def _signed(running: Running) -> str:
    return running.desk.store.record(_demo(running)).visits[1].id


def _places(running: Running) -> tuple[Place, ...]:
    patient, visit = _demo(running), _visit(running)
    return (
        ChartPlace(patient),
        TreatmentsPlace(patient),
        ReportsPlace(patient),
        PatientFormPlace(patient),
        VisitPlace(visit),
        VisitPlace(visit, "sara"),
        SignedVisitPlace(_signed(running)),
        ComparisonPlace(_signed(running)),
        FamilyReportPlace(patient),
        DuePlace(),
        CohortPlace(),
        SettingsPlace(),
        PeoplePlace(),
        NewKeyPlace(),
    )


def test_f1_opens_the_keys_and_about_from_every_page(running: Running) -> None:
    """Esc leads back to where one was."""
    for place in _places(running):
        running.desk.navigation.go(place)
        before = running.window.page
        _press(Qt.Key.Key_F1)
        assert isinstance(running.window.page, HelpPage)
        _press(Qt.Key.Key_Escape)
        assert running.window.page is before


class _Windows(QObject):
    """Keeps what comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if is_window and event.type() == QEvent.Type.Show:
            self.shown.append(type(watched).__name__)
        return False


def test_no_page_comes_as_a_window_of_its_own(running: Running, qapp: QApplication) -> None:
    """One that did, for a moment only, would take the keys from the window."""
    windows = _Windows()
    qapp.installEventFilter(windows)
    for place in (*_places(running), PatientsPlace()):
        running.desk.navigation.go(place)
        QApplication.processEvents()
    qapp.removeEventFilter(windows)
    assert windows.shown == []
    assert QApplication.activeWindow() is running.window


def test_about_tells_version_licence_and_folder(running: Running) -> None:
    """What somebody is asked for who reports a fault."""
    _press(Qt.Key.Key_F1)
    told = [one.text() for one in cast("QWidget", running.window.page).findChildren(QLabel)]
    assert "0.1.0" in told
    assert str(running.desk.folder) in told
    assert any("Apache" in text for text in told)
    assert "Ctrl+Enter" in told


def test_the_hazards_are_one_tap_from_the_keys(running: Running) -> None:
    """Each kind by itself, from its beginning; F1 begins with the keys again."""
    _press(Qt.Key.Key_F1)
    page = running.window.page
    assert isinstance(page, HelpPage)
    titles = [one.text() for one in page.parts.buttons]
    assert (titles[0], len(titles)) == ("Keys and About", 6)
    next(one for one in page.parts.buttons if one.text() == "Hazards of scoring").click()
    QApplication.processEvents()
    told = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "A second tap scores an item that nobody saw" in told
    assert {"Cause", "Harm", "What the app does", "Not built yet", "Held by"} <= {*told}
    assert "The wrong patient is scored" not in told
    _press(Qt.Key.Key_Escape)
    _press(Qt.Key.Key_F1)
    told = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "Ctrl+Enter" in told
    assert "A second tap scores an item that nobody saw" not in told


def test_help_is_read_by_keys_alone(running: Running, qtbot: QtBot) -> None:
    """The keys that scroll act at once, and Tab reaches the kinds of hazards."""
    _press(Qt.Key.Key_F1)
    page = running.window.page
    assert isinstance(page, HelpPage)
    page.parts.buttons[1].click()
    page.setFocus()
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    _press(Qt.Key.Key_PageDown)
    assert bar.value() > 0
    _press(Qt.Key.Key_Tab)
    assert focused() is page.parts.buttons[0]
    _press(Qt.Key.Key_Space)
    assert bar.value() == 0
    assert page.area.accessibleName() == "Help"


def test_escape_leads_back_from_every_page(running: Running) -> None:
    """As the arrow in the banner does."""
    for place in _places(running):
        running.desk.navigation.go(PatientsPlace())
        running.desk.navigation.go(place)
        _press(Qt.Key.Key_Escape)
        assert isinstance(running.window.page, PatientsPage)


def test_escape_asks_where_something_typed_would_go(running: Running, ask: FakeAsk) -> None:
    """It is the same way back."""
    running.desk.navigation.go(PatientFormPlace())
    page = cast("PatientFormPage", running.window.page)
    QTest.keyClicks(page.patient_id.edit, "77")
    ask.yes = False
    _press(Qt.Key.Key_Escape)
    assert ask.asked == ["Leave without saving?"]
    assert running.window.page is page


def test_escape_clears_the_search_of_the_list(running: Running) -> None:
    """Everybody stands there again, and the search keeps the focus."""
    page = cast("PatientsPage", running.window.page)
    QTest.keyClicks(page.search, "zzz")
    assert page.table.list.model().rowCount() == 0
    _press(Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert page.table.list.model().rowCount() == 3
    assert QApplication.focusWidget() is page.search


def test_escape_closes_the_reasons_first(running: Running) -> None:
    """One press, one step."""
    running.desk.navigation.go(VisitPlace(_visit(running)))
    page = cast("VisitPage", running.window.page)
    key = running.desk.catalogue.find("five_feature").keys[0]
    page.sheet.aside_requested.emit(key)
    QApplication.processEvents()
    assert page.sheet.reasons.isVisible()
    page.sheet.setFocus()
    _press(Qt.Key.Key_Escape)
    assert running.window.page is page
    assert not page.sheet.reasons.isVisible()


def test_a_question_mark_tells_the_keys_of_the_page(running: Running, ask: FakeAsk) -> None:
    """Those that act on what is in front, then those that act everywhere."""
    running.desk.navigation.go(VisitPlace(_visit(running)))
    QTest.keyClicks(focused(), "?")
    assert ask.asked == ["Keys of this page"]
    assert ("0 to 9", "Choose the level") in ask.rows
    assert ("F1", "Help: keys, hazards, and about this app") in ask.rows
    assert ("Ctrl+S", "Save") not in ask.rows


def test_a_report_between_visits_is_a_form(running: Running, ask: FakeAsk) -> None:
    """Its keys are those of the other forms, and told as theirs are."""
    running.desk.navigation.go(FamilyReportPlace(_demo(running)))
    page = cast("ReportPage", running.window.page)
    page.banner.setFocus()
    running.window.setFocus()
    QTest.keyClicks(focused(), "?")
    assert ("Ctrl+S", "Save") in ask.rows
    page.note.edit.setFocus()
    QTest.keyClicks(focused(), "Worse")
    _press(Qt.Key.Key_S, CONTROL)
    assert running.desk.store.record(_demo(running)).events[-1].facts.note == "Worse"


def _named_keys(running: Running) -> set[str]:
    """Return the keys that tooltips and menus of the page name, beside the lock on all of them."""
    page = running.window.page
    assert page is not None
    tips = [one.toolTip() for one in page.findChildren(QAbstractButton) if one.isVisible()]
    tips += [one.text() for one in page.findChildren(QAction)]
    named = {tip.rpartition(" (")[2].removesuffix(")") for tip in tips if tip.endswith(")")}
    assert "Ctrl+L" in named
    return named - {"Ctrl+L"}


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (ChartPlace, {"Esc", "Ctrl+H", "Ctrl+P"}),
        (ReportsPlace, {"Esc", "Ctrl+P"}),
        (PatientFormPlace, {"Esc", "Ctrl+S"}),
        (FamilyReportPlace, {"Esc", "Ctrl+S"}),
        (TreatmentsPlace, {"Esc"}),
    ],
)
def test_the_tooltips_of_a_patients_page_name_its_keys(
    running: Running, kind: type[ChartPlace], keys: set[str]
) -> None:
    """Whoever taps a button learns the key that does the same."""
    running.desk.navigation.go(kind(_demo(running)))
    assert _named_keys(running) == keys


def test_the_tooltips_of_the_other_pages_name_their_keys(running: Running) -> None:
    """The list, the settings, and the forms of treatments and events."""
    assert _named_keys(running) == {"Ctrl+N"}
    running.desk.navigation.go(SettingsPlace())
    assert _named_keys(running) == {"Esc", "Ctrl+H", "F1"}
    running.desk.navigation.go(TreatmentsPlace(_demo(running)))
    page = cast("TreatmentsPage", running.window.page)
    treatment = running.desk.store.record(_demo(running)).treatments[0].id
    for wish in (
        Wish(FormKind.TREATMENT),
        Wish(FormKind.EVENT),
        Wish(FormKind.CHANGE, treatment=treatment),
    ):
        page.wished.emit(wish)
        assert _named_keys(running) == {"Esc", "Ctrl+S"}


def test_the_tooltips_of_a_visit_name_its_keys(running: Running) -> None:
    """On the sheet, in the summary, and item by item."""
    visit = _visit(running)
    running.desk.navigation.go(VisitPlace(visit))
    QTest.keyClicks(focused(), "1")
    QApplication.processEvents()
    assert _named_keys(running) == {"Esc", "Ctrl+Z", "Ctrl+Enter"}
    cast("VisitPage", running.window.page).sheet.summary_requested.emit()
    assert _named_keys(running) == {"Esc", "Ctrl+H", "Ctrl+Z", "Ctrl+Enter", "Backspace"}
    running.desk.navigation.go(VisitPlace(visit, "sara"))
    _press(Qt.Key.Key_Right)
    assert _named_keys(running) == {"Esc", "Right", "Left", "Ctrl+Z", "T"}


def _place(running: Running) -> Place:
    return running.desk.navigation.place


def test_a_signed_visit_is_gone_through_by_keys(running: Running) -> None:
    """Arrows lead to its neighbours and C to the comparison; the tooltips name them all."""
    visits = running.desk.store.record(_demo(running)).visits
    running.desk.navigation.go(SignedVisitPlace(visits[1].id))
    QApplication.processEvents()
    assert _named_keys(running) == {"Esc", "Left", "Right", "C", "Ctrl+H", "Ctrl+P"}
    _press(Qt.Key.Key_Left)
    assert _place(running) == SignedVisitPlace(visits[0].id)
    _press(Qt.Key.Key_Left)
    assert _place(running) == SignedVisitPlace(visits[0].id)
    _press(Qt.Key.Key_Right)
    _press(Qt.Key.Key_Right)
    assert _place(running) == SignedVisitPlace(visits[2].id)
    _press(Qt.Key.Key_C)
    assert _place(running) == ComparisonPlace(visits[2].id)
    _press(Qt.Key.Key_Escape)
    _press(Qt.Key.Key_P, CONTROL)
    assert _place(running) == ReportsPlace(_demo(running), PageKind.FAMILY)
    _press(Qt.Key.Key_Escape)
    _press(Qt.Key.Key_Escape)
    assert isinstance(running.window.page, PatientsPage)


def test_a_signed_visit_that_is_gone_to_for_scoring_is_read(
    running: Running, ask: FakeAsk
) -> None:
    """Its page is the one that keys and changes meet from then on."""
    visits = running.desk.store.record(_demo(running)).visits
    running.desk.navigation.go(VisitPlace(visits[1].id))
    QApplication.processEvents()
    assert isinstance(running.window.page, SignedVisitPage)
    QTest.keyClicks(focused(), "?")
    assert ("Left", "The visit before") in ask.rows
    running.desk.store.visits.mark_error(visits[0].id, "twice")
    assert not running.window.page.before.isEnabled()
    running.desk.store.visits.mark_error(visits[1].id, "twice")
    _press(Qt.Key.Key_C)
    assert isinstance(running.window.page, SignedVisitPage)


def test_a_signed_visit_scrolls_by_keys_alone(running: Running, qtbot: QtBot) -> None:
    """They act at once, without a press into the page."""
    running.desk.navigation.go(SignedVisitPlace(_signed(running)))
    page = cast("SignedVisitPage", running.window.page)
    bar = page.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > bar.pageStep())
    _press(Qt.Key.Key_PageDown)
    assert bar.value() > 0


def test_a_question_mark_is_typed_where_somebody_writes(running: Running, ask: FakeAsk) -> None:
    """In the search, in a field, in a note."""
    page = cast("PatientsPage", running.window.page)
    QTest.keyClicks(page.search, "?")
    running.desk.navigation.go(SettingsPlace())
    settings = cast("SettingsPage", running.window.page)
    QTest.keyClicks(settings.site.edit, "Unit 5?")
    QTest.keyClicks(settings.call_us.edit, "fever?")
    assert page.search.text() == "?"
    assert (settings.site.text, settings.call_us.text) == ("Unit 5?", "fever?")
    assert ask.asked == []


def test_control_n_begins_a_patient_from_every_page(running: Running) -> None:
    """Also while somebody writes."""
    for place in (*_places(running), PatientsPlace()):
        running.desk.navigation.go(place)
        _press(Qt.Key.Key_N, CONTROL)
        page = running.window.page
        assert isinstance(page, PatientFormPage)
        assert page.patient_id.text == ""


@pytest.mark.parametrize("kind", [ChartPlace, TreatmentsPlace, VisitPlace])
def test_control_p_leads_to_the_pages_and_prints_there(
    running: Running, ask: FakeAsk, kind: type
) -> None:
    """The first press shows what would be printed, the second asks for the printer."""
    place = kind(_visit(running) if kind is VisitPlace else _demo(running))
    running.desk.navigation.go(place)
    _press(Qt.Key.Key_P, CONTROL)
    assert isinstance(running.window.page, ReportsPage)
    running.finish_tasks()
    _press(Qt.Key.Key_P, CONTROL)
    assert ask.asked == ["Print"]


def test_control_p_does_nothing_where_there_is_no_page(running: Running, ask: FakeAsk) -> None:
    """The list and the settings are of nobody."""
    for place in (PatientsPlace(), SettingsPlace()):
        running.desk.navigation.go(place)
        before = running.window.page
        _press(Qt.Key.Key_P, CONTROL)
        assert (running.window.page is before, ask.asked) == (True, [])


def test_keys_rest_while_a_question_is_open(running: Running) -> None:
    """They would act behind it."""
    running.desk.navigation.go(ChartPlace(_demo(running)))
    loss = Loss("Close?", "Something.", "Close")
    asking = Dialogs(running.words)
    asking.lose(running.window, loss, QApplication.processEvents)
    QApplication.processEvents()
    _press(Qt.Key.Key_N, CONTROL)
    assert isinstance(running.window.page, ChartPage)
    _press(Qt.Key.Key_Escape)
    assert isinstance(running.window.page, ChartPage)
