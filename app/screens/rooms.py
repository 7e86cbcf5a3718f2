"""Which control shows which place, built when the place is first gone to."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from shiboken6 import delete

from app.errors import N_, AppError
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.looking import Looking
from app.screens.places import HelpPlace, PatientFormPlace, PatientsPlace, Place
from app.screens.screen import Screen
from app.screens.window import Window
from widgets.shortcuts import BACK, HELP, HISTORY, NEW_PATIENT, PRINT, Area, Shortcut

Builders = Mapping[type, Callable[[Desk], Screen]]


class Rooms(QObject):
    """Follows the navigation through the window, and keeps the visible screen true."""

    def __init__(self, desk: Desk, window: Window, builders: Builders) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._builders = builders
        self._controls: dict[type, Screen] = {}
        self._current: Screen | None = None
        self._looking = Looking(desk)
        desk.navigation.went.connect(self._on_navigation_went)
        window.asked.connect(self._on_window_asked)
        desk.news.changed.connect(self._on_news_changed)
        desk.news.noted.connect(window.show_note)
        desk.news.warned.connect(window.show_problem)
        desk.news.warned_ahead.connect(window.show_on_next_page)

    def unsaved(self) -> str:
        """Say what closing now would lose on any screen; empty where nothing would."""
        told = (control.unsaved() for control in self._controls.values())
        return "\n".join(sentence for sentence in told if sentence)

    def can_save(self) -> bool:
        """Say whether all that closing now would lose can be saved instead."""
        losing = [control for control in self._controls.values() if control.unsaved()]
        return bool(losing) and all(control.can_save() for control in losing)

    def save(self) -> bool:
        """Save what closing now would lose; say whether nothing of it is left."""
        for control in tuple(self._controls.values()):
            while waiting := control.unsaved():
                control.save()
                if control.unsaved() == waiting:
                    return False  # it asks or refuses something, and shows it
        return True

    def leave(self) -> None:
        """Let the visible screen put down what it holds."""
        if self._current is not None:
            self._current.leave()
            self._current = None

    @property
    def current(self) -> Screen | None:
        """The screen that is shown, once there is one."""
        return self._current

    def begin_anew(self) -> None:
        """Let every screen go, with all that was typed on it: what comes is built for who acts.

        Their controls go here and now, so that whatever a page tells while it goes, nobody hears
        it and nothing of it is stored when somebody else acts.
        """
        self.leave()
        controls, self._controls = tuple(self._controls.values()), {}
        for control in controls:
            delete(control)
        self._window.forget_pages()
        self._looking = Looking(self._desk)

    def close(self) -> None:
        """Take every page out of the window: its records are not open any more."""
        self.leave()
        for control in self._controls.values():
            self._window.drop_page(control.page)
        self._controls.clear()
        self.deleteLater()

    @Slot(object)
    def _on_navigation_went(self, place: Place) -> None:
        self.leave()
        try:
            control = self._control(type(place))
            # Shown first, so that opening can give the focus away.
            self._window.show_page(control.page)
            control.open(place)
        except AppError as problem:
            self._turn_back(place, problem)
            return
        if self._desk.navigation.place is not place:
            return  # it led somewhere else, which is shown already
        self._current = control
        self._looking.at(place)

    @Slot(object)
    def _on_window_asked(self, shortcut: Shortcut) -> None:
        control = self._current
        if control is None:
            return
        if shortcut is HELP:
            self._desk.navigation.go(HelpPlace())
        elif shortcut is NEW_PATIENT:
            self._desk.navigation.go(PatientFormPlace(None))
        elif shortcut is PRINT:
            control.print_page()
        elif shortcut is HISTORY:
            self._desk.navigation.go(self._looking.history_at(self._desk.navigation.place))
        elif shortcut is BACK:
            control.go_back()
        else:
            from app.screens.help.view import key_rows  # noqa: PLC0415 - when needed

            words = self._desk.words
            rows = key_rows((*control.areas, Area.EVERYWHERE), words)
            self._desk.ask.tell(control.page, words(N_("Keys of this page")), rows)

    def _turn_back(self, place: Place, problem: AppError) -> None:
        """Show the list instead of a place that cannot be shown, and say why."""
        if not isinstance(place, PatientsPlace):
            self._desk.navigation.go(PatientsPlace())
        self._window.show_problem(self._desk.words.error(problem))

    def _control(self, kind: type) -> Screen:
        if kind not in self._controls:
            control = self._builders[kind](self._desk)
            control.setParent(self)
            self._controls[kind] = control
        return self._controls[kind]

    @Slot(object)
    def _on_news_changed(self, changes: Changes) -> None:
        if self._current is not None:
            self._current.refresh(changes)
