"""The figure of the physician page, the last totals, and what followed each treatment start."""

from collections.abc import Iterator, Sequence

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from app.errors import N_
from app.records.codes import agent
from app.reports.chart import draw_figure, natural_height, smallest_height
from app.reports.matter import Matter
from app.reports.typeset import (
    BODY,
    CAUTION,
    CELL_BOLD,
    CELL_FIGURE,
    CELL_RIGHT,
    CELL_SOFT,
    HEADING,
    SOFT,
    SUBHEADING,
)
from app.trends.model import Series, SinceStart
from app.trends.naming import series_title
from app.trends.sentences import SinceRow, SinceWords, last_words, since_rows
from app.trends.starts import IMMUNE_ROLES, is_first

_COLUMNS = 3
_MOST_STARTS = 6
_LONGEST_NAME = 80
_LONGEST_CAUTION = 400
_LEAST_BEFORE_BREAK = 120
_FIXED_SPACE = "\N{NO-BREAK SPACE}"


def heading(matter: Matter, text: str, least: float = _LEAST_BEFORE_BREAK) -> tuple[Flowable, ...]:
    """Return a section's heading; ``least`` points of the section stand on its page."""
    return (
        CondPageBreak(least),
        Spacer(1, 10),
        matter.typesetter.text(matter.words(text), HEADING, matter.width),
        Spacer(1, 3),
    )


def course(matter: Matter, room: float) -> Iterator[Flowable]:
    """Return the figure with its notes, and the last total of each series that it shows."""
    words, typesetter = matter.words, matter.typesetter
    if not matter.visits:
        yield typesetter.text(words(N_("No visit is signed yet.")), BODY, matter.width)
    if matter.figure.panels or matter.figure.lanes or matter.figure.events:
        yield _drawing(matter, room - 40)
        yield Spacer(1, 4)
    for note in matter.figure.notes:
        yield typesetter.text(note, SOFT, matter.width)
    last = list(_last_totals(matter))
    if last:
        yield KeepTogether([*heading(matter, N_("Last visit")), *last])


def _drawing(matter: Matter, room: float) -> Drawing:
    fonts, palette = matter.typesetter.fonts, matter.typesetter.palette
    least = smallest_height(matter.figure, matter.width, fonts)
    height = max(least, min(room * 0.72, natural_height(matter.figure, matter.width, fonts)))
    drawing = draw_figure(matter.figure, palette, matter.width, height, fonts)
    if height > room:
        drawing.width, drawing.height = matter.width * room / height, room
        drawing.scale(room / height, room / height)
    return drawing


def _last_totals(matter: Matter) -> Iterator[Flowable]:
    words = matter.words
    rows = []
    for panel in matter.figure.panels:
        last = last_words(matter.trend, matter.catalogue, panel.key, words)
        if last is not None:
            told = " ".join(part for part in (last.change, last.noise) if part)
            lines = (last.heading, last.reason, told, last.caution)
            text = "\n".join(line for line in lines if line)
            rows.append(((last.total, CELL_FIGURE), (last.of, CELL_BOLD), (text, CELL_SOFT)))
    if rows:
        widths = (28.0, 150.0, matter.width - 178.0)
        yield matter.typesetter.table(rows, widths)


def since_starts(matter: Matter) -> Iterator[Flowable]:
    """Return a block for each treatment start, for every series that the figure shows."""
    found = (matter.trend.find(panel.key) for panel in matter.figure.panels)
    told = [(series, _starts(matter, series)) for series in found if series is not None]
    told = [(series, starts) for series, starts in told if starts]
    above = heading(matter, N_("Since each treatment start"))
    for series, starts in told:
        title, first, *others = _series_blocks(matter, series, starts)
        yield KeepTogether([*above, title, first])
        yield from others
        yield Spacer(1, 5)
        above = ()


def _starts(matter: Matter, series: Series) -> Sequence[SinceStart]:
    """Choose the starts that are told: those that act on the immune system, if there are any."""
    every = matter.trend.since.get(series.key, ())
    immune = [each for each in every if agent(each.treatment.facts.agent).role in IMMUNE_ROLES]
    chosen = immune or list(every)
    if len(chosen) > _MOST_STARTS:
        treatments = matter.trend.record.treatments
        chosen = [each for each in chosen if is_first(each.treatment, treatments)]
    return chosen


def _series_blocks(
    matter: Matter, series: Series, starts: Sequence[SinceStart]
) -> Iterator[Flowable]:
    """Return the series' title with what is published about its noise, then rows of blocks."""
    told = [
        since_rows(matter.trend, matter.catalogue, series.key, since, matter.words)
        for since in starts
    ]
    title = series_title(matter.catalogue, series, matter.words)
    noises = dict.fromkeys(each.noise for each in told)
    is_shared = len([noise for noise in noises if noise]) == 1
    shared = next(filter(None, noises)) if is_shared else ""
    yield matter.typesetter.pieces((title, SUBHEADING), (shared, SOFT))
    width = matter.width / _COLUMNS
    for first in range(0, len(told), _COLUMNS):
        blocks: list[Sequence[Flowable]] = [
            list(_start_block(matter, each, width - 12, has_noise=not is_shared))
            for each in told[first : first + _COLUMNS]
        ]
        blocks += [()] * (_COLUMNS - len(blocks))
        yield matter.typesetter.grid(blocks, [width] * _COLUMNS)


def _start_block(
    matter: Matter, told: SinceWords, width: float, *, has_noise: bool
) -> Iterator[Flowable]:
    typesetter = matter.typesetter
    yield typesetter.pieces(
        (shortened(told.title, _LONGEST_NAME), CELL_BOLD), (_joined(told.when), SOFT)
    )
    yield _reading_table(matter, told.rows, width)
    if told.noise and has_noise:
        yield typesetter.text(told.noise, SOFT, width)
    for caution in told.cautions:
        yield typesetter.text(shortened(caution, _LONGEST_CAUTION), CAUTION, width)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many letters; the treatments' table tells it in full."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _joined(text: str) -> str:
    """Return a text that no line end parts."""
    return text.replace(" ", _FIXED_SPACE)


def _reading_table(matter: Matter, rows: Sequence[SinceRow], width: float) -> Flowable:
    columns = (width * 0.32, width * 0.18, width * 0.5)
    return matter.typesetter.table(
        [
            (
                (row.label, CELL_SOFT),
                (row.total, CELL_FIGURE),
                (_joined(" · ".join(part for part in (row.day, row.note) if part)), CELL_RIGHT),
            )
            for row in rows
        ],
        columns,
        [("TOPPADDING", (0, 0), (-1, -1), 0.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6)],
    )
