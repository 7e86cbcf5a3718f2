"""Widgets beside one another, in as many lines as they need."""

from PySide6.QtCore import QChildEvent, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import GRID, set_role


class Flow(QWidget):
    """Places what shows from left to right and breaks the line where the width ends.

    A widget and no layout: Qt asks a layout of Python's for items, and what Python keeps of an
    item outlives it and stands for whatever takes its place in memory.
    """

    def __init__(self, *parts: QWidget, gap: int = GRID, is_one_a_line: bool = False) -> None:
        super().__init__()
        self._parts: list[QWidget] = []
        self._gap = gap
        self._is_one_a_line = is_one_a_line
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_role(self, "plain_ground")
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """Put a widget at the end; one that is here already moves there."""
        if part in self._parts:
            self._parts.remove(part)
        part.setParent(self)
        part.raise_()  # Tab follows the order of children
        self._parts.append(part)
        is_kept_hidden = part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        if not (part.isHidden() and is_kept_hidden):
            part.show()  # so that it counts at once where somebody asks for the height
        self._place_anew()

    def drop(self, part: QWidget) -> None:
        """Take a widget out, and delete it once Qt is idle."""
        self._parts.remove(part)
        part.hide()
        part.deleteLater()
        self._place_anew()

    def clear(self) -> None:
        """Take every widget out, as ``drop`` does."""
        for part in tuple(self._parts):
            self.drop(part)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def sizeHint(self) -> QSize:
        """Ask for one line, or for the widest of many."""
        hints = [_wish(part) for part in self._shown()]
        if self._is_one_a_line:
            width = max((hint.width() for hint in hints), default=0)
            return QSize(width, self.heightForWidth(width))
        width = sum(hint.width() + self._gap for hint in hints) - self._gap if hints else 0
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Need at least the widest part."""
        size = QSize(0, 0)
        for part in self._shown():
            size = size.expandedTo(_least(part))
        return size

    def event(self, event: QEvent) -> bool:
        """Place the parts anew when one of them has changed its wish."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_anew()
        return super().event(event)

    def childEvent(self, event: QChildEvent) -> None:
        """Forget a part that goes away by itself."""
        if event.removed():
            inside = self.children()
            self._parts = [part for part in self._parts if part in inside]
            self._place_anew()
        super().childEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines where the width ends now."""
        super().resizeEvent(event)
        self._arrange(self.rect(), is_trial=False)

    def _place_anew(self) -> None:
        self.updateGeometry()
        self._arrange(self.rect(), is_trial=False)

    def _shown(self) -> list[QWidget]:
        """Return the parts that take room: what is hidden leaves no gap, unless it keeps it."""
        return [
            part
            for part in self._parts
            if not part.isHidden() or part.sizePolicy().retainSizeWhenHidden()
        ]

    def _arrange(self, room: QRect, *, is_trial: bool) -> int:
        """Place the parts in ``room`` and return the height they take."""
        x, y, line = room.x(), room.y(), 0
        for part in self._shown():
            size = _wish(part)
            if self._is_one_a_line:
                size.setWidth(room.width())
            elif size.width() > room.width() and part.hasHeightForWidth():
                # A part that is wider than all there is breaks its own lines.
                size = QSize(room.width(), part.heightForWidth(room.width()))
            if x > room.x() and x + size.width() > room.x() + room.width():
                x, y, line = room.x(), y + line + self._gap, 0
            if not is_trial:
                part.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - room.y()


def _wish(part: QWidget) -> QSize:
    return _bounded(part, part.sizeHint().expandedTo(part.minimumSizeHint()))


def _least(part: QWidget) -> QSize:
    can_shrink = (
        part.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.ShrinkFlag.value
    )
    return _bounded(part, part.minimumSizeHint() if can_shrink else _wish(part))


def _bounded(part: QWidget, size: QSize) -> QSize:
    return size.boundedTo(part.maximumSize()).expandedTo(part.minimumSize())
