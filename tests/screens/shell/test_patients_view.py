"""What the list of patients says of each patient."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.clock import Moment
from app.date_reader import DateReader
from app.dates import PartialDate, parse_date
from app.folding import fold
from app.language import Words, words
from app.records.lines import searched_by
from app.records.model import (
    DraftSummary,
    LastTotal,
    Patient,
    PatientFacts,
    PatientSummary,
    Role,
    User,
)
from app.screens.patients.searching import search_of
from app.screens.patients.view import (
    Counts,
    PatientRow,
    PatientsView,
    patient_row,
    patients_view,
)
from scales.catalogue import Catalogue
from tests.builders import replace

TODAY = date(2026, 1, 28)
NURSE = User("u", "M. Okafor", frozenset({Role.NURSE}))
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


def _view(
    *drafts: DraftSummary, patients: int = 1, errors: int = 0, is_demo: bool = False
) -> PatientsView:
    counts = Counts(patients, len(drafts), errors)
    return patients_view(drafts, counts, NURSE, words(), is_demo=is_demo)


def _row(catalogue: Catalogue, summary: PatientSummary) -> PatientRow:
    return patient_row(summary, catalogue, words(), TODAY)


def _finds(typed: str, facts: PatientFacts = FACTS, said: Words | None = None) -> bool:
    """Whether a search holds of what a patient is found by, as the records ask it."""
    dates = DateReader(said or words(), lambda: date(2023, 3, 15))
    return bool(search_of(typed, dates).among([("id", searched_by(facts))]))


def test_a_line_says_who_it_is(catalogue: Catalogue) -> None:
    """Name, age at the day asked for, identifier, diagnosis."""
    row = _row(catalogue, _summary(replace(FACTS, diagnosis="oms_neuroblastoma")))
    assert (row.name, row.age, row.identifier, row.diagnosis) == (
        "Amira Haddad",
        "2 y 10 m",
        "40-1187",
        "OMS with neuroblastoma",
    )


def test_before_the_birth_a_line_tells_no_age(catalogue: Catalogue) -> None:
    """An unknown birth date is another thing, and said."""
    before = patient_row(_summary(), catalogue, words(), date(2023, 3, 13))
    unknown = _row(catalogue, _summary(replace(FACTS, birth_date=None)))
    assert (before.age, unknown.age) == ("", "age unknown")


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


def test_noise_of_adults_is_claimed_where_both_visits_were_an_adults(catalogue: Catalogue) -> None:
    """Of somebody who turned 18 between the two it is the number, as on the chart."""
    facts = replace(FACTS, birth_date=PartialDate(2007, 1, 20))
    row = _row(catalogue, _summary(facts, _totals("10", "12", scale="sara")))
    assert row.change == "2 higher"


def test_the_last_total_known_is_dated_as_far_as_its_day_is(catalogue: Catalogue) -> None:
    """Beside a last visit without one."""
    days = (PartialDate(2025, 3), PartialDate(2025, 4, 3))
    totals = LastTotal("oms", ((days[0], Decimal(4)), (days[1], None)))
    assert _row(catalogue, _summary(FACTS, totals)).change == "4 in Mar 2025"


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


def test_a_patient_with_a_namesake_bears_the_mark_and_says_who_it_is(catalogue: Catalogue) -> None:
    """The mark is spoken as well, and the tool tip has name, birth date and identifier whole."""
    row = _row(catalogue, replace(_summary(), has_namesake=True))
    assert row.marks == ("similar name in these records",)
    assert "similar name in these records" in row.spoken
    assert row.whole == "Amira Haddad · born 14 Mar 2023 · ID 40-1187"


def test_a_name_is_drawn_without_what_turns_it_round(catalogue: Catalogue) -> None:
    """An override, a tab and a line break are no letters."""
    facts = replace(FACTS, given_name="A\u202emira\t", family_name="Had\ndad")
    assert _row(catalogue, _summary(facts)).name == "Amira  Had dad"


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


@pytest.mark.parametrize(
    "search",
    [
        "",
        "amira",
        "HADDAD",
        "had ami",
        "40-11",
        "2023-03",
        "14.03.2023",
        "14/03/2023",
        "14 mar",
        "14 Mar 2023",
        "14 march 2023",
        "14.3.2023",
        "14/3/2023",
        "3.2023",
        "mar 2023",
        "yesterday",
        "14 mar 20",
    ],
)
def test_the_search_finds(search: str) -> None:
    """Part of the name, the identifier, or the birth date as people write it."""
    assert _finds(search)


@pytest.mark.parametrize(
    ("search", "diagnosis", "note"),
    [
        ("neurobl", "oms_neuroblastoma", ""), ("OMS tumour", "oms_paraneoplastic_adult", ""),
        ("amira gad", "anti_gad_ataxia", ""), ("coeliac", "other", "Coeliac & more"),
        ("gluten", "gluten_ataxia", ""), ("opsoclonus", "gluten_ataxia", "with opsoclonus"),
    ],
)  # fmt: skip
def test_the_search_finds_by_diagnosis(search: str, diagnosis: str, note: str) -> None:
    """A word that begins one of its title, or part of the note; the id itself is no word."""
    facts = replace(FACTS, diagnosis=diagnosis, diagnosis_note=note)
    assert _finds(search, facts)
    assert not _finds("idiopathic", facts)
    assert not _finds(search, replace(FACTS, diagnosis="paca"))


@pytest.mark.parametrize(
    "search", ["haddock", "amira 99", "2022", "15 Mar 2023", "today", "oms_neuro", "[oms"]
)
def test_the_search_leaves_out(search: str) -> None:
    """Every word typed must be there."""
    assert not _finds(search)


@pytest.mark.parametrize(
    ("language", "search"), [("de", "14. März 2023"), ("fr", "14 mars"), ("he", "14 במרץ 2023")]
)
def test_months_are_found_in_the_language_of_the_screen(language: str, search: str) -> None:
    """As a birth date is written there, so it is found; another month is not."""
    said = Words(language, words().catalogue)
    assert _finds(search, said=said)
    assert not _finds(search, replace(FACTS, birth_date=PartialDate(2023, 4, 14)), said)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë", "zoe"),
        ("Łukasz", "lukasz"),
        ("Søren", "SOREN"),
        ("I\u015f\u0131l", "isil"),
        ("Strauß", "strauss"),
        ("می\u200cروم", "میروم"),
        ("مُحَمَّد", "محمد"),
        ("שָׂרָה", "שרה"),
    ],
)
def test_accents_and_capitals_do_not_matter(name: str, typed: str) -> None:
    """What is hard to type on another keyboard is not asked for."""
    assert fold(typed) in fold(name)


def test_an_unknown_birth_date_is_no_obstacle(catalogue: Catalogue) -> None:
    """The age is said to be unknown, and the name still finds the patient."""
    facts = replace(FACTS, birth_date=None)
    assert _row(catalogue, _summary(facts)).age == "age unknown"
    assert _finds("amira", facts)


@pytest.mark.parametrize("birth", ["2023-03-04", "2023-04-03"])
def test_a_date_of_two_meanings_finds_both(birth: str) -> None:
    """Nobody is left out because of the order of day and month; others are."""
    assert _finds("3/4/2023", replace(FACTS, birth_date=parse_date(birth)))
    assert not _finds("3/4/2023")


def test_a_date_finds_no_figures_of_something_else() -> None:
    """14 March 2023 is no identifier with a 14 in it."""
    other = replace(FACTS, patient_id="14-2023", birth_date=PartialDate(2022, 3, 1))
    assert _finds("14 mar", other)
    assert not _finds("14 Mar 2023", other)


def test_a_month_may_be_a_name() -> None:
    """May, born in 2019, is found by both, and so is whoever was born in that May."""
    may = replace(FACTS, given_name="May", birth_date=PartialDate(2019, 7, 3))
    assert _finds("may 2019", may)
    assert _finds("may 2019", replace(FACTS, birth_date=PartialDate(2019, 5, 3)))
    assert not _finds("may 2019")


def test_an_approximate_birth_date_finds_too() -> None:
    """A month is searched as it was written."""
    assert _finds("2023-03", replace(FACTS, birth_date=parse_date("2023-03")))


def test_patients_entered_in_error_are_set_aside(catalogue: Catalogue) -> None:
    """They are counted, and come only when asked for, marked."""
    assert (_view(patients=0, errors=1).error_count, _view(patients=0, errors=1).footer) == (1, "")
    dates = DateReader(words(), lambda: date(2023, 3, 15))
    assert not search_of("", dates).with_errors
    assert search_of("", dates, with_errors=True).with_errors
    row = _row(catalogue, _summary(error="typed twice"))
    assert row.marks == ("entered in error",)


def test_an_unfinished_visit_is_offered() -> None:
    """The bar says whose, when begun, and how far it got."""
    (bar,) = _view(_draft()).drafts
    assert (bar.visit, bar.text) == (
        "visit",
        "Amira Haddad · born 14 Mar 2023 · ID 40-1187: begun 28 Jan 2026, 10:40, 4 of 5 items",
    )


def test_a_visit_begun_for_another_day_says_so() -> None:
    """A visit entered later tells both days."""
    draft = _draft(day=PartialDate(2026, 1, 20))
    (bar,) = _view(draft).drafts
    assert bar.text == (
        "Amira Haddad · born 14 Mar 2023 · ID 40-1187: visit of 20 Jan 2026, begun "
        "28 Jan 2026, 10:40, 4 of 5 items"
    )


def test_an_amendment_in_progress_is_called_so_in_the_list(catalogue: Catalogue) -> None:
    """In the line that offers it, on which its discarding is asked about, and on the patient's."""
    draft = replace(_draft(day=PartialDate(2026, 1, 20)), is_amendment=True)
    (bar,) = _view(draft).drafts
    assert bar.text == (
        "Amira Haddad · born 14 Mar 2023 · ID 40-1187: amendment of the visit of 20 Jan 2026, "
        "begun 28 Jan 2026, 10:40, 4 of 5 items"
    )
    assert _row(catalogue, _summary(draft=draft)).marks == ("Amendment · 4 of 5",)


def test_the_footer_counts() -> None:
    """Patients at the foot, unfinished visits beside the search, in words."""
    view = _view(_draft("2"), patients=2)
    assert (view.footer, view.unfinished) == ("2 patients", "1 unfinished visit")
    assert _view(patients=2).unfinished == ""


def test_unfinished_visits_beyond_the_first_are_counted() -> None:
    """What has no bar of its own is said in a number."""
    view = patients_view((_draft(),), Counts(9, 5, 0), NURSE, words())
    assert (len(view.drafts), view.more_drafts) == (1, 4)


def test_demo_data_are_called_that() -> None:
    """Nobody takes a throw-away copy for the records."""
    assert _view(is_demo=True).demo == "Demo data: a throw-away copy"
    assert _view().demo == ""


def test_the_empty_list_explains_the_first_step() -> None:
    """Somebody new learns what to press."""
    assert "New patient" in _view().empty.text
