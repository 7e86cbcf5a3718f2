"""What a window says of its records once they are open, and once their list is painted."""

from contextlib import suppress

from app.errors import AppError
from app.records.actions import Action
from app.records.file.first_look import FOREIGN_LOG
from app.records.keys.keyfile import CodeState
from app.records.keys.vault import code_state
from app.screens.desk import Desk
from app.screens.window import Window


def say_at_opening(desk: Desk) -> None:
    """Say what the opening found, and that the recovery code is not known to be kept."""
    state, log = code_state(desk.folder), desk.store.around.log_set_aside
    if state not in (None, CodeState.KEPT):
        from app.screens.recovery import reminder  # noqa: PLC0415 - most codes are kept

        desk.news.warn(reminder(state, desk.words))
    if log is not None:
        desk.news.warn(desk.words(FOREIGN_LOG, path=log))


def begin_with_list(desk: Desk, window: Window) -> None:
    """Note that somebody looks, say what is strange, and hear of second starts from now on."""
    desk.note_seen(Action.OPEN)
    _say_place(desk, window)
    _say_structure(desk)
    if not desk.is_demo:
        from app.screens.second_start import FirstStart  # noqa: PLC0415 - not before the list

        FirstStart(desk.folder, desk.tasks, window).found.connect(window.bring_up)


def _say_place(desk: Desk, window: Window) -> None:
    """Say where the records lie on a drive or in a folder that is no safe place for them.

    What is said already stays: then it waits for the next page.
    """
    from app.records.file.unsafe_places import looked_at  # noqa: PLC0415 - not before the list

    unsafe = None if desk.is_demo else looked_at(desk.folder)
    if unsafe is not None:
        say = window.show_problem if window.message.isHidden() else window.show_on_next_page
        say(desk.words(unsafe.message, **unsafe.values))


def _say_structure(desk: Desk) -> None:
    """Say at once, but behind the first list, what of the file's structure was changed."""
    from app.wording.structure import structure_words  # noqa: PLC0415 - not before the list

    with suppress(AppError):  # a window that is closed at once has no records any more
        told = structure_words(desk.store.differences(), desk.words)
        if told:
            desk.news.warn(told)
