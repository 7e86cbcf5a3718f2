"""Undo at the bedside: which step of a visit stands last, and writing back what it found."""

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.entries import Body, Entry
from app.records.journal import Journal, Subject
from app.records.rows import TABLES, Row
from app.records.shape import Shape

CHANGED_SINCE = N_("Something was changed here since, so it was not taken back.")
_UNDOABLE = frozenset(action.id for action in Action if action.is_undoable)


def last_undoable(journal: Journal, subject: Subject) -> Entry | None:
    """Return the first entry of the last undoable action in a visit that still stands."""
    entries = journal.own_entries(subject)
    undone = {entry.undoes for entry in entries}
    steps = {
        entry.step: entry
        for entry in reversed(entries)
        if entry.action in _UNDOABLE and entry.step not in undone
    }
    return steps[max(steps)] if steps else None


def undo(journal: Journal, step: int, subject: Subject) -> tuple[Entry, ...]:
    """Write back what a step of this station found, and return the step's entries.

    The new entries say which one they take back.

    ``subject`` names the visit, where the step wrote in one. UserError where something else was
    written over it since: then nothing is taken back.
    """
    taken = tuple(entry for entry in journal.own_entries(subject) if entry.step == step)
    with journal.step(Action.UNDO, undoes=step):
        for entry in reversed(taken):
            _take_back(journal, entry, subject)
    return taken


def _take_back(journal: Journal, entry: Entry, subject: Subject) -> None:
    body, table = Body.decode(entry.body or b""), TABLES[entry.kind]
    key = table.key_of(entry.row)
    if _differs(table.shape, journal.read(entry.kind, key), body.after):
        raise UserError(CHANGED_SINCE)
    if body.before is None:
        journal.delete(entry.kind, key, subject)
    else:
        journal.write(entry.kind, {**key, **body.before}, subject)


def _differs(shape: Shape, now: Row | None, left: Row | None) -> bool:
    """Whether a row is not what an entry left of it."""
    if now is None or left is None:
        return (now is None) != (left is None)
    groups = shape.groups_in(left)
    return any(shape.value(group, now) != shape.value(group, left) for group in groups)
