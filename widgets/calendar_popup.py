"""A calendar for a finger: days, one tap up the months, one more the years."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.dates import FIRST_YEAR, YEARS_AHEAD, PartialDate
from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import button, shown
from widgets.calendar_pages import (
    SCORE,
    STEPS,
    WEEK,
    Cell,
    Level,
    calendar_page,
    month_at,
    month_number,
    within,
)
from widgets.labels import label
from widgets.layouts import column, ground, row
from widgets.theme import set_mark, set_role

_SHIELD_MS = 300
_GAP = 4


class CalendarPopup(QFrame):
    """Stands over the page until a date is chosen or somebody taps beside it.

    A press in its first moment is none: it is the second half of a double tap.
    """

    chosen = Signal(object)  # PartialDate, or None for no date

    def __init__(
        self, words: Words, parent: QWidget, *, may_be_short: bool, may_be_unknown: bool
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        set_role(self, "calendar")
        self._words = words
        self._may_be_short = may_be_short
        self._when: PartialDate | None = None
        self._today = self._at = PartialDate(FIRST_YEAR, 1)
        self._level = Level.DAYS
        self._shield = QTimer(self, interval=_SHIELD_MS, singleShot=True)
        self.earlier = button(icons.BACK, "back", words(N_("Earlier")))
        self.later = button(icons.ON, "back", words(N_("Later")))
        self.title = button("", "flat")
        heads = [name for _, name in words.week()]
        self.grids = {
            Level.DAYS: Grid(WEEK, 6 * WEEK, heads),
            Level.MONTHS: Grid(3, 12),
            Level.YEARS: Grid(4, SCORE),
        }
        self.only_month, self.only_year = button(""), button("")
        self.today, self.none = button(words(N_("Today"))), button(words(N_("Leave empty")))
        self._lay_out()
        self.none.setVisible(may_be_unknown)
        self._connect()

    def open_at(self, field: QWidget, when: PartialDate | None, today: date) -> None:
        """Show the month of a date, else of today, beside the field that is to be filled."""
        self._when, self._today = when, PartialDate.of(today)
        begun = when or self._today
        self._show(Level.DAYS, month_number(begun))
        self._body.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=True)
        self._shield.start()
        self.adjustSize()
        self.move(_beside(field, self.sizeHint()))
        self.show()
        self.grids[Level.DAYS].focus_on(begun)

    def _lay_out(self) -> None:
        self._body = ground()
        self._grids = QStackedWidget()
        for grid in self.grids.values():
            self._grids.addWidget(grid)
        stack = column(self._body, margin=12)
        head = row()
        head.addWidget(self.earlier)
        head.addWidget(self.title, 1)
        head.addWidget(self.later)
        stack.addLayout(head)
        stack.addWidget(self._grids)
        for pair in ((self.only_month, self.only_year), (self.today, self.none)):
            line = row()
            for one in pair:
                line.addWidget(one, 1)
            stack.addLayout(line)
        column(self, gap=0).addWidget(self._body)

    def _connect(self) -> None:
        self.earlier.clicked.connect(self._on_earlier_clicked)
        self.later.clicked.connect(self._on_later_clicked)
        self.title.clicked.connect(self._on_title_clicked)
        for grid in self.grids.values():
            grid.chosen.connect(self._on_grid_chosen)
        self.only_month.clicked.connect(self._on_only_month_clicked)
        self.only_year.clicked.connect(self._on_only_year_clicked)
        self.today.clicked.connect(self._on_today_clicked)
        self.none.clicked.connect(self._on_none_clicked)
        self._shield.timeout.connect(self._on_shield_timeout)

    def _show(self, level: Level, month: int) -> None:
        """Show the page with a month on it, and name what can be chosen of it as a whole."""
        words, last_year = self._words, self._today.year + YEARS_AHEAD
        self._level, self._at = level, month_at(within(month, last_year))
        page = calendar_page(level, self._at, last_year, words)
        self.title.setText(page.title)
        self.title.setAccessibleName(page.title)
        self.grids[level].show_cells(page.cells, self._when, self._today)
        self._grids.setCurrentIndex(level)
        only = N_("Only {period}")
        month_text = words(only, period=words.short_date(self._at))
        year_text = words(only, period=words.short_date(PartialDate(self._at.year)))
        for one, text in ((self.only_month, month_text), (self.only_year, year_text)):
            one.setText(text)
            one.setAccessibleName(text)
        self.only_month.setVisible(self._may_be_short and level is Level.DAYS)
        self.only_year.setVisible(self._may_be_short and level is not Level.YEARS)

    def _turn(self, pages: int) -> None:
        self._show(self._level, month_number(self._at) + pages * STEPS[self._level])

    def _choose(self, when: PartialDate | None) -> None:
        self.close()
        self.chosen.emit(when)

    @Slot()
    def _on_earlier_clicked(self) -> None:
        self._turn(-1)

    @Slot()
    def _on_later_clicked(self) -> None:
        self._turn(1)

    @Slot()
    def _on_title_clicked(self) -> None:
        self._show(Level(min(self._level + 1, Level.YEARS)), month_number(self._at))
        self.grids[self._level].focus_on(self._at)

    @Slot(object)
    def _on_grid_chosen(self, when: PartialDate) -> None:
        """Take a day; from a year or a month go on to what is in it."""
        if self._level is Level.DAYS:
            self._choose(when)
            return
        self._show(Level(self._level - 1), month_number(when))
        self.grids[self._level].focus_on(when)

    @Slot()
    def _on_only_month_clicked(self) -> None:
        self._choose(self._at)

    @Slot()
    def _on_only_year_clicked(self) -> None:
        self._choose(PartialDate(self._at.year))

    @Slot()
    def _on_today_clicked(self) -> None:
        self._choose(self._today)

    @Slot()
    def _on_none_clicked(self) -> None:
        self._choose(None)

    @Slot()
    def _on_shield_timeout(self) -> None:
        self._body.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)


class Grid(QWidget):
    """Places to tap, side by side; the arrow keys move between them."""

    chosen = Signal(object)  # PartialDate

    def __init__(self, columns: int, count: int, heads: Sequence[str] = ()) -> None:
        super().__init__()
        self._cells: tuple[Cell | None, ...] = ()
        self._group = QButtonGroup(self, exclusive=False)
        lines = QGridLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(_GAP)
        for place, head in enumerate(heads):
            lines.addWidget(label(head, "small"), 0, place, Qt.AlignmentFlag.AlignCenter)
        for place in range(count):
            one = button("", "cell")
            self._group.addButton(one, place)
            lines.addWidget(one, 1 + place // columns, place % columns)
        self._group.idClicked.connect(self._on_group_id_clicked)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The places that stand for something, in order."""
        return tuple(one for one in self._places() if one.isEnabled())

    def show_cells(
        self, cells: Sequence[Cell | None], chosen: PartialDate | None, today: PartialDate
    ) -> None:
        """Show these in their places, what is chosen and what holds today marked."""
        places = self._places()
        self._cells = (*cells, *[None] * (len(places) - len(cells)))
        for one, cell in zip(places, self._cells, strict=True):
            one.setText("" if cell is None else shown(cell.text))
            one.setAccessibleName("" if cell is None else cell.spoken)
            one.setEnabled(cell is not None)
            set_mark(one, "chosen", cell is not None and cell.holds(chosen))
            set_mark(one, "today", cell is not None and cell.holds(today))

    def focus_on(self, when: PartialDate) -> None:
        """Give the focus to the place that holds a date, or the first one of its period."""
        for one, cell in zip(self._places(), self._cells, strict=True):
            if cell is not None and (cell.holds(when) or str(cell.when).startswith(str(when))):
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _places(self) -> tuple[QPushButton, ...]:
        found = (self._group.button(place) for place in range(len(self._group.buttons())))
        return tuple(one for one in found if isinstance(one, QPushButton))

    @Slot(int)
    def _on_group_id_clicked(self, place: int) -> None:
        cell = self._cells[place]
        if cell is not None:
            self.chosen.emit(cell.when)


def _beside(field: QWidget, size: QSize) -> QPoint:
    """Return where a popup stands: below a field, above it where there is more room, on screen."""
    screen = field.screen().availableGeometry()
    here = QRect(field.mapToGlobal(QPoint(0, 0)), field.size())
    has_room_below = here.bottom() + _GAP + size.height() <= screen.bottom()
    top = here.bottom() + _GAP if has_room_below else here.top() - _GAP - size.height()
    left = here.right() - size.width()
    return QPoint(
        min(max(left, screen.left()), screen.right() - size.width()),
        min(max(top, screen.top()), screen.bottom() - size.height()),
    )
