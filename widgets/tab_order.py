"""The way Tab goes: as the page is read, whatever was built first."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget


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
    others = whole.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    for part in (*laid, *(one for one in others if one not in laid)):
        if part.isVisible() and not part.isWindow():
            yield part
            yield from _parts(part)


def _laid(layout: QLayout | None) -> Iterator[QWidget]:
    if layout is None:
        return
    for number in _reading_order(layout):
        item = layout.itemAt(number)
        widget = None if item is None else item.widget()
        if widget is not None:
            yield widget
        elif item is not None:
            yield from _laid(item.layout())


def _reading_order(layout: QLayout) -> list[int]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        numbers.sort(key=layout.getItemPosition)  # type: ignore[arg-type]  # stubs say object
    return numbers
