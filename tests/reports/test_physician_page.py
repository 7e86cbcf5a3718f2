"""The physician page, read back as a reader would."""

import gettext
from decimal import Decimal

import pytest

from app.language import Words, words
from app.records.model import (
    Event,
    EventFacts,
    PatientFacts,
    PatientRecord,
    Sequela,
    SequelaFacts,
    Signature,
    VisitContext,
    VisitState,
)
from app.reports.physician import physician_pdf
from app.settings import Paper, Settings
from app.trends.compose import compose
from app.trends.figure import Figure
from scales.model import Declined
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    FACTS,
    empty,
    finding,
    long_course,
    record,
    sheet,
    signed_visit,
    step,
    totals,
    treatment,
    trend,
    typed,
    weight,
    when,
    whole_record,
)
from tests.reports import pdf

SETTINGS = Settings(site="Children's Neurology, St Elsewhere")
TORTURE = PatientFacts("<40&>'\"1", 'Zoë "Zo" <b>O\'Neil</b>', "& Söhne", FACTS.birth_date)


def page(record: PatientRecord, settings: Settings = SETTINGS, say: Words | None = None) -> bytes:
    """Return the physician page of a record."""
    say, course = say or words(), trend(record)
    figure = compose(course, CATALOGUE, say)
    return physician_pdf(course, figure, CATALOGUE, settings, say)


@pytest.fixture(scope="module")
def whole() -> bytes:
    """Return the page of the invented child."""
    return page(whole_record(caution="All scores are illustrative."))


def test_each_page_says_who_what_day_and_which_page(whole: bytes) -> None:
    """Identity, caution, day, number and the sentence on what the app is not stand everywhere."""
    found = pdf.pages(whole)
    assert len(found) > 1
    for number, words_of_page in enumerate(found, start=1):
        for expected in (
            "Amira Haddad",
            "born 14 March 2023",
            "2 y 10 m at the last visit",
            "ID 40-1187",
            "OMS with neuroblastoma",
            "28 January 2026",
            "Children's Neurology, St Elsewhere",
            "All scores are illustrative.",
            "Not certified as a medical device. Never the only basis of a decision.",
            f"page {number} of {len(found)}",
        ):
            assert expected in words_of_page


def test_the_same_record_gives_the_same_bytes(whole: bytes) -> None:
    """Nothing but the input decides what is in the file."""
    assert page(whole_record(caution="All scores are illustrative.")) == whole


def test_the_file_says_what_it_is(whole: bytes) -> None:
    """Title, author and language are set, and a reader shows the title."""
    found = pdf.reader(whole)
    assert found.metadata is not None
    assert found.metadata.title == "Course of Amira Haddad"
    assert found.metadata.author == "Children's Neurology, St Elsewhere"
    assert str(found.root_object["/Lang"]) == "en"
    assert "DisplayDocTitle" in str(found.root_object["/ViewerPreferences"])


@pytest.mark.parametrize("record", [whole_record(), empty(), whole_record(TORTURE)])
def test_every_font_is_in_the_file(record: PatientRecord) -> None:
    """A page looks the same on any machine."""
    assert pdf.unembedded(page(record)) == []


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_paper_is_the_unit_s_own(paper: Paper, size: tuple[int, int]) -> None:
    """The page has the size that the unit chose."""
    box = pdf.reader(page(empty(), Settings(paper=paper))).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_items_stand_side_by_side_for_three_visits(whole: bytes) -> None:
    """Only the last three visits are itemised; the sentence says how many there are."""
    found = pdf.text(whole)
    assert "Items of the last three visits" in found
    assert "The record holds 12 signed visits" in found
    assert "11 Sep 2025, 10:40" in found
    assert "14 Aug 2025, 10:40" not in found


def test_missing_items_are_told_apart() -> None:
    """Open, not testable and declined are words of their own, and none of them is 0."""
    given = sheet("five_feature", "0x-.1")
    found = pdf.text(page(replace(empty(), visits=(signed_visit("2026-01-28", given),))))
    assert "Eyes (opsoclonus) 0" in found
    assert "Jerks (myoclonus) not testable: asleep" in found
    assert "Gait declined" in found
    assert "Sleep open" in found
    why = "Jerks (myoclonus) not testable, Gait declined, Sleep not scored"
    assert f"no total: {why}" in found


class _German(gettext.NullTranslations):
    """Knows the words of one visit."""

    def gettext(self, message: str) -> str:
        """Return what it knows, else the source text."""
        known = {"asleep": "schläft", "hardly": "kaum"}
        return known.get(message, message.replace(" of {highest}", " von {highest}"))


def test_a_page_in_another_language_is_in_it_throughout() -> None:
    """Dates, decimal marks, and the reasons and context that a list knows; free text stays."""
    visits = (
        signed_visit("2026-01-10", sheet("sara", "0" * 10 + "10")),
        signed_visit(
            "2026-01-28",
            sheet("five_feature", "0x111"),
            context=VisitContext(slept="hardly", ill="mumps?"),
        ),
    )
    found = pdf.text(page(replace(empty(), visits=visits), say=Words("de", _German())))
    assert "0,5 von 40" in found
    assert "not testable: schläft" in found
    assert "Slept kaum" in found
    assert "mumps?" in found
    assert "28. Jan. 2026, 10:40" in found
    assert "As of 28. Januar 2026" in found


def test_sides_stand_right_before_left(whole: bytes) -> None:
    """An item with sides shows both."""
    assert "Finger chase R 0 / L 1" in pdf.text(whole)


def test_a_typed_total_says_so() -> None:
    """A total from paper is marked, and a scale that was not done is not empty by accident."""
    visits = (
        signed_visit("2026-01-01", typed("oms5", "9")),
        signed_visit("2026-01-28", sheet("oms", "111111")),
    )
    found = pdf.text(page(replace(empty(), visits=visits)))
    assert "9 of 15, typed from paper not done at this visit" in found


def test_an_amended_visit_says_so(whole: bytes) -> None:
    """The version and the reason of an amendment are told."""
    found = pdf.text(whole)
    assert "Amended, version 2" in found
    assert "Reason for the amendment Speech was scored late" in found


def test_a_kept_question_is_told(whole: bytes) -> None:
    """What the rater looked at and kept stands with the sheet."""
    assert "Walks alone, yet cannot stand alone: keep?" in pdf.text(whole)


def test_a_start_is_told_in_numbers_days_and_per_cent(whole: bytes) -> None:
    """Before, first lower, first zero, best and last, with the caution about other starts."""
    found = pdf.text(whole)
    for expected in (
        "Since the first IVIg 1 Jan 2025",
        "Before 16 day 0",
        "First lower 14 day 9",
        "First zero 0 day 392",
        "Best, and last 0 day 392 · \N{EN DASH}100 %",
        "Prednisolone and Trazodone began within 14 days. Their effects cannot be told apart.",
    ):
        assert expected in found


def test_treatments_stand_with_steps_and_precision(whole: bytes) -> None:
    """A month stays a month, and each dose step has its dates."""
    found = pdf.text(whole)
    assert "Rituximab Feb 2025 Feb 2025" in found
    assert "24 Dec 2024 to 1 Mar 2025: 2 mg/kg daily" in found
    assert "since 14 Jun 2025: 0.1 mg/kg every other day" in found


def test_a_paused_and_a_planned_treatment_are_told_as_that() -> None:
    """In the table too, beside the route: paused is not stopped, and planned does not run."""
    steps = (step("20", "mg", "daily"), step("0", "mg", "", "2026-01-10", note="fever"))
    treatments = (
        treatment("a", "prednisolone", "2025-12-01", "", *steps),
        treatment("b", "ivig", "2026-02-10"),
    )
    found = pdf.text(page(replace(whole_record(), treatments=treatments)))
    table = found[found.index("Treatments Treatment Route") :]
    assert "1 Dec 2025 paused since 10 Jan 2026" in table
    assert "since 10 Jan 2026: paused (fever)" in table
    assert "planned from 10 Feb 2026" in table


def test_events_measures_and_troubles_stand(whole: bytes) -> None:
    """A relapse is told by its totals; the latest of each measure stands."""
    found = pdf.text(whole)
    assert "12 Jun 2025 to 12 Jul 2025 Relapse marked by Dr Lindqvist" in found
    assert "Weight (kg) 13.6 28 Jan 2026" in found
    assert "13.2" not in found
    assert "Speech No 28 Jan 2026" in found


def test_two_weights_of_one_day_both_stand() -> None:
    """Which of them is right is for people to see; one of an earlier day is left out."""
    weights = (
        weight("2026-01-27", "9"),
        weight("2026-01-28", "14.2"),
        weight("2026-01-28", "41.2"),
    )
    found = pdf.text(page(replace(whole_record(), measures=weights)))
    assert "Weight (kg) 14.2 28 Jan 2026" in found
    assert "Weight (kg) 41.2 28 Jan 2026" in found
    assert "27 Jan 2026" not in found


def test_many_events_are_shortened_and_that_is_said() -> None:
    """The latest forty events stand; the sentence counts them all."""
    events = tuple(
        Event(
            f"e{number}",
            "p",
            EventFacts(date=when(f"20{10 + number // 12}-{number % 12 + 1:02d}"), kind="fever"),
        )
        for number in range(50)
    )
    found = pdf.text(page(replace(whole_record(), events=events)))
    assert "The record holds 50 events; the latest 40 are listed." in found


def test_the_last_signature_stands(whole: bytes) -> None:
    """Name, role, moment and meaning of the last signature."""
    found = pdf.text(whole)
    assert "Visit of 28 January 2026: signed by M. Okafor, nurse, 28 Jan 2026, 10:40." in found
    assert "Meaning of the signature: I scored this visit." in found


def test_an_imported_visit_names_its_rater() -> None:
    """An imported visit says so, who rated it, and who brought it in."""
    plain = signed_visit("2026-01-28", typed("sara", "9.5"), rater="", state=VisitState.IMPORTED)
    assert isinstance(plain.signature, Signature)
    signed = replace(plain, signature=replace(plain.signature, name="K. Keeper"))
    found = pdf.text(page(replace(empty(), visits=(signed,))))
    assert "Visit of 28 January 2026: imported; rater not recorded." in found
    assert "Brought in by K. Keeper, nurse, 28 Jan 2026, 10:40." in found
    bare = replace(replace(plain, signature=None), rater="Dr Far")
    assert "imported; rater Dr Far." in pdf.text(page(replace(empty(), visits=(bare,))))


def test_scales_name_version_source_and_how_far_they_are_checked(whole: bytes) -> None:
    """The reader learns where each number comes from."""
    found = pdf.text(whole)
    assert (
        "OMS rating scale, six items version 2 · Scale by Mitchell and Pike; source paper not yet"
        in found
    )
    assert "PMID 16769946" in found
    assert "criteria in our own words, not yet checked against the paper" in found
    assert "bedside sheet of this app, not a validated scale" in found


def test_what_people_typed_appears_unchanged() -> None:
    """Quotes, brackets and ampersands stand as typed."""
    found = pdf.text(page(whole_record(TORTURE)))
    assert 'Zoë "Zo" <b>O\'Neil</b> & Söhne' in found
    assert "ID <40&>'\"1" in found
    assert "Came with <both> parents & a cold." in found


def test_a_missing_letter_is_a_box_and_each_page_says_so() -> None:
    """A name with an emoji is printed, with a sentence on what the box means."""
    facts = replace(FACTS, given_name="Ami😀")
    for words_of_page in pdf.pages(page(whole_record(facts))):
        assert "Ami□" in words_of_page.replace(" □", "□")
        assert "A box stands for a character that this page's fonts do not have." in words_of_page


def test_right_to_left_names_are_drawn_joined_and_in_order() -> None:
    """An Arabic name stands in drawing order, the birth date after it untouched."""
    facts = replace(FACTS, given_name="أميرة", family_name="")
    found = pdf.text(page(empty(facts)))
    assert "ﺃﻣﻴﺮﺓ" in found  # pypdf turns the letters back to reading order
    assert "born 14 March 2023" in found
    assert "box" not in found


def test_an_empty_record_says_so() -> None:
    """A patient without visits gets one calm page."""
    found = pdf.pages(page(empty()))
    assert len(found) == 1
    assert "No visit is signed yet." in found[0]


@pytest.mark.parametrize("letters", ["x" * 2000, "אב " * 400])
def test_a_name_of_any_length_is_printed(letters: str) -> None:
    """However long a name is, the page is made."""
    assert page(empty(replace(FACTS, given_name=letters))).startswith(b"%PDF")


def test_a_note_longer_than_a_page_is_printed_whole() -> None:
    """A long note runs on over the next pages."""
    last = whole_record().visits[-1]
    note = f"{'word ' * 4000}end-of-note"
    changed = replace(last, context=replace(last.facts.context, note=note))
    found = pdf.text(page(replace(whole_record(), visits=(*whole_record().visits[:-1], changed))))
    assert "end-of-note" in found
    assert found.count("word ") >= 4000


def test_a_name_of_a_treatment_longer_than_a_page_is_printed() -> None:
    """A long free name is shortened beside the starts and stands whole in the table."""
    record = whole_record()
    named = replace(record.treatments[0], agent="other", note="long " * 3000 + "end-of-name")
    assert "end-of-name" in pdf.text(page(replace(record, treatments=(named,))))


def test_many_lanes_still_fit() -> None:
    """A figure taller than the page is made smaller, not cut."""
    record = whole_record()
    many = tuple(
        replace(
            replace(record.treatments[1], id=f"t{number}"), agent="other", note=f"Agent {number}"
        )
        for number in range(40)
    )
    assert "Agent 39" in pdf.pages(page(replace(record, treatments=many)))[0]


def test_a_long_course_stays_small() -> None:
    """Two hundred visits in three scales stay under 200 kB, and three visits are itemised."""
    made = page(long_course())
    assert len(made) < 200_000
    assert len(pdf.pages(made)) <= 4


def test_the_corrected_age_stands_beside_the_age() -> None:
    """Of a child who was born early and is under two at the last visit."""
    early = replace(FACTS, birth_date=when("2024-06-02"), gestation_weeks=Decimal(28))
    assert "1 y 7 m (corrected 1 y 5 m) at the last visit" in pdf.text(page(whole_record(early)))


def test_the_last_finding_of_each_name_stands_on_the_page() -> None:
    """With its day, what was found, and when the next look is due; an earlier one is left out."""
    findings = (
        finding("tumour", "2025-01-03", "MRI", "uncertain", next_date="2025-05-03"),
        finding("tumour", "2025-05-03", "MRI", "negative", next_date="2026-05-03"),
        finding("antibody", "2025-02", "anti-Hu", value="320", unit="U/ml"),
        finding("csf", "2027-02", "cells", value="1"),
    )
    found = pdf.text(page(replace(whole_record(), findings=findings)))
    row = found[found.index("Last looked for") :]
    for told in (
        "Search for a tumour: MRI", "none found", "3 May 2025", "next look due 3 May 2026",
        "Antibody: anti-Hu", "320 U/ml", "Feb 2025",
    ):  # fmt: skip
        assert told in row
    assert "uncertain" not in row
    assert "cells" not in row
    assert "Last looked for" not in pdf.text(page(whole_record()))


def test_a_dose_stands_with_how_it_was_given_and_the_last_weight() -> None:
    """Brand, batch and reaction whole and as typed, in any script; of a plan none of them."""
    long = f"{'rash and fever, ' * 400}end-of-reaction"
    told = (("<b>Privigen</b> & co", "4711", long), ("Kiovig", "קבוצה", "חום"), ("", "", ""))
    given_doses = (
        replace(step("1", "g/kg", "once", day), brand=brand, batch=batch, reaction=reaction)
        for day, (brand, batch, reaction) in zip(
            ("2025-12-03", "2026-01-28", "2026-02-28"), told, strict=True
        )
    )
    plan = replace(step("1", "g/kg", "once", "2026-03-28"), brand="Flebogamma", reaction="none")
    ivig = treatment("i", "ivig", "2025-12-03", "", *given_doses, plan)
    found = pdf.text(page(replace(whole_record(), treatments=(ivig,))))
    known = "brand <b>Privigen</b> & co · batch 4711 · reaction: rash"
    assert f"3 Dec 2025: 1 g/kg once · last weight 13.2 kg, 3 Dec 2025 · {known}" in found
    assert "end-of-reaction" in found
    assert found.count("rash and fever,") == 400
    assert "brand Kiovig · batch קבוצה · reaction: חום" in found
    assert "planned for 28 Feb 2026: 1 g/kg once · last weight 13.6 kg, 28 Jan 2026" in found
    assert "Flebogamma" not in found
    assert "side effect" not in found.lower()


def test_a_weight_is_not_parted_from_its_unit() -> None:
    """A line of the page ends before or behind the whole of it."""
    steps = tuple(
        step("1", "g/kg", "once", f"2025-12-{day:02d}", note="x" * (day * 4))
        for day in range(3, 20)
    )
    made = replace(whole_record(), treatments=(treatment("i", "ivig", "", "", *steps),))
    lines = [
        " ".join(line.split())
        for one in pdf.reader(page(made)).pages
        for line in one.extract_text().splitlines()
    ]
    weighed = [line for line in lines if "last weight" in line]
    assert len(weighed) == len(steps)
    assert all(line.endswith("last weight 13.2 kg, 3 Dec 2025") for line in weighed)


def test_two_states_of_one_day_both_stand() -> None:
    """A trouble that was seen is not hidden by one that was not, and an earlier state is."""
    states = (("a", "2025-06-01", "no"), ("b", "2026-01-28", "yes"), ("c", "2026-01-28", "no"))
    sequelae = tuple(
        Sequela(name, "p", SequelaFacts(date=when(day), kind="speech", state=state))
        for name, day, state in states
    )
    found = pdf.text(page(replace(whole_record(), sequelae=sequelae)))
    assert "Speech Yes 28 Jan 2026 Speech No 28 Jan 2026" in found
    assert "Speech No 1 Jun 2025" not in found


def test_an_unknown_birth_date_says_so() -> None:
    """Without a birth date no age is told."""
    found = pdf.text(page(whole_record(replace(FACTS, birth_date=None, diagnosis=""))))
    assert "birth date not recorded" in found
    assert "at the last visit" not in found


def test_other_diagnoses_are_told_by_their_note() -> None:
    """A diagnosis outside the list stands as typed; a note beside a listed one stands too."""
    other = replace(FACTS, diagnosis="other", diagnosis_note="Kinsbourne, <unclear>")
    assert "Kinsbourne, <unclear>" in pdf.text(page(empty(other)))
    noted = replace(FACTS, diagnosis_note="stage 1")
    assert "OMS with neuroblastoma (stage 1)" in pdf.text(page(empty(noted)))


def test_starts_without_an_immune_agent_are_told_too() -> None:
    """Where nothing acts on the immune system, every start is told."""
    record = whole_record()
    found = pdf.text(page(replace(record, treatments=(record.treatments[1],))))
    assert "Since the first Trazodone" in found


def test_repeated_starts_of_one_agent_are_told_once_where_many() -> None:
    """Beyond six starts only the first of each agent has a block."""
    record = whole_record()
    monthly = tuple(
        replace(
            replace(record.treatments[2], id=f"t{month}", doses=()),
            start=when(f"2025-{month:02d}-01"),
        )
        for month in range(1, 9)
    )
    found = pdf.text(page(replace(record, treatments=monthly)))
    assert "Since the first IVIg" in found
    assert "Since IVIg" not in found


def test_adults_are_told_what_noise_is_published() -> None:
    """SARA in an adult carries its published noise, and only there."""
    facts = replace(FACTS, birth_date=when("1970-01-01"))
    visits = (
        signed_visit("2025-01-01", typed("sara", "12")),
        signed_visit("2025-06-01", typed("sara", "9.5")),
    )
    record = replace(whole_record(facts), visits=visits)
    assert "a live and a video rating" in pdf.text(page(record))


def test_a_dose_step_of_one_day_has_one_date() -> None:
    """A step that starts and stops on one day is told by that day."""
    record = whole_record()
    ivig = record.treatments[2]
    day = when("2025-01-01")
    single = replace(ivig.doses[0], start=day, stop=day, dose=Decimal(2), frequency="once")
    changed = replace(ivig, doses=(single,))
    found = pdf.text(page(replace(record, treatments=(changed,))))
    assert "1 Jan 2025: 2 g/kg once" in found


def test_the_day_is_an_input() -> None:
    """The printed day is the day the course stands at, not the machine's."""
    assert f"As of {AS_OF.day} January {AS_OF.year}" in pdf.text(page(empty()))


def test_a_declined_item_keeps_its_reason() -> None:
    """Why an item was declined stands beside the word."""
    given = sheet("five_feature", "0000-")
    answers = {**given.answers, CATALOGUE.find("five_feature").keys[4]: Declined("tired")}
    found = pdf.text(
        page(
            replace(empty(), visits=(signed_visit("2026-01-28", replace(given, answers=answers)),))
        )
    )
    assert "Irritability declined: tired" in found


def test_a_signature_without_a_meaning_prints_none() -> None:
    """No sentence begins about a meaning that was not told."""
    plain = signed_visit("2026-01-28", typed("sara", "9.5"))
    assert plain.signature is not None
    signed = replace(plain, signature=replace(plain.signature, meaning=""))
    assert "Meaning" not in pdf.text(page(replace(empty(), visits=(signed,))))


def test_noise_that_differs_between_starts_stands_with_each() -> None:
    """A patient who came of age between two starts has published noise for the later one only."""
    record = replace(
        whole_record(replace(FACTS, birth_date=when("2007-06-01"))),
        visits=tuple(
            signed_visit(day, typed("sara", total))
            for day, total in (("2025-01-01", "12"), ("2025-07-01", "10"), ("2025-12-01", "6"))
        ),
        treatments=(
            treatment("a", "ivig", "2025-01-02"),
            treatment("b", "rituximab", "2025-07-02"),
        ),
    )
    found = pdf.text(page(record))
    start, end = found.index("Since the first IVIg"), found.index("Treatments Treatment")
    noise = "No measurement error that could be checked was found for this scale."
    assert noise in found[start:end]
    assert "a live and a video rating" in found[start:end]


def test_a_figure_may_show_more_than_the_record_tells(figure: Figure) -> None:
    """A panel without a series of its own is drawn, and nothing is told about it."""
    course = trend(replace(whole_record(), visits=whole_record().visits[:3]))
    found = pdf.text(physician_pdf(course, figure, CATALOGUE, SETTINGS, words()))
    assert "of 18 · OMS scale" in found
    assert "of 40" not in found


def test_no_total_is_parted_by_a_line_end() -> None:
    """A total with a half stands whole in every block of three."""
    record = replace(
        whole_record(),
        visits=(
            signed_visit("2024-12-23", typed("sara", "39.5")),
            signed_visit("2025-01-14", typed("sara", "20.5")),
            signed_visit("2025-02-10", typed("sara", "10.5")),
        ),
    )
    told = pdf.text(page(record)).split()
    assert {"39.5", "20.5", "10.5"} <= set(told)
    assert {"39.", "20.", "10."}.isdisjoint(told)


def test_zeros_stand_with_the_last_total() -> None:
    """The longest run and the present one, as the screen tells them."""
    made = record(totals("oms", {"2025-01-01": "0", "2025-03-01": "0"}))
    told = "0 at the last 2 visits that scored it, 1 Jan 2025 and 1 Mar 2025, 59 days apart."
    assert told in " ".join(pdf.text(page(made)).split())
