"""What moves with time as it is: painted once for each zoom, then only shifted."""

from collections.abc import Sequence
from math import ceil, floor

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.drawing.vocabulary import Element
from widgets.plot_painting import Colours, DrawingPainter

_BELOW = -200.0
"""Below pyqtgraph's view boxes, which stand at -100."""
_AIR = 20.0


class Clip(QGraphicsItem):
    """A window onto what is in it: nothing of that is seen outside."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QRectF()
        self.setZValue(_BELOW)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    def set_box(self, box: QRectF) -> None:
        """Say where the window is."""
        if box != self._box:
            self.prepareGeometryChange()
            self._box = box

    def boundingRect(self) -> QRectF:
        """Return the window."""
        return self._box

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint nothing: it has no contents."""


class MovingLayer(QGraphicsItem):
    """Elements of the whole course, kept painted while they are shifted.

    What is kept is as wide as three windows; where time has moved beyond, it is painted anew.
    """

    def __init__(self, parent: Clip) -> None:
        super().__init__(parent)
        self._window = parent
        self._elements: tuple[Element, ...] = ()
        self._colours: Colours | None = None
        self._box = QRectF()
        self._kept = QPixmap()
        self._kept_box = QRectF()

    def show_elements(self, elements: Sequence[Element], colours: Colours, box: QRectF) -> None:
        """Take what is painted; ``box`` holds all of it."""
        self.prepareGeometryChange()
        self._elements, self._colours, self._box = tuple(elements), colours, box
        self._kept_box = QRectF()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return what holds every element."""
        return self._box

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt gives it
        widget: QWidget | None = None,  # noqa: ARG002 - Qt gives it
    ) -> None:
        """Paint what is in the window."""
        seen = self.mapFromParent(self._window.boundingRect()).boundingRect()
        ratio = painter.device().devicePixelRatio()
        if not self._kept_box.contains(seen) or self._kept.devicePixelRatio() != ratio:
            self._keep(seen, ratio)
        painter.drawPixmap(self._kept_box.topLeft(), self._kept)

    def _keep(self, seen: QRectF, ratio: float) -> None:
        """Paint what is around the window, as far as there is something."""
        wide = seen.adjusted(-seen.width(), 0.0, seen.width(), 0.0)
        # Whole pixels, so that what is kept stands as it was painted.
        left = floor(min(seen.left(), max(wide.left(), self._box.left() - _AIR)))
        right = ceil(max(seen.right(), min(wide.right(), self._box.right() + _AIR)))
        self._kept_box = QRectF(left, floor(seen.top()), right - left, ceil(seen.height()) + 1)
        size = self._kept_box.size() * ratio
        self._kept = QPixmap(ceil(size.width()), ceil(size.height()))
        self._kept.setDevicePixelRatio(ratio)
        self._kept.fill(Qt.GlobalColor.transparent)
        if self._colours is None:
            return
        with QPainter(self._kept) as painter:
            painter.translate(-self._kept_box.topLeft())
            DrawingPainter(painter, self._colours).paint(self._elements)
