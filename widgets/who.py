"""Who works at the window: in view on every page, and the way to the lock."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import shown
from widgets.shortcuts import LOCK, name_key
from widgets.theme import TARGET, set_role

_PADDING = 22
_LETTERS = 16
_RIGHT = Qt.TextElideMode.ElideRight


class WhoPlace(QFrame):
    """A band of a page that has a place for who works at the window."""

    def seat(self, who: QWidget) -> None:
        """Take in what says who works, at the end of the band."""
        raise NotImplementedError


class WhoButton(QPushButton):
    """Name and roles on two lines; a press locks the window, or hands it to somebody else."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._name = self._roles = self._short = ""
        self.setAutoDefault(True)
        self.setMinimumHeight(TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "who")

    def show_who(self, name: str, roles: str, short: str) -> None:
        """Say who works here: ``short`` are the roles in view, the tooltip has all of it."""
        self._name, self._roles, self._short = name, roles, short
        told = N_("{name}, {roles}. Lock, or let somebody else work here")
        self.setAccessibleName(self._words(told, name=name, roles=roles))
        name_key(self, LOCK, self._words)
        self._fit()

    @property
    def who(self) -> tuple[str, str]:
        """The name and the roles as they were told."""
        return self._name, self._roles

    def sizeHint(self) -> QSize:
        """Ask for both lines, and for no more than some letters of them."""
        metrics = self.fontMetrics()
        most = metrics.averageCharWidth() * _LETTERS
        wanted = max(metrics.horizontalAdvance(line) for line in self._lines())
        height = 2 * metrics.height() + 12  # the sign of the lock stands a little higher
        return QSize(max(TARGET, min(most, wanted) + _PADDING), max(TARGET, height))

    def _lines(self) -> tuple[str, str]:
        return f"{icons.LOCK} {self._name}", self._short

    def _fit(self) -> None:
        self.ensurePolished()
        room = self.sizeHint().width() - _PADDING
        metrics = self.fontMetrics()
        self.setText("\n".join(shown(metrics.elidedText(s, _RIGHT, room)) for s in self._lines()))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Shorten both lines anew for another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._name:
            self._fit()
