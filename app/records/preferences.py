"""The unit's own settings, kept in the file so that they travel with the records."""

from dataclasses import fields

from app.errors import N_, UserError
from app.records.ledger import Ledger, changed
from app.records.model import Changes
from app.settings import Paper, Settings, Theme

_READ = {"paper": Paper, "theme": Theme, "baseline_days": int}
_LONGEST_BASELINE = 3650


class Preferences:
    """Loads and saves the settings; what was never set has its safe default."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def load(self) -> Settings:
        """Return the settings as they are now."""
        stored = dict(self._ledger.tuples("SELECT id, value FROM settings"))
        names = {field.name for field in fields(Settings)} & stored.keys()
        return Settings(**{name: _READ.get(name, str)(stored[name]) for name in names})

    def save(self, settings: Settings) -> Changes:
        """Store the settings; UserError if the days before a start cannot be."""
        if not 0 <= settings.baseline_days <= _LONGEST_BASELINE:
            raise UserError(N_("Please give a number of days between 0 and 3650."))
        journal = self._ledger.journal
        with journal.step("settings"):
            for field in fields(Settings):
                value = str(getattr(settings, field.name))
                journal.write("settings", field.name, {"id": field.name, "value": value})
        return changed(["settings"])
