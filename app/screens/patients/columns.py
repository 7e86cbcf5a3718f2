"""Where the columns of the list stand: the head and the lines share them."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

EDGE = 24
_GAP = 18
_COURSE = 124
_NARROW_COURSE = 80
_WIDEST_TEXTS = ("about 9 y 10 m", "DEMO-10000", "28 Sep 2026", "Five features: no total")


@dataclass(frozen=True, slots=True)
class Columns:
    """One rectangle a column, from left to right.

    Where room is short the identifier has no column of its own and stands below the diagnosis.
    """

    name: QRect
    age: QRect
    identifier: QRect | None
    diagnosis: QRect
    last_visit: QRect
    total: QRect
    course: QRect


def columns_in(rect: QRect, metrics: QFontMetrics) -> Columns:
    """Share a line's width: short texts get what they need, name and diagnosis the rest."""
    inner = rect.adjusted(EDGE, 0, -EDGE, 0)
    age, identifier, visit, total = (_room_for(text, metrics) for text in _WIDEST_TEXTS)
    fixed = age + identifier + visit + total + _COURSE + 6 * _GAP
    is_wide = inner.width() - fixed >= metrics.averageCharWidth() * 45
    course = _COURSE if is_wide else _NARROW_COURSE
    if not is_wide:
        fixed -= identifier + _GAP + _COURSE - _NARROW_COURSE
    rest = max(0, inner.width() - fixed)
    name = rest * 11 // 20
    take = _Taker(inner)
    return Columns(
        name=take(name),
        age=take(age),
        identifier=take(identifier) if is_wide else None,
        diagnosis=take(rest - name),
        last_visit=take(visit),
        total=take(total),
        course=take(course),
    )


def _room_for(text: str, metrics: QFontMetrics) -> int:
    """Return the width of a text in bold, which the plain font is asked for."""
    return metrics.horizontalAdvance(text) * 107 // 100 + 2


class _Taker:
    """Takes widths from the left of a line, with a gap after each."""

    def __init__(self, line: QRect) -> None:
        self._line = line
        self._left = line.left()

    def __call__(self, width: int) -> QRect:
        """Return the next ``width`` pixels."""
        taken = QRect(self._left, self._line.top(), width, self._line.height())
        self._left += width + _GAP
        return taken
