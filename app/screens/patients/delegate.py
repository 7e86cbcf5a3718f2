"""How a line of the list is drawn: name and marks, facts, last total, the course."""

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.palette import Palette
from app.screens.patients.columns import Columns, columns_in
from app.screens.patients.list_model import Index, RowRole
from app.screens.patients.totals import Course
from app.screens.patients.view import PatientRow

SMALL = 0.87
_PADDING = 14
_DOT = 3.5
_LINE_OF_TEXT = (
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
)


class RowDelegate(QStyledItemDelegate):
    """Draws a ``PatientRow`` in the colours of the theme it was last told."""

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette

    def set_palette(self, palette: Palette) -> None:
        """Use these colours from the next drawing on."""
        self._palette = palette

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Ask for two lines of text and air around them."""
        text = QFontMetrics(option.font).height()
        return QSize(0, max(64, round(text * (1 + SMALL)) + 2 * _PADDING))

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
        self._draw_ground(painter, rect, is_current=self._is_current(option, index))
        if row is not None:
            pen = _Pen(painter, option.font, self._palette)
            _draw_row(pen, row, columns_in(rect, QFontMetrics(pen.plain)))
        painter.restore()

    @staticmethod
    def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
        """Ask the list, since Qt's own flags cost the start a hundredth of a second."""
        lines = option.widget
        return isinstance(lines, QListView) and lines.currentIndex().row() == index.row()

    def _draw_ground(self, painter: QPainter, rect: QRect, *, is_current: bool) -> None:
        if is_current:
            painter.fillRect(rect, QColor(self._palette["accent_soft"]))
        painter.setPen(QColor(self._palette["line"]))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class _Pen:
    """Writes texts in the three manners of the list."""

    def __init__(self, painter: QPainter, font: QFont, palette: Palette) -> None:
        self.painter = painter
        self.palette = palette
        self.plain = QFont(font)
        self.bold = QFont(font)
        self.bold.setBold(True)
        self.small = QFont(font)
        self.small.setPixelSize(max(1, round(font.pixelSize() * SMALL)))

    def write(self, rect: QRect, text: str, font: QFont, role: str) -> None:
        """Write one line in the middle of ``rect``; what does not fit ends in an ellipsis."""
        fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(QColor(self.palette[role]))
        self.painter.drawText(rect, _LINE_OF_TEXT, fitting)

    def write_two(self, rect: QRect, above: tuple[str, QFont], below: str, role: str) -> None:
        """Write a line and a small one below it; alone, the upper one takes the middle."""
        text, font = above
        if not below:
            self.write(rect, text, font, "ink")
            return
        high = QFontMetrics(font).height()
        low = QFontMetrics(self.small).height()
        top = rect.top() + (rect.height() - high - low) // 2
        self.write(QRect(rect.left(), top, rect.width(), high), text, font, "ink")
        self.write(QRect(rect.left(), top + high, rect.width(), low), below, self.small, role)


def _draw_row(pen: _Pen, row: PatientRow, columns: Columns) -> None:
    pen.write_two(columns.name, (row.name, pen.bold), " · ".join(row.marks), "caution")
    _draw_facts(pen, row, columns)
    pen.write(columns.last_visit, row.last_visit, pen.plain, "ink_soft")
    pen.write_two(columns.total, (row.total, pen.bold), row.change, "ink_soft")
    if row.course is not None and columns.course is not None:
        _draw_course(pen.painter, columns.course, row.course, QColor(pen.palette["series1"]))


def _draw_facts(pen: _Pen, row: PatientRow, columns: Columns) -> None:
    """Write age, identifier and diagnosis: side by side, or one below another."""
    if columns.diagnosis is None:
        pen.write_two(columns.age, (row.identifier, pen.plain), row.age, "ink_soft")
        return
    pen.write(columns.age, row.age, pen.plain, "ink")
    if columns.identifier is not None:
        pen.write(columns.identifier, row.identifier, pen.plain, "ink_soft")
        pen.write(columns.diagnosis, row.diagnosis, pen.plain, "ink")
    elif row.diagnosis:
        pen.write_two(columns.diagnosis, (row.diagnosis, pen.plain), row.identifier, "ink_soft")
    else:
        pen.write(columns.diagnosis, row.identifier, pen.plain, "ink_soft")


def _draw_course(painter: QPainter, column: QRect, course: Course, colour: QColor) -> None:
    """Draw the totals in true time and on the scale's whole range: a small change looks small."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    runs = course_runs(course, column)
    for run in runs:
        painter.drawPolyline(QPolygonF(list(run)))
    if runs:
        painter.setBrush(colour)
        painter.drawEllipse(runs[-1][-1], _DOT, _DOT)


def course_runs(course: Course, column: QRect) -> list[list[QPointF]]:
    """Return the points to join, in pixels; a visit without a total ends a run."""
    days = [when.first.toordinal() for when, _ in course.totals]
    span = max(1, days[-1] - days[0])
    lowest, highest = float(course.lowest), float(course.highest)
    room = column.adjusted(6, 16, -6, -16)
    runs: list[list[QPointF]] = [[]]
    for day, (_, total) in zip(days, course.totals, strict=True):
        if total is None:
            runs.append([])
            continue
        up = (float(total) - lowest) / (highest - lowest)
        across = (day - days[0]) / span
        runs[-1].append(
            QPointF(room.left() + across * room.width(), room.bottom() - up * room.height())
        )
    return [run for run in runs if run]
