"""The demo, which an empty list offers: in a window of its own."""

import sys

from PySide6.QtCore import QProcess

from app.paths import ROOT


def open_demo() -> bool:
    """Start the demo beside this window, on a throw-away copy; say whether it started."""
    started, _process = QProcess.startDetached(sys.executable, ["-m", "app", "--demo"], str(ROOT))
    return started
