"""Opening the records for one command, and letting them go after it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from msgspec import Struct

from app.cli.given import Given
from app.cli.secret import passphrase
from app.language import words
from app.paths import default_data_folder
from app.records.actions import Action
from app.records.folder import needs_secret, open_folder
from app.records.seen import NOT_NOTED
from app.records.store import Store
from app.trends.model import Trend
from app.trends.since import trend_of
from app.wording.copies import ahead_words
from scales.catalogue import Catalogue, load_catalogue


class Open(Struct, frozen=True):
    """Open records, the scales they are scored with, and the day on which they are shown."""

    store: Store
    catalogue: Catalogue
    today: date

    def note(self, action: Action, patient: str = "") -> None:
        """Note who looked or took something out; say so where that cannot be noted."""
        if not self.store.seen.note(action, patient):
            told = words()
            click.echo(told(NOT_NOTED, deed=told(action.title)), err=True)

    def tell_ahead(self) -> None:
        """Say where a copy holds what these records do not: something was lost here."""
        for ahead in self.store.copies.ahead()[:1]:
            click.echo(ahead_words(ahead, words()), err=True)

    def trend(self, patient_id: str) -> Trend:
        """Return a patient's course; ``UserError`` if there is no such patient."""
        patient = self.store.patients.by_patient_id(patient_id)
        days = self.store.settings.load().baseline_days
        return trend_of(self.store.record(patient.id), self.catalogue, self.today, days)


@contextmanager
def opened(given: Given, *, is_answering: bool = False) -> Iterator[Open]:
    """Open the data folder, or a throw-away copy of the demo, for as long as a command runs.

    Where a copy holds what the records do not, that is said, unless the command is the answer.
    """
    catalogue = load_catalogue()
    with _folder(given, catalogue) as folder:
        store = _open(folder, given, catalogue)
        try:
            records = Open(store, catalogue, given.day)
            if not is_answering:
                records.tell_ahead()
            records.note(Action.OPEN)
            yield records
        finally:
            store.close()


@contextmanager
def _folder(given: Given, catalogue: Catalogue) -> Iterator[Path]:
    if not given.is_demo:
        yield given.data or default_data_folder()
        return
    from app.exchange.demo import build_demo  # noqa: PLC0415 - only the demo is imported anew

    with tempfile.TemporaryDirectory(prefix="oms-bedside-demo-") as name:
        folder = Path(name) / "data"
        build_demo(folder, clock=given.clock, catalogue=catalogue)
        yield folder


def _open(folder: Path, given: Given, catalogue: Catalogue) -> Store:
    secret = passphrase(given.passphrase_file) if needs_secret(folder) else None
    return open_folder(folder, secret, clock=given.clock, catalogue=catalogue)
