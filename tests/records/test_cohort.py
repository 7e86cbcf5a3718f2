"""The reader of a cohort says of each patient what the trend of that patient says."""

import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from app.clock import FixedClock
from app.dates import PartialDate, iso
from app.errors import Damage, UserError
from app.exchange.demo import build_demo
from app.exchange.importing import import_from
from app.records.cohort import Aligned, Asked, Member, TotalSince
from app.records.declaration import RELAPSE
from app.records.folder import Founder, create_open_folder, open_folder
from app.records.model import Role, VisitState
from app.records.narrowing import Only
from app.records.store import Store
from app.trends.cohort import cohort_of
from app.trends.model import Point, Series, SinceStart, Trend
from app.trends.since import first_starts, trend_of
from scales.catalogue import Catalogue
from scales.errors import ScaleError
from tests.bench.clinic import connection_of, opened
from tests.bench.many_totals import AGENT, SCALE, TOTALS, write_records
from tests.records.workbench import Bench, day

NOW = date(2026, 6, 15)
AGENTS = ("ivig", "rituximab", "prednisolone")
SCALES = ("oms", "five_feature")


def _date(random: Random, reach: int = 500) -> str:
    on = NOW - timedelta(days=random.randrange(reach))
    return str(on)[: random.choice((10, 10, 10, 10, 10, 10, 7, 4))]


def _birth(random: Random) -> str:
    return random.choice(("", "2021", "2021-06", "2022-03-14", "2023-01-09"))


def _onset(random: Random) -> str:
    return random.choice(("", "2023", "2023-10", "2024-03-14", "2025-01-08"))


def _tables(random: Random, count: int) -> dict[str, list[str]]:
    """Return the rows of random patients, by table: short dates, ties, zeros, several starts."""
    rows: dict[str, list[str]] = {
        "patients": ["patient_id,birth_date,diagnosis,onset_date"],
        "visits": ["patient_id,visit_id,date,time"],
        "totals": ["patient_id,visit_id,scale,total"],
        "answers": ["patient_id,visit_id,scale,item,value"],
        "treatments": ["patient_id,treatment_id,agent,start"],
        "events": ["patient_id,date,kind"],
    }
    for number in range(count):
        who = f"P{number}"
        diagnosis, own = random.choice(("oms_idiopathic", "")), Random(number)  # noqa: S311 - as below
        rows["patients"].append(f"{who},{_birth(own)},{diagnosis},{_onset(own)}")
        for place in range(random.randrange(12)):
            visit = f"{who}-{random.randrange(10**6)}-{place}"
            time = random.choice(("", "08:00", "17:30"))
            rows["visits"].append(f"{who},{visit},{_date(random)},{time}")
            for scale in SCALES:
                _score(random, f"{who},{visit},{scale}", rows)
        for place in range(random.randrange(4)):
            start = random.choice((_date(random), _date(random, 20), "", "2026-08-01"))
            rows["treatments"].append(f"{who},{who}-{place},{random.choice(AGENTS)},{start}")
        for kind in {random.choice((RELAPSE, "suspected_relapse", "fever")) for _ in range(2)}:
            rows["events"].append(f"{who},{_date(random)},{kind}")
    return rows


def _score(random: Random, sheet: str, rows: dict[str, list[str]]) -> None:
    if random.random() < 0.7:
        rows["totals"].append(f"{sheet},{random.choice((0, 0, 3, 7, 12))}")
    elif random.random() < 0.5:
        rows["answers"].append(f"{sheet},gait,1")  # the rest is open, so there is no total


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Store]:
    """Return random patients; some visits and one patient entered in error, an open draft."""
    folder, tables = tmp_path_factory.mktemp("cohort"), tmp_path_factory.mktemp("tables")
    random = Random(7)  # noqa: S311 - made-up records
    for name, rows in _tables(random, 120).items():
        (tables / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    founder = Founder("Ada", Role.PHYSICIAN)
    store = create_open_folder(
        folder / "data", founder, clock=FixedClock.on(NOW), catalogue=catalogue
    )
    import_from(store, catalogue, tables)
    for number in range(0, 120, 7):
        patient = store.patients.by_patient_id(f"P{number}").id
        for visit in store.record(patient).visits[:1]:
            store.visits.mark_error(visit.id, "wrong patient")
        for visit in store.record(patient).visits[:1]:
            changed = store.visits.amend(visit.id, "typed wrongly")
            store.visits.remove_sheet(changed.id, "oms")
            store.visits.type_total(changed.id, "oms", Decimal(1))
            store.visits.sign(changed.id, "I scored this visit.")
        draft = store.visits.start(patient, day(str(NOW)), "")
        store.visits.type_total(draft.id, "oms", Decimal(0))
    store.patients.mark_error(store.patients.by_patient_id("P3").id, "twice")
    yield store
    store.close()


def _trends(store: Store, catalogue: Catalogue, on: date) -> dict[str, Trend]:
    patients = (each.id for each in store.patients.all())
    return {who: trend_of(store.record(who), catalogue, on) for who in patients}


def _first(trend: Trend, agent: str) -> PartialDate | None:
    """Return the start that the trend counts as the first of an agent."""
    for treatment in first_starts(trend.begun):
        if treatment.facts.agent == agent:
            return treatment.facts.start
    return None


def _since(trend: Trend, scale: str, agent: str) -> SinceStart | None:
    treatments = {one.id for one in first_starts(trend.begun) if one.facts.agent == agent}
    entries = trend.since.get(scale, ())
    return next((one for one in entries if one.treatment.id in treatments), None)


def _told(point: Point, start: date) -> TotalSince:
    assert point.total is not None
    first, last = ((end - start).days for end in (point.date.first, point.date.last))
    return TotalSince(first, last, point.total)


def _check(member: Member, trend: Trend, asked: Asked) -> None:
    """Hold one patient against the trend: totals, baseline, first 0, relapses, other starts."""
    start = _first(trend, asked.agent)
    assert start is not None
    assert start == PartialDate.of(member.start)
    series = trend.find(asked.scale) or Series("", "", None, ())
    told = (_told(one, member.start) for one in series.points if one.total is not None)
    assert member.totals == tuple(told)
    line = cohort_of(Aligned(asked, (member,), 0)).lines[0]
    since = _since(trend, asked.scale, asked.agent)
    if since is not None:
        expected = None if since.baseline is None else since.baseline.total
        assert line.baseline == expected
        zero = next((one for one in member.totals if one.first > 0 and one.total == 0), None)
        day_of_zero = None if zero is None or zero.first != zero.last else zero.last
        assert day_of_zero == (None if since.first_zero is None else since.first_zero.day)
        assert member.has_others is bool(since.others_within_14_days)
    relapses = [one.facts.date for one in trend.record.events if one.facts.kind == RELAPSE]
    assert sorted((one.first, one.last) for one in member.relapses) == sorted(
        ((one.first - member.start).days, (one.last - member.start).days) for one in relapses
    )


@pytest.mark.parametrize("on", [NOW, date(2026, 2, 1), date(2025, 6, 1)])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("agent", AGENTS)
def test_each_patient_is_told_as_the_trend_tells_it(
    store: Store, catalogue: Catalogue, agent: str, scale: str, on: date
) -> None:
    """On any day; whoever has no first start that is known to the day is counted or not there."""
    asked = Asked(agent, scale, on)
    found, trends = store.cohorts.read(asked), _trends(store, catalogue, on)
    firsts = {who: _first(trend, agent) for who, trend in trends.items()}
    full = {who for who, first in firsts.items() if first is not None and first.is_full}
    assert {member.patient for member in found.members} == full
    assert found.undated == sum(
        first is not None and not first.is_full for first in firsts.values()
    )
    for member in found.members:
        _check(member, trends[member.patient], asked)


def test_the_random_records_have_what_could_be_told_wrongly(
    store: Store, catalogue: Catalogue
) -> None:
    """Amendments, marks, short dates, drafts: none of the comparison above is empty."""
    trends = _trends(store, catalogue, NOW).values()
    visits = [visit for trend in trends for visit in trend.record.visits]
    assert any(visit.version > 1 for visit in visits)
    assert any(
        visit.state is VisitState.IMPORTED and not visit.facts.date.is_full for visit in visits
    )
    found = store.cohorts.read(Asked("ivig", "oms", NOW))
    assert found.undated > 0
    assert len(found.members) > 20
    assert any(member.has_others for member in found.members)
    assert any(member.relapses for member in found.members)


def test_one_diagnosis_narrows_the_cohort(store: Store) -> None:
    """To the patients who have it, by its id."""
    every = store.cohorts.read(Asked("ivig", "oms", NOW)).members
    some = store.cohorts.read(Asked("ivig", "oms", NOW, Only("oms_idiopathic"))).members
    assert some == tuple(one for one in every if one.diagnosis == "oms_idiopathic")
    assert 0 < len(some) < len(every)


_NARROWINGS = (
    Only(onset_from=2),
    Only(onset_to=1),
    Only(onset_from=1, onset_to=2),
    Only(start_from=date(2025, 6, 1), start_to=date(2026, 3, 31)),
    Only("oms_idiopathic", 1, 2, date(2025, 6, 1)),
)


@pytest.mark.parametrize("only", _NARROWINGS)
@pytest.mark.parametrize("agent", AGENTS)
def test_a_narrowed_cohort_is_everybody_who_fits_told_as_before(
    store: Store, catalogue: Catalogue, agent: str, only: Only
) -> None:
    """Who may fit is counted once, by what lacks; who does not fit is not counted at all."""
    expected: dict[str, set[str]] = {"in": set(), "undated": set(), "ageless": set()}
    for who, trend in _trends(store, catalogue, NOW).items():
        first, facts = _first(trend, agent), trend.record.patient.facts
        if first is None or only.diagnosis not in ("", facts.diagnosis):
            continue
        fits_start = only.has_start(first.first, first.last)
        fits_age = only.has_age(facts.birth_date, facts.onset_date)
        if fits_start is not False and fits_age is not False:
            kind = "undated" if not first.is_full else "ageless" if fits_age is None else "in"
            expected[kind].add(who)
    found = store.cohorts.read(Asked(agent, "oms", NOW, only))
    every = store.cohorts.read(Asked(agent, "oms", NOW)).members
    assert found.members == tuple(one for one in every if one.patient in expected["in"])
    assert (found.undated, found.ageless) == (
        len(expected["undated"]),
        len(expected["ageless"]),
    )


def test_narrowing_finds_some_of_each_kind(store: Store) -> None:
    """So the comparison above is not one of empty cohorts."""
    found = [store.cohorts.read(Asked("ivig", "oms", NOW, only)) for only in _NARROWINGS]
    assert all(one.members for one in found[:4])
    assert any(one.undated for one in found)
    assert any(one.ageless for one in found)


def test_the_demo_is_told_as_its_trends_are(tmp_path: Path, catalogue: Catalogue) -> None:
    """With the label of each patient."""
    build_demo(tmp_path / "data", clock=FixedClock.on(NOW), catalogue=catalogue)
    store = open_folder(tmp_path / "data", None, clock=FixedClock.on(NOW), catalogue=catalogue)
    trends = _trends(store, catalogue, NOW)
    for agent in ("ivig", "prednisolone"):
        asked = Asked(agent, "oms", NOW)
        for member in store.cohorts.read(asked).members:
            _check(member, trends[member.patient], asked)
            assert member.caution == trends[member.patient].record.patient.caution != ""
    store.close()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked("aspirin", "oms", NOW), "There is no agent “aspirin” in this version."),
        (Asked("other", "oms", NOW), "“other” stands for many medicines"),
        (Asked("ivig", "updrs", NOW), "There is no scale “updrs” in this version."),
        (Asked("ivig", "oms", NOW, Only("flu")), "There is no diagnosis “flu” in this version."),
        (Asked("ivig", "oms", NOW, Only(onset_from=3, onset_to=2)), "The first age, 3, is above"),
        (
            Asked("ivig", "oms", NOW, Only(start_from=NOW, start_to=date(2026, 1, 1))),
            "The first day, 2026-06-15, is after the last, 2026-01-01.",
        ),
    ],
)
def test_what_no_list_has_is_refused(store: Store, asked: Asked, sentence: str) -> None:
    """With the ids that there are, or why it cannot be."""
    with pytest.raises((UserError, ScaleError), match=sentence):
        store.cohorts.read(asked)


def test_ages_are_read_with_the_cohort(bench: Bench) -> None:
    """Birth and onset as they stand in the patient's facts."""
    patient = bench.patient()
    bench.raw(
        "INSERT INTO treatments (id, patient, treatment_id, agent, start) VALUES (?, ?, ?, ?, ?)",
        b"t" * 16, bytes.fromhex(patient.id), "t", "ivig", "2024-03-01",
    )  # fmt: skip
    (member,) = bench.store.cohorts.read(Asked("ivig", "oms", NOW)).members
    assert (iso(member.birth), member.onset, member.totals) == ("2020-05-17", None, ())


def test_a_date_that_is_none_is_damage(bench: Bench) -> None:
    """And never a patient who is silently left out."""
    patient = bench.patient()
    bench.raw(
        "INSERT INTO treatments (id, patient, treatment_id, agent, start) VALUES (?, ?, ?, ?, ?)",
        b"t" * 16, bytes.fromhex(patient.id), "t", "ivig", "spring",
    )  # fmt: skip
    with pytest.raises(Damage):
        bench.store.cohorts.read(Asked("ivig", "oms", NOW))


def test_a_cohort_holds_no_more_than_its_rows_twice(tmp_path: Path) -> None:
    """Reading it takes at most twice the memory of the same totals as they come from the file."""
    write_records(tmp_path / "data", 150)
    with closing(opened(tmp_path / "data")) as store:
        asked = Asked(AGENT, SCALE, NOW)
        assert len(store.cohorts.read(asked).members) == 150  # what is kept for later is kept now
        tracemalloc.start()
        rows = (
            connection_of(store)
            .execute(
                "SELECT v.patient, v.date, v.time, v.visit_id, s.total FROM visits AS v "
                "JOIN sheets AS s ON s.visit = v.id"
            )
            .fetchall()
        )
        of_rows, _ = tracemalloc.get_traced_memory()
        assert len(rows) == 150 * TOTALS
        tracemalloc.reset_peak()
        found = store.cohorts.read(asked)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert sum(len(member.totals) for member in found.members) == 150 * TOTALS
    assert peak - of_rows <= 2 * of_rows
