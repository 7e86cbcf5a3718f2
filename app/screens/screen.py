"""What every screen's control is: it owns a page, opens places on it and keeps it true."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.records.model import Changes
from app.screens.places import Place
from widgets.shortcuts import Area


class Screen(QObject):
    """The base of the controls. A control sets ``page`` when it is built."""

    page: QWidget

    def open(self, place: Place) -> None:
        """Show a place; everything of the place before is cleared."""
        raise NotImplementedError

    def refresh(self, changes: Changes) -> None:
        """Show again what a write touched; called while the page is visible."""
        raise NotImplementedError

    def leave(self) -> None:
        """Another place is about to show: put down what was held."""

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return where on this page keys act, beside those of the whole window."""
        return ()

    def go_back(self) -> None:
        """Do what the arrow in the banner does."""
        from widgets.banner import PatientBanner  # noqa: PLC0415 - the list has none

        banner = self.page.findChild(PatientBanner)
        if banner is not None:
            banner.go_back()

    def print_page(self) -> None:
        """Print this page, or go to where the patient's pages are printed."""

    @property
    def is_scoring(self) -> bool:
        """Whether an unfinished visit is open here, which is locked later."""
        return False

    @property
    def is_timing(self) -> bool:
        """Whether a stopwatch runs here, which holds the lock off."""
        return False

    def come_back(self) -> None:
        """Whoever locked the window is back at this place."""

    def unsaved(self) -> str:
        """Say in one sentence what closing now would lose; empty where nothing would."""
        return ""

    def can_save(self) -> bool:
        """Say whether ``save`` may store what closing now would lose."""
        return False

    def save(self) -> None:
        """Press this screen's own Save for what is not saved; what it asks or refuses is shown."""
