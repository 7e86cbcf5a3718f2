"""Settings, by whom they belong to: the unit's travel with the records, a user's with the user."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

from msgspec.structs import fields

from app.errors import N_, UserError
from app.numbers import read_cell
from app.records.actions import Action
from app.records.entries import Cell
from app.records.journal import NOBODY
from app.records.rows import blob
from app.records.session import Session
from app.settings import OWN, Settings
from scales.model import plain

_MOST_DAYS = 3650
_DAYS = ("baseline_days", "weight_days", "unseen_days")
MOST_YEARS = 150
_YEARS = ("keep_years", "keep_until_age")
_MOST_MINUTES = 60
_MINUTES = ("lock_minutes", "visit_lock_minutes")
MOST_POINTS = 100
_RULE = ("relapse_points", "relapse_scale", "relapse_asked", "relapse_wording")
_THRESHOLDS = frozenset({*_DAYS, *_RULE})


class Preferences:
    """Loads and saves the settings; what was never set has its safe default.

    So has what this version does not know; it stays in the file as another version wrote it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self) -> Settings:
        """Return the unit's settings and those of the user who acts, as they are now."""
        stored = dict(self._session.tuples("SELECT name, value FROM unit_settings"))
        user = self._session.journal.user
        if user:
            own = "SELECT name, value FROM user_settings WHERE user = ?"
            stored |= dict(self._session.tuples(own, [blob(user)]))
        told: dict[str, Any] = {}
        for each in fields(Settings):
            with suppress(KeyError, ValueError, UserError):
                read = read_cell if each.type is Decimal else each.type
                told[each.name] = read(stored[each.name])
        return Settings(**told)

    def save(self, settings: Settings) -> None:
        """Store the settings; UserError if a number in them cannot be."""
        if any(not 0 <= getattr(settings, name) <= _MOST_DAYS for name in _DAYS):
            raise UserError(N_("Please give a number of days between 0 and 3650."))
        if any(not 0 <= getattr(settings, name) <= MOST_YEARS for name in _YEARS):
            raise UserError(N_("Please give a number of years between 1 and 150, or none."))
        if any(not 1 <= getattr(settings, name) <= _MOST_MINUTES for name in _MINUTES):
            raise UserError(N_("Please give a number of minutes between 1 and 60."))
        if not 0 <= settings.relapse_points <= MOST_POINTS:
            raise UserError(N_("Please give a number of points above 0 and up to 100, or none."))
        before = self.load()
        changed = [
            each.name
            for each in fields(Settings)
            if getattr(settings, each.name) != getattr(before, each.name)
        ]
        with self._session.journal.atomic():
            for name in changed:
                self._write(name, _text(getattr(settings, name)))

    def _write(self, name: str, value: str) -> None:
        journal = self._session.journal
        cells: dict[str, Cell] = {"name": name, "value": value}
        if name in OWN:
            with journal.step(Action.SAVE_OWN_SETTINGS):
                journal.write("user_settings", {"user": journal.user, **cells}, NOBODY)
            return
        action = Action.SET_THRESHOLDS if name in _THRESHOLDS else Action.SAVE_UNIT_SETTINGS
        with journal.step(action):
            journal.write("unit_settings", cells, NOBODY)


def _text(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
