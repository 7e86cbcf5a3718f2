"""Text on the clipboard that the app put there, and can take away again without anybody else's."""

import os
from functools import partial

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

_OURS = "application/x-oms-bedside"
_NOT_KEPT = "x-kde-passwordManagerHint"
"""By this some programs that keep what was copied leave it out."""


def put(text: str, *, goes_after_ms: int = 0) -> None:
    """Put a text on the clipboard; with a time it goes by itself, if it is still there then."""
    mark = os.urandom(8)
    data = QMimeData()
    data.setText(text)
    data.setData(_OURS, mark)
    data.setData(_NOT_KEPT, b"secret")
    QGuiApplication.clipboard().setMimeData(data)
    if goes_after_ms:
        QTimer.singleShot(goes_after_ms, partial(take_back, mark))


def take_back(mark: bytes = b"") -> None:
    """Empty the clipboard where it holds what was put there: this text of ours, or any."""
    clipboard = QGuiApplication.clipboard()
    data = clipboard.mimeData()
    if data is not None and data.hasFormat(_OURS):
        there = bytes(data.data(_OURS).data())
        if not mark or there == mark:
            clipboard.clear()
