"""Who is due on a day and who is overdue, as lines that name each patient whole. Free of Qt."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_, NN_
from app.language import Words
from app.records.model import PatientSummary
from app.wording.people import born_words, diagnosis_words, identifier_words


class DueLine(Struct, frozen=True):
    """One patient: name, what tells patients apart, when expected, and when last seen."""

    patient: str
    name: str
    facts: str
    expected: str
    last_visit: str


class DuePart(Struct, frozen=True):
    """A heading with its lines; ``nothing`` stands in place of lines, ``more`` tells the rest."""

    heading: str
    lines: tuple[DueLine, ...]
    nothing: str = ""
    more: str = ""


class DueView(Struct, frozen=True):
    """The day that is asked for, who is due on it, and who was expected before it."""

    day: date
    due: DuePart
    overdue: DuePart


def due_view(
    day: date,
    due: Sequence[PatientSummary],
    overdue: tuple[Sequence[PatientSummary], int],
    words: Words,
) -> DueView:
    """Make the screen; ``overdue`` are the first of so many."""
    shown, count = overdue
    when = words.long_date(day)
    return DueView(
        day=day,
        due=DuePart(
            heading=words(N_("Due on {date}"), date=when),
            lines=tuple(_line(one, words) for one in due),
            nothing=words(N_("Nobody is expected on this day.")),
        ),
        overdue=DuePart(
            heading=words.plural(
                NN_(
                    "Overdue on {date}: {count} patient",
                    "Overdue on {date}: {count} patients",
                ),
                count,
                date=when,
            ),
            lines=tuple(_line(one, words) for one in shown),
            nothing=words(N_("Nobody is overdue on this day.")),
            more=_more(count - len(shown), words),
        ),
    )


def _more(count: int, words: Words) -> str:
    return words.plural(NN_("Show {count} more", "Show {count} more"), count) if count else ""


def _line(summary: PatientSummary, words: Words) -> DueLine:
    facts = summary.patient.facts
    who = (born_words(facts, words), identifier_words(facts, words), diagnosis_words(facts, words))
    return DueLine(
        patient=summary.patient.id,
        name=facts.name,
        facts=words.dotted(who),
        expected=words(N_("expected {date}"), date=words.short_date(facts.next_visit)),
        last_visit=_last_visit(summary.last_visit, words),
    )


def _last_visit(day: PartialDate | None, words: Words) -> str:
    if day is None:
        return words(N_("no visit yet"))
    return words(N_("last visit {date}"), date=words.short_date(day))
