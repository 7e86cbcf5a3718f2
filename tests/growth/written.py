"""What the store writes: bytes a visit, pages a tap, milliseconds an imported patient.

A process of its own, ``python -m tests.growth.written VISITS PATIENTS``; it answers in JSON.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import mean

from app.clock import SystemClock
from app.dates import PartialDate
from app.records.file.database import open_database
from app.records.model import Role
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.growth.folders import import_patients, scratch
from tests.growth.made import VISITS, patient_id

_KEY = bytes(range(32))
_FIRST_DAY = date(2014, 1, 6)
_WAL_HEAD, _FRAME_HEAD = 32, 24


class Written:
    """A store on disk whose files are looked at from outside; it copies nothing."""

    def __init__(self, folder: Path) -> None:
        self._file, self._log = folder / "records.db", folder / "records.db-wal"
        catalogue = load_catalogue()
        database = open_database(self._file, _KEY, create=True)
        self.store = Store(database, catalogue=catalogue, clock=SystemClock(), station="growth")
        self.store.users.add("M. Okafor", Role.NURSE)
        import_patients(self.store, range(1))
        self._patient = self.store.patients.by_patient_id(patient_id(0)).id
        self._visits = 0
        sheets = [(scale, catalogue.find(scale).keys) for scale in ("five_feature", "oms")]
        self.keys = tuple((scale, key) for scale, keys in sheets for key in keys)
        self.openers = frozenset((scale, keys[0]) for scale, keys in sheets)

    def size(self) -> int:
        """Return the size of the file once the log is empty, in bytes."""
        self._ask("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file.stat().st_size

    def begin(self) -> str:
        """Begin a visit; the one before must be signed."""
        day = PartialDate.of(_FIRST_DAY + timedelta(days=self._visits))
        self._visits += 1
        return self.store.visits.start(self._patient, day, "10:30").id

    def tap(self, visit: str, place: int, level: int) -> None:
        """Score one of the eleven items."""
        scale, key = self.keys[place]
        self.store.visits.answer(visit, scale, key, Scored(Decimal(level)))

    def sign(self, visit: str) -> None:
        """Sign a visit."""
        self.store.visits.sign(visit, "scored at the bedside")

    def pages(self, deed: Callable[..., None], *needs: object) -> int:
        """Return how many pages a deed wrote to the log."""
        before = self._frames()
        deed(*needs)
        return self._frames() - before

    @contextmanager
    def log_kept(self) -> Iterator[None]:
        """Let the log only grow meanwhile, so that its pages can be counted."""
        usual = self._ask("PRAGMA wal_autocheckpoint")
        self._ask("PRAGMA wal_autocheckpoint = 0")
        self.size()
        yield
        self._ask(f"PRAGMA wal_autocheckpoint = {usual}")

    def _frames(self) -> int:
        length = self._log.stat().st_size if self._log.exists() else 0
        return max(0, length - _WAL_HEAD) // (self._ask("PRAGMA page_size") + _FRAME_HEAD)

    def _ask(self, pragma: str) -> int:
        return int(self.store._database.execute(pragma).fetchone()[0])


def bytes_a_visit(written: Written, count: int) -> float:
    """Return what the file grows by for a visit that is tapped and signed."""
    before = written.size()
    for _ in range(count):
        visit = written.begin()
        for place in range(len(written.keys)):
            written.tap(visit, place, 1)
        written.sign(visit)
    return (written.size() - before) / count


def bytes_an_imported_visit(written: Written, patients: int) -> float:
    """Return what it grows by for an imported one, with its share of patient and treatments."""
    before = written.size()
    import_patients(written.store, range(1, 1 + patients))
    return (written.size() - before) / (patients * VISITS)


def pages_a_tap(written: Written, visits: int) -> dict[str, float]:
    """Return the mean pages of a tap: one that opens a sheet, a first one, one that changes."""
    pages: dict[str, list[int]] = {"opening": [], "first": [], "changing": []}
    places = range(len(written.keys))
    with written.log_kept():
        for _ in range(visits):
            visit = written.begin()
            for place in places:
                kind = "opening" if written.keys[place] in written.openers else "first"
                pages[kind].append(written.pages(written.tap, visit, place, 1))
            for place in places:
                pages["changing"].append(written.pages(written.tap, visit, place, 2))
            written.sign(visit)
    return {kind: mean(counts) for kind, counts in pages.items()}


def import_cost(written: Written, patients: int) -> dict[str, float]:
    """Return what a patient of one large import costs, in milliseconds."""
    cost = import_patients(written.store, range(1, 1 + patients))
    return {"wall": cost.wall * 1000 / patients, "cpu": cost.cpu * 1000 / patients}


@contextmanager
def _fresh() -> Iterator[Written]:
    with scratch() as folder:
        written = Written(folder)
        with closing(written.store):
            yield written


def main() -> None:
    """Measure and answer."""
    visits, patients = (int(number) for number in sys.argv[1:])
    told: dict[str, object] = {}
    with _fresh() as written:
        told["bytes"] = bytes_a_visit(written, visits)
        told["pages"] = pages_a_tap(written, 20)
        told["imported_bytes"] = bytes_an_imported_visit(written, max(1, visits // VISITS))
    with _fresh() as written:
        told["import"] = import_cost(written, patients)
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
