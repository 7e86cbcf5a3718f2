"""What moves with time as it is: painted once for each zoom, then only shifted."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.drawing.vocabulary import Element
from widgets.plot_painting import Colours, DrawingPainter

_BELOW = -200.0
"""Below pyqtgraph's view boxes, which stand at -100."""


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
    """Elements of the whole course, kept painted while they are shifted."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self._elements: tuple[Element, ...] = ()
        self._colours: Colours | None = None
        self._box = QRectF()
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_elements(self, elements: Sequence[Element], colours: Colours, box: QRectF) -> None:
        """Take what is painted; ``box`` holds all of it."""
        self.prepareGeometryChange()
        self._elements, self._colours, self._box = tuple(elements), colours, box
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
        """Paint the elements."""
        if self._colours is not None:
            DrawingPainter(painter, self._colours).paint(self._elements)
