"""What an amendment changed, beside each thing that was."""

from collections.abc import Iterator

from app.errors import N_
from app.language import Words
from app.records.model import Visit, VisitContext
from app.wording.visits import context_words
from scales.catalogue import Catalogue


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


def other_changes(
    visit: Visit, before: Visit | None, catalogue: Catalogue, words: Words
) -> Iterator[str]:
    """Tell what an amendment changed that no answer shows: the day, a scale, the note."""
    if before is None:
        return
    now = words.at(visit.facts.date, visit.facts.time)
    was = words.at(before.facts.date, before.facts.time)
    if now != was:
        yield words(N_("Changed: the visit was of {before}."), before=was)
    for scale in _only_in(before, visit):
        title = words(catalogue.find(scale).short_title)
        yield words(N_("Changed: {scale} was taken out."), scale=title)
    for scale in _only_in(visit, before):
        title = words(catalogue.find(scale).short_title)
        yield words(N_("Changed: {scale} was added."), scale=title)
    if visit.facts.context.note != before.facts.context.note:
        yield words(N_("Changed: the note."))


def _only_in(one: Visit, other: Visit) -> Iterator[str]:
    """Return the scales that the first visit has and the second has not."""
    return (sheet.scale for sheet in one.sheets if other.sheet(sheet.scale) is None)
