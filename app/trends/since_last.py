"""What was recorded between the last signed visit and a day: doses, events, items that moved.

A short date is its whole period, and counts where a day of it may lie between. The day of the
last visit counts too: what is decided at a visit begins on its day.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from app.dates import PartialDate
from app.errors import N_
from app.language import Words
from app.records.model import Event, PatientRecord, Sheet, Visit, VisitState
from app.trends.changes import Change, change_words, changes_of
from app.trends.series import counted_visits
from app.trends.visit_changes import visits_around
from app.wording.answers import answer_words, key_words
from app.wording.spans import event_span_words
from app.wording.visits import event_note, event_title
from scales.catalogue import Catalogue
from scales.model import Answer, Definition, Key, Scored

Move = tuple[Key, Answer | None, Answer | None]
"""A key, its answer before, and its answer now; ``None`` where it was not scored."""


class Moves(Struct, frozen=True):
    """The items of a scale whose answers differ from those of the visit ``before``.

    ``is_compared`` says that both visits scored versions that compare; no item is told otherwise.
    ``is_unfinished`` says that the visit is not signed and leaves items open, which may follow:
    those have not moved.
    """

    definition: Definition
    before: Visit
    is_compared: bool
    is_unfinished: bool
    items: tuple[Move, ...]


class SinceLast(Struct, frozen=True):
    """What was recorded since ``before``, and what moved at the visit ``moved_at``."""

    before: Visit
    until: date
    changes: tuple[Change, ...]
    events: tuple[Event, ...]
    moved_at: Visit
    moves: tuple[Moves, ...]


class SinceLastWords(Struct, frozen=True):
    """A title, what happened since line by line, and which items moved, under its own title."""

    title: str
    lines: tuple[str, ...]
    moves_title: str
    moves: tuple[str, ...]


def since_last_visit(record: PatientRecord, catalogue: Catalogue, day: date) -> SinceLast | None:
    """Tell what happened from the last visit to a day, and what moved at that visit."""
    visits = [one for one in counted_visits(record) if one.facts.date.first <= day]
    if not visits:
        return None
    *earlier, last = visits
    return _since(record, last, day, (last, _moves(last, earlier, catalogue)))


def since_visit_before(
    visit: Visit, record: PatientRecord, catalogue: Catalogue
) -> SinceLast | None:
    """Tell what happened from the visit before to this one, signed or not, and what moved."""
    earlier, _ = visits_around(visit, record)
    if not earlier:
        return None
    moved = (visit, _moves(visit, earlier, catalogue))
    return _since(record, earlier[-1], visit.facts.date.last, moved)


def _since(
    record: PatientRecord,
    before: Visit,
    until: date,
    moved: tuple[Visit, tuple[Moves, ...]],
) -> SinceLast:
    start = before.facts.date
    changes = [
        change
        for treatment in record.treatments
        for change in changes_of(treatment)
        if _is_between(change.when, start, until)
    ]
    events = (one for one in record.events if _is_between(one.facts.date, start, until))
    changes.sort(key=lambda change: (change.when.order, change.treatment.facts.treatment_id))
    return SinceLast(before, until, tuple(changes), tuple(events), *moved)


def _is_between(when: PartialDate, start: PartialDate, until: date) -> bool:
    return when.last >= start.first and when.first <= until


def _moves(visit: Visit, earlier: Sequence[Visit], catalogue: Catalogue) -> tuple[Moves, ...]:
    """Compare each sheet with the last one of its scale that was scored item by item."""
    found = []
    for sheet in visit.sheets:
        before = _last_answered(earlier, sheet.scale)
        if before is not None and sheet.answers:
            definition, (then, old) = catalogue.find(sheet.scale), before
            is_compared = definition.compares(old.version, sheet.version)
            is_draft = visit.state is VisitState.DRAFT
            is_unfinished = is_draft and not set(definition.keys) <= sheet.answers.keys()
            items = _moved(definition, old, sheet) if is_compared else ()
            if is_unfinished:
                items = tuple(move for move in items if move[2] is not None)
            found.append(Moves(definition, then, is_compared, is_unfinished, items))
    return tuple(found)


def _last_answered(earlier: Sequence[Visit], scale: str) -> tuple[Visit, Sheet] | None:
    for visit in reversed(earlier):
        sheet = visit.sheet(scale)
        if sheet is not None and sheet.answers:
            return visit, sheet
    return None


def _moved(definition: Definition, before: Sheet, now: Sheet) -> tuple[Move, ...]:
    """Return what differs; an item that one of the two left out does."""
    both = ((key, before.answers.get(key), now.answers.get(key)) for key in definition.keys)
    return tuple(move for move in both if move[1] != move[2])


def since_last_words(since: SinceLast, words: Words) -> SinceLastWords:
    """Tell it: what changed, never why. That nothing is recorded is told as well."""
    told = [change_words(change, since.until, words) for change in since.changes]
    told += [_event_words(event, words) for event in since.events]
    when = words.short_date(since.before.facts.date)
    return SinceLastWords(
        title=words(N_("Since the last visit, {date}"), date=when),
        lines=tuple(told) or (words(N_("No change of a dose and no event is recorded.")),),
        moves_title=_moves_title(since, words),
        moves=tuple(_moves_words(moves, since.moved_at, words) for moves in since.moves),
    )


def _moves_title(since: SinceLast, words: Words) -> str:
    if not since.moves:
        return ""
    moved_on = since.moved_at.facts.date
    return words(N_("Items that moved, {date}"), date=words.short_date(moved_on))


def _event_words(event: Event, words: Words) -> str:
    date = event_span_words(event.facts.date, event.facts.stop, words)
    values = {"event": event_title(event, words), "date": date}
    note = event_note(event)
    if not note:
        return words(N_("{event}, {date}"), **values)
    return words(N_("{event}, {date}: {note}"), note=note, **values)


def _moves_words(moves: Moves, now: Visit, words: Words) -> str:
    scale = words(moves.definition.short_title)
    values = {"scale": scale, "date": _since_when(moves.before, now, words)}
    if not moves.is_compared:
        text = N_("{scale}: not compared with {date}: that was another version of the scale")
        return words(text, **values)
    if not moves.items and moves.is_unfinished:
        return words(N_("{scale}: no item scored so far moved since {date}"), **values)
    if not moves.items:
        return words(N_("{scale}: no item moved since {date}"), **values)
    told = (_move_words(moves.definition, move, words) for move in moves.items)
    return words(N_("{scale}, since {date}: {items}"), items=words.clauses(told), **values)


def _since_when(before: Visit, now: Visit, words: Words) -> str:
    """Return the day of the visit before, with its time where both were on one day."""
    facts = before.facts
    return words.at(facts.date, facts.time if facts.date == now.facts.date else "")


def _move_words(definition: Definition, move: Move, words: Words) -> str:
    """Return “Gait 1 to 0”; where one of the two is no level, “Gait: 1, now declined”."""
    key, before, now = move
    is_level = isinstance(before, Scored) and isinstance(now, Scored)
    return words(
        N_("{item} {before} to {now}") if is_level else N_("{item}: {before}, now {now}"),
        item=key_words(definition, key, words),
        before=_told(before, words),
        now=_told(now, words),
    )


def _told(answer: Answer | None, words: Words) -> str:
    return words(N_("not scored")) if answer is None else answer_words(answer, words)
