"""The rows of the table: what was done, how often, what came of it, and what missed the goal."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tests.faults.damage import Damaged
from tests.faults.kills import Killed
from tests.faults.surroundings import Met
from tests.faults.two import Round

_OUTCOMES = ("same", "refused", "named", "silent", "no answer")


class Row(NamedTuple):
    """A row of the table, and each case that missed the goal, in a line."""

    what: str
    number: str
    found: str
    goal: str
    missed: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The row in Markdown."""
        return f"| {self.what} | {self.number} | {self.found} | {self.goal} |"


def killed_row(what: str, killed: Sequence[Killed]) -> Row:
    """Tell of processes that were ended at their deeds."""
    missed = [one for one in killed if one.loss.lost or one.loss.refused]
    lost = sum(len(one.loss.lost) for one in killed)
    shut = sum(1 for one in killed if one.loss.refused)
    kept = sum(one.kept for one in killed)
    return Row(
        what,
        f"{len(killed):,}",
        f"{lost} of {kept:,} acknowledged lost, {shut} folders without a way in",
        "0 and 0",
        tuple(f"{one.deed.what}: {one.loss}" for one in missed),
    )


def damage_row(what: str, damaged: Sequence[Damaged]) -> Row:
    """Tell what came of damages, and whether a good copy brought back what it held."""
    counts = Counter(one.outcome for one in damaged)
    recoveries = Counter(one.recovered for one in damaged)
    tried = recoveries[True] + recoveries[False]
    missed = [
        one for one in damaged if one.outcome in ("silent", "no answer") or one.recovered is False
    ]
    return Row(
        what,
        f"{len(damaged):,}",
        f"{counts['silent'] + counts['no answer']} silently different: {counts['named']} named, "
        f"{counts['refused']} refused, {counts['same']} without any difference; "
        f"{recoveries[True]} of {tried} recovered from a good copy",
        "0 silent, all recovered",
        tuple(f"{one.file}, {one.harm}: {one.outcome}, {one.told}" for one in missed),
    )


def gap_row(damaged: Sequence[Damaged]) -> Row:
    """Tell of taps since the newest copy that go with the log: the machine's note misses them."""
    silent = [one for one in damaged if one.outcome in ("silent", "no answer")]
    return Row(
        "the log damaged, with taps that are in no copy yet",
        f"{len(damaged):,}",
        f"{len(silent)} went unnoticed",
        "0",
        tuple(f"{one.file}, {one.harm}: {one.outcome}, {one.told}" for one in silent),
    )


def surroundings_row(met: Sequence[Met]) -> Row:
    """Tell of surroundings that refuse."""
    lost = sum(len(one.loss.lost) + bool(one.loss.refused) for one in met)
    wrong = sum(len(one.wrong) for one in met)
    said = sum(len(one.sentences) for one in met)
    missed = [one for one in met if one.wrong or one.loss.lost or one.loss.refused]
    counts = Counter(one.fault for one in met)
    return Row(
        f"surroundings: {', '.join(f'{what} {count}' for what, count in counts.items())}",
        f"{len(met):,}",
        f"{lost} lost, {wrong} of {said} sentences wrong; the session went on each time",
        "0 and 0",
        tuple(f"{one.fault}: {one.loss}, {one.wrong}" for one in missed),
    )


def two_row(rounds: Sequence[Round], seconds: float) -> Row:
    """Tell of others who tried to come in beside a first process."""
    tries = sum(one.tries for one in rounds)
    refused = sum(one.refused for one in rounds)
    stopped = sum(one.stopped for one in rounds)
    lost = sum(len(one.lost) for one in rounds)
    missed = [one for one in rounds if one.refused != one.tries or not one.stopped or one.lost]
    return Row(
        "two processes, the lock removed or replaced half-way",
        f"{seconds:.0f} s",
        f"{refused} of {tries} second processes refused; {stopped} of {len(rounds)} first ones "
        f"stopped saving without their lock; {lost} of "
        f"{sum(one.kept for one in rounds):,} acknowledged lost",
        "all refused, 0 lost",
        tuple(map(str, missed)),
    )


def deeds_table(killed: Sequence[Killed], cut: Sequence[Killed]) -> str:
    """Return kills and cuts deed by deed."""
    deeds = dict.fromkeys(one.deed.what for one in (*killed, *cut))
    rows = ["| deed | killed | acknowledged | power cut | acknowledged |", "|---|---|---|---|---|"]
    for deed in deeds:
        cells = [deed]
        for some in (killed, cut):
            mine = [one.kept for one in some if one.deed.what == deed]
            cells += [str(len(mine)), f"{sum(mine):,}"]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def damage_table(damaged: Iterable[Damaged]) -> str:
    """Return what came of damages file by file."""
    counts = Counter((one.file, one.outcome) for one in damaged)
    files = dict.fromkeys(file for file, _ in counts)
    head = (f"| damaged file | {' | '.join(_OUTCOMES)} |", f"|{'---|' * (len(_OUTCOMES) + 1)}")
    cells = {file: [str(counts[file, one]) for one in _OUTCOMES] for file in files}
    return "\n".join(
        (*head, *(f"| {file} | {' | '.join(each)} |" for file, each in cells.items()))
    )
