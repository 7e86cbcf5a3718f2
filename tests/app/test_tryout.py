"""What make run does: the window where there is a display, the journey where there is none."""

import os
from pathlib import Path

import pytest

from app import tryout


def test_with_a_display_the_window_opens_on_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's records are touched: it is the throw-away demo, and its status is handed on."""
    asked: list[tuple[object, bool]] = []

    def run_window(data: object, *, demo: bool) -> int:
        asked.append((data, demo))
        return 7

    monkeypatch.setattr("app.start.run_window", run_window)
    monkeypatch.setattr(tryout, "has_display", lambda: True)
    assert tryout.main() == 7
    assert asked == [(None, True)]


def test_without_a_display_the_journey_plays_and_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence says why nothing opens and where the pictures go; Qt needs no screen."""
    played: list[Path] = []

    def play(folder: Path) -> int:
        played.append(folder)
        return 0

    monkeypatch.setattr("app.journey.play", play)
    monkeypatch.setattr(tryout, "has_display", lambda: False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert tryout.main() == 0
    assert played == [tryout.OUTPUT]
    assert capsys.readouterr().out.count("There is no display here") == 1
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
