"""A signed visit as frozen values: each item in words, beside what it was the time before."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.model import Measure, PatientRecord, Visit
from app.screens.identity import Identity, identity
from app.screens.rights import Rights
from app.screens.signed_visit.scale_card import Held, ScaleCard, scale_card
from app.trends.since_last import SinceLastWords, since_last_words, since_visit_before
from app.trends.visit_changes import other_visits, visits_around
from app.wording.amendments import changed_context, other_changes
from app.wording.people import rater_words
from app.wording.visits import (
    amendment_words,
    context_words,
    measure_title,
    measured_words,
    signature_words,
)
from scales.catalogue import Catalogue
from widgets.values import Choice


class SignedVisitView(Struct, frozen=True):
    """The visit, what stood around it, and the way to its neighbours.

    ``error`` says why it counts nowhere, where it is entered in error; ``marks`` are other
    sentences about the visit itself. ``before`` and ``after`` are the visits next
    to it in the course, by internal id, each with its day; ``None`` at either end.
    """

    identity: Identity
    title: str
    facts: str
    error: str
    marks: tuple[str, ...]
    caution: str
    cards: tuple[ScaleCard, ...]
    around: tuple[tuple[str, str], ...]
    note: str
    kept: tuple[str, ...]
    since: SinceLastWords | None
    before: Choice | None
    after: Choice | None
    can_compare: bool
    rights: Rights = Rights()


class Reader(Struct, frozen=True):
    """All that the page is made from: the visit in its record, and the version it amends."""

    visit: Visit
    record: PatientRecord
    catalogue: Catalogue
    words: Words
    today: date
    measures: Sequence[Measure] = ()
    amended: Visit | None = None
    rights: Rights = Rights()


def signed_visit_view(reader: Reader) -> SignedVisitView:
    """Return the whole visit in words."""
    visit, words, patient = reader.visit, reader.words, reader.record.patient
    before, after = visits_around(visit, reader.record)
    day = min(visit.facts.date.last, reader.today)
    mark = reader.record.has_namesake
    return SignedVisitView(
        identity=identity(patient.facts, words, day, has_namesake=mark),
        title=words(N_("Visit of {date}"), date=words.long_date(visit.facts.date)),
        facts=words.dotted((visit.facts.time, rater_words(visit.facts.rater, words))),
        error=_error(visit, words),
        marks=_marks(reader),
        caution=words(patient.caution),
        cards=_cards(reader),
        around=_around(reader),
        note=visit.facts.context.note,
        kept=tuple(one.sentence for sheet in visit.sheets for one in sheet.confirmed),
        since=_since(reader),
        before=_neighbour(before[-1:], words),
        after=_neighbour(after[:1], words),
        can_compare=visit.counts and bool(other_visits(visit, reader.record)),
        rights=reader.rights,
    )


def _cards(reader: Reader) -> tuple[ScaleCard, ...]:
    before, _ = visits_around(reader.visit, reader.record)
    earlier = before if reader.visit.counts else ()
    return tuple(
        scale_card(
            Held(
                definition=reader.catalogue.find(sheet.scale),
                sheet=sheet,
                earlier=earlier,
                amended=None if reader.amended is None else reader.amended.sheet(sheet.scale),
                words=reader.words,
            )
        )
        for sheet in reader.visit.sheets
    )


def _neighbour(visits: Sequence[Visit], words: Words) -> Choice | None:
    return Choice(visits[0].id, words.short_date(visits[0].facts.date)) if visits else None


def _error(visit: Visit, words: Words) -> str:
    if visit.error_reason is None:
        return ""
    message = N_(
        "Entered in error: {reason}. It shows in no chart and no page, and is compared with "
        "nothing."
    )
    return words(message, reason=visit.error_reason)


def _marks(reader: Reader) -> tuple[str, ...]:
    visit, words = reader.visit, reader.words
    marks = [amendment_words(visit, words)]
    if visit.error_reason is None and all(one.id != visit.id for one in reader.record.visits):
        marks.append(words(N_("This version was amended; a newer one stands in the course.")))
    marks.append(signature_words(visit, words))
    marks += other_changes(visit, reader.amended, reader.catalogue, words)
    return tuple(filter(None, marks))


def _around(reader: Reader) -> tuple[tuple[str, str], ...]:
    context, words = reader.visit.facts.context, reader.words
    titles = [title for title, _ in context_words(context, words)]
    told = zip(titles, changed_context(context, reader.amended, words), strict=True)
    taken = [one.facts for one in reader.measures]
    measured = ((measure_title(one, words), measured_words(one, words)) for one in taken)
    return (*((title, value) for title, value in told if value), *measured)


def _since(reader: Reader) -> SinceLastWords | None:
    """Return what happened since the visit before; the items that moved stand on the cards."""
    if not reader.visit.counts:
        return None
    since = since_visit_before(reader.visit, reader.record, reader.catalogue)
    if since is None:
        return None
    told = since_last_words(since, reader.words)
    return SinceLastWords(told.title, told.lines, "", ())
