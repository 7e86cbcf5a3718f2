"""The card of a patient's condition: what was referred, what a physician confirmed, the course."""

from PySide6.QtCore import Qt, Slot

from app.date_reader import DateReader
from app.errors import N_
from app.records.lists import OTHER
from app.screens.patient_form.view import CONFIRMED, REFERRED, ConditionView
from widgets.cards import Card
from widgets.choices import ChoiceRow, SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import wrapped


class ConditionCard(Card):
    """Holds the diagnosis and the course; what is a physician's to say is so for nobody else."""

    def __init__(self, dates: DateReader) -> None:
        words = dates.words
        super().__init__(words(N_("Condition")))
        hint = words(N_("Type a part of it, or open the list"))
        self.diagnosis = SearchCombo(words(N_("Diagnosis")), hint=hint)
        self.diagnosis_note = TextField(words(N_("Which diagnosis")))
        self.standing = ChoiceRow(words(N_("The diagnosis stands")), (), optional=False)
        self.told = wrapped("", "soft")
        self.course = SearchCombo(words(N_("Course")), hint=words(N_("Not recorded")))
        self.onset_date = DateField(words(N_("First signs")), dates)
        self.language = SearchCombo(
            words(N_("Language of the family page")), hint=words(N_("As the app"))
        )
        for part in (
            self.diagnosis, self.diagnosis_note, self.standing, self.told, self.course,
            self.onset_date, self.language,
        ):  # fmt: skip
            self.add(part)
        self.body.addStretch(1)
        self.diagnosis.chosen.connect(self._on_diagnosis_chosen)

    def show_view(self, view: ConditionView) -> None:
        """Offer the lists, and let be changed what whoever looks may change."""
        self.diagnosis.show_choices(view.diagnoses)
        self.course.show_choices(view.courses)
        self.language.show_choices(view.languages)
        for part in (self.diagnosis, self.diagnosis_note):
            part.setEnabled(view.can_diagnose)
        self.course.setEnabled(view.can_judge)
        self.standing.show_choices(view.standings)
        self.standing.setVisible(view.can_judge)
        self.told.setText(view.told)
        self.told.setVisible(bool(view.told))

    @property
    def confirmation(self) -> str:
        """Whether the diagnosis stands as confirmed, as records hold it."""
        return CONFIRMED if self.standing.value == CONFIRMED else ""

    def show_confirmation(self, text: str) -> None:
        """Let the diagnosis stand as confirmed, or as referred."""
        self.standing.set_value(text or REFERRED)

    def show_note_field(self) -> None:
        """Ask which diagnosis it is where the list has none for it."""
        self.diagnosis_note.setVisible(self.diagnosis.value == OTHER)

    @Slot(str)
    def _on_diagnosis_chosen(self, chosen: str) -> None:
        self.show_confirmation("")  # another diagnosis is confirmed anew, on purpose
        self.show_note_field()
        if chosen == OTHER:
            self.diagnosis_note.setFocus(Qt.FocusReason.OtherFocusReason)
