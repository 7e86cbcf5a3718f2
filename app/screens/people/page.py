"""The page of the people: who works here, and a form for one of them. It knows no store."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.errors import N_
from app.language import Words
from app.screens.new_secret_field import NewSecretField
from app.screens.people.view import PeopleView, Person, TypedPerson
from app.screens.secret_field import SecretField
from widgets.banner import PatientBanner
from widgets.buttons import button
from widgets.cards import Card
from widgets.fields import TextField
from widgets.flow import Flow
from widgets.labels import label, wrapped
from widgets.layouts import centred, clear, column, ground, row, scrolling
from widgets.message import FloatingMessage
from widgets.theme import set_role
from widgets.tick_button import TickButton
from widgets.values import Choice


class PeoplePage(QWidget):
    """Shows a ``PeopleView``; hands out what was typed, and who is to be retired."""

    saved = Signal(object)  # TypedPerson
    retire_requested = Signal(object)  # Person

    def __init__(self, words: Words) -> None:
        super().__init__()
        set_role(self, "page")
        self._words = words
        self.banner = PatientBanner(words)
        self.banner.show_head(words(N_("People")), "")
        self.message = FloatingMessage(words, self, self.banner)
        self.told = wrapped("", "soft")
        self.form = PersonForm(words)
        self._lines = ground()
        self._stack = column(self._lines, gap=8)
        self._lay_out()
        self.form.saved.connect(self.saved)

    def show_view(self, view: PeopleView) -> None:
        """Show who works here; what is being typed stays."""
        clear(self._stack)
        for person in view.people:
            line = _Line(person, self._words)
            line.chosen.connect(self.form.show_person)
            line.retire_requested.connect(self.retire_requested)
            self._stack.addWidget(line)
        self.told.setText(view.told)
        self.told.setVisible(bool(view.told))
        self.form.show_roles(view.roles)
        self.form.setVisible(not view.told)

    def start(self) -> None:
        """Give the name of the form the focus, where somebody may be added."""
        if self.form.isVisible():
            self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        card = Card(self._words(N_("Who works with these records")))
        card.add(self.told)
        card.add(self._lines)
        cards: QHBoxLayout = row(gap=16)
        cards.addWidget(card, 3, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.form, 2, Qt.AlignmentFlag.AlignTop)
        body = ground()
        stack = column(body, margin=24)
        stack.addLayout(cards)
        stack.addStretch(1)
        whole = column(self, gap=0)
        whole.addWidget(self.banner)
        whole.addWidget(scrolling(centred(body)), 1)


class _Line(QFrame):
    """One person, with what can be done."""

    chosen = Signal(object)  # Person
    retire_requested = Signal(object)  # Person

    def __init__(self, person: Person, words: Words) -> None:
        super().__init__()
        self._person = person
        name = person.name
        self.change = button(words(N_("Change")), "flat", words(N_("Change: {name}"), name=name))
        self.retire = button(words(N_("Retire…")), "flat", words(N_("Retire: {name}"), name=name))
        told = column(gap=2)
        told.addWidget(wrapped(name, "strong"))
        told.addWidget(wrapped(person.facts, "soft"))
        line = row(self, gap=8)
        line.addLayout(told, 1)
        for one in (self.change, self.retire):
            line.addWidget(one)
            one.setVisible(person.can_change)
        self.change.clicked.connect(self._on_change_clicked)
        self.retire.clicked.connect(self._on_retire_clicked)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.chosen.emit(self._person)

    @Slot()
    def _on_retire_clicked(self) -> None:
        self.retire_requested.emit(self._person)


class PersonForm(Card):
    """A name, roles, and a passphrase that the person types; empty keeps the one there is."""

    saved = Signal(object)  # TypedPerson
    passphrase_typed = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._id = ""
        self._shown = TypedPerson()
        self.heading = wrapped("", "heading")
        self.name = TextField(words(N_("Name, as signatures show it")))
        self.roles = _Roles(words(N_("Roles")))
        self.hint = wrapped("", "small")
        self.passphrase = NewSecretField(words(N_("Passphrase")), words)
        self.again = SecretField(words(N_("Passphrase again")), words)
        self.cancel = button(words(N_("Cancel")))
        self.save = button(words(N_("Save")), "primary")
        for part in (self.heading, self.name, self.roles, self.hint, self.passphrase, self.again):
            self.add(part)
        line = row(gap=12)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.save)
        self.add(line)
        self.passphrase.typed.connect(self.passphrase_typed)
        self.cancel.clicked.connect(self.show_nobody)
        self.save.clicked.connect(self._on_save_clicked)
        self.show_nobody()

    def show_roles(self, roles: tuple[Choice, ...]) -> None:
        """Offer these roles; what is chosen stays."""
        self.roles.show_choices(roles)

    @Slot()
    def show_nobody(self) -> None:
        """Be empty, for somebody new."""
        self._show(TypedPerson(), self._words(N_("Add somebody")))
        self.hint.setText(self._words(N_("The new person types it. Nobody else learns it.")))

    @Slot(object)
    def show_person(self, person: Person) -> None:
        """Hold what is known of somebody."""
        typed = TypedPerson(person.id, person.name, person.roles)
        self._show(typed, self._words(N_("Change: {name}"), name=person.name))
        self.hint.setText(
            self._words(
                N_("Only for a new passphrase, which {name} types. Empty keeps the present one."),
                name=person.name,
            )
        )
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> TypedPerson:
        """Return what stands in the form."""
        return TypedPerson(
            self._id, self.name.text, self.roles.value, self.passphrase.secret, self.again.secret
        )

    @property
    def is_touched(self) -> bool:
        """Whether something stands there that is not saved."""
        return self.typed() != self._shown

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field, and the focus into the first of them."""
        parts: dict[str, TextField | _Roles] = {
            "name": self.name,
            "roles": self.roles,
            "passphrase": self.passphrase,
            "again": self.again,
        }
        for name, part in parts.items():
            part.show_problem(problems.get(name, ""))
        first = next((part for name, part in parts.items() if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, typed: TypedPerson, heading: str) -> None:
        self._id, self._shown = typed.id, typed
        self.heading.setText(heading)
        self.name.set_text(typed.name)
        self.roles.set_value(typed.roles)
        self.passphrase.clear()
        self.again.clear()
        self.show_problems({})

    @Slot()
    def _on_save_clicked(self) -> None:
        self.saved.emit(self.typed())


class _Roles(QWidget):
    """Buttons of which several can be chosen."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._choices: tuple[Choice, ...] = ()
        self.buttons: dict[str, TickButton] = {}
        self._flow = Flow()
        self._problem = wrapped("", "small_caution")
        self._problem.hide()
        stack = column(self, gap=4)
        stack.addWidget(label(title, "small"))
        stack.addWidget(self._flow)
        stack.addWidget(self._problem)

    def show_choices(self, choices: tuple[Choice, ...]) -> None:
        """Offer these; they are built once."""
        if choices == self._choices:
            return
        self._choices = choices
        self._flow.clear()
        self.buttons = {
            one.id: TickButton(one.title, f"{self._title}: {one.title}") for one in choices
        }
        for one in self.buttons.values():
            self._flow.add(one)

    @property
    def value(self) -> frozenset[str]:
        """The ids that are chosen."""
        return frozenset(name for name, one in self.buttons.items() if one.isChecked())

    def set_value(self, chosen: frozenset[str]) -> None:
        """Choose these and no others."""
        for name, one in self.buttons.items():
            one.setChecked(name in chosen)

    def show_problem(self, text: str) -> None:
        """Say below what is wrong; nothing where nothing is."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
