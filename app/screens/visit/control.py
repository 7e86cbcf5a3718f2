"""Joins the scoring page to the store."""

from collections.abc import Callable

from PySide6.QtCore import Slot

from app.errors import N_
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.places import Place, VisitPlace
from app.screens.screen import Screen
from app.screens.typing_limits import ask_back
from app.screens.visit.aside import Aside
from app.screens.visit.context_view import context_view
from app.screens.visit.cursor import Part
from app.screens.visit.guided_view import guided_view
from app.screens.visit.page import VisitPage
from app.screens.visit.scoring_page import ScoringPage
from app.screens.visit.session import VisitSession
from app.screens.visit.stepping import Stepping
from app.screens.visit.summary_view import summary_view
from app.screens.visit.view import head_view, sheet_view
from app.screens.visit.writers import Answering, Closing, Recording

_UNSAVED_NOTE = N_("The note of a visit could not be saved. Open the visit to try again.")


class VisitControl(Screen):
    """Shows one visit and hands each deed to the writer that stores it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._unsaved_notes: dict[str, str] = {}
        self.page: VisitPage = VisitPage(desk.dates)
        self.session = VisitSession(desk)
        self._answering = Answering(desk, self.session, self)
        self._recording = Recording(desk, self.session, self)
        self._closing = Closing(desk, self.session, self)
        self._stepping = Stepping(desk, self.session, self)
        self._aside = Aside(desk, self.session, self.page, self)
        self._join()

    def open(self, place: Place) -> None:
        """Show a visit, every widget cleared of the one before."""
        if not isinstance(place, VisitPlace):
            return
        self.page.clear()
        self.session.open(place.visit, place.scale)
        self._aside.begin()
        self._show()
        if place.visit in self._unsaved_notes:
            self.page.context.note.set_text(self._unsaved_notes.pop(place.visit))
        self.page.focus_part()

    def refresh(self, changes: Changes) -> None:
        """Show again what somebody else wrote about this patient."""
        session = self.session
        if session.is_writing or not session.is_open:
            return
        if session.visit.patient not in changes.patients:
            return
        self.session.read_again()
        self.session.read_before()
        self._show()

    def unsaved(self) -> str:
        """Say that a note could not be stored, after trying once more."""
        if self.session.is_open:
            self.page.context.flush()
        is_held = self.session.is_open and self.page.context.has_unsaved_note
        told = self._desk.words(_UNSAVED_NOTE) if is_held or self._unsaved_notes else ""
        return told or self._aside.unsaved()

    def leave(self) -> None:
        """Store a note that has not settled, then forget the patient.

        A note that cannot be stored is held until the visit is opened again.
        """
        self.page.context.flush()
        self._aside.leave()
        if self.session.is_open and self.page.context.has_unsaved_note:
            self._unsaved_notes[self.session.visit.id] = self.page.context.note.text
            self._desk.news.warn_ahead(self._desk.words(_UNSAVED_NOTE))
        self.session.close()
        self.page.clear()

    def _show(self) -> None:
        if not self.session.is_open:
            return
        snapshot, cursor, words = self.session.snapshot(), self.session.cursor, self._desk.words
        self.page.context.show_note(snapshot.visit.facts.context.note)
        self.page.show_head(head_view(snapshot, self._desk.store.today()))
        if cursor.part is Part.SHEET:
            self.page.sheet.show_view(sheet_view(snapshot, cursor))
        elif cursor.part is Part.GUIDED:
            self.page.guided.show_view(guided_view(snapshot, cursor))
        elif cursor.part is Part.CONTEXT:
            measures = self._desk.store.measures.of_visit(snapshot.visit.id)
            self.page.context.show_view(context_view(snapshot.visit, measures, words))
        else:
            self.page.summary.show_view(summary_view(snapshot, cursor))
            self._aside.show_since()
        self.page.show_part(cursor.part)

    def _join(self) -> None:
        self.page.banner.back_requested.connect(self._desk.navigation.back)
        writers = (self._answering, self._recording, self._closing, self._stepping)
        for writer in (*writers, *self._aside.writers):
            writer.written.connect(self._on_written)
            writer.moved.connect(self._on_moved)
            writer.failed.connect(self._on_failed)
            writer.noted.connect(self._on_noted)
        for scoring in (self.page.sheet, self.page.guided):
            self._join_scoring(scoring)
        self._join_guided()
        self._join_context()
        self._join_summary()

    def _join_scoring(self, page: ScoringPage) -> None:
        answering, stepping = self._answering, self._stepping
        page.level_chosen.connect(answering.on_level_chosen)
        page.reasons.reason_given.connect(answering.on_reason_given)
        page.reasons.answer_taken_back.connect(answering.on_answer_taken_back)
        page.question.confirmed.connect(answering.on_question_confirmed)
        page.question.look_again_requested.connect(answering.on_look_again_requested)
        page.undo_requested.connect(answering.on_undo_requested)
        page.aside_requested.connect(stepping.on_aside_requested)
        page.reasons.closed.connect(stepping.on_reasons_closed)
        page.key_step_requested.connect(stepping.on_key_step_requested)
        page.next_open_requested.connect(stepping.on_next_open_requested)
        page.scale_requested.connect(stepping.on_scale_requested)
        page.context_requested.connect(stepping.on_context_requested)
        page.summary_requested.connect(stepping.on_summary_requested)
        page.sign_requested.connect(self._closing.on_sign_requested)

    def _join_guided(self) -> None:
        self.page.guided.item_chosen.connect(self._stepping.on_item_chosen)
        self.page.guided.item_step_requested.connect(self._stepping.on_item_step_requested)
        self.page.sheet.paper.clicked.connect(self._stepping.on_summary_requested)
        self.page.sheet.paper.clicked.connect(self.page.summary.show_typed_total)

    def _join_context(self) -> None:
        page, recording = self.page.context, self._recording
        page.context_changed.connect(recording.on_context_changed)
        page.when_changed.connect(recording.on_when_changed)
        page.measure_typed.connect(recording.on_measure_typed)
        page.done.connect(self._stepping.on_context_done)
        recording.measure_refused.connect(page.show_measure_problem)
        recording.measure_doubted.connect(self._on_measure_doubted)
        recording.total_refused.connect(self.page.summary.typed_total.show_problem)

    def _join_summary(self) -> None:
        page = self.page.summary
        page.sign_requested.connect(self._closing.on_sign_requested)
        page.undo_requested.connect(self._answering.on_undo_requested)
        page.question_confirmed.connect(self._answering.on_question_confirmed)
        page.look_again_requested.connect(self._answering.on_look_again_requested)
        page.sheet_requested.connect(self._stepping.on_scoring_requested)
        page.scale_requested.connect(self._stepping.on_scale_requested)
        page.context_requested.connect(self._stepping.on_context_requested)
        page.sheet_removed.connect(self._recording.on_sheet_removed)
        page.typed_total.total_typed.connect(self._recording.on_total_typed)
        page.discard_requested.connect(self._on_discard_requested)
        page.amend_requested.connect(self._on_amend_requested)
        page.error_mark_requested.connect(self._on_error_mark_requested)
        self._closing.clock_doubted.connect(self._on_clock_doubted)

    @Slot()
    def _on_written(self) -> None:
        self.page.message.hide()
        self._show()

    @Slot()
    def _on_moved(self) -> None:
        self.page.message.hide()
        self._show()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.page.message.show_problem(sentence)
        self._show()

    @Slot(str)
    def _on_noted(self, sentence: str) -> None:
        self.page.message.show_note(sentence)

    @Slot()
    def _on_discard_requested(self) -> None:
        self._ask(
            N_("Discard this visit?"),
            N_("It leaves the list and stays in the journal. Why is it discarded?"),
            self._closing.discard,
        )

    @Slot()
    def _on_amend_requested(self) -> None:
        self._ask(
            N_("Amend this visit?"),
            N_("A new version opens; the signed one stays readable. Why is it amended?"),
            self._closing.amend,
        )

    @Slot()
    def _on_error_mark_requested(self) -> None:
        if self.session.visit.error_reason is not None:
            self._closing.unmark()
            return
        self._ask(
            N_("Mark this visit as entered in error?"),
            N_("It leaves charts and pages; the mark can be taken back. What was wrong?"),
            self._closing.mark,
        )

    @Slot(str)
    def _on_measure_doubted(self, doubt: str) -> None:
        ask_back(self._desk, self.page, (doubt,), self._recording.store_doubted)

    @Slot(str)
    def _on_clock_doubted(self, doubt: str) -> None:
        words = self._desk.words
        title, yes = words(N_("Is the date right?")), words(N_("Sign"))
        self._desk.ask.confirm(self.page, title, doubt, yes, self._closing.sign)

    def _ask(self, title: str, text: str, deed: Callable[[str], None]) -> None:
        words = self._desk.words
        self._desk.ask.reason(self.page, words(title), words(text), deed)
