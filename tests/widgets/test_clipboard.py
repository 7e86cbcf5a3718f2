"""The clipboard: the app takes away what it put there, and nothing of anybody else."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from widgets import clipboard


def test_what_was_put_there_is_taken_back(qtbot: QtBot) -> None:
    """Once; an empty clipboard is left alone."""
    assert qtbot is not None
    clipboard.put("77-77")
    assert QGuiApplication.clipboard().text() == "77-77"
    clipboard.take_back()
    clipboard.take_back()
    assert QGuiApplication.clipboard().text() == ""


def test_what_somebody_else_put_there_stays(qtbot: QtBot) -> None:
    """It has no mark of ours."""
    assert qtbot is not None
    clipboard.put("77-77")
    QGuiApplication.clipboard().setText("a telephone number")
    clipboard.take_back()
    assert QGuiApplication.clipboard().text() == "a telephone number"


def test_a_text_with_a_time_goes_by_itself(qtbot: QtBot) -> None:
    """Only that text: a later one of ours stays."""
    held = QGuiApplication.clipboard()
    clipboard.put("77-77", goes_after_ms=1)
    qtbot.waitUntil(lambda: held.text() == "")
    clipboard.put("a visit as text")
    clipboard.take_back(b"another mark")
    assert held.text() == "a visit as text"
