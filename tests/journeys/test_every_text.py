"""Every text on every screen goes through the catalogue: a marking language shows it."""

import gettext
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

import app.screens
from app.clock import FixedClock, Moment
from app.dates import parse_date
from app.errors import N_, Damage, UserError
from app.formats import Formats
from app.hazards import load_hazards
from app.language import Words
from app.palette import load_palette
from app.records.cohort import Aligned, Asked, DaySpan, Member, TotalSince
from app.records.copies.after_damage import Left
from app.records.copies.backup import Copy
from app.records.copies.comparison import Comparison, Lack
from app.records.copies.inventory import CopyState
from app.records.copies.older_copy import OlderCopy
from app.records.folder import Founder, create_open_folder
from app.records.model import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    PatientFacts,
    Role,
    TreatmentFacts,
)
from app.records.store import Store
from app.screens.ask import Dialogs, Either, Loss
from app.screens.builders import BUILDERS
from app.screens.closing_page import ClosingPage
from app.screens.cohort.page import CohortPage
from app.screens.cohort.view import cohort_view
from app.screens.desk import Desk
from app.screens.erasing.page import ErasingPage
from app.screens.erasing.view import Beside, copies_view, erasing_view
from app.screens.lock.page import LockPage
from app.screens.lock.view import (
    Why,
    choose_view,
    closed_view,
    left_over_view,
    open_view,
    passphrase_view,
    pin_view,
    unsaved_words,
    wrong_pin_words,
)
from app.screens.navigation import Navigation
from app.screens.news import News
from app.screens.opening.damage import DamageCard
from app.screens.opening.damage_view import damage_view, found_view
from app.screens.opening.page import OpeningPage
from app.screens.opening.view import first_run_view, trouble_view, unlock_view
from app.screens.patients.page import PatientsPage
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
from app.screens.printing import PrinterChoice
from app.screens.recovery import first_code_view, instead_code_view, new_code_view
from app.screens.strength import strength_view
from app.screens.tasks import Tasks
from app.screens.treatments.form_values import FormKind, Wish
from app.screens.treatments.page import TreatmentsPage
from app.screens.window import Window
from app.screens.your_data.page import DataPage
from app.screens.your_data.putting_view import putting_view
from app.trends.cohort import cohort_of
from scales.catalogue import load_catalogue
from scales.model import Scored
from tests.roles import let_do_everything
from widgets.buttons import ElidedButton
from widgets.plot import CoursePlot
from widgets.theme import apply_theme

TODAY = date(2026, 1, 28)
OPEN, SHUT = "«", "»"
TYPED = {"Qqq", "Www", "Zzz", "Yyy", "OMS", "Bedside"}
"""The names in the record and of the app: the only words that no catalogue knows."""
MONTHS = {Formats().month(date(2026, number, 1)) for number in range(1, 13)}
"""The months of dates, which come from the published data of languages."""


class Marking(gettext.NullTranslations):
    """Puts marks around every text that is asked for."""

    def gettext(self, message: str) -> str:
        """Return the text between marks."""
        return f"{OPEN}{message}{SHUT}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for ``n`` between marks."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@dataclass(frozen=True)
class Told:
    """Whose texts are looked at."""

    desk: Desk
    patient: str
    draft: str
    signed: str


Look = Callable[[QWidget], None]


@dataclass
class Looked:
    """The texts that were found by the name of what was shown, and every kind of widget seen."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    widgets: set[type[QWidget]] = field(default_factory=set)

    def at(self, name: str, page: QWidget) -> None:
        """Take up every text of a page and all that stands on it."""
        _settle()
        whole = [page, *page.findChildren(QWidget)]
        self.widgets |= {type(widget) for widget in whole}
        found = (text for widget in whole for text in _texts(widget))
        self.texts.setdefault(name, []).extend(text for text in found if text)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Told]:
    """A record with signed visits, a draft, a treatment and an event, and nothing in words."""
    apply_theme(qapp, load_palette("light"))
    clock, catalogue = FixedClock.on(TODAY), load_catalogue()
    folder = tmp_path_factory.mktemp("1") / "7"
    store = create_open_folder(
        folder, Founder("Zzz", Role.NURSE), clock=clock, catalogue=catalogue
    )
    let_do_everything(store)
    patient, draft, signed = _recorded(store)
    say = Words("xx", Marking())
    tasks = Tasks()
    desk = Desk(
        store=store,
        catalogue=catalogue,
        words=say,
        clock=clock,
        ask=Dialogs(say),
        tasks=tasks,
        navigation=Navigation(),
        news=News(),
        folder=folder,
        is_demo=True,
    )
    yield Told(desk, patient, draft, signed)
    tasks.wait()
    store.close()


@pytest.fixture(scope="module")
def looked(told: Told) -> Looked:
    """Every page, in each of its parts, with every form and question."""
    looked = Looked()
    for name, (place, steps) in _shown(told).items():
        screen = BUILDERS[type(place)](told.desk)
        screen.page.show()
        screen.open(place)
        told.desk.tasks.wait()
        looked.at(name, screen.page)
        for step in steps:
            step(screen.page)
            looked.at(name, screen.page)
        screen.leave()
        _flush(screen.page)
    _look_at_the_opening(told, looked)
    _look_at_the_window(told, looked)
    return looked


def _shown(told: Told) -> dict[str, tuple[Place, tuple[Look, ...]]]:
    """Return each place that is looked at, and what is done there between two looks."""
    treatment = told.desk.store.record(told.patient).treatments[0].id
    wishes = (
        Wish(FormKind.TREATMENT),
        Wish(FormKind.STEPS, treatment=treatment),
        Wish(FormKind.CHANGE, treatment=treatment),
        Wish(FormKind.STOP, treatment=treatment),
        Wish(FormKind.EVENT),
        Wish(FormKind.FINDING, code="tumour"),
        Wish(FormKind.MEASURE, code="weight_kg"),
        Wish(FormKind.GIVEN, treatment=treatment),
    )
    return {
        "patients": (
            PatientsPlace(),
            (
                _press("unfinished"), _press("Discard"), _press("Filter and sort"),
                _search_in_vain,
            ),
        ),
        "due": (DuePlace(), ()),
        "cohort": (CohortPlace(), (_ten_together(told),)),
        "report": (FamilyReportPlace(told.patient), (_press("Save the report"),)),
        "new patient": (PatientFormPlace(), (_press("Save"),)),
        "patient": (PatientFormPlace(told.patient), (_press("Entered in error…"),)),
        "chart": (
            ChartPlace(told.patient),
            (_press("Table"), _press("Item values"), _signed_in(told), _press("Next visit: ")),
        ),
        "treatments": (
            TreatmentsPlace(told.patient), tuple(_form_of(wish) for wish in wishes),
        ),
        "sheet": (
            VisitPlace(told.draft, "five_feature"),
            tuple(_press(text) for text in _THROUGH_A_VISIT),
        ),
        "guided": (VisitPlace(told.draft, "sara"), ()),
        "signed visit": (SignedVisitPlace(told.signed), ()),
        "comparison": (ComparisonPlace(told.signed), ()),
        "pages": (ReportsPlace(told.patient), ()),
        "settings": (SettingsPlace(), ()),
        "data": (DataPlace(), _of_the_data(told)),
        "marked": (MarkedPlace(), ()),
        "people": (PeoplePlace(), (_press("Save"), _press("Change"))),
        "new key": (NewKeyPlace(), ()),
        "erasing": (ErasingPlace(told.patient), (_ready_to_erase(told), _erased(told))),
        "history": (HistoryPlace(), (_press("Filter"),)),
        "patient's history": (HistoryPlace(told.patient), ()),
        "visit's history": (HistoryPlace(told.patient, told.signed), ()),
        "help": (HelpPlace(), tuple(_press(part.title) for part in load_hazards())),
    }  # fmt: skip


_THROUGH_A_VISIT = (
    "Not testable, declined…", "Context and note", "Done", "Summary", "Type a total from paper…",
)  # fmt: skip


def _press(text: str) -> Look:
    """Return a tap on the first button that is seen and says so."""

    def press(page: QWidget) -> None:
        seen = (one for one in page.findChildren(QAbstractButton) if one.isVisible())
        next(one for one in seen if text in one.accessibleName() or text in one.text()).click()

    return press


def _of_the_data(told: Told) -> tuple[Look, ...]:
    """Return what is done on the page of the data: a copy, a rehearsal, a check, the way back."""

    def end(_page: QWidget) -> None:
        for _ in range(4):  # work that begins other work
            told.desk.tasks.wait()
            QApplication.processEvents()

    def compare(page: QWidget) -> None:
        assert isinstance(page, DataPage)
        lack = Lack("77", "77", TODAY, 1, 1, 1, 1)
        say = told.desk.words
        page.show_putting(putting_view("77", Comparison((lack,), (lack,), 1, 1), say))

    words = ("Make one now", "Rehearse putting back", "Check now")
    return (*(step for word in words for step in (_press(word), end)), compare)


def _search_in_vain(page: QWidget) -> None:
    """Type what nobody is called."""
    assert isinstance(page, PatientsPage)
    page.search.setText("zzz")


def _ten_together(told: Told) -> Look:
    """Return a cohort with all that can be told of one."""

    def show(page: QWidget) -> None:
        assert isinstance(page, CohortPage)
        asked, say = Asked("ivig", "oms", TODAY), told.desk.words
        totals = (TotalSince(0, 0, Decimal(8)), TotalSince(40, 40, Decimal(0)))
        spans = (DaySpan(60, 60),)
        members = tuple(
            Member(str(n), TODAY, None, None, "", "", totals, spans, has_others=True)
            for n in range(12)
        )
        found = cohort_of(Aligned(asked, members, 1, 1))
        view = cohort_view(found, asked, told.desk.catalogue, say)
        page.show_view(view, load_palette("light"))

    return show


def _signed_in(told: Told) -> Look:
    """Return the news that a visit of the patient was signed just now."""

    def tell(_page: QWidget) -> None:
        told.desk.news.tell_signed(told.patient)

    return tell


def _form_of(wish: Wish) -> Look:
    """Return the opening of a form, and the try to save it as it is."""

    def open_form(page: QWidget) -> None:
        assert isinstance(page, TreatmentsPage)
        page.wished.emit(wish)
        page.saved.emit()

    return open_form


def _ready_to_erase(told: Told) -> Look:
    """Return the page once the time of a patient is over and others work here, all refused."""

    def show(page: QWidget) -> None:
        assert isinstance(page, ErasingPage)
        prospect = told.desk.store.erasing.prospect(told.patient)
        ready = replace(prospect, day=TODAY, needs_second=True)
        page.show_patient(erasing_view(ready, told.desk.words))
        page.card.erase.click()

    return show


def _erased(told: Told) -> Look:
    """Return what is left: copies, one of which cannot be read, and what was set aside."""

    def show(page: QWidget) -> None:
        assert isinstance(page, ErasingPage)
        made = Copy(datetime(2026, 1, 2, tzinfo=UTC), Path("1"))
        older, now = [OlderCopy(made), OlderCopy(made, is_readable=False)], FixedClock.on(TODAY)
        words = told.desk.words
        page.show_nobody()
        page.copies.show_view(
            copies_view(
                older, Beside((Path("2"),), Path("3")), now.now(), words, is_anybody_erased=True
            )
        )

    return show


def _look_at_the_opening(told: Told, looked: Looked) -> None:
    """Show each card that can stand before the records are open."""
    say, folder = told.desk.words, told.desk.folder
    problem = UserError(N_("This is not in the record any more."))
    page = OpeningPage(say)
    page.show()
    for view in (
        first_run_view(folder, say),
        unlock_view(folder, say),
        first_code_view("77-77", say),
        instead_code_view("77-77", say),
        new_code_view("77-77", say),
        trouble_view(problem, say),
    ):
        page.show_view(view)
        looked.at("opening", page)
    card, damage = DamageCard(say), Damage(N_("This is not in the record any more."))
    page.show_further(card)
    lack = Lack("77", "77", TODAY, 1, 1, 1, 1)
    state = CopyState(folder, is_verified=True, visits=1)
    left = Left((state,), True, Comparison((lack,), (lack,), 1, 1))
    for found in (
        damage_view(damage, say, is_asking=True, refused=""),
        damage_view(damage, say, is_asking=False),
        found_view(damage, left, Moment.read(0, 0), say),
        found_view(damage, Left((), is_readable=False), Moment.read(0, 0), say),
    ):
        card.show_view(found)
        looked.at("opening", page)
    page.show_view(first_run_view(folder, say))
    for typed in ("short", "password12", "correct horse", "correct horse battery"):
        page.first_run.passphrase.show_strength(strength_view(typed, "", say))
        looked.at("opening", page)
    _flush(page)


def _look_at_the_window(told: Told, looked: Looked) -> None:
    """Show the window, a question of each kind that it can ask, and the page that it ends with."""
    say = told.desk.words
    window = Window(say)
    told.desk.ask.confirm(window, "1", "2", "3", _do_nothing)
    told.desk.ask.reason(window, "1", "2", _take_no_notice)
    told.desk.ask.tell(window, "1", (("2", "3"),))
    told.desk.ask.lose(window, Loss("1", "2", "3"), _do_nothing, _do_nothing)
    told.desk.ask.lose_with_reason(window, Loss("1", "2", "3", ("4",)), _take_no_notice)
    told.desk.ask.either(window, Either("1", "2", "3", "4"), _do_nothing, _do_nothing)
    told.desk.ask.pin(window, "1", "2", _take_no_notice)
    window.show_page(ClosingPage(say))
    looked.at("window", window)
    _look_at_the_lock(told, looked)
    _flush(window)


def _look_at_the_lock(told: Told, looked: Looked) -> None:
    """Show the page of a locked window at each stage, with what goes wrong there."""
    say, user = told.desk.words, told.desk.store.user
    page = LockPage(say)
    page.show()
    for view in (
        choose_view(user, say),
        pin_view(user, say),
        passphrase_view(user, say),
        open_view(say),
        left_over_view(user, user, say),
        *(closed_view(user, why, say) for why in Why),
    ):
        page.show_view(view)
        looked.at("window", page)
    page.pin.show_problem(wrong_pin_words(3, say))
    page.show_problem(unsaved_words(user, say))
    page.show_closing()
    looked.at("window", page)
    _flush(page)


def _do_nothing() -> None:
    """Nobody agrees."""


def _take_no_notice(_reason: str) -> None:
    """Nobody says why."""


def _recorded(store: Store) -> tuple[str, str, str]:
    """Return the patient, a draft, and a signed visit."""
    born, day = parse_date("2023-03-14"), parse_date("2026-01-06")
    assert day is not None
    patient = store.patients.add(
        PatientFacts("77", "Qqq", "Www", born, diagnosis="oms_neuroblastoma")
    ).id
    for scale in ("five_feature", "oms"):
        visit = store.visits.start(patient, day, "")
        definition = load_catalogue().find(scale)
        for key in definition.keys[1:]:
            store.visits.answer(visit.id, scale, key, Scored(Decimal(1)))
        store.visits.answer(visit.id, scale, definition.keys[0], Scored(Decimal(2)))
        store.visits.sign(visit.id, "")
    wrong = store.visits.start(patient, day, "")
    store.visits.answer(wrong.id, "oms", load_catalogue().find("oms").keys[0], Scored(Decimal(1)))
    store.visits.sign(wrong.id, "")
    first, other = store.user.id, store.users.add("Yyy", Role.PHYSICIAN).id
    store.act_as(other)
    store.visits.mark_error(wrong.id, "77")
    store.act_as(first)
    treatment = store.treatments.add(
        patient, TreatmentFacts(agent="ivig", start=parse_date("2026-01"))
    )
    store.treatments.add_dose(
        treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg", frequency="once")
    )
    store.treatments.add_dose(
        treatment.id, DoseFacts(dose=Decimal(1), unit="g/kg", frequency="monthly")
    )
    lately = DoseFacts(
        start=parse_date("2026-01-26"), dose=Decimal(1), unit="g/kg", frequency="once",
        brand="7", batch="7", reaction="7", given="as_planned",
    )  # fmt: skip
    store.treatments.add_dose(treatment.id, lately)
    for kind in ("relapse", "suspected_relapse"):
        store.events.add(patient, EventFacts(date=day, kind=kind))
    look = FindingFacts(date=day, kind="tumour", name="77", result="negative", next_date=day)
    store.findings.add(patient, look)
    for number in range(7, 12):
        weight = MeasureFacts(date=day, kind="weight_kg", value=Decimal(number))
        store.measures.add(patient, weight)
    store.patients.set_next_visit(patient, parse_date("2026-01-28"))
    draft = store.visits.start(patient, day, "")
    store.visits.answer(
        draft.id, "sara", load_catalogue().find("sara").keys[0], Scored(Decimal(8))
    )
    return patient, draft.id, visit.id


def _texts(widget: QWidget) -> Iterator[str]:
    """Return all that a widget says, to the eye and to a screen reader."""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    yield widget.windowTitle()
    if isinstance(widget, ElidedButton):
        yield widget.whole_text
    elif isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QAbstractItemView | QComboBox):
        yield from _items(widget.model())
    if isinstance(widget, CoursePlot) and widget.view is not None:
        yield from (spot.words for spot in widget.view.spots())


def _items(model: QAbstractItemModel | None) -> Iterator[str]:
    """Return the items and the headings of a list or a table."""
    if model is None:
        return
    width = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for place in range(width):
        yield str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, place).data(role) or "")


def _unmarked(text: str) -> set[str]:
    """Return the words of a text that stand outside every mark.

    A title and the term behind it are cut apart: each has one of the marks.
    """
    inner = re.compile(f"{OPEN}[^{OPEN}{SHUT}]*({SHUT}|$)|^[^{OPEN}{SHUT}]*{SHUT}")
    while inner.search(text):
        text = inner.sub(" ", text)
    return {word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in TYPED | MONTHS}


def _settle() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _flush(page: QWidget) -> None:
    page.close()
    page.deleteLater()
    _settle()


NAMES = (
    "patients", "due", "cohort", "report", "new patient", "patient", "chart", "treatments",
    "sheet", "guided", "signed visit", "comparison", "pages", "settings", "data", "marked",
    "people", "new key", "erasing", "history",
    "patient's history", "visit's history", "help", "opening", "window",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_screen_is_in_the_catalogue(looked: Looked, told: Told, name: str) -> None:
    """Outside the marks stand only what was typed, and signs."""
    allowed = {
        part for part in told.desk.folder.parts for part in re.findall(r"[^\W\d_]{2,}", part)
    }
    texts = looked.texts[name]
    assert len(texts) > 5
    assert {text: left for text in texts if (left := _unmarked(text) - allowed)} == {}


def test_every_page_and_every_part_of_one_is_looked_at(looked: Looked, told: Told) -> None:
    """No place and no widget of a screen is left out, neither today's nor one that comes.

    The choice of a printer is Qt's own dialog, in Qt's own words.
    """
    assert {type(place) for place, _ in _shown(told).values()} == set(BUILDERS)
    assert set(looked.texts) == set(NAMES)
    assert {kind.__qualname__ for kind in _declared() - looked.widgets - {PrinterChoice}} == set()


def _declared() -> set[type[QWidget]]:
    """Return every kind of widget that a module of the screens declares, bases aside."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(app.screens.__path__, "app.screens.")
    ]
    kinds = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, QWidget)
        and value.__module__ == module.__name__
    }
    return kinds - {base for kind in kinds for base in kind.__mro__[1:]}
