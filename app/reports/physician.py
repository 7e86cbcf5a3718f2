"""The page for the record: the course, its numbers, what was given, and where each comes from."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from app.errors import N_
from app.language import Words, isolated
from app.palette import load_palette
from app.reports.fonts import Fonts
from app.reports.matter import Matter, age_words, birth_words, diagnosis_words
from app.reports.pages import MARGIN, Document, numbered_pdf, room, size_of
from app.reports.physician_course import course, since_starts
from app.reports.physician_items import last_visits
from app.reports.physician_record import events, measures, scales, sequelae, signature, treatments
from app.reports.typeset import CAUTION, NAME, SOFT, SOFT_RIGHT, Typesetter
from app.settings import Settings
from app.trends.figure import Figure
from app.trends.model import Trend
from scales.catalogue import Catalogue


def physician_pdf(
    trend: Trend, figure: Figure, catalogue: Catalogue, settings: Settings, words: Words
) -> bytes:
    """Return the physician page as PDF: identical bytes for identical input."""
    typesetter = Typesetter(Fonts(), load_palette("light"))
    width = size_of(settings.paper)[0] - 2 * MARGIN
    matter = Matter(trend, figure, catalogue, settings, words, typesetter, width)
    document = Document(
        title=words(N_("Course of {name}"), name=matter.facts.name),
        author=settings.site or "OMS Bedside",
        paper=settings.paper,
        header=_header(matter),
        words=words,
    )
    return numbered_pdf(document, _story(matter, room(document)), typesetter)


def _story(matter: Matter, room_height: float) -> list[Flowable]:
    parts = (
        course(matter, room_height),
        last_visits(matter),
        since_starts(matter),
        treatments(matter),
        events(matter),
        measures(matter),
        sequelae(matter),
        signature(matter),
        scales(matter),
    )
    return [block for part in parts for block in part]


def _header(matter: Matter) -> tuple[Flowable, ...]:
    words, typesetter = matter.words, matter.typesetter
    wide = matter.width * 0.72
    narrow = matter.width - wide
    left = (
        typesetter.text(matter.facts.name, NAME, wide - 12),
        typesetter.text(_identity(matter), SOFT, wide - 12),
    )
    right = (
        [typesetter.text(matter.settings.site, SOFT_RIGHT, narrow)] if matter.settings.site else []
    )
    printed = words(N_("As of {date}"), date=words.long_date(matter.trend.as_of))
    right.append(typesetter.text(printed, SOFT_RIGHT, narrow))
    blocks: list[Flowable] = [_side_by_side(typesetter, left, right, (wide, narrow))]
    caution = matter.trend.record.patient.caution
    if caution:
        blocks.append(Spacer(1, 5))
        blocks.append(typesetter.boxed(words(caution), CAUTION, matter.width, "caution_soft"))
    blocks.append(Spacer(1, 6))
    return tuple(blocks)


def _side_by_side(
    typesetter: Typesetter,
    left: Sequence[Flowable],
    right: Sequence[Flowable],
    widths: Sequence[float],
) -> Flowable:
    grid = typesetter.grid([left, right], widths, gap=0)
    grid.setStyle([typesetter.rule(0, 0, "ink", 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)])
    return grid


def _identity(matter: Matter) -> str:
    facts, words = matter.facts, matter.words
    parts = [
        birth_words(facts, words),
        age_words(facts, matter.visits[-1].facts.date, words) if matter.visits else "",
        words(N_("ID {identifier}"), identifier=facts.patient_id),
        isolated(diagnosis_words(facts, words)),
    ]
    return " · ".join(part for part in parts if part)
