"""The settings save by themselves; the passphrase is changed."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import Damage
from app.records.folder import Founder, create_folder, create_open_folder, open_folder
from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import WrongSecret, code_state, note_code, unlock
from app.records.model import Changes, Role
from app.records.store import Store
from app.screens.places import DataPlace, NewKeyPlace, PatientsPlace, SettingsPlace
from app.screens.settings.control import SettingsControl
from app.settings import Paper, RelapseAsked, RelapseWording, TextSize, Theme
from scales.catalogue import Catalogue
from tests.builders import replace
from tests.roles import let_do_everything
from tests.screens.patient_rooms.bench import RoomBench, nameless, settle
from widgets.choices import ChoiceRow

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
OLD, NEW = "correct horse", "battery staple"


@pytest.fixture
def locked(tmp_path: Path, catalogue: Catalogue, clock: FixedClock) -> Iterator[Store]:
    """Return the store of a folder behind a passphrase."""
    folder = tmp_path / "locked"
    store, _ = create_folder(
        folder, Founder("M. Okafor", Role.NURSE), OLD, clock=clock, catalogue=catalogue, cost=CHEAP
    )
    yield store
    store.close()


def _room(bench: RoomBench, folder: Path) -> SettingsControl:
    bench.desk = replace(bench.desk, folder=folder)
    control = SettingsControl(bench.desk)
    bench.show(control)
    control.page.activateWindow()
    control.open(SettingsPlace())
    settle()
    return control


@pytest.fixture
def bench(dressed: object, locked: Store, catalogue: Catalogue, clock: FixedClock) -> RoomBench:
    """Return a desk on the locked folder."""
    assert dressed is not None
    return RoomBench(locked, catalogue, clock)


@pytest.fixture
def room(bench: RoomBench, tmp_path: Path) -> SettingsControl:
    """Return the settings, shown."""
    return _room(bench, tmp_path / "locked")


def test_a_text_is_stored_when_one_leaves_its_field(
    room: SettingsControl, bench: RoomBench
) -> None:
    """No Save button, and the page says that it is saved."""
    QTest.keyClicks(room.page.site.edit, "Unit 5 & <friends>")
    room.page.phone.setFocus()
    assert bench.desk.settings().site == "Unit 5 & <friends>"
    assert "saved" in room.page.saved.text()


def test_a_text_is_stored_when_one_leaves_the_screen(
    room: SettingsControl, bench: RoomBench
) -> None:
    """Even from the field without an end of its own."""
    QTest.keyClicks(room.page.call_us.edit, "the eyes dance")
    room.leave()
    assert bench.desk.settings().call_us == "the eyes dance"


def test_a_text_is_stored_when_one_pauses(room: SettingsControl, bench: RoomBench) -> None:
    """A killed process loses less than a second of typing."""
    QTest.keyClicks(room.page.call_us.edit, "fever")
    assert "saved" not in room.page.saved.text()
    room.page.finish()
    assert bench.desk.settings().call_us == "fever"


def test_a_choice_is_stored_at_once_and_told(room: SettingsControl, bench: RoomBench) -> None:
    """Whoever dresses the window hears of it."""
    told: list[frozenset[str]] = []
    bench.news.changed.connect(lambda changes: told.append(changes.tables))
    room.page.paper.set_value(Paper.LETTER)
    room.page.paper.chosen.emit(Paper.LETTER)
    room.page.theme.set_value(Theme.DARK)
    room.page.theme.chosen.emit(Theme.DARK)
    settings = bench.desk.settings()
    assert (settings.paper, settings.theme) == (Paper.LETTER, Theme.DARK)
    assert told == [frozenset({"unit_settings"}), frozenset({"user_settings"})]


def test_nothing_changed_writes_nothing(room: SettingsControl, bench: RoomBench) -> None:
    """Opening and leaving the settings is no deed."""
    told: list[object] = []
    bench.news.changed.connect(told.append)
    room.page.finish()
    room.leave()
    assert told == []


def test_a_refused_write_is_said_on_the_page(
    room: SettingsControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed stays in its field."""

    def refuse(_settings: object) -> None:
        raise Damage("The disk is gone.")

    monkeypatch.setattr(bench.store.settings, "save", refuse)
    QTest.keyClicks(room.page.site.edit, "Unit 5")
    room.page.finish()
    assert room.page.message.text == "The disk is gone."
    assert room.page.site.text == "Unit 5"


def test_the_data_and_their_copies_have_a_page_of_their_own(
    room: SettingsControl, bench: RoomBench
) -> None:
    """The settings lead there."""
    room.page.data.click()
    assert bench.went == [DataPlace()]


def _change(room: SettingsControl, bench: RoomBench, typed: tuple[str, str, str]) -> None:
    card = room.page.passphrase
    for field, text in zip((card.secret, card.wished, card.again), typed, strict=True):
        field.edit.setText(text)
    card.change.click()
    bench.tasks.finish()


def test_the_passphrase_is_changed(
    room: SettingsControl, bench: RoomBench, tmp_path: Path, clock: FixedClock
) -> None:
    """The new one opens the records, and no secret stays on the screen."""
    _change(room, bench, (OLD, NEW, NEW))
    card = room.page.passphrase
    assert [field.secret for field in (card.secret, card.wished, card.again)] == ["", "", ""]
    assert room.page.message.text.startswith("The new passphrase opens the records.")
    assert room.page.message.isVisible()
    bench.store.close()
    again = open_folder(tmp_path / "locked", NEW, clock=clock, catalogue=bench.catalogue)
    again.close()


def test_a_new_key_is_offered_once_the_passphrase_is_another_one(
    room: SettingsControl, bench: RoomBench
) -> None:
    """To whoever keeps the records; and the page offers it at any time."""
    _change(room, bench, (OLD, NEW, NEW))
    assert bench.ask.asked == ["Make a new key as well?"]
    assert bench.went[-1] == NewKeyPlace()
    assert room.page.recovery.new_key.isVisibleTo(room.page)
    bench.store.users.add("K. Lund", Role.KEEPER)
    bench.store.users.give_roles(bench.store.user.id, {Role.NURSE})
    room.refresh(Changes(frozenset({"users"}), frozenset()))
    assert not room.page.recovery.new_key.isVisibleTo(room.page)
    _change(room, bench, (NEW, OLD, OLD))
    assert len(bench.ask.asked) == 1


def test_all_roles_of_whoever_works_now_are_told(room: SettingsControl) -> None:
    """Not only the one that signs."""
    assert room.page.user.text() == "Working now: M. Okafor, nurse · keeper of the records"


def test_a_wrong_passphrase_changes_nothing(room: SettingsControl, bench: RoomBench) -> None:
    """The sentence stands beside the field."""
    _change(room, bench, ("wrong horse", NEW, NEW))
    assert "does not open" in room.page.passphrase.secret.below.text()
    assert room.page.passphrase.change.isEnabled()


@pytest.mark.parametrize(
    ("wished", "words"),
    [("", "at least 10"), ("password12", "among the first"), ("m. okafor m.", "easy")],
)
def test_a_new_passphrase_that_protects_too_little_is_not_tried(
    room: SettingsControl, bench: RoomBench, wished: str, words: str
) -> None:
    """The sentence stands beside the new one, which keeps the focus."""
    _change(room, bench, (OLD, wished, wished))
    card = room.page.passphrase
    assert words in card.wished.below.text()
    assert (card.secret.below.text(), card.secret.secret) == ("", OLD)
    assert card.change.isEnabled()
    assert card.wished.edit.hasFocus()


def test_the_meter_judges_the_new_passphrase(room: SettingsControl) -> None:
    """Only that one: the present one was chosen before."""
    card = room.page.passphrase
    card.secret.edit.setText("password12")
    assert not card.wished.meter.isVisible()
    card.wished.edit.setText(NEW)
    assert (card.wished.meter.isVisible(), card.wished.meter.value()) == (True, 3)
    assert card.wished.below.text() == "Hard to guess."
    card.show_done()
    assert not card.wished.meter.isVisible()


def test_two_new_passphrases_must_agree(room: SettingsControl, bench: RoomBench) -> None:
    """Before anything is tried."""
    _change(room, bench, (OLD, NEW, "battery stapler"))
    assert "differ" in room.page.passphrase.again.below.text()
    assert room.page.passphrase.change.isEnabled()


def test_a_fault_of_ours_is_not_told_as_the_users(
    room: SettingsControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes to the log instead."""

    def fail(*_given: object, **_user: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.screens.settings.control.change_passphrase", fail)
    with pytest.raises(RuntimeError):
        _change(room, bench, (OLD, NEW, NEW))


def test_records_without_a_passphrase_offer_no_change(
    tmp_path: Path, catalogue: Catalogue, clock: FixedClock, dressed: object
) -> None:
    """There is none to change."""
    assert dressed is not None
    folder = tmp_path / "open"
    store = create_open_folder(
        folder, Founder("M. Okafor", Role.NURSE), clock=clock, catalogue=catalogue
    )
    room = _room(RoomBench(store, catalogue, clock), folder)
    assert not room.page.passphrase.isVisible()
    store.close()


def test_the_text_size_belongs_to_the_user(room: SettingsControl, bench: RoomBench) -> None:
    """Three sizes; the one chosen is stored at once, the only one ticked."""
    buttons = room.page.text_size.buttons
    assert [one.text() for one in buttons] == ["100 %", "125 %", "150 %"]
    buttons[2].click()
    assert bench.desk.settings().text_size is TextSize.LARGEST
    assert [one.isChecked() for one in buttons] == [False, False, True]


def _new_code(room: SettingsControl, bench: RoomBench, secret: str = OLD) -> str:
    room.page.recovery.secret.edit.setText(secret)
    room.page.recovery.make.click()
    for _ in range(2):  # the code, then the note that it was shown
        bench.tasks.finish()
    return room.page.recovery.code.code.text()


def test_a_new_recovery_code_ends_the_old_one_once_it_is_kept(
    room: SettingsControl, bench: RoomBench, tmp_path: Path
) -> None:
    """Until then both open the records, so an interruption leaves one of them."""
    folder, recovery = tmp_path / "locked", room.page.recovery
    first = _new_code(room, bench)
    recovery.code.written.click()
    recovery.code.go_on.click()
    bench.tasks.finish()
    second = _new_code(room, bench)
    assert unlock(folder, first).key == unlock(folder, second).key
    recovery.code.written.click()
    recovery.code.go_on.click()
    bench.tasks.finish()
    assert not recovery.has_code
    assert bench.ask.asked == ["Make a new key as well?"] * 2
    assert code_state(folder) is CodeState.KEPT
    assert unlock(folder, second).key == unlock(folder, OLD).key
    with pytest.raises(WrongSecret):
        unlock(folder, first)


def test_a_new_code_needs_the_passphrase(room: SettingsControl, bench: RoomBench) -> None:
    """Whoever finds the window open makes none; the sentence stands beside the field."""
    assert _new_code(room, bench, "wrong horse") == ""
    assert "does not open" in room.page.recovery.secret.below.text()
    assert room.page.recovery.make.isEnabled()


def test_leaving_with_a_new_code_on_the_screen_asks(
    room: SettingsControl, bench: RoomBench
) -> None:
    """Closing the window is told of it too; agreed, it is taken off the screen."""
    _new_code(room, bench)
    bench.ask.yes = False
    room.page.banner.back_requested.emit()
    assert (bench.ask.asked, bench.went) == (["Go on without the recovery code?"], [])
    assert "not shown again" in room.unsaved()
    bench.ask.yes = True
    room.page.banner.back_requested.emit()
    assert bench.went == [PatientsPlace()]
    room.leave()
    assert (room.unsaved(), room.page.recovery.code.code.text()) == ("", "")


def test_a_key_that_leads_elsewhere_loses_no_code(room: SettingsControl, bench: RoomBench) -> None:
    """It waits where it was, and closing the window asks; no other secret waits."""
    code = _new_code(room, bench)
    room.leave()
    assert "not shown again" in room.unsaved()
    room.open(SettingsPlace())
    assert room.page.recovery.code.code.text() == code
    assert room.page.recovery.code.isVisibleTo(room.page)
    assert room.page.recovery.secret.secret == ""


def test_a_code_that_was_shown_can_be_called_kept(room: SettingsControl, bench: RoomBench) -> None:
    """It may have been written down by somebody who was interrupted then."""
    keep = room.page.recovery.keep
    assert "Nobody has seen" in room.page.recovery.state.text()
    assert keep.isHidden()
    note_code(bench.desk.folder, CodeState.SHOWN)
    room.open(SettingsPlace())
    assert not keep.isHidden()
    keep.click()
    bench.tasks.finish()
    assert code_state(bench.desk.folder) is CodeState.KEPT
    assert keep.isHidden()


def test_a_code_that_cannot_be_noted_stays_on_the_screen(
    room: SettingsControl, bench: RoomBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says why."""
    code = _new_code(room, bench)

    def refuse(*_given: object) -> None:
        raise Damage("The disk is gone.")

    monkeypatch.setattr("app.screens.code_work.note_code", refuse)
    room.page.recovery.code.written.click()
    room.page.recovery.code.go_on.click()
    bench.tasks.finish()
    assert room.page.recovery.code.problem.text() == "The disk is gone."
    assert room.page.recovery.code.code.text() == code


def test_the_new_code_is_printed_for_the_safe(room: SettingsControl, bench: RoomBench) -> None:
    """In the dialog of the printers, as at the first start."""
    _new_code(room, bench)
    room.page.recovery.code.print.click()
    assert bench.ask.asked == ["Print the recovery code"]


def test_the_data_are_told_again_after_a_copy(room: SettingsControl, bench: RoomBench) -> None:
    """What is being typed stays."""
    QTest.keyClicks(room.page.site.edit, "Unit")
    bench.signed(bench.patient(), PartialDate(2026, 1, 27), 1)
    bench.store.copy()
    assert room.page.last_copy.text().startswith("No checked copy yet.")
    bench.news.copied.emit()
    assert room.page.last_copy.text().startswith("Last full copy: 28 Jan 2026")
    assert room.page.site.text == "Unit"


def test_back_leads_back(room: SettingsControl, bench: RoomBench) -> None:
    """To where one came from."""
    room.page.banner.back_requested.emit()
    assert bench.went == [PatientsPlace()]


def test_the_settings_speak_to_a_screen_reader(room: SettingsControl) -> None:
    """Whatever can be reached by keys has a name."""
    assert nameless(room.page) == []


def test_the_units_limits_are_kept_in_days(room: SettingsControl, bench: RoomBench) -> None:
    """Ninety days for a weight and half a year for a visit, until the unit says otherwise."""
    let_do_everything(bench.store)
    limits = room.page.limits
    assert (limits.weight.text, limits.unseen.text) == ("90", "180")
    limits.weight.edit.setText("30")
    limits.unseen.edit.setText("0")
    room.page.finish()
    stored = bench.desk.settings()
    assert (stored.weight_days, stored.unseen_days) == (30, 0)


@pytest.mark.parametrize("typed", ["", "-1", "3651", "9.5", "ten", "٣"])
def test_a_limit_that_cannot_be_is_told_beside_its_field(
    room: SettingsControl, bench: RoomBench, typed: str
) -> None:
    """What is stored stays, and so does what else was typed."""
    let_do_everything(bench.store)
    room.page.limits.weight.edit.setText(typed)
    room.page.limits.unseen.edit.setText("100")
    room.page.finish()
    assert "between 0 and 3650" in room.page.limits.weight.below.text()
    stored = bench.desk.settings()
    assert (stored.weight_days, stored.unseen_days) == (90, 100)


def _tap(choices: ChoiceRow, title: str) -> None:
    next(one for one in choices.buttons if one.text() == title).click()


def test_the_rule_for_a_relapse_is_off_until_points_are_typed(
    room: SettingsControl, bench: RoomBench
) -> None:
    """Points, scale, when it asks and a wording are stored as they are chosen."""
    let_do_everything(bench.store)
    room.open(SettingsPlace())
    rule = room.page.rule
    assert rule.points.text == ""
    assert rule.scale.value == "oms"
    assert rule.ready.isHidden()
    rule.points.edit.setText("2.5")
    _tap(rule.scale, "ICARS")
    assert (bench.desk.settings().relapse_points, rule.scale.value) == (Decimal("2.5"), "icars")
    _tap(rule.asked, "Once the next total confirms it")
    _tap(rule.wording, "Autoimmune encephalitis, not OMS")
    assert rule.ready.text().startswith("Wording used for autoimmune encephalitis, not for OMS")
    stored = bench.desk.settings()
    assert stored.relapse_scale == "icars"
    assert stored.relapse_asked is RelapseAsked.NEXT_TOTAL
    assert stored.relapse_wording is RelapseWording.ENCEPHALITIS
    room.open(SettingsPlace())
    assert (rule.points.text, rule.asked.value) == ("2.5", "next_total")
    rule.points.edit.setText("")
    room.page.finish()
    assert bench.desk.settings().relapse_points == 0


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("0", "above 0 and up to 100"),
        ("101", "above 0 and up to 100"),
        ("19", "No total of OMS scale is above 18"),
        ("-1", "has a minus sign"),
        ("three", "is not a plain number"),
        ("1.000", "could be"),
    ],
)
def test_points_that_cannot_be_are_told_beside_their_field(
    room: SettingsControl, bench: RoomBench, typed: str, why: str
) -> None:
    """The rule stays as it is stored, and so does what else was typed."""
    let_do_everything(bench.store)
    room.page.rule.points.edit.setText(typed)
    room.page.limits.unseen.edit.setText("100")
    room.page.finish()
    assert why in room.page.rule.points.below.text()
    stored = bench.desk.settings()
    assert (stored.relapse_points, stored.unseen_days) == (Decimal(0), 100)
    room.page.rule.points.edit.setText("3")
    room.page.finish()
    assert room.page.rule.points.below.text() == ""
    assert bench.desk.settings().relapse_points == 3


def test_a_smaller_scale_is_held_against_the_points_that_stand(
    room: SettingsControl, bench: RoomBench
) -> None:
    """A rule that no total could ever meet is told and not stored."""
    let_do_everything(bench.store)
    room.open(SettingsPlace())
    rule = room.page.rule
    _tap(rule.scale, "ICARS")
    rule.points.edit.setText("50")
    room.page.finish()
    _tap(rule.scale, "OMS scale")
    assert "so no rise is so large" in rule.points.below.text()
    assert bench.desk.settings().relapse_scale == "icars"


def test_who_sets_what_is_said_where_it_cannot_be_written(
    room: SettingsControl, bench: RoomBench
) -> None:
    """A nurse who keeps the records sets no limits; a physician sets nothing else of the unit."""
    page = room.page
    assert (page.site.isEnabled(), page.limits.weight.isEnabled()) == (True, False)
    assert not page.rule.points.isEnabled()
    bench.store.act_as(bench.store.users.add("T. Brandt", Role.PHYSICIAN).id)
    room.open(SettingsPlace())
    assert (page.site.isEnabled(), page.limits.weight.isEnabled()) == (False, True)
    assert page.rule.points.isEnabled()
    assert page.unit_told.text().startswith("Only a keeper of the records does this.")
