"""What an amendment changed, beside each thing that was: free of Qt."""

from collections.abc import Iterator

from app.errors import N_
from app.language import Words
from app.records.model import Visit, VisitContext
from app.screens.visit.snapshot import Snapshot
from app.wording.visits import context_words


def beside_before(now: str, before: str | None, words: Words) -> str:
    """Return a text with what stood there before the amendment, where that was another."""
    if before is None or before == now:
        return now
    if not before:
        return words(N_("{now} (added)"), now=now)
    return words(N_("{now} (changed, was {before})"), now=now, before=before)


def changed_context(context: VisitContext, before: Visit | None, words: Words) -> tuple[str, ...]:
    """Return what was going on around a visit, each fact with what stood there before."""
    now = context_words(context, words)
    if before is None:
        return tuple(value for _, value in now)
    was = context_words(before.facts.context, words)
    return tuple(
        beside_before(value or words(N_("not recorded")), old, words) if value != old else value
        for (_, value), (_, old) in zip(now, was, strict=True)
    )


def other_changes(snapshot: Snapshot) -> Iterator[str]:
    """Tell what an amendment changed that no answer shows: the day, a scale, the note."""
    visit, before, words = snapshot.visit, snapshot.amended, snapshot.words
    if before is None:
        return
    now = words.at(visit.facts.date, visit.facts.time)
    was = words.at(before.facts.date, before.facts.time)
    if now != was:
        yield words(N_("Changed: the visit was of {before}."), before=was)
    for title in _titles(snapshot, before, visit):
        yield words(N_("Changed: {scale} was taken out."), scale=title)
    for title in _titles(snapshot, visit, before):
        yield words(N_("Changed: {scale} was added."), scale=title)
    if visit.facts.context.note != before.facts.context.note:
        yield words(N_("Changed: the note."))


def _titles(snapshot: Snapshot, one: Visit, other: Visit) -> Iterator[str]:
    """Name the scales that the first visit has and the second has not."""
    for sheet in one.sheets:
        if other.sheet(sheet.scale) is None:
            yield snapshot.words(snapshot.catalogue.find(sheet.scale).short_title)
