"""The reports screen: what can be chosen on the left, the real page on the right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.errors import N_
from app.language import Words
from app.reports.making import PageKind
from app.screens.reports.view import ReportsView
from app.settings import Paper
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import SideColumn
from widgets.choices import Choice, ChoiceRow
from widgets.fields import TextField
from widgets.labels import wrapped
from widgets.layouts import column, row
from widgets.message import FloatingMessage
from widgets.page_preview import PagePreview
from widgets.shortcuts import PRINT, name_key
from widgets.theme import set_role
from widgets.tick_button import TickButton

SIDE_WIDTH = 320
WIDEST_SIDE = 420


class ReportsPage(QWidget):
    """Shows a ``ReportsView`` and the pages; says what was chosen or asked for."""

    kind_chosen = Signal(str)  # a PageKind
    paper_chosen = Signal(str)  # a Paper
    next_visit_typed = Signal(str)
    planned_toggled = Signal()
    print_requested = Signal()
    save_requested = Signal()
    hand_over_requested = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.kind = ChoiceRow(
            words(N_("Page for")),
            (
                Choice(PageKind.PHYSICIAN, words(N_("The record"))),
                Choice(PageKind.FAMILY, words(N_("The family"))),
            ),
            optional=False,
        )
        self.paper = ChoiceRow(
            words(N_("Paper")),
            (Choice(Paper.A4, words(N_("A4"))), Choice(Paper.LETTER, words(N_("Letter")))),
            optional=False,
        )
        self.next_visit = TextField(
            words(N_("Next visit, as it should read")),
            words(N_("for instance 25 February, 10:00")),
        )
        planned = words(N_("Print what is planned, too"))
        self.planned = TickButton(planned, planned)
        self.notice = wrapped("", "small")
        self.print_button = button(words(N_("Print…")), "primary")
        name_key(self.print_button, PRINT, words)
        self.save_button = button(words(N_("Save as PDF…")))
        self.hand_over = button(
            words(N_("Hand over as a file…")), name=words(N_("Hand over this patient as a file"))
        )
        self.preview = PagePreview(words)
        self._build()
        self._join()

    def show_view(self, view: ReportsView) -> None:
        """Show the choices; the preview follows when the page is ready."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self.kind.set_value(view.kind)
        self.paper.set_value(view.paper)
        self.next_visit.setVisible(view.has_next_visit)
        self.planned.setVisible(view.has_planned)
        self.notice.setText(view.notice)
        self.notice.setVisible(bool(view.notice))
        for output in (self.print_button, self.save_button):
            output.setEnabled(view.has_page)
        self.hand_over.setVisible(view.can_hand_over)
        if not view.has_page:
            self.show_no_page()

    def show_making(self) -> None:
        """Say that the page is being made; nothing of a page before stays."""
        self.preview.show_words(self._words(N_("Making the page…")))

    def show_pages(self, images: tuple[QImage, ...]) -> None:
        """Show the finished pages."""
        self.preview.show_pages(images)

    def show_no_page(self) -> None:
        """Show that there is no page."""
        self.preview.show_words("")

    def clear(self) -> None:
        """Forget the page and the patient before; what was typed stays."""
        self.banner.show_head("", "")
        self.message.hide()
        self.show_no_page()

    def start(self) -> None:
        """Give the focus to the preview: the keys scroll it."""
        self.preview.setFocus()

    def _build(self) -> None:
        side = SideColumn("panel", 35, SIDE_WIDTH, WIDEST_SIDE)
        stack = column(side, margin=24, gap=16)
        for widget in (self.kind, self.paper, self.next_visit, self.planned, self.notice):
            stack.addWidget(widget)
        stack.addStretch(1)
        stack.addWidget(self.print_button)
        stack.addWidget(self.save_button)
        stack.addWidget(self.hand_over)
        line = row(gap=0)
        line.addWidget(side)
        line.addWidget(self.preview, 1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addLayout(line, 1)

    def _join(self) -> None:
        self.kind.chosen.connect(self.kind_chosen)
        self.paper.chosen.connect(self.paper_chosen)
        self.next_visit.finished.connect(self.next_visit_typed)
        self.planned.clicked.connect(self._on_planned_clicked)
        self.print_button.clicked.connect(self._on_print_clicked)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.hand_over.clicked.connect(self.hand_over_requested)

    @Slot()
    def _on_planned_clicked(self) -> None:
        self.planned_toggled.emit()

    @Slot()
    def _on_print_clicked(self) -> None:
        self.print_requested.emit()

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save_requested.emit()
