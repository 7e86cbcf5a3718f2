"""What the family page says: facts of the record in plain, short words."""

import re
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.language import words
from app.records.doses import Standing
from app.records.model import PatientRecord, Treatment, Visit, VisitState
from app.reports.family_words import FamilyWords, family_words
from app.settings import Settings
from app.trends.compose import FigureOptions, compose
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    FACTS,
    empty,
    sheet,
    signed_visit,
    step,
    treatment,
    trend,
    typed,
    visit,
    when,
    whole_record,
)

SETTINGS = Settings(site="St Elsewhere", phone="555 0142", call_us="sleep breaks down.")


def told(record: PatientRecord, as_of: date = AS_OF, key: str = "") -> FamilyWords:
    """Return the words of a record's family page, told by one series if ``key`` names it."""
    course = trend(record, as_of)
    options = FigureOptions(is_simple=True, keys=(key,) if key else None)
    figure = compose(course, CATALOGUE, words(), options)
    return family_words(course, figure, CATALOGUE, SETTINGS, words(), " 5 March 2026 ")


def with_visits(*visits: Visit) -> PatientRecord:
    """Return the invented child with other visits."""
    return replace(whole_record(), visits=visits)


def every_text(page: FamilyWords) -> list[str]:
    """Return every text of the page."""
    features = page.features
    cells = [cell for _, row in features.rows for cell in row] if features else []
    headings = (
        [*(features.headings if features else ()), *(n for n, _ in features.rows)]
        if features
        else []
    )
    return [
        page.title, page.under, page.name, *page.facts, page.caution, page.lead, *page.sentences,
        page.last_label, *cells, *headings, page.recorded, *page.treatments, page.call, page.phone,
        page.next_visit, *page.notes,
    ]  # fmt: skip


def test_the_score_comes_first() -> None:
    """The latest score, the one before, and the one when treatment began, in that order."""
    page = told(whole_record(), key="oms")
    assert page.lead == "On 28 January 2026 the score was 0 out of 18."
    assert page.sentences == (
        "Every item of this scale was scored 0.",
        "The table below may still show difficulties.",
        "Last time, on 3 December 2025, it was 1.",
        "On 19 December 2024, before treatment began, it was 15.",
    )


@pytest.mark.parametrize("as_of", [date(2026, 1, 28), date(2026, 2, 1)])
def test_the_page_says_dates_and_never_today(as_of: date) -> None:
    """It hangs on a wall for weeks, so it names the day of the visit from the first day on."""
    page = told(whole_record(), as_of)
    assert page.lead == "On 28 January 2026 the score was 0 out of 18."
    assert page.features is not None
    assert page.features.headings[0] == "28 January 2026"
    assert page.last_label == "0"
    assert not any("oday" in text for text in every_text(page))


def test_an_approximate_date_stays_approximate() -> None:
    """A visit known to the month is told by its month."""
    visits = (
        signed_visit("2025-02", typed("sara", "9")),
        signed_visit("2025-03", typed("sara", "8.5")),
    )
    page = told(replace(empty(), visits=visits))
    assert page.lead == "In March 2025 the score was 8.5 out of 40."
    assert page.sentences == ("Last time, in February 2025, it was 9.",)


def test_a_visit_without_a_total_says_which_items() -> None:
    """No score is guessed: the page names what is open, not testable and declined."""
    before = signed_visit("2025-12-03", sheet("five_feature", "11110"))
    page = told(with_visits(before, signed_visit("2026-01-28", sheet("five_feature", "0-x1."))))
    assert page.lead == "On 28 January 2026 there is no score."
    assert page.sentences == (
        "Not scored: Mood.",
        "Could not be tested: Walking.",
        "Declined: Jerks.",
        "The score before that, on 3 December 2025, was 4.",
    )
    assert page.last_label == ""


@pytest.mark.parametrize(
    ("day", "text"), [("2025-12", "in December 2025"), ("2025-12-03", "on 3")]
)
def test_a_gap_is_not_called_last_time(day: str, text: str) -> None:
    """Where the visit before had no total, the score before that is told as such."""
    page = told(
        with_visits(
            signed_visit(day, sheet("oms", "111111")),
            signed_visit("2026-01-10", sheet("oms", "11111x")),
            signed_visit("2026-01-28", sheet("oms", "000001")),
        )
    )
    assert any(s.startswith(f"The score before that, {text}") for s in page.sentences)


@pytest.mark.parametrize(
    ("day", "text"), [("2026-01-20", "On 20 January 2026"), ("2026-01", "In")]
)
def test_no_score_on_an_earlier_day(day: str, text: str) -> None:
    """A visit without a total names its date."""
    page = told(with_visits(signed_visit(day, sheet("oms", "11111x"))))
    assert page.lead.startswith(text)
    assert page.lead.endswith("there is no score.")


def test_a_typed_zero_claims_nothing_about_items() -> None:
    """A zero from paper does not say that every item was scored."""
    page = told(with_visits(signed_visit("2026-01-28", typed("oms5", "0"))))
    assert page.lead == "On 28 January 2026 the score was 0 out of 15."
    assert page.sentences == ()


def test_a_zero_of_the_five_features_needs_no_second_sentence() -> None:
    """Where the table shows the same sheet, nothing more can show below."""
    page = told(with_visits(signed_visit("2026-01-28", sheet("five_feature", "00000"))))
    assert page.sentences == ("Every item of this scale was scored 0.",)


TREATED = (treatment("iv", "ivig", "2025-01-06"),)


def sentences_of(
    *visits: tuple[str, str] | tuple[str, str, str], given: Sequence[Treatment] = TREATED
) -> tuple[str, ...]:
    """Return what is told after the lead of visits with a date, a total and perhaps a time."""
    made = [
        visit(day, typed("oms", total), visit_id=f"v{number}", time="".join(time))
        for number, (day, total, *time) in enumerate(visits)
    ]
    return told(replace(with_visits(*made), treatments=given), key="oms").sentences


@pytest.mark.parametrize(
    ("visits", "sentences"),
    [
        (
            [("2025-06", "9"), ("2025-06-10", "4")],
            ("Also scored in June 2025: 9; the day is not known.",),
        ),
        (
            [("2025-06-01", "9"), ("2025-06", "4")],
            ("Also scored on 1 June 2025: 9; which came first is not known.",),
        ),
        (
            [("2025-06", "9"), ("2025-06", "7"), ("2025-06", "9"), ("2025-07-02", "4")],
            ("Also scored in June 2025: 9, 7; the day is not known.",),
        ),
        (
            [("2025-03", "9"), ("2025-03-05", "7"), ("2025-06-10", "4")],
            (
                "Also scored on 5 March 2025: 7.",
                "Also scored in March 2025: 9; the day is not known.",
            ),
        ),
        (
            [("2025-03-05", "7"), ("2025-03-05", "9"), ("2025-06-10", "4")],
            ("Also scored on 5 March 2025: 9, 7; which came first is not known.",),
        ),
        (
            [("2025-06-10", "9"), ("2025-06-10", "4")],
            ("Also scored that day: 9; which came first is not known.",),
        ),
        (
            [("2025-06-10", "9"), ("2025-06-10", "4", "09:00")],
            ("Also scored that day: 9; which came first is not known.",),
        ),
        (
            [("2025-02-01", "6", "09:00"), ("2025-02-01", "8", "15:00")],
            ("Earlier that day it was 6.",),
        ),
        (
            [("2025-05", "9"), ("2025-06-01", "4")],
            ("Last time, in May 2025, it was 9.",),
        ),
    ],
)
def test_the_score_before_is_told_as_that_only_where_the_order_is_certain(
    visits: list[tuple[str, str]], sentences: tuple[str, ...]
) -> None:
    """A month beside a day of it, or two visits of one day without times, tell no order."""
    assert sentences_of(*visits) == sentences


def test_a_visit_without_a_score_that_may_lie_between_is_no_last_time() -> None:
    """The score is the one before that, whatever the visit of June was."""
    visits = (
        visit("2025-03-01", typed("oms", "9"), visit_id="a"),
        visit("2025-06", sheet("oms", "11111x"), visit_id="b"),
        visit("2025-06-20", typed("oms", "4"), visit_id="c"),
    )
    told_ = told(replace(with_visits(*visits), treatments=TREATED), key="oms").sentences
    assert told_ == ("The score before that, on 1 March 2025, was 9.",)


@pytest.mark.parametrize(
    ("start", "day", "sentence"),
    [
        ("2025-01-06", "2024-12-08", "On 8 December 2024, before treatment began, it was 12."),
        ("2025-01-06", "2025-01-06", "On 6 January 2025, when treatment began, it was 12."),
        ("2025-01-06", "2024-12", ""),
        ("2025-01-01", "2024-12", ""),
        ("2025-01", "2025-01", "In January 2025, when treatment began, it was 12."),
        ("2025-01", "2025-01-03", ""),
    ],
)
def test_the_score_of_the_start_has_its_own_date(start: str, day: str, sentence: str) -> None:
    """A score of four weeks before is none of the day on which treatment began."""
    given = (treatment("iv", "ivig", start),)
    found = sentences_of((day, "12"), ("2025-03-01", "4"), ("2025-05-01", "3"), given=given)
    expected = ("Last time, on 1 March 2025, it was 4.", sentence)
    assert found == tuple(filter(None, expected))


def _of_version(version: str, scale: str, day: str, levels: str) -> Visit:
    made = replace(sheet(scale, levels), version=version)
    return visit(day, made)


def test_a_score_of_a_version_that_does_not_compare_is_not_told_beside_the_last() -> None:
    """Neither the one before nor the one when treatment began."""
    old = [
        _of_version("0.5", "oms", "2025-01-05", "333222"),
        _of_version("0.5", "oms", "2025-03-01", "111111"),
    ]
    page = told(
        replace(
            with_visits(*old, visit("2025-06-01", sheet("oms", "222211"))), treatments=TREATED
        ),
        key="oms",
    )
    assert page.lead == "On 1 June 2025 the score was 10 out of 18."
    assert page.sentences == ()


def test_features_of_a_version_that_does_not_compare_have_no_column() -> None:
    """Their levels had other words."""
    visits = [
        visit("2025-01-06", sheet("five_feature", "33333")),
        _of_version("0.5", "five_feature", "2025-03-01", "22222"),
        visit("2025-06-01", sheet("five_feature", "11111")),
    ]
    features = told(replace(with_visits(*visits), treatments=TREATED)).features
    assert features is not None
    assert features.headings == ("1 June 2025", "6 January 2025, when treatment began")
    assert all(len(cells) == 2 for _, cells in features.rows)


def test_two_visits_of_one_day_have_columns_with_their_times() -> None:
    """Where a time is recorded."""
    visits = [
        visit("2025-06-01", sheet("five_feature", "11111"), visit_id="a"),
        visit("2025-06-01", sheet("five_feature", "11110"), visit_id="b", time="15:00"),
    ]
    features = told(with_visits(*visits)).features
    assert features is not None
    assert features.headings == ("1 June 2025, 15:00", "1 June 2025")


def test_nothing_recorded_is_said() -> None:
    """A patient without visits has no score yet."""
    page = told(empty())
    assert page.lead == "There is no score yet."
    assert page.sentences == ()
    assert page.features is None
    assert page.treatments == ()
    assert page.under == "St Elsewhere"


def test_features_stand_side_by_side_in_plain_words() -> None:
    """The latest visit, the one before and when treatment began, without judging."""
    features = told(whole_record()).features
    assert features is not None
    assert features.headings == (
        "28 January 2026",
        "3 December 2025",
        "19 December 2024, before treatment began",
    )
    assert dict(features.rows)["Walking"] == (
        "right for age",
        "unsteady, alone",
        "only with support",
    )


def test_features_without_a_level_have_plain_words() -> None:
    """Not testable, declined and open are three things, and none is a level."""
    features = told(
        with_visits(signed_visit("2026-01-28", sheet("five_feature", "0-x1.")))
    ).features
    assert features is not None
    cells = dict(features.rows)
    assert cells["Jerks"] == ("declined",)
    assert cells["Walking"] == ("could not be tested",)
    assert cells["Mood"] == ("not scored",)


def test_a_child_who_never_walked_keeps_the_first_column() -> None:
    """The part without gait finds the visit when treatment began."""
    visits = [
        signed_visit(day, sheet("five_feature", "22x22"))
        for day in ("2024-12-20", "2025-12-03", "2026-01-28")
    ]
    features = told(with_visits(*visits)).features
    assert features is not None
    assert features.headings[-1] == "20 December 2024, before treatment began"


def test_treatments_are_told_with_their_dates() -> None:
    """What runs comes first, then what ended last; dates keep their precision; equals are one."""
    treatments = (
        treatment("a", "prednisolone", "2024-12-24"),
        treatment("b", "ivig", "2025-01-01", "2025-12-03"),
        treatment("c", "rituximab", "2025-02", "2025-02"),
        treatment("d", "trazodone", "", "2025-03"),
        treatment("e", "other", "", "", note="Fish <oil>"),
        treatment("f", "other", "", "", note="Fish <oil>"),
    )
    page = told(replace(whole_record(), treatments=treatments))
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in page.treatments] == [
        "Prednisolone (a steroid), since 24 December 2024.",
        "Fish <oil>, start date not known.",
        "Immunoglobulin drip (IVIg), 1 January 2025 to 3 December 2025.",
        "Trazodone, until March 2025.",
        "Rituximab drip, February 2025.",
    ]


def test_planned_and_paused_treatments_are_told_as_that() -> None:
    """A pause stands with what runs, a plan between what runs and what ended, and may change."""
    paused = step("0", "mg", "daily", "2026-01-10")
    treatments = (
        treatment("a", "ivig", "2025-01-01", "2025-12-03"),
        treatment("b", "scig", "2026-02-10"),
        treatment("c", "rituximab", "2026-02", "2026-03"),
        treatment("d", "cyclophosphamide", "2026-02-11", "2026-02-11"),
        treatment("e", "prednisolone", "2024-12-24", "", paused),
        treatment("f", "prednisolone", "", "", step("0", "mg", "daily")),
        treatment("g", "trazodone", "", "2026-03"),
        treatment("h", "trazodone", "2026-01-01", "2026-03"),
    )
    page = told(replace(whole_record(), treatments=treatments))
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in page.treatments] == [
        "Prednisolone (a steroid), paused since 10 January 2026.",
        "Prednisolone (a steroid), paused.",
        "Trazodone, planned until March 2026; this may change.",
        "Trazodone, since 1 January 2026, planned until March 2026; this may change.",
        "Immunoglobulin under the skin (SCIg), planned from 10 February 2026; this may change.",
        "Rituximab drip, planned from February 2026 to March 2026; this may change.",
        "Cyclophosphamide, planned for 11 February 2026; this may change.",
        "Immunoglobulin drip (IVIg), 1 January 2025 to 3 December 2025.",
    ]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            treatment("a", "other", "2024-12-12", note="Fish oil"),
            "Fish oil, on 12 December 2024.",
        ),
        (treatment("a", "other", "2024-12", note="Fish oil"), "Fish oil, December 2024."),
        (treatment("a", "other", note="Fish oil"), "Fish oil, start date not known."),
        (
            treatment("a", "rituximab", "2024-01-10", "",
                      step("375", "mg/m2", "once", "2024-01-10"),
                      step("375", "mg/m2", "once", "2024-01-24")),
            "Rituximab drip, 10 January 2024 to 24 January 2024.",
        ),
        (
            treatment("a", "rituximab", "", "", step("375", "mg/m2", "once", "2024-01-10")),
            "Rituximab drip, on 10 January 2024.",
        ),
        (
            treatment("a", "rituximab", "2024-01-10", "2024-01-10"),
            "Rituximab drip, on 10 January 2024.",
        ),
    ],
)  # fmt: skip
def test_what_ended_by_itself_is_told_by_its_days(
    given: Treatment, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operation or a drip has no stop of its own: nobody is told that it goes on since."""
    monkeypatch.setattr("app.reports.family_words.standing_on", lambda *_: Standing.ENDED)
    (found,) = told(replace(whole_record(), treatments=(given,))).treatments
    assert found.replace("\N{NO-BREAK SPACE}", " ") == line


def test_treatment_began_with_what_acts_on_the_immune_system() -> None:
    """A medicine for symptoms that came first is not where treatment began."""
    treatments = (treatment("a", "melatonin", "2024-12-19"), treatment("b", "ivig", "2025-01-10"))
    page = told(replace(whole_record(), treatments=treatments), key="oms")
    assert page.sentences[-1] == "On 10 January 2025, when treatment began, it was 14."


def test_the_unit_s_own_words_stand_as_typed() -> None:
    """Phone, call-us text and next visit are the unit's own."""
    page = told(whole_record())
    assert (page.call, page.phone, page.next_visit) == (
        "sleep breaks down.",
        "555 0142",
        "5 March 2026",
    )


def test_of_a_child_who_died_nobody_asks_how_it_is_doing() -> None:
    """The page has another title, unless it stands on a day before."""
    made = whole_record()
    for since, title in (("2026-01-20", "The record of Amira"),
                         ("2026-02-20", "How Amira is doing")):  # fmt: skip
        patient = replace(made.patient, status="died", status_date=when(since))
        assert told(replace(made, patient=patient)).title == title


def test_after_a_death_no_treatment_goes_on() -> None:
    """What had no stop is told from when, what was planned is not told, nothing is foretold."""
    made = whole_record()
    treatments = (treatment("a", "ivig", "2025-01-01"), treatment("b", "scig", "2026-02-10"))
    patient = replace(made.patient, status="died", status_date=when("2026-01-20"))
    page = told(replace(made, patient=patient, treatments=treatments))
    (line,) = page.treatments
    assert line.replace("\N{NO-BREAK SPACE}", " ") == (
        "Immunoglobulin drip (IVIg), from 1 January 2025."
    )
    assert "A score cannot tell how the coming weeks will be." not in page.notes
    assert page.is_over


def test_the_page_names_its_source() -> None:
    """Who signed, as whom and when; an imported visit says that it was brought in."""
    assert (
        "This page comes from the record signed on 28 January 2026 by M. Okafor, nurse."
        in told(whole_record()).notes
    )
    imported = signed_visit("2026-01-28", typed("sara", "3"), state=VisitState.IMPORTED)
    assert (
        "The visit of 28 January 2026 was brought in from another record; M. Okafor scored it."
        in told(with_visits(imported)).notes
    )
    unknown = replace(imported, rater="", signature=None)
    assert (
        "The visit of 28 January 2026 was brought in from another record."
        in told(with_visits(unknown)).notes
    )


def test_the_caution_is_told_once() -> None:
    """A patient's own caution stands on the page, and the notes do not repeat it."""
    page = told(whole_record(caution="Scores are illustrative."))
    assert page.caution == "Scores are illustrative."
    assert page.caution not in page.notes


LEVELS = "0123x-."


@st.composite
def records(draw: st.DrawFn) -> PatientRecord:
    """Draw a course of up to four visits in two scales."""
    days = draw(
        st.lists(st.dates(date(2024, 12, 1), AS_OF), min_size=1, max_size=4, unique=True).map(
            sorted
        )
    )
    visits = [
        signed_visit(
            str(day),
            sheet("five_feature", draw(st.text(LEVELS, min_size=5, max_size=5))),
            sheet("oms", draw(st.text(LEVELS, min_size=6, max_size=6))),
        )
        for day in days
    ]
    return replace(whole_record(), visits=tuple(visits))


def numbers_of(record: PatientRecord) -> set[str]:
    """Return every number that the record holds, and what each scale goes up to."""
    texts = [FACTS.patient_id, "555 0142", "5 March 2026", "Page 1 of 1.", str(FACTS.birth_date)]
    days = [AS_OF.isoformat(), *(str(each.facts.date) for each in record.visits)]
    for each in record.treatments:
        days += [str(each.facts.start), str(each.facts.stop)]
    texts += [f"{int(part)}" for day in days for part in re.findall(r"\d+", day)]
    for each_visit in record.visits:
        texts += [str(one.total) for one in each_visit.sheets if one.total is not None]
    texts += [str(definition.highest) for definition in CATALOGUE.definitions]
    return {
        str(int(n)) if n.isdigit() else n for t in texts for n in re.findall(r"\d+(?:\.\d+)?", t)
    }


@settings(max_examples=40)
@given(records(), st.sampled_from(["five_feature", "oms"]))
def test_every_number_stands_in_the_record(record: PatientRecord, key: str) -> None:
    """No number on the page comes from anywhere but the record."""
    found = " ".join(every_text(told(record, key=key))).replace("scored 0", "")
    numbers = {str(int(n)) if n.isdigit() else n for n in re.findall(r"\d+(?:\.\d+)?", found)}
    assert numbers <= numbers_of(record)


@settings(max_examples=40)
@given(records(), st.sampled_from(["five_feature", "oms"]))
def test_words_are_plain_short_and_never_judge(record: PatientRecord, key: str) -> None:
    """No sentence is longer than 20 words, and none says better, worse, improved or should."""
    for text in every_text(told(record, key=key)):
        for sentence in re.split(r"(?<=[.!?;]) ", text):
            assert len(sentence.split()) <= 20
        assert not re.search(r"\b(better|worse|improv\w*|respon\w*|should|must)\b", text.lower())


def test_a_child_s_school_grade_can_read_it() -> None:
    """The running text reads at grade six or below (Flesch-Kincaid, counted plainly)."""
    page = told(whole_record())
    text = " ".join([page.lead, *page.sentences, *page.notes])
    sentences = len(re.findall(r"[.!?](?: |$)", text))
    found = re.findall(r"[A-Za-z]+", text)
    syllables = sum(
        max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", w.lower())))) for w in found
    )
    grade = 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59
    assert grade <= 6.0
