"""The page of a cohort: one sheet with the drawings of the screen, and nobody's name."""

from datetime import date
from decimal import Decimal

import pytest

from app.drawing.vocabulary import Drawing
from app.language import words
from app.records.cohort import Aligned, Asked, Member, TotalSince
from app.records.narrowing import Only
from app.reports import cohort as pages_of_cohorts
from app.reports.cohort import cohort_pdf
from app.reports.pages import size_of
from app.reports.painted import Painted
from app.settings import Paper
from app.trends.cohort import cohort_of
from tests.builders import replace
from tests.courses import CATALOGUE
from tests.drawing.drawn import told
from tests.made_cohort import AGENT, SCALE, made_aligned
from tests.reports.pdf import pages, reader, sizes, text, unembedded

ASKED = Asked(AGENT, SCALE, date(2026, 6, 1))
SAY = words()
NARROWED = Only("oms_idiopathic", 0, 5, date(2018, 1, 1), date(2025, 1, 31))


def _page(aligned: Aligned, paper: Paper = Paper.A4) -> bytes:
    return cohort_pdf(cohort_of(aligned), aligned.asked, CATALOGUE, paper, SAY)


def _made(count: int = 200, only: Only = Only()) -> Aligned:  # noqa: B008 - frozen
    return made_aligned(replace(ASKED, only=only), count)


@pytest.mark.parametrize("paper", list(Paper))
def test_it_is_one_sheet_of_the_chosen_paper(paper: Paper) -> None:
    """With everything that can be asked, left out and cautioned."""
    aligned = _made(only=NARROWED)
    aligned = replace(
        aligned,
        members=tuple(replace(each, caution="typed") for each in aligned.members),
        ageless=12,
    )
    found = reader(_page(aligned, paper))
    assert len(found.pages) == 1
    box = found.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(size_of(paper), abs=0.01)


def test_the_same_records_on_the_same_day_are_the_same_bytes() -> None:
    """Whenever and how often it is made."""
    assert _page(_made(40)) == _page(_made(40))


def test_it_says_what_was_asked_for_and_on_which_day() -> None:
    """Agent, scale, diagnosis, ages and the window of time; how many there are."""
    found = text(_page(_made(only=NARROWED)))
    for part in (
        "OMS scale since the first intravenous immunoglobulin (IVIg)",
        "191 patients",
        "Diagnosis: OMS without a known cause.",
        "Age at onset in completed years: 0 to 5.",
        "First start from 1 Jan 2018 to 31 Jan 2025.",
        "As of 1 June 2026",
        "days since the first intravenous immunoglobulin (IVIg); below: patients observed",
    ):
        assert part in found, part


def test_every_caution_stands_on_it() -> None:
    """What it does not compare, who is not in it, how far its scale is checked, what it is not."""
    found = text(_page(_made()))
    for part in (
        "Described, not compared: who was treated, and when, was chosen.",
        "70 of 191 patients began another treatment within 14 days of the start.",
        "9 more patients are left out: their first start is not known to the day.",
        "OMS scale: criteria in our own words, not yet checked against the paper",
        "A rare disease stays recognisable",
        "The record may have changed since.",
        "Not certified as a medical device. Never the only basis of a decision.",
    ):
        assert part in found, part


def test_a_scale_that_was_checked_needs_no_caution() -> None:
    """Its criteria were held against the paper."""
    aligned = replace(_made(12), asked=replace(ASKED, scale="sara"))
    assert "criteria" not in text(_page(aligned))


def test_both_times_are_told_with_their_curves() -> None:
    """In the words of the screen, with the numbers at risk below."""
    found = text(_page(_made()))
    assert "Change from the baseline in points, median and quartiles: day 28: " in found
    assert "Time to the first 0, by the visit that found it" in found
    assert "Half had it by day 409, as Kaplan-Meier estimates it." in found
    assert "Time to the first relapse that was marked" in found
    assert found.count("share without it; days since the start; below: patients at risk") == 2


@pytest.mark.parametrize(("count", "has_median"), [(4, False), (5, True)])
def test_fewer_than_five_have_no_median_and_fewer_than_ten_no_curve(
    count: int, *, has_median: bool
) -> None:
    """On paper as on the screen; how many there are stands in any case."""
    found = text(_page(_made(count)))
    assert ("Fewer than five patients have no median." in found) is not has_median
    assert found.count(f"No curve is told of {count} patients; it takes 10.") == 2
    assert "patients at risk" not in found
    assert ("Change from the baseline" in found) is has_median
    assert f"{count} patients" in found


def test_every_word_of_the_drawings_stands_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page sets the drawings that the screen paints, and each of their words."""
    drawn: list[Drawing] = []

    def kept(drawing: Drawing, *more: object) -> Painted:
        drawn.append(drawing)
        return Painted(drawing, *more)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(pages_of_cohorts, "Painted", kept)
    found = text(_page(_made(60)))
    assert len(drawn) == 3
    for each in drawn:
        for word in told(each):
            printed = word.replace("\N{MINUS SIGN}", "\N{EN DASH}")
            assert printed in found, word


def test_nobody_is_named_and_nothing_typed_goes_out() -> None:
    """Neither an identifier nor a birth date, nor the label that somebody gave the scores."""
    member = Member(
        patient="0199aa", start=date(2025, 3, 4), birth=None, onset=None,
        diagnosis="oms_idiopathic", caution="Ask Mrs Ekman first.",
        totals=(TotalSince(0, 0, Decimal(9)), TotalSince(30, 30, Decimal(4))), relapses=(),
        has_others=False,
    )  # fmt: skip
    pdf = _page(Aligned(ASKED, (member,) * 6, 0))
    found = text(pdf)
    assert "Ekman" not in found
    assert "2025" not in found
    assert "0199aa" not in found
    assert b"0199aa" not in pdf
    assert "The records label scores in this cohort, for example as illustrative." in found
    assert reader(pdf).metadata is not None
    assert "Ekman" not in str(reader(pdf).metadata)


def test_it_carries_its_fonts_and_can_be_read() -> None:
    """No letter is smaller than seven and a half points."""
    pdf = _page(_made())
    assert unembedded(pdf) == []
    assert min(sizes(pdf)) >= 7.5
    assert len(pages(pdf)) == 1
