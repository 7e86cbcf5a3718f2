"""What else there is of a patient, behind one button: places, a picture, and what is shown."""

from PySide6.QtCore import Slot

from app.errors import N_
from app.language import Words
from app.screens.chart.view import Drawing
from app.trends.compose import LAYER_TITLES, Layer
from widgets.menu_button import MenuButton
from widgets.plot import CoursePlot
from widgets.shortcuts import HISTORY as TO_HISTORY
from widgets.shortcuts import with_key
from widgets.values import Choice

FACTS, HISTORY, PICTURE = "facts", "history", "picture"
_NO_ROOM = N_("Items (no room for them in this window)")


class MoreButton(MenuButton):
    """Says FACTS, HISTORY, PICTURE, or the id of a layer or of a kind of measure."""

    def __init__(self, words: Words, plot: CoursePlot) -> None:
        super().__init__(words(N_("More")), words(N_("More of this patient")), "tab")
        self._words = words
        self._plot = plot
        self.offers.aboutToShow.connect(self._on_menu_opening)

    def show_drawing(self, drawing: Drawing) -> None:
        """Offer what can be done with a course; there is no picture of one that is empty."""
        words = self._words
        offered = [
            Choice(FACTS, words(N_("The patient's facts"))),
            Choice(HISTORY, with_key(words(N_("History")), TO_HISTORY, words)),
        ]
        if drawing.figure is not None:
            offered.append(Choice(PICTURE, words(N_("Save a picture…"))))
        self.show_choices(tuple(offered))
        self.add_ticks(words(N_("Show")), drawing.layers, drawing.shown)

    @Slot()
    def _on_menu_opening(self) -> None:
        """Say of the items why they are not there though they are ticked."""
        view = self._plot.view
        is_left_out = view is not None and view.lacks_room_for_items
        title = _NO_ROOM if is_left_out else LAYER_TITLES[Layer.ITEMS]
        self.say(Choice(Layer.ITEMS, self._words(title)))
