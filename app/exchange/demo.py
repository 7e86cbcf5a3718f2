"""The demo data: a data folder that anyone can open, made from tables like any import."""

import tomllib
from datetime import date
from pathlib import Path

from msgspec import Struct

from app.clock import Clock, Moment
from app.exchange.importing import import_from
from app.paths import DEMO
from app.records.folder import Founder, create_open_folder
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import Catalogue

_USER = "M. Okafor"


class _AnyDay(Struct, frozen=True):
    """A clock on which no demo visit lies in the future, wherever the machine's clock stands."""

    clock: Clock

    def now(self) -> Moment:
        """Return this instant."""
        return self.clock.now()

    def today(self) -> date:
        """Return the last day there is."""
        return date.max


def build_demo(folder: Path, *, clock: Clock, catalogue: Catalogue) -> None:
    """Make a data folder with the demo patients, without a secret, and let it go.

    ``UserError`` if the folder holds data already.
    """
    store = create_open_folder(
        folder, Founder(_USER, Role.NURSE), clock=_AnyDay(clock), catalogue=catalogue
    )
    try:
        import_from(store, catalogue, DEMO)
        _set_cautions(store)
    finally:
        store.close()


def _set_cautions(store: Store) -> None:
    """Label each demo patient; the tables have no column for it."""
    cautions = tomllib.loads((DEMO / "cautions.toml").read_text(encoding="utf-8"))
    with store.atomic():
        for patient_id, caution in cautions.items():
            patient = store.patients.by_patient_id(patient_id)
            store.patients.set_caution(patient.id, caution)
