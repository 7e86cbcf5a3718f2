"""The window on a small screen and on a large one."""

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.language import words
from app.screens import window as module
from app.screens.window import Window


@pytest.mark.parametrize(("usual", "fills"), [(QSize(3000, 2000), True), (QSize(400, 300), False)])
def test_it_fills_a_screen_that_its_frame_would_leave(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, usual: QSize, *, fills: bool
) -> None:
    """So no button ends below the edge of the screen."""
    monkeypatch.setattr(module, "_USUAL", usual)
    one = Window(words())
    qtbot.addWidget(one)
    one.allow_close()
    one.appear()
    assert one.isVisible()
    assert one.isMaximized() is fills
