"""The true time axis of a drawing: days to pixels."""

from msgspec import Struct
from msgspec.structs import replace


class TimeScale(Struct, frozen=True):
    """The true time axis: ``lowest`` to ``highest`` days over ``left`` to ``right`` pixels."""

    left: float
    right: float
    lowest: float
    highest: float

    @property
    def width(self) -> float:
        """How many pixels it is wide."""
        return self.right - self.left

    @property
    def days_per_pixel(self) -> float:
        """How many days one pixel is wide."""
        return (self.highest - self.lowest) / max(1.0, self.right - self.left)

    def px(self, x: float) -> float:
        """Return the pixel of a day; a scale without extent has every day in its middle."""
        if self.highest <= self.lowest:
            return (self.left + self.right) / 2
        share = (x - self.lowest) / (self.highest - self.lowest)
        return self.left + share * (self.right - self.left)

    def holds(self, x: float) -> bool:
        """Whether a day is in view."""
        return self.lowest <= x <= self.highest

    def zoomed(self, at: float, factor: float) -> "TimeScale":
        """Return the scale that shows so many times more days; a day stays at its pixel."""
        lowest = at - (at - self.lowest) * factor
        highest = at + (self.highest - at) * factor
        return replace(self, lowest=lowest, highest=highest)

    def day(self, px: float) -> float:
        """Return the day at a pixel."""
        return self.lowest + (px - self.left) * self.days_per_pixel

    def moved(self, days: float) -> "TimeScale":
        """Return the same scale so many days later."""
        return replace(self, lowest=self.lowest + days, highest=self.highest + days)
