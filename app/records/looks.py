"""Looks for the same thing again and again: which is the last one, and which is still awaited."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from app.records.model import ClinicalFinding, Sequela
from app.signs import folded

Look = TypeVar("Look", ClinicalFinding, Sequela)
TUMOUR = "tumour"
"""The kind of finding that is a search for a tumour."""


def last_looks(looks: Sequence[Look]) -> tuple[Look, ...]:
    """Return the last looks in their order: several where it is not known which was last.

    That is so on one day, and where the period of a short date reaches as far.
    """
    if not looks:
        return ()
    latest = max(each.facts.date.first for each in looks)
    return tuple(each for each in looks if each.facts.date.last >= latest)


def last_of_each(findings: Iterable[ClinicalFinding]) -> tuple[ClinicalFinding, ...]:
    """Return the last findings of each kind and name."""
    alike: dict[tuple[str, str], list[ClinicalFinding]] = defaultdict(list)
    for each in findings:
        alike[each.facts.kind, folded(each.facts.name)].append(each)
    return tuple(last for group in alike.values() for last in last_looks(group))


def awaited(findings: Iterable[ClinicalFinding]) -> tuple[ClinicalFinding, ...]:
    """Return the findings whose next look has not been since, the one that is due first first."""
    known = [each for each in last_of_each(findings) if each.facts.next_date is not None]
    return tuple(sorted(known, key=_due))


def _due(finding: ClinicalFinding) -> tuple[int, int]:
    day = finding.facts.next_date
    assert day is not None  # noqa: S101 - only such are asked
    return day.order
