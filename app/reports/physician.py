"""The page for the record: the course, its numbers, what was given, and where each comes from."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.dates import age_on
from app.errors import N_
from app.language import Words
from app.palette import load_palette
from app.reports.chart import draw_figure, natural_height, smallest_height
from app.reports.content import PageContent, heading
from app.reports.fonts import Fonts
from app.reports.pages import MARGIN, Document, numbered_pdf, room, size_of
from app.reports.physician_items import last_visits
from app.reports.physician_record import (
    events,
    findings,
    measures,
    scales,
    sequelae,
    signature,
    treatments,
)
from app.reports.typeset import (
    BODY,
    CAUTION,
    CELL_BOLD,
    CELL_FIGURE,
    CELL_RIGHT,
    CELL_SOFT,
    NAME,
    SOFT,
    SOFT_RIGHT,
    SUBHEADING,
    Typesetter,
)
from app.settings import Settings
from app.signs import unbroken
from app.trends.figure import Figure
from app.trends.model import Series, SinceStart, Trend
from app.trends.sentences import SinceRow, SinceWords, last_words, since_rows
from app.trends.series import series_title
from app.trends.since import IMMUNE_ROLES, agent_class, first_starts
from app.wording.life import age_beside, status_words
from app.wording.people import born_words, identifier_words, referral_words, shortened
from app.wording.totals import NO_TOTAL
from app.wording.visits import next_visit_on
from scales.catalogue import Catalogue

_COLUMNS = 3
_MOST_STARTS = 6
_LONGEST_TITLE = 80
_LONGEST_CAUTION = 400


def physician_pdf(
    trend: Trend,
    figure: Figure,
    catalogue: Catalogue,
    settings: Settings,
    words: Words,
    entry: str = "",
) -> bytes:
    """Return the physician page as PDF: identical bytes for identical input.

    ``entry`` is the short hash of the newest entry that changed the patient.
    """
    typesetter = Typesetter(Fonts(), load_palette("light"))
    width = size_of(settings.paper)[0] - 2 * MARGIN
    content = PageContent(trend, figure, catalogue, settings, words, typesetter, width)
    document = Document(
        title=words(N_("Course of {name}"), name=shortened(content.facts.name)),
        author=settings.site or "OMS Bedside",
        paper=settings.paper,
        header=_header(content, entry),
        words=words,
    )
    return numbered_pdf(document, _story(content, room(document)), typesetter)


def _story(content: PageContent, room_height: float) -> list[Flowable]:
    parts = (
        _course(content, room_height),
        last_visits(content),
        _since_starts(content),
        treatments(content),
        events(content),
        measures(content),
        sequelae(content),
        findings(content),
        signature(content),
        scales(content),
    )
    return [block for part in parts for block in part]


def _header(content: PageContent, entry: str) -> tuple[Flowable, ...]:
    words, typesetter = content.words, content.typesetter
    wide = content.width * 0.72
    narrow = content.width - wide
    left = (
        typesetter.text(shortened(content.facts.name), NAME, wide - 12),
        typesetter.text(_identity(content), SOFT, wide - 12),
    )
    right = (
        [typesetter.text(shortened(content.settings.site), SOFT_RIGHT, narrow)]
        if content.settings.site
        else []
    )
    printed = words(N_("As of {date}"), date=words.long_date(content.trend.as_of))
    right.append(typesetter.text(printed, SOFT_RIGHT, narrow))
    if entry:
        told = words(N_("Records entry {hash}"), hash=entry)
        right.append(typesetter.text(told, SOFT_RIGHT, narrow))
    expected = next_visit_on(content.trend.record, content.trend.as_of)
    if expected is not None:
        told = words(N_("Next visit: {date}"), date=words.long_date(expected))
        right.append(typesetter.text(told, SOFT_RIGHT, narrow))
    blocks: list[Flowable] = [typesetter.head(left, right, (wide, narrow))]
    caution = content.trend.record.patient.caution
    if caution:
        blocks.append(Spacer(1, 5))
        blocks.append(typesetter.boxed(words(caution), CAUTION, content.width, "caution_soft"))
    blocks.append(Spacer(1, 6))
    return tuple(blocks)


def _identity(content: PageContent) -> str:
    facts, words = content.facts, content.words
    parts = (
        born_words(facts, words, is_long=True),
        _age_at_last_visit(content),
        status_words(facts, words, content.trend.as_of),
        shortened(identifier_words(facts, words)),
        shortened(referral_words(facts, words)),
    )
    return words.dotted(parts)


def _age_at_last_visit(content: PageContent) -> str:
    facts, words = content.facts, content.words
    day = content.visits[-1].facts.date if content.visits else None
    age = age_on(facts.birth_date, day)
    if age is None:
        return ""
    return words(N_("{age} at the last visit"), age=age_beside(facts, age, day, words))


def _course(content: PageContent, room: float) -> Iterator[Flowable]:
    """Return the figure with its notes, and the last total of each series that it shows."""
    words, typesetter = content.words, content.typesetter
    if not content.visits:
        yield typesetter.text(words(N_("No visit is signed yet.")), BODY, content.width)
    if content.figure.panels or content.figure.lanes or content.figure.events:
        yield _drawing(content, room - 40)
        yield Spacer(1, 4)
    for note in content.figure.notes:
        yield typesetter.text(note, SOFT, content.width)
    last = list(_last_totals(content))
    if last:
        yield KeepTogether([*heading(content, N_("Last visit")), *last])


def _drawing(content: PageContent, room: float) -> Flowable:
    fonts, palette = content.typesetter.fonts, content.typesetter.palette
    least = smallest_height(content.figure, content.width)
    height = max(least, min(room * 0.72, natural_height(content.figure, content.width)))
    return draw_figure(content.figure, palette, content.width, height, fonts, most=room)


def _last_totals(content: PageContent) -> Iterator[Flowable]:
    words = content.words
    rows = []
    for panel in content.figure.panels:
        last = last_words(content.trend, content.catalogue, panel.key, words)
        if last is not None:
            told = words.sentences((last.change, last.noise))
            lines = (last.heading, last.reason, told, last.at_zero, last.caution)
            text = "\n".join(line for line in lines if line)
            rows.append(((last.total, CELL_FIGURE), (last.of, CELL_BOLD), (text, CELL_SOFT)))
    if rows:
        widths = (28.0, 150.0, content.width - 178.0)
        yield content.typesetter.table(rows, widths)


def _since_starts(content: PageContent) -> Iterator[Flowable]:
    """Return a block for each treatment start, for every series that the figure shows."""
    found = (content.trend.find(panel.key) for panel in content.figure.panels)
    told = [(series, _starts(content, series)) for series in found if series is not None]
    told = [(series, starts) for series, starts in told if starts]
    above = heading(content, N_("Since each treatment start"))
    for series, starts in told:
        title, first, *others = _series_blocks(content, series, starts)
        yield KeepTogether([*above, title, first])
        yield from others
        yield Spacer(1, 5)
        above = ()


def _starts(content: PageContent, series: Series) -> Sequence[SinceStart]:
    """Choose the starts that are told: those that act on the immune system, if there are any."""
    every = content.trend.since.get(series.key, ())
    immune = [each for each in every if agent_class(each.treatment) in IMMUNE_ROLES]
    chosen = immune or list(every)
    if len(chosen) > _MOST_STARTS:
        firsts = first_starts(content.trend.begun)
        chosen = [each for each in chosen if each.treatment in firsts]
    return chosen


def _series_blocks(
    content: PageContent, series: Series, starts: Sequence[SinceStart]
) -> Iterator[Flowable]:
    """Return the series' title with what was found about its noise, then rows of blocks."""
    told = [
        since_rows(content.trend, content.catalogue, series.key, since, content.words)
        for since in starts
    ]
    title = series_title(content.catalogue, series, content.words)
    noises = dict.fromkeys(each.noise for each in told)
    is_shared = len([noise for noise in noises if noise]) == 1
    shared = next(filter(None, noises)) if is_shared else ""
    yield content.typesetter.pieces((title, SUBHEADING), (shared, SOFT))
    width = content.width / _COLUMNS
    for first in range(0, len(told), _COLUMNS):
        blocks: list[Sequence[Flowable]] = [
            list(_start_block(content, each, width - 12, has_noise=not is_shared))
            for each in told[first : first + _COLUMNS]
        ]
        blocks += [()] * (_COLUMNS - len(blocks))
        yield content.typesetter.grid(blocks, [width] * _COLUMNS)


def _start_block(
    content: PageContent, told: SinceWords, width: float, *, has_noise: bool
) -> Iterator[Flowable]:
    typesetter = content.typesetter
    yield typesetter.pieces(
        (shortened(told.title, _LONGEST_TITLE), CELL_BOLD), (unbroken(told.when), SOFT)
    )
    yield _reading_table(content, told.rows, width)
    if told.noise and has_noise:
        yield typesetter.text(told.noise, SOFT, width)
    for caution in told.cautions:
        yield typesetter.text(shortened(caution, _LONGEST_CAUTION), CAUTION, width)


def _day_and_change(row: SinceRow, words: Words) -> str:
    """Return both, each whole on its line; what stands in place of a total is a text."""
    if row.total == NO_TOTAL:
        return row.day
    return words.dotted((unbroken(row.day), unbroken(row.note)))


def _reading_table(content: PageContent, rows: Sequence[SinceRow], width: float) -> Flowable:
    columns = (width * 0.32, width * 0.18, width * 0.5)
    return content.typesetter.table(
        [
            (
                (row.label, CELL_SOFT),
                (row.total, CELL_FIGURE),
                (_day_and_change(row, content.words), CELL_RIGHT),
            )
            for row in rows
        ],
        columns,
        [("TOPPADDING", (0, 0), (-1, -1), 0.6), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.6)],
    )
