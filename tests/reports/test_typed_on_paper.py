"""What people typed, on paper: of any length and direction, and no label off the sheet."""

import gettext
import time
from collections.abc import Callable
from typing import Any

import pytest

from app.bidi import visual
from app.language import Words, words
from app.lettering import Run
from app.records.model import PatientRecord, VisitContext
from app.reports.fonts import Fonts
from app.reports.making import PageChoice, PageKind, page_pdf
from app.reports.textblock import TextBlock
from app.settings import Settings
from app.trends.compose import FigureOptions, compose
from tests.builders import replace
from tests.courses import CATALOGUE, child, event, record, sheet, treatment, trend, visit
from tests.reports import pdf

EN = words()
LONG = 20_000
NAME = "כהן (שרי)"

Change = Callable[[PatientRecord, str], PatientRecord]


def page(kind: PageKind, made: PatientRecord, say: Words = EN, site: str = "") -> bytes:
    """Return a page of a record."""
    return page_pdf(PageChoice(kind), trend(made), CATALOGUE, Settings(site=site), say)


def named(made: PatientRecord, text: str) -> PatientRecord:
    """Give the patient a name."""
    return replace(made, patient=replace(made.patient, given_name=text, family_name=text))


def rated(made: PatientRecord, text: str) -> PatientRecord:
    """Give every visit a rater."""
    return replace(made, visits=tuple(replace(each, rater=text) for each in made.visits))


def noted(made: PatientRecord, text: str) -> PatientRecord:
    """Give the last visit a note."""
    *others, last = made.visits
    return replace(made, visits=(*others, replace(last, context=VisitContext(note=text))))


def given(made: PatientRecord, text: str) -> PatientRecord:
    """Name a treatment that is not in the list."""
    named = treatment("x", "other", "2025-03-01", note=text)
    return replace(made, treatments=(*made.treatments, named))


def happened(made: PatientRecord, text: str) -> PatientRecord:
    """Give every event a note and an author."""
    events = tuple(replace(each, note=text, author=text) for each in made.events)
    return replace(made, events=events)


def diagnosed(made: PatientRecord, text: str) -> PatientRecord:
    """Name a diagnosis that is not in the list."""
    return replace(
        made,
        patient=replace(made.patient, diagnosis="other", diagnosis_note=text, patient_id=text),
    )


LONG_TEXTS = ["word " * (LONG // 5), "x" * LONG, "שלום (עולם) " * (LONG // 12)]
CHANGES = [named, rated, noted, given, happened, diagnosed]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("text", LONG_TEXTS)
@pytest.mark.parametrize("kind", list(PageKind))
def test_a_text_of_any_length_is_shortened_or_wrapped(
    change: Change, text: str, kind: PageKind
) -> None:
    """Whoever typed it, and wherever it stands: a page comes out."""
    assert page(kind, change(child(), text)).startswith(b"%PDF")


@pytest.mark.parametrize("text", LONG_TEXTS)
def test_a_note_of_twenty_thousand_letters_takes_no_two_seconds(text: str) -> None:
    """In every direction; what is measured is this process alone."""
    page(PageKind.PHYSICIAN, child())
    start = time.process_time()
    found = page(PageKind.PHYSICIAN, noted(child(), text))
    assert time.process_time() - start < 2
    assert len(pdf.pages(found)) > 3


def test_a_long_note_stands_whole() -> None:
    """A note is wrapped over as many pages as it takes, never shortened."""
    numbers = [f"n{number}" for number in range(2000)]
    found = pdf.text(page(PageKind.PHYSICIAN, noted(child(), " ".join(numbers)))).split()
    assert [word for word in found if word in set(numbers)] == numbers


def test_brackets_of_a_right_to_left_name_keep_their_place_in_every_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the head, under a date, in a note of two lines, behind a sentence, in the chart."""
    drawn: list[str] = []
    runs = Fonts.runs

    def spied(self: Fonts, *asked: Any) -> tuple[Run, ...]:
        found = runs(self, *asked)
        drawn.append("".join(run.text for run in found))
        return found

    monkeypatch.setattr(Fonts, "runs", spied)
    monkeypatch.setattr(TextBlock, "_find_boxes", lambda _self: None)
    made = noted(rated(named(child(), NAME), NAME), f"first line\n{NAME}")
    made = happened(given(diagnosed(made, NAME), NAME), NAME)
    for kind in PageKind:
        drawn.clear()
        page(kind, made, site=NAME)
        told = [text for text in drawn if visual("שרי") in text]
        assert [text for text in told if visual(NAME) not in text] == []
        assert len(told) > 5


def test_a_line_break_in_what_stands_on_a_chart_is_a_space() -> None:
    """Event, treatment, dose and rater; no box stands for the line end."""
    made = record(
        [visit("2025-01-01", sheet("oms", "111111"), rater="Ann\nLee")],
        [treatment("x", "other", "2024-12-01", note="New\r\nagent")],
        [event("other", "2025-01-02", note="first\n second\u2028third")],
    )
    figure = compose(trend(made), CATALOGUE, EN, FigureOptions())
    assert [each.label for each in figure.events] == ["first second third"]
    assert [each.label for each in figure.lanes] == ["New agent"]
    assert [each.label for each in figure.starts] == ["day 0 · New agent"]
    assert [each.rater for each in figure.raters] == ["Ann Lee"]
    assert "□" not in pdf.text(page(PageKind.PHYSICIAN, made))
    assert [run.text for run in Fonts().runs("a\nb\x0bc")] == ["a b c"]


def test_nothing_typed_on_a_chart_turns_what_stands_behind_it_round() -> None:
    """Event, treatment and rater: an override goes, a control is a space, a joiner stays."""
    made = record(
        [visit("2025-01-01", sheet("oms", "111111"), rater="Ann\u202e\x07Lee")],
        [treatment("x", "other", "2024-12-01", note="New\u202eagent")],
        [event("other", "2025-01-02", note="می\u200cروم\u202b", author="a\u202db")],
    )
    figure = compose(trend(made), CATALOGUE, EN, FigureOptions())
    assert [each.label for each in figure.events] == ["می\u200cروم"]
    assert figure.events[0].words.splitlines()[2:] == ["marked by ab", "می\u200cروم"]
    assert [each.label for each in figure.lanes] == ["Newagent"]
    assert figure.lanes[0].bars[0].words.startswith("Newagent\n")
    assert [each.rater for each in figure.raters] == ["Ann Lee"]


class Marking(gettext.NullTranslations):
    """Puts marks around every text that is asked for."""

    def gettext(self, message: str) -> str:
        """Return the text between marks."""
        return f"«{message}»"


def test_context_and_reasons_are_translated_on_paper() -> None:
    """What the screen says in its language, the page says in its own."""
    context = VisitContext("less_than_usual", "fever", "yes", "fair", "as typed")
    made = record([visit("2025-01-01", sheet("oms", "11111x"), context=context)])
    found = pdf.text(page(PageKind.PHYSICIAN, made, Words("en", Marking())))
    for text in ("less than usual", "fever", "yes, missed", "fair", "not testable: «asleep»"):
        assert f"«{text}»" in found
    assert "«as typed»" not in found
