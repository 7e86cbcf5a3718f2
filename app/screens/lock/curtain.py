"""What stands in windows of its own beside a locked one: hidden, and shown again later."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from app.screens.ask import Ask

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class Curtain:
    """Hides every question with what is typed in it, and closes every list that hangs open."""

    def __init__(self, window: QWidget, ask: Ask) -> None:
        self._window = window
        self._ask = ask
        self._hidden: list[QWidget] = []

    def draw(self) -> None:
        """Leave nothing but the window itself; what comes later waits."""
        self._ask.hold()
        QToolTip.hideText()
        for shown in QApplication.topLevelWidgets():
            if shown is self._window or not shown.isVisible():
                continue
            if shown.windowType() in _PASSING:
                shown.close()
            else:
                shown.hide()
                self._hidden.append(shown)

    def open(self) -> None:
        """Show again what was hidden, and what was asked meanwhile."""
        hidden, self._hidden = self._hidden, []
        for one in filter(isValid, hidden):
            if isinstance(one, QDialog):
                one.open()
            else:
                one.show()
        self._ask.let_go()

    def drop(self) -> None:
        """Forget what was hidden, unanswered; the pages that it belonged to are gone."""
        hidden, self._hidden = self._hidden, []
        for one in filter(isValid, hidden):
            one.deleteLater()
        self._ask.let_go()
