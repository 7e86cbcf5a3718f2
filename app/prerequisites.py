"""What must be on a machine before anything is installed; run by make with the system's Python.

Only the standard library is used, and only syntax that an older Python can read, so that a
machine that lacks something gets one clear line instead of a traceback.
"""

import ctypes
import importlib.util
import os
import sys

OLDEST_PYTHON = (3, 11)
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
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
PACKAGES = "python3-venv make " + " ".join(LIBRARIES.values())
APT_LINE = "sudo apt-get install -y " + PACKAGES


def _is_loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries() -> "list[str]":
    """Return the shared libraries that Qt needs and this Linux lacks; none elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in LIBRARIES if not _is_loadable(library)]


def problem() -> str:
    """Return what is missing in words, with the line that mends it; empty if nothing is."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return f"OMS Bedside needs Python 3.11 or newer; this is Python {found}."
    lacking = missing_libraries()
    if importlib.util.find_spec("ensurepip") is None:
        lacking.insert(0, "python3-venv")
    if not lacking:
        return ""
    return f"Missing on this machine: {', '.join(lacking)}. Install with:\n{APT_LINE}"


def has_display() -> bool:
    """Return whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Say what is missing on standard error; return 2 if anything is, else 0.

    With ``--packages`` only the names of the Debian packages are printed.
    """
    if sys.argv[1:] == ["--packages"]:
        sys.stdout.write(PACKAGES + "\n")
        return 0
    sentence = problem()
    if sentence:
        sys.stderr.write(sentence + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
