"""What was told as kept is held against what is there after the fault."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.errors import AppError, Bug
from app.records.copies.backup import copies
from app.records.copies.fetching import fetch
from app.records.file.database import open_database
from app.records.file.files import HALF_MADE
from app.records.file.names import RECORDS
from app.records.folder import create_folder, holds_data
from app.records.keys.rawkey import wipe
from app.records.keys.vault import unlock
from app.records.model import Visit, VisitState
from app.records.store import Store
from scales.model import Scored
from tests.faults.deeds import Deed
from tests.faults.made import (
    CATALOGUE,
    CHEAP,
    CLOCK,
    EARLY,
    FOUNDER,
    LATE,
    PASSPHRASE,
    SCALE,
    opened,
)


class Told(NamedTuple):
    """What a process told: each thing that it tried, and whether it said that it was kept.

    ``kept`` counts how often it said so.
    """

    said: tuple[tuple[str, bool], ...]
    kept: int

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Told":
        """Read what was told."""
        said: dict[str, bool] = {}
        kept = 0
        for line in lines:
            verb, _, what = line.partition(" ")
            if verb in ("try", "kept"):
                said.pop(what, None)  # the last word stands last
                said[what] = verb == "kept"
                kept += verb == "kept"
        return cls(tuple(said.items()), kept)

    def of_kind(self, kind: str) -> Iterator[tuple[list[str], bool]]:
        """Yield the words of each thing of a kind, and whether it was kept."""
        for what, is_kept in self.said:
            if what.startswith(f"{kind} "):
                yield what.split(" ")[1:], is_kept

    def passphrases(self) -> list[str]:
        """Return what may open the records: the last that was kept, and what was tried after."""
        found = [PASSPHRASE]
        for words, is_kept in self.of_kind("passphrase"):
            found = [" ".join(words)] if is_kept else [*found, " ".join(words)]
        return found


class Loss(NamedTuple):
    """What is missing after a fault: what was kept and is not there; why nobody gets in, if so."""

    lost: tuple[str, ...] = ()
    refused: str = ""


def missing(folder: Path, deed: Deed, lines: Iterable[str]) -> Loss:
    """Open what a fault has left, and return what is missing of what was told as kept."""
    told = Told.of(lines)
    if deed.is_first and not any(is_kept for _, is_kept in told.said) and not holds_data(folder):
        return _begun_anew(folder)
    store = _way_in(folder, told)
    if isinstance(store, AppError):
        return Loss(refused=str(store))
    with closing(store):
        lost = [*_lost(store, told), *_lost_codes(folder, told)]
        lost += [f"check: {one.kind}" for one in store.check() if one.count and one.is_damage]
        lost += [] if deed.is_first else _lost_before(store, told)
    return Loss((*lost, *_lost_copies(folder, told), *_half_made(folder)))


def _begun_anew(folder: Path) -> Loss:
    try:
        store, _ = create_folder(
            folder, FOUNDER, PASSPHRASE, clock=CLOCK, catalogue=CATALOGUE, cost=CHEAP
        )
    except AppError as error:
        return Loss(refused=str(error))
    store.close()
    return Loss()


def _way_in(folder: Path, told: Told) -> Store | AppError:
    refused: AppError = Bug("no passphrase was tried")
    for passphrase in told.passphrases():
        try:
            return opened(folder, passphrase)
        except AppError as error:
            refused = error
    return refused


def _lost(store: Store, told: Told) -> Iterator[str]:
    names = {line.patient.facts.patient_id for line in store.summaries()}
    for (name,), is_kept in told.of_kind("patient"):
        if is_kept and name not in names:
            yield f"patient {name}"
    for together, is_kept in told.of_kind("together"):
        there = names & set(together)
        if there != set(together) and (is_kept or there):
            yield f"import: {len(there)} of {len(together)}"
    for (visit,), is_kept in told.of_kind("signed"):
        found = _visit(store, visit)
        if is_kept and (found is None or found.state is not VisitState.SIGNED):
            yield f"signature {visit}"
    yield from _lost_answers(store, told)


def _visit(store: Store, visit: str) -> Visit | None:
    try:
        return store.visits.get(visit)
    except AppError:
        return None


def _lost_answers(store: Store, told: Told) -> Iterator[str]:
    """Yield answers that are neither the last one kept nor what was tried after it."""
    may_be: dict[tuple[str, str], list[str]] = {}
    for (visit, key, level), is_kept in told.of_kind("answer"):
        before = may_be.get((visit, key), [])
        may_be[visit, key] = [level] if is_kept else [*before, level, *([] if before else [""])]
    for (visit, key), levels in may_be.items():
        if "" in levels:
            continue  # none of this was kept, so the visit itself may not be there
        found = _visit(store, visit)
        sheet = None if found is None else found.sheet(SCALE)
        answers = {} if sheet is None else {str(one): each for one, each in sheet.answers.items()}
        if answers.get(key) not in [Scored(Decimal(level)) for level in levels]:
            yield f"answer {visit} {key}"


def _lost_before(store: Store, told: Told) -> Iterator[str]:
    """Yield patients who were there before the deed, unless it put back a time without them."""
    names = {line.patient.facts.patient_id for line in store.summaries()}
    wanted = set(EARLY)
    without = [is_kept for (_,), is_kept in told.of_kind("without")]
    if not without:
        wanted.add(LATE)
    if True in without and LATE in names:
        yield "restore"
    for name in wanted - names:
        yield f"patient {name}"


def _lost_codes(folder: Path, told: Told) -> Iterator[str]:
    for (code,), _ in told.of_kind("code"):
        try:
            wipe(unlock(folder, code).key)
        except AppError:
            yield "recovery code"


def _lost_copies(folder: Path, told: Told) -> Iterator[str]:
    """Yield who is in no copy though one was told as made with them."""
    wanted = {name for (name,), is_kept in told.of_kind("copy") if is_kept}
    for name in wanted - (_in_newest_copy(folder, told) if wanted else set()):
        yield f"copy of {name}"


def _half_made(folder: Path) -> Iterator[str]:
    """Yield what the opening should have cleaned up: everything of ours that is not whole."""
    for path in folder.rglob("*"):
        if path.name.startswith(HALF_MADE) or path.name.endswith(".new"):
            yield f"half-made: {path.relative_to(folder)}"


def _in_newest_copy(folder: Path, told: Told) -> set[str]:
    newest = copies(folder)[0].path
    unlocked = unlock(newest, told.passphrases()[0])
    with TemporaryDirectory() as name:
        fetch(newest, Path(name), unlocked.key)
        database = open_database(Path(name) / RECORDS, unlocked.key)
        with closing(database):
            return {cell for (cell,) in database.execute("SELECT patient_id FROM patients")}
