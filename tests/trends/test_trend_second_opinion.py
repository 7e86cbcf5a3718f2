"""Two implementations of the published numbers agree on thousands of made-up records."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from app.records.model import PatientRecord, Sheet, Treatment, Visit, VisitState
from app.trends.model import DatedTotal, SinceStart
from app.trends.since import trend_of
from tests.builders import replace
from tests.courses import AS_OF, CATALOGUE, record, sheet, step, treatment, typed, visit, when
from tests.trends import second_opinion as naive

AGENTS = ("ivig", "prednisolone", "rituximab", "clonazepam", "other")


def _pool(random: Random) -> list[Sheet]:
    """Return sheets of every kind: complete, with holes, empty, typed, all zero."""
    sheets = [sheet("oms", "......"), sheet("oms", "000000"), sheet("five_feature", "00000")]
    for _ in range(40):
        sheets.append(sheet("oms", "".join(random.choice("0012233x") for _ in range(6))))
        sheets.append(sheet("five_feature", "".join(random.choice("01123-") for _ in range(5))))
        sheets.append(typed("oms5", str(random.randint(0, 15))))
        sheets.append(typed("oms", str(random.randint(0, 18))))
    return sheets


def _date(random: Random) -> str:
    day = date(2024, 1, 1) + timedelta(days=random.randint(0, 150))
    return str(day)[: random.choice((10, 10, 10, 10, 7, 4))]


def _visit(random: Random, pool: list[Sheet], number: int) -> Visit:
    chosen = {each.scale: each for each in random.sample(pool, random.randint(0, 3))}
    made = visit(_date(random), *chosen.values(), visit_id=f"v{number}")
    changes: dict[str, object] = {"time": random.choice(("", "08:00", "17:30"))}
    changes["state"] = random.choice((VisitState.SIGNED, VisitState.IMPORTED, VisitState.DRAFT))
    changes["error_reason"] = random.choice((None, None, None, "wrong patient"))
    return replace(made, **changes)


def _treatment(random: Random, number: int) -> Treatment:
    start = random.choice((_date(random), _date(random), _date(random), ""))
    stop, given = (random.choice((_date(random), "", "")) for _ in range(2))
    if start and any(when(day).last < when(start).first for day in (stop, given) if day):
        stop = given = ""
    doses = [step("2", "mg", "daily", given)] if given else []
    agent = random.choice(AGENTS)
    return treatment(f"t{number}", agent, start, stop, *doses, note="something else")


def _record(random: Random, pool: list[Sheet]) -> PatientRecord:
    visits = [_visit(random, pool, number) for number in range(random.randint(0, 9))]
    treatments = [_treatment(random, number) for number in range(random.randint(0, 4))]
    random.shuffle(treatments)
    return record(visits, treatments)


def _told(reading: DatedTotal | None) -> tuple[str, str, Decimal] | None:
    return None if reading is None else (reading.visit_id, str(reading.date), reading.total)


def _expected(point: naive.Row | None) -> tuple[str, str, Decimal] | None:
    if point is None:
        return None
    total = point["total"]
    number = Decimal(total.numerator) / Decimal(total.denominator)
    return point["visit"], point["date"], number


def _agree(ours: SinceStart, theirs: naive.Row) -> bool:
    pairs = [
        (_told(getattr(ours, name)), _expected(theirs[name]))
        for name in ("baseline", "first_lower", "first_zero", "best", "last")
    ]
    changes = (ours.change_percent, ours.change_last_percent)
    texts = tuple(None if change is None else str(change) for change in changes)
    within = [each.facts.treatment_id for each in ours.others_within_14_days]
    unknown = [each.facts.treatment_id for each in ours.others_order_unknown]
    return (
        all(one == other for one, other in pairs)
        and texts == (theirs["change"], theirs["change_last"])
        and within == theirs["within"]
        and unknown == theirs["unknown"]
    )


@pytest.mark.parametrize("seed", range(10))
def test_two_implementations_agree_on_random_records(seed: int) -> None:
    """Every point and every number since every start is the same, short dates and all."""
    random = Random(seed)  # noqa: S311 - a reproducible sample, not a secret
    pool = _pool(random)
    for _ in range(400):
        made = _record(random, pool)
        ours = trend_of(made, CATALOGUE, AS_OF)
        theirs = naive.rows(made, CATALOGUE)
        assert [series.key for series in ours.series] == list(theirs)
        for series in ours.series:
            points = theirs[series.key]
            assert [(p.visit_id, [str(k) for k in p.missing]) for p in series.points] == [
                (row["visit"], row["missing"]) for row in points
            ]
            for since in ours.since[series.key]:
                assert _agree(since, naive.since(points, since.treatment, made.treatments))
