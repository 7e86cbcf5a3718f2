"""A longer scale, item by item: the list on the left, one item in the middle."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from app.errors import N_
from app.language import Words
from app.screens.visit.guided_view import GuidedView
from app.screens.visit.scoring_page import ScoringPage
from widgets import icons
from widgets.buttons import ElidedButton, button
from widgets.item_list import ItemList
from widgets.keys import Act, KeyPress
from widgets.labels import ElidedLabel, divider, keep_lines, label, wrapped
from widgets.layouts import FittingArea, centred, column, ground, row
from widgets.level_list import SideBySide
from widgets.link_row import LinkRow
from widgets.shortcuts import LEFT, RIGHT, UNDO
from widgets.stopwatch import Stopwatch
from widgets.theme import set_role

_STEPS = {
    Act.ON: 1, Act.DOWN: 1, Act.RIGHT: 1,
    Act.BACK: -1, Act.UP: -1, Act.LEFT: -1,
}  # fmt: skip
_PANEL_WIDTH = 272
_PANEL_LETTERS = 34
_HINT_FROM = 1200


class GuidedPage(ScoringPage):
    """Shows one item with its criteria; choosing is reported, moving on is decided elsewhere."""

    item_chosen = Signal(str)  # item id
    item_step_requested = Signal(int)  # +1 on, -1 back

    def __init__(self, words: Words, ticks: Callable[[], int]) -> None:
        super().__init__(words)
        self.stopwatch = Stopwatch(words, ticks)
        self.sides = SideBySide(words)
        self.panel = ItemPanel(words)
        self.undo = ElidedButton()
        self.before = ElidedButton()
        self.after = ElidedButton("primary")
        for one, key in ((self.undo, UNDO), (self.before, LEFT), (self.after, RIGHT)):
            one.name_key(key, words)
        self._title = label("", "title")
        self._position = label("", "soft")
        self._how = wrapped("", "large_soft")
        self._caution = wrapped("", "small_caution")
        self._hint = ElidedLabel("", "small")
        self._area = FittingArea(self._levels())
        self._lay_out()
        self._connect()

    def show_view(self, view: GuidedView) -> None:
        """Show the current item."""
        is_other = (self._title.text(), self._position.text()) != (view.title, view.position)
        self._show_item(view)
        self.panel.show_view(view)
        self.sides.show_keys(view.keys, view.current)
        self.question.show_question(view.question)
        self.show_reasons(view.reasons)
        self._show_way(view)
        self._area.updateGeometry()
        if is_other:
            self.stopwatch.show_limit(view.seconds)
            self._area.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing: another patient is about to come."""
        self.sides.clear_keys()
        self.panel.clear()
        self.question.show_question(None)
        self.reasons.clear()
        self.stopwatch.show_limit(0)
        for words in (self._title, self._position, self._how):
            words.clear()

    def do(self, press: KeyPress) -> bool:
        """Digits choose for the current side; the rest moves or undoes."""
        if press.act is Act.DIGIT:
            self.sides.choose(press.digit)
        elif press.act is Act.UNDO:
            self.undo_requested.emit()
        elif press.act is Act.NEXT_OPEN:
            self.next_open_requested.emit()
        elif press.act is Act.SIGN:
            self.summary_requested.emit()
        elif press.act is Act.TIME:
            self.stopwatch.press()
        else:
            self.key_step_requested.emit(_STEPS[press.act])
        return True

    def in_hand(self) -> QWidget | None:
        """Return the levels of the side in hand."""
        return self.sides.current_list()

    def reasons_anchor(self) -> QWidget | None:
        """Return the button that the reasons were opened with."""
        one = self.sides.current_list()
        return None if one is None else one.aside

    def reasons_column(self) -> QWidget:
        """Return the levels; the list of items stays in view."""
        return self._area

    def _show_item(self, view: GuidedView) -> None:
        self.setAccessibleName(view.title)
        self._title.setText(view.title)
        self._position.setText(view.position)
        self._how.setText(view.how_to_test)
        caution = f"{icons.CAUTION} {view.caution}" if view.caution else ""
        self._caution.setText(caution)
        self._caution.setVisible(bool(caution))

    def _show_way(self, view: GuidedView) -> None:
        back, on = f"{icons.BACK} {view.before}", f"{view.after} {icons.ON}"
        for one, text in ((self.before, back), (self.after, on), (self.undo, view.undo)):
            one.show_text(text)
        self.before.setVisible(bool(view.before))
        self.undo.setVisible(bool(view.undo))
        self._hint.show_text(view.hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew; the hint about keys goes where it would crowd the buttons."""
        super().resizeEvent(event)
        letters = self.fontMetrics().averageCharWidth() * _PANEL_LETTERS
        self.panel.setFixedWidth(max(_PANEL_WIDTH, min(letters, self.width() * 31 // 100)))
        self._hint.setVisible(self.width() >= _HINT_FROM)

    def _levels(self) -> QWidget:
        inner = ground()
        stack = column(inner, gap=0)
        stack.addWidget(self.sides, 1)
        return inner

    def _lay_out(self) -> None:
        content = ground()
        stack = column(content, gap=10)
        stack.setContentsMargins(32, 16, 32, 20)
        head = row(gap=12)
        head.addWidget(self._title)
        head.addWidget(self._position, 1)
        head.addWidget(self.stopwatch)
        stack.addLayout(head)
        stack.addWidget(self._how)
        stack.addWidget(self._caution)
        stack.addWidget(self._area, 100)
        stack.addStretch(1)
        stack.addWidget(self.question)
        stack.addWidget(divider())
        stack.addLayout(self._footer())
        whole = row(self, gap=0)
        whole.addWidget(self.panel)
        whole.addWidget(centred(content, 1120), 1)

    def _footer(self) -> QHBoxLayout:
        line = row(gap=12)
        line.addWidget(self.before)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self._hint, 1)
        line.addStretch(0)
        line.addWidget(self.undo)
        line.addWidget(self.after)
        return line

    def _connect(self) -> None:
        self._area.verticalScrollBar().valueChanged.connect(self.place_reasons)
        self.sides.level_chosen.connect(self.level_chosen)
        self.sides.aside_requested.connect(self.aside_requested)
        self.panel.items.item_chosen.connect(self.item_chosen)
        self.panel.links.chosen.connect(self.scale_requested)
        self.panel.context.clicked.connect(self.context_requested)
        self.panel.summary.clicked.connect(self.summary_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.before.clicked.connect(self._on_before_clicked)
        self.after.clicked.connect(self._on_after_clicked)

    @Slot()
    def _on_before_clicked(self) -> None:
        self.item_step_requested.emit(-1)

    @Slot()
    def _on_after_clicked(self) -> None:
        self.item_step_requested.emit(1)


class ItemPanel(QFrame):
    """The column on the left: how far the scale got, its items, and where else to go."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "panel")
        self.setFixedWidth(_PANEL_WIDTH)
        self.items = ItemList()
        self.context = button(words(N_("Context and note")), "side_link")
        self.summary = button(words(N_("Summary")), "side_link")
        self.links = LinkRow((self.context, self.summary), "side_link", is_one_a_line=True)
        self._scale = wrapped("", "strong")
        self._progress = wrapped("", "small")
        self._progress.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._lay_out()

    def show_view(self, view: GuidedView) -> None:
        """Show the items and how far they got."""
        self._scale.setText(view.scale)
        keep_lines(self._progress)
        self._progress.setText(view.progress)
        self._bar.setMaximum(view.count)
        self._bar.setValue(view.done)
        self._bar.setAccessibleName(view.progress)
        self.items.show_items(view.items)
        self.links.show_choices(view.others)

    def clear(self) -> None:
        """Show no item."""
        self.items.show_items(())
        self._scale.clear()
        self._progress.clear()

    def _lay_out(self) -> None:
        stack = column(self, gap=4)
        stack.setContentsMargins(12, 16, 12, 12)
        head = column(gap=4)
        head.setContentsMargins(16, 0, 16, 8)
        for part in (self._scale, self._progress, self._bar):
            head.addWidget(part)
        stack.addLayout(head)
        stack.addWidget(self.items, 1)
        stack.addWidget(divider())
        stack.addWidget(self.links)
