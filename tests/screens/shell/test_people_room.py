"""The page of the people with a real store: who is shown, who can be changed, and by whom."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.records.model import Role, User, UserState
from app.screens.chart.control import ChartControl
from app.screens.patients.control import PatientsControl
from app.screens.people.control import PeopleControl
from app.screens.people.view import TypedPerson
from app.screens.places import ChartPlace, NewKeyPlace, PatientsPlace, PeoplePlace
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle

GOOD = "seven quiet boats"


@pytest.fixture
def room(rooms: RoomBench) -> PeopleControl:
    """Return the page, shown."""
    control = PeopleControl(rooms.desk)
    rooms.show(control)
    control.open(PeoplePlace())
    return control


def _lines(room: PeopleControl) -> list[str]:
    settle()
    texts = [one.text() for one in room.page._lines.findChildren(QLabel)]
    return [" | ".join(pair) for pair in zip(texts[::2], texts[1::2], strict=True)]


def _type(room: PeopleControl, name: str, *roles: Role, secret: str = GOOD) -> None:
    form = room.page.form
    form.name.edit.setText(name)
    form.roles.set_value(frozenset(roles))
    form.passphrase.edit.setText(secret)
    form.again.edit.setText(secret)


def _press(room: PeopleControl, name: str) -> None:
    settle()
    buttons = room.page.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == name).click()


def _called(rooms: RoomBench, name: str) -> User:
    return next(user for user in rooms.store.users.all() if user.name == name)


def test_somebody_is_added(room: PeopleControl, rooms: RoomBench) -> None:
    """With a name, roles and a passphrase; the form is empty again, and nothing secret stays."""
    _type(room, "T. Brandt", Role.PHYSICIAN)
    room.page.form.save.click()
    assert _called(rooms, "T. Brandt").roles == {Role.PHYSICIAN}
    assert _lines(room) == ["M. Okafor | nurse · keeper of the records · you",
                            "T. Brandt | physician"]  # fmt: skip
    assert room.page.form.typed() == TypedPerson()
    assert room.page.message.text == "T. Brandt is saved."


@pytest.mark.parametrize(
    ("name", "roles", "secrets", "told"),
    [
        (" ", [Role.NURSE], (GOOD, GOOD), "Please give a name."),
        ("Ben", [], (GOOD, GOOD), "Please choose at least one role."),
        ("Ben", [Role.NURSE], ("", ""), "Please let this person type a passphrase."),
        ("Ben", [Role.NURSE], (GOOD, "other boats"), "The two passphrases differ."),
    ],
)
def test_what_lacks_is_told_at_its_field(
    room: PeopleControl, name: str, roles: list[Role], secrets: tuple[str, str], told: str
) -> None:
    """Nobody is stored, and what was typed stays."""
    _type(room, name, *roles, secret=secrets[0])
    room.page.form.again.edit.setText(secrets[1])
    room.page.form.save.click()
    assert any(told in one.text() for one in room.page.form.findChildren(QLabel))
    assert len(_lines(room)) == 1
    assert room.page.form.name.edit.text() == name
    assert room.unsaved() == "What was typed about a person is not saved."


def test_a_passphrase_is_judged_while_it_is_typed(room: PeopleControl) -> None:
    """Whoever is new here sees how hard it is to guess; an easy one stores nobody."""
    _type(room, "Ben", Role.NURSE, secret="password12")  # noqa: S106 - an easy one
    assert room.page.form.passphrase.meter.isVisibleTo(room.page)
    room.page.form.save.click()
    assert "among the first" in room.page.message.text
    assert len(_lines(room)) == 1


def test_what_the_store_refuses_is_told_above(room: PeopleControl, rooms: RoomBench) -> None:
    """Two people of one name, for instance."""
    _type(room, "m. okafor", Role.PHYSICIAN)
    room.page.form.save.click()
    assert "called M. Okafor already" in room.page.message.text
    assert len(rooms.store.users.all()) == 1


def test_somebody_is_changed(room: PeopleControl, rooms: RoomBench) -> None:
    """Another name, another role, no other passphrase."""
    _press(room, "Change: M. Okafor")
    assert room.page.form.typed().roles == {"nurse", "keeper"}
    room.page.form.name.edit.setText("M. Okafor-Berg")
    room.page.form.roles.buttons["physician"].click()
    room.page.form.save.click()
    assert _called(rooms, "M. Okafor-Berg").roles == frozenset(Role)
    assert room.unsaved() == ""


def test_retiring_asks_and_names_who_goes(room: PeopleControl, rooms: RoomBench) -> None:
    """Then the line says so, and offers nothing more."""
    rooms.store.users.add("T. Brandt", Role.PHYSICIAN)
    _press(room, "Retire: T. Brandt")
    assert rooms.ask.losses == ["Retire T. Brandt?"]
    assert _called(rooms, "T. Brandt").state is UserState.RETIRED
    assert _lines(room)[1] == "T. Brandt | physician · does not work here any more"
    names = {one.accessibleName() for one in room.page.findChildren(QPushButton)
             if one.isVisibleTo(room.page)}  # fmt: skip
    assert "Retire: T. Brandt" not in names


def test_a_new_key_is_offered_where_a_slot_ended(room: PeopleControl, rooms: RoomBench) -> None:
    """After somebody retired, and where somebody has another passphrase; not for somebody new."""
    rooms.ask.yes = False
    _type(room, "T. Brandt", Role.PHYSICIAN)
    room.page.form.save.click()
    assert rooms.ask.asked == []
    _press(room, "Change: T. Brandt")
    room.page.form.save.click()
    assert rooms.ask.asked == []
    _press(room, "Change: T. Brandt")
    _type(room, "T. Brandt", Role.PHYSICIAN, secret="nine loud boats then")  # noqa: S106 - made up
    room.page.form.save.click()
    assert rooms.ask.asked == ["Make a new key as well?"]
    rooms.ask.yes = True
    _press(room, "Retire: T. Brandt")
    assert rooms.ask.asked[1:] == ["Retire T. Brandt?", "Make a new key as well?"]
    assert rooms.went[-1] == NewKeyPlace()


def test_the_name_has_the_focus(room: PeopleControl) -> None:
    """Whoever opens the page to add somebody types at once; the arrow back is one Tab away."""
    room.page.activateWindow()
    room.open(PeoplePlace())
    settle()
    assert room.page.form.name.edit.hasFocus()


def test_the_last_keeper_stays(room: PeopleControl) -> None:
    """The reason is told, and nothing changed."""
    _press(room, "Retire: M. Okafor")
    assert "only keeper" in room.page.message.text


def test_who_keeps_no_records_changes_nobody(rooms: RoomBench) -> None:
    """Everybody is shown; nothing is offered that would be refused."""
    rooms.store.act_as(rooms.store.users.add("T. Brandt", Role.PHYSICIAN).id)
    control = PeopleControl(rooms.desk)
    rooms.show(control)
    control.open(PeoplePlace())
    assert control.page.told.text() == "A keeper of the records adds and changes people."
    assert not control.page.form.isVisible()
    shown = [
        one.text() for one in control.page._lines.findChildren(QPushButton) if one.isVisible()
    ]
    assert shown == []


def test_leaving_forgets_a_passphrase(room: PeopleControl) -> None:
    """It stands on no page that nobody looks at."""
    _type(room, "Ben", Role.NURSE)
    room.leave()
    assert room.page.form.passphrase.secret == room.page.form.again.secret == ""
    assert GOOD not in repr(TypedPerson("1", "Ben", frozenset(), GOOD, GOOD))


def test_everything_speaks(room: PeopleControl) -> None:
    """Every button and field has a name of its own."""
    assert nameless(room.page) == []


def test_what_a_keeper_may_not_do_is_not_offered(rooms: RoomBench) -> None:
    """Who only keeps the records adds no patient and scores nobody."""
    patient = rooms.patient()
    rooms.store.act_as(rooms.store.users.add("K. Lund", Role.KEEPER).id)
    people, chart = PatientsControl(rooms.desk), ChartControl(rooms.desk)
    rooms.show(people)
    people.open(PatientsPlace())
    rooms.show(chart)
    chart.open(ChartPlace(patient.id))
    settle()
    assert people.page.new.isHidden()
    assert chart.page.start_visit.isHidden()
    assert chart.page.side.report.isHidden()
