"""The folder that faults happen to, and how it is opened: cheap keys, a few patients, a copy."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from app.clock import FixedClock, SystemClock
from app.dates import PartialDate
from app.paths import station_folder
from app.records.copies import ready
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import CodeState
from app.records.keys.vault import note_code
from app.records.model import PatientFacts, Role, Visit
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.cheap_keys import CHEAP, keys_that_cost

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "a lantern under the bridge"  # noqa: S105 - opens made-up records only
FOUNDER = Founder("M. Okafor", Role.NURSE)
CLOCK = SystemClock()
CATALOGUE = load_catalogue()
SCALE = "five_feature"
KEYS_OF_SCALE = CATALOGUE.find(SCALE).keys
YEARS_LATER = FixedClock.on(date(CLOCK.today().year + 3, 1, 1))
GONE = ("QW-9XZ", "Zyxqvandra")
"""The identifier and the given name of who is erased: words that stand nowhere else."""
EARLY, LATE = ("P1", "P2", "P3"), "LATE"
"""The patients whom every copy holds, and the one who came after the oldest copy."""


def chance_of(*seed: object) -> Random:
    """Return the chance that a seed gives, the same each time."""
    return Random(" ".join(map(str, seed)))  # noqa: S311 - no secret


@contextmanager
def workshop() -> Iterator[Path]:
    """Lend a place for all that is made, the notes of stations included; keys are cheap there."""
    # A disk in a file has less room than a new key leaves to whoever works.
    ready._SPARE = 0
    with TemporaryDirectory(prefix="oms-bedside-faults-") as name, keys_that_cost(CHEAP):
        os.environ["OMS_BEDSIDE_STATE"] = str(Path(name) / "notes")
        yield Path(name)


def laid_out(before: Path, folder: Path) -> Path:
    """Return records that were made elsewhere, as if they had never been in this place before."""
    shutil.rmtree(station_folder(), ignore_errors=True)
    return Path(shutil.copytree(before, folder))


def opened(folder: Path, secret: str = PASSPHRASE) -> Store:
    """Open a folder of these."""
    return open_folder(folder, secret, clock=CLOCK, catalogue=CATALOGUE)


def make_folder(folder: Path) -> str:
    """Make records of three patients, a copy of them, one patient more, and a copy again.

    Returns the recovery code.
    """
    store, code = create_folder(
        folder, FOUNDER, PASSPHRASE, clock=CLOCK, catalogue=CATALOGUE, cost=CHEAP
    )
    note_code(folder, CodeState.KEPT)
    with closing(store):
        for name in EARLY:
            add_patient(store, name)
        store.copies.backup()
        add_patient(store, LATE)
        store.copies.backup()  # else it would stand in the tail of the oldest copy as well
    return code


def add_patient(store: Store, name: str, given_name: str = "Ada") -> Visit:
    """Add a patient with a visit that is signed."""
    patient = store.patients.add(PatientFacts(name, given_name, "Berg"))
    return sign_visit(store, patient.id)


def begin_visit(store: Store, patient: str) -> Visit:
    """Begin a visit of today."""
    return store.visits.start(patient, PartialDate.of(CLOCK.today()), "")


def sign_visit(store: Store, patient: str) -> Visit:
    """Score a visit of today and sign it."""
    visit = begin_visit(store, patient)
    for key in KEYS_OF_SCALE:
        store.visits.answer(visit.id, SCALE, key, Scored(Decimal(1)))
    return store.visits.sign(visit.id, "scored by me")
