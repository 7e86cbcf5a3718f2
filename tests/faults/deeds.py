"""What is done when the fault comes: one line a deed. Each tells what it tries and what was kept.

A line ``try X`` stands before the store is asked for X, a line ``kept X`` after it has returned:
from then on X must be there, whatever happens. ``begin`` says that a fault may come from here on.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, NamedTuple

from msgspec.structs import replace

from app.clock import FixedClock
from app.dates import days_after
from app.exchange.importing import import_from
from app.records import renewal
from app.records.copies import changing_key, following, tail
from app.records.copies.backup import copies
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.erasing import Wish
from app.records.folder import create_folder, open_folder
from app.records.model import PatientFacts, Visit
from app.records.store import Store
from scales.model import Scored
from tests.cheap_keys import CHEAP
from tests.faults.children import Tell
from tests.faults.made import (
    CATALOGUE,
    CLOCK,
    EARLY,
    FOUNDER,
    GONE,
    KEYS_OF_SCALE,
    LATE,
    PASSPHRASE,
    SCALE,
    YEARS_LATER,
    add_patient,
    begin_visit,
    opened,
)


class Scene(NamedTuple):
    """Where a deed is done: the data folder, a place beside it, chance, and who hears."""

    folder: Path
    beside: Path
    chance: Random
    tell: Tell

    @contextmanager
    def promise(self, *words: str) -> Iterator[None]:
        """Tell what is tried, and that it was kept once the store has returned."""
        said = " ".join(words)
        self.tell(f"try {said}")
        yield
        self.tell(f"kept {said}")


class Deed(NamedTuple):
    """Something that is done to records, and whether it begins without any."""

    what: str
    act: Callable[[Scene], None]
    is_first: bool = False


def _patient(store: Store, name: str) -> str:
    return store.patients.by_patient_id(name).id


def answer_all(scene: Scene, store: Store, visit: Visit, times: int = 1) -> None:
    """Tap each answer in so often."""
    for tap in range(times * len(KEYS_OF_SCALE)):
        key, level = KEYS_OF_SCALE[tap % len(KEYS_OF_SCALE)], scene.chance.randrange(3)
        with scene.promise("answer", visit.id, str(key), str(level)):
            store.visits.answer(visit.id, SCALE, key, Scored(Decimal(level)))


def _sign(scene: Scene, store: Store, visit: Visit) -> None:
    with scene.promise("signed", visit.id):
        store.visits.sign(visit.id, "scored by me")


def score(scene: Scene) -> None:
    """Tap answers in, and change them."""
    store = opened(scene.folder)
    scene.tell("begin")
    answer_all(scene, store, begin_visit(store, _patient(store, "P1")), times=8)


def sign(scene: Scene) -> None:
    """Sign visits, each copied as in the window."""
    store = opened(scene.folder)
    store.after_signing(store.copy)
    scene.tell("begin")
    for name in EARLY:
        visit = begin_visit(store, _patient(store, name))
        answer_all(scene, store, visit)
        _sign(scene, store, visit)


def amend(scene: Scene) -> None:
    """Amend signed visits."""
    store = opened(scene.folder)
    store.after_signing(store.copy)
    scene.tell("begin")
    for name in EARLY:
        signed = store.record(_patient(store, name)).visits[-1]
        version = store.visits.amend(signed.id, "a slip")
        answer_all(scene, store, version)
        _sign(scene, store, version)


def copy(scene: Scene) -> None:
    """Make copies of what was added."""
    store = opened(scene.folder)
    scene.tell("begin")
    for number in range(4):
        name = f"COPIED{number}"
        with scene.promise("patient", name):
            store.patients.add(PatientFacts(name))
        with scene.promise("copy", name):
            store.copies.backup()


def change_passphrase(scene: Scene) -> None:
    """Give oneself one passphrase after another."""
    store = opened(scene.folder)
    scene.tell("begin")
    for number in range(8):
        passphrase = f"{scene.chance.randrange(10**9)} boats and lantern {number}"
        with scene.promise("passphrase", passphrase):
            store.users.give_passphrase(store.user.id, passphrase)


def put_back(scene: Scene) -> None:
    """Put the oldest copy in place of the records."""
    oldest = copies(scene.folder)[-1]
    scene.tell("begin")
    with scene.promise("without", LATE):
        restore(
            Source(oldest.path, PASSPHRASE), scene.folder,
            replace=True, clock=CLOCK, catalogue=CATALOGUE,
        )  # fmt: skip


def import_tables(scene: Scene) -> None:
    """Read tables in."""
    names = [f"I{number}" for number in range(12)]
    tables = scene.beside / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text("\n".join(("patient_id", *names)) + "\n")
    store = opened(scene.folder)
    scene.tell("begin")
    with scene.promise("together", *names):
        import_from(store, CATALOGUE, tables)


def renew_key(scene: Scene) -> None:
    """Make a new key of records and copies, and go on with it."""
    store = opened(scene.folder)
    _tell_steps(scene, (renewal, "put_in_place"), (changing_key, "_move"))
    scene.tell("begin")
    with scene.promise("renewed"):
        renewed = store.users.new_key.make(lambda share: scene.tell(f"at {share:.2f}"))
    scene.tell(f"kept code {renewed.code}")
    with scene.promise("patient", "UNDER-IT"):
        store.patients.add(PatientFacts("UNDER-IT"))
    with scene.promise("copy", "UNDER-IT"):
        store.copies.backup()


def erase(scene: Scene) -> None:
    """Erase a patient, then take those who were erased out of the older copies."""
    store = open_folder(scene.folder, PASSPHRASE, clock=YEARS_LATER, catalogue=CATALOGUE)
    add_patient(store, *GONE)
    store.copies.backup()
    store.settings.save(replace(store.settings.load(), keep_years=1))
    store.close()
    much_later = FixedClock.on(days_after(YEARS_LATER.today(), 800))
    store = open_folder(scene.folder, PASSPHRASE, clock=much_later, catalogue=CATALOGUE)
    scene.tell("begin")
    patient = _patient(store, GONE[0])
    with scene.promise("erased"):
        store.erasing.erase(patient, Wish(GONE[0], "kept long enough"))
    with scene.promise("written-anew"):
        store.erasing.finish()
    with scene.promise("cleaned"):
        for one in store.erasing.older_copies():
            store.erasing.cleaning(one, renews=True)()
            scene.tell("one copy")


def sign_into_tail(scene: Scene) -> None:
    """Sign visits after a full copy, each into its tail, which tells each of its steps."""
    store = opened(scene.folder)
    store.copies.backup()
    _tell_steps(scene, (tail, "_write"), (tail, "_read"), (following, "write_summary"))
    scene.tell("begin")
    for name in EARLY:
        visit = begin_visit(store, _patient(store, name))
        answer_all(scene, store, visit)
        _sign(scene, store, visit)
        with scene.promise("held", visit.id):
            store.copy()


def _tell_steps(scene: Scene, *steps: tuple[ModuleType, str]) -> None:
    """Tell of each of these steps when it begins and ends, so that kills come between them."""
    for place, name in steps:
        setattr(place, name, _telling(getattr(place, name), scene.tell))


def _telling(step: Callable[..., Any], tell: Tell) -> Callable[..., Any]:
    def told(*given: object) -> Any:
        tell(f"before {step.__name__}")
        done = step(*given)
        tell(f"after {step.__name__}")
        return done

    return told


def begin_records(scene: Scene) -> None:
    """Make new records, at a first start."""
    scene.tell("begin")
    with scene.promise("passphrase", PASSPHRASE):
        _, code = create_folder(
            scene.folder, FOUNDER, PASSPHRASE, clock=CLOCK, catalogue=CATALOGUE, cost=CHEAP
        )
    scene.tell(f"kept code {code}")


DEEDS = (
    Deed("scoring", score),
    Deed("signing", sign),
    Deed("amending", amend),
    Deed("copying", copy),
    Deed("passphrase change", change_passphrase),
    Deed("restore", put_back),
    Deed("import", import_tables),
    Deed("new key", renew_key),
    Deed("erasing", erase),
    Deed("signing into a tail", sign_into_tail),
    Deed("first start", begin_records, is_first=True),
)
