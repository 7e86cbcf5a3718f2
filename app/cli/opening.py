"""Opening the records for one command, and letting them go after it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import click
from msgspec import Struct

from app.cli.given import Given
from app.cli.secret import given_passphrase, passphrase
from app.language import words
from app.paths import default_data_folder
from app.records.actions import Action
from app.records.file.first_look import FOREIGN_LOG
from app.records.file.outside import temporary_folder
from app.records.file.unsafe_places import looked_at
from app.records.folder import needs_secret, open_folder
from app.records.reading import open_to_read
from app.records.seen import NOT_NOTED
from app.records.store import Store
from app.trends.model import Trend
from app.trends.since import trend_of
from app.wording.copies import ahead_words, missed_words
from app.wording.structure import structure_words
from scales.catalogue import Catalogue, load_catalogue


class Open(Struct, frozen=True):
    """Open records, the scales they are scored with, and the day on which they are shown."""

    store: Store
    catalogue: Catalogue
    today: date

    def note(self, action: Action, patient: str = "") -> None:
        """Note who looked or took something out; say so where that cannot be noted.

        That nothing can be saved at all was said when the records were opened.
        """
        if not (self.store.around.is_read_only or self.store.seen.note(action, patient)):
            told = words()
            click.echo(told(NOT_NOTED, deed=told(action.title)), err=True)

    def tell_ahead(self) -> None:
        """Say what was lost here: a copy holds it, or the machine knows that it was written."""
        for ahead in self.store.copies.ahead()[:1]:
            click.echo(ahead_words(ahead, words()), err=True)
        if missed := self.store.copies.missed():
            click.echo(missed_words(missed, words()), err=True)

    def trend(self, patient_id: str) -> Trend:
        """Return a patient's course; ``UserError`` if there is no such patient."""
        patient = self.store.patients.by_patient_id(patient_id)
        days = self.store.settings.load().baseline_days
        return trend_of(self.store.record(patient.id), self.catalogue, self.today, days)


def opened(given: Given, *, to_write: bool = False, is_answering: bool = False) -> Open:
    """Open the data folder, or a throw-away copy of the demo, until the answer is printed.

    Where nothing can be written there, it is opened to read only and that is said, unless the
    command is there ``to_write``. Where a copy holds what the records do not, that is said, unless
    the command is the answer.
    """
    catalogue = load_catalogue()
    folder = given.ending.keep(_folder(given, catalogue))
    store = given.ending.keep(_closed(_open(folder, given, catalogue, to_write=to_write)))
    records = Open(store, catalogue, given.day)
    given.ending.needs_copy |= to_write
    _say_what_is_strange(store, None if given.is_demo else folder)
    if not is_answering:
        records.tell_ahead()
    records.note(Action.OPEN)
    return records


@contextmanager
def _closed(store: Store) -> Iterator[Store]:
    """Lend a store and close it; say where the second place did not get what it should have."""
    with closing(store):
        yield store
    trouble = store.around.copies.second_trouble
    if trouble is not None:
        click.echo(words().error(trouble), err=True)


def _say_what_is_strange(store: Store, folder: Path | None) -> None:
    unsafe = None if folder is None else looked_at(folder)
    if unsafe is not None:
        click.echo(words()(unsafe.message, **unsafe.values), err=True)
    if store.around.log_set_aside is not None:
        click.echo(words()(FOREIGN_LOG, path=store.around.log_set_aside), err=True)
    if store.around.is_read_only:
        click.echo(words()(store.around.why_read_only), err=True)
    told = structure_words(store.differences(), words())
    if told:
        click.echo(told, err=True)


@contextmanager
def _folder(given: Given, catalogue: Catalogue) -> Iterator[Path]:
    if not given.is_demo:
        yield given.data or default_data_folder()
        return
    from app.exchange.demo import build_demo  # noqa: PLC0415 - only the demo is imported anew

    with temporary_folder() as place:
        folder = place / "data"
        build_demo(folder, clock=given.clock, catalogue=catalogue)
        yield folder


def _open(folder: Path, given: Given, catalogue: Catalogue, *, to_write: bool) -> Store:
    way = open_folder if to_write else open_to_read
    return way(
        folder, _secret(folder, given), clock=given.clock, catalogue=catalogue, user=given.user
    )


def _secret(folder: Path, given: Given) -> str | None:
    """Return what opens the records; what was given is handed over even where nothing is asked."""
    if given.is_demo:
        return None
    ask = passphrase if needs_secret(folder) else given_passphrase
    return ask(given.passphrase_file)
