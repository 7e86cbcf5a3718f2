"""The band at the top of every screen: who the patient is, and what can be done here."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.errors import N_
from app.language import Words
from widgets import icons
from widgets.buttons import button
from widgets.labels import ElidedLabel
from widgets.layouts import row
from widgets.theme import set_role

BANNER_HEIGHT = 64


class PatientBanner(QFrame):
    """Back, the name in bold, what tells patients apart, and actions on the right."""

    back_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "banner")
        self.setMinimumHeight(BANNER_HEIGHT)
        self._back = button(icons.BACK, "back", words(N_("Back")))
        self._name = ElidedLabel("", "name")
        self._facts = ElidedLabel("", "soft")
        self._line = row(self, gap=12)
        self._line.setContentsMargins(12, 8, 24, 8)
        self._line.addWidget(self._back)
        self._line.addWidget(self._name)
        self._line.addWidget(self._facts)
        self._line.addStretch(1)
        self._back.clicked.connect(self._on_back_clicked)

    def show_head(self, name: str, facts: str) -> None:
        """Show a name, and beside it ``born … · age · ID …``; both empty clears the band."""
        self._name.show_text(name)
        self._facts.show_text(facts)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a line of words on the right, after those that are there."""
        self._line.addWidget(widget)

    @property
    def name(self) -> str:
        """The name that stands there."""
        return self._name.text()

    @property
    def facts(self) -> str:
        """What stands beside the name."""
        return self._facts.text()

    @Slot()
    def _on_back_clicked(self) -> None:
        self.back_requested.emit()
