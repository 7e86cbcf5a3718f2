"""Who somebody is: an age that stops at death, and a status that is named."""

from datetime import date
from decimal import Decimal

import pytest

from app.dates import parse_date
from app.language import words
from app.records.model import PatientFacts
from app.screens.identity import identity
from app.wording.life import age_of, life_words, status_words
from tests.builders import replace

TODAY = date(2026, 1, 28)


def _facts(status: str = "", since: str = "", birth: str = "2023-03-14") -> PatientFacts:
    return PatientFacts(
        "40-1187",
        "Amira",
        "Haddad",
        parse_date(birth),
        status=status,
        status_date=parse_date(since),
    )


@pytest.mark.parametrize(
    ("status", "since", "told"),
    [
        ("", "", ""),
        ("active", "2025-01-01", ""),
        ("transferred", "", "transferred"),
        ("transferred", "2025-12", "transferred Dec 2025"),
        ("discharged", "2025-12-03", "discharged 3 Dec 2025"),
        ("died", "2025-12-03", "died 3 Dec 2025, at 2 y 8 m"),
        ("died", "2025", "died 2025, at about 1 y"),
        ("died", "", "died"),
        ("died", "2026-01-29", ""),
    ],
)
def test_a_status_is_told_with_its_date(status: str, since: str, told: str) -> None:
    """Of the active nothing is told, nor what began after the day that one looks from."""
    assert status_words(_facts(status, since), words(), TODAY) == told


@pytest.mark.parametrize(
    ("status", "since", "told"),
    [
        ("", "", ("2 y 10 m", "")),
        ("transferred", "2025-12-03", ("2 y 10 m", "transferred 3 Dec 2025")),
        ("died", "2025-12-03", ("died 3 Dec 2025, at 2 y 8 m",)),
        ("died", "", ("died",)),
        ("died", "2026-02-01", ("2 y 10 m", "")),
    ],
)
def test_who_died_grows_no_older(status: str, since: str, told: tuple[str, ...]) -> None:
    """The age stands at death, or is not told where the day of death is not recorded."""
    assert life_words(_facts(status, since), words(), TODAY) == told


def test_the_corrected_age_stands_beside_the_age() -> None:
    """Of a child born early who is under two; the banner of every screen has both."""
    early = replace(_facts(birth="2025-03-14"), gestation_weeks=Decimal(30))
    assert life_words(early, words(), TODAY)[0] == "0 y 10 m (corrected 0 y 8 m)"
    told = identity(early, words(), TODAY).facts
    assert told == "born 14 Mar 2025 · 0 y 10 m (corrected 0 y 8 m) · ID 40-1187"
    assert life_words(early, words(), date(2027, 3, 14))[0] == "2 y 0 m"
    died = replace(early, status="died", status_date=parse_date("2025-12-03"))
    assert life_words(died, words(), TODAY) == ("died 3 Dec 2025, at 0 y 8 m",)


def test_an_age_needs_a_birth_date() -> None:
    """Without one, only the status is left to tell."""
    assert age_of(_facts("died", "2025-12-03", birth=""), TODAY) is None
    assert life_words(_facts(birth="2026-02"), words(), TODAY) == ("",)
    assert life_words(_facts("died", "2025-12-03", birth=""), words(), TODAY) == (
        "died 3 Dec 2025",
    )


def test_the_banner_names_who_died() -> None:
    """Between the birth date and the identifier, on every screen and page of the patient."""
    told = identity(_facts("died", "2025-12-03"), words(), TODAY)
    assert told.facts == "born 14 Mar 2023 · died 3 Dec 2025, at 2 y 8 m · ID 40-1187"
