"""Run alone: 30,000 void calls into Qt and 500 repaints of the trend chart, then a normal end."""

from PySide6.QtWidgets import QApplication, QLabel

from app.language import words
from app.palette import load_palette
from app.trends.compose import compose
from tests.courses import CATALOGUE, child, trend
from widgets.plot import CoursePlot

CALLS = 30_000
REPAINTS = 500


def main() -> None:
    """Do it all; the process aborts if the bindings lose a reference."""
    app = QApplication([])
    label = QLabel()
    for number in range(CALLS):
        label.setText(str(number))
    plot = CoursePlot()
    plot.resize(480, 320)
    plot.show_figure(compose(trend(child()), CATALOGUE, words()), load_palette("light"))
    plot.show()
    for _ in range(REPAINTS):
        plot._canvas.viewport().repaint()
        app.processEvents()
    print("done")  # noqa: T201 - the test reads it


main()
