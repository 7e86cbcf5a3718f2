"""A desk on a real store for the rooms of one patient, and doors that answer at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.clock import FixedClock
from app.dates import PartialDate
from app.language import words
from app.records.model import Patient, PatientFacts, Treatment, TreatmentFacts, Visit
from app.records.store import Store
from app.screens.desk import Desk
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.places import Place
from app.screens.screen import Screen
from app.screens.tasks import Lane, LongTask, LongWork, Task, Tasks
from scales.catalogue import Catalogue
from scales.model import Scored
from tests.asking import FakeAsk


class SlowTask(Task):
    """Work that ends when the test says so."""

    def __init__(
        self,
        work: Callable[[], object],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self._owner_kept = QObject()
        super().__init__(self._owner_kept, work, (on_done, on_failed))

    def do(self) -> None:
        """Do the work now and hand over what came of it, its own faults let through."""
        try:
            result = self._work()
        except Exception as error:
            self._on_ended(None, error)
        else:
            self._on_ended(result, None)


class SlowLongTask(LongTask):
    """Long work that begins when the test says so."""

    def __init__(
        self,
        work: LongWork,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self._owner_kept = QObject()
        super().__init__(self._owner_kept, work, (on_done, on_failed))


class SlowTasks(Tasks):
    """Keeps work until the test lets it end."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[Task] = []

    def run(
        self,
        owner: QObject,  # noqa: ARG002 - the test decides when work ends
        work: Callable[[], object],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
        *,
        lane: Lane = Lane.USUAL,  # noqa: ARG002 - as above
    ) -> Task:
        """Take the work."""
        self.begun.append(SlowTask(work, on_done, on_failed))
        return self.begun[-1]

    def run_long(
        self,
        owner: QObject,  # noqa: ARG002 - as above
        work: LongWork,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> LongTask:
        """Take long work."""
        task = SlowLongTask(work, on_done, on_failed)
        self.begun.append(task)
        return task

    def finish(self) -> None:
        """Let all that was begun end, in order."""
        waiting, self.begun = self.begun, []
        for task in waiting:
            task.do()


@dataclass
class RoomBench:
    """A desk, and what its rooms told the rest of the app."""

    store: Store
    catalogue: Catalogue
    clock: FixedClock
    ask: FakeAsk = field(default_factory=FakeAsk)
    tasks: SlowTasks = field(default_factory=SlowTasks)
    went: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.navigation, self.news = Navigation(), News()
        self.navigation.went.connect(self.went.append)
        self.store.listen(self.news.tell)
        self.desk = Desk(
            store=self.store,
            catalogue=self.catalogue,
            words=words(),
            clock=self.clock,
            ask=self.ask,
            tasks=self.tasks,
            navigation=self.navigation,
            news=self.news,
            folder=Path("unused"),
        )

    def show(self, control: Screen) -> None:
        """Show a room as the window does; what is written reaches it."""
        self.news.changed.connect(control.refresh)
        control.page.resize(1024, 768)
        control.page.show()
        settle()

    def patient(self, identifier: str = "40-1187", given: str = "Amira") -> Patient:
        """Add a patient."""
        facts = PatientFacts(identifier, given, "Haddad", PartialDate(2023, 3, 14))
        return self.store.patients.add(facts)

    def signed(self, patient: Patient, day: PartialDate, level: int) -> Visit:
        """Sign a five-feature sheet with every item on one level."""
        visit = self.store.visits.start(patient.id, day, "09:00")
        for key in self.catalogue.find("five_feature").keys:
            self.store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(level)))
        return self.store.visits.sign(visit.id, "I scored this visit.")

    def treated(self, patient: Patient, agent: str = "ivig") -> Treatment:
        """Record a treatment from 6 January 2026 on."""
        return self.store.treatments.add(
            patient.id, TreatmentFacts(agent=agent, start=PartialDate(2026, 1, 6))
        )

    def course(self, identifier: str = "40-1187", given: str = "Amira") -> Patient:
        """Add a patient with two visits around an immunoglobulin."""
        patient = self.patient(identifier, given)
        self.treated(patient)
        self.signed(patient, PartialDate(2026, 1, 5), 2)
        self.signed(patient, PartialDate(2026, 1, 20), 1)
        return patient


def settle() -> None:
    """Let Qt lay out, and delete what was put away."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def texts(widget: QWidget) -> list[str]:
    """Return every text that a widget shows."""
    settle()
    return [
        one.text() for one in widget.findChildren(QLabel) if one.text() and one.isVisibleTo(widget)
    ]


def nameless(widget: QWidget) -> list[str]:
    """Return what can be reached by keys and says nothing to a screen reader."""
    return [
        repr(one)
        for one in widget.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisibleTo(widget)
        and one.focusProxy() is None
        and not _spoken(one)
    ]


def _spoken(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""
