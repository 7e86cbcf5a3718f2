"""A cohort of ten thousand patients from the encrypted file, beside pandas on a plain one."""

from functools import partial
from pathlib import Path
from typing import Any

from app.trends.cohort import DAYS
from tests.bench.many_totals import AGENT, SCALE, write_plain, write_records
from tests.bench.pairs import measure_pairs
from tests.growth.processes import answered, ended, memory_of

PATIENTS = 10_000


def test_a_cohort_of_ten_thousand(benchmark: Any, disk_folder: Path) -> None:
    """Whole processes; ours tells the curves as well. Both find the same medians."""
    records, plain = disk_folder / "data", disk_folder / "plain.db"
    write_records(records, PATIENTS)
    write_plain(plain, PATIENTS)
    command = ("-m", "app", "--data", str(records), "cohort", "--agent", AGENT, "--scale", SCALE)
    ours = (*command, "--json")
    theirs = ("-m", "tests.bench.pandas_cohort", str(plain))
    assert _medians(answered(*ours)) == answered(*theirs)
    benchmark.group = "a cohort of 10,000 patients with 40 totals each, whole process"
    benchmark.extra_info["goal"] = "at most 1"
    measure_pairs(benchmark, partial(ended, *ours), partial(ended, *theirs), rounds=12)
    memory = [memory_of(*side) for side in (ours, theirs)]
    told = ", ".join(f"{each / 1e6:.0f} MB" for each in memory)
    benchmark.extra_info["goal"] = f"at most 1, in less memory ({told})"
    assert memory[0] < memory[1]


def _medians(told: dict[str, Any]) -> list[list[float]]:
    columns = zip(told["median"], told["q1"], told["q3"], strict=True)
    found = [[] if None in values else [float(value) for value in values] for values in columns]
    assert len(found) == len(DAYS)
    return found
