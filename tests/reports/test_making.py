"""One door to the pages, and their pixels for a preview."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.language import words
from app.reports.making import PageKind, page_pdf
from app.reports.preview import page_pixels
from app.settings import Paper, Settings
from tests.courses import CATALOGUE, trend, whole_record

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
