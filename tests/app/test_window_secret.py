"""The window on locked records when the command line hands over the passphrase."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.records.keys.keyfile import CodeState
from app.records.keys.vault import code_state, note_code
from app.running import Running, application
from app.screens.opening.page import OpeningPage
from tests.app.conftest import CLOCK, SECRET
from tests.asking import FakeAsk


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


def test_a_code_that_is_not_known_to_be_kept_is_asked_after(running: Running) -> None:
    """At each start, until somebody says that it is written down; then never again."""
    for state, is_asked in ((CodeState.SHOWN, True), (CodeState.KEPT, False)):
        note_code(running._folder, state)
        running.start(SECRET)
        assert running.window.message.isVisibleTo(running.window) is is_asked
        assert "recovery code" in running.window.message.text
        running.desk.store.close()


def test_closing_on_a_code_asks(qtbot: QtBot, tmp_path: Path) -> None:
    """It is not shown again: the window stays until somebody agrees."""
    ask = FakeAsk(yes=False)
    running = Running(application(), tmp_path / "new", CLOCK, ask=ask)
    qtbot.addWidget(running.window)
    running.start()
    running.window.show()
    page = running.window.page
    assert isinstance(page, OpeningPage)
    for field, text in (("name", "Ada"), ("passphrase", SECRET), ("again", SECRET)):
        getattr(page.first_run, field).edit.setText(text)
    page.first_run.role.set_value("nurse")
    page.first_run.make.click()
    running.finish_tasks()
    running.window.close()
    assert (ask.asked, running.window.isVisible()) == (["Go on without the recovery code?"], True)
    ask.yes = True
    running.window.close()
    assert not running.window.isVisible()
    assert code_state(tmp_path / "new") is CodeState.SHOWN
    running.stop()


def _asking(running: Running) -> str:
    """Return what stands below the field that asks for the passphrase."""
    page = running.window.page
    assert isinstance(page, OpeningPage)
    return page.unlock.secret.below.text()


def test_a_passphrase_that_does_not_fit_is_said_where_it_is_asked_for(running: Running) -> None:
    """The page that asks says it in one sentence, and waits."""
    running.start("not this one")
    assert "does not open" in _asking(running)


def test_after_wrong_passphrases_the_next_one_has_to_wait(running: Running) -> None:
    """The page says for how long, and tries nothing meanwhile; it holds nobody up."""
    running.start()
    page = running.window.page
    assert isinstance(page, OpeningPage)
    for secret in ("not this one", "nor that one", "nor another", SECRET):
        page.unlock.secret.edit.setText(secret)
        page.unlock.open_button.click()
        running.finish_tasks()
    assert "Please wait 2 seconds" in _asking(running)
    assert isinstance(running.window.page, OpeningPage)


def test_without_a_passphrase_nothing_is_blamed(running: Running) -> None:
    """The page that asks shows no sentence before anything was typed."""
    running.start()
    assert _asking(running) == ""


@pytest.fixture
def unprotected(qtbot: QtBot, demo_folder: Path, tmp_path: Path) -> Iterator[Running]:
    """Return the app on a copy of records that anyone can open, not started."""
    folder = Path(shutil.copytree(demo_folder, tmp_path / "open"))
    running = Running(application(), folder, CLOCK)
    qtbot.addWidget(running.window)
    yield running
    running.stop()


def test_a_passphrase_for_records_that_anyone_can_open_opens_nothing(unprotected: Running) -> None:
    """They are not those that were meant; trying again does not let them in either."""
    unprotected.start(SECRET)
    unprotected.window.show()
    for _ in range(2):
        page = unprotected.window.page
        assert isinstance(page, OpeningPage)
        assert page.trouble.isVisible()
        assert "anyone can open them" in page.trouble.text.text()
        page.trouble.retry.click()
