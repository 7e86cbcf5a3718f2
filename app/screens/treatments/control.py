"""Joins the treatments screen to the record: every form that is saved is one write."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot

from app.errors import N_, UserError
from app.records.declaration import RELAPSE
from app.records.model import Changes, PatientRecord
from app.screens.desk import Desk
from app.screens.places import ChartPlace, Place, ReportsPlace, TreatmentsPlace
from app.screens.screen import Screen
from app.screens.treatments.form_values import Filled, FormKind, Wish
from app.screens.treatments.form_view import form_view
from app.screens.treatments.judging import Judging
from app.screens.treatments.losses import typed_loss
from app.screens.treatments.page import TreatmentsPage
from app.screens.treatments.saving import Saving
from app.screens.treatments.taking_back import TakingBack
from app.screens.treatments.view import treatments_view
from app.screens.treatments.writing import Written
from app.wording.people import who_words
from widgets.shortcuts import Area


class TreatmentsControl(Screen):
    """Keeps the screen true to the record of one patient.

    What is typed in a form and not saved waits for its patient until the app closes.
    """

    areas = (Area.FORM,)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._place: Place | None = None
        self._wish: Wish | None = None
        self._begun: Filled | None = None
        self._unsaved: dict[str, tuple[Wish, Filled]] = {}
        self.page: TreatmentsPage = TreatmentsPage(desk.dates)
        self._saving = Saving(desk, self.page, self)
        self._saving.stored.connect(self._on_saving_stored)
        self._taking_back = TakingBack(desk, self.page, self)
        self._taking_back.removed.connect(self._on_removed)
        self._taking_back.wished.connect(self._on_wished)
        Judging(desk, self.page, self)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.wished.connect(self._on_wished)
        self.page.saved.connect(self._on_saved)
        self.page.cancelled.connect(self._on_cancelled)
        self.page.emptied.connect(self._cancel)
        self.page.remove_requested.connect(self._on_remove_requested)
        self.page.undo_requested.connect(self._on_undo_requested)
        self.page.course_requested.connect(self._on_course_requested)
        self.page.face_requested.connect(self._on_face_requested)

    def open(self, place: Place) -> None:
        """Show the treatments and events of a patient, with what was typed and not saved."""
        assert isinstance(place, TreatmentsPlace)  # noqa: S101 - the start maps this place alone
        self._patient = place.patient
        self._wish = None
        self.page.clear()
        self._taking_back.remember(None)
        self._show()
        self.page.start()
        left = self._unsaved.pop(self._patient, None)
        if left is not None:
            self._take_up(*left)
        elif place.relapse is not None and place is not self._place:  # Back brings the same one
            self._open_form(Wish(FormKind.EVENT, code=RELAPSE, day=place.relapse))
        self._place = place

    def refresh(self, changes: Changes) -> None:
        """Show again what a write touched; the form stays."""
        if self._patient in changes.patients:
            self._show()

    def leave(self) -> None:
        """Keep what is typed and not saved, and close the form."""
        if self._wish is not None and self._is_touched():
            self._unsaved[self._patient] = (self._wish, self._filled())
        self._close_form()

    def print_page(self) -> None:
        """Go to the pages of this patient."""
        self._desk.navigation.go(ReportsPlace(self._patient))

    def unsaved(self) -> str:
        """Say whose forms hold something that is not saved: the one that shows, and those left."""
        here = [self._patient] if self._is_touched() else []
        return "\n".join(map(self._unsaved_words, (*here, *self._unsaved)))

    def can_save(self) -> bool:
        """Say that the form has a Save of its own."""
        return True

    def save(self) -> None:
        """Show the form and press its Save."""
        if not self._is_touched() and self._unsaved:
            self._desk.navigation.go(TreatmentsPlace(next(iter(self._unsaved))))
        self._on_saved()

    def _unsaved_words(self, patient: str) -> str:
        desk, text = self._desk, N_("Typed here and not saved yet, about {who}.")
        return desk.words(text, who=who_words(desk.store.patients.get(patient).facts, desk.words))

    def _record(self) -> PatientRecord:
        return self._desk.store.record(self._patient)

    def _show(self) -> None:
        today = self._desk.clock.today()
        is_today = today == self._desk.store.today()
        view = treatments_view(
            self._record(), self._desk.words, today, self._desk.may, is_today=is_today
        )
        self.page.show_view(view)

    def _open_form(self, wish: Wish) -> None:
        desk = self._desk
        try:
            view = form_view(wish, self._record(), desk.words, desk.store.today(), desk.may)
        except UserError as problem:
            self.page.message.show_problem(desk.words.error(problem))
            return
        self._wish = wish
        self.page.message.hide()
        self.page.show_form(view, wish.treatment)
        self._begun = self._filled()

    def _take_up(self, wish: Wish, filled: Filled) -> None:
        """Go on with a form that was left."""
        self._open_form(wish)
        if self._wish is not None:
            form = self.page.form(wish.kind)
            form.fill(filled)
            form.start()
            note = N_("This was typed before and is not saved yet.")
            self.page.message.show_note(self._desk.words(note))

    def _close_form(self) -> None:
        self._wish = None
        self.page.close_form()

    def _filled(self) -> Filled:
        kind = FormKind.TREATMENT if self._wish is None else self._wish.kind
        return self.page.form(kind).filled()

    def _is_touched(self) -> bool:
        return self._wish is not None and self._filled() != self._begun

    def _put_away(self, then: Callable[[], None]) -> None:
        """Do something that closes the form; ask first where something typed would go."""
        if not self._is_touched():
            then()
            return
        loss = typed_loss(self._unsaved_words(self._patient), self._desk.words)
        self._desk.ask.lose(self.page, loss, then, self._on_saved)

    @Slot(object)
    def _on_wished(self, wish: Wish) -> None:
        self._put_away(partial(self._begin, wish))

    def _begin(self, wish: Wish) -> None:
        """Open the form of a wish, or store at once what needs none."""
        if wish.is_now:
            self._close_form()
            self._saving.give(self._patient, wish)
        else:
            self._open_form(wish)

    @Slot()
    def _on_cancelled(self) -> None:
        self._put_away(self._cancel)

    @Slot()
    def _cancel(self) -> None:
        self._close_form()
        self.page.start()

    @Slot(bool)
    def _on_face_requested(self, events: bool) -> None:  # noqa: FBT001 - as the signal says it
        self._put_away(partial(self._show_face, events=events))

    def _show_face(self, *, events: bool) -> None:
        self._close_form()
        self.page.show_face(events=events)

    @Slot()
    def _on_course_requested(self) -> None:
        self._desk.navigation.go(ChartPlace(self._patient))

    @Slot()
    def _on_saved(self) -> None:
        if self._wish is not None:
            self._saving.save(self._record(), self._wish)

    @Slot(object)
    def _on_saving_stored(self, written: Written) -> None:
        """Close the form, show the card that it made, and offer to take it back."""
        self._close_form()
        self.page.start()
        self.page.show_made(written.record)
        self._taking_back.remember(written)

    @Slot()
    def _on_undo_requested(self) -> None:
        self._put_away(self._undo)

    def _undo(self) -> None:
        """Take back what was saved last."""
        self._cancel()
        self._taking_back.undo()

    @Slot()
    def _on_remove_requested(self) -> None:
        if self._wish is not None:
            self._taking_back.remove(self._wish, self._record())

    @Slot()
    def _on_removed(self) -> None:
        self._cancel()
        self.page.message.show_note(self._desk.words(N_("Removed. The journal keeps it.")))
