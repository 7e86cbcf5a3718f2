"""What stands beside the preview of a page, made from frozen values alone."""

from datetime import date

import pytest

from app.language import words
from app.records.model import Patient, PatientRecord, Treatment, VisitState
from app.reports.making import PageKind
from app.screens.identity import identity
from app.screens.reports.view import ReportsView, reports_view, suggested_name
from app.settings import Paper, Settings
from tests.builders import replace
from tests.courses import AS_OF, FACTS, empty, signed_visit, treatment, whole_record

SAY = words()


def _view(
    record: PatientRecord,
    kind: PageKind = PageKind.PHYSICIAN,
    settings: Settings = Settings(),  # noqa: B008 - frozen
) -> ReportsView:
    return reports_view(record, settings, SAY, AS_OF, kind)


def test_the_patient_and_the_paper_are_told() -> None:
    """The page is that of this patient, on the unit's paper."""
    view = _view(whole_record(), settings=Settings(paper=Paper.LETTER))
    assert view.identity.name == "Amira Haddad"
    assert view.paper is Paper.LETTER
    assert view.has_page


def test_a_page_for_the_family_of_who_died_is_read_first() -> None:
    """The sentence stands where the page is made; the page for the record needs none."""
    made = whole_record()
    died = replace(made, patient=replace(made.patient, status="died"))
    assert _view(died, PageKind.FAMILY).notice.startswith("This patient has died.")
    assert "died" not in _view(died).notice


def test_only_the_family_page_has_a_next_visit() -> None:
    """The record's page has no place for it."""
    assert not _view(whole_record()).has_next_visit
    assert _view(whole_record(), PageKind.FAMILY).has_next_visit


def test_a_page_without_scores_says_why() -> None:
    """Nothing has been signed."""
    assert _view(empty()).notice == "No visit has been signed yet, so the page has no scores."


def test_an_unfinished_visit_is_not_on_the_page() -> None:
    """Only what is signed is printed, and the screen says so."""
    record = replace(
        whole_record(), draft=replace(signed_visit("2026-01-28"), state=VisitState.DRAFT)
    )
    assert _view(record).notice == (
        "The unfinished visit is not on the page: only signed visits are."
    )


def test_a_missing_call_us_text_is_told_for_the_family_only() -> None:
    """The page then prints lines to write on."""
    assert _view(whole_record()).notice == ""
    assert "line to write on" in _view(whole_record(), PageKind.FAMILY).notice
    assert _view(whole_record(), PageKind.FAMILY, Settings(call_us="she has a fever")).notice == ""


def test_a_patient_entered_in_error_has_no_page() -> None:
    """The mark is told in place of a page."""
    record = replace(empty(), patient=Patient("p", FACTS, error_reason="twice"))
    view = _view(record)
    assert not view.has_page
    assert view.notice == "This patient is marked as entered in error, so there is no page."


def test_a_file_name_holds_no_name_and_no_path() -> None:
    """Identifier, kind and day; signs that a disk may refuse become lines."""
    assert suggested_name("40/11:87", PageKind.FAMILY, AS_OF) == "40_11_87-family-2026-01-28.pdf"


def test_a_patient_without_birth_date_is_named_as_such() -> None:
    """No age is guessed."""
    facts = replace(FACTS, birth_date=None, diagnosis="", diagnosis_confirmed="")
    assert identity(facts, SAY, AS_OF).facts == "birth date not recorded · ID 40-1187"


def test_another_diagnosis_stands_in_its_own_words() -> None:
    """The note is the diagnosis."""
    facts = replace(FACTS, diagnosis="other", diagnosis_note="Jerks & <ataxia>")
    assert identity(facts, SAY, AS_OF).facts.endswith(" · Jerks & <ataxia>")


def test_a_diagnosis_that_nobody_confirmed_stands_as_referred() -> None:
    """Nobody takes it for a physician's."""
    facts = replace(FACTS, diagnosis_confirmed="")
    assert identity(facts, SAY, AS_OF).facts.endswith(" · as referred: OMS with neuroblastoma")


@pytest.mark.parametrize(
    ("given", "is_offered"),
    [
        ([treatment("a", "ivig", "2026-02-10")], True),
        ([treatment("a", "ivig", "2025-01-01", "2026-02-10")], True),
        ([treatment("a", "ivig", "2025-01-01"), treatment("b", "ivig", "", "2025-03")], False),
        ([treatment("a", "ivig", "2026")], False),
    ],
)
def test_what_is_planned_is_offered_for_the_family_where_there_is_any(
    given: list[Treatment], *, is_offered: bool
) -> None:
    """The record's page always tells it."""
    record = replace(whole_record(), treatments=tuple(given))
    assert _view(record, PageKind.FAMILY).has_planned is is_offered
    assert not _view(record).has_planned


def test_before_the_birth_no_age_is_told() -> None:
    """Under an earlier day; the birth date itself is a fact of the record."""
    day = date(2023, 3, 13)
    assert identity(FACTS, SAY, day).facts == (
        "born 14 Mar 2023 · ID 40-1187 · OMS with neuroblastoma"
    )
    assert "0 y 0 m" in identity(FACTS, SAY, date(2023, 3, 14)).facts
