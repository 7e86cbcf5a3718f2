"""What a unit sets for itself. Empty is a value: an empty field prints a line to write on."""

from enum import StrEnum

from msgspec import Struct


class Paper(StrEnum):
    """A paper size."""

    A4 = "a4"
    LETTER = "letter"


class Theme(StrEnum):
    """A theme of the screen."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Settings(Struct, frozen=True):
    """What the unit has set, and the user who looks; every default is safe to print."""

    site: str = ""
    phone: str = ""
    call_us: str = ""
    paper: Paper = Paper.A4
    theme: Theme = Theme.LIGHT
    baseline_days: int = 30


OWN = frozenset({"theme"})
"""The settings that belong to a user; all others are the unit's."""
