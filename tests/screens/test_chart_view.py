"""What the chart screen says, made from frozen values alone."""

from datetime import date
from decimal import Decimal

import pytest

from app.dates import PartialDate
from app.language import words
from app.records.model import (
    Patient,
    PatientRecord,
    Role,
    Sequela,
    SequelaFacts,
    Visit,
    VisitState,
)
from app.screens.chart.view import Beside, ChartView, Chosen, chart_view
from app.trends.figure import AxisKind
from app.trends.relapse_rule import RelapseRule
from app.trends.span import Span
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    FACTS,
    empty,
    finding,
    record,
    sheet,
    signed_visit,
    totals,
    trend,
    weight,
    when,
    whole_record,
)

SAY = words()
_KEEPER = Beside(may=lambda action: Role.KEEPER in action.roles)


def _view(record: PatientRecord, chosen: Chosen = Chosen()) -> ChartView:  # noqa: B008 - frozen
    return chart_view(trend(record), CATALOGUE, SAY, chosen)


def _ids(choices: tuple[object, ...]) -> list[str]:
    return [getattr(choice, "id", "") for choice in choices]


def test_the_patient_stands_at_the_top() -> None:
    """Name, birth date, age, identifier and diagnosis are those of this record."""
    identity = _view(whole_record()).identity
    assert identity.name == "Amira Haddad"
    assert identity.facts == ("born 14 Mar 2023 · 2 y 10 m · ID 40-1187 · OMS with neuroblastoma")


def test_the_banner_says_when_a_tumour_was_last_looked_for() -> None:
    """By the day that the chart stands at; where nobody looked nothing is claimed."""
    assert _view(whole_record()).identity.looked == ""
    looks = (
        finding("tumour", "2025-05-03", "MRI", "negative"),
        finding("tumour", "2027-05-03", "MRI", "positive"),
    )
    told = _view(replace(whole_record(), findings=looks)).identity.looked
    assert told == "tumour: last looked 3 May 2025 (MRI), none found"


def test_the_first_words_say_how_far_down_and_how_many_days() -> None:
    """Nothing has to be chosen: the course is told since the first immunoglobulin."""
    view = _view(whole_record(), Chosen(key="oms"))
    assert view.since is not None
    assert view.since.title == "Since the first IVIg"
    assert view.since.sentence == "16 to 0, 392 days after the first IVIg."
    assert view.last is not None
    assert view.last.total == "0"


def test_time_is_counted_by_date_since_a_start_or_by_age() -> None:
    """All three are offered where the record has what they need."""
    view = _view(whole_record())
    assert [axis.title for axis in view.drawing.axes] == ["Date", "Days since IVIg", "Age"]
    assert view.drawing.axis == AxisKind.DATE


def test_no_age_axis_without_a_birth_date() -> None:
    """What cannot be counted is not offered, and a choice of it falls back to dates."""
    record = whole_record(replace(FACTS, birth_date=None))
    view = _view(record, Chosen(axis="age"))
    assert _ids(view.drawing.axes) == ["date", "since"]
    assert view.drawing.figure is not None
    assert view.drawing.figure.axis.kind is AxisKind.DATE


def test_no_days_are_counted_without_a_start() -> None:
    """A record without a known start offers no axis since one, and tells of none."""
    view = _view(replace(whole_record(), treatments=()))
    assert _ids(view.drawing.axes) == ["date", "age"]
    assert view.start == ""
    assert view.starts == ()
    assert view.since is None


def test_another_start_can_be_chosen() -> None:
    """The words, the axis and day 0 of the figure follow the chosen start."""
    view = _view(whole_record(), Chosen(axis="since", start="#t1"))
    assert view.start == "#t1"
    assert view.drawing.axes[1].title == "Days since Prednisolone"
    assert view.since is not None
    assert view.since.title == "Since the first Prednisolone"
    assert view.drawing.figure is not None
    assert [line.treatment_id for line in view.drawing.figure.starts if line.is_chosen] == ["t1"]


def test_day_zero_is_marked_by_date_too() -> None:
    """The start that the words tell of is the marked one, whichever way time is counted."""
    view = _view(whole_record(), Chosen(start="#t1"))
    assert view.drawing.figure is not None
    assert [line.treatment_id for line in view.drawing.figure.starts if line.is_chosen] == ["t1"]


def test_starts_are_listed_by_date_with_their_day() -> None:
    """A first start is called the first."""
    titles = [start.title for start in _view(whole_record()).starts]
    assert titles == [
        "the first Prednisolone, 24 Dec 2024",
        "the first Trazodone, 28 Dec 2024",
        "the first IVIg, 1 Jan 2025",
        "the first Rituximab, Feb 2025",
    ]


def test_a_later_start_of_an_agent_is_not_called_the_first() -> None:
    """The second course of an agent stands with its date only."""
    again = replace(
        whole_record().treatments[2], id="t9", treatment_id="t9", start=PartialDate(2025, 8, 1)
    )
    view = _view(replace(whole_record(), treatments=(*whole_record().treatments, again)))
    assert view.starts[-1].title == "IVIg, 1 Aug 2025"


def test_a_subscore_can_be_chosen_and_gets_its_panel() -> None:
    """Its panel stands beside every scale, and the words tell of it."""
    key = "sara.gait_posture"
    view = _view(whole_record(), Chosen(key=key))
    assert view.key == key
    assert view.drawing.figure is not None
    assert [panel.key for panel in view.drawing.figure.panels] == [
        "five_feature",
        "oms",
        "sara",
        key,
    ]
    assert view.last is not None
    assert "SARA: " in view.last.of


def test_a_scale_shows_every_scale() -> None:
    """Choosing a scale changes the words, not the drawing."""
    view = _view(whole_record(), Chosen(key="oms"))
    assert view.drawing.figure is not None
    assert [panel.key for panel in view.drawing.figure.panels] == ["five_feature", "oms", "sara"]


def test_a_series_that_this_patient_has_not_falls_back() -> None:
    """What was chosen for another patient does no harm."""
    view = _view(whole_record(), Chosen(key="icars", start="gone", reach="gone", axis="gone"))
    assert view.key in _ids(view.series)
    assert view.start == "#t3"
    assert view.drawing.reach == Span.ALL
    assert view.drawing.axis == "date"


def test_a_long_course_can_be_cut_to_its_last_year() -> None:
    """The last year is shown, and the rest is not lost from the words."""
    view = _view(whole_record(), Chosen(reach=Span.YEAR, key="oms"))
    assert [reach.title for reach in view.drawing.reaches] == [
        "3 months", "1 year", "All", "Around the start",
    ]  # fmt: skip
    assert view.drawing.figure is not None
    assert view.drawing.figure.axis.highest - view.drawing.figure.axis.lowest == pytest.approx(365)
    assert view.since is not None
    assert view.since.sentence.startswith("16 to 0")


def test_days_since_a_start_can_be_cut_to_what_lies_around_it() -> None:
    """Where an answer to a treatment is looked for, the weeks around it fill the drawing."""
    view = _view(whole_record(), Chosen(axis="since", reach=Span.AROUND))
    assert view.drawing.figure is not None
    assert view.drawing.figure.axis.lowest < 0
    assert view.drawing.figure.axis.highest == pytest.approx(182)


def test_the_chosen_scale_has_the_room() -> None:
    """The others are folded; alone it needs no choosing."""
    view = _view(whole_record(), Chosen(key="sara"))
    assert view.drawing.figure is not None
    assert view.drawing.figure.chosen == ("sara",)
    alone = replace(empty(), visits=(signed_visit("2026-01-01", sheet("oms", "111111")),))
    figure = _view(alone).drawing.figure
    assert figure is not None
    assert figure.chosen == ()


def test_the_usual_scale_has_the_room_where_none_was_chosen() -> None:
    """It is the one that the words tell of."""
    view = _view(whole_record())
    assert view.drawing.figure is not None
    assert view.drawing.figure.chosen == (view.key,)


def test_the_figure_opens_on_a_range_with_the_last_visit() -> None:
    """Nothing chosen, by any axis: a calm stretch of earlier time is never all that is seen."""
    for axis in AxisKind:
        figure = _view(whole_record(), Chosen(axis=axis)).drawing.figure
        assert figure is not None
        last = max(mark.x for panel in figure.panels for mark in panel.marks)
        assert figure.axis.lowest <= last <= figure.axis.highest
        visits = {mark.visit for panel in figure.panels for mark in panel.marks}
        assert whole_record().visits[-1].id in visits


def test_what_is_told_first_follows_the_chosen_scale_and_start() -> None:
    """The answers are those of the words and of day 0."""
    view = _view(whole_record(), Chosen(key="sara", start="#t1"))
    assert view.answers is not None
    assert view.answers.now.brief.startswith("Of 40, SARA.")
    assert view.answers.since is not None
    assert view.answers.since.heading == "Since the first Prednisolone, 24 Dec 2024"
    assert _view(empty()).answers is None


def test_who_scores_is_said_where_whoever_looks_does_not() -> None:
    """Beside a course; without one the empty page says it."""
    told = "A nurse or a physician scores visits and records treatments."
    course = chart_view(trend(whole_record()), CATALOGUE, SAY, Chosen(), _KEEPER)
    assert course.who_scores == told
    assert _view(whole_record()).who_scores == ""
    bare = chart_view(trend(empty()), CATALOGUE, SAY, Chosen(), _KEEPER)
    assert bare.who_scores == ""
    assert told in bare.empty


def test_a_short_course_needs_no_shorter_stretch() -> None:
    """One choice is no choice."""
    record = replace(empty(), visits=(signed_visit("2026-01-01", sheet("oms", "111111")),))
    assert _ids(_view(record).drawing.reaches) == [Span.ALL]


def test_an_empty_record_says_the_first_step() -> None:
    """There is nothing to draw, to tell or to choose."""
    view = _view(empty())
    assert view.drawing.figure is None
    assert (view.drawing.reaches, view.series, view.key) == ((), (), "")
    assert (view.last, view.since, view.raters, view.notes) == (None, None, "", ())
    assert (view.table, view.has_table) == (None, False)
    assert view.empty == "Nothing to draw yet. Start a visit, or record a treatment."
    assert view.can_start


def test_treatments_alone_are_drawn() -> None:
    """A course may begin with its treatments."""
    view = _view(replace(empty(), treatments=whole_record().treatments))
    assert view.drawing.figure is not None
    assert view.drawing.figure.panels == ()
    assert view.since is None


def test_a_patient_entered_in_error_is_not_drawn() -> None:
    """The reason stands where the chart would be, and no visit can be started."""
    record = replace(empty(), patient=Patient("p", FACTS, error_reason="Wrong whole_record."))
    view = _view(record)
    assert view.empty == (
        "Marked as entered in error: Wrong whole_record. Left out of charts, pages and exports."
    )
    assert not view.can_start


def test_the_caution_of_a_patient_stands_once() -> None:
    """It stands above the drawing, so the notes need not say it again."""
    caution = "Illustrative scores."
    view = _view(whole_record(caution=caution))
    assert view.caution == caution
    assert caution not in view.notes
    assert any("not a validated scale" in note for note in view.notes)


def test_raters_are_told_by_their_shapes() -> None:
    """Whose marks have which shape stands in words beside the drawing."""
    assert _view(whole_record()).raters == "● M. Okafor   ■ T. Brandt"


def test_relapses_are_told_in_words() -> None:
    """When, who marked it, and from what to what."""
    relapse = _view(whole_record(), Chosen(key="oms")).relapses[0]
    assert relapse.author == "marked by Dr Lindqvist"
    assert relapse.sentences[0] == "12 Jun 2025 to 12 Jul 2025."


def test_an_open_draft_is_continued() -> None:
    """The button names what it does."""
    draft: Visit = replace(signed_visit(str(AS_OF)), state=VisitState.DRAFT)
    assert _view(whole_record()).start_visit == "Start visit"
    assert _view(replace(whole_record(), draft=draft)).start_visit == "Continue visit"
    amending = replace(draft, amend_reason="a slip")
    assert _view(replace(whole_record(), draft=amending)).start_visit == "Continue amendment"


def test_every_visit_is_in_the_table() -> None:
    """The table twin has the visits of the drawing, the newest last."""
    view = _view(whole_record(), Chosen(is_table=True))
    assert view.table is not None
    led_to = [row.visit for row in view.table.rows if row.visit]
    assert led_to == [visit.id for visit in whole_record().visits]
    assert view.has_items is False


def test_a_table_that_nobody_reads_is_not_made() -> None:
    """It is offered all the same: the chart is what most look at."""
    view = _view(whole_record())
    assert (view.table, view.has_table) == (None, True)


def test_what_the_chart_does_not_draw_can_be_read_as_a_table() -> None:
    """A finding, a lasting trouble or a measure alone is enough."""
    seen = SequelaFacts(date=when("2025-05"), kind="speech", state="no")
    for alone in (
        replace(empty(), findings=(finding("csf", "2025-05-03", "cells", value="3"),)),
        replace(empty(), sequelae=(Sequela("s", "p", seen),)),
        replace(empty(), measures=(weight("2025-05-03", "13"),)),
    ):
        view = _view(alone, Chosen(is_table=True))
        assert view.has_table
        assert view.table is not None
        assert len(view.table.rows) == 1


def test_the_table_tells_items_once_they_are_chosen() -> None:
    """A row more for each sheet; without any sheet they are not offered."""
    read = Chosen(is_table=True)
    plain, full = _view(whole_record(), read), _view(whole_record(), replace(read, has_items=True))
    assert plain.table is not None
    assert full.table is not None
    assert len(full.table.rows) == len(plain.table.rows) + 2 * 11 + 3
    assert full.has_items is True
    assert _view(empty(), Chosen(has_items=True)).has_items is None


def test_visits_entered_in_error_are_listed_beside() -> None:
    """They are not in the drawing, yet the way to them stays."""
    marked = Beside((signed_visit("2025-12-03"),))
    view = chart_view(trend(empty()), CATALOGUE, SAY, Chosen(), marked)
    assert [(each.id, each.title) for each in view.marked] == [
        ("#v2025-12-03", "Visit of 3 Dec 2025, entered in error")
    ]
    assert view.drawing.figure is None


def test_an_earlier_day_offers_what_was_known_then() -> None:
    """No planned start, no age before the birth, no visit marked after it."""
    early = trend(whole_record(), date(2024, 12, 30))
    marked = Beside((signed_visit("2024-12-19"), signed_visit("2025-01-01")))
    view = chart_view(early, CATALOGUE, SAY, Chosen(start="#t3"), marked)
    assert _ids(view.starts) == ["#t1", "#t2"]
    assert view.start == "#t1"
    assert _ids(view.marked) == ["#v2024-12-19"]
    unborn = chart_view(trend(whole_record(), date(2023, 3, 13)), CATALOGUE, SAY, Chosen())
    assert "age" not in _ids(unborn.drawing.axes)
    assert unborn.last is None


_RULE = RelapseRule("oms", Decimal(3))
_ROSE = record(totals("oms", {"2025-03-12": "0", "2025-05-03": "7"}))


def test_a_relapse_is_offered_to_whoever_may_mark_one_where_the_rule_asks() -> None:
    """With the day of the visit that found the rise; others read the words alone."""
    course = trend(_ROSE)
    asked = chart_view(course, CATALOGUE, SAY, Chosen(), Beside(rule=_RULE))
    assert asked.relapse == PartialDate(2025, 5, 3)
    nurse = Beside(rule=_RULE, may=lambda action: Role.NURSE in action.roles)
    read = chart_view(course, CATALOGUE, SAY, Chosen(), nurse)
    assert read.relapse is None
    assert read.answers == asked.answers
    assert read.answers is not None
    assert read.answers.back is not None
    assert "is this a relapse?" in read.answers.back.brief


def test_no_relapse_is_offered_without_a_rule_or_of_a_patient_who_is_marked() -> None:
    """Nor where there is no course at all."""
    assert _view(_ROSE).relapse is None
    assert chart_view(trend(empty()), CATALOGUE, SAY, Chosen(), Beside(rule=_RULE)).relapse is None
    marked = trend(replace(_ROSE, patient=replace(_ROSE.patient, error_reason="twice")))
    assert chart_view(marked, CATALOGUE, SAY, Chosen(), Beside(rule=_RULE)).relapse is None
