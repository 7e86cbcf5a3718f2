"""The window on a small screen and on a large one, and as it was left."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.language import words
from app.screens import window as module
from app.screens.window import Window
from app.settings import StationFile, StationSettings


@pytest.mark.parametrize(("usual", "fills"), [(QSize(3000, 2000), True), (QSize(400, 300), False)])
def test_it_fills_a_screen_that_its_frame_would_leave(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, usual: QSize, *, fills: bool
) -> None:
    """So no button ends below the edge of the screen."""
    monkeypatch.setattr(module, "_USUAL", usual)
    one = Window(words())
    qtbot.addWidget(one)
    one.allow_close()
    one.appear(StationSettings())
    assert one.isVisible()
    assert one.isMaximized() is fills


@pytest.mark.parametrize(
    "left", [StationSettings(500, 400), StationSettings(500, 400, is_maximized=True)]
)
def test_it_comes_back_as_it_was_left(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, left: StationSettings
) -> None:
    """Its size is a matter of this machine, whoever looks."""
    monkeypatch.setattr(module, "_SMALLEST", QSize(300, 200))
    one = Window(words())
    one.setMinimumSize(300, 200)
    qtbot.addWidget(one)
    one.allow_close()
    one.appear(left)
    assert one.left() == left


@pytest.mark.parametrize("content", [None, b"", b"{", b'{"\xe4": 1}', b'{"width": "x"}'])
def test_a_station_that_remembers_nothing_starts_as_usual(
    tmp_path: Path, content: bytes | None
) -> None:
    """A file that is gone or broken is no trouble worth a word."""
    if content is not None:
        (tmp_path / "window.json").write_bytes(content)
    assert StationFile(tmp_path).read() == StationSettings()


def test_what_the_station_remembers_stays_on_the_machine(tmp_path: Path) -> None:
    """It is kept in a folder of its own, made when it is needed, or not at all."""
    kept = StationFile(tmp_path / "stations")
    kept.write(StationSettings(1400, 900))
    assert kept.read() == StationSettings(1400, 900)
    (tmp_path / "file").write_bytes(b"")
    StationFile(tmp_path / "file").write(StationSettings(1, 1))


def test_a_window_that_is_looked_for_comes_up(qtbot: QtBot) -> None:
    """Out of the task bar, too, and as large as it was."""
    window = Window(words())
    qtbot.addWidget(window)
    window.allow_close()
    window.showMaximized()
    window.showMinimized()
    window.bring_up()
    assert (window.isMinimized(), window.isMaximized(), window.isVisible()) == (False, True, True)
