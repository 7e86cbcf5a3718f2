"""What a unit sets for itself. Empty is a value: an empty field prints a line to write on."""

from dataclasses import dataclass
from enum import StrEnum


class Paper(StrEnum):
    """A paper size."""

    A4 = "a4"
    LETTER = "letter"


class Theme(StrEnum):
    """A theme of the screen."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Settings:
    """The unit's settings; every default is safe to print."""

    site: str = ""
    phone: str = ""
    call_us: str = ""
    paper: Paper = Paper.A4
    theme: Theme = Theme.LIGHT
    baseline_days: int = 30
