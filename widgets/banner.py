"""The band at the top of every screen: who the patient is, and what can be done here."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.errors import N_
from app.language import Words
from app.signs import drawn_lines
from widgets import icons
from widgets.buttons import button
from widgets.glyphs import BOXES, has_boxes
from widgets.labels import ElidedLabel, label, wrapped
from widgets.layouts import column, row
from widgets.shortcuts import BACK, name_key
from widgets.theme import set_role
from widgets.who import WhoPlace

BANNER_HEIGHT = 64
_BELOW = 72  # where the name begins
_BETWEEN = " · "
_FIRST = 2  # birth date and age; the identifier begins the second line
_BESIDE = QBoxLayout.Direction.LeftToRight
_ABOVE = QBoxLayout.Direction.TopToBottom
_UNDER = QBoxLayout.Direction.BottomToTop


class PatientBanner(WhoPlace):
    """Back, the name in bold, what tells patients apart, and actions on the right."""

    back_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "banner")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._back = button(icons.BACK, "back", words(N_("Back")))
        name_key(self._back, BACK, words)
        self._name = ElidedLabel("", "name")
        self._facts, self._rest = ElidedLabel("", "soft"), ElidedLabel("", "soft")
        self._told = ""
        self._boxes = label(words(N_("a box: not in our fonts")), "small_caution")
        self._boxes.setToolTip(words(BOXES))
        self._boxes.hide()
        self._mark = label("", "small_caution")
        self._mark.hide()
        self._below = wrapped("", "soft")
        self._below.setContentsMargins(_BELOW, 0, 24, 8)
        self._below.hide()
        self._actions: list[QWidget] = []
        self._seated: QWidget | None = None
        self._lay_out()
        self._back.clicked.connect(self._on_back_clicked)

    def _lay_out(self) -> None:
        whole = column(self, gap=0)
        self._line = row(gap=12)
        self._line.setContentsMargins(12, 8, 24, 8)
        whole.addLayout(self._line)
        whole.addWidget(self._below)
        self._line.addWidget(self._back)
        self._who = QBoxLayout(_BESIDE)
        named = row(gap=12)
        named.addWidget(self._name)
        named.addWidget(self._mark)
        named.addStretch(1)
        self._who.addLayout(named)
        self._who.addWidget(self._facts)
        self._who.addWidget(self._rest)
        self._line.addLayout(self._who)
        self._line.setAlignment(self._who, Qt.AlignmentFlag.AlignVCenter)
        self._line.addWidget(self._boxes)
        self._line.addStretch(1)
        self._right = QBoxLayout(_BESIDE)
        self._right.setSpacing(8)
        self._doing = row(gap=12)
        self._right.addLayout(self._doing)
        self._line.addLayout(self._right)

    def show_head(
        self, name: str, facts: str, family: str = "", *, mark: str = "", below: str = ""
    ) -> None:
        """Show a name, and beside it ``born … · age · ID …``; both empty clears the band.

        ``family`` ends the name and is shortened last; ``mark`` says that there is somebody else
        whom one could mean; ``below`` stands whole on lines of its own.
        """
        self._below.setText(drawn_lines(below))
        self._below.setVisible(bool(below))
        self._name.show_text(name, family)
        self._told = facts
        self._facts.show_text(facts)
        self._mark.setText(f"{icons.CAUTION} {mark}" if mark else "")
        self._mark.setVisible(bool(mark))
        self._boxes.setVisible(has_boxes(name + facts, self.font()))
        self._arrange()

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a line of words on the right, after those that are there."""
        self._doing.addWidget(widget)
        self._actions.append(widget)

    def seat(self, who: QWidget) -> None:
        """Take in what says who works: beside what can be done here, or above it."""
        self._seated = who
        self._right.addWidget(who, 0, Qt.AlignmentFlag.AlignRight)
        who.show()
        self._arrange()

    def go_back(self) -> None:
        """Do what a press on the arrow does."""
        self._back.click()

    @property
    def name(self) -> str:
        """The name that stands there."""
        return self._name.text()

    @property
    def facts(self) -> str:
        """What stands beside the name."""
        return self._told

    @property
    def below(self) -> str:
        """What stands below the name."""
        return self._below.text()

    @property
    def mark(self) -> str:
        """What stands there where somebody else has a similar name."""
        return self._mark.text()

    def _arrange(self) -> None:
        """Name and facts in one line where both fit whole, else one above the other.

        Facts that are still too long take two lines, so that the identifier is not cut off.
        """
        self._facts.show_text(self._told)
        beside, above = self._rooms()
        mark = self._mark.sizeHint().width() + 12 if self._mark.isVisibleTo(self) else 0
        parts = self._told.split(_BETWEEN)
        first = self._facts.fontMetrics().horizontalAdvance(_BETWEEN.join(parts[:_FIRST]))
        is_beside = max(self._name.sizeHint().width() + mark, first) <= beside
        self._right.setDirection(_BESIDE if is_beside else _UNDER)
        room = beside if is_beside else above
        wanted = self._name.sizeHint().width() + mark + self._facts.sizeHint().width() + 12
        fits = wanted <= room
        self._who.setDirection(_BESIDE if fits else _ABOVE)
        self._who.setSpacing(12 if fits else 0)
        is_long = not fits and self._facts.sizeHint().width() > room and len(parts) > _FIRST
        if is_long:
            self._facts.show_text(_BETWEEN.join(parts[:_FIRST]))
            self._rest.show_text(_BETWEEN.join(parts[_FIRST:]))
        self._rest.setVisible(is_long)

    def _rooms(self) -> tuple[int, int]:
        """Return the room for the words: with who works beside what can be done, and above it."""
        rest = self.width() - self._back.sizeHint().width() - 72
        boxes = self._boxes.sizeHint().width() + 12 if self._boxes.isVisibleTo(self) else 0
        shown = [one.sizeHint().width() + 12 for one in self._actions if one.isVisibleTo(self)]
        who = self._seated
        is_here = who is not None and self.isAncestorOf(who)
        seated = who.sizeHint().width() + 12 if who is not None and is_here else 0
        doing = sum(shown)
        return rest - boxes - doing - seated, rest - boxes - max(doing, seated)

    @Slot()
    def _on_back_clicked(self) -> None:
        self.back_requested.emit()

    def sizeHint(self) -> QSize:
        """Ask for 64 px, or more where the text is enlarged."""
        wanted = super().sizeHint()
        return QSize(wanted.width(), max(BANNER_HEIGHT, wanted.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the words anew for the new width."""
        super().resizeEvent(event)
        self._arrange()
