"""Whose visit this is, asked before one that was left is gone on with: children change places."""

from datetime import timedelta

from app.clock import Moment
from app.errors import N_
from app.records.model import Visit
from app.screens.ask import Either
from app.screens.desk import Desk
from app.screens.places import PatientsPlace
from app.screens.visit.page import VisitPage
from app.screens.visit.session import VisitSession
from app.wording.people import born_words, identifier_words

_LONG = timedelta(minutes=30)


class Meeting:
    """Asks for name and birth date where a visit was left for half an hour, or before a lock."""

    def __init__(self, desk: Desk, page: VisitPage) -> None:
        self._desk = desk
        self._page = page
        self._left: dict[str, Moment] = {}

    def left(self, visit: Visit) -> None:
        """Note that a visit is left now."""
        self._left[visit.id] = self._desk.clock.now()

    def ask_if_due(self, session: VisitSession) -> None:
        """Ask whose visit this is, if it was left too long ago to be sure."""
        if not session.is_open or not self._is_due(session.visit):
            return
        self._left[session.visit.id] = self._desk.clock.now()
        desk, words = self._desk, self._desk.words
        facts = session.snapshot().patient.facts
        either = Either(
            words(N_("Is this {name}?"), name=facts.name),
            words.dotted((born_words(facts, words), identifier_words(facts, words))),
            words(N_("Yes, go on")),
            words(N_("No, to the list")),
        )
        desk.ask.either(self._page, either, self._page.focus_part, self._go_to_list)

    def _is_due(self, visit: Visit) -> bool:
        last, locked = self._left.get(visit.id, visit.started), self._desk.shift.locked
        is_locked_since = locked is not None and last.utc <= locked.utc
        return is_locked_since or self._desk.clock.now().utc - last.utc >= _LONG

    def _go_to_list(self) -> None:
        self._desk.navigation.go(PatientsPlace())
