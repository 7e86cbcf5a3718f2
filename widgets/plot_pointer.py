"""What a hand does over a plot: pointing, clicking, dragging, the wheel, and two fingers."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

_DRAG_FROM = 5
_NOTCH = 120
_STEP = 1.2
"""How many times more days a notch of the wheel shows, or fewer."""


class PlotPointer(QObject):
    """Listens to a plot, and tells what is meant, in the plot's own pixels.

    A press that moves is a drag, else it is a click. The wheel turns time nearer or further at
    the pointer, sideways or with Shift it moves time; so do two fingers.
    """

    pointed = Signal(QPointF)
    clicked = Signal(QPointF)
    drag_begun = Signal()
    dragged = Signal(float)  # pixels since the press
    moved = Signal(float)  # pixels
    zoomed = Signal(float, float)  # the pixel that stays, and how many times more days
    reset = Signal()
    gone = Signal()

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self._start: QPointF | None = None
        self._is_drag = False
        self._heard = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double,
            QEvent.Type.Leave: self._leave,
            QEvent.Type.Wheel: self._wheel,
            QEvent.Type.NativeGesture: self._native,
            QEvent.Type.Gesture: self._gesture,
        }
        plot.grabGesture(Qt.GestureType.PinchGesture)
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is one
        """Take what a hand does; everything else goes on."""
        heard = self._heard.get(event.type())
        return heard is not None and heard(event)

    def _press(self, event: QEvent) -> bool:
        mouse = cast("QMouseEvent", event)
        if mouse.button() == Qt.MouseButton.LeftButton:
            self._start, self._is_drag = mouse.position(), False
            self.drag_begun.emit()
        return False  # the press gives the plot the focus

    def _move(self, event: QEvent) -> bool:
        at = cast("QMouseEvent", event).position()
        if self._start is None:
            self.pointed.emit(at)
            return True
        pixels = at.x() - self._start.x()
        self._is_drag = self._is_drag or abs(pixels) > _DRAG_FROM
        if self._is_drag:
            self.dragged.emit(pixels)
        return True

    def _release(self, event: QEvent) -> bool:
        start, self._start = self._start, None
        if start is not None and not self._is_drag:
            self.clicked.emit(cast("QMouseEvent", event).position())
        return True

    def _double(self, _event: QEvent) -> bool:
        self.reset.emit()
        return True

    def _leave(self, _event: QEvent) -> bool:
        self.gone.emit()
        return False

    def _wheel(self, event: QEvent) -> bool:
        wheel = cast("QWheelEvent", event)
        turn, across = wheel.angleDelta().y(), wheel.angleDelta().x()
        if wheel.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turn, across = 0, across or turn
        if abs(across) > abs(turn):
            self.moved.emit(across / 2)
        elif turn:
            self.zoomed.emit(wheel.position().x(), _STEP ** (-turn / _NOTCH))
        return True

    def _native(self, event: QEvent) -> bool:
        gesture = cast("QNativeGestureEvent", event)
        if gesture.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoomed.emit(gesture.position().x(), 1 / max(0.1, 1 + gesture.value()))
        return True

    def _gesture(self, event: QEvent) -> bool:
        pinch = cast("QGestureEvent", event).gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        self.pinch(pinch.centerPoint(), pinch.scaleFactor())
        return True

    def pinch(self, centre: QPointF, factor: float) -> None:
        """Turn time nearer between two fingers; ``centre`` is a place on the screen.

        What the first finger began is no drag.
        """
        self._start = None
        if factor > 0:
            self.zoomed.emit(self._plot.mapFromGlobal(centre).x(), 1 / factor)
