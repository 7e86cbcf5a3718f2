"""A made cohort of 200 children as tables: the same ones in every run, no two courses alike.

Totals fall from 9 to 18 towards their end at a pace of each child's own, with noise; some relapse,
some are not seen any more, and some first starts are known to the month alone.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from math import exp
from pathlib import Path
from random import Random

from msgspec import Struct

from app.dates import PartialDate
from app.records.cohort import Aligned, Asked, DaySpan, Member, TotalSince

COUNT = 200
AGENT, SCALE = "ivig", "oms"
_ITEMS = ("stance", "gait", "arm_hand", "opsoclonus", "mood", "speech")
_HIGHEST = 3
_DIAGNOSES = ("oms_neuroblastoma", "oms_idiopathic", "oms_parainfectious")
_FIRST_START = date(2018, 1, 8)
_HEADS = {
    "patients": "patient_id,given_name,family_name,birth_date,diagnosis,onset_date",
    "visits": "patient_id,visit_id,date",
    "answers": "patient_id,visit_id,scale,item,value",
    "treatments": "patient_id,treatment_id,agent,start",
    "events": "patient_id,date,kind",
}

Row = tuple[object, ...]


class Child(Struct, frozen=True):
    """A made child: when it fell ill and was first treated, and the total at each visit's day.

    Days of ``totals`` and of the ``relapse`` count from the start; 0 is no relapse.
    """

    number: int
    birth: date
    onset: date
    start: date
    start_is_short: bool
    others: tuple[str, ...]
    relapse: int
    totals: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """The identifier."""
        return f"M{self.number:03d}"


def made_children(count: int = COUNT) -> tuple[Child, ...]:
    """Return the first so many children."""
    return tuple(_child(number) for number in range(count))


def write_made_cohort(folder: Path, count: int = COUNT) -> None:
    """Write their tables into a folder that is there."""
    children = made_children(count)
    for table, head in _HEADS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head.split(","))
            for child in children:
                writer.writerows(_rows(child)[table])


def made_aligned(asked: Asked, count: int = COUNT) -> Aligned:
    """Return the first so many as the store reads them, without a store."""
    children = made_children(count)
    members = tuple(_member(child) for child in children if not child.start_is_short)
    return Aligned(asked, members, len(children) - len(members))


def _member(child: Child) -> Member:
    relapse = DaySpan(child.relapse, child.relapse)
    return Member(
        patient=child.name,
        start=child.start,
        birth=PartialDate.of(child.birth),
        onset=PartialDate.of(child.onset),
        diagnosis=_diagnosis(child),
        caution="",
        totals=tuple(TotalSince(day, day, Decimal(total)) for day, total in child.totals),
        relapses=(relapse,) if child.relapse else (),
        has_others=bool(child.others),
    )


def _diagnosis(child: Child) -> str:
    return _DIAGNOSES[child.number % len(_DIAGNOSES)]


def _child(number: int) -> Child:
    dice = Random(number)  # noqa: S311 - the same children each time are what is wanted
    start = _FIRST_START + timedelta(days=dice.randrange(2400))
    onset = start - timedelta(days=dice.randrange(5, 90))
    relapse = dice.randrange(70, 320) if dice.random() < 0.25 else 0
    return Child(
        number=number,
        birth=onset - timedelta(days=dice.randrange(183, 1826)),
        onset=onset,
        start=start,
        start_is_short=dice.random() < 0.06,
        others=("prednisolone",) if dice.random() < 0.4 else (),
        relapse=relapse,
        totals=tuple(_totals(dice, relapse)),
    )


def _totals(dice: Random, relapse: int) -> Iterator[tuple[int, int]]:
    """Yield the days since the start on which a child is seen, each with its total."""
    first, rest = dice.randint(9, 18), dice.choice((0, 0, 0, 1, 2, 4))
    pace, again = dice.uniform(35, 170), dice.uniform(4, 9)
    last = dice.randrange(40, 330) if dice.random() < 0.25 else dice.randrange(370, 700)
    day = -dice.randrange(0, 21)
    while day <= last:
        fallen = rest + (first - rest) * exp(-max(day, 0) / pace)
        risen = again * exp(-(day - relapse) / 60) if relapse and day >= relapse else 0.0
        total = round(fallen + risen + dice.gauss(0, 0.7))
        yield day, min(max(total, 0), _HIGHEST * len(_ITEMS))
        day += dice.randrange(9, 60)


def _rows(child: Child) -> Mapping[str, Iterable[Row]]:
    who, start = child.name, child.start
    known = start.isoformat()[:7] if child.start_is_short else start
    visits = [
        (f"{who}-{place:02d}", start + timedelta(days=day), total)
        for place, (day, total) in enumerate(child.totals)
    ]
    relapse = start + timedelta(days=child.relapse)
    given = ((AGENT, known), *((other, start + timedelta(days=4)) for other in child.others))
    return {
        "patients": [
            (who, "Made", f"Child {child.number}", child.birth, _diagnosis(child), child.onset),
        ],
        "visits": [(who, visit, day) for visit, day, _ in visits],
        "answers": [
            (who, visit, SCALE, item, level)
            for visit, _, total in visits
            for item, level in zip(_ITEMS, _levels(total), strict=True)
        ],
        "treatments": [(who, f"{who}-{agent}", agent, day) for agent, day in given],
        "events": [(who, relapse, "relapse")] if child.relapse else [],
    }


def _levels(total: int) -> Iterator[int]:
    """Yield the items of a total, as even as they can be."""
    each, more = divmod(total, len(_ITEMS))
    return (each + (place < more) for place in range(len(_ITEMS)))
