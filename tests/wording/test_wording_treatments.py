"""Agents, doses and stretches of time, each said in one way."""

import re
from datetime import date
from decimal import Decimal

import pytest

from app.dates import Age, PartialDate
from app.language import words
from app.records.declaration import TreatmentFacts
from app.records.doses import runs_of
from app.records.lists import code_list
from app.wording.spans import (
    age_words,
    event_span_words,
    length_words,
    pause_words,
    run_span_words,
    span_words,
    stop_reason_words,
    stopped_words,
    treatment_edges,
    treatment_span_words,
)
from app.wording.treatments import (
    agent_name,
    agent_title,
    amount_words,
    dose_words,
    given_words,
    giving_words,
    names_words,
    note_words,
    plain_name,
    route_words,
)
from tests.builders import replace
from tests.courses import step, treatment

SAY = words()
TODAY = date(2025, 2, 1)


def test_an_agent_has_a_full_a_short_and_a_plain_name() -> None:
    """A form has room for the full one, a lane for the short one, a family reads the plain one."""
    ivig = treatment("i", "ivig", note="at home")
    assert agent_title(ivig, SAY) == "Intravenous immunoglobulin (IVIg)"
    assert agent_name(ivig, SAY) == "IVIg"
    assert plain_name(ivig, SAY) == "Immunoglobulin drip (IVIg)"
    assert note_words(ivig) == "at home"


def test_what_is_not_in_the_list_is_named_by_its_note() -> None:
    """Everywhere alike, and the note is not told a second time; without one it is “other”."""
    named, bare = treatment("o", "other", note=" Fish oil "), treatment("o", "other")
    assert {name(named, SAY) for name in (agent_title, agent_name, plain_name)} == {"Fish oil"}
    assert note_words(named) == ""
    assert [agent_title(bare, SAY), agent_name(bare, SAY)] == ["Other treatment", "Other"]


def test_agents_are_listed_once_each() -> None:
    """Two courses of one agent are one name."""
    given = [treatment(each, each) for each in ("clonazepam", "ivig", "ivig", "prednisolone")]
    assert names_words(given, SAY) == "Clonazepam, IVIg and Prednisolone"
    assert names_words(given[1:3], SAY) == "IVIg"


def test_a_route_of_the_list_is_translated_and_another_stands_as_typed() -> None:
    """The id is never shown."""
    given = [TreatmentFacts(agent="ivig", route=each) for each in ("intravenous", "by pump", "")]
    assert [route_words(each, SAY) for each in given] == [
        "into a vein",
        "by pump",
        "",
    ]


@pytest.mark.parametrize(
    ("dose", "unit", "text"),
    [
        ("1", "session", "1 session"),
        ("5", "session", "5 sessions"),
        ("0.5", "session", "0.5 sessions"),
        ("1", "units", "1 unit"),
        ("40", "units", "40 units"),
        ("500", "units/m2", "500 units/m²"),
        ("1", "micrograms", "1 microgram"),
        ("2.5", "micrograms/kg", "2.5 micrograms/kg"),
        ("0.50", "mg/m2", "0.5 mg/m²"),
    ],
)
def test_a_unit_agrees_with_its_number_and_is_a_word(dose: str, unit: str, text: str) -> None:
    """Never U, IU or µg."""
    assert amount_words(Decimal(dose), unit, SAY) == text


def test_no_unit_of_the_list_is_a_letter_that_is_misread() -> None:
    """U is read as 0, µ as m: both have killed, beside a number and in the list of a form."""
    units = code_list("units").entries
    told = [amount_words(Decimal(2), each.id, SAY) for each in units]
    told += [each.title for each in units]
    assert not [each for each in told if re.search("µ|μ|mcg|\\bI?U\\b", each)]


def test_what_is_known_of_a_given_dose_is_told_part_by_part() -> None:
    """On one line, as it was typed; nothing where nothing is known."""
    dose = step("1", "g/kg", "once", note="slowly")
    assert giving_words(dose.facts, SAY) == ""
    told = replace(dose, brand="Privigen", reaction="head\nache", given="as_planned")
    assert giving_words(told.facts, SAY) == "brand Privigen · reaction: head ache"
    assert dose_words(told, SAY) == "1 g/kg once (slowly, given as planned)"


def test_a_dose_is_told_with_its_rhythm_and_its_note() -> None:
    """A rhythm that is not in the list is told by the note alone."""
    assert given_words(step("375", "mg/m2", "weekly", note="day 1"), SAY) == "375 mg/m² weekly"
    assert dose_words(step("1", "g/kg", "other", note="days 1\nand 15"), SAY) == (
        "1 g/kg (days 1 and 15)"
    )
    assert dose_words(step("1", "session", "once"), SAY) == "1 session"
    assert dose_words(step("5", "session", "once"), SAY) == "5 sessions"
    assert dose_words(step("0", "mg", "daily", note="fever"), SAY) == "paused (fever)"


@pytest.mark.parametrize(
    ("frequency", "per", "text"),
    [
        ("twice_daily", "dose", "10 mg twice daily, each time"),
        ("three_times_daily", "day", "10 mg three times daily, a day in all"),
        ("twice_daily", "", "10 mg twice daily, each time or a day in all is not recorded"),
        ("daily", "", "10 mg daily"),
        ("daily", "day", "10 mg daily, a day in all"),
    ],
)
def test_a_dose_says_whether_it_is_each_time_or_a_day_in_all(
    frequency: str, per: str, text: str
) -> None:
    """Where several a day would make it another dose, that it is not recorded is said too."""
    assert given_words(step("10", "mg", frequency, per=per), SAY) == text


@pytest.mark.parametrize(
    ("start", "stop", "text"),
    [
        (None, None, "start not recorded, still running"),
        (None, PartialDate(2025), "start not recorded, to 2025"),
        (PartialDate(2025, 3), None, "since Mar 2025"),
        (PartialDate(2025, 3, 1), PartialDate(2025, 3, 1), "1 Mar 2025"),
        (PartialDate(2025), PartialDate(2026, 1, 2), "2025 to 2 Jan 2026"),
    ],
)
def test_spans_say_what_is_known(
    start: PartialDate | None, stop: PartialDate | None, text: str
) -> None:
    """An unknown edge is called not recorded, and a short date stays short."""
    assert span_words(start, stop, SAY) == text


def test_an_event_without_a_stop_is_a_day() -> None:
    """It is not still running."""
    day = PartialDate(2025, 6, 12)
    assert event_span_words(day, None, SAY) == "12 Jun 2025"
    assert event_span_words(day, PartialDate(2025, 7, 12), SAY) == "12 Jun 2025 to 12 Jul 2025"


@pytest.mark.parametrize(
    ("frequency", "start", "stop", "text"),
    [
        ("daily", "2025-01-06", "2025-01-10", "6 Jan 2025 to 10 Jan 2025"),
        ("daily", "2025-01-06", "", "since 6 Jan 2025"),
        ("once", "2025-01-06", "", "6 Jan 2025"),
        ("daily", "", "2025-01-10", "start not recorded, to 10 Jan 2025"),
        ("daily", "", "", "start not recorded"),
        ("daily", "2025-01-06", "2025-03-01", "since 6 Jan 2025, planned until 1 Mar 2025"),
        ("daily", "", "2025-03-01", "start not recorded, planned until 1 Mar 2025"),
        ("daily", "2025-02-02", "", "planned from 2 Feb 2025"),
        ("daily", "2025-03", "2025-04", "planned from Mar 2025 to Apr 2025"),
        ("once", "2025-02-02", "", "planned for 2 Feb 2025"),
        ("daily", "2025-02", "", "since Feb 2025"),
    ],
)
def test_a_step_is_told_as_it_stands_on_a_day(
    frequency: str, start: str, stop: str, text: str
) -> None:
    """What lies after the day is called planned, and nothing is said of an end nobody wrote."""
    given = treatment("p", "prednisolone", "", "", step("1", "mg", frequency, start, stop))
    (run,) = runs_of(given)
    assert run_span_words(run, TODAY, SAY) == text


@pytest.mark.parametrize(
    ("start", "stop", "pause", "text", "edges"),
    [
        ("2025-01-06", "", "", "since 6 Jan 2025", ("6 Jan 2025", "no stop recorded")),
        ("", "", "", "start not recorded, still running", ("date unknown", "no stop recorded")),
        (
            "2025-01-06",
            "2025-01-20",
            "",
            "6 Jan 2025 to 20 Jan 2025",
            ("6 Jan 2025", "20 Jan 2025"),
        ),
        (
            "2025-01-06",
            "2025-03",
            "",
            "since 6 Jan 2025, planned until Mar 2025",
            ("6 Jan 2025", "planned until Mar 2025"),
        ),
        (
            "2025-03-01",
            "",
            "",
            "planned from 1 Mar 2025",
            ("planned from 1 Mar 2025", "no stop recorded"),
        ),
        (
            "2025-01-06",
            "",
            "2025-01-20",
            "since 6 Jan 2025, paused since 20 Jan 2025",
            ("6 Jan 2025", "paused since 20 Jan 2025"),
        ),
        (
            "2025-01-06",
            "2025-03-01",
            "2025-01-20",
            "since 6 Jan 2025, planned until 1 Mar 2025, paused since 20 Jan 2025",
            ("6 Jan 2025", "paused since 20 Jan 2025 · planned until 1 Mar 2025"),
        ),
    ],
)
def test_a_treatment_is_told_as_it_stands_on_a_day(
    start: str, stop: str, pause: str, text: str, edges: tuple[str, str]
) -> None:
    """Planned, running, paused and ended are four things, in a line and in two columns."""
    pauses = [step("0", "mg", "daily", pause)] if pause else []
    given = treatment("p", "prednisolone", start, stop, *pauses)
    assert treatment_span_words(given, TODAY, SAY) == text
    assert treatment_edges(given, TODAY, SAY) == edges


_OPEN = "no stop recorded"


@pytest.mark.parametrize(
    ("agent", "start", "days", "text", "edges"),
    [
        ("rituximab", "2024-01-10", ["2024-01-10", "2024-01-17"],
         "from 10 Jan 2024, last dose 17 Jan 2024, no stop recorded",
         ("10 Jan 2024", f"last dose 17 Jan 2024 · {_OPEN}")),
        ("rituximab", "2024-01-10", ["2024-01-10"], "10 Jan 2024, no stop recorded",
         ("10 Jan 2024", f"last dose 10 Jan 2024 · {_OPEN}")),
        ("rituximab", "", ["2024-01-10"], "last dose 10 Jan 2024, no stop recorded",
         ("date unknown", f"last dose 10 Jan 2024 · {_OPEN}")),
        ("tumour_resection", "2023-12-12", [], "12 Dec 2023", ("12 Dec 2023", "12 Dec 2023")),
        ("tumour_resection", "2023-12", [], "Dec 2023", ("Dec 2023", "Dec 2023")),
        ("tumour_resection", "", [], "day not recorded", ("date unknown", "date unknown")),
    ],
)  # fmt: skip
def test_what_is_given_or_done_once_is_told_by_its_dates(
    agent: str, start: str, days: list[str], text: str, edges: tuple[str, str]
) -> None:
    """It runs no longer, and that no stop is recorded is said where more may follow."""
    doses = [step("375", "mg/m2", "once", day) for day in days]
    given = treatment("r", agent, start, "", *doses)
    assert treatment_span_words(given, TODAY, SAY) == text
    assert treatment_edges(given, TODAY, SAY) == edges


@pytest.mark.parametrize(
    ("stop", "reason", "told", "dated"),
    [
        ("2025-03-01", "", "", ""),
        (
            "2025-01-09", "side_effect", "reason for stopping: side effect",
            "stopped 9 Jan 2025: side effect",
        ),
        (
            "2025-01", "completed", "reason for stopping: completed as planned",
            "stopped Jan 2025: completed as planned",
        ),
        ("2026-01-09", "supply", "", ""),
        ("", "no_effect", "", ""),
    ],
)  # fmt: skip
def test_the_reason_for_stopping_is_told_once_the_stop_has_come(
    stop: str, reason: str, told: str, dated: str
) -> None:
    """As it was recorded, beside the day; before that day nobody knows it yet."""
    given = treatment("p", "prednisolone", "2024-12-01", stop, stop_reason=reason)
    assert stop_reason_words(given, TODAY, SAY) == told
    assert stopped_words(given, TODAY, SAY) == dated
    _, end = treatment_edges(given, TODAY, SAY)
    assert end.endswith(told)


def test_the_column_of_the_stop_tells_its_reason() -> None:
    """Both stand in one cell of a page."""
    given = treatment("p", "ivig", "2024-12-01", "2025-01-09", stop_reason="family_wish")
    edges = ("1 Dec 2024", "9 Jan 2025 · reason for stopping: wish of the family")
    assert treatment_edges(given, TODAY, SAY) == edges


def test_a_pause_of_which_no_start_is_known_is_called_paused() -> None:
    """Nothing is made up."""
    given = treatment("p", "prednisolone", "", "", step("0", "mg", "daily"))
    assert pause_words(given, TODAY, SAY) == "paused"


def test_lengths_in_years_and_months() -> None:
    """Whole years have no months, and before the start there is a true minus."""
    assert [length_words(months, SAY) for months in (0, 6, 24, 30, -6)] == [
        "0",
        "6 m",
        "2 y",
        "2 y 6 m",
        "−6 m",
    ]


def test_ages_in_words() -> None:
    """Months are told to children, and an approximate age says so."""
    assert age_words(Age(2, 10, False), SAY) == "2 y 10 m"
    assert age_words(Age(41, 3, False), SAY) == "41 y"
    assert age_words(Age(66, None, True), SAY) == "about 66 y"
    assert age_words(None, SAY) == "age unknown"
