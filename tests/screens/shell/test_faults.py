"""A fault of the app is logged without a patient's data, and said calmly."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.clock import FixedClock
from app.errors import Bug, Damage, Problems, UserError
from app.language import words
from app.screens import faults
from app.screens.faults import LOG, Faults
from scales.errors import AnswerRefused

NAME = "Amira Haddad"


@pytest.fixture
def said() -> list[str]:
    """Return the sentences that were shown."""
    return []


@pytest.fixture
def hook(tmp_path: Path, clock: FixedClock, said: list[str]) -> Iterator[Faults]:
    """Return the watch, put in place, writing its log into ``tmp_path``."""
    watch = Faults(words(), clock, lambda: tmp_path / "log")
    watch.happened.connect(said.append)
    watch.install()
    yield watch
    watch.remove()


def _raise(error: BaseException) -> None:
    try:
        _fail(error)
    except BaseException as raised:
        sys.excepthook(type(raised), raised, raised.__traceback__)


def _fail(error: BaseException) -> None:
    raise error


def _log(folder: Path) -> str:
    return (folder / "log" / LOG).read_text(encoding="utf-8")


@pytest.mark.usefixtures("hook")
def test_a_bug_is_logged_without_what_was_typed(tmp_path: Path, said: list[str]) -> None:
    """The log holds the type and the lines of code; a name in the message stays out."""
    _raise(ValueError(f"no such patient: {NAME}"))
    assert "ValueError" in _log(tmp_path)
    assert "test_faults.py" in _log(tmp_path)
    assert NAME not in _log(tmp_path)
    assert said[0].startswith("Something went wrong in the app. What you typed is saved.")


@pytest.mark.usefixtures("hook")
def test_causes_are_logged_the_same_way(tmp_path: Path) -> None:
    """The whole chain is told, and none of its values."""
    error = Bug("The records refused what the app asked of them.")
    error.__cause__ = KeyError(NAME)
    _raise(error)
    log = _log(tmp_path)
    assert log.index("KeyError") < log.index("app.errors.Bug: The records refused")
    assert NAME not in log


@pytest.mark.usefixtures("hook")
def test_values_of_our_own_errors_stay_out(tmp_path: Path) -> None:
    """Only the catalogue text is logged, its places left open; joined lines not at all."""
    error = Bug("Lost {name}.", name=NAME)
    error.__cause__ = Problems((f"patients.csv:2: {NAME}",))
    _raise(error)
    assert "Lost {name}." in _log(tmp_path)
    assert NAME not in _log(tmp_path)


@pytest.mark.usefixtures("hook")
@pytest.mark.parametrize(
    "error",
    [
        UserError("Please give {what}.", what="a date"),
        Damage("Please give {what}.", what="a date"),
        AnswerRefused("Please give {what}.", what="a date"),
    ],
)
def test_a_sentence_for_the_user_is_shown_as_it_is(
    tmp_path: Path, said: list[str], error: Exception
) -> None:
    """It is no fault of the app, so nothing is logged."""
    _raise(error)
    assert said == ["Please give a date."]
    assert not (tmp_path / "log").exists()


@pytest.mark.usefixtures("hook")
def test_an_exception_in_a_slot_is_seen(said: list[str], tmp_path: Path) -> None:
    """Qt swallows it otherwise."""

    class Button(QObject):
        clicked = Signal()

    def fail() -> None:
        raise RuntimeError(NAME)

    button = Button()
    button.clicked.connect(fail)
    button.clicked.emit()
    assert len(said) == 1
    assert NAME not in _log(tmp_path)


@pytest.mark.usefixtures("hook")
def test_an_exception_on_another_thread_is_seen(said: list[str], qapp: QApplication) -> None:
    """Work beside the window fails as visibly as the rest, on the screen's own thread."""

    def fail() -> None:
        raise RuntimeError(NAME)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qapp.processEvents()
    assert len(said) == 1


@pytest.mark.usefixtures("hook")
def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path, said: list[str]) -> None:
    """The sentence comes all the same."""
    (tmp_path / "log").write_text("in the way", "utf-8")
    _raise(ValueError())
    assert len(said) == 1


@pytest.mark.usefixtures("hook")
def test_the_log_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log beyond its size begins anew."""
    monkeypatch.setattr(faults, "_LARGEST", 10)
    _raise(ValueError())
    _raise(KeyError())
    assert "ValueError" not in _log(tmp_path)


@pytest.mark.usefixtures("hook")
def test_an_interruption_is_left_to_python(
    said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C is no fault."""
    seen: list[object] = []
    hook: Callable[..., None] = lambda *given: seen.append(given[0])  # noqa: E731 - one word long
    monkeypatch.setattr(sys, "__excepthook__", hook)
    _raise(KeyboardInterrupt())
    assert (said, seen) == ([], [KeyboardInterrupt])


def test_removed_it_watches_no_more(hook: Faults) -> None:
    """Whoever comes after has Python's own hook again."""
    hook.remove()
    assert sys.excepthook is sys.__excepthook__
