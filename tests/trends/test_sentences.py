"""The course in words: what changed, by how much, how many days after; never why."""

import pytest

from app.language import words
from app.records.model import PatientRecord, Treatment
from app.trends.relapse import relapse_words
from app.trends.sentences import LastWords, SinceWords, last_words, since_rows
from app.trends.series import default_key
from app.trends.since import default_start
from tests.builders import replace
from tests.courses import (
    CATALOGUE,
    child,
    event,
    published_case,
    record,
    sheet,
    totals,
    treatment,
    trend,
    typed,
    visit,
)

WORDS = words()
IVIG = treatment("ivig", "ivig", "2025-01-06")
NOISE = "\u22123.8 to +4 (between a live and a video rating, adults)."
SMALLEST = "1.5: the smallest change that mattered to adults."


def _since(made: PatientRecord, key: str = "oms", which: str = "ivig") -> SinceWords:
    course = trend(made)
    found = next(s for s in course.since[key] if s.treatment.facts.treatment_id == which)
    return since_rows(course, CATALOGUE, key, found, WORDS)


def _course(by_day: dict[str, str], *treatments: Treatment) -> PatientRecord:
    return record(totals("oms", by_day), treatments or (IVIG,))


def _rows(told: SinceWords) -> list[tuple[str, str, str, str]]:
    return [(row.label, row.total, row.day, row.note) for row in told.rows]


def test_what_happened_since_a_start_in_rows() -> None:
    """Before, first lower, first zero, and best with last beside it."""
    told = _since(child(), which="i1")
    assert (told.title, told.when) == ("Since the first IVIg", "1 Jan 2025")
    assert _rows(told) == [
        ("Before", "16", "day 0", ""),
        ("First lower", "14", "day 9", ""),
        ("First zero", "0", "day 392", ""),
        ("Best, and last", "0", "day 392", "\u2212100 %"),
    ]


def test_best_never_stands_without_last() -> None:
    """Where they differ, both have a row, and the sentence tells both."""
    told = _since(_course({"2025-01-05": "8", "2025-01-10": "4", "2025-02-10": "9"}))
    assert _rows(told)[2:] == [
        ("Best", "4", "day 4", "\u221250 %"),
        ("Last", "9", "day 35", "+12.5 %"),
    ]
    assert told.sentence == "8 to 4, 4 days after the first IVIg. The last is 9 on 10 Feb 2025."


def test_one_day_is_one_day() -> None:
    """The singular has its own words."""
    told = _since(_course({"2025-01-05": "8", "2025-01-07": "4"}))
    assert told.sentence == "8 to 4, 1 day after the first IVIg."


def test_a_later_course_is_not_the_first() -> None:
    """Title and sentence say so."""
    again = treatment("again", "ivig", "2025-03-01")
    made = _course({"2025-02-25": "8", "2025-03-11": "4"}, IVIG, again)
    told = _since(made, which="again")
    assert told.title == "Since IVIg"
    assert told.sentence == "8 to 4, 10 days after this start of IVIg."


def test_a_change_of_nothing_is_zero_per_cent() -> None:
    """Without a sign."""
    assert _rows(_since(_course({"2025-01-05": "8", "2025-01-07": "8"})))[-1][3] == "0 %"


def test_without_a_total_before_or_after_the_rows_say_so() -> None:
    """Nothing is invented, and there is no sentence."""
    before = _since(_course({"2025-01-07": "8"}))
    assert _rows(before)[0] == ("Before", "\u2013", "none recorded", "")
    assert (before.sentence, before.noise) == ("", "")
    after = _since(_course({"2025-01-05": "8"}))
    assert _rows(after)[-1] == ("After", "\u2013", "none recorded", "")


def test_days_are_not_counted_from_or_to_a_short_date() -> None:
    """The date stands instead, and the caution says why."""
    short = treatment("ivig", "ivig", "2025-01")
    told = _since(_course({"2025-01": "8", "2025-03-01": "4"}, short))
    assert [row[2] for row in _rows(told)] == ["Jan 2025", "1 Mar 2025", "1 Mar 2025"]
    assert told.sentence == "8 to 4, 1 Mar 2025, after the start of IVIg."
    assert told.cautions == ("The day of this start is not known, so days are not counted.",)


@pytest.mark.parametrize(
    ("others", "caution"),
    [
        (["2025-01-01"], "Prednisolone began within 14 days. Their effects cannot be told apart."),
        (
            ["2025-01-01", "2025-01-02", "2025-01-03"],
            (
                "Prednisolone, Rituximab and Clonazepam began within 14 days. "
                "Their effects cannot be told apart."
            ),
        ),
        (
            ["2025-01"],
            (
                "Prednisolone may have begun within 14 days: a date is not exact. "
                "Their effects cannot be told apart."
            ),
        ),
    ],
)
def test_two_starts_that_cannot_be_told_apart_are_named(others: list[str], caution: str) -> None:
    """Certainly near, or possibly."""
    agents = ("prednisolone", "rituximab", "clonazepam")
    near = [treatment(a, a, start) for a, start in zip(agents, others, strict=False)]
    assert _since(_course({"2025-01-05": "8"}, IVIG, *near)).cautions == (caution,)


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("26.5", f"The change to the last total is within measurement noise: {NOISE} {SMALLEST}"),
        ("34", f"The change to the last total is within measurement noise: {NOISE} {SMALLEST}"),
        ("26", f"Measurement noise: {NOISE} {SMALLEST}"),
        ("30", f"Measurement noise: {NOISE} {SMALLEST}"),
    ],
)
def test_an_adults_change_within_noise_is_called_that(last: str, told: str) -> None:
    """Inside the published limits, outside them, or no change at all."""
    by_day = {"2025-01-05": "30", "2025-02-05": last}
    made = record(totals("sara", by_day), [IVIG], birth="1980-01-01")
    assert _since(made, "sara").noise == told
    assert _last(made, "sara").noise == told


def test_a_visit_without_the_scale_is_no_visit_of_the_change() -> None:
    """The change is that of the last total, whose visit is not the last."""
    visits = totals("sara", {"2025-01-02": "12", "2025-03-01": "9"})
    after = visit("2025-07-01", sheet("five_feature", "11111"))
    told = f"The change to the last total is within measurement noise: {NOISE} {SMALLEST}"
    assert _last(record((*visits, after), birth="1980-01-01"), "sara").noise == told


@pytest.mark.parametrize(
    ("birth", "told"),
    [
        ("2015-01-01", "No measurement error that could be checked was found for this scale."),
        (
            "",
            (
                "A measurement error that could be checked was found from 18 years on only; "
                "the age is not known."
            ),
        ),
    ],
)
def test_no_noise_was_found_for_a_childs_change(birth: str, told: str) -> None:
    """Nor one whose age is not known."""
    made = record(totals("sara", {"2025-01-05": "30", "2025-02-05": "29"}), [IVIG], birth=birth)
    assert _since(made, "sara").noise == told


def test_no_noise_was_found_for_a_subscore() -> None:
    """Even in adults."""
    assert _since(published_case(), "sara.kinetic").noise == (
        "No measurement error that could be checked was found for this scale."
    )


def _last(made: PatientRecord, key: str = "oms") -> LastWords:
    told = last_words(trend(made), CATALOGUE, key, WORDS)
    assert told is not None
    return told


def test_the_last_visit_in_words() -> None:
    """Total, range, change since the total before, and what was found of its noise."""
    told = _last(child())
    assert told.heading == "Last visit · 28 Jan 2026 · M. Okafor"
    assert (told.total, told.of, told.visit) == ("0", "of 18 · OMS scale", "#v2026-01-28")
    assert told.change == "1 lower than on 5 Dec 2025."
    assert told.noise == "No measurement error that could be checked was found for this scale."
    assert told.caution.startswith("criteria in our own words")


@pytest.mark.parametrize(
    ("last", "told"),
    [("9", "1 higher than on 1 Jan 2025."), ("8", "The same as on 1 Jan 2025.")],
)
def test_a_change_upwards_or_none(last: str, told: str) -> None:
    """In words, without judging."""
    assert _last(_course({"2025-01-01": "8", "2025-02-01": last})).change == told


def test_totals_of_versions_that_do_not_compare_are_not_compared() -> None:
    """A change between two scales of one name would be no change of the person."""
    old = replace(typed("oms", "8"), version="0")
    made = record([visit("2025-01-01", old), visit("2025-02-01", typed("oms", "3"))])
    told = _last(made)
    assert (told.change, told.noise) == (
        "Not compared with 1 Jan 2025: that was another version of the scale.",
        "",
    )


def test_totals_of_versions_with_clearer_words_are_compared() -> None:
    """The same scale, said better, measures the same."""
    old = replace(typed("oms", "8"), version="1")
    made = record([visit("2025-01-01", old), visit("2025-02-01", typed("oms", "3"))])
    assert _last(made).change == "5 lower than on 1 Jan 2025."


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("09:00", "2 higher than on 1 Feb 2025, 09:00."),
        ("16:00", "Also 3, 1 Feb 2025: which came first is not known."),
        ("", "Also 3, 1 Feb 2025: which came first is not known."),
    ],
)
def test_two_visits_of_one_day_are_told_apart(time: str, told: str) -> None:
    """By the time of the one before, where it is known."""
    first = visit("2025-02-01", typed("oms", "3"), visit_id="a", time=time)
    later = visit("2025-02-01", typed("oms", "5"), visit_id="b", time="16:00")
    assert _last(record([first, later])).change == told


def test_a_month_is_lived_in_not_on() -> None:
    """A visit of which only the month is known is told as that."""
    found = record(
        [visit("2025-11", sheet("oms", "100000")), visit("2025-12", sheet("oms", "000000"))]
    )
    told = _last(found)
    assert told.change == "1 lower than in Nov 2025."


def test_a_last_visit_without_a_total_says_why_and_compares_nothing() -> None:
    """The dash is no zero."""
    made = record([visit("2025-01-01", typed("oms", "3")),
                   visit("2025-02-01", sheet("oms", "00000x"), rater="")])  # fmt: skip
    told = _last(made)
    assert (told.total, told.reason) == ("\u2013", "no total: Speech not testable")
    assert (told.change, told.noise) == ("", "")
    assert told.heading == "Last visit · 1 Feb 2025 · rater not recorded"


def test_a_first_visit_has_no_change() -> None:
    """There is nothing before it."""
    assert _last(_course({"2025-01-01": "8"})).change == ""


def test_a_series_that_is_not_there_has_no_words() -> None:
    """Asking is harmless."""
    assert last_words(trend(record()), CATALOGUE, "oms", WORDS) is None


def test_the_start_a_course_is_told_from() -> None:
    """Immunoglobulin before B cells, steroids and the rest; else whatever began first."""
    agents = ["trazodone", "cyclophosphamide", "prednisolone", "rituximab", "ivig"]
    treatments: list[Treatment] = []
    for agent in agents:
        treatments.append(treatment(agent, agent, f"2025-01-0{len(treatments) + 1}"))
        found = default_start(treatments)
        assert found is not None
        assert found.facts.treatment_id == agent
    assert default_start([treatment("a", "ivig")]) is None


def test_the_series_told_first_has_most_totals() -> None:
    """A published scale counts twice against the app's own sheet; none in an empty record."""
    assert default_key(trend(child()), CATALOGUE) == "oms"
    assert default_key(trend(published_case()), CATALOGUE) == "five_feature"
    assert default_key(trend(record()), CATALOGUE) is None


@pytest.mark.parametrize(("sheets", "key"), [(2, "sara"), (3, "five_feature")])
def test_the_own_sheet_leads_only_where_it_is_scored_far_more_often(sheets: int, key: str) -> None:
    """At the last visit both were scored: one SARA stands before two sheets, not before three."""
    own = sheet("five_feature", "11111")
    early = [visit(f"2025-01-0{day + 1}", own) for day in range(sheets - 1)]
    told = record(visits=[*early, visit("2025-01-09", own, typed("sara", "9"))])
    assert default_key(trend(told), CATALOGUE) == key


def test_the_series_told_first_was_scored_at_the_last_visit() -> None:
    """However often another scale was scored before; its last total says that it is older."""
    early = [visit(f"2025-01-0{day}", typed("sara", "9")) for day in (1, 2, 3)]
    told = trend(record(visits=[*early, visit("2025-01-09", sheet("five_feature", "11111"))]))
    assert default_key(told, CATALOGUE) == "five_feature"
    older = last_words(told, CATALOGUE, "sara", WORDS)
    assert older is not None
    assert older.heading.startswith("Last scored · 3 Jan 2025")


def test_names_of_people_go_unchanged_into_words() -> None:
    """Quotes, brackets and braces are letters like any other."""
    odd = "<b>O'Neil</b> & {Söhne} \u05d0"
    made = record([replace(visit("2025-01-01", typed("oms", "3")), rater=odd)])
    assert odd in _last(made).heading
    marked = event("relapse", "2025-06", author=odd, note=odd)
    told = relapse_words(trend(record(events=[marked])), CATALOGUE, marked, "oms", WORDS)
    assert odd in told.author
    assert told.sentences[-1] == odd
