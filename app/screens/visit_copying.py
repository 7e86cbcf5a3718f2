"""A visit taken out as text, signed or not, as the command prints it."""

from app.errors import N_
from app.records.actions import Action
from app.records.model import Visit
from app.reports.visit_text import VisitContent, visit_text
from app.screens.desk import Desk
from widgets import clipboard

_COPIED = N_(
    "Copied. Paste it into the hospital's record; the clipboard is not encrypted, and is "
    "emptied when this window is locked or closed."
)


def copy_as_text(desk: Desk, visit: Visit) -> str:
    """Put a visit on the clipboard as plain lines, note it, and return what is to be said."""
    content = VisitContent(
        visit=visit,
        measures=desk.store.measures.of_visit(visit.id),
        record=desk.store.record(visit.patient),
        catalogue=desk.catalogue,
    )
    clipboard.put(visit_text(content, desk.words))
    desk.note_seen(Action.PRINT, visit.patient)
    return desk.words(_COPIED)
