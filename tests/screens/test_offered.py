"""What the window offers to each set of roles: nothing that is refused, and all that is allowed.

Every screen is opened and every button pressed, each press taken back. What the table of actions
lets a role do is then looked for by name.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import UserError
from app.palette import load_palette
from app.records.actions import Action
from app.records.folder import Founder, create_folder
from app.records.keys.keyfile import Cost
from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    Patient,
    Role,
    User,
    Visit,
)
from app.screens.builders import BUILDERS
from app.screens.chart.control import ChartControl  # noqa: F401 - its plot comes before windows
from app.screens.places import (
    ChartPlace,
    CohortPlace,
    ComparisonPlace,
    DataPlace,
    DuePlace,
    HelpPlace,
    HistoryPlace,
    MarkedPlace,
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
from app.screens.screen import Screen
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.builders import replace
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, settle, texts
from widgets.theme import apply_theme

NURSE, PHYSICIAN, KEEPER = Role.NURSE, Role.PHYSICIAN, Role.KEEPER
SETS = ((NURSE,), (PHYSICIAN,), (KEEPER,), (NURSE, KEEPER), (PHYSICIAN, KEEPER))
START = PartialDate(2026, 1, 6)
SECOND = ("Save", "Remove…", "Sign visit", "Sign the amendment", "Discard visit…", "Continue")
"""Buttons that are pressed once another press has brought them."""
NO_BUTTON = {
    "UNDO", "TAKE_OVER_VISIT", "HEAR", "OPEN", "OPEN_PATIENT", "PRINT", "CAUTION_PATIENT",
    "FORGET_CONFIRMED", "RESTORE", "GO_ON", "IMPORT", "PLAN_VISIT", "DATE_VISIT", "NOTE_CONTEXT",
    "MEASURE_IN_VISIT", "ANSWER_OPEN", "TYPE_TOTAL", "REMOVE_SHEET", "OPEN_SHEET", "CONFIRM",
    "ADD_SEQUELA", "REMOVE_SEQUELA", "ADD_DOSE", "RENAME_USER",
    "CHANGE_ROLES", "GIVE_PASSPHRASE", "SAVE_OWN_SETTINGS", "CLEAN_COPY", "EXPORT_COHORT",
}  # fmt: skip
"""What stands on a page that another offer leads to, what only commands do, and what all may."""


@dataclass
class Unit:
    """A unit with records that somebody else made, and somebody of some roles who looks."""

    rooms: RoomBench
    made: dict[str, Place]
    refused: list[tuple[str, str]] = field(default_factory=list)
    screens: dict[type, Screen] = field(default_factory=dict)
    where: str = ""
    untouched: str = ""
    """The place whose page a press has left as it was, but for a choice that is not saved."""

    def show(self, name: str) -> QWidget:
        """Open a place anew and return its page."""
        place, self.untouched = self.made[name], ""
        kind = type(place)
        if kind not in self.screens:
            self.screens[kind] = BUILDERS[kind](self.rooms.desk)
            self.screens[kind].page.resize(1280, 900)
            # All but painted: nobody looks.
            self.screens[kind].page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self.screens[kind].page.setUpdatesEnabled(False)
            self.screens[kind].page.show()
        went = len(self.rooms.went)
        self.screens[kind].open(place)
        settle()
        # A place that leads somewhere else at once shows nothing itself.
        return self.screens[kind].page if len(self.rooms.went) == went else QWidget()

    def done(self) -> tuple[int, int]:
        """Count what was written, and what was begun beside the window."""
        return self.rooms.store._database.conn.total_changes, len(self.rooms.tasks.begun)

    def watch(self) -> None:
        """Take down from now on what is refused, and by which press."""
        ask = self.rooms.store.users.check_may

        def check(action: Action) -> None:
            try:
                ask(action)
            except UserError:
                self.refused.append((self.where, action.name))
                raise

        self.rooms.store.journal.permits = check
        self.rooms.store.users.check_may = check  # type: ignore[method-assign]


class _TakenBack(Exception):
    """Takes back what a press has written."""


def _buttons(page: QWidget) -> dict[str, QAbstractButton]:
    return {
        one.accessibleName() or one.text(): one
        for one in page.findChildren(QAbstractButton)
        if one.isVisibleTo(page) and one.isEnabled() and one.isEnabledTo(page)
    }


def _draft(rooms: RoomBench, patient: Patient) -> Visit:
    draft = rooms.store.visits.start(patient.id, PartialDate(2026, 1, 27), "")
    for key in rooms.catalogue.find("five_feature").keys:
        rooms.store.visits.answer(draft.id, "five_feature", key, Scored(Decimal(1)))
    return draft


def _own(rooms: RoomBench, patient: Patient, actor: User) -> Visit | None:
    """Sign a visit as the one who looks, where that can be."""
    if not actor.roles & Action.SIGN_VISIT.roles:
        return None
    maker = rooms.store.user.id
    rooms.store.act_as(actor.id)
    own = rooms.signed(patient, PartialDate(2026, 1, 24), 1)
    rooms.store.act_as(maker)
    return own


def _made(rooms: RoomBench, actor: User) -> dict[str, Place]:
    """Make records as somebody with every role, and return the places to look at."""
    store, patient = rooms.store, rooms.course("1", "Mia")
    other, gone, amended = (rooms.patient(one, one) for one in ("2", "3", "4"))
    confirmed = {"diagnosis": "paca", "diagnosis_confirmed": "yes", "course": "monophasic"}
    store.patients.change(other.id, replace(other.facts, **confirmed))
    store.patients.change(patient.id, replace(patient.facts, diagnosis="paca"))
    store.patients.mark_error(gone.id, "twice")
    for kind in ("fever", "relapse", "suspected_relapse"):
        store.events.add(patient.id, EventFacts(date=START, kind=kind))
    look = FindingFacts(date=START, kind="tumour", name="MRI", result="negative")
    store.findings.add(patient.id, look)
    monthly = DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    store.treatments.add_dose(store.record(patient.id).treatments[0].id, monthly)
    height = MeasureFacts(date=START, kind="height_cm", value=Decimal(90))
    store.measures.add(patient.id, height)
    marked = rooms.signed(patient, PartialDate(2026, 1, 22), 1)
    store.visits.mark_error(marked.id, "twice")
    amendment = store.visits.amend(rooms.signed(amended, START, 1).id, "slip")
    own = _own(rooms, patient, actor)
    store.settings.save(replace(store.settings.load(), keep_years=10))
    return {
        "list": PatientsPlace(), "due": DuePlace(), "cohort": CohortPlace(),
        "new": PatientFormPlace(None),
        "form": PatientFormPlace(patient.id), "confirmed": PatientFormPlace(other.id),
        "gone": PatientFormPlace(gone.id), "chart": ChartPlace(patient.id),
        "gone chart": ChartPlace(gone.id), "treatments": TreatmentsPlace(patient.id),
        "events": TreatmentsPlace(patient.id), "pages": ReportsPlace(patient.id),
        "history": HistoryPlace(), "settings": SettingsPlace(), "people": PeoplePlace(),
        "marks": MarkedPlace(), "help": HelpPlace(), "data": DataPlace(),
        "others": SignedVisitPlace(store.record(patient.id).visits[0].id),
        "compared": ComparisonPlace(store.record(patient.id).visits[1].id),
        "marked": SignedVisitPlace(marked.id), "draft": VisitPlace(_draft(rooms, other).id),
        "amendment": VisitPlace(amendment.id),
        **({} if own is None else {"own": SignedVisitPlace(own.id)}),
    }  # fmt: skip


@pytest.fixture(scope="module", params=SETS, ids="+".join)
def unit(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Unit]:
    """Return a unit at which somebody with a set of roles looks; presses are taken back."""
    tmp_path = tmp_path_factory.mktemp("offered")
    apply_theme(qapp, load_palette("light"))
    clock, catalogue = FixedClock.on(date(2026, 1, 28)), load_catalogue()
    store, _ = create_folder(
        tmp_path / "data", Founder("Maker", Role.NURSE), "seven quiet boats",
        clock=clock, catalogue=catalogue, cost=Cost(passes=1, memory_kib=128, lanes=1),
    )  # fmt: skip
    let_do_everything(store)
    rooms = RoomBench(store, catalogue, clock)
    rooms.desk = replace(rooms.desk, folder=tmp_path / "data")
    rooms.ask.path = tmp_path / "taken out"
    actor = store.users.add("Looking", *request.param)
    unit = Unit(rooms, _made(rooms, actor))
    store.act_as(actor.id)
    unit.watch()
    yield unit
    for screen in unit.screens.values():
        screen.page.close()
        screen.page.deleteLater()
    settle()
    store.close()


def _press(unit: Unit, name: str, text: str) -> None:
    """Press a button, and what it brings; then take back whatever that has written."""
    page = _ready(unit, name)
    before = set(_buttons(page))
    if text not in before:
        return  # what an earlier press had opened
    unit.where = f"{name}: {text}"
    done = unit.done()
    with suppress(_TakenBack), unit.rooms.store.atomic():
        _buttons(page)[text].click()
        new = _buttons(page)
        second = next((one for one in SECOND if one in new and one not in before), "")
        if second:
            new[second].click()
        is_untouched = set(new) == before and unit.done() == done
        raise _TakenBack
    unit.untouched = name if is_untouched else ""


def _ready(unit: Unit, name: str) -> QWidget:
    """Return the page of a place, anew unless the last press there only made a choice."""
    if unit.untouched == name:
        return unit.screens[type(unit.made[name])].page
    page = unit.show(name)
    if name == "new":
        page.patient_id.set_text("99")  # type: ignore[attr-defined] # the form has it
    if name == "events":
        page.show_face(events=True)  # type: ignore[attr-defined] # as above
    return page


def test_nothing_that_is_offered_is_refused(unit: Unit) -> None:
    """Each button of each screen, whatever it leads to on its page."""
    pressed = 0
    for name in unit.made:
        page = unit.show(name)
        if name == "events":
            page.show_face(events=True)  # type: ignore[attr-defined] # the page has it
        for text in _buttons(page):
            _press(unit, name, text)
            pressed += 1
    assert pressed > 80
    assert unit.refused == []


Seen = Callable[[QWidget], bool]


def _named(start: str) -> Seen:
    def is_there(page: QWidget) -> bool:
        return any(name.startswith(start) for name in _buttons(page))

    return is_there


def _usable(*path: str) -> Seen:
    def is_usable(page: QWidget) -> bool:
        part = page
        for name in path:
            part = getattr(part, name)
        return part.isVisibleTo(page) and part.isEnabledTo(page)

    return is_usable


OFFERED: dict[str, tuple[str, Seen]] = {
    "ADD_USER": ("people", _named("Save")),
    "RETIRE_USER": ("people", _named("Retire: ")),
    "SET_THRESHOLDS": ("settings", _usable("limits", "weight")),
    "SAVE_UNIT_SETTINGS": ("settings", _usable("site")),
    "ADD_PATIENT": ("list", _named("New patient")),
    "CHANGE_PATIENT": ("form", _named("Save")),
    "CONFIRM_DIAGNOSIS": ("form", _named("The diagnosis stands: confirmed")),
    "CHANGE_CONFIRMED": ("confirmed", _usable("diagnosis")),
    "SET_COURSE": ("form", _usable("course")),
    "MARK_PATIENT": ("form", _named("Entered in error…")),
    "UNMARK_PATIENT": ("gone", _named("Take the mark back")),
    "START_VISIT": ("chart", _named("Start visit")),
    "DISCARD_VISIT": ("list", _named("Discard: ")),
    "SIGN_VISIT": ("draft", _named("Sign visit")),
    "AMEND_VISIT": ("own", _named("Amend…")),
    "AMEND_OTHERS_VISIT": ("others", _named("Amend…")),
    "MARK_VISIT": ("others", _named("Entered in error…")),
    "UNMARK_VISIT": ("marked", _named("Take back ")),
    "ANSWER": ("list", _named("Continue: ")),
    "ADD_TREATMENT": ("treatments", _named("Add: IVIg")),
    "CHANGE_TREATMENT": ("treatments", _named("Change: ")),
    "REMOVE_TREATMENT": ("treatments", _named("Change: ")),
    "GIVE_DOSE": ("treatments", _named("Given today as planned: ")),
    "ADD_EVENT": ("events", _named("Add: Suspected relapse")),
    "CHANGE_EVENT": ("events", _named("Change: Fever")),
    "REMOVE_EVENT": ("events", _named("Change: Fever")),
    "ADD_FINDING": ("events", _named("Add: Search for a tumour")),
    "CHANGE_FINDING": ("events", _named("Change: Search for a tumour")),
    "REMOVE_FINDING": ("events", _named("Change: Search for a tumour")),
    "ADD_MEASURE": ("events", _named("Add: Height")),
    "CHANGE_MEASURE": ("events", _named("Change: Height")),
    "REMOVE_MEASURE": ("events", _named("Change: Height")),
    "CONFIRM_RELAPSE": ("events", _named("Confirm this relapse: ")),
    "DISMISS_RELAPSE": ("events", _named("Dismiss this suspicion: ")),
    "ADD_JUDGED": ("events", _named("Add: Relapse")),
    "CHANGE_JUDGED": ("events", _named("Change: Relapse")),
    "REMOVE_JUDGED": ("events", _named("Change: Relapse")),
    "EXPORT": ("history", _named("Save as table…")),
    "CHOOSE_SECOND_PLACE": ("data", _named("Choose a folder…")),
    "RENEW_KEY": ("settings", _named("New key…")),
    "ERASE_PATIENT": ("form", _named("Erase this patient…")),
    "HAND_OVER": ("pages", _named("Hand over this patient as a file")),
}
"""Where each action is offered: a place, and what is looked for there."""


def test_what_may_be_done_is_offered_and_nothing_else(unit: Unit) -> None:
    """By the table of actions, one after another."""
    wrong = []
    for name, (place, is_offered) in OFFERED.items():
        if place not in unit.made:
            continue
        page = unit.show(place)
        if place == "list":
            page.unfinished.click()  # type: ignore[attr-defined] # the list has it
            settle()
        if place == "events":
            page.show_face(events=True)  # type: ignore[attr-defined] # as above
        may = unit.rooms.store.users.may(Action[name])
        if is_offered(page) != may:
            wrong.append((name, place, may))
    assert wrong == []


def test_each_action_is_looked_for_or_has_no_offer_of_its_own() -> None:
    """A new action is given its place here."""
    assert set(OFFERED) | NO_BUTTON == {one.name for one in Action}
    assert not set(OFFERED) & NO_BUTTON


def test_where_nothing_is_offered_a_sentence_says_who_does_it(unit: Unit) -> None:
    """Whoever looks for a way finds out whom to ask."""
    told = {name: " ".join(texts(unit.show(name))) for name in _TOLD}
    for name, (action, sentence) in _TOLD.items():
        is_told = sentence in told[name]
        assert is_told is not unit.rooms.store.users.may(action), (name, told[name])


_TOLD = {
    "chart": (Action.START_VISIT, "A nurse or a physician scores visits"),
    "form": (Action.CHANGE_PATIENT, "A nurse or a physician adds patients and corrects"),
    "confirmed": (Action.CHANGE_CONFIRMED, "Only a physician changes it now"),
    "treatments": (Action.ADD_TREATMENT, "A nurse or a physician records treatments"),
    "others": (Action.AMEND_OTHERS_VISIT, "amends"),
    "settings": (Action.SAVE_UNIT_SETTINGS, "Only a keeper of the records does this."),
    "people": (Action.ADD_USER, "A keeper of the records adds and changes people."),
}
"""The sentence of a place for whoever may not do something there."""
