"""Where the columns of the list stand: the head and the lines share them."""

from msgspec import Struct
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

EDGE = 24
_GAP = 18
_COURSE = 124
_NARROW_COURSE = 80
_ROOMY_LETTERS = 45
_ENOUGH_LETTERS = 36
_WIDEST_TEXTS = ("about 9 y 10 m", "DEMO-10000", "28 Sep 2026", "Five features: no total")


class Columns(Struct, frozen=True):
    """One rectangle a column, from left to right; a column that has no room is ``None``.

    Without its own column the identifier stands below the diagnosis; without that, above the age.
    """

    name: QRect
    age: QRect
    identifier: QRect | None
    diagnosis: QRect | None
    last_visit: QRect
    total: QRect
    course: QRect | None


def columns_in(rect: QRect, metrics: QFontMetrics) -> Columns:
    """Share a line's width: short texts get what they need, name and diagnosis the rest.

    The name never gives way: first the identifier moves, then diagnosis and course leave.
    """
    line = rect.adjusted(EDGE, 0, -EDGE, 0)
    age, identifier, visit, total = (_room_for(text, metrics) for text in _WIDEST_TEXTS)
    letter = metrics.averageCharWidth()
    needed = age + visit + total + 5 * _GAP
    wide = line.width() - needed - identifier - _GAP - _COURSE
    narrow = line.width() - needed - _NARROW_COURSE
    if wide >= letter * _ROOMY_LETTERS:
        widths = (wide * 11 // 20, age, identifier, wide * 9 // 20, visit, total, _COURSE)
    elif narrow >= letter * _ENOUGH_LETTERS:
        widths = (narrow * 11 // 20, age, 0, narrow * 9 // 20, visit, total, _NARROW_COURSE)
    else:
        widths = (line.width() - needed + 2 * _GAP, age, 0, 0, visit, total, 0)
    return _Taker(line).columns(widths)


def _room_for(text: str, metrics: QFontMetrics) -> int:
    """Return the width of a text in bold, which the plain font is asked for."""
    return metrics.horizontalAdvance(text) * 107 // 100 + 2


class _Taker:
    """Takes widths from the left of a line, with a gap after each."""

    def __init__(self, line: QRect) -> None:
        self._line = line
        self._left = line.left()

    def columns(self, widths: tuple[int, int, int, int, int, int, int]) -> Columns:
        """Return the columns of these widths; one of no width is left out."""
        name, age, identifier, diagnosis, visit, total, course = widths
        return Columns(
            name=self._take(name),
            age=self._take(age),
            identifier=self._take(identifier) if identifier else None,
            diagnosis=self._take(diagnosis) if diagnosis else None,
            last_visit=self._take(visit),
            total=self._take(total),
            course=self._take(course) if course else None,
        )

    def _take(self, width: int) -> QRect:
        taken = QRect(self._left, self._line.top(), width, self._line.height())
        self._left += width + _GAP
        return taken
