"""Every text on every screen goes through the catalogue: a marking language shows it."""

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.clock import FixedClock
from app.dates import parse_date
from app.formats import Formats
from app.language import Words
from app.palette import load_palette
from app.records.folder import create_open_folder
from app.records.model import DoseFacts, EventFacts, PatientFacts, Role, TreatmentFacts
from app.records.store import Store
from app.screens.ask import Ask
from app.screens.chart.control import ChartControl
from app.screens.desk import Desk
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.patient_form.control import PatientFormControl
from app.screens.patients.control import PatientsControl
from app.screens.places import (
    ChartPlace,
    PatientFormPlace,
    PatientsPlace,
    Place,
    SettingsPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.screen import Screen
from app.screens.settings.control import SettingsControl
from app.screens.tasks import Tasks
from app.screens.treatments.control import TreatmentsControl
from app.screens.visit.control import VisitControl
from scales.catalogue import load_catalogue
from scales.model import Scored
from widgets.theme import apply_theme

TODAY = date(2026, 1, 28)
OPEN, SHUT = "«", "»"
TYPED = {"Qqq", "Www", "Zzz", "OMS", "Bedside"}
"""The names in the record and of the app: the only words that no catalogue knows."""
MONTHS = {Formats().month(date(2026, number, 1)) for number in range(1, 13)}
"""The months of dates, which come from the published data of languages."""


class Marking(gettext.NullTranslations):
    """Puts marks around every text that is asked for."""

    def gettext(self, message: str) -> str:
        """Return the text between marks."""
        return f"{OPEN}{message}{SHUT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for ``n`` between marks."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@dataclass(frozen=True)
class Told:
    """Whose texts are looked at."""

    desk: Desk
    patient: str
    visit: str


@pytest.fixture
def told(tmp_path: Path, qapp: QApplication) -> Iterator[Told]:
    """A record with a signed visit, a draft, a treatment and an event, and nothing in words."""
    apply_theme(qapp, load_palette("light"))
    clock, catalogue = FixedClock.on(TODAY), load_catalogue()
    folder = tmp_path / "7"
    store = create_open_folder(folder, "Zzz", Role.NURSE, clock=clock, catalogue=catalogue)
    patient, visit = _recorded(store)
    say = Words("xx", Marking())
    tasks = Tasks()
    desk = Desk(
        store, catalogue, say, clock, Ask(say), tasks, Navigation(), News(), folder, is_demo=True
    )
    yield Told(desk, patient, visit)
    tasks.wait()
    store.close()


def _recorded(store: Store) -> tuple[str, str]:
    born, day = parse_date("2023-03-14"), parse_date("2026-01-06")
    assert day is not None
    patient = store.patients.add(
        PatientFacts("77", "Qqq", "Www", born, diagnosis="oms_neuroblastoma")
    ).id
    for scale in ("five_feature", "oms"):
        visit = store.visits.start(patient, day, "")
        definition = load_catalogue().find(scale)
        for key in definition.keys[1:]:
            store.visits.answer(visit.id, scale, key, Scored(Decimal(1)))
        store.visits.answer(visit.id, scale, definition.keys[0], Scored(Decimal(2)))
        store.visits.sign(visit.id, "")
    treatment = store.treatments.add(
        patient, TreatmentFacts(agent="ivig", start=parse_date("2026-01"))
    )
    store.treatments.add_dose(
        treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg", frequency="once")
    )
    store.events.add(patient, EventFacts(date=day, kind="relapse"))
    draft = store.visits.start(patient, day, "")
    store.visits.answer(
        draft.id, "sara", load_catalogue().find("sara").keys[0], Scored(Decimal(8))
    )
    return patient, draft.id


def _texts(page: QWidget) -> Iterator[str]:
    for widget in page.findChildren(QWidget):
        yield widget.accessibleName()
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(number) for number in range(widget.count()))
        if isinstance(widget, QTableWidget):
            yield from _cells(widget)


def _cells(table: QTableWidget) -> Iterator[str]:
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            if item is not None:
                yield item.text()


def _unmarked(text: str) -> set[str]:
    """Return the words of a text that stand outside every mark."""
    inner = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}")
    while inner.search(text):
        text = inner.sub(" ", text)
    return {word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in TYPED | MONTHS}


def _flush(page: QWidget) -> None:
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _places(told: Told) -> dict[type[Screen], Place]:
    return {
        PatientsControl: PatientsPlace(),
        PatientFormControl: PatientFormPlace(told.patient),
        ChartControl: ChartPlace(told.patient),
        TreatmentsControl: TreatmentsPlace(told.patient),
        VisitControl: VisitPlace(told.visit, "sara"),
        SettingsControl: SettingsPlace(),
    }


@pytest.mark.parametrize(
    "control",
    [
        PatientsControl,
        PatientFormControl,
        ChartControl,
        TreatmentsControl,
        VisitControl,
        SettingsControl,
    ],
)
def test_every_text_of_a_screen_is_in_the_catalogue(
    qtbot: QtBot, told: Told, control: type[Screen]
) -> None:
    """Outside the marks stand only what was typed, and signs."""
    screen = control(told.desk)  # type: ignore[arg-type] # each control takes the desk
    screen.page.show()
    qtbot.waitExposed(screen.page)
    screen.open(_places(told)[control])
    allowed = {
        part for part in told.desk.folder.parts for part in re.findall(r"[^\W\d_]{2,}", part)
    }
    texts = [text for text in _texts(screen.page) if text]
    assert len(texts) > 5
    outside = {text: left for text in texts if (left := _unmarked(text) - allowed)}
    screen.leave()
    _flush(screen.page)
    assert outside == {}
