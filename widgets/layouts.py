"""Rows and columns on the 8 px grid."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from widgets.theme import CONTENT_WIDTH, GRID, TARGET, set_role


def row(parent: QWidget | None = None, *, margin: int = 0, gap: int = GRID) -> QHBoxLayout:
    """Return a row; with a parent it becomes the parent's layout."""
    answer = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    answer.setContentsMargins(margin, margin, margin, margin)
    answer.setSpacing(gap)
    return answer


def column(parent: QWidget | None = None, *, margin: int = 0, gap: int = GRID) -> QVBoxLayout:
    """Return a column; with a parent it becomes the parent's layout."""
    answer = QVBoxLayout() if parent is None else QVBoxLayout(parent)
    answer.setContentsMargins(margin, margin, margin, margin)
    answer.setSpacing(gap)
    return answer


def ground() -> QWidget:
    """Return an empty widget that lets what is beneath shine through."""
    answer = QWidget()
    set_role(answer, "plain_ground")
    return answer


def scrolling(content: QWidget, *, is_even: bool = False) -> QScrollArea:
    """Return ``content`` in an area that scrolls up and down only when it must.

    An even one keeps the middle of the content where it is without a scroll bar.
    """
    area = EvenArea() if is_even else QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def keep_room(widget: QWidget, *, is_kept: bool = True) -> None:
    """Let a widget keep its room while it is hidden, so that it moves nothing when it comes."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(is_kept)
    widget.setSizePolicy(policy)


def to_top(area: QScrollArea) -> None:
    """Show the beginning: what is shown next has not been read yet."""
    area.verticalScrollBar().setValue(0)


def into_view(widget: QWidget) -> None:
    """Scroll whatever a widget lies in until it is seen."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(widget)


class EvenArea(QScrollArea):
    """Leaves on the left what its scroll bar takes on the right, so that the middle stays."""

    def __init__(self) -> None:
        super().__init__()
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    @Slot(int, int)
    def _on_range_changed(self, lowest: int, highest: int) -> None:
        taken = self.verticalScrollBar().sizeHint().width() if highest > lowest else 0
        if self.viewportMargins().left() != taken:
            self.setViewportMargins(taken, 0, 0, 0)


class FittingArea(QScrollArea):
    """As tall as its content where there is room, and scrolling where there is not.

    The room of its scroll bar is always kept, so that nothing moves when it comes.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._content = content
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """Ask for the height that the content needs at this width."""
        content = self._content
        needed = content.heightForWidth(self.viewport().width())
        height = needed if needed >= 0 else content.sizeHint().height()
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Stay usable when little room is left."""
        return QSize(0, 2 * TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask anew: another width needs another height."""
        super().resizeEvent(event)
        self._content.setMaximumWidth(self.width() - self.verticalScrollBar().sizeHint().width())
        self.updateGeometry()


def centred(content: QWidget, widest: int = CONTENT_WIDTH) -> QWidget:
    """Return ``content`` in the middle of whatever width there is, never wider than ``widest``."""
    content.setMaximumWidth(widest)
    answer = ground()
    line = row(answer, gap=0)
    line.addStretch(1)
    line.addWidget(content, 1000)
    line.addStretch(1)
    return answer


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it once Qt is idle."""
    while (place := layout.takeAt(0)) is not None:
        widget, inner = place.widget(), place.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
