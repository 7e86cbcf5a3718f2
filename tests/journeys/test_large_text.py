"""Text at 150 % on a screen of 1024 by 768: nothing that is needed leaves the screen."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import Damage
from app.exchange.demo import build_demo
from app.exchange.importing import import_from
from app.records.copies.after_damage import Left
from app.records.copies.backup import Copy
from app.records.copies.comparison import Comparison, Cut, Lack
from app.records.copies.older_copy import OlderCopy
from app.records.copies.second_place import LeftElsewhere
from app.records.erasing import Extent
from app.records.marks import MarkedVisit
from app.records.model import PatientFacts, Role
from app.records.narrowing import Only
from app.running import Running, application
from app.screens.ask import Dialogs, Loss
from app.screens.builders import BUILDERS
from app.screens.chart.page import ChartPage
from app.screens.cohort.page import CohortPage
from app.screens.erasing.page import ErasingPage
from app.screens.erasing.view import Beside, copies_view, erasing_view
from app.screens.help.page import HelpPage
from app.screens.help.view import key_rows
from app.screens.history.deed_part import DeedPart
from app.screens.history.page import HistoryPage
from app.screens.marked.page import MarkedPage
from app.screens.marked.view import marked_view
from app.screens.new_key.page import NewKeyPage
from app.screens.new_key.view import Found, code_view, new_key_view
from app.screens.opening.damage import DamageCard
from app.screens.opening.damage_view import damage_view, found_view
from app.screens.opening.page import OpeningPage
from app.screens.opening.view import first_run_view, unlock_view
from app.screens.patient_form.page import PatientFormPage
from app.screens.patients.narrowing import UNSEEN
from app.screens.patients.page import PatientsPage
from app.screens.people.page import PeoplePage
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    ComparisonPlace,
    DataPlace,
    DuePlace,
    ErasingPlace,
    FamilyReportPlace,
    HelpPlace,
    HistoryPlace,
    MarkedPlace,
    NewKeyPlace,
    PatientFormPlace,
    PatientsPlace,
    PeoplePlace,
    Place,
    ReportsPlace,
    SettingsPlace,
    SignedVisitPlace,
    TreatmentsPlace,
    VisitPlace,
)
from app.screens.recovery import code_loss, first_code_view, new_code_view
from app.screens.settings.page import SettingsPage
from app.screens.strength import strength_view
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.page import TreatmentsPage
from app.screens.visit.cursor import Part
from app.screens.visit.page import VisitPage
from app.screens.your_data.page import DataPage
from app.screens.your_data.putting_view import putting_view, secret_view
from app.settings import Settings, TextSize, Theme
from scales.catalogue import load_catalogue
from tests.screens.patient_rooms.bench import settle
from widgets.banner import PatientBanner
from widgets.buttons import ElidedButton
from widgets.labels import ElidedLabel
from widgets.shortcuts import Area

CLOCK = FixedClock.on(date(2026, 11, 21))
ROOM = QSize(1008, 720)
"""What the screen leaves to a window without its frame."""
READ = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
SHORT = {
    "patients": "patient_id\nS1\n",
    "visits": "patient_id,visit_id,date\nS1,s1,2025-06\nS1,s2,2026-10-22\n",
    "totals": "patient_id,visit_id,scale,total\nS1,s1,oms,16\nS1,s2,oms,4\n",
    "treatments": "patient_id,treatment_id,agent,start\nS1,t1,ivig,2025-06\n",
}
CODE = "05G1-Y56W-PVH9-7N2B-WWD8-2XPP-MMMV-6CFH"
WEAK = "password12"


@dataclass(frozen=True)
class Large:
    """The window at 150 % on the demo, and whom and what it shows."""

    running: Running
    known: str
    long: str
    visit: str

    def at(self, place: Place) -> QWidget:
        """Go to a place and return its page."""
        self.running.desk.navigation.go(place)
        self.running.finish_tasks()
        page = self.running.window.page
        assert page is not None
        return page

    def misses(self) -> list[str]:
        """Return what does not fit of what the window shows now."""
        return _misses(self.running.window, ROOM)


@pytest.fixture(scope="module", params=list(Theme))
def large(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Large]:
    """Return the window in a theme, on the demo, a long name and an open visit."""
    folder = tmp_path_factory.mktemp("large")
    build_demo(folder / "data", clock=CLOCK, catalogue=load_catalogue())
    running = Running(application(), folder / "data", CLOCK, is_demo=True)
    running.start()
    store = running.desk.store
    names = ("Anna-Maria Elisabeth Theodora Wilhelmina", "Wolfeschlegelsteinhausenbergerdorff")
    long = store.patients.add(PatientFacts("ID-12345678", *names, PartialDate(2021, 3, 14))).id
    visit = store.visits.start(long, PartialDate(2026, 11, 21), "10:40").id
    known = store.patients.by_patient_id("DEMO-1").id
    running.window.resize(ROOM)
    running.window.show()
    shown = Large(running, known, long, visit)
    pages = (ChartPlace(known), TreatmentsPlace(known), ReportsPlace(known), VisitPlace(visit))
    for place in pages:
        shown.at(place)  # so that pages are enlarged that were built before
    store.settings.save(Settings(theme=request.param, text_size=TextSize.LARGEST))
    yield shown
    running.stop()
    running.look.wear(Theme.LIGHT)  # once nothing is left that would be dressed anew
    shutil.rmtree(folder)


def _misses(window: QWidget, room: QSize) -> list[str]:
    for _ in range(6):  # a line that breaks asks for height, which may move what stands below
        settle()
    found = [_miss(part, window) for part in window.findChildren(QWidget) if _is_read(part)]
    wanted = window.minimumSizeHint()
    if wanted.boundedTo(room) != wanted:
        found.append(f"the window asks for {wanted.width()} by {wanted.height()}")
    return [each for each in found if each]


def _is_read(part: QWidget) -> bool:
    return isinstance(part, READ) and part.isVisible() and bool(part.width())


def _miss(part: QWidget, window: QWidget) -> str:
    """Return what is wrong with the place or the size of one part; empty where nothing is."""
    place = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    area = _area(part)
    name = f"{type(part).__name__} {part.accessibleName() or _text(part)!r}"
    if area is not None:
        left = area.mapTo(window, QPoint(0, 0)).x()
        if place.left() < left or place.right() > left + area.width():
            return f"{name} is cut at the side"
    elif not window.rect().contains(place):
        return f"{name} is outside"
    return f"{name} is cut" if _is_cut(part) else ""


def _area(part: QWidget) -> QWidget | None:
    """Return the part of the window that scrolls and holds this one, if any does."""
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea) and above.viewport().isAncestorOf(part):
            return above.viewport()
        above = above.parentWidget()
    return None


def _is_cut(part: QWidget) -> bool:
    if isinstance(part, QPushButton) and not isinstance(part, ElidedButton):
        return bool(part.text()) and part.width() < part.minimumSizeHint().width()
    if type(part) is not QLabel or not part.text():
        return False
    if part.wordWrap():
        return part.height() < part.heightForWidth(part.width()) - 1
    return part.width() < part.sizeHint().width()


def _text(part: QWidget) -> str:
    return part.text() if isinstance(part, QLabel | QAbstractButton | QLineEdit) else ""


def test_the_list_fits(large: Large) -> None:
    """With an unfinished visit above it."""
    large.at(PatientsPlace())
    assert large.misses() == []


def test_the_ways_to_narrow_the_list_fit(large: Large) -> None:
    """With a filter chosen, too, and with nobody left."""
    page = large.at(PatientsPlace())
    assert isinstance(page, PatientsPage)
    page.narrowing.toggle.click()
    assert large.misses() == []
    panel = page.narrowing.panel
    assert panel is not None
    panel.others[UNSEEN].click()
    assert large.misses() == []
    page.search.setText("nobody is called so")
    assert large.misses() == []
    page.search.clear()
    page.narrowing.everybody.click()
    page.narrowing.toggle.click()


def test_the_unfinished_visits_fit(large: Large) -> None:
    """Each with both ways on."""
    page = large.at(PatientsPlace())
    assert isinstance(page, PatientsPage)
    page.unfinished.click()
    assert large.misses() == []
    page.drafts.close_button.click()


def test_who_is_due_fits(large: Large) -> None:
    """The longest name is due, and somebody is overdue."""
    store, today = large.running.desk.store, large.running.desk.clock.today()
    store.patients.set_next_visit(large.long, PartialDate.of(today))
    store.patients.set_next_visit(large.known, PartialDate(2026, 11, 20))
    large.at(DuePlace())
    assert large.misses() == []


def test_a_cohort_fits(large: Large) -> None:
    """Who was treated together, and what is said of too few; a diagnosis with a long name."""
    for place in (CohortPlace(), CohortPlace("ivig", "oms", Only("oms_paraneoplastic_adult"))):
        large.at(place)
        assert large.misses() == []
    page = large.at(CohortPlace("ivig", "oms"))
    assert isinstance(page, CohortPage)
    assert page.fan.isVisibleTo(page)


KINDS = [ChartPlace, PatientFormPlace, ReportsPlace, FamilyReportPlace]


@pytest.mark.parametrize("kind", KINDS)
def test_the_pages_of_a_patient_fit(large: Large, kind: type) -> None:
    """For a full record, and for the longest name."""
    for patient in (large.known, large.long):
        large.at(kind(patient))
        assert large.misses() == []


def test_the_answers_of_a_course_fit(large: Large) -> None:
    """With the words opened from them, and above the table."""
    page = large.at(ChartPlace(large.known))
    assert isinstance(page, ChartPage)
    for key in ("oms", "sara"):
        page.answers.scale.chosen.emit(key)
        for answer in page.answers.answers.values():
            answer.click()
            assert large.misses() == []
    page.forms.chosen.emit("table")
    assert large.misses() == []
    page.in_words.click()
    assert page.table_notes.isVisible()
    assert large.misses() == []
    page.clear()
    settle()
    assert not page.side.isVisible()


@pytest.mark.parametrize("kind", [*KINDS, TreatmentsPlace, VisitPlace])
def test_a_long_name_keeps_its_family_name_in_the_banner(large: Large, kind: type) -> None:
    """The given names give way first; nothing but the family name is left where room lacks."""
    page = large.at(kind(large.visit if kind is VisitPlace else large.long))
    settle()
    banner = page.findChild(PatientBanner)
    assert isinstance(banner, PatientBanner)
    name = banner.findChildren(ElidedLabel)[0]
    assert len(name.text()) > 70
    assert "Wolfeschlegelsteinhausen" in name.fitted(name.contentsRect().width())


def test_a_start_whose_day_is_not_known_fits(large: Large) -> None:
    """The column beside the chart tells dates in place of days, which are longer."""
    store = large.running.desk.store
    with TemporaryDirectory() as folder:
        for name, text in SHORT.items():
            Path(folder, f"{name}.csv").write_text(text, encoding="utf-8")
        import_from(store, large.running.desk.catalogue, Path(folder))
    page = large.at(ChartPlace(store.patients.by_patient_id("S1").id))
    assert isinstance(page, ChartPage)
    told = [part.text() for part in page.side.findChildren(QLabel)]
    assert any(text.startswith("22 Oct 2026 ·") and text.endswith("−75 %") for text in told)
    assert large.misses() == []


@pytest.mark.parametrize("kind", list(FormKind))
def test_treatments_and_their_forms_fit(large: Large, kind: FormKind) -> None:
    """What is recorded on one side, what is typed on the other."""
    page = large.at(TreatmentsPlace(large.known))
    assert isinstance(page, TreatmentsPage)
    assert large.misses() == []
    record = large.running.desk.store.record(large.known)
    is_new = kind in {FormKind.TREATMENT, FormKind.EVENT}
    page.wished.emit(Wish(kind, treatment="" if is_new else record.treatments[0].id))
    assert large.misses() == []
    page.cancelled.emit()


@pytest.mark.parametrize("scale", ["five_feature", "oms", "sara", "icars"])
def test_every_scale_fits(large: Large, scale: str) -> None:
    """The sheet and the guided page, the reasons open and closed."""
    large.at(VisitPlace(large.visit, scale))
    assert large.misses() == []


def test_the_other_parts_of_a_visit_fit(large: Large) -> None:
    """Context and summary."""
    page = large.at(VisitPlace(large.visit))
    assert isinstance(page, VisitPage)
    page.sheet.context_requested.emit()
    assert (page.part, large.misses()) == (Part.CONTEXT, [])
    page.context.done.emit()
    page.sheet.summary_requested.emit()
    assert (page.part, large.misses()) == (Part.SUMMARY, [])


def test_a_signed_visit_fits(large: Large) -> None:
    """Every scale there is, each item, what was before, and two visits side by side."""
    last = large.running.desk.store.record(large.known).visits[-1].id
    for place in (SignedVisitPlace(last), ComparisonPlace(last)):
        large.at(place)
        assert large.misses() == []


def test_the_settings_fit(large: Large) -> None:
    """With a new recovery code on the screen, too."""
    page = large.at(SettingsPlace())
    assert isinstance(page, SettingsPage)
    page.passphrase.show()
    page.passphrase.wished.show_strength(strength_view(WEAK, "", large.running.words))
    page.recovery.show()
    assert large.misses() == []
    page.recovery.show_code(new_code_view(CODE, large.running.words))
    assert large.misses() == []
    page.recovery.forget()


def test_what_others_marked_fits(large: Large) -> None:
    """The longest name, marked by somebody with a long one for a reason that goes on."""
    page = large.at(MarkedPlace())
    assert isinstance(page, MarkedPage)
    facts = large.running.desk.store.patients.get(large.long).facts
    name, reason = "Freifrau von und zu Hohenstein-Oberlichtenau", "belongs to another child " * 9
    marked = MarkedVisit(large.long, facts, PartialDate(2026, 11, 20), name, CLOCK.now(), reason)
    page.show_view(marked_view((marked, marked), large.running.words))
    assert large.misses() == []


def test_the_data_fit(large: Large) -> None:
    """The copies, what would be missing with one, and where a passphrase is asked for."""
    page = large.at(DataPlace())
    assert isinstance(page, DataPage)
    large.running.finish_tasks()
    assert large.misses() == []
    name = "Maximiliana Theodora Freifrau von und zu Hohenstein-Oberlichtenau"
    lack = Lack(name, "ID-12345678", CLOCK.today(), 1, 1, 1, 1)
    told = large.running.words
    for view in (
        putting_view("today, 09:00", Comparison((lack,), (lack,), 2, 2, cut=Cut(None, 9)), told),
        secret_view("today, 09:00", "Type the passphrase of that day.", told),
    ):
        page.show_putting(view)
        assert large.misses() == []
    page.show_putting(None)


def test_the_people_fit(large: Large) -> None:
    """A name that is long, with every role and every sentence."""
    users = large.running.desk.store.users
    users.add("Maximiliana Theodora Freifrau von und zu Hohenstein-Oberlichtenau", *Role)
    page = large.at(PeoplePlace())
    assert isinstance(page, PeoplePage)
    page.form.save.click()
    assert large.misses() == []


def test_the_new_key_fits(large: Large) -> None:
    """Refused, asked for, on its way, with its code, and with what is left."""
    page, words = large.at(NewKeyPlace()), large.running.words
    assert isinstance(page, NewKeyPage)
    assert large.misses() == []
    folder = Path("/data")
    left = (folder / "set-aside" / "20261014T091205.113Z" / "copies" / "20261013T091205.113Z",)
    surplus = (Copy(datetime(2026, 10, 14, tzinfo=UTC), folder),)
    away = LeftElsewhere(Path("/media/ward/STICK OF THE UNIT"), is_there=False)
    page.show_view(new_key_view(Found(folder, surplus, left, away), "", words))
    assert large.misses() == []
    page.making.show_state("Nothing has changed. " * 5, is_running=True)
    assert large.misses() == []
    page.show_code(code_view(CODE, words))
    assert large.misses() == []
    page.forget_code()


def test_the_history_fits(large: Large) -> None:
    """Of everybody and of the longest name, the filters open, and a deed with all its fields."""
    for place in (HistoryPlace(), HistoryPlace(large.long), HistoryPlace(large.long, large.visit)):
        page = large.at(place)
        assert isinstance(page, HistoryPage)
        assert large.misses() == []
        page.filter.click()
        for more in [part.more for part in page.findChildren(DeedPart)]:
            more.click()
        assert large.misses() == []


def test_erasing_fits(large: Large) -> None:
    """While it is off, when everything is asked and wrong, and with copies that hold somebody."""
    form = large.at(PatientFormPlace(large.long))
    assert isinstance(form, PatientFormPage)
    form.erase.show()
    assert large.misses() == []
    page, words = large.at(ErasingPlace(large.long)), large.running.words
    assert isinstance(page, ErasingPage)
    assert large.misses() == []
    prospect = large.running.desk.store.erasing.prospect(large.long)
    extent = Extent(1234, 1234, 1234, 1234, 1234, 1234, 123456)
    ready = replace(prospect, day=date(2020, 1, 1), extent=extent, needs_second=True)
    page.show_patient(erasing_view(ready, words))
    for name in ("identifier", "reason", "passphrase"):
        page.card.show_problem(name, "That is not the passphrase of a second person here.")
        assert large.misses() == []
    large.at(ErasingPlace())
    older = [
        OlderCopy(Copy(datetime(2026, 1, 2, tzinfo=UTC), Path(f"{name}T091530.123Z")), is_readable)
        for name, is_readable in (("20260102", True), ("20260103", True), ("20260104", False))
    ]
    now = CLOCK.now()
    beside = Beside((Path("20260101T101010.000Z"),), Path("/media/ward/STICK OF THE UNIT"))
    view = copies_view(older, beside, now, words, is_anybody_erased=True)
    page.copies.show_view(view)
    page.copies.show_done("The patient is erased.")
    assert large.misses() == []


def test_the_keys_and_about_fit(large: Large) -> None:
    """All areas, and a long path."""
    large.at(HelpPlace())
    assert large.misses() == []


def test_the_hazards_fit(large: Large) -> None:
    """Each kind, with the longest words of each hazard."""
    page = large.at(HelpPlace())
    assert isinstance(page, HelpPage)
    for one in page.parts.buttons:
        one.click()
        assert large.misses() == []


def test_every_screen_is_looked_at() -> None:
    """A new one fails here until it is shown above."""
    others = {PatientsPlace, DuePlace, CohortPlace, TreatmentsPlace, VisitPlace}
    others |= {HistoryPlace, SettingsPlace, HelpPlace, PeoplePlace, MarkedPlace}
    others |= {SignedVisitPlace, ComparisonPlace, NewKeyPlace, ErasingPlace, DataPlace}
    assert {*KINDS, *others} == set(BUILDERS)


def test_the_cards_of_the_opening_fit(large: Large) -> None:
    """Damage, first run, passphrase, recovery code."""
    words, folder = large.running.words, Path("/home/somebody/.local/share/oms-bedside")
    page = OpeningPage(words)
    page.resize(ROOM)
    page.show()
    card = DamageCard(words)
    problem = Damage("The file records.db is missing in {folder}.", folder=folder)
    page.show_further(card)
    for damage in (
        damage_view(problem, words, is_asking=True),
        found_view(problem, Left((), is_readable=True), CLOCK.now(), words),
    ):
        card.show_view(damage)
        assert _misses(page, ROOM) == []
    for view in (
        first_run_view(folder, words),
        unlock_view(folder, words),
        first_code_view(CODE, words),
    ):
        page.show_view(view)
        assert _misses(page, ROOM) == []
    page.show_view(first_run_view(folder, words))
    page.first_run.passphrase.show_strength(strength_view(WEAK, "", words))
    assert _misses(page, ROOM) == []
    page.deleteLater()


def test_questions_fit(large: Large) -> None:
    """Each kind, with all that it can offer."""
    words, window = large.running.words, large.running.window
    long = "Begun for another patient, who has the bed beside this one"
    loss = Loss("Discard this visit?", code_loss(words).text, "Discard", (long, *"abc"))
    asking = Dialogs(words)
    asking.lose(window, loss, settle, settle)
    asking.lose_with_reason(window, loss, print)
    asking.tell(window, "Keys of this page", key_rows(tuple(Area), words))
    asking.reason(window, loss.title, loss.text, print)
    for dialog in window.findChildren(QDialog):
        assert _misses(dialog, ROOM) == []
        dialog.reject()
    assert QApplication.activeModalWidget() is None


def test_both_readings_of_a_next_visit_are_read_whole(large: Large) -> None:
    """Whoever chooses between two days sees both of them, and what was typed."""
    page = large.at(ChartPlace(large.known))
    assert isinstance(page, ChartPage)
    large.running.desk.news.tell_signed(large.known)
    page.after_signing.plan.click()
    page.after_signing.day.set_text("3/4/2027")
    page.after_signing.save.click()
    settle()
    offered = [one for one in page.after_signing.day.findChildren(QPushButton) if one.isVisible()]
    cut = [one.text() for one in offered if one.width() < one.sizeHint().width()]
    page.after_signing.day.set_value(None)
    assert "3 Apr 2027" in [one.text() for one in offered]
    assert cut == []
