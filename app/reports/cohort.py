"""The page of a cohort: what was asked for, the drawings of the screen, and every caution.

It has no name, no identifier and no word that somebody typed.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from reportlab.platypus import Flowable, Spacer

from app.drawing.cohort import fan_axes, fan_drawing, steps_axes, steps_drawing
from app.drawing.measure import Measure
from app.errors import N_
from app.language import Words
from app.palette import load_palette
from app.records.cohort import Asked
from app.reports.fonts import Fonts
from app.reports.pages import APP, MARGIN, Document, numbered_pdf, room, size_of
from app.reports.painted import Painted
from app.reports.typeset import CAUTION, NAME, SOFT, SOFT_RIGHT, SUBHEADING, Typesetter
from app.settings import Paper
from app.trends.cohort import Cohort
from app.trends.cohort_figure import Steps, TimeTold, fan_of, times_of
from app.trends.cohort_words import (
    RECOGNISABLE,
    change_words,
    cohort_title,
    how_words,
    narrowed_words,
    patients_words,
    plain_cautions,
)
from scales.catalogue import Catalogue

_POINTS = 0.625
"""How many points a pixel is wide on paper, as on the pages of a patient."""
_MEASURE = Measure()
_LOWEST_FAN, _HIGHEST_FAN, _CURVE = 150.0, 300.0, 125.0
_BETWEEN = 16.0
_LABELLED = N_("The records label scores in this cohort, for example as illustrative.")


class _Page(Struct, frozen=True):
    cohort: Cohort
    asked: Asked
    catalogue: Catalogue
    words: Words
    typesetter: Typesetter
    width: float


def cohort_pdf(
    cohort: Cohort, asked: Asked, catalogue: Catalogue, paper: Paper, words: Words
) -> bytes:
    """Return the page of a cohort as PDF: identical bytes for identical input."""
    typesetter = Typesetter(Fonts(), load_palette("light"))
    page = _Page(cohort, asked, catalogue, words, typesetter, size_of(paper)[0] - 2 * MARGIN)
    title = cohort_title(asked, catalogue, words)
    document = Document(title, APP, paper, _header(page, title), words)
    return numbered_pdf(document, _story(page, room(document)), typesetter)


def _header(page: _Page, title: str) -> tuple[Flowable, ...]:
    """Return the title, and below it whom the cohort has and the day it stands at."""
    words, typesetter, wide = page.words, page.typesetter, page.width * 0.7
    narrow = page.width - wide
    facts = (patients_words(page.cohort, words), *narrowed_words(page.asked.only, words))
    left = [typesetter.text(fact, SOFT, wide - 12) for fact in facts]
    day = words(N_("As of {date}"), date=words.long_date(page.asked.day))
    right = [typesetter.text(day, SOFT_RIGHT, narrow)]
    return (
        typesetter.text(title, NAME, page.width),
        Spacer(1, 2),
        typesetter.head(left, right, (wide, narrow)),
        Spacer(1, 6),
    )


def _story(page: _Page, height: float) -> list[Flowable]:
    """Return the blocks of the page; the fan has what height the others leave it."""
    how = how_words(page.cohort, page.asked, page.catalogue, page.words)
    above: list[Flowable] = [page.typesetter.text(how, SOFT, page.width), Spacer(1, 8)]
    changes = page.typesetter.text(change_words(page.cohort, page.words), SOFT, page.width)
    below: list[Flowable] = [
        Spacer(1, 4), changes, Spacer(1, 12), _times(page), Spacer(1, 8), _cautions(page)
    ]  # fmt: skip
    used = sum(block.wrap(page.width, height)[1] for block in (*above, *below))
    fan = _fan(page, max(_LOWEST_FAN, min(_HIGHEST_FAN, height - used)))
    return [*above, fan, *below]


def _fan(page: _Page, height: float) -> Flowable:
    fan = fan_of(page.cohort, page.asked, page.catalogue, page.words)
    axes = fan_axes(fan, (page.width / _POINTS, height / _POINTS), _MEASURE)
    drawing = fan_drawing(fan, axes, _MEASURE)
    return Painted(drawing, page.typesetter.palette, page.typesetter.fonts, _POINTS)


def _times(page: _Page) -> Flowable:
    """Set both times side by side."""
    wide = page.width / 2
    times = times_of(page.cohort, page.words)
    columns = [list(_time(page, told, wide - _BETWEEN)) for told in times]
    return page.typesetter.grid(columns, (wide, wide), gap=_BETWEEN)


def _time(page: _Page, told: TimeTold, width: float) -> Iterator[Flowable]:
    yield page.typesetter.text(told.heading, SUBHEADING, width)
    yield Spacer(1, 4)
    if told.steps is not None:
        yield _curve(page, told.steps, width)
        yield Spacer(1, 4)
    yield page.typesetter.text(told.told, SOFT, width)


def _curve(page: _Page, steps: Steps, width: float) -> Flowable:
    axes = steps_axes(steps, (width / _POINTS, _CURVE / _POINTS), _MEASURE)
    drawing = steps_drawing(steps, axes, _MEASURE)
    return Painted(drawing, page.typesetter.palette, page.typesetter.fonts, _POINTS)


def _cautions(page: _Page) -> Flowable:
    words, cohort = page.words, page.cohort
    told: Sequence[str] = (
        *plain_cautions(cohort, words),
        *([words(_LABELLED)] if cohort.cautions else ()),
        words(RECOGNISABLE),
    )
    return page.typesetter.boxed("\n".join(told), CAUTION, page.width, "caution_soft")
