"""Where things are: what ships with the app, and where a user's data live."""

import os
from pathlib import Path

APP_NAME = "oms-bedside"
ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
FONTS = RESOURCES / "fonts"
THEMES = RESOURCES / "themes"
LISTS = RESOURCES / "lists"
LOCALES = RESOURCES / "locale"
HAZARDS = RESOURCES / "hazards.toml"
DEMO = RESOURCES / "demo"


def default_data_folder() -> Path:
    """Return the folder that ``OMS_BEDSIDE_DATA`` names, else the platform's own place."""
    named = os.environ.get("OMS_BEDSIDE_DATA")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only a start without --data needs it

    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """Return the platform's own place for logs."""
    import platformdirs  # noqa: PLC0415 - only an error needs it

    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def station_folder() -> Path:
    """Return where this machine notes which station it is in each data folder.

    ``OMS_BEDSIDE_STATE`` names another place.
    """
    named = os.environ.get("OMS_BEDSIDE_STATE")
    if named:
        return Path(named)
    import platformdirs  # noqa: PLC0415 - a demo needs none

    return Path(platformdirs.user_state_dir(APP_NAME, appauthor=False)) / "stations"


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner's eyes only.

    One that is there stays as it is. OSError where the disk refuses.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        # With parents=True the mode would be that of the last one alone.
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
