"""The cards of the summary: one for each assessment, the context, and a total from paper."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.visit.context_view import Typed
from app.screens.visit.summary_view import SheetCard, SummaryView
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow
from widgets.labels import label, wrapped
from widgets.layouts import ground, row
from widgets.number_field import NumberField
from widgets.values import Choice

_HALF = 2
_LONG = 8


class ScoreCard(Card):
    """One assessment: total first, then every answer in words."""

    scale_requested = Signal(str)  # scale id
    sheet_removed = Signal(str)  # scale id

    def __init__(self, words: Words, view: SheetCard) -> None:
        super().__init__()
        self._scale = view.scale
        deed = N_("Change") if view.is_complete else N_("Continue")
        self.open = button(words(deed), "quiet", _named(words, deed, view))
        self.remove = button(words(N_("Remove")), "flat", _named(words, N_("Remove"), view))
        head = row(gap=12)
        head.addWidget(wrapped(view.title, "heading"), 1)
        head.addWidget(self.remove)
        head.addWidget(self.open)
        self.add(head)
        self.add(_total(view))
        if view.caution:
            self.add(wrapped(f"{icons.CAUTION} {view.caution}", "small_caution"))
        self.add(_lines(view.lines))
        self.open.setVisible(view.can_open)
        self.open.clicked.connect(self._on_open_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)

    @Slot()
    def _on_open_clicked(self) -> None:
        self.scale_requested.emit(self._scale)

    @Slot()
    def _on_remove_clicked(self) -> None:
        self.sheet_removed.emit(self._scale)


class ContextCard(Card):
    """The context, the questions that were confirmed, and the note."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.open = button(words(N_("Context and note")))
        head = row(gap=12)
        head.addWidget(label(words(N_("Around the visit")), "heading"), 1)
        head.addWidget(self.open)
        self._text = wrapped()
        self.add(head)
        self.add(self._text)

    def show_context(self, view: SummaryView) -> None:
        """Show what is recorded, or that nothing is."""
        line = N_("{title}: {value}")
        lines = [self._words(line, title=title, value=value) for title, value in view.context]
        lines += [self._words(N_("Kept: {question}"), question=one) for one in view.confirmed]
        if view.note:
            lines.append(view.note)
        self._text.setText("\n".join(lines) or self._words(N_("Nothing is recorded.")))


def _named(words: Words, deed: str, view: SheetCard) -> str:
    return words(N_("{deed}: {scale}"), deed=words(deed), scale=view.title)


def _total(view: SheetCard) -> QWidget:
    sign = icons.DONE if view.is_complete else icons.OPEN
    return wrapped(f"{sign} {view.total}", "large_strong")


def _lines(lines: tuple[tuple[str, str], ...]) -> QWidget:
    """Set name and answer in one pair of columns, in two pairs where there are many."""
    answer = ground()
    grid = QGridLayout(answer)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    pairs = _HALF if len(lines) > _LONG else 1
    height = -(-len(lines) // pairs)
    for place, (name, value) in enumerate(lines):
        pair, line = divmod(place, height)
        grid.addWidget(wrapped(name, "soft"), line, 2 * pair)
        grid.addWidget(wrapped(value), line, 2 * pair + 1)
    for pair in range(pairs):
        grid.setColumnStretch(2 * pair, 2)
        grid.setColumnStretch(2 * pair + 1, 3 if pairs == 1 else 1)
    return answer


class TypedTotal(Card):
    """One button until it is needed; then a choice, a number and Save."""

    total_typed = Signal(object)  # Typed

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._scales: tuple[Choice, ...] = ()
        self.start = button(words(N_("Type a total from paper…")), "flat")
        self.scale = ChoiceRow(
            words(N_("Which scale was filled in on paper?")), (), optional=False
        )
        self.total = NumberField(words(N_("Total")), words, words(N_("for example 9 or 9.5")))
        self.save = button(words(N_("Save the total")))
        self.add(self.start)
        self.add(self.scale)
        line = row(gap=12)
        line.addWidget(self.total, 1)
        line.addWidget(self.save, 0, Qt.AlignmentFlag.AlignTop)
        self.add(line)
        self.body.setContentsMargins(24, 12, 24, 12)
        self._show_fields(are_shown=False)
        self.start.clicked.connect(self._on_start_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self.total.edit.returnPressed.connect(self._on_save_clicked)

    def show_scales(self, scales: tuple[Choice, ...]) -> None:
        """Offer these scales, what is typed left alone; none puts the card away."""
        self.setVisible(bool(scales))
        if scales == self._scales:
            return
        chosen = self.scale.value
        self._scales = scales
        self.scale.show_choices(scales)
        if any(one.id == chosen for one in scales):
            self.scale.set_value(chosen)
        if not scales:
            self.put_away()

    @property
    def unsaved(self) -> str:
        """What is typed and not stored."""
        return self.total.text

    @Slot()
    def put_away(self) -> None:
        """Empty the fields and leave the one button."""
        self.scale.set_value("")
        self.total.set_text("")
        self._show_fields(are_shown=False)

    def look_again(self) -> None:
        """Say that what is typed is not stored, where it is typed."""
        self.total.show_problem(self._words(N_("This total is not saved yet.")))
        self.total.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with the total."""
        self.total.show_problem(text)

    def _show_fields(self, *, are_shown: bool) -> None:
        self.start.setVisible(not are_shown)
        for part in (self.scale, self.total, self.save):
            part.setVisible(are_shown)

    @Slot()
    def _on_start_clicked(self) -> None:
        self._show_fields(are_shown=True)
        self.total.setFocus()

    @Slot()
    def _on_save_clicked(self) -> None:
        if not self.scale.value:
            self.total.show_problem(self._words(N_("Please choose the scale first.")))
        elif not self.total.text:
            self.total.show_problem(self._words(N_("Please write the total.")))
        else:
            self.total.show_problem("")
            self.total_typed.emit(Typed(self.scale.value, self.total.text))
