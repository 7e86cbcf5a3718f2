"""What must be on a machine before anything is installed; run by make with the system's Python.

On Debian and Ubuntu what lacks is installed where that is allowed: as root, or by sudo at a
terminal where somebody can answer. Everywhere else one line says what is needed.
Only the standard library is used, and only syntax that an older Python can read, so that a
machine that lacks something gets one clear line instead of a traceback.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
UNSEEN_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt needs even where nothing is shown, with the package that has it."""
WINDOW_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What only a real window needs besides."""
VENV = "python3-venv"


ALL_PACKAGES = (VENV, "make", *UNSEEN_LIBRARIES.values(), *WINDOW_LIBRARIES.values())
"""Everything that a Debian or Ubuntu may lack, for those who install it by hand."""


class Machine:
    """What is asked of the machine and done on it; a test makes up its own."""

    def is_loadable(self, library: str) -> bool:
        """Return whether a shared library is there."""
        try:
            ctypes.CDLL(library)
        except OSError:
            return False
        return True

    def has_command(self, command: str) -> bool:
        """Return whether a command is there."""
        return shutil.which(command) is not None

    def has_venv(self) -> bool:
        """Return whether this Python can make an environment with pip in it."""
        return importlib.util.find_spec("ensurepip") is not None

    def has_display(self) -> bool:
        """Return whether a window can be shown here."""
        return has_display()

    def is_root(self) -> bool:
        """Return whether anything may be installed without asking."""
        return hasattr(os, "geteuid") and os.geteuid() == 0

    def can_be_asked(self) -> bool:
        """Return whether somebody sits at a terminal and can answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def run(self, command: "list[str]") -> "tuple[int, str]":
        """Run a command and return its status with all that it said."""
        done = subprocess.run(  # noqa: S603 - the commands stand below, nothing is typed
            command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        return done.returncode, done.stdout.decode(errors="replace")

    def say(self, sentence: str) -> None:
        """Say something to whoever runs this."""
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def apt_line(packages: "list[str]") -> str:
    """Return the one line that brings packages on Debian and Ubuntu."""
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def missing_packages(machine: Machine) -> "list[str]":
    """Return the packages that this Linux lacks; none elsewhere.

    Without a display nothing is asked for that only a real window needs.
    """
    if not sys.platform.startswith("linux"):
        return []
    wanted = dict(UNSEEN_LIBRARIES)
    if machine.has_display():
        wanted.update(WINDOW_LIBRARIES)
    lacking = [package for name, package in wanted.items() if not machine.is_loadable(name)]
    return lacking if machine.has_venv() else [VENV, *lacking]


def lacking_words(packages: "list[str]") -> str:
    """Return what to say where these packages are missing and may not be installed from here."""
    return "This machine lacks " + ", ".join(packages) + ". Install with:\n" + apt_line(packages)


def problem() -> str:
    """Return what is missing in words, with the line that mends it; empty if nothing is."""
    lacking = missing_packages(Machine())
    return lacking_words(lacking) if lacking else ""


def prepare(machine: Machine) -> int:
    """Bring what lacks where that is allowed, else say it; return 0 once nothing lacks, else 2."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        machine.say("OMS Bedside needs Python 3.11 or newer; this is Python " + found + ".")
        return 2
    lacking = missing_packages(machine)
    if lacking and _may_install(machine):
        lacking = _install(lacking, machine)
    if lacking:
        machine.say(lacking_words(lacking))
    return 2 if lacking else 0


def _may_install(machine: Machine) -> bool:
    if not machine.has_command("apt-get"):
        return False
    return machine.is_root() or (machine.has_command("sudo") and machine.can_be_asked())


def _install(packages: "list[str]", machine: Machine) -> "list[str]":
    """Install packages and return those that are missing still; apt is heard only if it fails."""
    named = ", ".join(packages)
    machine.say("Installing what this system lacks; this happens once: " + named + ".")
    apt = [] if machine.is_root() else ["sudo"]
    apt += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    # An index that cannot be fetched may still know the packages.
    _, first = machine.run([*apt, "update"])
    status, second = machine.run([*apt, "install", "-y", "--no-install-recommends", *packages])
    if status != 0:
        machine.say((first + second).strip())
        return packages
    importlib.invalidate_caches()
    return missing_packages(machine)


def main() -> int:
    """Bring or say what is missing; return 2 if anything still is, else 0."""
    try:
        return prepare(Machine())
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
