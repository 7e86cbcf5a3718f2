"""The window as a whole: what it opens with, how it closes, and what it keeps true."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScroller, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.dates import PartialDate
from app.errors import UserError
from app.journey_stage import unhurried
from app.palette import load_palette
from app.records.model import Changes, PatientFacts
from app.running import Running, application
from app.screens.ask import Loss
from app.screens.builders import BUILDERS
from app.screens.chart.page import ChartPage
from app.screens.desk import Desk
from app.screens.family_report.page import ReportPage
from app.screens.opening.page import OpeningPage
from app.screens.patient_form.page import PatientFormPage
from app.screens.patients.page import PatientsPage
from app.screens.patients.patient_list import PatientList
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    ComparisonPlace,
    DataPlace,
    DuePlace,
    ErasingPlace,
    FamilyReportPlace,
    HelpPlace,
    HistoryPlace,
    MarkedPlace,
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
from app.screens.screen import Screen
from app.screens.settings.page import SettingsPage
from app.screens.visit.page import VisitPage
from app.screens.window import Window
from app.screens.your_data.page import DataPage
from app.settings import Settings, TextSize, Theme
from app.start import run_window
from scales.model import Key, Scored
from tests.app.conftest import CLOCK
from tests.app.typing_hand import focused
from tests.asking import FakeAsk
from widgets.banner import PatientBanner
from widgets.labels import ElidedLabel
from widgets.theme import style_sheet


class _Yes(FakeAsk):
    """Agrees when told to, asked in the window with a text and a word for yes."""

    def lose(
        self,
        parent: QWidget,
        loss: Loss,
        on_agreed: Callable[[], None],
        on_save: Callable[[], None] | None = None,
    ) -> None:
        """Agree, or not."""
        assert isinstance(parent, Window)
        assert loss.text
        assert loss.yes
        super().lose(parent, loss, on_agreed, on_save)


@pytest.fixture
def ask() -> _Yes:
    """Return somebody who agrees."""
    return _Yes()


@pytest.fixture
def running(qapp: QApplication, demo_folder: Path, tmp_path: Path, ask: _Yes) -> Iterator[Running]:
    """Return the app on a copy of the demo, started and shown."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    running = Running(qapp, folder, CLOCK, is_demo=True, ask=ask)
    running.guard.ticks = unhurried()
    running.start()
    running.window.show()
    yield running
    running.stop()


def test_presses_are_guarded_once_the_list_was_painted(running: Running, qtbot: QtBot) -> None:
    """A start is not looked at, or Qt would load all that it knows; then the list scrolls too."""
    lines = running.window.findChild(PatientList).list.viewport()  # type: ignore[union-attr]
    assert running.guard.is_resting
    assert not QScroller.hasScroller(lines)
    qtbot.waitUntil(lambda: not running.guard.is_resting and QScroller.hasScroller(lines))


def _page(running: Running) -> QWidget:
    return cast("QWidget", running.window.page)


def _demo(running: Running, identifier: str = "DEMO-1") -> str:
    return running.desk.store.patients.by_patient_id(identifier).id


def test_it_opens_with_the_list(running: Running) -> None:
    """The demo needs no secret."""
    assert isinstance(running.window.page, PatientsPage)
    assert running.window.page.table.list.model().rowCount() == 3


def test_the_opening_is_noted_after_the_first_paint(running: Running, qtbot: QtBot) -> None:
    """Once for each window; nobody waits for it before the list stands there."""
    seen = running.desk.store.seen
    before = len(seen.all())
    qtbot.waitUntil(lambda: len(seen.all()) == before + 1)
    assert (seen.all()[-1].action, seen.all()[-1].patient) == ("seen.open", "")


@pytest.mark.parametrize("as_of", [date(2026, 1, 28), date(2040, 1, 1)])
def test_another_day_dates_no_new_visit(
    qapp: QApplication, demo_folder: Path, tmp_path: Path, as_of: date
) -> None:
    """What is shown stands at that day; what is written goes by the machine's clock."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    running = Running(qapp, folder, CLOCK, as_of=as_of, is_demo=True)
    running.start()
    try:
        assert running.desk.clock.today() == as_of
        running.desk.navigation.go(ChartPlace(_demo(running)))
        cast("ChartPage", running.window.page).visit_requested.emit()
        draft = running.desk.store.record(_demo(running)).draft
        assert draft is not None
        assert draft.facts.date == PartialDate.of(CLOCK.today())
        assert running.desk.store.today() == CLOCK.today()
    finally:
        running.stop()


def test_the_title_names_no_patient(running: Running) -> None:
    """Others see it in a list of windows."""
    running.desk.navigation.go(ChartPlace(_demo(running)))
    assert running.window.windowTitle() == "OMS Bedside"


def test_it_fits_a_small_screen(running: Running) -> None:
    """It asks for no more than 1024 by 768."""
    assert running.window.minimumWidth() <= 1024
    assert running.window.minimumHeight() <= 768


def test_a_long_name_keeps_its_family_name_on_a_small_screen(running: Running) -> None:
    """The given names give way, whatever stands beside them."""
    family = "Wolfeschlegelsteinhausenbergerdorff"
    facts = PatientFacts("ID-12345678", "Anna-Maria Elisabeth Theodora Wilhelmina R.", family)
    store = running.desk.store
    patient = store.patients.add(facts).id
    signed = store.visits.start(patient, PartialDate(2026, 11, 20), "10:40").id
    store.visits.answer(signed, "five_feature", Key("gait"), Scored(Decimal(1)))
    store.visits.sign(signed, "test")
    visit = store.visits.start(patient, PartialDate(2026, 11, 21), "10:40").id
    assert len(facts.name) > 78
    running.window.resize(1008, 720)
    for place in (
        ChartPlace(patient), TreatmentsPlace(patient), ReportsPlace(patient),
        PatientFormPlace(patient), FamilyReportPlace(patient), VisitPlace(visit),
        SignedVisitPlace(signed), ComparisonPlace(signed),
    ):  # fmt: skip
        running.desk.navigation.go(place)
        QApplication.processEvents()
        page = running.window.page
        assert page is not None
        name = page.findChildren(PatientBanner)[0].findChildren(ElidedLabel)[0]
        assert name.text() == facts.name
        assert name.fitted(name.contentsRect().width()).endswith(family), place


@pytest.mark.parametrize(
    "place",
    [
        ChartPlace,
        TreatmentsPlace,
        ReportsPlace,
        PatientFormPlace,
        lambda _patient: SettingsPlace(),
        lambda _patient: PatientFormPlace(),
    ],
)
def test_every_place_has_a_page_of_its_own(
    running: Running, place: Callable[[str], PatientsPlace]
) -> None:
    """Gone to and back, the list is there again."""
    running.desk.navigation.go(place(_demo(running)))
    assert not isinstance(running.window.page, PatientsPage)
    running.desk.navigation.back()
    assert isinstance(running.window.page, PatientsPage)


def test_a_place_that_is_gone_leads_to_the_list_and_says_so(running: Running) -> None:
    """One sentence above the list, no empty page."""
    running.desk.navigation.go(VisitPlace("gone"))
    assert isinstance(running.window.page, PatientsPage)
    assert running.window.message.isVisible()


def test_going_on_takes_the_sentence_away(running: Running) -> None:
    """It was about the place before."""
    running.window.show_problem("No.")
    running.desk.navigation.go(SettingsPlace())
    assert not running.window.message.isVisible()


def test_what_a_place_could_not_store_when_it_was_left_stands_above_the_next(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note that the disk does not take is not lost without a word."""
    desk = running.desk
    day = PartialDate(desk.clock.today().year)
    visit = desk.store.visits.start(_demo(running), day, "").id

    def full(*_values: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr(desk.store.visits, "set_context", full)
    desk.navigation.go(VisitPlace(visit))
    cast("VisitPage", running.window.page).context.note.edit.setPlainText("calm")
    desk.navigation.back()
    assert isinstance(running.window.page, PatientsPage)
    assert "ID DEMO-1 is not saved" in running.window.message.text
    monkeypatch.undo()
    desk.navigation.go(VisitPlace(visit))
    assert cast("VisitPage", running.window.page).context.note.text == "calm"
    desk.navigation.back()
    assert desk.store.visits.get(visit).facts.context.note == "calm"


def test_a_theme_dresses_the_window_at_once(running: Running) -> None:
    """Chosen in the settings, seen everywhere: as if it had been worn from the start."""
    places = (PatientsPlace(), ChartPlace(_demo(running)), SettingsPlace())
    running.window.resize(1280, 800)
    _seen_at(running, places)
    running.desk.store.settings.save(Settings(theme=Theme.DARK))
    changed, app = _seen_at(running, places), application()
    sheet = app.styleSheet()
    app.setStyleSheet("")
    app.setStyleSheet(sheet)
    assert _seen_at(running, places) == changed
    assert changed[0].pixelColor(2, 90).name().upper() == load_palette("dark")["background"]
    running.look.wear(Theme.LIGHT)


def _seen_at(running: Running, places: Sequence[Place]) -> list[QImage]:
    seen = []
    for place in places:
        running.desk.navigation.go(place)
        focused().clearFocus()
        for _ in range(3):
            QApplication.processEvents()
        seen.append(running.window.grab().toImage())
    return seen


def test_a_text_size_dresses_the_window_at_once(running: Running) -> None:
    """It is the user's own; a text that the system enlarges further stays as large."""
    running.desk.store.settings.save(Settings(text_size=TextSize.LARGEST))
    assert application().styleSheet() == style_sheet(150)
    running.look._system_percent = 160
    running.look.wear(Theme.LIGHT, TextSize.LARGER)
    assert application().styleSheet() == style_sheet(160)
    running.look._system_percent = 100
    running.look.wear(Theme.LIGHT)
    assert application().styleSheet() == style_sheet()


def test_the_visible_screen_hears_what_was_written(running: Running) -> None:
    """A patient added elsewhere is in the list."""
    store = running.desk.store
    patient = store.patients.get(_demo(running))
    store.patients.mark_error(patient.id, "typed twice")
    page = cast("PatientsPage", running.window.page)
    assert page.table.list.model().rowCount() == 2


def test_closing_lets_the_records_go(running: Running, tmp_path: Path) -> None:
    """Another process can open them, and a checked copy was made."""
    running.window.close()
    assert not running.window.isVisible()
    again = Running(application(), tmp_path / "data", CLOCK)
    again.start()
    assert isinstance(again.window.page, PatientsPage)
    again.stop()


def test_closing_on_something_unsaved_asks(running: Running, ask: _Yes) -> None:
    """Not agreed, the window stays with what was typed; agreed, it closes."""
    running.desk.navigation.go(PatientFormPlace())
    QTest.keyClicks(focused(), "77")
    ask.yes = False
    running.window.close()
    assert running.window.isVisible()
    ask.yes = True
    running.window.close()
    assert not running.window.isVisible()
    assert ask.asked == ["Close without saving?"] * 2


def test_closing_can_save_first(running: Running, ask: _Yes) -> None:
    """What is typed is stored as the form's own Save stores it, then the window closes."""
    running.desk.navigation.go(PatientFormPlace())
    QTest.keyClicks(focused(), "77")
    running.desk.navigation.go(SettingsPlace())
    ask.saves = True
    added: list[Changes] = []
    running.desk.news.changed.connect(added.append)
    running.window.close()
    running.finish_tasks()
    assert not running.window.isVisible()
    assert ["patients" in change.tables for change in added] == [True]
    assert ask.told == ["Typed and not saved yet: the form of 77."]


def test_closing_saves_everything_that_waits(running: Running, ask: _Yes) -> None:
    """Two reports left for two patients are both stored before the window closes."""
    store = running.desk.store
    for identifier in ("77", "78"):
        patient = store.patients.add(PatientFacts(identifier))
        running.desk.navigation.go(FamilyReportPlace(patient.id))
        cast("ReportPage", running.window.page).note.edit.insertPlainText("Worse.")
    running.desk.navigation.go(SettingsPlace())
    ask.saves = True
    added: list[Changes] = []
    running.desk.news.changed.connect(added.append)
    running.window.close()
    running.finish_tasks()
    assert not running.window.isVisible()
    assert ["events" in change.tables for change in added] == [True, True]


def test_what_cannot_be_saved_keeps_the_window_open(running: Running, ask: _Yes) -> None:
    """The form stands there again and says what is missing."""
    running.desk.navigation.go(PatientFormPlace())
    page = cast("PatientFormPage", running.window.page)
    page.given_name.edit.insert("Zoë")
    running.desk.navigation.go(SettingsPlace())
    ask.saves = True
    running.window.close()
    assert running.window.isVisible()
    assert running.window.page is page
    assert "identifier" in page.patient_id.below.text()


def test_a_last_copy_that_fails_is_told_before_the_window_goes(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The records are closed and safe; one reads why there is no copy, then closes."""

    def refuse() -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(running.desk.store, "close", refuse)
    running.window.close()
    page = running.window.page
    assert isinstance(page, OpeningPage)
    assert page.trouble.text.text() == "The disk is full."
    monkeypatch.undo()
    page.trouble.leave.click()
    assert not running.window.isVisible()


def test_a_second_window_on_the_same_data_is_told(running: Running, tmp_path: Path) -> None:
    """On the screen, in one sentence."""
    second = Running(application(), tmp_path / "data", CLOCK)
    second.start()
    page = second.window.page
    assert isinstance(page, OpeningPage)
    assert "already open" in page.trouble.text.text()
    second.stop()
    assert isinstance(running.window.page, PatientsPage)


def test_everything_is_freed_when_the_window_goes(demo_folder: Path, tmp_path: Path) -> None:
    """Pages and controls go with it."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    running = Running(application(), folder, CLOCK)
    running.start()
    for place in (ChartPlace(_demo(running)), SettingsPlace(), PatientsPlace()):
        running.desk.navigation.go(place)
    pages = running.window.findChildren(QWidget)
    running.window.close()
    running.stop()
    assert not any(isValid(page) for page in pages)


def test_ready_is_told_once_the_list_is_painted(demo_folder: Path, tmp_path: Path) -> None:
    """Whoever measures the start hears of it, and closing ends the loop with status 0."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "data"))
    status = run_window(folder, as_of=date(2026, 1, 28), on_ready=QApplication.closeAllWindows)
    assert status == 0


def test_the_demo_is_thrown_away(qapp: QApplication, tmp_path: Path) -> None:
    """It lives in a folder of its own, which is gone afterwards."""
    seen: list[Path] = []

    def look() -> None:
        shown = [one for one in qapp.topLevelWidgets() if isinstance(one, Window)]
        (window,) = (one for one in shown if one.isVisible())
        cast("PatientsPage", window.page).settings_requested.emit()
        cast("SettingsPage", window.page).data.click()
        where = cast("DataPage", window.page).where.text()
        seen.append(Path(where.removeprefix("The records are in ").removesuffix(".")))

    def look_and_quit() -> None:
        try:
            look()
        finally:
            QApplication.closeAllWindows()

    assert run_window(tmp_path / "ignored", demo=True, on_ready=look_and_quit) == 0
    assert [path.exists() for path in seen] == [False]


def test_the_keyboard_alone_leads_from_the_list_to_a_chart(running: Running) -> None:
    """Type, Enter, and Escape is not needed to come back."""
    QTest.keyClicks(focused(), "DEMO-1")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert running.desk.navigation.place == ChartPlace(_demo(running))


class _FirstPaints(QObject):
    """Notes at the first paint of each page whether it had been told yet what to show."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: set[str] = set()
        self.early: list[str] = []
        self.painted: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each paint."""
        name = type(watched).__name__
        if event.type() == QEvent.Type.Paint and name not in self.painted:
            self.painted.add(name)
            if name not in self.opened:
                self.early.append(name)
        return False


def test_no_page_is_painted_before_it_is_filled(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody sees an empty page, nor the patient before, flash up on the way."""
    paints = _FirstPaints()
    for kind, build in BUILDERS.items():
        monkeypatch.setitem(cast("dict[type, object]", BUILDERS), kind, _watched(build, paints))
    patient = _demo(running)
    visit = running.desk.store.visits.start(patient, PartialDate(2026, 11, 21), "").id
    signed = running.desk.store.record(patient).visits[-1].id
    places = (
        ChartPlace(patient), VisitPlace(visit), VisitPlace(visit, "sara"), ReportsPlace(patient),
        TreatmentsPlace(patient), PatientFormPlace(patient), SettingsPlace(), PeoplePlace(),
        HelpPlace(), DuePlace(), FamilyReportPlace(patient), HistoryPlace(patient), NewKeyPlace(),
        ErasingPlace(), DataPlace(), MarkedPlace(), CohortPlace(), SignedVisitPlace(signed),
        ComparisonPlace(signed),
    )  # fmt: skip
    for place in places:
        running.desk.navigation.go(place)
        QApplication.processEvents()
    assert len(paints.painted) == len(BUILDERS) - 1  # the list was painted before
    assert paints.early == []


def _watched(build: Callable[[Desk], Screen], paints: _FirstPaints) -> Callable[[Desk], Screen]:
    def built(desk: Desk) -> Screen:
        control = build(desk)
        fill, name = control.open, type(control.page).__name__

        def fill_and_note(place: Place) -> None:
            fill(place)
            paints.opened.add(name)

        control.open = fill_and_note  # type: ignore[method-assign]  # to know when it was filled
        control.page.installEventFilter(paints)
        return control

    return built
