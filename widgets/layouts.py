"""Rows and columns on the 8 px grid."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.theme import CONTENT_WIDTH, GRID, set_role


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


def scrolling(content: QWidget) -> QScrollArea:
    """Return ``content`` in an area that scrolls up and down only when it must."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


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
