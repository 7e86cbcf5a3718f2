"""The chart of the physician page: the figure that the screen shows, in vectors on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from app.palette import Palette, load_palette
from app.reports.chart_lanes import (
    EVENT_ROW,
    LANE_ROW,
    draw_axis,
    draw_events,
    draw_lanes,
    draw_raters,
    event_rows,
    rater_rows,
)
from app.reports.chart_panels import TITLE_ROW, draw_panel, strip_height
from app.reports.fonts import Fonts, Weight
from app.reports.ground import Ground
from app.trends.figure import EventMark, Figure, Panel, StartLine

RELAPSE = "relapse"
_TEXT = 7.5
_GUTTER = 84.0
_EDGE = 16.0
_SPAN_ROW = 13.0
_PANEL_GAP = 10.0
_AXIS = 26.0
_PREFERRED_PANEL = 92.0
_SMALLEST_PANEL = 34.0


@dataclass(frozen=True, slots=True)
class _Rows:
    """The heights of everything that does not stretch, in points."""

    spans: float
    lanes: float
    events: float
    raters: float
    panels: float

    @property
    def feet(self) -> float:
        return _AXIS + self.raters

    @property
    def total(self) -> float:
        return self.spans + self.lanes + self.events + self.panels + self.feet


def natural_height(figure: Figure, width: float, fonts: Fonts) -> float:
    """Return the height at which the figure reads well, in points."""
    stretch = sum(_share(panel) for panel in figure.panels) * _PREFERRED_PANEL
    return _rows(_ground(figure, fonts, width), figure).total + stretch


def smallest_height(figure: Figure, width: float, fonts: Fonts) -> float:
    """Return the least height at which the figure can still be read, in points."""
    stretch = len(figure.panels) * _SMALLEST_PANEL
    return _rows(_ground(figure, fonts, width), figure).total + stretch


def draw_figure(
    figure: Figure, palette: Palette, width: float, height: float, fonts: Fonts
) -> Drawing:
    """Draw the whole figure; every text in it is set in the bundled fonts.

    The notes of the figure are not drawn: the page sets them as text beside it.
    """
    ground = _ground(figure, fonts, width, height, palette)
    rows = _rows(ground, figure)
    relapses = tuple(event for event in figure.events if event.kind == RELAPSE)
    _draw_relapses(ground, relapses, height, rows.feet + rows.events + rows.lanes)
    top = _draw_panels(ground, figure, height - rows.spans, height - rows.total)
    _draw_starts(ground, figure.starts, top, rows.feet)
    _name_starts(ground, figure.starts, rows.feet)
    top = draw_lanes(ground, figure.lanes, top)
    draw_events(ground, _others(figure), top)
    draw_axis(ground, figure.axis, rows.raters + _AXIS - 10)
    draw_raters(ground, figure.raters, rows.raters - EVENT_ROW + 3)
    return ground.drawing


def _ground(
    figure: Figure,
    fonts: Fonts,
    width: float,
    height: float = 0.0,
    palette: Palette | None = None,
) -> Ground:
    return Ground(
        Drawing(width, height), figure.axis, palette or load_palette("light"), fonts,
        left=_GUTTER, right=width - _EDGE, size=_TEXT,
    )  # fmt: skip


def _rows(ground: Ground, figure: Figure) -> _Rows:
    has_relapse = any(event.kind == RELAPSE for event in figure.events)
    fixed = sum(TITLE_ROW + strip_height(ground, panel) + _PANEL_GAP for panel in figure.panels)
    return _Rows(
        spans=_SPAN_ROW if has_relapse else 0.0,
        lanes=LANE_ROW * len(figure.lanes),
        events=EVENT_ROW * event_rows(ground, _others(figure)),
        raters=EVENT_ROW * rater_rows(ground, figure.raters),
        panels=fixed,
    )


def _others(figure: Figure) -> tuple[EventMark, ...]:
    return tuple(event for event in figure.events if event.kind != RELAPSE)


def _share(panel: Panel) -> float:
    # A subscore is read beside its scale, so it may stand lower.
    return 0.6 if "." in panel.key else 1.0


def _draw_panels(ground: Ground, figure: Figure, top: float, stretch: float) -> float:
    shares = sum(_share(panel) for panel in figure.panels)
    for panel in figure.panels:
        plot_height = max(_SMALLEST_PANEL, stretch * _share(panel) / shares)
        field_top = top - TITLE_ROW
        _draw_starts(ground, figure.starts, field_top, field_top - plot_height)
        top = draw_panel(ground, panel, top, plot_height) - _PANEL_GAP
    return top


def _draw_relapses(
    ground: Ground, relapses: Sequence[EventMark], top: float, bottom: float
) -> None:
    """Shade the days of a relapse through every panel; one of a single day is a line."""
    for relapse in relapses:
        left = ground.x(relapse.x)
        right = left + 1.2 if relapse.stop is None else ground.x(relapse.stop)
        ground.block(
            (left, bottom),
            max(right - left, 1.2),
            top - _SPAN_ROW - bottom + 3,
            ground.colour("relapse_soft"),
        )
        text = ground.beside(relapse.x, relapse.label)
        place = (left if text.anchor == "start" else right, top - 9)
        ground.write(place, text.label, role="series2", weight=Weight.BOLD, anchor=text.anchor)


def _draw_starts(ground: Ground, starts: Sequence[StartLine], top: float, bottom: float) -> None:
    """Draw treatment starts through a panel, or through the lanes."""
    for start in starts:
        x = ground.x(start.x)
        role = "accent" if start.is_chosen else "ink_soft"
        ground.line((x, top), (x, bottom), role, 0.8 if start.is_chosen else 0.4, (2, 2))


def _name_starts(ground: Ground, starts: Sequence[StartLine], bottom: float) -> None:
    """Name the chosen start below the axis; the others are told by their lanes."""
    for start in starts:
        if start.is_chosen:
            place = (ground.x(start.x), bottom - _AXIS + 5)
            ground.write(place, start.label, role="accent", weight=Weight.BOLD, anchor="middle")
