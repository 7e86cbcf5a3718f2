"""Two signed visits side by side as frozen values, the earlier one first; free of Qt."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.loading import order_of
from app.records.model import PatientRecord, Sheet, Visit
from app.screens.change_sign import change_told
from app.screens.identity import Identity, identity
from app.trends.visit_changes import (
    SheetPair,
    level_at,
    sheet_pairs,
    subscore_at,
    total_of,
    visits_around,
)
from app.wording.answers import answer_words, key_words, told_answer
from app.wording.people import rater_words
from app.wording.rating_noise import is_total_noise
from app.wording.totals import missing_words, of_highest, sheet_total, total_words
from scales.catalogue import Catalogue
from scales.model import Key, Subscore
from widgets.values import Choice


class PairLine(Struct, frozen=True):
    """What both visits say of one thing, and in words how far the later one is from the other.

    ``differs`` says that there is a number by which they differ.
    """

    name: str
    before: str
    now: str
    change: str
    differs: bool


class PairCard(Struct, frozen=True):
    """A scale at both visits: the totals, then the items; ``notes`` say what does not compare."""

    title: str
    caution: str
    notes: tuple[str, ...]
    total: PairLine
    lines: tuple[PairLine, ...]


class ComparisonView(Struct, frozen=True):
    """Two visits, and those that the visit can be compared with, the one before it in front.

    ``heads`` are day, time and rater of the earlier one and of the later one; empty where
    nothing is compared, which ``told`` says.
    """

    identity: Identity
    title: str
    told: str
    choices: tuple[Choice, ...]
    chosen: str
    heads: tuple[str, ...]
    caution: str
    cards: tuple[PairCard, ...]


class Asked(Struct, frozen=True):
    """The visit that is compared, in its record, and what tells it."""

    visit: Visit
    record: PatientRecord
    catalogue: Catalogue
    words: Words
    today: date


class Pair(Struct, frozen=True):
    """Two visits in the order of the course, and when the patient was born."""

    before: Visit
    now: Visit
    birth: PartialDate | None
    words: Words


def comparison_view(asked: Asked, other: str) -> ComparisonView:
    """Compare a visit with another one, by its internal id; by default with the one before."""
    visit, record, words = asked.visit, asked.record, asked.words
    offered = _offered(visit, record)
    chosen = next((one for one in offered if one.id == other), next(iter(offered), None))
    pair = None if chosen is None else _pair(asked, chosen)
    day = min(visit.facts.date.last, asked.today)
    mark = record.has_namesake
    return ComparisonView(
        identity=identity(record.patient.facts, words, day, has_namesake=mark),
        title=words(N_("Visit of {date}, item by item"), date=words.long_date(visit.facts.date)),
        told=_nothing(visit, words) if pair is None else "",
        choices=tuple(Choice(one.id, _choice(one, asked.catalogue, words)) for one in offered),
        chosen="" if chosen is None else chosen.id,
        heads=() if pair is None else (_head(pair.before, words), _head(pair.now, words)),
        caution=words(record.patient.caution),
        cards=() if pair is None else _cards(pair, asked.catalogue),
    )


def _pair(asked: Asked, chosen: Visit) -> Pair:
    before, now = sorted((asked.visit, chosen), key=order_of)
    return Pair(before, now, asked.record.patient.facts.birth_date, asked.words)


def _cards(pair: Pair, catalogue: Catalogue) -> tuple[PairCard, ...]:
    return tuple(_card(pair, one) for one in sheet_pairs(pair.before, pair.now, catalogue))


def _offered(visit: Visit, record: PatientRecord) -> tuple[Visit, ...]:
    """Return what a visit can be compared with: what was before, the last first, then the rest."""
    if not visit.counts:
        return ()
    before, after = visits_around(visit, record)
    return (*reversed(before), *after)


def _nothing(visit: Visit, words: Words) -> str:
    if visit.error_reason is not None:
        return words(N_("This visit is entered in error and is compared with nothing."))
    return words(N_("There is no other signed visit to compare with."))


def _choice(visit: Visit, catalogue: Catalogue, words: Words) -> str:
    """Return a visit by its day, with its totals."""
    return words.dotted(
        (
            words.at(visit.facts.date, visit.facts.time),
            *(_scale_total(catalogue, sheet, words) for sheet in visit.sheets),
        )
    )


def _scale_total(catalogue: Catalogue, sheet: Sheet, words: Words) -> str:
    definition = catalogue.find(sheet.scale)
    gaps = missing_words(definition, sheet.missing, sheet.reasons, words)
    total = sheet_total(definition, sheet, words) or gaps
    return words(N_("{scale} {total}"), scale=words(definition.short_title), total=total)


def _head(visit: Visit, words: Words) -> str:
    when = words.at(visit.facts.date, visit.facts.time)
    return words.dotted((when, rater_words(visit.facts.rater, words)))


def _card(pair: Pair, sheets: SheetPair) -> PairCard:
    words, definition = pair.words, sheets.definition
    return PairCard(
        title=words(definition.title),
        caution=words(definition.caution),
        notes=tuple(_notes(pair, sheets)),
        total=_line(
            words(N_("Total")),
            tuple(_total(sheets, one, words) for one in (sheets.before, sheets.now)),
            sheets.change(total_of),
            words,
        ),
        lines=tuple(_lines(sheets, words)) if sheets.has_items else (),
    )


def _notes(pair: Pair, sheets: SheetPair) -> Iterator[str]:
    words, before, now = pair.words, sheets.before, sheets.now
    if before is None or now is None:
        there = pair.now if before is None else pair.before
        when = words.at(there.facts.date, there.facts.time)
        yield words(N_("Only at the visit of {when}."), when=when)
        return
    if not sheets.compares:
        text = N_("Scored by versions {before} and {now} of the scale, which do not compare.")
        yield words(text, before=before.version, now=now.version)
    if not sheets.has_items:
        yield words(N_("A total typed from paper has no items; only the totals are compared."))
    change = sheets.change(total_of)
    if change is not None and _is_noise(pair, sheets, change):
        yield words(N_("The difference of the totals is within measurement noise."))


def _is_noise(pair: Pair, sheets: SheetPair, change: Decimal) -> bool:
    ages = (pair.birth, pair.before.facts.date, pair.now.facts.date)
    return is_total_noise(sheets.definition, change, ages)


def _total(sheets: SheetPair, sheet: Sheet | None, words: Words) -> str:
    if sheet is None:
        return words(N_("not done at this visit"))
    return total_words(sheets.definition, sheet, words)


def _lines(sheets: SheetPair, words: Words) -> Iterator[PairLine]:
    definition, both = sheets.definition, (sheets.before, sheets.now)
    for key in definition.keys:
        told = tuple(_answer(sheets, one, key, words) for one in both)
        name = key_words(definition, key, words)
        yield _line(name, told, sheets.change(level_at(key)), words)
    for part in definition.subscores:
        told = tuple(_part(one, part, words) for one in both)
        yield _line(words(part.title), told, sheets.change(subscore_at(part.id)), words)


def _line(name: str, told: tuple[str, ...], change: Decimal | None, words: Words) -> PairLine:
    """Return a line; what is no number, or of a version that does not compare, is not compared."""
    before, now = told
    if change is None:
        return PairLine(name, before, now, words(N_("not compared")), differs=False)
    return PairLine(name, before, now, change_told(change, words), differs=change != 0)


def _answer(sheets: SheetPair, sheet: Sheet | None, key: Key, words: Words) -> str:
    """Return an answer; a level with its words where this app has those of its version."""
    definition, answer = sheets.definition, None if sheet is None else sheet.answers.get(key)
    if sheet is not None and definition.compares(sheet.version, definition.version):
        return told_answer(definition, key, answer, words)
    return answer_words(answer, words)


def _part(sheet: Sheet | None, part: Subscore, words: Words) -> str:
    value = None if sheet is None else sheet.subscores.get(part.id)
    return words(N_("no figure")) if value is None else of_highest(value, part.highest, words)
