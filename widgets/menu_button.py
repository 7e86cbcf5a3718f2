"""A button that opens a short list, from which one thing is chosen."""

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from widgets.buttons import shown
from widgets.press_guard import has_come
from widgets.theme import TARGET, set_role
from widgets.values import Choice


class MenuButton(QPushButton):
    """One tap shows what there is, another chooses; where nothing is offered it is not shown."""

    chosen = Signal(str)  # the id

    def __init__(self, text: str, title: str, role: str) -> None:
        super().__init__(text)
        self.offers = QMenu(title, self)
        self.offers.triggered.connect(self._on_menu_triggered)
        self.setAccessibleName(title)
        self.setToolTip(title)
        self.setAutoDefault(True)
        self.setMinimumHeight(TARGET)
        set_role(self, role)
        self.clicked.connect(self._on_clicked)

    def show_choices(self, choices: tuple[Choice, ...], chosen: str | None = None) -> None:
        """Offer these; the one that holds is ticked, and without one nothing is."""
        self.offers.clear()
        for choice in choices:
            action = QAction(shown(choice.title), self.offers)
            action.setData(choice.id)
            action.setCheckable(chosen is not None)
            action.setChecked(choice.id == chosen)
            self.offers.addAction(action)
        self.setVisible(bool(choices))

    def add_ticks(self, title: str, choices: tuple[Choice, ...], on: frozenset[str]) -> None:
        """Offer more below a line: things that are each there or not, and turn when chosen."""
        if choices:
            self.offers.addSection(title)
        for choice in choices:
            action = QAction(shown(choice.title), self.offers)
            action.setData(choice.id)
            action.setCheckable(True)
            action.setChecked(choice.id in on)
            self.offers.addAction(action)

    def say(self, title: Choice) -> None:
        """Say in other words what one of the offers is."""
        for action in self.offers.actions():
            if action.data() == title.id:
                action.setText(shown(title.title))

    @Slot()
    def _on_clicked(self) -> None:
        self.offers.popup(self.mapToGlobal(QPoint(0, self.height())))
        has_come(self.offers)

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
