"""The chart on a real store: what is shown, chosen and gone to."""

import weakref
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from app.clock import shown_on
from app.dates import PartialDate
from app.drawing.view import CourseView
from app.records.model import (
    Changes,
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    Role,
    TreatmentFacts,
)
from app.screens.chart.answers import Part
from app.screens.chart.control import ChartControl
from app.screens.chart.side import VisitLink
from app.screens.places import (
    ChartPlace,
    HistoryPlace,
    PatientFormPlace,
    PatientsPlace,
    ReportsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.settings import Settings, Theme
from app.trends.axis import Extent
from scales.model import Scored
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

SENTENCE = "10 to 5, 14 days after the first IVIg."


def _show_table(chart: ChartControl) -> None:
    chart.page.forms._group.button(1).click()


@pytest.fixture
def chart(rooms: RoomBench) -> Iterator[ChartControl]:
    """Return a chart that is shown; it is gone after the test."""
    control = ChartControl(rooms.desk)
    rooms.show(control)
    yield control
    control.page.close()
    control.page.deleteLater()


def test_one_tap_tells_how_far_down_and_how_many_days(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The answers stand in view at 1024 by 768, the words one tap further, without a scroll."""
    chart.open(ChartPlace(rooms.course().id))
    settle()
    answer = chart.page.answers.answers[Part.SINCE]
    assert answer.first.text() == "10, best and last 5"
    assert answer.brief.text() == "Both on day 14."
    for each in (answer.first, answer.brief):
        assert each.visibleRegion().boundingRect().height() == each.height()
    answer.click()
    settle()
    assert SENTENCE in texts(chart.page)
    said = next(one for one in chart.page.side.findChildren(type(chart.page.empty))
                if one.text() == SENTENCE)  # fmt: skip
    assert said.visibleRegion().boundingRect().height() == said.height()


def test_what_happened_since_the_last_visit_stands_beside_the_drawing(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """Events and items that moved, in one block; without a visit there is none."""
    patient = rooms.course()
    rooms.store.events.add(patient.id, EventFacts(date=PartialDate(2026, 1, 28), kind="fever"))
    chart.open(ChartPlace(patient.id))
    chart.page.in_words.click()
    block = chart.page.side._since_last
    assert block.isVisibleTo(chart.page)
    told = texts(block)
    assert told[:3] == [
        "Since the last visit, 20 Jan 2026",
        "Fever, 28 Jan 2026",
        "Items that moved, 20 Jan 2026",
    ]
    assert told[3].startswith("Five features, since 5 Jan 2026: Eyes (opsoclonus) 2 to 1;")
    chart.open(ChartPlace(rooms.patient("40-1200", "Jonas").id))
    assert not block.isVisibleTo(chart.page)


def test_the_last_look_for_a_tumour_stands_below_the_name(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """As it was recorded, anew with each look, and never on another patient's chart."""
    patient, other = rooms.course(), rooms.patient("40-1200", "Jonas")
    chart.open(ChartPlace(patient.id))
    assert chart.page.banner.below == ""
    look = FindingFacts(date=PartialDate(2025, 5, 3), kind="tumour", name="MRI", result="negative")
    rooms.store.findings.add(patient.id, look)
    chart.open(ChartPlace(patient.id))
    told = "tumour: last looked 3 May 2025 (MRI), none found"
    assert chart.page.banner.below == told
    chart.open(ChartPlace(other.id))
    assert chart.page.banner.below == ""


def test_a_weight_of_a_visit_entered_in_error_is_not_told(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The chart tells the one before beside the dose, and the later one again once it counts."""
    patient = rooms.patient()
    treatment = rooms.treated(patient)
    rooms.store.treatments.add_dose(
        treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    )
    earlier = MeasureFacts(date=PartialDate(2026, 1, 2), kind="weight_kg", value=Decimal("12.4"))
    rooms.store.measures.add(patient.id, earlier)
    visit = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 20), "09:00")
    rooms.store.measures.set_for_visit(visit.id, "weight_kg", Decimal(42))
    rooms.store.visits.type_total(visit.id, "oms", Decimal(3))
    rooms.store.visits.sign(visit.id, "I scored this visit.")
    told = "last weight 12.4 kg, 2 Jan 2026"
    for is_wrong in (False, True, False):
        if is_wrong:
            rooms.store.visits.mark_error(visit.id, "another child")
        elif rooms.store.visits.in_error(patient.id):
            rooms.store.visits.unmark_error(visit.id)
        chart.open(ChartPlace(patient.id))
        (bar,) = _view(chart).figure.lanes[0].bars
        last = told if is_wrong else "last weight 42 kg, 20 Jan 2026"
        assert bar.words == f"IVIg 1 g/kg monthly\nsince 6 Jan 2026\n{last}"


def test_another_patient_clears_everything(rooms: RoomBench, chart: ChartControl) -> None:
    """Neither a word nor a choice of the patient before stays."""
    amira = rooms.course()
    chart.open(ChartPlace(amira.id))
    chart.page.axis_chosen.emit("since")
    _show_table(chart)
    chart.page.answers.answers[Part.BACK].click()
    chart.page.message.show_problem("something of Amira")
    chart.open(ChartPlace(rooms.patient("40-1200", "Jonas").id))
    shown = texts(chart.page)
    assert chart.page.banner.name == "Jonas Haddad"
    assert not any("Amira" in text or SENTENCE in text for text in shown)
    assert not chart.page.side.isVisibleTo(chart.page)
    assert not chart.page.answers.isVisibleTo(chart.page)
    assert "Nothing to draw yet. Start a visit, or record a treatment." in shown
    chart.open(ChartPlace(amira.id))
    assert chart.page.forms.chosen_id == "chart"
    assert not chart.page.side.isVisibleTo(chart.page)


def test_coming_back_keeps_what_was_chosen(rooms: RoomBench, chart: ChartControl) -> None:
    """A look at a visit does not cost the axis."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    chart.page.axes._group.button(1).click()
    chart.leave()
    chart.open(ChartPlace(patient.id))
    assert chart.page.axes._group.checkedId() == 1


def test_the_axis_keeps_the_focus_of_its_button(rooms: RoomBench, chart: ChartControl) -> None:
    """Choosing with the keyboard does not throw the focus away."""
    chart.open(ChartPlace(rooms.course().id))
    button = chart.page.axes._group.button(1)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    assert chart.page.axes._group.button(1) is button
    assert button.isChecked()


def test_a_long_course_can_be_cut(rooms: RoomBench, chart: ChartControl) -> None:
    """The stretch that was chosen is drawn; another axis begins with all of it."""
    patient = rooms.course()
    rooms.store.events.add(patient.id, EventFacts(date=PartialDate(2023, 5), kind="fever"))
    chart.open(ChartPlace(patient.id))
    chart.page.reaches._group.button(1).click()
    assert chart._chosen.reach == "year"
    chart.page.axes._group.button(2).click()
    assert chart._chosen.reach == "all"


def _view(chart: ChartControl) -> CourseView:
    assert chart.page.plot.view is not None
    return chart.page.plot.view


def test_a_press_on_a_folded_scale_gives_it_the_room(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The words beside the drawing tell of it, too."""
    patient = rooms.course()
    visit = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 28), "11:00")
    for key in rooms.catalogue.find("oms").keys:
        rooms.store.visits.answer(visit.id, "oms", key, Scored(Decimal(1)))
    rooms.store.visits.sign(visit.id, "seen")
    chart.open(ChartPlace(patient.id))
    assert _view(chart).figure.chosen == ("oms",)
    folded = [one.panel.key for one in _view(chart).layout.panels if one.is_folded]
    assert folded == ["five_feature"]
    chart.page.plot.panel_chosen.emit("five_feature")
    assert chart.page.side.series.value == "five_feature"
    assert _view(chart).figure.chosen == ("five_feature",)


def test_strip_words_and_plot_show_one_stretch(rooms: RoomBench, chart: ChartControl) -> None:
    """Whichever of them is moved."""
    patient = rooms.course()
    rooms.store.events.add(patient.id, EventFacts(date=PartialDate(2023, 5), kind="fever"))
    chart.open(ChartPlace(patient.id))
    course = chart.page.course
    assert course.overview.told.text().startswith("Mar\xa02023 – ")
    course.overview.window_asked.emit(Extent(20_400.0, 20_430.0))
    assert _view(chart).window == Extent(20_400.0, 20_430.0)
    assert course.overview.told.text() == "8~Nov~2025 – 8~Dec~2025".replace("~", "\xa0")
    left, right = course.overview.brush.left(), course.overview.brush.right()
    assert _view(chart).scale.left <= left < right <= _view(chart).scale.right


@pytest.mark.parametrize("is_zoomed", [False, True])
def test_the_strip_follows_a_plot_of_another_width(
    rooms: RoomBench, chart: ChartControl, is_zoomed: bool
) -> None:
    """Words that open beside both leave it as wide as the plot, whatever is in view."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    if is_zoomed:
        chart.page.plot.show_window(Extent(20_400.0, 20_430.0))
    for width in (1300, 800):
        chart.page.resize(width, 800)
        chart.page.grab()  # lays out what is not shown
        scale, brush = _view(chart).scale, chart.page.course.overview.brush
        assert scale.left <= brush.left() < brush.right() <= scale.right
        if not is_zoomed:
            assert (brush.left(), brush.right()) == pytest.approx((scale.left, scale.right))


def test_a_range_shows_its_whole_again(rooms: RoomBench, chart: ChartControl) -> None:
    """Also the one that holds already: its button is the way back from a zoom."""
    patient = rooms.course()
    rooms.store.events.add(patient.id, EventFacts(date=PartialDate(2023, 5), kind="fever"))
    chart.open(ChartPlace(patient.id))
    home = _view(chart).window
    chart.page.plot.show_window(Extent(20_400.0, 20_430.0))
    holding = chart.page.reaches._group.checkedButton()
    assert holding is not None
    holding.click()
    assert _view(chart).window == home


def test_what_is_in_view_goes_with_its_patient(rooms: RoomBench, chart: ChartControl) -> None:
    """The next course opens whole, though it has the same days; a range is told with a drawing."""
    first, second = rooms.course(), rooms.course("40-1300")
    for one in (first, second):
        rooms.store.events.add(one.id, EventFacts(date=PartialDate(2023, 5), kind="fever"))
    told = chart.page.course.overview.told
    chart.open(ChartPlace(first.id))
    home = _view(chart).window
    assert told.isVisibleTo(chart.page)
    chart.page.plot.show_window(Extent(20_400.0, 20_430.0))
    chart.open(ChartPlace(second.id))
    assert _view(chart).window == home
    _show_table(chart)
    assert not told.isVisibleTo(chart.page)
    chart.open(ChartPlace(rooms.patient("40-1200", "Jonas").id))
    assert not told.isVisibleTo(chart.page)


def test_a_start_and_a_series_can_be_chosen(rooms: RoomBench, chart: ChartControl) -> None:
    """What is in no list is put back, not asked for."""
    patient = rooms.course()
    later = rooms.store.treatments.add(
        patient.id, TreatmentFacts(agent="rituximab", start=PartialDate(2026, 1, 8))
    )
    chart.open(ChartPlace(patient.id))
    chart.page.side.start.chosen.emit(later.id)
    assert "10 to 5, 12 days after the first Rituximab." in texts(chart.page.side)
    chart.page.side.start.set_value("")
    chart.page.side.start.chosen.emit("")
    assert chart.page.side.start.value == later.id
    chart.page.side.series.set_value("")
    chart.page.side.series.chosen.emit("")
    assert chart.page.side.series.value == "five_feature"
    chart.page.side.series.chosen.emit("five_feature")
    assert chart._chosen.key == "five_feature"


def test_a_mark_opens_its_visit(rooms: RoomBench, chart: ChartControl) -> None:
    """Drawing and table lead to the same place."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    visit = rooms.store.record(patient.id).visits[1].id
    chart.page.plot.visit_chosen.emit(visit)
    _show_table(chart)
    settle()
    table = chart.page.table
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(2, 0)).center(),
    )
    assert rooms.went == [SignedVisitPlace(visit), SignedVisitPlace(visit)]


def test_enter_opens_the_visit_of_a_row(rooms: RoomBench, chart: ChartControl) -> None:
    """The table is for those who do not point; other keys move in it."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    _show_table(chart)
    table = chart.page.table
    table.setCurrentCell(-1, -1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert rooms.went == []
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert rooms.went == [SignedVisitPlace(rooms.store.record(patient.id).visits[1].id)]


def test_a_visit_is_started_and_then_continued(rooms: RoomBench, chart: ChartControl) -> None:
    """One draft a patient: the second time the button leads to the first one."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    chart.page.start_visit.click()
    draft = rooms.store.record(patient.id).draft
    assert draft is not None
    assert draft.facts.date == PartialDate(2026, 1, 28)
    assert chart.page.start_visit.text() == "Continue visit"
    chart.page.start_visit.click()
    assert rooms.went == [VisitPlace(draft.id), VisitPlace(draft.id)]


def test_a_visit_that_cannot_be_started_says_why(rooms: RoomBench, chart: ChartControl) -> None:
    """What the record refuses is told where the user is."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    rooms.store.patients.mark_error(patient.id, "twice")
    chart.page.visit_requested.emit()
    assert chart.page.message.text != ""
    assert rooms.went == []


def _more(chart: ChartControl) -> list[str]:
    offered = chart.page.more.offers.actions()
    return [one.text() for one in offered if not (one.isCheckable() or one.isSeparator())]


def test_layers_are_put_out_and_measures_on(rooms: RoomBench, chart: ChartControl) -> None:
    """Under More, with a tick where they show; another patient begins as usual."""
    patient = rooms.course()
    weight = MeasureFacts(date=PartialDate(2026, 1, 5), kind="weight_kg", value=Decimal(12))
    rooms.store.measures.add(patient.id, weight)
    chart.open(ChartPlace(patient.id))
    ticks = {one.text(): one.isChecked() for one in _layers(chart)}
    assert ticks == {"Items": True, "Treatments": True, "Events": True, "Weight (kg)": False}
    next(one for one in _layers(chart) if one.text() == "Treatments").trigger()
    next(one for one in _layers(chart) if one.text() == "Weight (kg)").trigger()
    figure = _view(chart).figure
    assert figure.lanes == ()
    assert figure.panels[-1].key == "measure:weight_kg"
    ticks = {one.text(): one.isChecked() for one in _layers(chart)}
    assert ticks == {"Items": True, "Treatments": False, "Events": True, "Weight (kg)": True}
    chart.open(ChartPlace(rooms.course("40-1300").id))
    assert _view(chart).figure.lanes != ()


def _layers(chart: ChartControl) -> list[QAction]:
    return [one for one in chart.page.more.offers.actions() if one.isCheckable()]


def test_items_without_room_say_so_where_they_are_ticked(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """With room they have their plain name again."""
    chart.page.plot.setFixedHeight(300)
    chart.open(ChartPlace(rooms.course().id))
    settle()

    def told() -> list[str]:
        chart.page.more.offers.aboutToShow.emit()
        return [one.text() for one in chart.page.more.offers.actions() if one.data() == "items"]

    assert told() == ["Items (no room for them in this window)"]
    chart.page.plot.setFixedHeight(900)
    settle()
    assert told() == ["Items"]


@pytest.mark.parametrize(
    ("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<svg "), ("a.pdf", b"%PDF-")]
)
def test_a_picture_of_what_is_seen_is_saved(
    rooms: RoomBench, chart: ChartControl, tmp_path: Path, name: str, start: bytes
) -> None:
    """With whose it is; that it is not encrypted is said, and that it left is noted."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    rooms.ask.path = tmp_path / name
    chart.page.more.offers.actions()[2].trigger()
    assert (tmp_path / name).read_bytes().startswith(start)
    assert chart.page.message.text == f"Saved as {name}. The file is not encrypted."
    assert rooms.store.seen.all()[-1].action == "seen.print"


def test_a_picture_has_the_stretch_in_view_and_every_scale_in_full(
    rooms: RoomBench, chart: ChartControl, tmp_path: Path
) -> None:
    """What is folded on the screen is not lost in the file; whose it is stands above."""
    patient = rooms.course()
    rooms.store.events.add(patient.id, EventFacts(date=PartialDate(2023, 5), kind="fever"))
    chart.open(ChartPlace(patient.id))
    chart.page.plot.show_window(Extent(20_400.0, 20_430.0))
    rooms.ask.path = tmp_path / "a.svg"
    chart.page.more.offers.actions()[2].trigger()
    told = (tmp_path / "a.svg").read_text("utf-8")
    assert "Haddad" in told
    for panel in _view(chart).figure.panels:
        assert f">{panel.title}<" in told
    assert ">10 Nov 2025<" in told


@pytest.mark.parametrize("name", ["a.gif", "a"])
def test_a_picture_of_another_kind_is_refused(
    rooms: RoomBench, chart: ChartControl, tmp_path: Path, name: str
) -> None:
    """One sentence, and no file."""
    chart.open(ChartPlace(rooms.course().id))
    rooms.ask.path = tmp_path / name
    chart.page.more.offers.actions()[2].trigger()
    assert chart.page.message.text == f"“{name}” must end in .png, .svg or .pdf."
    assert not (tmp_path / name).exists()


def test_every_button_leads_to_its_place(rooms: RoomBench, chart: ChartControl) -> None:
    """Pages, treatments, what stands under More, and the way back."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    assert _more(chart) == ["The patient's facts", "History (Ctrl+H)", "Save a picture…"]
    for action in chart.page.more.offers.actions()[:2]:
        action.trigger()
    for button in (chart.page.pages, chart.page.treatments):
        button.click()
    chart.page.banner.back_requested.emit()
    assert rooms.went == [
        PatientFormPlace(patient.id),
        HistoryPlace(patient.id),
        ReportsPlace(patient.id),
        TreatmentsPlace(patient.id),
        ReportsPlace(patient.id),
    ]
    assert PatientsPlace() not in rooms.went


def test_a_patient_entered_in_error_can_only_be_looked_up(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The reason stands there; nothing is drawn, started or printed."""
    patient = rooms.course()
    rooms.store.patients.mark_error(patient.id, "typed twice")
    chart.open(ChartPlace(patient.id))
    assert any("typed twice" in text for text in texts(chart.page))
    assert not chart.page.start_visit.isEnabled()
    assert not chart.page.pages.isEnabled()
    assert _more(chart) == ["The patient's facts", "History (Ctrl+H)"]


def test_a_visit_entered_in_error_is_still_found(rooms: RoomBench, chart: ChartControl) -> None:
    """It leaves drawing and numbers; a line beside them leads to it, so the mark can go back."""
    patient = rooms.patient()
    visit = rooms.signed(patient, PartialDate(2026, 1, 5), 2)
    rooms.store.visits.mark_error(visit.id, "wrong child")
    chart.open(ChartPlace(patient.id))
    assert not chart.page.plot.isVisibleTo(chart.page)
    (link,) = chart.page.side.findChildren(VisitLink)
    assert link.text() == "Visit of 5 Jan 2026, entered in error"
    link.click()
    assert rooms.went == [SignedVisitPlace(visit.id)]
    rooms.store.visits.unmark_error(visit.id)
    chart.open(ChartPlace(patient.id))
    settle()
    assert chart.page.side.findChildren(VisitLink) == []


def test_the_chart_follows_the_record_and_the_theme(rooms: RoomBench, chart: ChartControl) -> None:
    """News of this patient and of the settings is drawn; that of others is not."""
    patient = rooms.course()
    chart.open(ChartPlace(patient.id))
    chart.page.in_words.click()
    rooms.store.listen(lambda _changes: None)
    rooms.signed(patient, PartialDate(2026, 1, 27), 0)
    chart.refresh(Changes(frozenset({"visits"}), frozenset({"somebody else"})))
    assert SENTENCE in texts(chart.page)
    rooms.desk.news.tell(Changes(frozenset({"visits"}), frozenset({patient.id})))
    assert "10 to 0, 21 days after the first IVIg." in texts(chart.page)
    rooms.store.settings.save(Settings(theme=Theme.DARK))
    rooms.desk.news.tell(Changes(frozenset({"unit_settings"}), frozenset()))
    assert chart.page.plot.grab().toImage().pixelColor(300, 8).lightness() < 60


def test_relapse_cautions_and_raters_stand_beside_the_drawing(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """What must be shown with the numbers is in the column."""
    let_do_everything(rooms.store)
    patient = rooms.course()
    rooms.treated(patient, "prednisolone")
    rooms.store.events.add(
        patient.id, EventFacts(date=PartialDate(2026, 1, 22), kind="relapse", author="Dr L")
    )
    chart.open(ChartPlace(patient.id))
    shown = texts(chart.page.side)
    assert "Prednisolone began within 14 days. Their effects cannot be told apart." in shown
    assert "marked by Dr L" in shown
    assert "● M. Okafor" in shown


def test_treatments_alone_are_drawn(rooms: RoomBench, chart: ChartControl) -> None:
    """Before the first visit the lanes stand there, and no number is told."""
    patient = rooms.patient()
    rooms.treated(patient)
    chart.open(ChartPlace(patient.id))
    assert chart.page.plot.isVisibleTo(chart.page)
    assert not chart.page.side.start.isVisibleTo(chart.page)
    assert chart.page.forms.isVisibleTo(chart.page)  # the table tells the start as well


def test_a_visit_without_a_total_says_why(rooms: RoomBench, chart: ChartControl) -> None:
    """The dash has its reason beside it."""
    patient = rooms.patient()
    visit = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 5), "09:00")
    key = rooms.catalogue.find("five_feature").keys[0]
    rooms.store.visits.answer(visit.id, "five_feature", key, Scored(Decimal(1)))
    rooms.store.visits.sign(visit.id, "part of it")
    chart.open(ChartPlace(patient.id))
    assert "\u2013" in texts(chart.page.side)


def test_the_chart_stands_on_the_day_that_is_asked_for(rooms: RoomBench) -> None:
    """Before the second visit nothing has fallen yet; a day later than both it has."""
    patient = rooms.course()
    for day, is_told in ((date(2026, 1, 10), False), (date(2027, 1, 1), True)):
        control = ChartControl(replace(rooms.desk, clock=shown_on(day, rooms.clock)))
        rooms.show(control)
        control.open(ChartPlace(patient.id))
        control.page.in_words.click()
        assert (SENTENCE in texts(control.page)) is is_told
        control.page.deleteLater()


def test_names_that_are_hard_appear_as_they_are(rooms: RoomBench, chart: ChartControl) -> None:
    """Markup, quotes and right-to-left letters stay what they are."""
    name = '<b>Ä & "Ö"</b> أميرة'
    chart.open(ChartPlace(rooms.patient("40-1", name).id))
    assert chart.page.banner.name == f"{name} Haddad"


def test_everything_that_takes_the_focus_has_a_name(rooms: RoomBench, chart: ChartControl) -> None:
    """A screen reader finds words on everything that a key can reach."""
    chart.open(ChartPlace(rooms.course().id))
    settle()
    assert nameless(chart.page) == []
    _show_table(chart)
    settle()
    assert nameless(chart.page) == []


def test_a_dropped_chart_is_freed(rooms: RoomBench) -> None:
    """Nothing that is connected keeps the page alive."""
    control = ChartControl(rooms.desk)
    control.open(ChartPlace(rooms.course().id))
    gone = weakref.ref(control.page)
    control.page.deleteLater()
    del control
    settle()
    assert gone() is None


def _risen(rooms: RoomBench, chart: ChartControl) -> str:
    """Show a course that rose by five points, and set a rule of three."""
    let_do_everything(rooms.store)
    patient = rooms.course()
    rooms.signed(patient, PartialDate(2026, 1, 27), 2)
    chart.open(ChartPlace(patient.id))
    rule = {"relapse_points": Decimal(3), "relapse_scale": "five_feature"}
    rooms.store.settings.save(replace(rooms.store.settings.load(), **rule))
    return patient.id


def test_yes_opens_the_form_of_a_relapse_and_marks_nothing(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """The day of the rise goes along; the record is as it was."""
    patient = _risen(rooms, chart)
    answer = chart.page.answers.answers[Part.BACK]
    assert "is this a relapse?" in answer.brief.text()
    answer.click()
    settle()
    before = rooms.store.journal.entries()
    offer = chart.page.side.mark_relapse
    assert offer.isVisibleTo(chart.page)
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert rooms.went[-1] == TreatmentsPlace(patient, relapse=PartialDate(2026, 1, 27))
    assert rooms.store.journal.entries() == before
    assert rooms.store.record(patient).events == ()


def test_the_question_goes_once_the_relapse_is_marked(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """And comes back with nothing but another rise."""
    patient = _risen(rooms, chart)
    assert not chart.page.side.mark_relapse.isHidden()
    rooms.store.events.add(patient, EventFacts(date=PartialDate(2026, 1, 27), kind="relapse"))
    assert chart.page.side.mark_relapse.isHidden()
    assert "rule" not in chart.page.answers.answers[Part.BACK].brief.text()


def test_a_nurse_reads_the_question_and_is_offered_no_form(
    rooms: RoomBench, chart: ChartControl
) -> None:
    """Marking a relapse is the physician's; so is the rule, which is off without one."""
    patient = _risen(rooms, chart)
    rooms.store.act_as(rooms.store.users.add("Cem", Role.NURSE).id)
    chart.open(ChartPlace(patient))
    assert "is this a relapse?" in chart.page.answers.answers[Part.BACK].brief.text()
    assert chart.page.side.mark_relapse.isHidden()
