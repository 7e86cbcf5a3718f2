"""The family page, read back as a reader would."""

import re

import pytest

from app.errors import UserError
from app.language import words
from app.records.lists import code_list
from app.records.model import PatientFacts, PatientRecord
from app.reports.family import family_pdf
from app.settings import Paper, Settings
from app.trends.compose import FigureOptions, compose
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    FACTS,
    empty,
    long_course,
    record,
    sheet,
    signed_visit,
    step,
    totals,
    treatment,
    trend,
    typed,
    when,
    whole_record,
)
from tests.reports import pdf

SETTINGS = Settings(
    site="Children's Neurology, St Elsewhere",
    phone="555 0142",
    call_us="the jerks come back, or sleep breaks down for two nights.",
)
TORTURE = PatientFacts("<40&>'\"1", 'Zoë "Zo" <b>', "O'Neil & Söhne 😀", FACTS.birth_date)


def page(record: PatientRecord, settings: Settings = SETTINGS, next_visit: str = "") -> bytes:
    """Return the family page of a record."""
    course = trend(record)
    figure = compose(course, CATALOGUE, words(), FigureOptions(is_simple=True))
    return family_pdf(course, figure, CATALOGUE, settings, words(), next_visit)


def many_agents() -> PatientRecord:
    """Return the whole record with one treatment of every agent."""
    record = whole_record()
    treatments = tuple(
        replace(replace(record.treatments[0], id=agent.id), treatment_id=agent.id, agent=agent.id)
        for agent in code_list("agents").entries
    )
    return replace(record, treatments=treatments)


def full_page_records() -> list[PatientRecord]:
    """Return courses that fill a page in different ways."""
    open_visit = signed_visit("2026-01-28", sheet("five_feature", "0x-.1"))
    short_dates = (
        signed_visit("2001-01", typed("icars", "60")),
        signed_visit("2002-09", typed("icars", "8")),
    )
    return [
        whole_record(caution="All scores are illustrative."),
        whole_record(TORTURE),
        empty(),
        long_course(),
        many_agents(),
        replace(whole_record(), visits=(*whole_record().visits[:-1], open_visit)),
        replace(whole_record(), visits=short_dates),
        replace(whole_record(), visits=whole_record().visits[-1:], treatments=(), events=()),
        whole_record(
            replace(FACTS, given_name="Maximiliane " * 12, family_name="von Hohenfels " * 6)
        ),
    ]


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("number", range(9))
def test_one_side_in_twelve_points_with_every_font_inside(number: int, paper: Paper) -> None:
    """Whatever the record, one side, no letter below 12 points, every font in the file."""
    made = page(full_page_records()[number], replace(SETTINGS, paper=paper), "5 March, 10:00")
    assert len(pdf.pages(made)) == 1
    assert min(pdf.sizes(made)) >= 12
    assert pdf.unembedded(made) == []


def test_the_page_reads_from_the_score_down() -> None:
    """Who, the score, the chart, the features, the treatments, whom to call, the next visit."""
    found = pdf.text(page(whole_record(), next_visit="Wednesday 25 February 2026, 10:00"))
    for expected in (
        "How Amira is doing",
        "Amira Haddad born 14 March 2023 ID 40-1187",
        "On 28 January 2026 the score was 0 out of 18. Every item of this scale was scored 0.",
        "Last time, on 3 December 2025, it was 1.",
        "Score at each visit. Lower is better.",
        "Eye movements none seen none seen almost nonstop",
        "Recorded on 28 January 2026",
        "Prednisolone (a steroid), since 24 December 2024.",
        "Follow your prescription.",
        "Please call us if the jerks come back, or sleep breaks down for two nights.",
        "Phone: 555 0142",
        "Next visit: Wednesday 25 February 2026, 10:00",
        "Not certified as a medical device. Never the only basis of a decision.",
        "criteria in our own words, not yet checked against the paper",
    ):
        assert expected in found


def test_the_same_record_gives_the_same_bytes() -> None:
    """Nothing but the input decides what is in the file."""
    assert page(whole_record()) == page(whole_record())


def test_the_file_says_what_it_is() -> None:
    """Title, author and language are set, and a reader shows the title."""
    found = pdf.reader(page(whole_record()))
    assert found.metadata is not None
    assert found.metadata.title == "Page for the family of Amira Haddad"
    assert found.metadata.author == "Children's Neurology, St Elsewhere"
    assert str(found.root_object["/Lang"]) == "en"
    assert "DisplayDocTitle" in str(found.root_object["/ViewerPreferences"])


def test_empty_settings_leave_lines_to_write_on() -> None:
    """Without a text of the unit's own there is room to write, and no words of ours."""
    found = pdf.text(page(whole_record(), Settings()))
    assert "Please call us if Phone: Next visit:" in found


def test_no_treatment_is_said() -> None:
    """Where nothing is recorded, nobody is told to follow a prescription."""
    found = pdf.text(page(empty()))
    assert "No treatment is recorded as begun." in found
    assert "Follow your prescription." not in found


def test_the_family_of_a_child_who_died_is_told_to_do_nothing() -> None:
    """No prescription to follow, no call to make, no visit to write down."""
    made = whole_record()
    patient = replace(made.patient, status="died", status_date=when("2026-01-20"))
    died = replace(made, patient=patient)
    found = pdf.text(page(died))
    assert "The record of Amira" in found
    for told in ("Follow your prescription.", "Please call us if", "Phone:", "Next visit:"):
        assert told not in found
    assert "Next visit: with Dr Shah" in pdf.text(page(died, next_visit="with Dr Shah"))


def _given() -> PatientRecord:
    """Return the whole record with a dose of which all is known that can be."""
    known = {"brand": "Privigen", "batch": "4711", "reaction": "rash", "given": "as_planned"}
    dose = replace(step("1", "g/kg", "once", "2026-01-28"), **known)
    return replace(whole_record(), treatments=(treatment("i", "ivig", "2026-01-28", "", dose),))


@pytest.mark.parametrize("record", [whole_record(), long_course(), _given()])
def test_no_dose_is_on_the_page(record: PatientRecord) -> None:
    """Neither an amount with its unit nor how often, in words or on the chart, nor a weight.

    Nothing of how it was given either.
    """
    assert any(one.doses for one in record.treatments)
    found = pdf.text(page(record, next_visit="5 March 2026"))
    assert not re.search(r"\d\s*(mg|g|kg|ml|micrograms?|units?)\b", found)
    assert not re.search(r"weight|Privigen|4711|rash|as planned", found)
    assert not re.search(r"\b(daily|alternate|weekly|monthly|twice|taper)", found)


def test_treatments_left_out_are_counted() -> None:
    """A page that cannot hold every treatment says how many more there are."""
    assert "more treatments are in the record." in pdf.text(page(many_agents()))


def test_what_people_typed_appears_unchanged() -> None:
    """Quotes, brackets and ampersands stand as typed; a missing letter is a box that is told."""
    found = pdf.text(page(whole_record(TORTURE), next_visit="<b>5 & 6</b>"))
    assert 'Zoë "Zo" <b> O\'Neil & Söhne' in found
    assert "Next visit: <b>5 & 6</b>" in found
    assert "□" in found
    assert "A box stands for a character that this page's fonts do not have." in found


def test_the_caution_stands_on_the_page() -> None:
    """Illustrative scores are labelled here too."""
    caution = "All scores are illustrative."
    assert caution in pdf.text(page(whole_record(caution=caution)))


def test_a_page_without_visits_and_site_has_no_line_for_them() -> None:
    """Nothing stands below the title where nothing is known."""
    found = pdf.text(page(empty(), Settings()))
    assert found.startswith("How Amira is doing Amira Haddad")


def test_texts_that_leave_no_room_are_refused_in_words() -> None:
    """A text of the unit's own that cannot fit is refused, never cut."""
    with pytest.raises(UserError, match="does not fit on one page"):
        page(whole_record(), replace(SETTINGS, call_us="every day " * 2000))


def test_a_long_text_of_the_unit_s_own_stands_whole() -> None:
    """The figure gives way before a word of the unit's own does."""
    call = "one sign, or another sign, " * 60 + "or the last sign."
    found = pdf.text(page(whole_record(), replace(SETTINGS, call_us=call)))
    assert "or the last sign." in found
    assert "On 28 January 2026 the score was 0 out of 18." in found


def test_two_visits_close_together_are_drawn() -> None:
    """Events without a stop, and marks at the edge, find a place."""
    record = whole_record()
    single = replace(record.events[1], stop=None)
    late = replace(replace(record.events[1], id="e9"), date=when("2026-01-28"), stop=None)
    assert page(replace(record, events=(single, late))).startswith(b"%PDF")


def test_no_time_at_zero_is_on_the_page() -> None:
    """A family is promised no length of a good time."""
    made = record(totals("oms", {"2025-01-01": "0", "2025-03-01": "0"}))
    told = pdf.text(page(made)).casefold()
    assert "zero" not in told
    assert "at least" not in told
