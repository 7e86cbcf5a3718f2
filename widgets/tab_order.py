"""The way Tab goes: as the page is read, whatever was built first."""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

_Part = TypeVar("_Part", QWidget, QLayout)


def tab_stops(page: QWidget) -> tuple[QWidget, ...]:
    """Return what Tab stops at inside a page, in the order in which the page is read."""
    return tuple(part for part in _parts(page) if _is_stop(part))


def next_stop(
    page: QWidget | None, current: QWidget | None, *, is_forward: bool
) -> QWidget | None:
    """Return the stop after (or before) what has the focus; the ends are joined.

    What is no stop itself, such as a row of levels, is a place to go on from.
    """
    parts = [] if page is None else list(_parts(page))
    start = parts.index(current) if current in parts else -1
    onward = [*parts[start + 1 :], *parts[:start]] if start >= 0 else parts
    way = onward if is_forward else reversed(onward)
    return next((part for part in way if _is_stop(part)), None)


def _is_stop(part: QWidget) -> bool:
    takes_tab = bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and part.isEnabled() and part.focusProxy() is None


def _parts(whole: QWidget) -> Iterator[QWidget]:
    """Give what is seen inside, each part before its own parts."""
    laid = tuple(_laid(whole.layout()))
    for part in (*laid, *(one for one in _direct(whole, QWidget) if one not in laid)):
        if part.isVisible() and not part.isWindow():
            yield part
            yield from _parts(part)


def _laid(layout: QLayout | None) -> Iterator[QWidget]:
    """Give the widgets of a layout as they are read.

    The layout is never asked for its items: what Python is given of one outlives the item itself,
    and stands for whatever takes its place in memory.
    """
    if layout is None:
        return
    for part in _in_reading_order(layout):
        if isinstance(part, QLayout):
            yield from _laid(part)
        else:
            yield part


def _in_reading_order(layout: QLayout) -> list[QWidget | QLayout]:
    owner = layout.parentWidget()
    widgets = [] if owner is None else _direct(owner, QWidget)
    parts: list[QWidget | QLayout] = [*widgets, *_direct(layout, QLayout)]
    placed = {number: part for part in parts if (number := layout.indexOf(part)) >= 0}
    numbers = sorted(placed)
    if isinstance(layout, QGridLayout):
        numbers.sort(key=layout.getItemPosition)  # type: ignore[arg-type]  # stubs say object
    return [placed[number] for number in numbers]


def _direct(whole: QObject, kind: type[_Part]) -> list[_Part]:
    return whole.findChildren(kind, options=Qt.FindChildOption.FindDirectChildrenOnly)
