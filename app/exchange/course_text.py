"""The course of a patient as plain text with tabs, which a sheet or a letter takes as a table."""

from collections.abc import Iterable, Iterator

from app.errors import N_
from app.exchange.comma import guarded
from app.language import Words
from app.trends.model import Trend
from app.trends.notes import MAY_HAVE_CHANGED, NOT_A_DEVICE
from app.trends.table import TwinTable
from app.wording.people import born_words, identifier_words, one_line


def course_text(trend: Trend, table: TwinTable, notes: Iterable[str], words: Words) -> str:
    """Return who it is and at which day it stands, the table, and what must be known of it.

    ``notes`` are the sentences that must stand with the scores.
    """
    foot = (*notes, words(MAY_HAVE_CHANGED), words(NOT_A_DEVICE))
    rows = (table.headings, *(row.cells for row in table.rows))
    lines = (*_head(trend, words), "", *map(_line, rows), "", *map(_cell, foot))
    return "".join(f"{line}\n" for line in lines)


def _head(trend: Trend, words: Words) -> Iterator[str]:
    patient = trend.record.patient
    facts = patient.facts
    for told in (facts.name, born_words(facts, words), identifier_words(facts, words)):
        yield _cell(told)
    yield _cell(words(N_("As of {date}"), date=words.short_date(trend.as_of)))
    if patient.caution:
        yield _cell(words(patient.caution))


def _line(cells: Iterable[str]) -> str:
    return "\t".join(map(_cell, cells)).rstrip("\t")


def _cell(text: str) -> str:
    """Return a cell that holds no tab and no line break, and that no spreadsheet would run."""
    return guarded(one_line(text))
