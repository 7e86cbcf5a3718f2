"""What was told as kept is held against what is there after the fault."""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.errors import AppError, Bug
from app.records.copies.backup import copies
from app.records.copies.changing_key import READY as NEW_KEY_READY
from app.records.copies.fetching import fetch
from app.records.copies.putting_back import READY as PUT_BACK_READY
from app.records.copies.renewing import left_behind
from app.records.file.database import open_database
from app.records.file.files import HALF_MADE
from app.records.file.first_look import is_sealed_with
from app.records.file.names import ERASING, RECORDS
from app.records.folder import create_folder, holds_data
from app.records.keys.rawkey import wipe
from app.records.keys.vault import unlock
from app.records.model import Visit, VisitState
from app.records.store import Store
from scales.model import Scored
from tests.cheap_keys import CHEAP
from tests.faults.deeds import Deed
from tests.faults.made import (
    CATALOGUE,
    CLOCK,
    EARLY,
    FOUNDER,
    GONE,
    LATE,
    PASSPHRASE,
    SCALE,
    opened,
)
from tests.records.pages import plain_log, plain_pages, words_in


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
            if verb in ("try", "kept") and what:
                said.pop(what, None)  # the last word stands last
                said[what] = verb == "kept"
                kept += verb == "kept"
        return cls(tuple(said.items()), kept)

    def of_kind(self, kind: str) -> Iterator[tuple[list[str], bool]]:
        """Yield the words of each thing of a kind, and whether it was kept."""
        for what, is_kept in self.said:
            if what.startswith(f"{kind} "):
                yield what.split(" ")[1:], is_kept

    def is_told(self, what: str) -> bool | None:
        """Say whether a thing was kept; nothing where it was not even tried."""
        return dict(self.said).get(what)

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
    unheld = _lost_held(folder, told)
    store = _way_in(folder, told)
    if isinstance(store, AppError):
        return Loss(refused=str(store))
    with closing(store):
        lost = [*unheld, *_lost(store, told), *_lost_codes(folder, told)]
        lost += _lost_erasing(store, told)
        lost += [f"check: {one.kind}" for one in store.check() if one.count and one.is_damage]
        lost += [] if deed.is_first else _lost_before(store, told)
    lost += [*_lost_copies(folder, told), *_words_left(folder, told)]
    return Loss((*lost, *_other_keys(folder, told), *_half_made(folder)))


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
        yield f"restore: {LATE} is there"
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


def _lost_held(folder: Path, told: Told) -> list[str]:
    """Return the visits that the newest copy did not hold before anybody opened the records."""
    wanted = {visit for (visit,), is_kept in told.of_kind("held") if is_kept}
    if not wanted:
        return []
    cells = _newest_copy(
        folder, told, "SELECT lower(hex(visit)) FROM visits WHERE state = 'signed'"
    )
    return [f"not in the newest copy: {visit}" for visit in wanted - cells]


def _lost_erasing(store: Store, told: Told) -> Iterator[str]:
    """Yield who was erased and is there, and copies with them though those were seen to."""
    is_there = GONE[0] in {line.patient.facts.patient_id for line in store.summaries()}
    if told.is_told("erased") and is_there:
        yield "erased, and there"
    if told.is_told("cleaned"):
        for one in store.erasing.older_copies():
            yield f"cleaned, and held by {one.copy.path.name}"


def _words_left(folder: Path, told: Told) -> Iterator[str]:
    """Yield the words of an erased patient that stand on any page once the records were opened."""
    if not told.is_told("erased"):
        return
    key = _key(folder, told)
    pages = plain_pages(folder / RECORDS, key) + plain_log(folder / f"{RECORDS}-wal", key)
    yield from (f"word left: {word}" for word in words_in(pages, GONE))


def _other_keys(folder: Path, told: Told) -> Iterator[str]:
    """Yield what does not open with the one key of the records."""
    key = _key(folder, told)
    if not is_sealed_with(folder / RECORDS, key):
        yield "another key: the records"
    for path in left_behind(folder, key):
        yield f"another key: {path.relative_to(folder)}"


def _key(folder: Path, told: Told) -> bytes:
    for passphrase in told.passphrases():
        with suppress(AppError):
            return bytes(unlock(folder, passphrase).key)
    raise Bug("no passphrase opens what was open just now")


def _half_made(folder: Path) -> Iterator[str]:
    """Yield what the opening should have cleaned up: everything of ours that is not whole."""
    for path in folder.rglob("*"):
        is_unfinished = path.name in (NEW_KEY_READY, PUT_BACK_READY, ERASING)
        if is_unfinished or path.name.startswith(HALF_MADE) or path.name.endswith(".new"):
            yield f"half-made: {path.relative_to(folder)}"


def _in_newest_copy(folder: Path, told: Told) -> set[str]:
    return _newest_copy(folder, told, "SELECT patient_id FROM patients")


def _newest_copy(folder: Path, told: Told, sql: str) -> set[str]:
    """Return what the newest copy answers with its tail."""
    newest = copies(folder)[0].path
    key = _key(newest, told)
    with TemporaryDirectory() as name:
        fetch(newest, Path(name), key)
        with closing(open_database(Path(name) / RECORDS, key)) as database:
            return {cell for (cell,) in database.execute(sql)}
