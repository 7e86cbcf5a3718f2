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
        self._start: QPointF | None = None
        self._is_drag = False
        plot.grabGesture(Qt.GestureType.PinchGesture)
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - there is one
        """Take what a hand does; everything else goes on."""
        heard = _HEARD.get(event.type())
        return heard is not None and heard(self, event)

    def press(self, event: QEvent) -> bool:
        """Begin what may become a click or a drag; the press gives the plot the focus as well."""
        mouse = cast("QMouseEvent", event)
        if mouse.button() == Qt.MouseButton.LeftButton:
            self._start, self._is_drag = mouse.position(), False
            self.drag_begun.emit()
        return False

    def move(self, event: QEvent) -> bool:
        """Follow the pointer, pressed or not."""
        at = cast("QMouseEvent", event).position()
        if self._start is None:
            self.pointed.emit(at)
            return True
        pixels = at.x() - self._start.x()
        self._is_drag = self._is_drag or abs(pixels) > _DRAG_FROM
        if self._is_drag:
            self.dragged.emit(pixels)
        return True

    def release(self, event: QEvent) -> bool:
        """Tell a click where nothing has moved."""
        start, self._start = self._start, None
        if start is not None and not self._is_drag:
            self.clicked.emit(cast("QMouseEvent", event).position())
        return True

    def double(self, _event: QEvent) -> bool:
        """Go back to what it opened on."""
        self.reset.emit()
        return True

    def leave(self, _event: QEvent) -> bool:
        """Let go."""
        self.gone.emit()
        return False

    def wheel(self, event: QEvent) -> bool:
        """Turn time nearer or further, or move it."""
        wheel = cast("QWheelEvent", event)
        turn, across = wheel.angleDelta().y(), wheel.angleDelta().x()
        if wheel.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turn, across = 0, across or turn
        if abs(across) > abs(turn):
            self.moved.emit(across / 2)
        elif turn:
            self.zoomed.emit(wheel.position().x(), _STEP ** (-turn / _NOTCH))
        return True

    def native(self, event: QEvent) -> bool:
        """Follow two fingers on a touchpad."""
        gesture = cast("QNativeGestureEvent", event)
        if gesture.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.zoomed.emit(gesture.position().x(), 1 / max(0.1, 1 + gesture.value()))
        return True

    def gesture(self, event: QEvent) -> bool:
        """Follow two fingers on the screen."""
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
        plot = cast("QWidget", self.parent())
        if factor > 0:
            self.zoomed.emit(plot.mapFromGlobal(centre).x(), 1 / factor)


_HEARD = {
    QEvent.Type.MouseButtonPress: PlotPointer.press,
    QEvent.Type.MouseMove: PlotPointer.move,
    QEvent.Type.MouseButtonRelease: PlotPointer.release,
    QEvent.Type.MouseButtonDblClick: PlotPointer.double,
    QEvent.Type.Leave: PlotPointer.leave,
    QEvent.Type.Wheel: PlotPointer.wheel,
    QEvent.Type.NativeGesture: PlotPointer.native,
    QEvent.Type.Gesture: PlotPointer.gesture,
}
"""Not kept by a pointer: it would hold on to itself, and hear events with its values gone."""
