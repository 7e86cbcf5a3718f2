"""A small button that opens what else could be told of: another scale, another start."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from app.wording.people import shortened
from widgets import icons
from widgets.buttons import shown
from widgets.press_guard import has_come
from widgets.theme import TARGET, set_role
from widgets.values import Choice

_LONGEST = 60


class Chooser(QPushButton):
    """One tap shows what there is, another chooses; a single choice is none and is not shown."""

    chosen = Signal(str)  # the id

    def __init__(self, title: str) -> None:
        super().__init__(icons.DOWN)
        self.offers = QMenu(title, self)
        self.offers.triggered.connect(self._on_menu_triggered)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setAutoDefault(True)
        self.setFixedWidth(TARGET)
        self.setMinimumHeight(TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        set_role(self, "chooser")
        self.clicked.connect(self._on_clicked)

    def show_choices(self, choices: tuple[Choice, ...], chosen: str) -> None:
        """Offer these; the one that holds is ticked."""
        self.offers.clear()
        for choice in choices:
            action = QAction(shown(shortened(choice.title, _LONGEST)), self.offers)
            action.setData(choice.id)
            action.setCheckable(True)
            action.setChecked(choice.id == chosen)
            self.offers.addAction(action)
        self.setVisible(len(choices) > 1)

    @Slot()
    def _on_clicked(self) -> None:
        self.offers.popup(self.mapToGlobal(QPoint(0, self.height())))
        has_come(self.offers)

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
