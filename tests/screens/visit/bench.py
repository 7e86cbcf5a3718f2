"""A scoring screen on a real store, and what a nurse does with it."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.clock import FixedClock
from app.dates import PartialDate
from app.language import words
from app.records.model import Patient, PatientFacts, Visit
from app.records.store import Store
from app.screens.desk import Desk
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.places import Place, VisitPlace
from app.screens.tasks import Tasks
from app.screens.visit.control import VisitControl
from app.screens.visit.cursor import Part
from scales.catalogue import Catalogue
from scales.model import Key, Scored, Side
from tests.asking import FakeAsk
from widgets.level_button import LevelButton

FIVE = ("opsoclonus", "myoclonus", "gait", "sleep", "irritability")
VISIT_DAY = PartialDate(2026, 1, 28)


def settle() -> None:
    """Let Qt delete what was put away."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@dataclass
class Ticks:
    """The time of a hand that looks before each press; without ``step`` it presses at once."""

    step: int = 1000
    now: int = 0

    def __call__(self) -> int:
        """Return the milliseconds that have gone by."""
        self.now += self.step
        return self.now


@dataclass
class VisitBench:
    """A control with its store; ``went`` and ``said`` are what it told the rest of the app."""

    store: Store
    catalogue: Catalogue
    clock: FixedClock
    ask: FakeAsk = field(default_factory=lambda: FakeAsk(reason_given="typed for the wrong child"))
    ticks: Ticks = field(default_factory=Ticks)
    went: list[Place] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        navigation, news = Navigation(), News()
        navigation.went.connect(self.went.append)
        news.noted.connect(self.said.append)
        news.warned.connect(self.said.append)
        news.warned_ahead.connect(self.said.append)
        self.store.listen(news.tell)
        self.desk = Desk(
            store=self.store,
            catalogue=self.catalogue,
            words=words(),
            clock=self.clock,
            ask=self.ask,
            tasks=Tasks(),
            navigation=navigation,
            news=news,
            folder=Path("unused"),
        )
        self.control = VisitControl(self.desk)
        news.changed.connect(self.control.refresh)
        self.page = self.control.page

    def patient(self, identifier: str = "40-1187", name: str = "Amira") -> Patient:
        """Add a patient."""
        facts = PatientFacts(identifier, name, "Haddad", PartialDate(2023, 3, 14))
        return self.store.patients.add(facts)

    def signed(
        self, patient: Patient, levels: tuple[int, ...], scale: str = "five_feature"
    ) -> Visit:
        """Store a signed visit of 3 December with these levels."""
        visit = self.store.visits.start(patient.id, PartialDate(2025, 12, 3), "09:00")
        keys = self.catalogue.find(scale).keys
        for key, level in zip(keys, levels, strict=False):
            self.store.visits.answer(visit.id, scale, key, Scored(Decimal(level)))
        return self.store.visits.sign(visit.id, "test")

    def begin(self, patient: Patient | None = None, scale: str = "") -> Visit:
        """Start a visit and open it."""
        someone = patient or self.patient()
        visit = self.store.visits.start(someone.id, VISIT_DAY, "10:40")
        self.control.open(VisitPlace(visit.id, scale))
        return visit

    def visit(self) -> Visit:
        """Return the open visit as it is on the disk."""
        return self.store.visits.get(self.control.session.visit.id)

    def level(self, item: str, level: int, side: Side | None = None) -> Scored | None:
        """Return the stored answer of the visible scale if it is this level."""
        sheet = self.visit().sheet(self.control.session.cursor.scale)
        answer = None if sheet is None else sheet.answers.get(Key(item, side))
        return answer if answer == Scored(Decimal(level)) else None

    def tap(self, item: str, level: int, side: Side | None = None) -> None:
        """Click the button of a level on the part that shows."""
        names = {None: "", Side.RIGHT: ", right side", Side.LEFT: ", left side"}
        definition = self.catalogue.find(self.control.session.cursor.scale)
        start = f"{definition.item(item).title}{names[side]} {level}:"
        buttons = self.part_page().findChildren(LevelButton)
        button = next(one for one in buttons if one.accessibleName().startswith(start))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, *keys: Qt.Key | str, control: bool = False) -> None:
        """Press keys on whatever has the focus."""
        modifiers = Qt.KeyboardModifier
        modifier = modifiers.ControlModifier if control else modifiers.NoModifier
        for key in keys:
            target = QApplication.focusWidget() or self.part_page()
            if isinstance(key, str):
                QTest.keyClicks(target, key, modifier)
            else:
                QTest.keyClick(target, key, modifier)

    def part(self) -> Part:
        """Return which part shows."""
        return self.page.part

    def part_page(self) -> QWidget:
        """Return the part that shows."""
        pages: dict[Part, QWidget] = {
            Part.SHEET: self.page.sheet,
            Part.GUIDED: self.page.guided,
            Part.CONTEXT: self.page.context,
            Part.SUMMARY: self.page.summary,
        }
        return pages[self.page.part]

    def texts(self) -> list[str]:
        """Return every text that the visible part shows, and the band above it."""
        settle()
        labels = (*self.part_page().findChildren(QLabel), *self.page.banner.findChildren(QLabel))
        return [one.text() for one in labels if one.text() and not one.isHidden()]
