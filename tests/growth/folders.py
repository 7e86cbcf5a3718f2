"""The folders of many patients: written once by the store itself, kept until its format changes.

They lie in ``.growth`` beside the sources, one folder a format and a count. What is measured
works on a copy, so that the next run finds the same. As a command it makes one and says how long
that took: ``python -m tests.growth.folders 100``.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from app.clock import SystemClock
from app.exchange.importing import import_from
from app.records.copies.keeper import NoCopies
from app.records.folder import Founder, create_open_folder
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import load_catalogue
from tests.growth.cost import Cost
from tests.growth.made import patient_id, write_tables

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".growth"
FILES = ("records.db", "keys.json")
_BATCH = 100
_WRITERS = ("app/records", "resources/lists", "scales/definitions")


def fingerprint() -> str:
    """Return what changes with whatever decides how records are stored."""
    digest = hashlib.sha256((Path(__file__).with_name("made.py")).read_bytes())
    for folder in _WRITERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def kept_folder(count: int) -> Path:
    """Return the folder of so many patients; it is made if this format has none."""
    made = KEPT / fingerprint() / str(count)
    if not made.is_dir():
        _forget_other_formats()
        half = made.with_name(f"{count}.half")
        shutil.rmtree(half, ignore_errors=True)
        _fill(half, count)
        shutil.rmtree(half / "copies", ignore_errors=True)
        half.rename(made)
    return made


@contextmanager
def lent_folder(count: int) -> Iterator[Path]:
    """Lend a copy of a kept folder, on the same disk, without its checked copies."""
    kept = kept_folder(count)
    with scratch() as lent:
        for file in FILES:
            shutil.copy2(kept / file, lent / file)
        yield lent


@contextmanager
def scratch() -> Iterator[Path]:
    """Lend an empty folder on the repository's own disk, never in memory."""
    KEPT.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="lent-", dir=KEPT) as name:
        yield Path(name)


def import_patients(store: Store, numbers: range) -> Cost:
    """Import made-up patients in one go and return what that cost."""
    catalogue = load_catalogue()
    with TemporaryDirectory(prefix="oms-bedside-tables-") as name:
        write_tables(Path(name), numbers)
        wall, cpu = perf_counter(), process_time()
        import_from(store, catalogue, Path(name))
        return Cost(perf_counter() - wall, process_time() - cpu)


def new_store(folder: Path) -> Store:
    """Make an empty data folder that anyone can open."""
    return create_open_folder(
        folder, Founder("M. Okafor", Role.NURSE), clock=SystemClock(), catalogue=load_catalogue()
    )


def _fill(folder: Path, count: int) -> None:
    store = new_store(folder)
    store.around.copies = NoCopies()  # what is made up needs none before each batch
    try:
        for first in range(0, count, _BATCH):
            import_patients(store, range(first, min(count, first + _BATCH)))
    finally:
        store.close()


def _forget_other_formats() -> None:
    if KEPT.is_dir():
        for path in KEPT.iterdir():
            if len(path.name) == len(fingerprint()) and path.name != fingerprint():
                shutil.rmtree(path)


def main() -> None:
    """Make a folder and say how long it took."""
    count = int(sys.argv[1])
    started = perf_counter()
    folder = kept_folder(count)
    seconds = perf_counter() - started
    size = (folder / FILES[0]).stat().st_size
    last = patient_id(count - 1)
    sys.stdout.write(f"{count} patients (to {last}), {size / 1e6:.0f} MB, {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
