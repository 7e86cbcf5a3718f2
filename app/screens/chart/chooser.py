"""A small button that opens what else could be told of: another scale, another start."""

from PySide6.QtWidgets import QSizePolicy

from app.wording.people import shortened
from widgets import icons
from widgets.menu_button import MenuButton
from widgets.theme import TARGET
from widgets.values import Choice

_LONGEST = 60


class Chooser(MenuButton):
    """As high as what it stands beside; a single choice is none and is not shown."""

    def __init__(self, title: str) -> None:
        super().__init__(icons.CHOOSE, title, "chooser")
        self.setFixedWidth(TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_choices(self, choices: tuple[Choice, ...], chosen: str | None = None) -> None:
        """Offer these; the one that holds is ticked."""
        told = (Choice(one.id, shortened(one.title, _LONGEST)) for one in choices)
        super().show_choices(tuple(told) if len(choices) > 1 else (), chosen)
