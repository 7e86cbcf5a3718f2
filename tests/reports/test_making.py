"""One door to the pages, and their pixels for a preview."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.dates import parse_date
from app.language import words
from app.reports.making import PageKind, page_pdf
from app.reports.preview import page_pixels
from app.settings import Paper, Settings
from tests.builders import replace
from tests.courses import CATALOGUE, FACTS, trend, whole_record

SAY = words()


@pytest.mark.parametrize(
    ("kind", "title"),
    [(PageKind.PHYSICIAN, "Amira Haddad"), (PageKind.FAMILY, "How Amira is doing")],
)
def test_a_kind_gives_its_page_twice_the_same(kind: PageKind, title: str) -> None:
    """Identical input gives identical bytes."""
    made = [page_pdf(kind, trend(whole_record()), CATALOGUE, Settings(), SAY) for _ in range(2)]
    assert made[0] == made[1]
    assert title in PdfReader(BytesIO(made[0])).pages[0].extract_text()


def test_the_next_visit_stands_on_the_page_for_the_family() -> None:
    """It is printed as it was typed."""
    pdf = page_pdf(
        PageKind.FAMILY, trend(whole_record()), CATALOGUE, Settings(), SAY, "Monday, <10:00>"
    )
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
    pdf = page_pdf(kind, trend(whole_record(facts)), CATALOGUE, Settings(), SAY)
    text = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    assert ("Next visit: 25 February 2026" in text) is is_told


def test_an_emptied_next_visit_leaves_a_line_to_write_on() -> None:
    """What is recorded does not come back behind the back of who emptied it."""
    facts = replace(FACTS, next_visit=parse_date("2026-02-25"))
    pdf = page_pdf(PageKind.FAMILY, trend(whole_record(facts)), CATALOGUE, Settings(), SAY, "")
    assert "25 February 2026" not in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_pixels_have_the_shape_of_the_paper() -> None:
    """Every page comes as wide as asked, in its own proportion, with something on it."""
    settings = Settings(paper=Paper.LETTER)
    pdf = page_pdf(PageKind.PHYSICIAN, trend(whole_record()), CATALOGUE, settings, SAY)
    pages = tuple(page_pixels(pdf, 170))
    assert len(pages) == len(PdfReader(BytesIO(pdf)).pages)
    for page in pages:
        assert page.width == 170
        assert page.height == pytest.approx(170 * 11 / 8.5, abs=1)
        assert len(page.pixels) == page.width * page.height * 4
        assert len(set(page.pixels)) > 10
