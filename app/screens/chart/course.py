"""The figure of the chart: the plot, the whole course below it, and the stretch in words."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.palette import Palette
from app.trends.axis import Extent, TimeWords
from app.trends.figure import Figure
from widgets.layouts import column, scrolling
from widgets.plot import CoursePlot
from widgets.plot_overview import Overview


class CoursePart(QWidget):
    """Keeps plot, strip and words on one stretch of time."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = CoursePlot()
        self.overview = Overview()
        self._time: TimeWords | None = None
        self._area = scrolling(self.plot)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        stack = column(self, gap=4)
        stack.addWidget(self._area, 1)
        stack.addWidget(self.overview)
        self.plot.window_changed.connect(self._on_window_changed)
        self.overview.window_asked.connect(self.plot.show_window)

    def show_figure(self, figure: Figure, palette: Palette, time: TimeWords | None) -> None:
        """Show a course; another patient's opens whole once this one was left by ``clear``."""
        self._time = time
        self.overview.show_figure(figure, palette)
        self.plot.show_figure(figure, palette, time)

    def clear(self) -> None:
        """Let go of the stretch in view, and show the scores where there is no room for all."""
        self.plot.go_home()
        self._area.verticalScrollBar().setValue(0)

    @Slot(object)
    def _on_window_changed(self, window: Extent) -> None:
        view = self.plot.view
        if view is not None:
            self.overview.stand_below(view.scale.left, view.scale.right)
        self.overview.show_window(window)
        self.overview.told.setText("" if self._time is None else self._time.told(window))
