"""Where the columns of the list stand: the head and the lines share them."""

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics

EDGE = 24
GAP = 20
_COURSE_WIDTH = 130


@dataclass(frozen=True, slots=True)
class Columns:
    """One rectangle a column, from left to right; ``course`` is empty where room is short."""

    name: QRect
    age: QRect
    identifier: QRect
    diagnosis: QRect
    last_visit: QRect
    total: QRect
    course: QRect

    @property
    def rects(self) -> tuple[QRect, ...]:
        """All of them in order."""
        facts = (self.age, self.identifier, self.diagnosis, self.last_visit)
        return (self.name, *facts, self.total, self.course)


def columns_in(rect: QRect, metrics: QFontMetrics) -> Columns:
    """Share a line's width: short texts get what they need, name and diagnosis the rest."""
    letter = metrics.averageCharWidth()
    age, identifier, visit, total = letter * 10, letter * 11, letter * 12, letter * 16
    inner = rect.adjusted(EDGE, 0, -EDGE, 0)
    fixed = age + identifier + visit + total + _COURSE_WIDTH + 6 * GAP
    has_course = inner.width() - fixed >= letter * 40
    course = _COURSE_WIDTH if has_course else 0
    rest = inner.width() - (fixed if has_course else fixed - _COURSE_WIDTH)
    name = rest * 11 // 20
    widths = (name, age, identifier, rest - name, visit, total, course)
    return Columns(*_side_by_side(inner, widths))


def _side_by_side(inner: QRect, widths: tuple[int, ...]) -> list[QRect]:
    rects = []
    left = inner.left()
    for width in widths:
        rects.append(QRect(left, inner.top(), width, inner.height()))
        left += width + GAP
    return rects
