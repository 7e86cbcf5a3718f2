"""The list narrowed and in another order: said where one looks, and taken back in one tap."""

import weakref
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from PySide6.QtCore import QPoint, QProcess, Qt
from PySide6.QtTest import QTest

from app.dates import PartialDate
from app.language import words
from app.records.lines import Filter, ListOrder
from app.records.model import Patient, PatientFacts
from app.screens.patients import demo_start
from app.screens.patients.control import PatientsControl
from app.screens.patients.narrowing import (
    EVERYBODY,
    HIGHER,
    UNSEEN,
    Narrowing,
    by_column,
    column_of,
    narrowing_view,
)
from app.screens.patients.narrowing_part import NarrowingPart
from app.screens.places import PatientsPlace
from app.settings import Settings
from scales.model import Scored
from tests.builders import replace
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle, texts

TODAY = date(2026, 1, 28)


@pytest.fixture
def room(rooms: RoomBench) -> PatientsControl:
    """Return the list, shown."""
    control = PatientsControl(rooms.desk)
    rooms.show(control)
    control.open(PatientsPlace())
    return control


@pytest.fixture
def three(rooms: RoomBench, room: PatientsControl) -> tuple[Patient, ...]:
    """Return three patients: one got worse, one better, one was last seen long ago."""
    found = tuple(
        rooms.store.patients.add(PatientFacts(patient_id, given, family, birth))
        for patient_id, given, family, birth in (
            ("A", "Zoë", "Adler", PartialDate(2021, 5, 1)),
            ("B", "Ada", "Zorn", PartialDate(2019, 2, 3)),
            ("C", "Ben", "Mohr", None),
        )
    )
    for patient, days in zip(
        found, (((1, 5), (1, 20)), ((1, 6), (1, 21)), ((1, 7),)), strict=True
    ):
        for level, (month, day) in enumerate(days):
            year = 2025 if patient is found[2] else 2026
            worse = level if patient is found[0] else 2 - level
            rooms.signed(patient, PartialDate(year, month, day), worse)
    room.open(PatientsPlace())
    settle()
    return found


def _shown(room: PatientsControl) -> list[str]:
    lines = room.page.table.list.model()
    return [str(lines.data(lines.index(row, 0))) for row in range(lines.rowCount())]


def _tap_head(room: PatientsControl, column: str) -> None:
    head = room.page.table._head
    QTest.mouseClick(head, Qt.MouseButton.LeftButton, pos=head._places()[column].center())


@pytest.mark.parametrize(
    ("column", "order", "then"),
    [
        ("name", ListOrder.LATEST_VISIT, ListOrder.FAMILY_NAME),
        ("name", ListOrder.FAMILY_NAME, ListOrder.FAMILY_NAME),
        ("age", ListOrder.FAMILY_NAME, ListOrder.YOUNGEST),
        ("age", ListOrder.YOUNGEST, ListOrder.OLDEST),
        ("age", ListOrder.OLDEST, ListOrder.YOUNGEST),
        ("last_visit", ListOrder.OLDEST, ListOrder.LATEST_VISIT),
        ("last_visit", ListOrder.LATEST_VISIT, ListOrder.LONGEST_AGO),
        ("total", ListOrder.LATEST_VISIT, None),
        ("diagnosis", ListOrder.LATEST_VISIT, None),
    ],
)
def test_a_second_tap_on_a_head_turns_the_order_round(
    column: str, order: ListOrder, then: ListOrder | None
) -> None:
    """Totals of different scales do not compare, so the list never stands by them."""
    assert by_column(column, order) is then
    if then is not None:
        assert column_of(then) == column


@pytest.mark.usefixtures("three")
def test_a_tap_on_a_head_orders_the_list(room: PatientsControl) -> None:
    """Who has no birth date stands last either way."""
    assert _shown(room) == ["Ada Zorn", "Zoë Adler", "Ben Mohr"]
    for column, expected in (
        ("name", ["Zoë Adler", "Ben Mohr", "Ada Zorn"]),
        ("age", ["Zoë Adler", "Ada Zorn", "Ben Mohr"]),
        ("age", ["Ada Zorn", "Zoë Adler", "Ben Mohr"]),
        ("last_visit", ["Ada Zorn", "Zoë Adler", "Ben Mohr"]),
        ("last_visit", ["Ben Mohr", "Zoë Adler", "Ada Zorn"]),
        ("total", ["Ben Mohr", "Zoë Adler", "Ada Zorn"]),
    ):
        _tap_head(room, column)
        assert _shown(room) == expected
    assert not room.page.narrowing.isVisibleTo(room.page)


def test_a_head_is_large_enough_for_a_finger(room: PatientsControl) -> None:
    """As every target is."""
    assert room.page.table._head.sizeHint().height() >= 48
    QTest.mouseClick(room.page.table._head, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))


@pytest.mark.usefixtures("three")
def test_a_filter_holds_at_once_and_is_told(room: PatientsControl) -> None:
    """However the list is left and come back to, until it is taken back in one tap."""
    part = room.page.narrowing
    part.toggle.click()
    assert part.panel is not None
    assert nameless(part) == []
    part.panel.others[HIGHER].click()
    assert _shown(room) == ["Zoë Adler"]
    assert "1 of 3 patients: Higher than last time" in texts(room.page)
    part.toggle.click()
    assert not part.panel.isVisibleTo(room.page)
    room.open(PatientsPlace())
    assert _shown(room) == ["Zoë Adler"]
    assert "1 of 3 patients: Higher than last time" in texts(room.page)
    part.everybody.click()
    assert _shown(room) == ["Ada Zorn", "Zoë Adler", "Ben Mohr"]
    assert not part.isVisibleTo(room.page)


def test_filters_add_up_and_can_leave_nobody(
    rooms: RoomBench, room: PatientsControl, three: tuple[Patient, ...]
) -> None:
    """Then the list says that something was chosen, not that there are no patients."""
    told = replace(three[2].facts, diagnosis="oms_idiopathic")
    rooms.store.patients.change(three[2].id, told)
    part = room.page.narrowing
    part.toggle.click()
    assert part.panel is not None
    part.panel.others[UNSEEN].click()
    assert _shown(room) == ["Ben Mohr"]
    part.panel.diagnosis.set_value("oms_idiopathic")
    part.panel.diagnosis.chosen.emit("oms_idiopathic")
    assert _shown(room) == ["Ben Mohr"]
    part.panel.status.buttons[3].click()
    assert _shown(room) == []
    assert "No patient found" in texts(room.page)
    assert not room.page.table.nothing.demo.isVisibleTo(room.page)
    line = next(text for text in texts(room.page) if text.startswith("0 of 3 patients"))
    assert line.endswith("Died · Not seen for over 180 days")


@pytest.mark.usefixtures("three")
def test_a_search_looks_among_those_who_are_left(room: PatientsControl) -> None:
    """And keeps the order."""
    _tap_head(room, "name")
    room.page.narrowing.toggle.click()
    assert room.page.narrowing.panel is not None
    room.page.narrowing.panel.others[HIGHER].click()
    room.page.search.setText("a")
    assert _shown(room) == ["Zoë Adler"]
    room.page.search.setText("ad")
    assert _shown(room) == ["Zoë Adler"]
    room.page.narrowing.everybody.click()
    assert _shown(room) == ["Ada Zorn", "Zoë Adler"]


def test_who_is_higher_is_told_by_the_scale_that_is(
    rooms: RoomBench, room: PatientsControl
) -> None:
    """A row never says lower where the list was asked for higher."""
    who = rooms.course()
    for month, levels, oms in ((1, 1, "111111"), (2, 2, "111110")):
        visit = rooms.store.visits.start(who.id, PartialDate(2025, month, 3), "")
        rooms.store.visits.sign(_filled(rooms, visit.id, levels, oms), "scored")
    later = rooms.store.visits.start(who.id, PartialDate(2026, 1, 27), "")
    rooms.store.visits.sign(_filled(rooms, later.id, 2, "111100"), "scored")
    room.open(PatientsPlace())
    assert _changes(room) == ["1 lower"]
    room.page.narrowed.emit(Narrowing(is_higher=True))
    assert _changes(room) == ["5 higher"]


def _filled(rooms: RoomBench, visit: str, five: int, oms: str) -> str:
    for key in rooms.catalogue.find("five_feature").keys:
        rooms.store.visits.answer(visit, "five_feature", key, Scored(Decimal(five)))
    for key, letter in zip(rooms.catalogue.find("oms").keys, oms, strict=True):
        rooms.store.visits.answer(visit, "oms", key, Scored(Decimal(letter)))
    return visit


def _changes(room: PatientsControl) -> list[str]:
    summaries = room._rows([room.page.table._model.patient_at(0)])
    return [row.change for row in summaries]


def test_what_is_chosen_becomes_a_filter_of_today() -> None:
    """The unit's limit counts back from today."""
    chosen = Narrowing("paca", "died", is_higher=True, is_unseen=True)
    assert chosen.only(TODAY, 28) == Filter("paca", "died", True, date(2025, 12, 31))
    assert EVERYBODY.only(TODAY, 28) == Filter()


@pytest.mark.usefixtures("three")
def test_the_units_limit_is_held(rooms: RoomBench, room: PatientsControl) -> None:
    """Who was not seen for longer than the unit allows, by its own number of days."""
    room.page.narrowing.toggle.click()
    panel = room.page.narrowing.panel
    assert panel is not None
    panel.others[UNSEEN].click()
    assert _shown(room) == ["Ben Mohr"]
    let_do_everything(rooms.store)
    rooms.store.settings.save(Settings(unseen_days=7))
    room.open(PatientsPlace())
    settle()
    assert _shown(room) == ["Zoë Adler", "Ben Mohr"]


def test_the_units_limit_names_itself() -> None:
    """One day is one day."""
    told = [one.title for one in narrowing_view(EVERYBODY, (0, 0), 1, words()).others]
    assert told == ["Higher than last time", "Not seen for over 1 day"]
    assert narrowing_view(EVERYBODY, (3, 3), 180, words()).told == ""


def test_an_empty_list_offers_the_demo_and_an_import(
    rooms: RoomBench, room: PatientsControl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo opens in a window of its own."""
    begun: list[object] = []

    def start(*what: object) -> tuple[bool, int]:
        begun.append(what[1])
        return True, 1

    monkeypatch.setattr(QProcess, "startDetached", start)
    assert nameless(room.page.table) == []
    room.page.table.nothing.demo.click()
    assert begun == [["-m", "app", "--demo"]]
    monkeypatch.setattr(demo_start, "open_demo", lambda: False)
    room.page.table.nothing.demo.click()
    assert "could not be started" in room.page.message.text
    rooms.patient()
    settle()
    assert not room.page.table.nothing.demo.isVisibleTo(room.page)


def test_tables_are_read_in_from_the_empty_list(
    rooms: RoomBench, room: PatientsControl, tmp_path: Path
) -> None:
    """Whole, and the list shows who came."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text("patient_id,given_name\nP1,Ada\nP2,Bo\n")
    rooms.ask.path = tables
    room.page.table.nothing.tables.click()
    assert room.page.message.text == "Read in: 2 patients."
    assert _shown(room) == ["Ada", "Bo"]


def test_what_is_worth_a_look_in_tables_is_told(
    rooms: RoomBench, room: PatientsControl, tmp_path: Path
) -> None:
    """A file that was not read, and who may be taken for whom."""
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text("patient_id,given_name\nP1,Ada\nP2,Ada\n")
    (tables / "visit.csv").write_text("")
    rooms.ask.path = tables
    room.page.table.nothing.tables.click()
    told = room.page.message.text.splitlines()
    assert told[:2] == ["Read in: 2 patients.", "not read: visit.csv; did you mean visits.csv?"]
    assert told[2].startswith("patients.csv:2: patient_id: Ada · birth date not recorded · ID P1")
    assert len(told) == 3
    assert _shown(room) == ["Ada", "Ada"]


def test_tables_with_problems_are_not_read_in(
    rooms: RoomBench, room: PatientsControl, tmp_path: Path
) -> None:
    """The first problems are told, line by line, and how many there are besides."""
    rows = "".join(f"P{number},2199\n" for number in range(5))
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "patients.csv").write_text(f"patient_id,birth_date\n{rows}")
    rooms.ask.path = tables
    room.page.table.nothing.tables.click()
    told = room.page.message.text.splitlines()
    assert told[0] == "Nothing was read in:"
    assert told[1].startswith("patients.csv:2: birth_date: ")
    assert told[-1] == "and 1 more line."
    assert rooms.store.patients.all() == ()
    rooms.ask.path = tmp_path / "gone"
    room.page.table.nothing.tables.click()
    assert "There is no folder" in room.page.message.text


@pytest.mark.usefixtures("dressed")
def test_the_panel_goes_with_its_page() -> None:
    """Nothing in it holds on to it: what goes while it is painted takes the app along."""
    part = NarrowingPart(words())
    part.toggle.click()
    part.show_view(narrowing_view(EVERYBODY, (0, 0), 180, words()))
    panel = weakref.ref(part.panel)
    gone = weakref.ref(part)
    del part
    settle()
    assert (gone(), panel()) == (None, None)


def test_a_demo_offers_no_demo(rooms: RoomBench) -> None:
    """It is one."""
    control = PatientsControl(changed(rooms.desk, is_demo=True))
    rooms.show(control)
    control.open(PatientsPlace())
    assert not control.page.table.nothing.demo.isVisibleTo(control.page)
