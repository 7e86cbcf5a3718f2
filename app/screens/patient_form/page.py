"""The page of the form: fields, a sentence beside each that needs one. It knows no store."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.records.lists import OTHER
from app.screens.patient_form.view import FormValues, PatientFormView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow, SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import divider
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.message import FloatingMessage, MessageBar
from widgets.shortcuts import SAVE, Keys, name_key
from widgets.theme import set_role


class PatientFormPage(QWidget):
    """Shows a form and hands out what was typed."""

    saved = Signal(object)  # FormValues
    left = Signal()
    error_mark_requested = Signal()
    error_unmark_requested = Signal()
    erase_requested = Signal()

    def __init__(self, dates: DateReader) -> None:
        super().__init__()
        set_role(self, "page")
        self._dates = dates
        self._words = words = dates.words
        self._problems: Mapping[str, str] = {}
        self.banner = PatientBanner(words)
        self.message = FloatingMessage(words, self, self.banner)
        self.error = MessageBar(words)
        self._build_who()
        self._build_condition()
        self._build_care()
        self._build_foot()
        self._lay_out()
        self._connect()

    def _build_who(self) -> None:
        words = self._words
        self.patient_id = TextField(words(N_("Identifier")))
        self.given_name = TextField(words(N_("Given name")))
        self.family_name = TextField(words(N_("Family name")))
        self.birth_date = DateField(words(N_("Birth date")), self._dates)
        self.sex = ChoiceRow(words(N_("Sex")), (), optional=False)

    def _build_condition(self) -> None:
        words = self._words
        hint = words(N_("Type a part of it, or open the list"))
        self.diagnosis = SearchCombo(words(N_("Diagnosis")), hint=hint)
        self.diagnosis_note = TextField(words(N_("Which diagnosis")))
        self.course = SearchCombo(words(N_("Course")), hint=words(N_("Not recorded")))
        self.onset_date = DateField(words(N_("First signs")), self._dates)
        self.language = SearchCombo(
            words(N_("Language of the family page")), hint=words(N_("As the app"))
        )

    def _build_care(self) -> None:
        words = self._words
        self.status = ChoiceRow(words(N_("Status")), ())
        self.status_date = DateField(words(N_("Since")), self._dates)
        self.next_visit = DateField(words(N_("Next visit")), self._dates)

    def _build_foot(self) -> None:
        words = self._words
        self.mark = button(words(N_("Entered in error…")), "flat")
        self.erase = button(words(N_("Erase…")), "flat", words(N_("Erase this patient…")))
        self.cancel = button(words(N_("Cancel")))
        self.save = button(words(N_("Save")), "primary")
        name_key(self.save, SAVE, words)
        self.foot = ground()
        line = row(self.foot, gap=12)
        line.setContentsMargins(24, 12, 24, 12)
        line.addWidget(self.mark)
        line.addWidget(self.erase)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.save)

    def _lay_out(self) -> None:
        who, condition = Card(self._words(N_("Who it is"))), Card(self._words(N_("Condition")))
        names = (self.patient_id, self.given_name, self.family_name)
        _fill(who, (*names, self.birth_date, self.sex))
        told = (self.diagnosis, self.diagnosis_note, self.course)
        _fill(condition, (*told, self.onset_date, self.language))
        cards: QHBoxLayout = row(gap=16)
        right = column(gap=16)
        cards.addWidget(who, 1)
        cards.addLayout(right, 1)
        care = Card(self._words(N_("In your care")))
        right.addWidget(condition)
        right.addWidget(care)
        right.addStretch(1)
        care.add(self.status)
        care.add(self.status_date)
        care.add(self.next_visit)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(self.error)
        stack.addLayout(cards)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body)), 1)
        whole.addWidget(divider())
        whole.addWidget(centred(self.foot))

    def _connect(self) -> None:
        self.banner.back_requested.connect(self.left)
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save_requested)
        self.mark.clicked.connect(self.error_mark_requested)
        self.erase.clicked.connect(self.erase_requested)
        self.error.action_requested.connect(self.error_unmark_requested)
        self.diagnosis.chosen.connect(self._on_diagnosis_chosen)
        Keys(self, SAVE).pressed.connect(self._on_save_requested)

    def show_view(self, view: PatientFormView) -> None:
        """Show a patient's facts, or an empty form; every field is written anew."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self.sex.show_choices(view.sexes)
        self.diagnosis.show_choices(view.diagnoses)
        self.course.show_choices(view.courses)
        self.language.show_choices(view.languages)
        self.status.show_choices(view.statuses)
        self.message.hide()
        self.show_error_note(view.error_note)
        self.mark.setVisible(not view.is_new and not view.error_note)
        self.erase.setVisible(not view.is_new and view.can_erase)
        self.write(view.values)

    def show_error_note(self, note: str) -> None:
        """Say that the patient is marked entered in error; empty takes it back."""
        if note:
            self.error.show_problem(note, self._words(N_("Take the mark back")))
        else:
            self.error.hide()

    def write(self, values: FormValues) -> None:
        """Write these into the fields, without any sentence beside them."""
        for name, field in self._texts().items():
            field.set_text(values[name])
        for name, choice in self._choices().items():
            choice.set_value(values[name])
        self.show_problems({})
        self._show_note_field()

    def values(self) -> FormValues:
        """Return what stands in the fields."""
        texts = {name: field.text for name, field in self._texts().items()}
        chosen = {name: choice.value for name, choice in self._choices().items()}
        return {**texts, **chosen, **self.unchosen()}

    def unchosen(self) -> FormValues:
        """Return what is typed into lists and chooses nothing there."""
        typed = {name: combo.unmatched for name, combo in self._combos().items()}
        return {name: text for name, text in typed.items() if text}

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field and the focus into the first of them."""
        fields: dict[str, TextField | DateField | SearchCombo] = {
            **self._texts(),
            **self._combos(),
        }
        for name, field in fields.items():
            if name in problems or name in self._problems:
                field.show_problem(problems.get(name, ""))
        self._problems = problems
        first = next((field for name, field in fields.items() if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Give the first field the focus."""
        self.patient_id.setFocus(Qt.FocusReason.OtherFocusReason)

    def _texts(self) -> dict[str, TextField | DateField]:
        return {
            "patient_id": self.patient_id,
            "given_name": self.given_name,
            "family_name": self.family_name,
            "birth_date": self.birth_date,
            "diagnosis_note": self.diagnosis_note,
            "onset_date": self.onset_date,
            "status_date": self.status_date,
            "next_visit": self.next_visit,
        }

    def _choices(self) -> dict[str, ChoiceRow | SearchCombo]:
        return {"sex": self.sex, "status": self.status, **self._combos()}

    def _combos(self) -> dict[str, SearchCombo]:
        return {
            "diagnosis": self.diagnosis,
            "course": self.course,
            "language": self.language,
        }

    def _show_note_field(self) -> None:
        self.diagnosis_note.setVisible(self.diagnosis.value == OTHER)

    @Slot(str)
    def _on_diagnosis_chosen(self, chosen: str) -> None:
        self._show_note_field()
        if chosen == OTHER:
            self.diagnosis_note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_save_requested(self) -> None:
        self.saved.emit(self.values())


def _fill(card: Card, fields: tuple[QWidget, ...]) -> None:
    for field in fields:
        card.add(field)
    card.body.addStretch(1)
