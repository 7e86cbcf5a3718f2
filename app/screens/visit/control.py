"""Joins the scoring page to the store."""

from msgspec.structs import replace
from PySide6.QtCore import Slot

from app.errors import N_
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.places import Place, ReportsPlace, VisitPlace
from app.screens.screen import Screen
from app.screens.visit.aside import Aside
from app.screens.visit.asking import Asking
from app.screens.visit.context_view import context_view
from app.screens.visit.cursor import FIRST_SCALE, Part
from app.screens.visit.entry import is_turned_away
from app.screens.visit.guided_view import guided_view
from app.screens.visit.held import TYPED_BEFORE, Held
from app.screens.visit.meeting import Meeting
from app.screens.visit.page import VisitPage
from app.screens.visit.scoring_page import ScoringPage
from app.screens.visit.session import VisitSession
from app.screens.visit.stepping import Stepping
from app.screens.visit.summary_view import summary_view
from app.screens.visit.view import head_view, sheet_view
from app.screens.visit.writers import Answering, Closing, Recording
from widgets.shortcuts import Area

_LOOK_FIRST = N_("Something typed here is not saved yet. Please look at it before signing.")
_REASON_DROPPED = N_(
    "The reason “{text}” was not saved. Please open its reasons to give it again."
)
_AREAS = {
    Part.SHEET: (Area.SCORING,),
    Part.GUIDED: (Area.SCORING, Area.GUIDED),
    Part.CONTEXT: (),
    Part.SUMMARY: (Area.SUMMARY,),
}


class VisitControl(Screen):
    """Shows one unfinished visit and hands each deed to the writer that stores it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._held = Held(desk.words)
        self.page: VisitPage = VisitPage(desk.dates)
        self.session = VisitSession(desk)
        self._answering = Answering(desk, self.session, self)
        self._recording = Recording(desk, self.session, self)
        self._closing = Closing(desk, self.session, self)
        self._stepping = Stepping(desk, self.session, self)
        self._aside = Aside(desk, self.session, self.page, self)
        self._asking = Asking(desk, self.page, self._closing, self._recording)
        self._meeting = Meeting(desk, self.page)
        self._join()

    def open(self, place: Place) -> None:
        """Show a visit, every widget cleared of the one before."""
        if not isinstance(place, VisitPlace) or is_turned_away(self._desk, place.visit):
            return
        self.page.clear()
        self.session.open(place.visit, place.scale)
        self._aside.begin()
        self._show()
        self._put_back(place.visit)
        self.page.focus_part()
        self.come_back()

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

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return where keys act on the part in front."""
        return _AREAS[self.session.cursor.part]

    @property
    def is_scoring(self) -> bool:
        """Whether an unfinished visit is open here, which is locked later."""
        return self.session.is_open

    @property
    def is_timing(self) -> bool:
        """Whether a stopwatch runs here, which holds the lock off."""
        return self.page.guided.stopwatch.is_running

    def come_back(self) -> None:
        """Ask whose visit this is: another child may have come into the room."""
        self._meeting.ask_if_due(self.session)

    def print_page(self) -> None:
        """Go to the pages of this patient."""
        self._desk.navigation.go(ReportsPlace(self.session.visit.patient))

    def unsaved(self) -> str:
        """Say whose visit holds what could not be stored, after trying once more."""
        if self.session.is_open:
            self.page.context.flush()
        sentences = self._held.sentences()
        if self.session.is_open and self.page.context.unsaved():
            here = self._held.sentence(self.session.snapshot().patient)
            sentences = (*(one for one in sentences if one != here), here)
        return "\n".join((*sentences, *self._aside.unsaved()))

    def leave(self) -> None:
        """Store what has not settled, then forget the patient.

        What cannot be stored is held until the visit is opened again.
        """
        told = self._aside.unsaved()
        if self.session.is_open:
            self.page.context.flush()
            unsaved, patient = self.page.context.unsaved(), self.session.snapshot().patient
            if unsaved:
                self._held.hold(self.session.visit.id, unsaved, patient)
                told = (*told, self._held.sentence(patient))
        if told:
            self._desk.news.warn_ahead("\n".join(told))
        if self.session.is_open:
            self._meeting.left(self.session.visit)
        self.session.close()
        self.page.clear()

    def _put_back(self, visit: str) -> None:
        """Show what was held of a visit where it was typed."""
        held = self._held.take(visit)
        if held is not None:
            self.session.cursor = replace(self.session.cursor, part=Part.CONTEXT)
            self._show()
            self.page.context.put_back(held)
            self.page.message.show_problem(self._desk.words(TYPED_BEFORE))

    def _show(self) -> None:
        if not self.session.is_open:
            return
        snapshot, cursor, words = self.session.snapshot(), self.session.cursor, self._desk.words
        self.page.context.show_note(snapshot.visit.facts.context.note)
        self.page.show_head(head_view(snapshot, self._desk.clock.today()))
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
            writer.written.connect(self._on_moved)
            writer.moved.connect(self._on_moved)
            writer.failed.connect(self._on_failed)
            writer.noted.connect(self._on_noted)
        for scoring in (self.page.sheet, self.page.guided):
            self._join_scoring(scoring)
        _join_guided(self.page, self._stepping)
        _join_context(self.page, self._recording, self._stepping)
        self._join_summary()

    def _join_scoring(self, page: ScoringPage) -> None:
        answering, stepping = self._answering, self._stepping
        page.level_chosen.connect(answering.on_level_chosen)
        page.reasons.reason_given.connect(answering.on_reason_given)
        page.reasons.reason_given_to_all.connect(answering.on_reason_given_to_all)
        page.reasons.answer_taken_back.connect(answering.on_answer_taken_back)
        page.question.confirmed.connect(answering.on_question_confirmed)
        page.question.look_again_requested.connect(answering.on_look_again_requested)
        page.undo_requested.connect(answering.on_undo_requested)
        page.aside_requested.connect(stepping.on_aside_requested)
        page.reasons.dropped.connect(self._on_reason_dropped)
        page.reasons.closed.connect(stepping.on_reasons_closed)
        page.key_step_requested.connect(stepping.on_key_step_requested)
        page.next_open_requested.connect(stepping.on_next_open_requested)
        page.scale_requested.connect(stepping.on_scale_requested)
        page.context_requested.connect(stepping.on_context_requested)
        page.summary_requested.connect(stepping.on_summary_requested)
        page.sign_requested.connect(self._on_sign_requested)

    def _join_summary(self) -> None:
        page = self.page.summary
        page.sign_requested.connect(self._on_sign_requested)
        page.undo_requested.connect(self._answering.on_undo_requested)
        page.question_confirmed.connect(self._answering.on_question_confirmed)
        page.look_again_requested.connect(self._answering.on_look_again_requested)
        page.sheet_requested.connect(self._stepping.on_scoring_requested)
        page.scale_requested.connect(self._stepping.on_scale_requested)
        page.context_requested.connect(self._stepping.on_context_requested)
        page.sheet_removed.connect(self._recording.on_sheet_removed)
        page.typed_total.total_typed.connect(self._recording.on_total_typed)

    @Slot()
    def _on_sign_requested(self) -> None:
        """Sign, unless something that was typed would not be signed with it."""
        if self.page.context.unsaved():
            self._stepping.on_context_requested()
        elif self._aside.unsaved_weight():
            self._stepping.on_scale_requested(FIRST_SCALE)
            self._aside.look_at_weight()
        elif self.page.summary.typed_total.unsaved:
            self._stepping.on_summary_requested()
            self.page.summary.show_typed_total()
            self.page.summary.typed_total.look_again()
        elif not self.page.typed_reason:  # else its panel is open, and stays
            self._closing.on_sign_requested()
            return
        self.page.message.show_problem(self._desk.words(_LOOK_FIRST))

    @Slot(str)
    def _on_reason_dropped(self, text: str) -> None:
        self.page.message.show_problem(self._desk.words(_REASON_DROPPED, text=text))

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


def _join_guided(page: VisitPage, stepping: Stepping) -> None:
    page.guided.item_chosen.connect(stepping.on_item_chosen)
    page.guided.item_step_requested.connect(stepping.on_item_step_requested)
    page.sheet.paper.clicked.connect(stepping.on_summary_requested)
    page.sheet.paper.clicked.connect(page.summary.show_typed_total)


def _join_context(page: VisitPage, recording: Recording, stepping: Stepping) -> None:
    context = page.context
    context.context_changed.connect(recording.on_context_changed)
    context.when_changed.connect(recording.on_when_changed)
    context.measure_typed.connect(recording.on_measure_typed)
    context.done.connect(stepping.on_context_done)
    recording.measure_refused.connect(context.show_measure_problem)
    recording.measure_stored.connect(context.measures.mark_stored)
    recording.when_stored.connect(context.when.mark_stored)
    recording.total_refused.connect(page.summary.typed_total.show_problem)
    recording.total_stored.connect(page.summary.typed_total.put_away)
