"""The page of the form: fields, a sentence beside each that needs one. It knows no store."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.date_reader import DateReader
from app.errors import N_
from app.screens.patient_form.condition import ConditionCard
from app.screens.patient_form.view import FormValues, PatientFormView
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import ChoiceRow, SearchCombo
from widgets.date_field import DateField
from widgets.fields import TextField
from widgets.labels import divider, wrapped
from widgets.layouts import centred, column, ground, row, scrolling
from widgets.message import FloatingMessage, MessageBar, Offer
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
        self.told = wrapped("", "soft")
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
        self.gestation_weeks = TextField(words(N_("Weeks of pregnancy at birth, if known")))
        self.sex = ChoiceRow(words(N_("Sex")), (), optional=False)

    def _build_condition(self) -> None:
        self.condition = ConditionCard(self._dates)
        self.diagnosis = self.condition.diagnosis
        self.diagnosis_note = self.condition.diagnosis_note
        self.course = self.condition.course
        self.onset_date = self.condition.onset_date
        self.language = self.condition.language

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
        who = Card(self._words(N_("Who it is")))
        names = (self.patient_id, self.given_name, self.family_name)
        _fill(who, (*names, self.birth_date, self.gestation_weeks, self.sex))
        self.cards = ground()
        cards: QHBoxLayout = row(self.cards, gap=16)
        right = column(gap=16)
        cards.addWidget(who, 1)
        cards.addLayout(right, 1)
        care = Card(self._words(N_("In your care")))
        right.addWidget(self.condition)
        right.addWidget(care)
        right.addStretch(1)
        care.add(self.status)
        care.add(self.status_date)
        care.add(self.next_visit)
        body = ground()
        stack = column(body, margin=24, gap=16)
        stack.addWidget(self.error)
        stack.addWidget(self.told)
        stack.addWidget(self.cards)
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
        Keys(self, SAVE).pressed.connect(self._on_save_requested)

    def show_view(self, view: PatientFormView) -> None:
        """Show a patient's facts, or an empty form; every field is written anew."""
        who = view.identity
        self.banner.show_head(who.name, who.facts, who.family, mark=who.mark)
        self.sex.show_choices(view.sexes)
        self.condition.show_view(view.condition)
        self.status.show_choices(view.statuses)
        self.message.hide()
        self._show_error_note(view)
        self.told.setText(view.told)
        self.told.setVisible(bool(view.told))
        self.cards.setEnabled(not view.told)
        self.save.setVisible(not view.told)
        self.mark.setVisible(view.can_mark)
        self.erase.setVisible(view.can_erase)
        self.write(view.values)

    def _show_error_note(self, view: PatientFormView) -> None:
        if view.error_note and view.can_unmark:
            offer = Offer(self._words(N_("Take the mark back")), "take the mark back")
            self.error.show_problem(view.error_note, offer)
        elif view.error_note:
            self.error.show_problem(view.error_note)
        else:
            self.error.hide()

    def write(self, values: FormValues) -> None:
        """Write these into the fields, without any sentence beside them."""
        for name, field in self._texts().items():
            field.set_text(values[name])
        for name, choice in self._choices().items():
            choice.set_value(values[name])
        self.condition.show_confirmation(values["diagnosis_confirmed"])
        self.condition.show_note_field()
        self.show_problems({})

    def values(self) -> FormValues:
        """Return what stands in the fields."""
        texts = {name: field.text for name, field in self._texts().items()}
        chosen = {name: choice.value for name, choice in self._choices().items()}
        confirmed = {"diagnosis_confirmed": self.condition.confirmation}
        return {**texts, **chosen, **confirmed, **self.unchosen()}

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
            "gestation_weeks": self.gestation_weeks,
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

    @Slot()
    def _on_save_requested(self) -> None:
        if not self.save.isHidden():
            self.saved.emit(self.values())


def _fill(card: Card, fields: tuple[QWidget, ...]) -> None:
    for field in fields:
        card.add(field)
    card.body.addStretch(1)
