"""A window that several people share: records of two users, and time that is moved by hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.clock import Machine, Moment
from app.dates import PartialDate
from app.records.folder import Founder, create_folder
from app.records.keys.keyfile import Cost
from app.records.keys.slots import Slots
from app.records.keys.vault import unlock
from app.records.model import PatientFacts, Role
from app.running import Running, application
from app.screens.lock.control import LockControl
from scales.catalogue import load_catalogue
from tests.asking import FakeAsk

ANN, BEN = "a horse in the rain", "seven quiet boats"
SECRETS = {"Ann": ANN, "Ben": BEN}
PIN = "4711"
CONTROL = Qt.KeyboardModifier.ControlModifier
NOTHING = Qt.KeyboardModifier.NoModifier


class HandTime:
    """The clock on the wall and the ticks of the machine, both moved by hand."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 21, 9, tzinfo=UTC)
        self._ticks = self._asleep = 0

    def now(self) -> Moment:
        """Return the instant on the wall."""
        return Moment(self._now, 0)

    def today(self) -> date:
        """Return the day on the wall."""
        return self._now.date()

    def ticks(self) -> int:
        """Return the milliseconds that only grow."""
        return self._ticks

    def asleep(self) -> int:
        """Return the milliseconds that the machine has slept."""
        return self._asleep

    def pass_by(self, seconds: float) -> None:
        """Let time go by."""
        self._now += timedelta(seconds=seconds)
        self._ticks += int(seconds * 1000)

    def sleep(self, seconds: float) -> None:
        """Let time go by on the wall, while the ticks stand and the machine counts its sleep."""
        self._now += timedelta(seconds=seconds)
        self._asleep += int(seconds * 1000)


class SharedWindow:
    """The app on the records of Ann, a nurse who keeps them too, and of Ben, a physician."""

    def __init__(self, folder: Path, ask: FakeAsk | None = None) -> None:
        self.time = HandTime()
        self.folder = folder
        self.patients = _make(folder, self.time)
        self.ask = FakeAsk()
        self.running = Running(application(), folder, self.time, ask=ask)
        self.running.machine = Machine(self.time.ticks, self.time.asleep)
        self.running.guard.ticks = _unhurried()
        self.running.start(ANN)
        self.running.window.resize(1280, 800)
        self.running.window.show()
        self.running.window.activateWindow()
        self.settle()
        self.lock.stillness._timer.stop()  # time goes by where the test says so

    @property
    def lock(self) -> LockControl:
        """The lock of the window."""
        work = self.running.work
        assert work is not None
        assert work.lock is not None
        return work.lock

    def is_locked(self) -> bool:
        """Say whether the pages are out of view."""
        return self.lock.is_locked

    def settle(self) -> None:
        """Let everything that is under way come to its end."""
        for _ in range(6):
            self.running.finish_tasks()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait(self, minutes: float) -> None:
        """Let nobody touch anything for so many minutes, looked at as the app looks."""
        for _ in range(int(minutes * 6)):
            self.time.pass_by(10)
            self.lock.stillness.look()
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        """Press a key where the focus is."""
        self.time.pass_by(1)
        QTest.keyClick(self.focused, key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self.focused, text)
        QApplication.processEvents()

    @property
    def focused(self) -> QWidget:
        """What has the focus; without it nothing can be typed."""
        found = QApplication.focusWidget()
        assert found is not None, "Nothing in the window has the focus."
        return found

    def lock_with_pin(self, pin: str = PIN) -> None:
        """Lock by the keys; without a PIN yet, this one is chosen before, as in Settings."""
        pins, user = self.running.desk.shift.pins, self.running.desk.store.user.id
        if not pins.has(user):
            pins.choose(user, pin)
        self.press(Qt.Key.Key_L, CONTROL)
        self.settle()

    def choose_pin(self, pin: str = PIN) -> None:
        """Choose a PIN where one is offered."""
        new = self.lock.page.new_pin
        new.pin.edit.setText(pin)
        new.again.edit.setText(pin)
        new.take.click()
        self.settle()

    def type_pin(self, pin: str = PIN) -> None:
        """Type a PIN at the locked window."""
        self.lock.page.pin.pin.edit.setFocus()
        self.type(pin)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def give_passphrase(self, secret: str) -> None:
        """Type a passphrase at the locked window."""
        self.lock.page.secret.secret.edit.setFocus()
        self.type(secret)
        self.press(Qt.Key.Key_Return)
        self.settle()

    def hand_to(self, name: str) -> None:
        """Lock, and let somebody else in by the passphrase."""
        self.press(Qt.Key.Key_L, CONTROL)
        self.give_passphrase(SECRETS[name])

    @property
    def acting(self) -> str:
        """The name of who acts now."""
        return self.running.desk.store.user.name

    def begin_visit(self, patient: str) -> str:
        """Begin a visit of a patient today, in the name of who acts."""
        day = self.time.today()
        moment = f"{self.time.now().local:%H:%M}"
        visits = self.running.desk.store.visits
        return visits.start(patient, PartialDate(day.year, day.month, day.day), moment).id


@contextmanager
def shared_window(folder: Path, ask: FakeAsk | None = None) -> Iterator[SharedWindow]:
    """Lend a window that is shown, and stop it afterwards."""
    shared = SharedWindow(folder, ask)
    try:
        yield shared
    finally:
        shared.running.stop()


def _make(folder: Path, time: HandTime) -> tuple[str, ...]:
    cheap, founder = Cost(passes=1, memory_kib=128, lanes=1), Founder("Ann", Role.NURSE)
    store, _ = create_folder(
        folder, founder, ANN, clock=time, catalogue=load_catalogue(), cost=cheap
    )
    ben = store.users.add("Ben", Role.PHYSICIAN)
    Slots(folder, unlock(folder, ANN).key, cheap).give(ben, BEN)
    names = (("Mia", "Keller"), ("Jonas", "Brandt"), ("Amira", "Haddad"), ("Leo", "Sand"))
    born = PartialDate(2021, 5, 3)
    patients = tuple(
        store.patients.add(PatientFacts(f"40-{number}", given, family, born)).id
        for number, (given, family) in enumerate(names)
    )
    store.close()
    return patients


def _unhurried() -> Callable[[], int]:
    told = iter(range(0, 10**9, 1000))
    return lambda: next(told)
