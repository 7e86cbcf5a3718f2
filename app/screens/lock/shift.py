"""What the window knows of those who share it: their PINs, and when it was locked last."""

from app.clock import Moment
from app.screens.lock.pins import Pins


class Shift:
    """Lives as long as the window; nothing of it is stored."""

    def __init__(self, pins: Pins | None = None) -> None:
        self.pins = Pins() if pins is None else pins
        self.locked: Moment | None = None
