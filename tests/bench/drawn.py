"""The yardstick's figure: matplotlib drawing the same points, lines and bars.

It is asked as its own guide says: one call for the points of a panel, drawn as equal markers, and
one ``broken_barh`` for the bars of a lane. Bands, start lines and events are left out, so ours
draws more.
"""

from collections.abc import Mapping
from typing import Any

from app.trends.figure import Figure


def draw(drawn: Any, figure: Figure) -> Any:
    """Draw a figure, one panel above the other and the lanes below; return the lowest axes."""
    axes = drawn.subplots(len(figure.panels) + 1, 1, sharex=True)
    for axis, panel in zip(axes, figure.panels, strict=False):
        for run in panel.lines:
            axis.plot([x for x, _ in run], [float(y) for _, y in run])
        marks = [m.x for m in panel.marks], [float(m.y) for m in panel.marks]
        axis.plot(*marks, linestyle="none", marker="o")
        axis.set_ylim(float(panel.lowest), float(panel.highest))
        axis.set_title(panel.title)
    lanes = axes[-1]
    for row, lane in enumerate(figure.lanes):
        lanes.broken_barh([(bar.start, bar.stop - bar.start) for bar in lane.bars], (-row, 0.8))
    lanes.set_yticks([-row for row in range(len(figure.lanes))], [x.label for x in figure.lanes])
    lanes.set_xlim(figure.axis.lowest, figure.axis.highest)
    lanes.set_xticks([t.x for t in figure.axis.ticks], [t.label for t in figure.axis.ticks])
    return lanes


def draw_rows(
    drawn: Any,
    points: Mapping[str, list[tuple[float, float]]],
    bars: Mapping[str, list[tuple[float, float]]],
) -> None:
    """Draw the same from rows of a file: totals by scale, and bars by agent."""
    axes = drawn.subplots(len(points) + 1, 1, sharex=True)
    for axis, (scale, told) in zip(axes, points.items(), strict=False):
        axis.plot([x for x, _ in told], [y for _, y in told], marker="o")
        axis.set_title(scale)
    for row, (_agent, spans) in enumerate(bars.items()):
        axes[-1].broken_barh(spans, (-row, 0.8))
    axes[-1].set_yticks([-row for row in range(len(bars))], list(bars))


def texts(figure: Figure) -> frozenset[str]:
    """Return the words that the drawn figure has already."""
    ticks = (str(tick) for panel in figure.panels for tick in panel.ticks)
    titles = (panel.title for panel in figure.panels)
    lanes = (lane.label for lane in figure.lanes)
    return frozenset((*ticks, *titles, *lanes, *(tick.label for tick in figure.axis.ticks)))
