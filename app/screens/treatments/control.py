"""Joins the treatments screen to the record: every form that is saved is one write."""

from collections.abc import Callable

from PySide6.QtCore import Slot

from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.model import Changes
from app.screens.desk import Desk
from app.screens.places import Place, TreatmentsPlace
from app.screens.screen import Screen
from app.screens.treatments.drafts import DoseDraft, EventDraft, TreatmentDraft
from app.screens.treatments.forms import Form
from app.screens.treatments.page import TreatmentsPage
from app.screens.treatments.view import DoseLine, EventLine, TreatmentCard, treatments_view


class TreatmentsControl(Screen):
    """Keeps the screen true to the record of one patient."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._patient = ""
        self._removing = ""
        self.page: TreatmentsPage = TreatmentsPage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.treatment_form.saved.connect(self._on_treatment_saved)
        self.page.dose_form.saved.connect(self._on_dose_saved)
        self.page.event_form.saved.connect(self._on_event_saved)
        self.page.treatment_removed.connect(self._on_treatment_removed)
        self.page.dose_removed.connect(self._on_dose_removed)
        self.page.event_removed.connect(self._on_event_removed)

    def open(self, place: Place) -> None:
        """Show the treatments and events of a patient, every form closed."""
        if isinstance(place, TreatmentsPlace):
            self._patient = place.patient
            self.page.clear()
            self._show()

    def refresh(self, changes: Changes) -> None:
        """Show again what a write touched."""
        if self._patient in changes.patients:
            self._show()

    def leave(self) -> None:
        """Close the form that is open."""
        self.page.close_form()

    def _show(self) -> None:
        desk = self._desk
        today = desk.clock.today()
        record = desk.store.record(self._patient)
        self.page.show_view(treatments_view(record, desk.words, today), PartialDate.of(today))

    def _written(self, changes: Changes) -> None:
        self.page.close_form()
        self._desk.tell(changes)

    def _refused(self, form: Form, error: UserError) -> None:
        form.show_problem(self._desk.words.error(error))

    @Slot(object)
    def _on_treatment_saved(self, draft: TreatmentDraft) -> None:
        try:
            self._written(self._write_treatment(draft))
        except UserError as error:
            self._refused(self.page.treatment_form, error)

    def _write_treatment(self, draft: TreatmentDraft) -> Changes:
        treatments = self._desk.store.treatments
        facts = (draft.agent, draft.start, draft.stop, draft.route, draft.note)
        if draft.treatment is None:
            treatments.add(self._patient, *facts)
        else:
            treatments.change(draft.treatment, *facts)
        return self._changed("treatments")

    @Slot(object)
    def _on_dose_saved(self, draft: DoseDraft) -> None:
        try:
            self._written(self._write_dose(draft))
        except UserError as error:
            self._refused(self.page.dose_form, error)

    def _write_dose(self, draft: DoseDraft) -> Changes:
        store = self._desk.store
        facts = (draft.start, draft.stop, draft.amount, draft.unit, draft.frequency, draft.note)
        with store.atomic():
            if draft.dose is None:
                store.treatments.add_dose(draft.treatment, *facts)
            else:
                store.treatments.change_dose(draft.dose, *facts)
            if draft.weight is not None:
                today = PartialDate.of(self._desk.clock.today())
                store.measures.add(self._patient, None, today, "weight_kg", draft.weight, "")
        return self._changed("treatments", "measures")

    @Slot(object)
    def _on_event_saved(self, draft: EventDraft) -> None:
        try:
            self._written(self._write_event(draft))
        except UserError as error:
            self._refused(self.page.event_form, error)

    def _write_event(self, draft: EventDraft) -> Changes:
        store = self._desk.store
        author = store.user.name
        facts = (draft.date, draft.stop, draft.kind, author, draft.note)
        if draft.event is None:
            store.events.add(self._patient, *facts)
        else:
            store.events.change(draft.event, *facts)
        return self._changed("events")

    def _changed(self, *tables: str) -> Changes:
        return Changes(frozenset(tables), frozenset({self._patient}))

    @Slot(object)
    def _on_treatment_removed(self, card: TreatmentCard) -> None:
        self._removing = card.treatment.id
        self._ask_why(card.title, self._remove_treatment)

    @Slot(object)
    def _on_dose_removed(self, line: DoseLine) -> None:
        self._removing = line.dose.id
        self._ask_why(line.text, self._remove_dose)

    @Slot(object)
    def _on_event_removed(self, line: EventLine) -> None:
        self._removing = line.event.id
        self._ask_why(line.title, self._remove_event)

    def _ask_why(self, what: str, on_reason: Callable[[str], None]) -> None:
        words = self._desk.words
        title = words(N_("Remove"))
        text = words(N_("Why is this removed? It stays in the journal: {what}"), what=what)
        self._desk.ask.reason(self.page, title, text, on_reason)

    def _remove_treatment(self, reason: str) -> None:
        self._remove(self._desk.store.treatments.remove, reason)

    def _remove_dose(self, reason: str) -> None:
        self._remove(self._desk.store.treatments.remove_dose, reason)

    def _remove_event(self, reason: str) -> None:
        self._remove(self._desk.store.events.remove, reason)

    def _remove(self, remove: Callable[[str, str], Changes], reason: str) -> None:
        try:
            self._written(remove(self._removing, reason))
        except UserError as error:
            self.page.message.show_problem(self._desk.words.error(error))
