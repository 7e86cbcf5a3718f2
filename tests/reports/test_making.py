"""One door to the pages, and their pixels for a preview."""

from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from app.dates import parse_date
from app.language import words
from app.reports.making import PageChoice, PageKind, page_pdf
from app.reports.preview import page_pixels
from app.settings import Paper, Settings
from tests.builders import replace
from tests.courses import CATALOGUE, FACTS, treatment, trend, whole_record

SAY = words()
PHYSICIAN = PageChoice(PageKind.PHYSICIAN)


@pytest.mark.parametrize(
    ("kind", "title"),
    [(PageKind.PHYSICIAN, "Amira Haddad"), (PageKind.FAMILY, "How Amira is doing")],
)
def test_a_kind_gives_its_page_twice_the_same(kind: PageKind, title: str) -> None:
    """Identical input gives identical bytes."""
    choice = PageChoice(kind)
    made = [page_pdf(choice, trend(whole_record()), CATALOGUE, Settings(), SAY) for _ in range(2)]
    assert made[0] == made[1]
    assert title in PdfReader(BytesIO(made[0])).pages[0].extract_text()


@pytest.mark.parametrize("kind", list(PageKind))
def test_every_page_says_that_the_record_may_have_changed(kind: PageKind) -> None:
    """Paper outlives what it was printed from."""
    pdf = page_pdf(PageChoice(kind), trend(whole_record()), CATALOGUE, Settings(), SAY)
    for page in PdfReader(BytesIO(pdf)).pages:
        told = page.extract_text().replace("\N{NO-BREAK SPACE}", " ").split()
        assert "The record may have changed since." in " ".join(told)


def test_the_next_visit_stands_on_the_page_for_the_family() -> None:
    """It is printed as it was typed."""
    choice = PageChoice(PageKind.FAMILY, "Monday, <10:00>")
    pdf = page_pdf(choice, trend(whole_record()), CATALOGUE, Settings(), SAY)
    assert "Monday, <10:00>" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize("kind", list(PageKind))
@pytest.mark.parametrize(
    ("status", "next_visit", "is_told"),
    [
        ("", "2026-02-25", True), ("active", "2026-02-25", True), ("died", "2026-02-25", False),
        ("", "2026-01-28", False), ("", "2025-12-01", False), ("", "", False),
    ],
)  # fmt: skip
def test_a_recorded_next_visit_is_printed_while_it_is_to_come(
    kind: PageKind, status: str, next_visit: str, is_told: object
) -> None:
    """Not one that is over, that a visit has met, or of who is not in care any more."""
    facts = replace(FACTS, status=status, next_visit=parse_date(next_visit))
    pdf = page_pdf(PageChoice(kind), trend(whole_record(facts)), CATALOGUE, Settings(), SAY)
    text = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert ("Next visit: 25 February 2026" in text) is is_told


def test_an_emptied_next_visit_leaves_a_line_to_write_on() -> None:
    """What is recorded does not come back behind the back of who emptied it."""
    facts = replace(FACTS, next_visit=parse_date("2026-02-25"))
    pdf = page_pdf(
        PageChoice(PageKind.FAMILY, ""), trend(whole_record(facts)), CATALOGUE, Settings(), SAY
    )
    assert "25 February 2026" not in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def _text(choice: PageChoice) -> str:
    made = whole_record()
    treatments = (
        treatment("t1", "prednisolone", "2024-12-24", "2026-02-28"),
        treatment("t2", "ivig", "2026-02-10"),
        treatment("t3", "rituximab", "2026-03", "2026-04"),
    )
    course = trend(replace(made, treatments=treatments))
    pdf = page_pdf(choice, course, CATALOGUE, Settings(), SAY)
    pages = PdfReader(BytesIO(pdf)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_planned_stands_on_a_familys_page_only_where_it_was_ticked() -> None:
    """Then it says that it may change; on the page for the record it always stands."""
    bare = _text(PageChoice(PageKind.FAMILY))
    assert "planned" not in bare
    assert "Prednisolone (a steroid), since 24 December 2024." in bare
    ticked = _text(PageChoice(PageKind.FAMILY, with_planned=True))
    for line in (
        "since 24 December 2024, planned until 28 February 2026; this may change.",
        "planned from 10 February 2026; this may change.",
        "planned from March 2026 to April 2026; this may change.",
        "A hollow bar is planned and may change.",
    ):
        assert line in ticked
    record = _text(PHYSICIAN)
    assert "planned from 10 Feb 2026" in record
    assert "planned until 28 Feb 2026" in record
    assert "A hollow bar behind the line of 28 Jan 2026 is planned." in record


def test_pixels_have_the_shape_of_the_paper() -> None:
    """Every page comes as wide as asked, in its own proportion, with something on it."""
    settings = Settings(paper=Paper.LETTER)
    pdf = page_pdf(PHYSICIAN, trend(whole_record()), CATALOGUE, settings, SAY)
    pages = tuple(page_pixels(pdf, 170))
    assert len(pages) == len(PdfReader(BytesIO(pdf)).pages)
    for page in pages:
        assert page.width == 170
        assert page.height == pytest.approx(170 * 11 / 8.5, abs=1)
        assert len(page.pixels) == page.width * page.height * 4
        assert len(set(page.pixels)) > 10


def test_the_hash_of_the_newest_entry_stands_on_the_page_for_the_record_alone() -> None:
    """On each of its pages; a family needs none."""
    made = {
        kind: page_pdf(
            PageChoice(kind, entry="0123abcdef"), trend(whole_record()), CATALOGUE, Settings(), SAY
        )
        for kind in PageKind
    }
    told = {kind: [one.extract_text() for one in _pages(pdf)] for kind, pdf in made.items()}
    assert all("Records entry 0123abcdef" in text for text in told[PageKind.PHYSICIAN])
    assert not any("0123abcdef" in text for text in told[PageKind.FAMILY])


def _pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(pdf)).pages)
