"""Before the records are open: first run, unlocking, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import delete

from app.clock import FixedClock
from app.errors import UserError
from app.language import words
from app.records.folder import Founder, create_folder, create_open_folder, open_folder
from app.records.keys.keyfile import CodeState, Cost
from app.records.keys.vault import WrongSecret, code_state, note_code, unlock
from app.records.model import Role
from app.screens.opening.control import Opened, OpeningControl
from app.screens.opening.surroundings import Surroundings
from scales.catalogue import Catalogue, load_catalogue
from scales.errors import DefinitionError
from tests.asking import FakeAsk
from tests.screens.patient_rooms.bench import SlowTasks, nameless, settle
from widgets.layouts import into_view

CHEAP = Cost(passes=1, memory_kib=128, lanes=1)
SECRET = "correct horse"  # noqa: S105 - a passphrase for made-up records


@dataclass
class Door:
    """An opening screen, and what came of it."""

    control: OpeningControl
    tasks: SlowTasks
    ask: FakeAsk
    opened: list[Opened] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)

    def type_secret(self, secret: str) -> None:
        """Type a secret and press Enter."""
        unlock = self.control.page.unlock
        unlock.secret.edit.setText(secret)
        QTest.keyClick(unlock.secret.edit, Qt.Key.Key_Return)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where the data are, or will be."""
    return tmp_path / "data"


@pytest.fixture
def locked(folder: Path, clock: FixedClock, catalogue: Catalogue) -> str:
    """Make records behind a passphrase; return their recovery code."""
    store, code = create_folder(
        folder,
        Founder("M. Okafor", Role.NURSE),
        SECRET,
        clock=clock,
        catalogue=catalogue,
        cost=CHEAP,
    )
    store.close()
    note_code(folder, CodeState.KEPT)
    return code


@pytest.fixture
def door(folder: Path, clock: FixedClock, dressed: QApplication) -> Iterator[Door]:
    """Return an opening screen, shown, not started."""
    assert dressed is not None
    tasks, ask = SlowTasks(), FakeAsk()
    around = Surroundings(
        folder=folder,
        clock=clock,
        words=words(),
        ask=ask,
        tasks=tasks,
        load_scales=load_catalogue,
    )
    one = Door(OpeningControl(around), tasks, ask)
    one.control.opened.connect(one.opened.append)
    one.control.left.connect(lambda: one.left.append(True))
    one.control.page.resize(1024, 768)
    one.control.page.show()
    one.control.page.activateWindow()
    yield one
    for opened in one.opened:
        opened.store.close()
    one.control.close()
    delete(one.control.page)


def _shown(door: Door) -> QWidget:
    page = door.control.page
    cards = (page.first_run, page.unlock, page.code, page.trouble)
    (card,) = (one for one in cards if one.isVisible())
    return card


def _fill(door: Door) -> None:
    card = door.control.page.first_run
    card.name.edit.setText("M. Okafor")
    card.role.set_value("nurse")
    card.passphrase.edit.setText(SECRET)
    card.again.edit.setText(SECRET)


def test_an_empty_folder_begins_the_first_run(door: Door) -> None:
    """The first field has the focus; nothing is made yet."""
    door.control.start()
    assert _shown(door) is door.control.page.first_run
    assert QApplication.focusWidget() is door.control.page.first_run.name.edit


def test_the_first_run_says_what_is_missing(door: Door, folder: Path) -> None:
    """Beside each field, and nothing is made."""
    door.control.start()
    card = door.control.page.first_run
    card.make.click()
    assert "your name" in card.name.below.text()
    assert "what you are" in card.role_problem.text()
    assert "at least 10" in card.passphrase.below.text()
    assert door.tasks.begun == []
    assert not folder.exists()


def test_a_folder_that_is_no_safe_place_needs_a_tick(door: Door, folder: Path) -> None:
    """The reason is in view; without the tick nothing is made, with it all goes on."""
    (folder.parent / ".stfolder").mkdir()
    door.control.start()
    card = door.control.page.first_run
    assert "that Syncthing synchronises" in card.risk.reason.text()
    assert card.risk.isVisible()
    _fill(door)
    card.make.click()
    assert "accept the risk" in card.risk.problem.text()
    assert card.risk.problem.isVisible()
    assert QApplication.focusWidget() is card.risk.accept
    assert door.tasks.begun == []
    card.risk.accept.click()
    card.make.click()
    assert card.risk.problem.isHidden()
    assert len(door.tasks.begun) == 1


def test_what_is_missing_comes_into_view(door: Door, folder: Path) -> None:
    """The button may stand at the end of a card that is longer than the screen."""
    (folder.parent / ".stfolder").mkdir()
    door.control.page.resize(1024, 400)
    door.control.start()
    settle()
    card = door.control.page.first_run
    into_view(card.make)
    assert card.risk.accept.visibleRegion().isEmpty()
    card.make.click()
    assert not card.risk.accept.visibleRegion().isEmpty()


def test_nothing_is_said_of_a_folder_that_is_safe(door: Door) -> None:
    """No tick stands where there is no risk."""
    door.control.start()
    assert not door.control.page.first_run.risk.isVisible()


def test_a_meter_says_how_hard_the_passphrase_is_to_guess(door: Door) -> None:
    """While it is typed, in words too; it goes with the passphrase."""
    door.control.start()
    field = door.control.page.first_run.passphrase
    seen = []
    for text in ("", "short", "password12", "correct horse", "correct horse battery", ""):
        field.edit.setText(text)
        seen.append((field.meter.isVisible(), field.meter.value(), field.below.text()[:30]))
    assert [(is_seen, level) for is_seen, level, _ in seen[1:5]] == [
        (True, 0), (True, 1), (True, 3), (True, 4)
    ]  # fmt: skip
    assert [text for *_, text in seen] == [
        "", "Please choose a passphrase of ", "This passphrase is among the f",
        "Hard to guess.", "Very hard to guess.", "",
    ]  # fmt: skip
    assert (seen[0][0], seen[5][0]) == (False, False)


def test_the_meter_knows_who_chooses(door: Door) -> None:
    """One's own name is no secret."""
    door.control.start()
    card = door.control.page.first_run
    levels = []
    for name in ("", "Maria Okafor"):
        card.passphrase.edit.clear()
        card.name.edit.setText(name)
        QTest.keyClicks(card.passphrase.edit, "mariaokafor")
        levels.append(card.passphrase.meter.value())
    assert levels[0] >= 3 > levels[1]
    assert "easy to guess" in card.passphrase.meter.accessibleDescription()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "at least 10"),
        ("x", "at least 10"),
        ("😀" * 12, "repeats itself"),
        ("correct horse battery\n", "cannot be seen"),
        ("correct horse battery " * 460, "500 characters at most"),
    ],
)
def test_what_is_no_passphrase_is_refused_where_it_was_pasted(
    door: Door, folder: Path, typed: str, words: str
) -> None:
    """Nothing, one character, emoji, a line break, ten thousand characters: nothing is made."""
    door.control.start()
    _fill(door)
    card = door.control.page.first_run
    QApplication.clipboard().setText(typed)
    for one in (card.passphrase, card.again):
        one.edit.clear()
        one.edit.paste()
    card.make.click()
    assert words in card.passphrase.below.text()
    assert QApplication.focusWidget() is card.passphrase.edit
    assert (door.tasks.begun, folder.exists()) == ([], False)


def test_emoji_make_a_passphrase(door: Door) -> None:
    """Ten that differ."""
    door.control.start()
    _fill(door)
    card = door.control.page.first_run
    for one in (card.passphrase, card.again):
        one.edit.setText("😀🐶🍕🚗🌈🎸📚🔑🌙⚽")
    card.make.click()
    assert len(door.tasks.begun) == 1


@pytest.mark.usefixtures("locked")
def test_a_passphrase_that_was_pasted_with_a_line_break_is_told_so(door: Door) -> None:
    """Rather than only that it is wrong."""
    door.control.start()
    QApplication.clipboard().setText(f"{SECRET}\n")
    door.control.page.unlock.secret.edit.paste()
    door.control.page.unlock.open_button.click()
    door.tasks.finish()
    assert "such as a line break" in door.control.page.unlock.secret.below.text()


def test_the_first_run_makes_records_and_shows_the_code_once(
    door: Door, folder: Path, clock: FixedClock
) -> None:
    """The code opens the records; the way on opens when it is written down."""
    door.control.start()
    _fill(door)
    QTest.keyClick(door.control.page.first_run.again.edit, Qt.Key.Key_Return)
    assert not door.control.page.first_run.make.isEnabled()
    door.tasks.finish()
    card = door.control.page.code
    code = card.code.text()
    assert not card.go_on.isEnabled()
    card.written.click()
    card.go_on.click()
    (opened,) = door.opened
    assert opened.store.user.name == "M. Okafor"
    assert card.code.text() == ""
    opened.store.close()
    open_folder(folder, code, clock=clock, catalogue=opened.catalogue).close()


def test_no_passphrase_stays_on_the_screen(door: Door) -> None:
    """Neither in the first run nor after unlocking."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    filled = [one.text() for one in door.control.page.findChildren(QLineEdit) if one.text()]
    assert filled == ["M. Okafor"]


def test_the_code_can_be_copied_and_printed(door: Door, dressed: QApplication) -> None:
    """Whatever helps to keep it away from this computer."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    card = door.control.page.code
    card.copy.click()
    card.print.click()
    assert dressed.clipboard().text() == card.code.text()
    assert door.ask.asked == ["Print the recovery code"]


def test_the_code_is_printed_with_what_it_opens(door: Door, tmp_path: Path) -> None:
    """A page for the safe: the app, the folder, the code."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    door.control.page.code.print.click()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "code.pdf"))
    assert door.ask.on_printer is not None
    door.ask.on_printer(printer)
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")


def test_records_made_but_not_confirmed_are_let_go(
    door: Door, folder: Path, clock: FixedClock, catalogue: Catalogue
) -> None:
    """Closing the window on the code leaves a folder that opens."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    door.control.close()
    open_folder(folder, SECRET, clock=clock, catalogue=catalogue).close()


def test_a_folder_that_cannot_be_made_is_told(door: Door, folder: Path) -> None:
    """What was typed stays for the next try."""
    folder.write_text("in the way", "utf-8")
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    card = door.control.page.first_run
    assert door.control.page.message.isVisible()
    assert (card.name.text, card.passphrase.secret, card.make.isEnabled()) == (
        "M. Okafor",
        SECRET,
        True,
    )


def test_the_code_is_noted_as_shown_then_as_kept(door: Door, folder: Path) -> None:
    """So the app knows whether to ask for it again."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    assert (code_state(folder), door.control.has_unkept_code) == (CodeState.SHOWN, True)
    door.control.page.code.written.click()
    door.control.page.code.go_on.click()
    assert (code_state(folder), door.control.has_unkept_code) == (CodeState.KEPT, False)


def test_a_disk_that_does_not_take_the_note_keeps_the_code_on_the_screen(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says why; the way on stays open for the next try."""
    door.control.start()
    _fill(door)
    door.control.page.first_run.make.click()
    door.tasks.finish()
    card = door.control.page.code
    card.written.click()

    def refuse(*_given: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr("app.screens.opening.control.note_code", refuse)
    card.go_on.click()
    assert (card.problem.text(), door.opened) == ("The disk is full.", [])
    assert card.code.text() != ""
    monkeypatch.undo()
    card.go_on.click()
    assert len(door.opened) == 1


def test_a_code_that_was_never_shown_is_made_anew(
    door: Door, folder: Path, clock: FixedClock, catalogue: Catalogue
) -> None:
    """A first start that ended too early: the passphrase opens, and a code is shown first."""
    store, unseen = create_folder(
        folder, Founder("Ada", Role.NURSE), SECRET, clock=clock, catalogue=catalogue, cost=CHEAP
    )
    store.close()
    door.control.start()
    door.type_secret(SECRET)
    door.tasks.finish()
    card = door.control.page.code
    assert _shown(door) is card
    assert (door.opened, "never shown" in card.text.text()) == ([], True)
    code = card.code.text()
    card.written.click()
    card.go_on.click()
    assert [opened.store.user.name for opened in door.opened] == ["Ada"]
    assert unlock(folder, code).user == unlock(folder, SECRET).user
    with pytest.raises(WrongSecret):
        unlock(folder, unseen)


def test_a_disk_that_takes_no_new_code_still_opens_the_records(
    door: Door, folder: Path, clock: FixedClock, catalogue: Catalogue,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The bedside comes first; the code is asked for again at the next start."""
    create_folder(
        folder, Founder("Ada", Role.NURSE), SECRET, clock=clock, catalogue=catalogue, cost=CHEAP
    )[0].close()

    def refuse(*_given: object) -> None:
        message = "The disk is full."
        raise UserError(message)

    monkeypatch.setattr("app.screens.opening.control.renew_code", refuse)
    door.control.start()
    door.type_secret(SECRET)
    door.tasks.finish()
    assert (len(door.opened), code_state(folder)) == (1, CodeState.MADE)


@pytest.mark.usefixtures("locked")
def test_the_passphrase_opens(door: Door) -> None:
    """Type, Enter."""
    door.control.start()
    door.type_secret(SECRET)
    door.tasks.finish()
    assert [opened.store.user.name for opened in door.opened] == ["M. Okafor"]
    assert door.control.page.unlock.secret.secret == ""


def test_the_recovery_code_opens(door: Door, locked: str) -> None:
    """In the same field, also in small letters and without its lines."""
    door.control.start()
    door.type_secret(locked.lower().replace("-", " "))
    door.tasks.finish()
    assert len(door.opened) == 1


@pytest.mark.usefixtures("locked")
def test_a_wrong_passphrase_is_told_where_it_was_typed(door: Door) -> None:
    """The field keeps the focus and its text is selected: one types again."""
    door.control.start()
    door.type_secret("wrong horse")
    assert not door.control.page.unlock.open_button.isEnabled()
    door.tasks.finish()
    unlock = door.control.page.unlock
    assert "does not open" in unlock.secret.below.text()
    assert QApplication.focusWidget() is unlock.secret.edit
    assert unlock.secret.edit.selectedText() != ""
    assert (door.opened, unlock.open_button.isEnabled()) == ([], True)


@pytest.mark.usefixtures("locked")
def test_an_empty_passphrase_is_not_tried(door: Door) -> None:
    """Enter in an empty field does nothing."""
    door.control.start()
    door.type_secret("")
    assert door.tasks.begun == []


@pytest.mark.usefixtures("locked")
def test_a_passphrase_keeps_its_spaces(door: Door) -> None:
    """What is typed is what is tried."""
    door.control.start()
    door.type_secret(f" {SECRET}")
    door.tasks.finish()
    assert door.opened == []


@pytest.mark.usefixtures("locked")
def test_dots_stand_for_letters_until_asked(door: Door) -> None:
    """The button shows and hides what is typed, and says which."""
    door.control.start()
    field = door.control.page.unlock.secret
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    field.eye.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert field.eye.accessibleName() == "Hide what is typed"


@pytest.mark.usefixtures("locked")
def test_a_second_process_is_told(
    door: Door, folder: Path, clock: FixedClock, catalogue: Catalogue
) -> None:
    """The records are open elsewhere; nothing is touched."""
    first = open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    door.control.start()
    door.type_secret(SECRET)
    door.tasks.finish()
    assert "already open" in door.control.page.unlock.secret.below.text()
    first.close()


def test_open_records_open_by_themselves(
    door: Door, folder: Path, clock: FixedClock, catalogue: Catalogue
) -> None:
    """The demo asks nobody."""
    create_open_folder(
        folder, Founder("Ada", Role.NURSE), clock=clock, catalogue=catalogue
    ).close()
    door.control.start()
    assert [opened.store.user.name for opened in door.opened] == ["Ada"]


def test_a_scale_file_with_an_error_is_told(door: Door) -> None:
    """The file and the key are named; the app can be closed from there."""

    def refuse() -> Catalogue:
        raise DefinitionError("{file}: {key} is wrong.", file="oms.toml", key="item")

    door.control._around = Surroundings(
        **{
            name: getattr(door.control._around, name)
            for name in ("folder", "clock", "words", "ask", "tasks")
        },
        load_scales=refuse,
    )
    door.control.start()
    assert door.control.page.trouble.text.text() == "oms.toml: item is wrong."
    door.control.page.trouble.leave.click()
    assert door.left == [True]


@pytest.mark.usefixtures("locked")
def test_a_fault_of_ours_is_not_told_as_the_users(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes to the log instead."""

    def fail(*_given: object, **_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("app.screens.opening.control.open_folder", fail)
    door.control.start()
    door.type_secret(SECRET)
    with pytest.raises(RuntimeError):
        door.tasks.finish()


@pytest.mark.parametrize("stage", ["first run", "code"])
def test_the_cards_speak_to_a_screen_reader(door: Door, stage: str) -> None:
    """Whatever can be reached by keys has a name."""
    door.control.start()
    if stage == "code":
        _fill(door)
        door.control.page.first_run.make.click()
        door.tasks.finish()
    settle()
    assert nameless(door.control.page) == []


def test_a_passphrase_of_two_people_asks_who_it_is(
    door: Door, folder: Path, locked: str, clock: FixedClock, catalogue: Catalogue
) -> None:
    """The passphrase stays in the field; the records open for whoever is chosen."""
    assert locked
    store = open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    store.users.invite("Dr Rossi", [Role.PHYSICIAN], SECRET)
    store.close()
    door.control.start()
    unlock = door.control.page.unlock
    assert not unlock.who.isVisibleTo(unlock)
    door.type_secret(SECRET)
    door.tasks.finish()
    assert door.opened == []
    assert [one.text() for one in unlock.who.buttons] == ["M. Okafor", "Dr Rossi"]
    assert nameless(unlock) == []
    unlock.open_button.click()
    assert door.tasks.begun == []
    unlock.who.buttons[1].click()
    unlock.open_button.click()
    door.tasks.finish()
    assert door.opened[0].store.user.name == "Dr Rossi"
    door.opened[0].store.close()


def test_another_passphrase_is_not_asked_whose_it_is(
    door: Door, folder: Path, locked: str, clock: FixedClock, catalogue: Catalogue
) -> None:
    """What is typed anew may be one person's alone."""
    assert locked
    store = open_folder(folder, SECRET, clock=clock, catalogue=catalogue)
    store.users.invite("Dr Rossi", [Role.PHYSICIAN], SECRET)
    store.close()
    door.control.start()
    door.type_secret(SECRET)
    door.tasks.finish()
    QTest.keyClicks(door.control.page.unlock.secret.edit, "x")
    assert not door.control.page.unlock.who.isVisibleTo(door.control.page.unlock)
