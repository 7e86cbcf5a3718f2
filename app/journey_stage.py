"""Hands and eyes for the demo journey: it acts on what a person would see, and keeps pictures."""

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.errors import N_, Bug
from app.language import Words
from app.running import Running
from app.screens.ask import Dialogs

SIZE = QSize(1280, 800)
Found = TypeVar("Found", bound=QWidget)


def unhurried() -> Callable[[], int]:
    """Return ticks of somebody who looks before each press, however fast the machine plays."""
    return count(step=1000).__next__


class Answering(Dialogs):
    """Saves every file into one folder, under the name that is next; asks nobody."""

    def __init__(self, words: Words, out: Path) -> None:
        super().__init__(words)
        self._out = out
        self.name = ""

    def save_path(
        self,
        parent: QWidget,  # noqa: ARG002 - as above
        title: str,  # noqa: ARG002 - as above
        suggested: str,
        pattern: str,  # noqa: ARG002 - as above
        on_path: Callable[[Path], None],
    ) -> None:
        """Answer at once."""
        on_path(self._out / (self.name or suggested))


class Stage:
    """A running app that is acted on; a fault of the app ends the journey."""

    def __init__(self, app: QApplication, running: Running, ask: Answering, out: Path) -> None:
        self._app = app
        self._ask = ask
        self._out = out
        self._faults: list[str] = []
        self.running = running
        running.faults.happened.connect(self._faults.append)

    def picture(self, name: str) -> None:
        """Keep a picture of the window once it stands still."""
        self.settle()
        self.tell(f"screen-{name}.png")
        self.running.window.grab().save(str(self._out / f"screen-{name}.png"))

    def click(self, start: str) -> None:
        """Click the button whose spoken name begins with ``start``."""
        self.settle()
        QTest.mouseClick(self._find(QAbstractButton, start), Qt.MouseButton.LeftButton)
        self.settle()

    def type_into(self, name: str, text: str) -> None:
        """Type into the field with this name."""
        self.settle()
        QTest.keyClicks(self._find(QLineEdit, name), text)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        self.settle()
        QTest.keyClick(self._app.focusWidget() or self.running.window, key)
        self.settle()

    def save(self, button: str, name: str) -> None:
        """Save a page with its button, under a name of ours."""
        path = self._out / name
        path.unlink(missing_ok=True)
        self._ask.name = name
        self.click(button)
        self.settle()
        if not path.is_file():
            raise Bug(N_("The journey asked for {name} in vain."), name=name)
        self.tell(name)

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file."""
        (self._out / name).write_bytes(content)
        self.tell(name)

    def tell(self, name: str) -> None:
        """Name a file on standard output."""
        sys.stdout.write(f"{self._out / name}\n")

    def settle(self) -> None:
        """Let everything that was begun come to its end; ``Bug`` if the app failed meanwhile."""
        self.running.finish_tasks()
        self._app.processEvents()
        if self._faults:
            raise Bug(N_("The journey met a fault of the app; its log tells where."))

    def _find(self, kind: type[Found], start: str) -> Found:
        page = self.running.window.page or self.running.window
        for widget in page.findChildren(kind):
            if widget.isVisible() and widget.accessibleName().startswith(start):
                return widget
        raise Bug(N_("The journey found nothing called “{name}”."), name=start)
