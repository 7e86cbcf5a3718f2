"""Where the figure stands: it scrolls before its panels get lower than they have to be."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from widgets.layouts import column, ground
from widgets.plot import CoursePlot

_SPARE = 130
"""What the panels of a full record need beyond their least height to be read at a glance."""


class FigureArea(QScrollArea):
    """Gives the figure the height that it would have if nothing were told first.

    A figure that needs less is not stretched: it scrolls only where its panels would be low.
    """

    def __init__(self, plot: CoursePlot, above: QWidget) -> None:
        super().__init__()
        self._plot, self._above = plot, above
        self._ground = ground()
        column(self._ground).addWidget(plot)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWidget(self._ground)

    @Slot()
    def keep_height(self) -> None:
        """Look anew at what the figure needs."""
        room = self.viewport()
        above = 0 if self._above.isHidden() else self._above.height()
        needed = self._plot.needed_height(room.width())
        self._ground.setMinimumHeight(max(needed, min(needed + _SPARE, room.height() + above)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size of the page leaves another height."""
        super().resizeEvent(event)
        self.keep_height()
