"""What is missing on a machine is said in one line that mends it."""

import importlib.util
import sys

import pytest

from app import prerequisites


def test_nothing_is_said_on_a_ready_machine() -> None:
    """A machine that runs these tests lacks no library of the offscreen start."""
    lacking = set(prerequisites.missing_libraries())
    assert "libEGL.so.1" not in lacking


def test_a_missing_library_is_named_with_the_line_that_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one apt-get line is printed and the status is 2."""
    monkeypatch.setattr(prerequisites, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    monkeypatch.setattr(sys, "argv", ["prerequisites.py"])
    monkeypatch.setattr(sys, "platform", "linux")
    assert prerequisites.main() == 2
    told = capsys.readouterr().err
    assert "libnowhere.so.9" in told
    assert prerequisites.APT_LINE in told


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older Python is told which one is needed."""
    monkeypatch.setattr(prerequisites, "OLDEST_PYTHON", (99, 0))
    assert "needs Python" in prerequisites.problem()


def test_other_systems_need_no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS bring what Qt needs."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert prerequisites.missing_libraries() == []


def test_a_python_without_venv_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian's Python without venv is told its package."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "python3-venv" in prerequisites.problem()


def test_a_ready_machine_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing missing is status 0; the packages can be listed for a script."""
    monkeypatch.setattr(prerequisites, "LIBRARIES", {})
    monkeypatch.setattr(sys, "argv", ["prerequisites.py"])
    assert prerequisites.main() == 0


def test_the_packages_can_be_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script can ask for the names of the packages alone."""
    monkeypatch.setattr(sys, "argv", ["prerequisites.py", "--packages"])
    assert prerequisites.main() == 0
    assert capsys.readouterr().out.strip() == prerequisites.PACKAGES


@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")])
def test_a_display_is_seen(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Either kind of display counts; without both there is none."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not prerequisites.has_display()
    monkeypatch.setenv(name, value)
    assert prerequisites.has_display()


def test_other_systems_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS show windows without saying where."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert prerequisites.has_display()
