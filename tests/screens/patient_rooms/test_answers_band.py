"""What is told first on the chart: three answers, what they open, and the controls below them."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.date_reader import DateReader
from app.dates import PartialDate
from app.language import words
from app.palette import load_palette
from app.records.declaration import DIED
from app.records.model import PatientRecord, TreatmentFacts
from app.screens.chart.answers import Part
from app.screens.chart.chooser import Chooser
from app.screens.chart.control import ChartControl
from app.screens.chart.page import ROOM_FOR_WORDS, ChartPage
from app.screens.chart.tabs import Tabs
from app.screens.chart.view import Beside, Chosen, chart_view
from app.screens.places import ChartPlace
from app.trends.relapse_rule import RelapseRule
from tests.builders import replace
from tests.courses import (
    AS_OF,
    CATALOGUE,
    child,
    empty,
    event,
    record,
    sheet,
    totals,
    treatment,
    trend,
    visit,
    whole_record,
)
from tests.screens.patient_rooms.bench import RoomBench, settle, texts
from widgets.flow import Flow
from widgets.layouts import column
from widgets.theme import TARGET, apply_theme
from widgets.values import Choice

SAY = words()
RANGES = ("3 months", "1 year", "All", "Around the first IVIg", "Since onset", "Focus")


@pytest.fixture
def page(qapp: QApplication) -> Iterator[ChartPage]:
    """Return a chart page of 1024 by 768, shown."""
    apply_theme(qapp, load_palette("light"))
    answer = ChartPage(DateReader(SAY, lambda: AS_OF))
    answer.resize(1024, 768)
    answer.show()
    yield answer
    answer.close()
    answer.deleteLater()


def _show(
    page: ChartPage, made: PatientRecord, key: str = "oms", rule: RelapseRule | None = None
) -> None:
    view = chart_view(trend(made), CATALOGUE, SAY, Chosen(key=key), Beside(rule=rule))
    page.show_view(view, load_palette("light"))
    settle()


def _ask(page: ChartPage, part: Part) -> None:
    page.answers.answers[part].click()
    settle()


def _is_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect().height() == widget.height() > 0


def test_three_answers_stand_above_the_figure(page: ChartPage) -> None:
    """How it stood at the last visit, what it did since a start, and whether it is coming back."""
    _show(page, whole_record())
    answers = page.answers.answers
    assert [answers[part].heading.text() for part in Part] == [
        "Last visit 28 Jan 2026",
        "Since the first IVIg, 1 Jan 2025",
        "Is it coming back?",
    ]
    assert [answers[part].first.text() for part in Part] == ["0", "16, best and last 0", ""]
    assert [answers[part].first.isVisibleTo(page) for part in Part] == [True, True, False]
    assert answers[Part.BACK].accessibleName().startswith("Is it coming back?: Last seen ")
    for part in Part:
        assert _is_seen(answers[part].brief)
        assert answers[part].mapTo(page, answers[part].rect().bottomLeft()).y() < (
            page.plot.mapTo(page, page.plot.rect().topLeft()).y()
        )
    assert answers[Part.NOW].accessibleName() == (
        "Last visit 28 Jan 2026: 0. Of 18, OMS scale. 1 lower than on 3 Dec 2025. No item above 0."
    )


def test_a_band_of_answers_is_low(page: ChartPage) -> None:
    """The figure has the room."""
    for made in (child(), whole_record()):
        _show(page, made)
        assert page.answers.height() <= 104


def _worst(suspected: str) -> PatientRecord:
    """Return a course about which everything must be said at once, a suspected relapse too."""
    scored = {
        "2024-10-01": "543333332222", "2024-12-20": "443333332222", "2025-05-01": "000000001000",
        "2025-07-01": "000000000100", "2025-10-10": "000000000200",
        "2026-01-10": "321111212111",
    }  # fmt: skip
    starts = [treatment(f"x{month}", "rituximab", f"2025-0{month}-05") for month in range(2, 9)]
    return record(
        [visit(day, sheet("sara", levels)) for day, levels in scored.items()],
        (treatment("i", "ivig", "2025-01-01"), *starts),
        (
            event("relapse", "2025-06-12", "2025-07-12"),
            event("relapse", "2025-09-12"),
            event("suspected_relapse", suspected),
        ),
    )


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("day", ["2026-01-02", "2025-09-20"])
def test_no_word_of_an_answer_is_cut(
    page: ChartPage, qapp: QApplication, percent: int, day: str
) -> None:
    """However much there is to say, by the unit's rule or not, and however large the letters."""
    apply_theme(qapp, load_palette("light"), percent)
    rule = RelapseRule("sara", Decimal(3))
    _show(page, _worst(day), "sara", rule)
    # The widths, the heights that words need in them, and what is left for the course.
    for _ in range(3):
        settle()
    is_asked = day < "2025-10-10"
    assert ("is this a relapse?" in page.answers.answers[Part.BACK].brief.text()) == is_asked
    for answer in page.answers.answers.values():
        for each in (answer.heading, answer.first, answer.brief):
            assert each.height() >= each.heightForWidth(each.width()) - 1
            assert _is_seen(each)
    assert page.course.height() >= (224 if is_asked else 240)
    apply_theme(qapp, load_palette("light"))


def test_what_the_units_rule_asks_stands_last_above_its_button(page: ChartPage) -> None:
    """The rise, then the question, which goes with the rise."""
    rule = RelapseRule("oms", Decimal(3))
    _show(page, record(totals("oms", {"2025-03-12": "0", "2025-05-03": "7"})), rule=rule)
    _ask(page, Part.BACK)
    told = texts(page.side)
    rise = "OMS scale: 7 (3 May 2025) is 7 above the best so far, 0 (12 Mar 2025)."
    asked = "The unit's own rule (a rise of 3 or more) asks: is this a relapse?"
    assert told.index(asked) == told.index(rise) + 1
    assert _is_seen(page.side.mark_relapse)
    days: list[PartialDate] = []
    page.side.relapse_requested.connect(days.append)
    page.side.mark_relapse.click()
    assert days == [PartialDate(2025, 5, 3)]
    _show(page, whole_record(), rule=rule)
    assert page.side.mark_relapse.isHidden()
    assert "is this a relapse?" not in " ".join(texts(page.side))


def test_an_answer_opens_into_its_full_words(page: ChartPage) -> None:
    """Asked again it closes, another one shows its own part."""
    _show(page, whole_record())
    assert not page.side.isVisible()
    _ask(page, Part.BACK)
    assert page.side.isVisible()
    assert page.answers.answers[Part.BACK].isChecked()
    assert page.in_words.isChecked()
    heading = next(
        one
        for one in page.side.findChildren(type(page.empty))
        if one.text() == "Is it coming back?"
    )
    assert _is_seen(heading)
    assert (
        "At the best so far, 0 on 28 Jan 2026. Last relapse: 12 Jun 2025 to 12 Jul 2025. "
        "Last seen 28 Jan 2026."
    ) in texts(page.side)
    _ask(page, Part.NOW)
    assert [page.answers.answers[part].isChecked() for part in Part] == [True, False, False]
    assert page.side._area.verticalScrollBar().value() == 0
    _ask(page, Part.SINCE)
    assert page.side._area.verticalScrollBar().value() > 0
    _ask(page, Part.SINCE)
    assert not page.side.isVisible()
    assert not any(page.answers.answers[part].isChecked() for part in Part)


def test_the_words_open_and_close_by_a_button_too(page: ChartPage) -> None:
    """They hold more than the three answers."""
    _show(page, whole_record())
    page.in_words.click()
    assert page.side.isVisible()
    page.in_words.click()
    assert not page.side.isVisible()


def test_with_room_for_both_the_words_stand_beside_the_chart(page: ChartPage) -> None:
    """From 1600 pixels on nobody has to open them, and an answer leads to its part."""
    _show(page, whole_record())
    page.resize(ROOM_FOR_WORDS, 900)
    settle()
    assert page.side.isVisible()
    assert page.answers.isVisible()
    assert not page.in_words.isVisible()
    for _ in range(2):
        _ask(page, Part.BACK)
        assert page.side.isVisible()
    page.clear()
    page.resize(ROOM_FOR_WORDS - 1, 900)
    settle()
    assert not page.side.isVisible()


def test_without_a_visit_nothing_is_answered(page: ChartPage) -> None:
    """Treatments alone are drawn, and no number stands above them."""
    _show(page, replace(empty(), treatments=whole_record().treatments))
    assert not page.answers.isVisible()
    assert page.in_words.isVisible()
    _show(page, empty())
    assert not page.answers.isVisible()
    assert not page.in_words.isVisible()
    assert page.more.isVisible()


def test_without_a_start_the_second_answer_gives_its_room(page: ChartPage) -> None:
    """Neither the answer nor its choice of starts stands there empty."""
    _show(page, replace(whole_record(), treatments=()))
    assert not page.answers.answers[Part.SINCE].isVisible()
    assert not page.answers.start.isVisible()
    assert page.answers.answers[Part.BACK].isVisible()


def test_after_a_death_two_answers_stand_there(page: ChartPage) -> None:
    """Nobody is asked whether it is coming back, above the figure or among the words."""
    made = whole_record()
    died = replace(made.patient, status=DIED, status_date=PartialDate(2026, 1, 28))
    _show(page, replace(made, patient=died))
    page.in_words.click()
    assert page.answers.answers[Part.NOW].isVisible()
    assert not page.answers.answers[Part.BACK].isVisible()
    assert "Is it coming back?" not in texts(page)


def test_another_start_is_a_tap_away(rooms: RoomBench) -> None:
    """The answer, the words and day 0 follow; so they do for another scale."""
    patient = rooms.course()
    later = rooms.store.treatments.add(
        patient.id, TreatmentFacts(agent="rituximab", start=PartialDate(2026, 1, 8))
    )
    control = ChartControl(rooms.desk)
    rooms.show(control)
    control.open(ChartPlace(patient.id))
    start = control.page.answers.start
    assert [one.text() for one in start.offers.actions()] == [
        "the first IVIg, 6 Jan 2026",
        "the first Rituximab, 8 Jan 2026",
    ]
    assert [one.isChecked() for one in start.offers.actions()] == [True, False]
    start.offers.actions()[1].trigger()
    answer = control.page.answers.answers[Part.SINCE]
    assert answer.heading.text() == "Since the first Rituximab, 8 Jan 2026"
    assert control.page.side.start.value == later.id
    assert [one.isChecked() for one in start.offers.actions()] == [False, True]
    control.page.answers.scale.chosen.emit("five_feature")
    assert control._chosen.key == "five_feature"
    control.page.close()
    control.page.deleteLater()


def test_a_chooser_opens_below_itself_and_says_what_was_chosen(qtbot: QtBot) -> None:
    """A finger and a key open it; a single choice is none."""
    chooser = Chooser("Another scale")
    qtbot.addWidget(chooser)
    told: list[str] = []
    chooser.chosen.connect(told.append)
    chooser.show_choices((Choice("a", "A & B"),), "a")
    assert chooser.isHidden()
    chooser.show_choices((Choice("a", "A & B"), Choice("b", "B" * 90)), "a")
    chooser.show()
    assert chooser.width() >= TARGET
    assert chooser.height() >= TARGET
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Space)
    settle()
    assert chooser.offers.isVisible()
    first, second = chooser.offers.actions()
    assert first.text() == "A && B"
    assert len(second.text()) < 70
    second.trigger()
    assert told == ["b"]
    chooser.offers.close()


def test_what_cannot_act_in_the_table_is_not_lit(page: ChartPage) -> None:
    """Axis and range say why; the chart lights them again."""
    _show(page, whole_record())
    chart, table = page.forms._group.buttons()
    table.click()
    for group in (page.axes, page.reaches):
        assert not group.isEnabled()
        assert group.toolTip() == "This changes the chart only. Choose Chart first."
    assert page.table.isVisible()
    assert "not a validated scale" in page.table_notes.text()
    assert page.table_notes.isVisible()
    chart.click()
    for group in (page.axes, page.reaches):
        assert group.isEnabled()
        assert group.toolTip() == ""
    assert page.plot.isVisible()


def test_the_controls_are_groups_with_names(page: ChartPage) -> None:
    """A screen reader hears what each of them is for."""
    _show(page, whole_record())
    groups = (page.axes, page.reaches, page.forms)
    assert [one.accessibleName() for one in groups] == ["Axis", "Range", "Chart or table"]
    assert [one.accessibleName() for one in page.axes._group.buttons()] == [
        "Axis: Date",
        "Axis: Days since IVIg",
        "Axis: Age",
    ]


def test_treatments_stand_in_the_banner(page: ChartPage) -> None:
    """They are a way to another page, and nothing that changes this one."""
    assert page.banner.isAncestorOf(page.treatments)
    assert page.treatments.accessibleName() == "Treatments and events"


@pytest.mark.parametrize("width", [1600, 600, 320])
def test_six_ranges_have_room_or_break_their_line(qtbot: QtBot, width: int) -> None:
    """No choice is cut, however narrow the page."""
    ground = QWidget()
    qtbot.addWidget(ground)
    tabs = Tabs("Range")
    flow = Flow(tabs)
    stack = column(ground)
    stack.addWidget(flow)
    stack.addStretch(1)
    tabs.show_choices(tuple(Choice(title, title) for title in RANGES), "All")
    ground.resize(width, 500)
    ground.show()
    settle()
    assert tabs.chosen_id == "All"
    for one in tabs._group.buttons():
        assert one.width() >= one.minimumSizeHint().width()
        assert tabs.rect().contains(one.geometry())
        assert one.height() >= TARGET
    assert tabs.width() <= width
    assert flow.height() >= tabs.height()


def test_nothing_chosen_is_nothing(qtbot: QtBot) -> None:
    """A group that offers nothing has no choice that holds."""
    tabs = Tabs("Range")
    qtbot.addWidget(tabs)
    assert tabs.chosen_id == ""


def test_the_answers_leave_the_scores_of_a_full_record_their_room(page: ChartPage) -> None:
    """The chosen scale is never low, and what else is there scrolls."""
    _show(page, whole_record())
    view = page.plot.view
    assert view is not None
    chosen = next(one for one in view.layout.panels if not one.is_folded)
    assert chosen.plot.height >= 140


def test_the_figure_of_a_short_record_is_seen_whole(page: ChartPage) -> None:
    """It needs no more, so nothing of it lies below the fold."""
    _show(page, record((visit("2026-01-28", sheet("oms", "111111")),)))
    assert page.course._area.verticalScrollBar().maximum() == 0
    assert page.plot.height() == page.course._area.viewport().height()
