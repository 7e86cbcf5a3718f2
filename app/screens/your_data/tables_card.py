"""The card of tables: what another unit or another program handed over is read in here."""

from PySide6.QtCore import Signal

from app.errors import N_
from app.language import Words
from widgets.buttons import button
from widgets.cards import Card
from widgets.flow import Flow
from widgets.labels import wrapped


class TablesCard(Card):
    """Offers to read in one file or a folder."""

    file_requested = Signal()
    folder_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__(words(N_("Read in tables")))
        told = N_(
            "A patient that another unit handed over is one file; many are a folder of tables. "
            "Everything in it is read in, or nothing. A full copy is made before."
        )
        self.file = button(words(N_("Read in a file…")))
        self.folder = button(words(N_("Read in a folder…")))
        self.add(wrapped(words(told), "soft"))
        self.add(Flow(self.file, self.folder))
        self.file.clicked.connect(self.file_requested)
        self.folder.clicked.connect(self.folder_requested)
