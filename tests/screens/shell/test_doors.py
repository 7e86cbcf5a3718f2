"""The doors for questions and for work: nothing waits, nothing is left behind."""

from collections.abc import Callable
from pathlib import Path
from threading import current_thread, main_thread
from typing import cast
from weakref import ref

import pytest
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.errors import UserError
from app.language import words
from app.screens.ask import Dialogs, Loss
from app.screens.questions import ConfirmDialog, LossDialog, LossReasonDialog, ReasonDialog
from app.screens.tasks import Tasks
from tests.screens.patient_rooms.bench import nameless, settle

Dialog = Callable[[type[QDialog]], QDialog]


@pytest.fixture
def parent(qtbot: QtBot, dressed: QApplication) -> QWidget:
    """Return a window to ask in."""
    assert dressed is not None
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def _confirm(parent: QWidget, answers: list[str]) -> ConfirmDialog:
    Dialogs(words()).confirm(
        parent, "Discard?", "It <b>goes</b>.", "Discard", lambda: answers.append("y")
    )
    (dialog,) = parent.findChildren(ConfirmDialog)
    return dialog


def _reason(parent: QWidget, reasons: list[str]) -> ReasonDialog:
    Dialogs(words()).reason(parent, "Why?", "It stays in the journal.", reasons.append)
    (dialog,) = parent.findChildren(ReasonDialog)
    return dialog


def test_a_question_shows_its_whole_text(parent: QWidget) -> None:
    """However long its words are, and however many lines it takes."""
    text = "\n".join(("Wolfeschlegelsteinhausenbergerdorff " * 4,) * 6)
    Dialogs(words()).confirm(parent, "Is it?", text, "Yes", lambda: None)
    (dialog,) = parent.findChildren(ConfirmDialog)
    assert dialog.height() >= dialog.heightForWidth(dialog.width())


def test_a_question_does_not_wait(parent: QWidget) -> None:
    """Asking returns at once, the question open and unanswered."""
    answers: list[str] = []
    dialog = _confirm(parent, answers)
    assert (dialog.isVisible(), answers) == (True, [])
    dialog.reject()


def test_agreeing_does_the_deed(parent: QWidget) -> None:
    """Once, when its button is pressed."""
    answers: list[str] = []
    _confirm(parent, answers).yes.click()
    assert answers == ["y"]


def test_cancelling_does_nothing(parent: QWidget) -> None:
    """And so does Enter right away: agreeing takes a choice."""
    answers: list[str] = []
    dialog = _confirm(parent, answers)
    assert dialog.no.isDefault()
    dialog.no.click()
    assert answers == []


def test_an_answered_question_is_gone(parent: QWidget) -> None:
    """Nothing keeps it, nor what it was asked for."""
    dialog = ref(_confirm(parent, []))
    cast("ConfirmDialog", dialog()).yes.click()
    settle()
    assert parent.findChildren(QDialog) == []


def test_a_reason_is_never_empty(parent: QWidget) -> None:
    """Spaces are none; what is typed comes without them."""
    reasons: list[str] = []
    dialog = _reason(parent, reasons)
    QTest.keyClicks(dialog.field.edit, "  ")
    assert not dialog.yes.isEnabled()
    QTest.keyClicks(dialog.field.edit, "typed twice ")
    dialog.yes.click()
    assert reasons == ["typed twice"]


def _lose(parent: QWidget, told: list[str], *, can_save: bool) -> LossDialog:
    on_save = (lambda: told.append("saved")) if can_save else None
    loss = Loss("Close?", "The form of Amira.", "Close without saving")
    Dialogs(words()).lose(parent, loss, lambda: told.append("gone"), on_save)
    (dialog,) = parent.findChildren(LossDialog)
    return dialog


@pytest.mark.parametrize("can_save", [True, False])
def test_the_button_that_destroys_is_never_the_filled_one(
    parent: QWidget, *, can_save: bool
) -> None:
    """Filled and first for Enter is what keeps: Save where there is something to save."""
    dialog = _lose(parent, [], can_save=can_save)
    buttons = dialog.findChildren(QPushButton)
    filled = [one.text() for one in buttons if one.property("role") == "primary"]
    usual = [one.text() for one in buttons if one.isDefault()]
    assert filled == usual == (["Save"] if can_save else ["Cancel"])
    assert dialog.yes.property("role") == "danger"


@pytest.mark.parametrize(
    ("pressed", "heard"), [("yes", ["gone"]), ("no", []), ("save", ["saved"])]
)
def test_a_loss_is_agreed_to_or_kept_or_saved(
    parent: QWidget, pressed: str, heard: list[str]
) -> None:
    """Each button does the one thing it says, once, and the question is gone."""
    told: list[str] = []
    cast("QPushButton", getattr(_lose(parent, told, can_save=True), pressed)).click()
    settle()
    assert told == heard
    assert parent.findChildren(QDialog) == []


def _lose_with_reason(parent: QWidget, reasons: list[str]) -> LossReasonDialog:
    loss = Loss("Discard?", "The visit.", "Discard", ("Entered twice", "Begun by mistake"))
    Dialogs(words()).lose_with_reason(parent, loss, reasons.append)
    (dialog,) = parent.findChildren(LossReasonDialog)
    return dialog


def test_a_ready_reason_is_one_tap(parent: QWidget) -> None:
    """It stands in the field, where it can be mended, and a second tap agrees."""
    reasons: list[str] = []
    dialog = _lose_with_reason(parent, reasons)
    assert not dialog.yes.isEnabled()
    assert all(one.isVisible() for one in dialog.ready)
    dialog.ready[1].click()
    assert (dialog.field.text, reasons) == ("Begun by mistake", [])
    dialog.yes.click()
    assert reasons == ["Begun by mistake"]


def test_a_reason_for_a_loss_is_asked_with_the_plain_button(parent: QWidget) -> None:
    """The deed is named on it; filled is the way back."""
    dialog = _lose_with_reason(parent, [])
    assert (dialog.yes.text(), dialog.yes.property("role")) == ("Discard", "danger")
    assert dialog.no.property("role") == "primary"
    assert nameless(dialog) == []


def test_questions_speak_to_a_screen_reader(parent: QWidget) -> None:
    """Whatever can be reached by keys has a name."""
    assert nameless(_reason(parent, [])) == []


def test_a_file_name_comes_from_a_dialog_that_does_not_wait(parent: QWidget) -> None:
    """The name chosen arrives as a path."""
    paths: list[Path] = []
    Dialogs(words()).save_path(parent, "Save", "page.pdf", "PDF (*.pdf)", paths.append)
    (dialog,) = parent.findChildren(QFileDialog)
    assert (dialog.isVisible(), paths, dialog.defaultSuffix()) == (True, [], "pdf")
    dialog.fileSelected.emit("/tmp/page.pdf")  # noqa: S108 - a name, no file
    dialog.reject()
    assert paths == [Path("/tmp/page.pdf")]  # noqa: S108 - as above


def test_a_file_that_is_there_comes_from_a_dialog_that_does_not_wait(parent: QWidget) -> None:
    """As a path, of the kind that was asked for."""
    paths: list[Path] = []
    Dialogs(words()).open_path(parent, "Open", "Copies (*.omscopy)", paths.append)
    (dialog,) = parent.findChildren(QFileDialog)
    assert (dialog.isVisible(), paths) == (True, [])
    assert dialog.nameFilters() == ["Copies (*.omscopy)"]
    dialog.fileSelected.emit("/tmp/a.omscopy")  # noqa: S108 - a name, no file
    dialog.reject()
    assert paths == [Path("/tmp/a.omscopy")]  # noqa: S108 - as above


def test_a_folder_is_handed_to_the_desktop(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Which shows it in whatever way it does."""
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    Dialogs(words()).show_folder(tmp_path)
    assert [url.toLocalFile() for url in shown] == [str(tmp_path)]


class _Heard(QObject):
    """Hears of work."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []

    def done(self, result: object) -> None:
        """Keep the result, and where it was delivered."""
        self.results.append((result, current_thread() is main_thread()))

    def failed(self, error: Exception) -> None:
        """Keep the error."""
        self.errors.append(error)


@pytest.fixture
def heard() -> _Heard:
    """Return somebody who waits for work."""
    return _Heard()


@pytest.fixture
def tasks(qapp: QApplication) -> Tasks:
    """Return a pool of threads."""
    assert qapp is not None
    return Tasks()


def _finish(tasks: Tasks) -> None:
    tasks.wait()
    settle()


def test_work_is_done_elsewhere_and_delivered_here(tasks: Tasks, heard: _Heard) -> None:
    """The result arrives on the screen's own thread."""
    tasks.run(heard, lambda: current_thread() is main_thread(), heard.done, heard.failed)
    _finish(tasks)
    assert heard.results == [(False, True)]


def test_work_that_fails_hands_over_its_error(tasks: Tasks, heard: _Heard) -> None:
    """The very same one, to be told in words."""
    error = UserError("No.")

    def fail() -> None:
        raise error

    tasks.run(heard, fail, heard.done, heard.failed)
    _finish(tasks)
    assert (heard.results, heard.errors) == ([], [error])


def test_cancelled_work_is_not_heard_of(tasks: Tasks, heard: _Heard) -> None:
    """Whoever left the screen is not called back."""
    tasks.run(heard, lambda: 1, heard.done, heard.failed).cancel()
    _finish(tasks)
    assert heard.results == []


def test_work_for_somebody_gone_is_not_heard_of(tasks: Tasks, heard: _Heard) -> None:
    """A page that Qt deleted is left in peace."""
    tasks.run(heard, lambda: 1, heard.done, heard.failed)
    results = heard.results
    delete(heard)
    _finish(tasks)
    assert results == []


def test_finished_work_is_let_go(tasks: Tasks, heard: _Heard) -> None:
    """Nothing piles up."""
    task = ref(tasks.run(heard, lambda: 1, heard.done, heard.failed))
    _finish(tasks)
    assert task() is None
