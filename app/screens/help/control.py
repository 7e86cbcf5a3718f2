"""Joins the page of keys to what it tells of the app."""

from importlib.metadata import version

from app.paths import APP_NAME
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.help.page import HelpPage
from app.screens.help.view import help_view
from app.screens.places import Place
from app.screens.screen import Screen


class HelpControl(Screen):
    """Shows all keys, the version, the licence, and where the data are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.page: HelpPage = HelpPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show the page."""
        desk = self._desk
        self.page.show_view(help_view(version(APP_NAME), desk.folder, desk.words))
        self.page.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Stay as it is: nothing here is in the records."""
