"""A second start with the same records brings the first window up, and ends.

Whoever holds the folder listens at a place that is its user's alone. Being reached is the whole
message: not a byte is sent either way. Where Qt's part for it cannot be loaded, since it needs
more of the system than the window does, a second start says that the records are open already.
"""

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from app.screens.tasks import Tasks

_MILLISECONDS = 2000
"""How long a second start waits for the first, which may just be drawing a long course."""


def network() -> ModuleType | None:
    """Load what listens and calls, on any thread; nothing where the system lacks a library."""
    try:
        from PySide6 import QtNetwork  # noqa: PLC0415 - no start waits for it
    except ImportError:  # pragma: no cover - on a bare system
        return None
    return QtNetwork


class FirstStart(QObject):
    """Hears of other starts with the same records, for whoever holds their folder.

    It begins to once what that takes was loaded beside the window, and ends with ``parent``.
    """

    found = Signal()

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = _place_of(folder)
        self._server: Any = None
        tasks.run_ahead(self, network, self.listen)

    @property
    def is_listening(self) -> bool:
        """Whether it hears of others by now."""
        return self._server is not None and bool(self._server.isListening())

    def listen(self, qt: ModuleType | None) -> None:
        """Hear of every start from now on, if the system has what that takes."""
        if qt is None or not self._place:
            return
        self._server = qt.QLocalServer(self)
        self._server.setSocketOptions(qt.QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        # With that option Qt puts it in place of what a process that was killed has left there.
        self._server.listen(self._place)

    @Slot()
    def _on_new_connection(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnectFromServer()
            caller.deleteLater()
        self.found.emit()


def brings_up_first(folder: Path) -> bool:
    """Call whoever holds a folder, and say whether its window answered."""
    qt, place = network(), _place_of(folder)
    if qt is None or not _is_own(place):
        return False
    caller = qt.QLocalSocket()
    caller.connectToServer(place)
    if not caller.waitForConnected(_MILLISECONDS):
        return False
    is_over = caller.state() == qt.QLocalSocket.LocalSocketState.UnconnectedState
    return is_over or bool(caller.waitForDisconnected(_MILLISECONDS))


def _place_of(folder: Path) -> str:
    """Return where a folder's window listens, by the folder itself, whatever it is called.

    Empty where there is no folder any more.
    """
    try:
        found = folder.stat()
    except OSError:  # whoever is refused by it says so
        return ""
    user = os.getuid() if sys.platform != "win32" else ""
    identity = f"{user}:{found.st_dev}:{found.st_ino}"
    name = f"oms-bedside-{hashlib.sha256(identity.encode()).hexdigest()[:24]}"
    if sys.platform == "win32":
        return name
    # A socket's path may have about a hundred letters, so it stands in no place of our own.
    return str(Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / name)


def _is_own(place: str) -> bool:
    """Say whether this user made what stands at a place; on Windows the system sees to that."""
    if sys.platform == "win32":
        return True
    try:
        return os.lstat(place).st_uid == os.getuid()
    except OSError:
        return False
