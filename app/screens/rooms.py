"""Which control shows which place, built when the place is first gone to."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from app.errors import AppError
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.places import PatientsPlace, Place
from app.screens.screen import Screen
from app.screens.window import Window

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
        desk.navigation.went.connect(self._on_navigation_went)
        desk.news.changed.connect(self._on_news_changed)
        desk.news.noted.connect(window.show_note)
        desk.news.warned.connect(window.show_problem)
        desk.news.warned_ahead.connect(window.show_on_next_page)

    def unsaved(self) -> str:
        """Say what closing now would lose on any screen; empty where nothing would."""
        told = (control.unsaved() for control in self._controls.values())
        return "\n".join(sentence for sentence in told if sentence)

    def leave(self) -> None:
        """Let the visible screen put down what it holds."""
        if self._current is not None:
            self._current.leave()
            self._current = None

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
        self._current = control

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
