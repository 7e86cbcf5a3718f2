"""Damage of each file of a data folder: what comes of it is told by a reader of its own.

The records are as a killed process leaves them, with a log. All that the log holds is in the
newest copy; what it holds beyond is measured apart, and the machine's note alone tells of it. A
damage is silent where what can be read
differs from what was written, and neither the opening nor the check says so.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.errors import AppError
from app.paths import station_folder
from app.records.copies.backup import copies
from app.records.copies.fetching import fetch
from app.records.copies.restore import restore
from app.records.copies.source import Source
from app.records.file.database import INDEX, LOG, connect
from app.records.file.names import RECORDS, SUMMARY, TAIL
from app.records.keys.keyfile import KEYS
from app.records.keys.vault import unlock
from app.records.model import CHANGES_LOST, DAMAGED_COPIES
from tests.faults.children import ChildFailed, Tell, told_by
from tests.faults.deeds import Scene, answer_all
from tests.faults.harm import HARMS
from tests.faults.made import (
    CATALOGUE,
    CLOCK,
    PASSPHRASE,
    add_patient,
    begin_visit,
    chance_of,
    make_folder,
    opened,
)
from tests.faults.oracle import Content, content_at_rest, content_of, without_journal

_SECONDS = 60
Held = tuple[Content | None, bytes]


class Damaged(NamedTuple):
    """A damage and what came of it: ``same``, ``refused``, ``named``, ``silent`` or ``no answer``.

    ``recovered`` says whether a copy could be put back, nothing where none was good or needed.
    """

    file: str
    harm: str
    outcome: str
    recovered: bool | None
    told: tuple[str, ...]


class Damages:
    """Damages one file after another of the same folder.

    With taps ``beyond`` the newest copy the log alone holds something.
    """

    def __init__(self, place: Path, chance: Random, *, beyond: bool = False) -> None:
        self._chance = chance
        self._before, self._folder, other = place / "before", place / "data", place / "other"
        code = _left_with_log(self._folder, beyond=beyond)
        self._notes = Path(shutil.copytree(station_folder(), place / "notes before"))
        shutil.copytree(self._folder, self._before)
        self._truth = Truth.of(self._before, code)
        _left_with_log(other, beyond=beyond)
        self._files = _files(self._before)
        self._others = [*self._files.values(), *_files(other).values()]

    def damage(self, count: int) -> Iterator[Damaged]:
        """Damage so often: each file and harm in turn, in an order that chance chooses."""
        return self._damage(count, tuple(self._files))

    def damage_log(self, count: int) -> Iterator[Damaged]:
        """Damage only the log so often, harm by harm in turn."""
        return self._damage(count, ("log",))

    def _damage(self, count: int, files: tuple[str, ...]) -> Iterator[Damaged]:
        every = [(file, harm) for harm in HARMS for file in files]
        self._chance.shuffle(every)
        for number in range(count):
            yield self._damaged(*every[number % len(every)])

    def _damaged(self, file: str, harm: str) -> Damaged:
        for there, before in ((self._folder, self._before), (station_folder(), self._notes)):
            shutil.rmtree(there)
            shutil.copytree(before, there)
        mine = self._files[file]
        content = mine.read_bytes()
        alike = [
            one for one in self._others if one.name == mine.name and one.read_bytes() != content
        ]
        hurt = self._folder / mine.relative_to(self._before)
        HARMS[harm](hurt, self._chance.choice(alike), self._chance)
        good = [copy.path for copy in copies(self._folder) if self._is_untouched(copy.path)]
        try:
            told = told_by(partial(_look, self._folder, self._truth, good), _SECONDS)
        except ChildFailed as failure:
            return Damaged(file, harm, "no answer", None, (str(failure),))
        if told is None:
            return Damaged(file, harm, "no answer", None, ())
        said = dict(line.partition(" ")[::2] for line in told)
        recovered = {"yes": True, "no": False}.get(said.get("recovered", ""))
        return Damaged(file, harm, said["outcome"], recovered, tuple(told))

    def _is_untouched(self, copy: Path) -> bool:
        before = self._before / copy.relative_to(self._folder)
        return _bytes_of(copy) == _bytes_of(before)


class Truth(NamedTuple):
    """What was written, as a reader of our own found it before any damage."""

    key: bytes
    code: str
    content: Content
    copies: dict[str, Held]

    @classmethod
    def of(cls, folder: Path, code: str) -> "Truth":
        """Read it."""
        key = bytes(unlock(folder, PASSPHRASE).key)
        content = content_at_rest(folder, key)
        assert content is not None
        held = {one.path.name: _held(one.path, key) for one in copies(folder)}
        return cls(key, code, content, held)

    def is_good(self, copy: Path) -> bool:
        """Say whether a copy still holds what it held, and the keys to it."""
        return (copy / KEYS).exists() and _held(copy, self.key) == self.copies[copy.name]

    def opens(self, folder: Path) -> bool:
        """Say whether passphrase and code still give the key."""
        try:
            return all(unlock(folder, one).key == self.key for one in (PASSPHRASE, self.code))
        except AppError:
            return False


def _held(copy: Path, key: bytes) -> Held:
    """Return what a copy holds with its tail, nothing where it is damaged, and its keys."""
    with TemporaryDirectory() as name:
        try:
            fetch(copy, Path(name), key)
        except AppError:
            return None, (copy / KEYS).read_bytes()
        return content_at_rest(Path(name), key), (copy / KEYS).read_bytes()


def _bytes_of(copy: Path) -> dict[str, bytes]:
    return {
        name: (copy / name).read_bytes()
        for name in (RECORDS, KEYS, SUMMARY, TAIL)
        if (copy / name).exists()
    }


def _files(folder: Path) -> dict[str, Path]:
    """Return every file that can be damaged, by what it is: “log”, or “keys of copy 1”."""
    of_names = {RECORDS: "records", KEYS: "keys", SUMMARY: "summary", TAIL: "tail"}
    found = {
        of_names[name] if place == folder else f"{of_names[name]} of copy {number}": place / name
        for number, place in enumerate((folder, *(copy.path for copy in copies(folder))))
        for name in of_names
        if (place / name).exists()
    }
    beside = {"log": folder / (RECORDS + LOG), "shm": folder / (RECORDS + INDEX)}
    return found | {name: path for name, path in beside.items() if path.stat().st_size}


def _left_with_log(folder: Path, *, beyond: bool) -> str:
    """Make records that a process left with a log, since somebody read them; return the code."""
    told = told_by(partial(_leave, folder, beyond))
    assert told is not None
    return told[0]


def _leave(folder: Path, beyond: bool, tell: Tell) -> None:
    tell(make_folder(folder))
    store = opened(folder)
    reader = connect(folder / RECORDS, unlock(folder, PASSPHRASE).key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    for number in range(3):
        patient = add_patient(store, f"LOG{number}").patient
    if beyond:
        reader.close()
    store.copies.backup()
    add_patient(store, "TAIL")
    store.copy()
    if beyond:
        answer_all(Scene(folder, folder, chance_of(1), tell), store, begin_visit(store, patient))


def _look(folder: Path, truth: Truth, good: list[Path], tell: Tell) -> None:
    """Open what is damaged, tell what comes of it, and put the newest good copy back if needed."""
    try:
        store = opened(folder)
    except AppError as error:
        tell(f"refused {error}".replace("\n", " "))
        outcome = "refused"
    else:
        is_same = content_of(folder / RECORDS, truth.key) == truth.content
        named = bool(store.copies.ahead()) or store.around.log_set_aside is not None
        kinds = [one.kind for one in store.check() if one.count and one.is_damage]
        tell(f"check {' '.join(kinds)}")
        kept = [copy for copy in copies(folder) if copy.path.name in truth.copies]
        are_kept = len(kept) == len(truth.copies) and all(truth.is_good(one.path) for one in kept)
        is_whole = are_kept and truth.opens(folder)
        outcome = _outcome(is_same=is_same, is_whole=is_whole, is_named=named or bool(kinds))
        with suppress(AppError):  # where no copy can be made, that is told, and is no loss
            store.close()
    tell(f"outcome {outcome}")
    if good and outcome != "same":
        tell(f"recovered {'yes' if _is_recovered(folder, good[0], truth) else 'no'}")


def _outcome(*, is_same: bool, is_whole: bool, is_named: bool) -> str:
    if is_named:
        return "named"
    return "same" if is_same and is_whole else "silent"


def _is_recovered(folder: Path, copy: Path, truth: Truth) -> bool:
    """Put a good copy in place of what is there, and say whether all that it held is back.

    What was open may have been added to its tail since.
    """
    before, held = truth.copies[copy.name][0], _held(copy, truth.key)[0]
    assert before is not None
    if held is None or any(set(before[name]) - set(held[name]) for name in before):
        return False
    source = Source(copy, PASSPHRASE)
    restore(source, folder, replace=True, clock=CLOCK, catalogue=CATALOGUE)
    with closing(opened(folder)) as store:
        kinds = {one.kind for one in store.check() if one.count and one.is_damage}
        found = content_of(folder / RECORDS, truth.key)
    is_back = found is not None and without_journal(found) == without_journal(held)
    return is_back and kinds <= {DAMAGED_COPIES, CHANGES_LOST}
