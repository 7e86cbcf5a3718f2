"""Joins the page of help to what it tells of the app."""

from importlib.metadata import version

from PySide6.QtCore import Slot

from app.hazards import load_hazards
from app.paths import APP_NAME
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.help.page import HelpPage
from app.screens.help.view import KEYS, Told, help_view
from app.screens.places import Place
from app.screens.screen import Screen


class HelpControl(Screen):
    """Shows all keys, the version, the licence, where the data are, and the hazards."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._told = Told(version(APP_NAME), desk.folder, load_hazards())
        self.page: HelpPage = HelpPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.part_chosen.connect(self._on_part_chosen)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show the keys first: whoever presses F1 looks for one."""
        self._on_part_chosen(KEYS)
        self.page.setFocus()

    @Slot(str)
    def _on_part_chosen(self, part: str) -> None:
        self.page.show_view(help_view(self._told, part, self._desk.words))

    def refresh(self, changes: Changes) -> None:
        """Stay as it is: nothing here is in the records."""
