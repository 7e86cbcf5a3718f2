"""The demo journey leaves what it promises, and stops where the app fails."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.errors import Bug
from app.journey import play
from app.screens.chart.control import ChartControl

SCREENS = (
    "opening",
    "patients",
    "sheet",
    "guided",
    "summary",
    "chart",
    "treatments",
    "reports-physician",
    "reports-family",
    "settings",
)


def test_the_journey_leaves_every_screen_the_chart_and_both_pages(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is there and named on standard output."""
    assert qapp is not None
    out = tmp_path / "demo-output"
    assert play(out) == 0
    pictures = [f"screen-{name}.png" for name in SCREENS] + ["chart.png"]
    pages = ["physician.pdf", "family.pdf"]
    named = capsys.readouterr().out.split()
    assert sorted(named) == sorted(str(out / name) for name in (*pictures, *pages))
    assert all(not QImage(str(out / name)).isNull() for name in pictures)
    assert all((out / name).read_bytes().startswith(b"%PDF") for name in pages)


def test_a_fault_of_the_app_ends_the_journey(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for a success."""
    assert qapp is not None

    def fail(*_given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(ChartControl, "open", fail)
    monkeypatch.setattr("app.running.log_folder", lambda: tmp_path / "log")
    with pytest.raises(Bug, match="fault of the app"):
        play(tmp_path / "out")
