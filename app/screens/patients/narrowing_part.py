"""Between the search and the lines: what the list leaves out, told, and the panel to choose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.screens.patients.narrowing import EVERYBODY, NarrowingView
from widgets.buttons import button, tab_button
from widgets.labels import wrapped
from widgets.layouts import FittingArea, column, row

if TYPE_CHECKING:
    from app.screens.patients.narrowing_panel import NarrowingPanel


class NarrowingPart(QWidget):
    """Says what is left out, so that nobody looks in vain for a patient who is hidden.

    The panel is built when it is first opened with ``toggle``, which stands beside the search.
    """

    chosen = Signal(object)  # Narrowing
    opened = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.toggle = tab_button(words(N_("Filter and sort")))
        self.panel: NarrowingPanel | None = None
        self._area: FittingArea | None = None
        self.told = wrapped("", "caution_text")
        self.everybody = button(words(N_("Show everybody")))
        self.leaves_out = False
        self._line = QWidget()
        line = row(self._line, gap=12)
        line.addWidget(self.told, 1)
        line.addWidget(self.everybody, 0, Qt.AlignmentFlag.AlignVCenter)
        self._stack = column(self, gap=8)
        self._stack.addWidget(self._line)
        self._line.hide()
        self.hide()
        self.toggle.toggled.connect(self._on_toggle_toggled)
        self.everybody.clicked.connect(self._on_everybody_clicked)

    def show_view(self, view: NarrowingView) -> None:
        """Show what is chosen, in the panel, and in a line if anybody is left out."""
        self.leaves_out = view.chosen.leaves_out
        self.told.setText(view.told)
        self._line.setVisible(bool(view.told))
        if self.panel is not None:
            self.panel.show_view(view)
        self._fit()

    def _fit(self) -> None:
        self.setVisible(self.toggle.isChecked() or self.leaves_out)

    def _build_panel(self) -> FittingArea:
        from app.screens.patients.narrowing_panel import (  # noqa: PLC0415 - at the first use
            NarrowingPanel,
        )

        self.panel = NarrowingPanel(self._words)
        self.panel.chosen.connect(self.chosen)
        area = FittingArea(self.panel)
        self._stack.insertWidget(0, area)
        return area

    @Slot(bool)
    def _on_toggle_toggled(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signal
        if self._area is None:
            self._area = self._build_panel()
        self._area.setVisible(is_open)
        self._fit()
        if is_open:
            self.opened.emit()

    @Slot()
    def _on_everybody_clicked(self) -> None:
        self.chosen.emit(EVERYBODY)
