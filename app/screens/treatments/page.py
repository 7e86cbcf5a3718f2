"""The treatments screen: what is recorded on the left, what can be added on the right."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.screens.identity import Identity
from app.screens.treatments.columns import EventsFace, TreatmentsFace
from app.screens.treatments.editor import CardEditor
from app.screens.treatments.form_values import FormKind
from app.screens.treatments.form_view import FormView
from app.screens.treatments.forms import Form
from app.screens.treatments.side import Side
from app.screens.treatments.view import TreatmentsView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.layouts import column, row
from widgets.message import FloatingMessage, Offer
from widgets.shortcuts import SAVE, Keys
from widgets.theme import set_role


class TreatmentsPage(QWidget):
    """Shows a ``TreatmentsView`` and a form; says what is wished and what is to be saved.

    While a card is typed on, it has the whole width.
    """

    wished = Signal(object)  # Wish
    saved = Signal()
    cancelled = Signal()
    emptied = Signal()
    remove_requested = Signal()
    course_requested = Signal()
    undo_requested = Signal()
    face_requested = Signal(bool)  # whether events are to be shown

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words = dates.words
        self._who = Identity("", "")
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.undo = button(words(N_("Undo")), name=words(N_("Undo what was saved last")))
        self.undo.hide()
        self.to_face = button("")
        self.to_course = button(words(N_("Course")))
        self.treatments = TreatmentsFace(dates)
        self.events = EventsFace(words)
        self.side = Side(dates)
        self._faces = QStackedWidget()
        self._build()
        self._join()
        self.show_face(events=False)

    def show_view(self, view: TreatmentsView) -> None:
        """Show everything that is recorded; the form that is open stays as it is."""
        self._who = view.identity
        self._show_head()
        self.side.show_offers(view)
        self.treatments.show_view(view)
        self.events.show_view(view)

    def show_face(self, *, events: bool) -> None:
        """Show the events, or the treatments."""
        self._faces.setCurrentWidget(self.events if events else self.treatments)
        text = self._words(N_("Treatments") if events else N_("Events, measures"))
        self.to_face.setText(text)
        self.to_face.setAccessibleName(text)
        self.side.offer(self._face_kind())

    @property
    def shows_events(self) -> bool:
        """Whether the events are shown."""
        return self._faces.currentWidget() is self.events

    def show_form(self, view: FormView, treatment: str) -> None:
        """Open a form with what it begins with, on the card of a treatment or beside the cards."""
        self.close_form()
        if view.kind.is_on_card:
            self.show_face(events=False)
            self.side.hide()
            self.treatments.editor.show_form(view)
            self.treatments.edit(treatment)
        else:
            self.show_face(events=view.kind.is_dated)
            self.side.form_of(view.kind).show_form(view)
            self.side.open(view.kind)
        self.form(view.kind).start()

    def form(self, kind: FormKind) -> Form | CardEditor:
        """Return the form of a kind."""
        return self.treatments.editor if kind.is_on_card else self.side.form_of(kind)

    @property
    def open_form(self) -> Form | CardEditor | None:
        """The form that is open, if one is."""
        editor = self.treatments.editor
        return editor if editor.treatment else self.side.form

    def close_form(self) -> None:
        """Show the cards, and what can be added beside them."""
        if self.treatments.editor.treatment:
            self.treatments.close_editor()
        self.side.offer(self._face_kind())
        self.side.show()

    def show_made(self, record: str) -> None:
        """Bring what was saved into view and mark it for a moment."""
        (self.events if self.shows_events else self.treatments).show_made(record)

    def offer_undo(self, *, can_undo: bool) -> None:
        """Offer to take back what was saved last, or not."""
        self.undo.setVisible(can_undo)
        self._show_head()  # in the room that is left

    def offer_side_effect(self) -> None:
        """Offer to mark what was told as a reaction as an event of its own."""
        words = self._words
        told = words(N_("Saved with the dose. It is no event of its own yet."))
        word = words(N_("Mark a side effect…"))
        self.message.show_note(told, Offer(word, FormKind.EVENT))

    def clear(self) -> None:
        """Forget the patient before: name, message and form."""
        self.offer_undo(can_undo=False)
        self.treatments.clear()
        self.events.clear()
        self.close_form()
        self.show_face(events=False)
        self.message.hide()
        self._who = Identity("", "")
        self._show_head()

    def start(self) -> None:
        """Take the focus off what was pressed last; Tab goes on from the top."""
        self.setFocus()

    def _show_head(self) -> None:
        who = self._who
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)

    def _face_kind(self) -> FormKind:
        return FormKind.EVENT if self.shows_events else FormKind.TREATMENT

    def _build(self) -> None:
        self.banner.add_action(self.undo)
        self.banner.add_action(self.to_face)
        self.banner.add_action(self.to_course)
        self._faces.addWidget(self.treatments)
        self._faces.addWidget(self.events)
        line = row(gap=0)
        line.addWidget(self._faces, 1)
        line.addWidget(self.side)
        stack = column(self, gap=0)
        stack.addWidget(self.banner)
        stack.addLayout(line, 1)

    def _join(self) -> None:
        for one in (self.treatments, self.events, self.side):
            one.wished.connect(self.wished)
        for form in (self.side, self.treatments.editor):
            form.saved.connect(self.saved)
            form.cancelled.connect(self.cancelled)
            form.remove_requested.connect(self.remove_requested)
        self.treatments.editor.emptied.connect(self.emptied)
        self.undo.clicked.connect(self.undo_requested)
        self.to_course.clicked.connect(self.course_requested)
        self.to_face.clicked.connect(self._on_to_face_clicked)
        Keys(self, SAVE).pressed.connect(self._on_save_keys_pressed)

    @Slot()
    def _on_to_face_clicked(self) -> None:
        self.face_requested.emit(not self.shows_events)

    @Slot()
    def _on_save_keys_pressed(self) -> None:
        if self.open_form is not None:
            self.saved.emit()
