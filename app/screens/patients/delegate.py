"""How a line of the list is drawn: name and marks, facts, last total, the course."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.palette import Palette
from app.screens.patients.columns import columns_in
from app.screens.patients.list_model import Index, RowRole
from app.screens.patients.totals import Course
from app.screens.patients.view import PatientRow

SMALL = 0.87
_PADDING = 14
_DOT = 3.5
_LINE_OF_TEXT = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
)


def line_height(font: QFont) -> int:
    """Return the height of a line: two lines of text and air around them."""
    text = QFontMetrics(font).height()
    return max(64, round(text * (1 + SMALL)) + 2 * _PADDING)


class RowDelegate(QStyledItemDelegate):
    """Draws a ``PatientRow`` in the colours of the theme it was last told."""

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._drawer: _Drawer | None = None

    def set_palette(self, palette: Palette) -> None:
        """Use these colours from the next drawing on."""
        self._palette = palette
        self._drawer = None

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Draw the line of one patient; one that could not be read stays empty."""
        row: PatientRow | None = index.data(RowRole.ROW)
        rect: QRect = option.rect
        painter.save()
        painter.translate(rect.topLeft())
        line = QRect(QPoint(0, 0), rect.size())
        self._draw_ground(painter, line, is_current=self._is_current(option, index))
        if row is not None:
            self._drawer_of(option.font, line).draw(painter, row)
        painter.restore()

    def _drawer_of(self, font: QFont, line: QRect) -> "_Drawer":
        """Return what draws lines of this size, kept from one line to the next."""
        if self._drawer is None or not self._drawer.fits(font, line):
            self._drawer = _Drawer(font, line, self._palette)
        return self._drawer

    @staticmethod
    def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
        """Ask the list, since Qt's own flags cost the start a hundredth of a second."""
        lines = option.widget
        return isinstance(lines, QTableView) and lines.currentIndex().row() == index.row()

    def _draw_ground(self, painter: QPainter, rect: QRect, *, is_current: bool) -> None:
        if is_current:
            # Filling by Qt's other call has Python get to know every gradient, at the start.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._palette["accent_soft"]))
            painter.drawRect(rect)
        painter.setPen(QColor(self._palette["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class _Drawer:
    """Draws rows into lines of one size, their fonts and columns found once."""

    def __init__(self, font: QFont, line: QRect, palette: Palette) -> None:
        self._font, self._line = QFont(font), line
        self._colours = {role: QColor(palette[role]) for role in _COLOURS}
        self._columns = columns_in(line, QFontMetrics(font))
        bold, small = QFont(font), QFont(font)
        bold.setBold(True)
        small.setPixelSize(max(1, round(font.pixelSize() * SMALL)))
        self._plain, self._bold, self._small = map(_Face, (self._font, bold, small))
        # Identifiers often differ at their end: what does not fit is left out of their middle.
        middle = Qt.TextElideMode.ElideMiddle
        self._named, self._named_small = _Face(self._font, middle), _Face(small, middle)

    def fits(self, font: QFont, line: QRect) -> bool:
        """Whether lines of this size are drawn here, in this font."""
        return self._line == line and self._font == font

    def draw(self, painter: QPainter, row: PatientRow) -> None:
        """Draw a row with its line's corner at the origin."""
        columns = self._columns
        self._write_two(
            painter, columns.name, (row.name, self._bold), " · ".join(row.marks), "caution"
        )
        self._draw_facts(painter, row)
        self._write(painter, columns.last_visit, row.last_visit, self._plain, "ink_soft")
        self._write_two(painter, columns.total, (row.total, self._bold), row.change, "ink_soft")
        if row.course is not None and columns.course is not None:
            _draw_course(painter, columns.course, row.course, self._colours["series1"])

    def _draw_facts(self, painter: QPainter, row: PatientRow) -> None:
        """Write age, identifier and diagnosis: side by side, or one below another."""
        columns, plain = self._columns, self._plain
        if columns.diagnosis is None:
            above = row.identifier, self._named
            self._write_two(painter, columns.age, above, row.age, "ink_soft")
            return
        self._write(painter, columns.age, row.age, plain, "ink")
        if columns.identifier is not None:
            self._write(painter, columns.identifier, row.identifier, self._named, "ink_soft")
            self._write(painter, columns.diagnosis, row.diagnosis, plain, "ink")
        elif row.diagnosis:
            above = row.diagnosis, plain
            below = self._named_small.fitting(row.identifier, columns.diagnosis.width())
            self._write_two(painter, columns.diagnosis, above, below, "ink_soft")
        else:
            self._write(painter, columns.diagnosis, row.identifier, self._named, "ink_soft")

    def _write(self, painter: QPainter, rect: QRect, text: str, face: "_Face", role: str) -> None:
        """Write one line in the middle of ``rect``; what does not fit ends in an ellipsis."""
        fitting = face.fitting(text, rect.width())
        painter.setFont(face.font)
        painter.setPen(self._colours[role])
        painter.drawText(rect, _LINE_OF_TEXT, fitting)

    def _write_two(
        self, painter: QPainter, rect: QRect, above: tuple[str, "_Face"], below: str, role: str
    ) -> None:
        """Write a line and a small one below it; alone, the upper one takes the middle."""
        text, face = above
        if not below:
            self._write(painter, rect, text, face, "ink")
            return
        high, low = face.metrics.height(), self._small.metrics.height()
        top = rect.top() + (rect.height() - high - low) // 2
        upper = QRect(rect.left(), top, rect.width(), high)
        lower = QRect(rect.left(), top + high, rect.width(), low)
        self._write(painter, upper, text, face, "ink")
        self._write(painter, lower, below, self._small, role)


_COLOURS = ("ink", "ink_soft", "caution", "series1")


class _Face:
    """A font and how wide its letters are."""

    def __init__(self, font: QFont, elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        self.font = font
        self._elide = elide
        self.metrics = QFontMetrics(font)
        self.fitting = lru_cache(maxsize=1024)(self._fitting)

    def _fitting(self, text: str, width: int) -> str:
        """Return what fits of a text; the lines are drawn again at every letter of a search."""
        return self.metrics.elidedText(text, self._elide, width)


def _draw_course(painter: QPainter, column: QRect, course: Course, colour: QColor) -> None:
    """Draw the totals in true time and on the scale's whole range: a small change looks small."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    runs = course_runs(course, column)
    for run in runs:
        painter.drawPolyline(QPolygonF(run))
    if runs:
        painter.setBrush(colour)
        painter.drawEllipse(runs[-1][-1], _DOT, _DOT)


def course_runs(course: Course, column: QRect) -> Sequence[Sequence[QPointF]]:
    """Return the points to join, in pixels; a visit without a total ends a run."""
    room = column.adjusted(6, 16, -6, -16)
    return _runs_in(course, room.left(), room.bottom(), room.width(), room.height())


@lru_cache(maxsize=256)
def _runs_in(
    course: Course, left: int, bottom: int, width: int, height: int
) -> Sequence[Sequence[QPointF]]:
    """Return the runs; lines are drawn again at every letter of a search."""
    days = [when.first.toordinal() for when, _ in course.totals]
    span = max(1, days[-1] - days[0])
    lowest, highest = float(course.lowest), float(course.highest)
    runs: list[list[QPointF]] = [[]]
    for day, (_, total) in zip(days, course.totals, strict=True):
        if total is None:
            runs.append([])
            continue
        up = (float(total) - lowest) / (highest - lowest)
        across = (day - days[0]) / span
        runs[-1].append(QPointF(left + across * width, bottom - up * height))
    return [run for run in runs if run]
