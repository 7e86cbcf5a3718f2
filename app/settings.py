"""Settings, by whom they belong to: the unit, the user who looks, or this station.

Empty is a value: an empty field prints a line to write on. The unit's settings and the users' are
records and travel with them (``app.records.preferences``); a station's stay on its machine.
"""

from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec import Struct

from app.paths import make_private


class Paper(StrEnum):
    """A paper size."""

    A4 = "a4"
    LETTER = "letter"


class Theme(StrEnum):
    """A theme of the screen."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class TextSize(StrEnum):
    """How large the text of the screen is, in per cent of the usual."""

    USUAL = "100"
    LARGER = "125"
    LARGEST = "150"

    @property
    def percent(self) -> int:
        """The size as a number."""
        return int(self.value)


class AtSigning(StrEnum):
    """What is asked of whoever signs."""

    NOTHING = "nothing"
    PIN = "pin"


class RelapseAsked(StrEnum):
    """When the unit's rule asks whether a rise is a relapse."""

    AT_ONCE = "at_once"
    NEXT_TOTAL = "next_total"


class RelapseWording(StrEnum):
    """A ready definition of a relapse to show beside the unit's rule; nothing computes it."""

    NONE = "no_wording"
    ENCEPHALITIS = "encephalitis"


class Settings(Struct, frozen=True):
    """What the unit has set, and the user who looks; every default is safe to print.

    A weight is asked for where the last is older than ``weight_days``; the list can show who was
    not seen for longer than ``unseen_days``. A patient may be erased ``keep_years`` after the last
    entry, and not before the age of ``keep_until_age``; 0 is not set, and without years nobody is.
    The window locks itself once nobody has touched it for ``lock_minutes``, in an open visit for
    ``visit_lock_minutes``. A total of ``relapse_scale`` that stands ``relapse_points`` or more
    above its best is asked about as ``relapse_asked`` says; 0 points ask nothing.
    """

    site: str = ""
    phone: str = ""
    call_us: str = ""
    paper: Paper = Paper.A4
    theme: Theme = Theme.LIGHT
    text_size: TextSize = TextSize.USUAL
    baseline_days: int = 30
    weight_days: int = 90
    unseen_days: int = 180
    keep_years: int = 0
    keep_until_age: int = 0
    lock_minutes: int = 3
    visit_lock_minutes: int = 15
    at_signing: AtSigning = AtSigning.NOTHING
    relapse_points: Decimal = Decimal(0)
    relapse_scale: str = "oms"
    relapse_asked: RelapseAsked = RelapseAsked.AT_ONCE
    relapse_wording: RelapseWording = RelapseWording.NONE


OWN = frozenset({"theme", "text_size"})
"""The settings that belong to a user; all others are the unit's."""


class StationSettings(Struct, frozen=True):
    """What this machine remembers: how large its window was left, 0 by 0 before the first time."""

    width: int = 0
    height: int = 0
    is_maximized: bool = False


class StationFile:
    """Where a station's settings are kept, outside any records."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "window.json"

    def read(self) -> StationSettings:
        """Return the settings; the defaults where there are none that can be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=StationSettings)
        except (OSError, ValueError):  # damaged, or not even text
            return StationSettings()

    def write(self, settings: StationSettings) -> None:
        """Keep the settings; a machine that does not take them starts as usual next time."""
        with suppress(OSError):
            make_private(self._path.parent)
            self._path.write_bytes(msgspec.json.encode(settings))
