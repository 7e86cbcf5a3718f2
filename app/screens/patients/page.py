"""The page of the list: search, the lines, and what is unfinished. It knows no store."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.errors import N_, NN_, AppError
from app.language import Words
from app.palette import Palette
from app.screens.patients.narrowing import NarrowingView, column_of
from app.screens.patients.narrowing_part import NarrowingPart
from app.screens.patients.patient_list import PatientList
from app.screens.patients.unfinished import DraftList
from app.screens.patients.view import FoundRows, PatientRow, PatientsView
from widgets.buttons import button
from widgets.glyphs import BOXES, has_boxes
from widgets.labels import ElidedLabel, label
from widgets.layouts import centred, column, row
from widgets.message import FloatingMessage
from widgets.press_guard import has_come
from widgets.shortcuts import NEW_PATIENT, name_key
from widgets.theme import set_role
from widgets.who import WhoPlace

_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_GAP, _EDGE = 12, 24


class PatientsPage(QWidget):
    """Told what stands around the rows, and the rows of each search that somebody types."""

    searched = Signal(str, bool)  # what is typed, and whether patients in error are wanted
    patient_chosen = Signal(str)  # internal id
    new_patient_requested = Signal()
    settings_requested = Signal()
    due_requested = Signal()
    marked_requested = Signal()
    narrowed = Signal(object)  # Narrowing
    order_turned = Signal(str)  # the column whose head was tapped
    demo_requested = Signal()
    import_requested = Signal()
    draft_continued = Signal(str)  # internal visit id
    draft_discarded = Signal(str)  # internal visit id

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self._words = words
        self._view: PatientsView | None = None
        self._has_boxes = False
        self._found = 0
        set_role(self, "page")
        self.unfinished, self.marked = button("", "unfinished"), button("", "flat")
        self.drafts = DraftList(words, self)
        self.search = _search_field(words)
        self.new = button(words(N_("New patient")), "primary")
        name_key(self.new, NEW_PATIENT, words)
        self.narrowing = NarrowingPart(words)
        self.table = PatientList(words, palette)
        self._foot = _Foot(words)
        self.footer, self.errors = self._foot.told, self._foot.errors
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.head = _Head(self._words)
        self.message = FloatingMessage(self._words, self)
        body = QWidget()
        stack = column(body, gap=16)
        stack.setContentsMargins(32, 16, 32, 8)
        line = row(gap=12)
        line.addWidget(self.search, 1)
        for one in (self.unfinished, self.narrowing.toggle, self.new):
            line.addWidget(one)
        stack.addLayout(line)
        stack.addWidget(self.narrowing)
        stack.addWidget(self.marked, 0, Qt.AlignmentFlag.AlignLeft)
        stack.addWidget(self.table, 1)
        stack.addWidget(self._foot)
        whole = column(self, gap=0)
        whole.addWidget(self.head)
        whole.addWidget(centred(body, 1280), 1)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.search.returnPressed.connect(self.table.choose_current)
        self.table.patient_chosen.connect(self.patient_chosen)
        self.table.typed.connect(self._on_table_typed)
        # Rows are read while they are drawn, when nothing else can be laid out anew.
        later = Qt.ConnectionType.QueuedConnection
        self.table.rows_read.connect(self._on_table_rows_read, later)
        self.table.failed.connect(self._on_table_failed, later)
        self.new.clicked.connect(self.new_patient_requested)
        self.head.settings.clicked.connect(self.settings_requested)
        self.head.due.clicked.connect(self.due_requested)
        self.marked.clicked.connect(self.marked_requested)
        self.narrowing.chosen.connect(self.narrowed)
        self.table.head_tapped.connect(self.order_turned)
        self.table.demo_requested.connect(self.demo_requested)
        self.table.import_requested.connect(self.import_requested)
        self.errors.toggled.connect(self._on_errors_toggled)
        self.unfinished.clicked.connect(self._on_unfinished_clicked)
        self.drafts.closed.connect(self._on_drafts_closed)
        self.drafts.continued.connect(self.draft_continued)
        self.drafts.discarded.connect(self.draft_discarded)

    def show_view(self, view: PatientsView) -> None:
        """Show what stands around the rows."""
        self._view = view
        self.head.show_head(view.demo, view.due)
        self.new.setVisible(view.can_add)
        _offer(self.unfinished, view.unfinished)
        _offer(self.marked, view.marked)
        self.drafts.show_drafts(view.drafts, view.more_drafts)
        self._show_footer()
        self._foot.show_errors(view.error_count)

    def show_found(self, found: FoundRows) -> None:
        """Show the rows of what was searched for last."""
        if self._view is not None:
            empty = self._view.nothing_found if self._is_asked() else self._view.empty
            self.table.show_found(found, empty)
            self._found = found.count
            self._show_footer()

    def show_narrowing(self, view: NarrowingView) -> None:
        """Show what the list is narrowed to, and by which column it stands."""
        self.narrowing.show_view(view)
        self.table.show_order(column_of(view.chosen.order))

    def forget_rows(self) -> None:
        """Read every row again: what a line tells depends on what was asked for."""
        self.table.forget()

    def read_again(self, patients: Collection[str]) -> None:
        """Read the rows of some patients again, at once if they are in view."""
        self.table.read_again(patients)

    def search_again(self) -> None:
        """Say once more what is searched for."""
        self.searched.emit(self.search.text(), self.errors.isChecked())

    def _is_asked(self) -> bool:
        """Whether a search or a choice leaves somebody out."""
        return bool(self.search.text().strip()) or self.narrowing.leaves_out

    def _show_footer(self) -> None:
        footer = "" if self._view is None else self._view.footer
        if self._is_asked() or self.errors.isChecked():
            forms = NN_("{count} patient found", "{count} patients found")
            footer = self._words.plural(forms, self._found)
        boxes = self._words(BOXES) if self._has_boxes else ""
        self.footer.show_text(self._words.dotted((footer, boxes)))

    def set_palette(self, palette: Palette) -> None:
        """Use the colours of another theme."""
        self.table.set_palette(palette)

    def start(self) -> None:
        """Begin afresh: the search is empty and has the focus, and every row is read again.

        Everybody is searched for once, whatever was typed before.
        """
        self._has_boxes = False
        with QSignalBlocker(self.errors):
            self.errors.setChecked(False)
        self.table.forget()
        self.message.hide()
        self.drafts.hide()
        if self.search.text():
            self.search.clear()
        else:
            self.search_again()
        self.focus_search()

    def clear_search(self) -> None:
        """Show everybody again, ready for another search."""
        self.search.clear()
        self.focus_search()

    def focus_search(self) -> None:
        """Give the focus to the search: what had it may be gone."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_unfinished_clicked(self) -> None:
        self.drafts.open_below(self.unfinished)

    @Slot()
    def _on_drafts_closed(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafts.hide()
        has_come(self)

    @Slot(str)
    def _on_search_text_changed(self, _text: str) -> None:
        # Here and not at the start, which draws no cross where nothing is typed.
        self.search.setClearButtonEnabled(True)
        self.search_again()

    @Slot(str)
    def _on_table_typed(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(text)

    @Slot(object)
    def _on_table_rows_read(self, rows: Sequence[PatientRow]) -> None:
        shown = "".join(f"{row.name}{row.identifier}{row.diagnosis}" for row in rows)
        if not self._has_boxes and not shown.isascii() and has_boxes(shown, self.font()):
            self._has_boxes = True
            self._show_footer()

    @Slot(object)
    def _on_table_failed(self, error: AppError) -> None:
        self.message.show_problem(self._words.error(error))

    @Slot(bool)
    def _on_errors_toggled(self, _is_on: bool) -> None:  # noqa: FBT001 - Qt's signal says so
        self.search_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move through the lines while the search keeps the focus."""
        if watched is self.search and isinstance(event, QKeyEvent):
            step = _MOVES.get(Qt.Key(event.key()))
            if event.type() == QEvent.Type.KeyPress and step is not None:
                self.table.step(step)
                return True
        return super().eventFilter(watched, event)


class _Foot(QWidget):
    """The line below the list: how many there are, and the way to those entered in error."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.told = ElidedLabel("", "small")
        self.errors = button("", "tab")
        self.errors.setCheckable(True)
        line = row(self)
        line.addWidget(self.told)
        line.addStretch(1)
        line.addWidget(self.errors)

    def show_errors(self, count: int) -> None:
        """Offer to show so many patients entered in error, if there are any."""
        self.errors.setText(self._words(N_("Show entered in error ({count})"), count=count))
        self.errors.setAccessibleName(self.errors.text())
        self.errors.setVisible(count > 0)
        if count == 0:
            self.errors.setChecked(False)


class _Head(WhoPlace):
    """The band above the list: the app, whose data, the settings, and who works."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "banner")
        self.setMinimumHeight(64)
        self._demo = ElidedLabel("", "small_caution")
        self.due = button("")
        self.cohort = button(words(N_("Cohort")))
        self.settings = button(words(N_("Settings and data")))
        self._who: QWidget | None = None
        line = row(self, gap=_GAP)
        line.setContentsMargins(_EDGE, 8, _EDGE, 8)
        self._brand = label("OMS Bedside", "brand")
        line.addWidget(self._brand)
        line.addWidget(self._demo)
        line.addStretch(1)
        for one in (self.due, self.cohort, self.settings):
            line.addWidget(one)
        self._line = line

    def seat(self, who: QWidget) -> None:
        """Take in what says who works."""
        self._who = who
        self._line.addWidget(who)
        who.show()
        self._fit()

    def _fit(self) -> None:
        named = (self._brand, self.due, self.cohort, self.settings, self._who)
        wide = sum(one.sizeHint().width() + _GAP for one in named if one is not None)
        self._brand.setVisible(wide + 2 * _EDGE <= self.width())

    def show_head(self, demo: str, due: str) -> None:
        """Show how many are due; ``demo`` stands beside the app's name, if any."""
        self._demo.show_text(demo)
        self._demo.setVisible(bool(demo))
        self.due.setText(due)
        self.due.setAccessibleName(due)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the app's name go where large text leaves no room for every button."""
        super().resizeEvent(event)
        self._fit()


def _offer(way: QPushButton, text: str) -> None:
    """Offer a way on under its words; without any, not."""
    way.setText(text)
    way.setAccessibleName(text)
    way.setVisible(bool(text))


def _search_field(words: Words) -> QLineEdit:
    field = QLineEdit()
    set_role(field, "search")
    field.setMinimumHeight(52)
    field.setPlaceholderText(words(N_("Name, identifier, birth date or diagnosis")))
    field.setAccessibleName(
        words(N_("Search patients by name, identifier, birth date or diagnosis"))
    )
    return field
