"""The form of a report between visits, and how what is typed is read. Free of Qt."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.model import EventFacts, PatientRecord
from app.records.rules import check_day, check_year
from app.screens.identity import Identity, identity

KIND = "report"


class Typed(Struct, frozen=True):
    """The day and the words as somebody typed them."""

    day: str
    note: str = ""


class ReportView(Struct, frozen=True):
    """Whose report it is, and what the form begins with."""

    identity: Identity
    typed: Typed


def report_view(record: PatientRecord, typed: Typed, words: Words, today: date) -> ReportView:
    """Make the form with what is typed, beside the patient as of ``today``."""
    who = identity(record.patient.facts, words, today, has_namesake=record.has_namesake)
    return ReportView(who, typed)


def problems_of(typed: Typed, birth: PartialDate | None, dates: DateReader) -> Mapping[str, str]:
    """Return one sentence for each field that cannot stay as it is: ``day``, ``note``."""
    problems = {}
    try:
        day = _day(typed, dates)
        check_year(day)
        check_day(day, birth, dates.today())
    except UserError as problem:
        problems["day"] = dates.words.error(problem)
    if not typed.note.strip():
        problems["note"] = dates.words(N_("Please write what the family told."))
    return problems


def facts_of(typed: Typed, author: str, dates: DateReader) -> EventFacts:
    """Return the event; UserError unless ``problems_of`` found nothing."""
    return EventFacts(date=_day(typed, dates), kind=KIND, author=author, note=typed.note.strip())


def _day(typed: Typed, dates: DateReader) -> PartialDate:
    day = dates.read(typed.day, may_be_unknown=False)
    assert day is not None  # noqa: S101 - an unknown one is refused
    return day
