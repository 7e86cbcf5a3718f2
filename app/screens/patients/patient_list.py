"""The lines of the list with their head, or what stands in their place when there are none."""

from collections.abc import Collection
from functools import cached_property

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QWidget,
)

from app.errors import N_
from app.language import Words
from app.palette import Palette
from app.screens.first_paint import FirstPaint
from app.screens.patients.columns import columns_in
from app.screens.patients.delegate import SMALL, RowDelegate, line_height
from app.screens.patients.list_model import PatientListModel
from app.screens.patients.view import Empty, FoundRows
from widgets.buttons import button
from widgets.cards import Card
from widgets.labels import label, wrapped
from widgets.layouts import column, row
from widgets.theme import TARGET, set_role

_HEADS = {
    "name": N_("Patient"),
    "age": N_("Age"),
    "identifier": N_("Identifier"),
    "diagnosis": N_("Diagnosis"),
    "last_visit": N_("Last visit"),
    "total": N_("Last total"),
    "course": N_("Course"),
}

_TALLEST = 16_000


class PatientList(Card):
    """A card of lines; one line is always the current one, so Enter has something to open."""

    patient_chosen = Signal(str)  # internal id
    rows_read = Signal(object)  # Sequence[PatientRow]
    failed = Signal(object)  # AppError
    typed = Signal(str)  # letters, while the lines had the focus
    head_tapped = Signal(str)  # a column
    demo_requested = Signal()
    import_requested = Signal()

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self._model = PatientListModel(self)
        self._delegate = RowDelegate(palette, self)
        self._current = ""
        self.list = _Lines(words, self._model, self._delegate)
        self._head = _Heads(words, palette, self.list)
        self._words = words
        self._lay_out()
        self._model.rows_read.connect(self.rows_read)
        self._model.failed.connect(self.failed)
        self.list.typed.connect(self.typed)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_list_clicked)
        self._head.tapped.connect(self.head_tapped)
        self.list.activated.connect(self._on_list_clicked)
        FirstPaint(self.list.viewport(), self._let_fingers_scroll)

    def _lay_out(self) -> None:
        self.body.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        # In its place before it gets its first widget, which it shows at once.
        self.body.addLayout(self._stack)
        lines = QWidget()
        inner = column(lines, gap=0)
        inner.addWidget(self._head)
        inner.addWidget(self.list, 1)
        self._stack.addWidget(lines)

    @cached_property
    def nothing(self) -> "_Nothing":
        """What stands in place of the lines where there are none; built when it first must."""
        made = _Nothing(self._words)
        made.demo.clicked.connect(self.demo_requested)
        made.tables.clicked.connect(self.import_requested)
        self._stack.addWidget(made)
        return made

    def show_found(self, found: FoundRows, empty: Empty) -> None:
        """Show these lines, or ``empty`` where there are none; the current one stays current."""
        current, self._current = self._current, ""
        self._model.show_found(found)
        if not found.count:
            self.nothing.show_empty(empty)
        self._stack.setCurrentIndex(0 if found.count else 1)
        self._set_current(self._model.place_of(current) or 0)
        self.setMaximumHeight(self._height_of(found.count))

    def show_order(self, column: str) -> None:
        """Mark the column that the lines stand by."""
        self._head.show_order(column)

    def forget(self) -> None:
        """Read every line again when it is next shown."""
        self._model.forget()

    def read_again(self, patients: Collection[str]) -> None:
        """Read the lines of some patients again, at once if they are in view."""
        self._model.read_again(patients)

    def set_palette(self, palette: Palette) -> None:
        """Use the colours of another theme."""
        self._delegate.set_palette(palette)
        self._head.set_palette(palette)
        self.list.viewport().update()

    def step(self, step: int) -> None:
        """Make the line ``step`` further down the current one; the ends hold."""
        last = self._model.rowCount() - 1
        self._set_current(max(0, min(last, self.list.currentIndex().row() + step)))

    def choose_current(self) -> None:
        """Report the current line's patient as chosen."""
        if self._current:
            self.patient_chosen.emit(self._current)

    def _height_of(self, rows: int) -> int:
        """Return the height at which no line is hidden and no ground lies bare below the last."""
        if rows == 0:
            return self.nothing.sizeHint().height()
        line = line_height(self.list.font())
        frame = self.body.contentsMargins()
        edges = frame.top() + frame.bottom() + 2
        return min(_TALLEST, self._head.sizeHint().height() + rows * line + edges)

    @Slot()
    def _let_fingers_scroll(self) -> None:
        from PySide6.QtWidgets import QScroller  # noqa: PLC0415 - nobody scrolls before the start

        touch = QScroller.ScrollerGestureType.TouchGesture
        QScroller.grabGesture(self.list.viewport(), touch)

    def _set_current(self, place: int) -> None:
        index = self._model.index(place)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._current = self._model.patient_at(index.row())

    @Slot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        patient = self._model.patient_at(index.row())
        if patient:
            self.patient_chosen.emit(patient)


class _Heads(QWidget):
    """The names of the columns, drawn where the columns of the lines stand; a tap orders by one.

    The panel offers the same orders to who has no pointer.
    """

    tapped = Signal(str)  # a column

    def __init__(self, words: Words, palette: Palette, lines: QTableView) -> None:
        super().__init__()
        self._order = "last_visit"
        self._texts = {column: words(head) for column, head in _HEADS.items()}
        self._palette = palette
        self._lines = lines
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_palette(self, palette: Palette) -> None:
        """Use the colours of another theme."""
        self._palette = palette
        self.update()

    def show_order(self, column: str) -> None:
        """Mark the column that the lines stand by."""
        self._order = column
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which column's head was tapped."""
        for name, rect in self._places().items():
            if rect.contains(event.position().toPoint()):
                self.tapped.emit(name)

    def _places(self) -> dict[str, QRect]:
        """Return where each column that has room stands."""
        line = self.rect()
        line.setWidth(self._lines.viewport().width())
        columns = columns_in(line, QFontMetrics(self._lines.font()))
        rects = {name: getattr(columns, name) for name in self._texts}
        return {name: rect for name, rect in rects.items() if rect is not None}

    def sizeHint(self) -> QSize:
        """Ask for one small line that a finger can hit."""
        return QSize(0, max(TARGET, self.fontMetrics().height() + 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names and the line below them."""
        painter = QPainter(self)
        painter.setPen(QColor(self._palette["line"]))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.setPen(QColor(self._palette["ink_soft"]))
        places = self._places()
        font = self.font()
        font.setPixelSize(max(1, round(font.pixelSize() * SMALL)))
        painter.setFont(font)
        # Where the identifier stands above the age, its name stands above both.
        texts = dict(self._texts)
        if "diagnosis" not in places:
            texts["age"] = texts["identifier"]
        for name, rect in places.items():
            painter.drawText(rect, _HEAD_FLAGS, texts[name])
            if name == self._order:
                written = painter.fontMetrics().horizontalAdvance(texts[name])
                _draw_mark(painter, QPointF(rect.left() + written + 10, rect.center().y() + 1))
        painter.end()


def _draw_mark(painter: QPainter, place: QPointF) -> None:
    """Draw the sign of the column that the lines stand by: a letter would lift its neighbours."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    corners = ((-4.0, -2.0), (4.0, -2.0), (0.0, 3.0))
    painter.drawPolygon(QPolygonF([place + QPointF(x, y) for x, y in corners]))


_HEAD_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Nothing(QWidget):
    """Says why there is no line, and offers ways to begin where nobody is recorded yet."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._title = label("", "heading")
        self._text = wrapped("", "soft")
        self.demo = button(words(N_("Look at the demo")))
        self.tables = button(words(N_("Read tables in…")))
        middle = column(self, margin=32)
        middle.addWidget(self._title)
        middle.addWidget(self._text)
        ways = row(gap=12)
        ways.addWidget(self.demo)
        ways.addWidget(self.tables)
        ways.addStretch(1)
        middle.addLayout(ways)
        middle.addStretch(1)

    def show_empty(self, empty: Empty) -> None:
        """Say it, with the ways where they lead on."""
        self._title.setText(empty.title)
        self._text.setText(empty.text)
        self.demo.setVisible(empty.has_ways)
        self.tables.setVisible(empty.can_import)


class _Lines(QTableView):
    """Qt's table of one column, which knows where a row stands without asking for those above.

    Its list asks for every row before it shows the first one. Nor does this one look through all
    rows for what somebody types.
    """

    typed = Signal(str)

    def __init__(self, words: Words, model: PatientListModel, delegate: RowDelegate) -> None:
        super().__init__()
        # Python would get to know every kind of widget before it could name Qt's own ground.
        self.setViewport(QWidget())
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setAccessibleName(words(N_("Patients")))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._size_lines()
        self.setMouseTracking(True)
        self.setMinimumHeight(1)
        set_role(self, "plain_ground")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the lines take the whole width: Qt's own stretching leaves the header's frame."""
        super().resizeEvent(event)
        self.setColumnWidth(0, self.viewport().width())

    def changeEvent(self, event: QEvent) -> None:
        """Give the lines the height of another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_lines()

    def _size_lines(self) -> None:
        self.verticalHeader().setDefaultSectionSize(line_height(self.font()))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and the last line with Home and End; there is one column only."""
        model = self.model()
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: model.rowCount() - 1,
        }
        place = ends.get(action)
        if place is None:
            return super().moveCursor(action, modifiers)
        return model.index(place, 0)

    def keyboardSearch(self, text: str) -> None:
        """Tell what was typed, instead of reading line after line for a name."""
        self.typed.emit(text)
