"""The window on locked records when the command line hands over the passphrase."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.running import Running, application
from app.screens.opening.page import OpeningPage
from tests.app.conftest import CLOCK, SECRET


@pytest.fixture
def running(qtbot: QtBot, locked_folder: Path, tmp_path: Path) -> Iterator[Running]:
    """Return the app on a copy of locked records, not started."""
    folder = Path(shutil.copytree(locked_folder, tmp_path / "data"))
    running = Running(application(), folder, CLOCK)
    qtbot.addWidget(running.window)
    yield running
    running.stop()


def test_the_right_passphrase_opens_straight_away(running: Running) -> None:
    """Nobody is asked for what was given already."""
    running.start(SECRET)
    assert running.desk.store.user.name == "Ada"


def _asking(running: Running) -> str:
    """Return what stands below the field that asks for the passphrase."""
    page = running.window.page
    assert isinstance(page, OpeningPage)
    return page.unlock.secret.below.text()


def test_a_passphrase_that_does_not_fit_is_said_where_it_is_asked_for(running: Running) -> None:
    """The page that asks says it in one sentence, and waits."""
    running.start("not this one")
    assert "does not open" in _asking(running)


def test_without_a_passphrase_nothing_is_blamed(running: Running) -> None:
    """The page that asks shows no sentence before anything was typed."""
    running.start()
    assert _asking(running) == ""
