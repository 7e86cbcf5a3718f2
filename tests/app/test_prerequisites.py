"""What a machine lacks is installed where that is allowed, else said in one line."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from app import prerequisites
from app.prerequisites import UNSEEN_LIBRARIES, WINDOW_LIBRARIES, Machine, apt_line, prepare

SEEN = "libxcb-cursor.so.0"
UNSEEN = "libEGL.so.1"


@dataclass
class MadeUp(Machine):
    """A machine on which nothing really happens; installing brings what its package has."""

    lacks: set[str] = field(default_factory=set)
    commands: Sequence[str] = ("apt-get", "sudo")
    root: bool = False
    asked: bool = False
    display: bool = True
    venv: bool = True
    fails: bool = False
    ran: list[list[str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def is_loadable(self, library: str) -> bool:
        """Everything but what lacks is there."""
        return library not in self.lacks

    def has_command(self, command: str) -> bool:
        """Only these commands are there."""
        return command in self.commands

    def has_venv(self) -> bool:
        """As it was made up."""
        return self.venv

    def has_display(self) -> bool:
        """As it was made up."""
        return self.display

    def is_root(self) -> bool:
        """As it was made up."""
        return self.root

    def can_be_asked(self) -> bool:
        """As it was made up."""
        return self.asked

    def run(self, command: list[str]) -> tuple[int, str]:
        """Remember the command; an install that works leaves nothing missing."""
        self.ran.append(command)
        if "install" not in command:
            return 100, "no network\n"
        if self.fails:
            return 100, "E: no such package\n"
        self.lacks, self.venv = set(), True
        return 0, "much that nobody wants to read"

    def say(self, sentence: str) -> None:
        """Remember what was said."""
        self.said.append(sentence)


def test_a_ready_machine_is_told_nothing() -> None:
    """Nothing is run and nothing is said."""
    machine = MadeUp(root=True)
    assert prepare(machine) == 0
    assert (machine.ran, machine.said) == ([], [])


@pytest.mark.parametrize(
    ("root", "before"), [(True, ["env"]), (False, ["sudo", "env"])], ids=["root", "sudo"]
)
def test_what_lacks_is_installed_where_that_is_allowed(root: bool, before: list[str]) -> None:
    """As root, or by sudo at a terminal: one sentence, only what lacks, and apt is not heard."""
    machine = MadeUp({UNSEEN, SEEN}, root=root, asked=not root, venv=False)
    assert prepare(machine) == 0
    apt = [*before, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    packages = ["python3-venv", "libegl1", "libxcb-cursor0"]
    assert machine.ran == [
        [*apt, "update"],
        [*apt, "install", "-y", "--no-install-recommends", *packages],
    ]
    assert machine.said == [
        f"Installing what this system lacks; this happens once: {', '.join(packages)}."
    ]


@pytest.mark.parametrize(
    "machine",
    [
        MadeUp({UNSEEN}),
        MadeUp({UNSEEN}, asked=True, commands=("apt-get",)),
        MadeUp({UNSEEN}, root=True, commands=()),
    ],
    ids=["nobody can answer", "no sudo", "no apt"],
)
def test_where_it_may_not_the_line_is_printed(machine: MadeUp) -> None:
    """Nothing is run, the line names only what lacks, and the status is 2."""
    assert prepare(machine) == 2
    assert machine.ran == []
    (told,) = machine.said
    assert told.endswith(apt_line(["libegl1"]))


def test_without_a_display_nothing_is_asked_for_that_only_a_window_needs() -> None:
    """The tests and the unseen demo need no window."""
    lacking = set(WINDOW_LIBRARIES)
    unseen = MadeUp(set(lacking), root=True, display=False)
    assert (prepare(unseen), unseen.ran, unseen.said) == (0, [], [])
    seen = MadeUp(set(lacking), display=True)
    assert prepare(seen) == 2
    assert all(package in seen.said[0] for package in WINDOW_LIBRARIES.values())
    assert prepare(MadeUp(set(UNSEEN_LIBRARIES), display=False)) == 2


def test_an_install_that_fails_is_heard_and_the_line_printed() -> None:
    """What apt said comes first, then what to do."""
    machine = MadeUp({UNSEEN}, root=True, fails=True)
    assert prepare(machine) == 2
    assert machine.said[1] == "no network\nE: no such package"
    assert machine.said[2].endswith(apt_line(["libegl1"]))


def test_a_command_that_opens_the_window_can_say_what_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the line that mends it; nothing where nothing lacks."""
    monkeypatch.setattr(prerequisites, "Machine", lambda: MadeUp({UNSEEN}))
    assert prerequisites.problem().endswith(apt_line(["libegl1"]))
    monkeypatch.setattr(prerequisites, "Machine", MadeUp)
    assert prerequisites.problem() == ""


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An older Python is told which one is needed."""
    monkeypatch.setattr(prerequisites, "OLDEST_PYTHON", (99, 0))
    machine = MadeUp({UNSEEN}, root=True)
    assert prepare(machine) == 2
    assert machine.ran == []
    assert "needs Python" in machine.said[0]


def test_other_systems_need_no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS bring what Qt needs."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert prepare(MadeUp({UNSEEN}, venv=False)) == 0


def test_the_real_machine_is_asked_and_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """A library, a command and a module are found or not; what a command said comes back."""
    machine = Machine()
    assert machine.is_loadable(UNSEEN)
    assert not machine.is_loadable("libnowhere.so.9")
    assert not machine.has_command("no-such-command")
    assert isinstance(machine.is_root(), bool)
    assert not machine.can_be_asked()
    assert machine.run([sys.executable, "-c", "print('told'); exit(3)"]) == (3, "told\n")
    machine.say("one sentence")
    assert capsys.readouterr().err == "one sentence\n"


def test_a_ready_machine_may_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The status is what make goes by; a stop by hand is no fault."""
    monkeypatch.setattr(prerequisites, "prepare", lambda _machine: 0)
    assert prerequisites.main() == 0

    def stopped(_machine: Machine) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(prerequisites, "prepare", stopped)
    assert prerequisites.main() == 130


@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")])
def test_a_display_is_seen(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Either kind of display counts; without both there is none."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not Machine().has_display()
    monkeypatch.setenv(name, value)
    assert Machine().has_display()


def test_other_systems_have_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS show windows without saying where."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert prerequisites.has_display()
