"""Do faults lose anything? ``python -m tests.faults [--short] [--seed N]`` prints the table.

Ends with 1 where a goal is missed; each case that missed it is told below the table. Children are
forked from this process once all is loaded; what encryption costs is measured in this process.
"""

import argparse
import os
import platform
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic

from tests.faults.cuts import Cuts
from tests.faults.damage import Damages
from tests.faults.kills import Kills
from tests.faults.made import chance_of, workshop
from tests.faults.ratios import Pair, committing, unlocking
from tests.faults.rows import (
    Row,
    damage_row,
    damage_table,
    deeds_table,
    gap_row,
    killed_row,
    surroundings_row,
    two_row,
)
from tests.faults.surroundings import Surroundings
from tests.faults.two import Two

_WHOLE = {
    "kills": 500,
    "cuts": 40,
    "damages": 500,
    "surroundings": 100,
    "seconds": 60.0,
    "rounds": 200,
}
_SHORT = {"kills": 16, "cuts": 4, "damages": 12, "surroundings": 10, "seconds": 1.0, "rounds": 10}


def main() -> None:
    """Measure, print, and end with 1 where a goal is missed."""
    given = _given()
    begun = monotonic()
    _say(f"{platform.machine()}, {os.cpu_count()} processors, Python "
         f"{platform.python_version()}; seed {given.seed}")  # fmt: skip
    with workshop() as place:
        rows = list(_rows(place, given))
    _say("\n".join(("| what | number | found | goal |", "|---|---|---|---|",
                    *(row.text for row in rows))))  # fmt: skip
    missed = [f"{row.what}: {line}" for row in rows for line in row.missed]
    for line in missed:
        _say(f"MISSED {line}")
    _say(f"{monotonic() - begun:.0f} s")
    sys.exit(1 if missed else 0)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--short", action="store_true", help="a few of each")
    parser.add_argument("--seed", type=int, help="repeats the chances of an earlier run")
    for name, count in _WHOLE.items():
        parser.add_argument(f"--{name}", type=type(count))
    given = parser.parse_args()
    for name, count in (_SHORT if given.short else _WHOLE).items():
        if getattr(given, name) is None:
            setattr(given, name, count)
    if given.seed is None:
        given.seed = secrets.randbelow(1_000_000)
    return given


def _rows(place: Path, given: argparse.Namespace) -> Iterator[Row]:
    def own(name: str) -> tuple[Path, Random]:
        """Return a place and a chance of their own, so that no row shifts another's."""
        (place / name).mkdir()
        return place / name, chance_of(given.seed, name)

    killed = list(Kills(*own("kills")).kill(given.kills))
    yield killed_row("SIGKILL at random moments", killed)
    cuts = Cuts(*own("cuts"))
    cut = list(cuts.cut(given.cuts)) if cuts.can_mount() else []
    what = "power cut (a disk in a file, copied in flight)"
    yield killed_row(what if cut else f"{what}: nobody may mount one here, so none was made", cut)
    damaged = list(Damages(*own("damages")).damage(given.damages))
    yield damage_row("damage of records, log, shm, keys, copies and their tails", damaged)
    yield gap_row(list(Damages(*own("gap"), beyond=True).damage_log(max(6, given.damages // 20))))
    yield surroundings_row(list(Surroundings(*own("surroundings")).meet(given.surroundings)))
    yield two_row(list(Two(*own("two")).rounds(given.seconds)), given.seconds)
    yield Row("signing with a file of 10,000 patients", "", "see `make growth`", "at most 50 ms")
    yield _ratio_row("unlocking by a passphrase, beside records that have none",
                     unlocking(own("unlocking")[0], max(5, given.rounds // 10)))  # fmt: skip
    yield _ratio_row("a commit to the encrypted file, beside a plain one",
                     committing(own("committing")[0], given.rounds))  # fmt: skip
    _say(deeds_table(killed, cut))
    _say(damage_table(damaged))


def _ratio_row(what: str, pair: Pair) -> Row:
    found = f"{pair.ratio:.2f} ({pair.ours * 1000:.2f} ms, {pair.bare * 1000:.2f} ms)"
    return Row(what, f"{pair.rounds} pairs", found, "none")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
