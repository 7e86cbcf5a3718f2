"""How long records must be kept: the later of the two rules, by the latest dates there are."""

from datetime import date

import pytest

from app.dates import parse_date
from app.errors import UserError
from app.records.retention import Life, erasable_from, life_of, read_life
from app.settings import Settings
from tests.builders import replace
from tests.records.workbench import Bench, day

FIRST, LAST = date(2020, 5, 1), date(2024, 2, 29)


@pytest.mark.parametrize(
    ("years", "age", "expected"),
    [
        (0, 0, None),
        (0, 25, None),
        (10, 0, date(2034, 3, 1)),
        (10, 18, date(2037, 1, 10)),
        (30, 18, date(2054, 3, 1)),
        (1, 1, date(2025, 3, 1)),
        (4, 0, date(2028, 3, 1)),
    ],
)
def test_the_later_rule_counts_and_without_years_there_is_no_day(
    years: int, age: int, expected: date | None
) -> None:
    """The day after the last one on which the records must be kept."""
    settings = Settings(keep_years=years, keep_until_age=age)
    assert erasable_from(settings, Life(LAST, date(2019, 1, 9))) == expected


@pytest.mark.parametrize(
    ("birth", "visits", "born_by"),
    [
        ("2010-05-17", [], date(2010, 5, 17)),
        ("2010-05", [], date(2010, 5, 31)),
        ("2010", [], date(2010, 12, 31)),
        ("2020", [], FIRST),
        ("", [], FIRST),
        ("", [date(2012, 3, 31), date(2014, 1, 1)], date(2012, 3, 31)),
        ("2012", [date(2012, 3, 31)], date(2012, 3, 31)),
    ],
)
def test_the_latest_birth_that_the_dates_allow_counts(
    birth: str, visits: list[date], born_by: date
) -> None:
    """Nobody is born after a first entry or visit; a short date may mean its last day."""
    assert life_of(parse_date(birth), (FIRST, LAST), visits) == Life(LAST, born_by)


def test_the_last_entry_or_visit_counts_whichever_is_later() -> None:
    """A machine's clock that was behind shortens nothing."""
    assert life_of(None, (FIRST, LAST), [date(2030, 1, 1)]).last_entry == date(2030, 1, 1)
    assert life_of(None, (FIRST, LAST), [FIRST]).last_entry == LAST


def test_the_records_tell_it(bench: Bench) -> None:
    """Of a patient with an imported past and entries of today."""
    patient = bench.patient(birth="2018")
    bench.signed(patient, "2019-02-03")
    life = read_life(bench.store.erasing._session, patient.id, day("2018"))
    assert life == Life(date(2025, 6, 1), date(2018, 12, 31))


def test_years_that_cannot_be_are_refused(bench: Bench) -> None:
    """In a sentence; nothing is stored."""
    for name in ("keep_years", "keep_until_age"):
        for years in (-1, 151):
            with pytest.raises(UserError, match="between 1 and 150, or none"):
                bench.store.settings.save(replace(Settings(), **{name: years}))
    assert bench.store.settings.load() == Settings()
