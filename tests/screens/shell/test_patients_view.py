"""What the list of patients says of each patient."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.clock import Moment
from app.dates import PartialDate, parse_date
from app.language import words
from app.records.model import (
    DraftSummary,
    LastTotal,
    Patient,
    PatientFacts,
    PatientSummary,
    Role,
    User,
)
from app.screens.patients.view import PatientRow, PatientsView, fold, patients_view, shown_rows
from scales.catalogue import Catalogue
from tests.builders import replace

TODAY = date(2026, 1, 28)
NURSE = User("u", "M. Okafor", Role.NURSE)
FACTS = PatientFacts("40-1187", "Amira", "Haddad", PartialDate(2023, 3, 14))
ADULT = replace(FACTS, birth_date=PartialDate(1970, 5, 1))


def _totals(*given: str | None, scale: str = "oms", year: int = 2025) -> LastTotal:
    totals = (None if total is None else Decimal(total) for total in given)
    days = (PartialDate(year, month, 3) for month in range(1, 13))
    return LastTotal(scale, tuple(zip(days, totals, strict=False)))


def _summary(
    facts: PatientFacts = FACTS,
    *totals: LastTotal,
    draft: DraftSummary | None = None,
    caution: str = "",
    error: str | None = None,
) -> PatientSummary:
    patient = Patient(f"id of {facts.patient_id}", facts, caution, error)
    days = [last.totals[-1][0] for last in totals]
    last = max(days, key=lambda day: day.first) if days else None
    return PatientSummary(patient, last, totals, draft)


def _draft(patient_id: str = "40-1187", day: PartialDate | None = None) -> DraftSummary:
    patient = Patient(f"id of {patient_id}", replace(FACTS, patient_id=patient_id))
    started = Moment(datetime(2026, 1, 28, 10, 40, tzinfo=UTC), 0)
    when = day or PartialDate(2026, 1, 28)
    return DraftSummary("visit", patient, when, started, answered=4, keys=5)


def _view(catalogue: Catalogue, *summaries: PatientSummary, is_demo: bool = False) -> PatientsView:
    return patients_view(summaries, NURSE, catalogue, words(), TODAY, is_demo=is_demo)


def _row(catalogue: Catalogue, summary: PatientSummary) -> PatientRow:
    (row,) = _view(catalogue, summary).rows
    return row


def test_a_line_says_who_it_is(catalogue: Catalogue) -> None:
    """Name, age at the day asked for, identifier, diagnosis."""
    row = _row(catalogue, _summary(replace(FACTS, diagnosis="oms_neuroblastoma")))
    assert (row.name, row.age, row.identifier, row.diagnosis) == (
        "Amira Haddad",
        "2 y 10 m",
        "40-1187",
        "OMS with neuroblastoma",
    )


def test_a_patient_without_a_visit_says_so(catalogue: Catalogue) -> None:
    """There is no total and no line to draw."""
    row = _row(catalogue, _summary())
    assert (row.last_visit, row.total, row.change, row.course) == ("no visit yet", "", "", None)


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (("3",), ("OMS scale 3", "first total")),
        (("3", "2"), ("OMS scale 2", "1 lower")),
        (("3", "7"), ("OMS scale 7", "4 higher")),
        (("3", "3"), ("OMS scale 3", "same as before")),
        (("3", None, "0"), ("OMS scale 0", "3 lower")),
        (("3", None), ("OMS scale: no total", "3 on 3 Jan 2025")),
        ((None,), ("OMS scale: no total", "")),
    ],
)
def test_the_last_total_is_told_in_words(
    catalogue: Catalogue, totals: tuple[str | None, ...], said: tuple[str, str]
) -> None:
    """The words say where the number went, never whether that is good; 0 is a total."""
    row = _row(catalogue, _summary(FACTS, _totals(*totals)))
    assert (row.total, row.change) == said


def test_a_change_within_published_noise_is_called_that(catalogue: Catalogue) -> None:
    """SARA of an adult, two points: no more than two ratings of one person may differ."""
    row = _row(catalogue, _summary(ADULT, _totals("10", "12", scale="sara")))
    assert row.change == "within rating noise"


def test_no_noise_is_claimed_where_none_is_published(catalogue: Catalogue) -> None:
    """The same change of a child, for whom no figure is published, is told as a number."""
    row = _row(catalogue, _summary(FACTS, _totals("10", "12", scale="sara")))
    assert row.change == "2 higher"


def test_the_scale_of_the_latest_visit_stands(catalogue: Catalogue) -> None:
    """An old total of another scale does not stand for today."""
    old, new = _totals("9", scale="sara", year=2020), _totals("4", scale="five_feature")
    assert _row(catalogue, _summary(FACTS, old, new)).total == "Five features 4"


def test_a_published_scale_stands_before_our_own_sheet(catalogue: Catalogue) -> None:
    """Of two on one day the one that others know is shown, however long the other's line is."""
    sheet, oms = _totals("9", "4", scale="five_feature"), _totals(None, "7")
    assert _row(catalogue, _summary(FACTS, sheet, oms)).total == "OMS scale 7"


def test_a_scale_of_another_version_is_left_out(catalogue: Catalogue) -> None:
    """A scale that this version does not ship has no range to be drawn in."""
    assert _row(catalogue, _summary(FACTS, _totals("4", scale="gone"))).course is None


def test_marks_stand_below_the_name(catalogue: Catalogue) -> None:
    """A draft says how far it got, and illustrative scores say that they are."""
    row = _row(catalogue, _summary(draft=_draft(), caution="Made up."))
    assert row.marks == ("Draft · 4 of 5", "illustrative")


def test_a_diagnosis_of_its_own_is_told_in_its_own_words(catalogue: Catalogue) -> None:
    """“Other” says nothing; the note does."""
    facts = replace(FACTS, diagnosis="other", diagnosis_note="Coeliac & more")
    assert _row(catalogue, _summary(facts)).diagnosis == "Coeliac & more"


def test_a_screen_reader_hears_the_whole_line(catalogue: Catalogue) -> None:
    """Everything that stands in the columns is in the spoken line."""
    row = _row(catalogue, _summary(FACTS, _totals("3", "2"), draft=_draft()))
    assert row.spoken == (
        "Amira Haddad, Draft · 4 of 5, 2 y 10 m, 40-1187, 3 Feb 2025, OMS scale 2, 1 lower"
    )


def test_the_latest_visit_comes_first(catalogue: Catalogue) -> None:
    """Then the names in order, those without a visit last."""
    new = _summary(replace(FACTS, patient_id="new"), _totals("1", year=2026))
    old = _summary(replace(FACTS, patient_id="old"), _totals("1", year=2020))
    none = _summary(replace(FACTS, patient_id="none", given_name="Zoë"))
    other = _summary(replace(FACTS, patient_id="other", given_name="Ådam"))
    view = _view(catalogue, none, old, other, new)
    assert [row.identifier for row in view.rows] == ["new", "old", "other", "none"]


@pytest.mark.parametrize(
    "search",
    ["", "amira", "HADDAD", "had ami", "40-11", "2023-03", "14.03.2023", "14/03/2023", "14 mar"],
)
def test_the_search_finds(catalogue: Catalogue, search: str) -> None:
    """Part of the name, the identifier, or the birth date as people write it."""
    assert len(shown_rows(_view(catalogue, _summary()), search)) == 1


@pytest.mark.parametrize("search", ["haddock", "amira 99", "2022"])
def test_the_search_leaves_out(catalogue: Catalogue, search: str) -> None:
    """Every word typed must be there."""
    assert shown_rows(_view(catalogue, _summary()), search) == ()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë", "zoe"),
        ("Łukasz", "lukasz"),
        ("Søren", "SOREN"),
        ("I\u015f\u0131l", "isil"),
        ("Strauß", "strauss"),
        ("مُحَمَّد", "محمد"),
        ("שָׂרָה", "שרה"),
    ],
)
def test_accents_and_capitals_do_not_matter(name: str, typed: str) -> None:
    """What is hard to type on another keyboard is not asked for."""
    assert fold(typed) in fold(name)


def test_an_unknown_birth_date_is_no_obstacle(catalogue: Catalogue) -> None:
    """The age is said to be unknown, and the name still finds the patient."""
    view = _view(catalogue, _summary(replace(FACTS, birth_date=None)))
    assert [row.age for row in shown_rows(view, "amira")] == ["age unknown"]


def test_an_approximate_birth_date_finds_too(catalogue: Catalogue) -> None:
    """A month is searched as it was written."""
    view = _view(catalogue, _summary(replace(FACTS, birth_date=parse_date("2023-03"))))
    assert len(shown_rows(view, "2023-03")) == 1


def test_patients_entered_in_error_are_set_aside(catalogue: Catalogue) -> None:
    """They are counted, and come only when asked for, marked."""
    view = _view(catalogue, _summary(error="typed twice"))
    assert (shown_rows(view, ""), view.error_count, view.footer) == ((), 1, "")
    (row,) = shown_rows(view, "", with_errors=True)
    assert row.marks == ("entered in error",)


def test_an_unfinished_visit_is_offered(catalogue: Catalogue) -> None:
    """The bar says whose, when begun, and how far it got."""
    (bar,) = _view(catalogue, _summary(draft=_draft())).drafts
    assert (bar.visit, bar.text) == (
        "visit",
        "Unfinished visit: Amira Haddad, 28 Jan 2026, 10:40, 4 of 5 items",
    )


def test_a_visit_begun_for_another_day_says_so(catalogue: Catalogue) -> None:
    """A visit entered later tells both days."""
    draft = _draft(day=PartialDate(2026, 1, 20))
    (bar,) = _view(catalogue, _summary(draft=draft)).drafts
    assert bar.text == (
        "Unfinished visit of 20 Jan 2026: Amira Haddad, begun 28 Jan 2026, 10:40, 4 of 5 items"
    )


def test_the_footer_counts(catalogue: Catalogue) -> None:
    """Patients and unfinished visits, in words."""
    other = _summary(replace(FACTS, patient_id="2"), draft=_draft("2"))
    assert _view(catalogue, _summary(), other).footer == "2 patients · 1 unfinished visit"


def test_demo_data_are_called_that(catalogue: Catalogue) -> None:
    """Nobody takes a throw-away copy for the records."""
    assert _view(catalogue, is_demo=True).demo == "Demo data: a throw-away copy"
    assert _view(catalogue).demo == ""


def test_the_empty_list_explains_the_first_step(catalogue: Catalogue) -> None:
    """Somebody new learns what to press."""
    assert "New patient" in _view(catalogue).empty.text
