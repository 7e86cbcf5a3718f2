"""What keys do to a plot: which mark they step to, and how they move time."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.drawing.view import CourseView

STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -(10**6),
    Qt.Key.Key_End: 10**6,
}
"""How many marks a key moves on; Home and End are held at the ends."""
_PANS = {Qt.Key.Key_Left: 0.25, Qt.Key.Key_Right: -0.25}
"""By how much of its width a key with Shift moves time."""
_ZOOMS = {"+": 1 / 1.4, "-": 1.4}
"""How many times more days what is typed shows."""
_HOME = "0"


def moved_by_key(view: CourseView, event: QKeyEvent, at: float | None) -> CourseView | None:
    """Return what a key makes of a view; nothing where it asks nothing of time.

    The text of a key decides, on whatever keyboard. ``at`` is the pixel that stays where time is
    turned nearer, the middle without one.
    """
    left, right, text = view.scale.left, view.scale.right, event.text()
    if text in _ZOOMS:
        return view.zoomed((left + right) / 2 if at is None else at, _ZOOMS[text])
    if text == _HOME:
        return view.home()
    key = Qt.Key(event.key())
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in _PANS:
        return view.panned(_PANS[key] * (right - left))
    return None
