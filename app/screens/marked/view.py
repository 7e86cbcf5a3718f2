"""What others marked as entered in error, as lines that name patient, visit, who and why."""

from collections.abc import Sequence

from msgspec import Struct

from app.errors import N_, NN_
from app.language import Words, isolated
from app.records.marks import MarkedVisit
from app.wording.people import born_words, identifier_words, one_line


class MarkedLine(Struct, frozen=True):
    """One visit: the patient, what tells patients apart, which visit, and who marked it why."""

    patient: str
    name: str
    facts: str
    visit: str
    why: str


class MarkedView(Struct, frozen=True):
    """The lines, and what is said above them."""

    told: str
    lines: tuple[MarkedLine, ...]


def marked_count(count: int, words: Words) -> str:
    """Return how many marks wait to be looked at; empty where there is none."""
    forms = NN_(
        "{count} visit was marked as entered in error since you last looked",
        "{count} visits were marked as entered in error since you last looked",
    )
    return words.plural(forms, count) if count else ""


def marked_view(marked: Sequence[MarkedVisit], words: Words) -> MarkedView:
    """Make the screen."""
    told = N_("A line goes once you have opened the patient. The visit itself stays readable.")
    nothing = N_("You have seen everything that was marked as entered in error.")
    return MarkedView(
        told=words(told if marked else nothing),
        lines=tuple(_line(one, words) for one in marked),
    )


def _line(marked: MarkedVisit, words: Words) -> MarkedLine:
    why = N_("Marked by {name}, {moment}: {reason}")
    who = (born_words(marked.facts, words), identifier_words(marked.facts, words))
    return MarkedLine(
        patient=marked.patient,
        name=marked.facts.name,
        facts=words.dotted(who),
        visit=words(N_("Visit of {date}"), date=words.short_date(marked.date)),
        why=words(
            why,
            name=isolated(one_line(marked.name)),
            moment=words.moment(marked.moment),
            reason=one_line(marked.reason),
        ),
    )
