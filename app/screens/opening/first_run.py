"""The card of the first run: who works here, and the passphrase, twice."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from app.errors import N_
from app.language import Words
from app.screens.new_secret_field import NewSecretField
from app.screens.opening.risk import RiskPart
from app.screens.opening.view import FirstRunView, FirstUser
from app.screens.secret_field import SecretField
from widgets import icons
from widgets.buttons import button
from widgets.cards import Card
from widgets.choices import Choice, ChoiceRow
from widgets.fields import TextField
from widgets.labels import label, wrapped
from widgets.layouts import into_view, row


class FirstRunCard(Card):
    """Asks for the first user; the fields keep what was typed until it is taken."""

    submitted = Signal(object)  # FirstUser
    passphrase_typed = Signal(object)  # FirstUser, as far as it is typed

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title, self.text = label("", "title"), wrapped("", "soft")
        self.name = TextField(words(N_("Your name")))
        self.role = ChoiceRow(words(N_("You are")), (), optional=False)
        self.role_problem = wrapped("", "small_caution")
        self.passphrase = NewSecretField(words(N_("Passphrase")), words)
        self.again = SecretField(words(N_("The same passphrase again")), words)
        self.risk = RiskPart(words)
        self.make = button(words(N_("Create the records")), "primary")
        self._lay_out()
        self.passphrase.typed.connect(self._on_passphrase_typed)
        self.make.clicked.connect(self._on_submit)
        for field in (self.name, self.passphrase, self.again):
            field.edit.returnPressed.connect(self._on_submit)

    def _lay_out(self) -> None:
        fields = (self.name, self.role, self.role_problem, self.passphrase, self.again)
        for part in (self.title, self.text, self.risk, *fields):
            self.add(part)
        line = row()
        line.addStretch(1)
        line.addWidget(self.make)
        self.add(line)
        self.role_problem.hide()

    def show_view(self, view: FirstRunView) -> None:
        """Welcome somebody; the fields are empty."""
        self.title.setText(view.title)
        self.text.setText(view.text)
        self.role.show_choices(tuple(Choice(code.id, code.title) for code in view.roles))
        self.risk.show_reason(view.risk)
        self.name.set_text("")
        self.forget()
        self.set_working(is_working=False)
        self.name.setFocus()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Put each sentence beside its field and the focus into the first of them."""
        self.role_problem.setText(f"{icons.CAUTION} {problems.get('role', '')}")
        self.role_problem.setVisible("role" in problems)
        self.risk.show_problem(problems.get("risk", ""))
        fields = {"name": self.name, "passphrase": self.passphrase, "again": self.again}
        for name, field in fields.items():
            field.show_problem(problems.get(name, ""))
        in_turn = {"risk": self.risk.accept, **fields}
        first = next((field for name, field in in_turn.items() if name in problems), None)
        if first is not None:
            first.setFocus()
            into_view(first)

    def set_working(self, *, is_working: bool) -> None:
        """Show that the records are being made: a moment, since the key is hard to guess."""
        self.make.setEnabled(not is_working)
        texts = (N_("Create the records"), N_("Creating…"))
        self.make.setText(self._words(texts[is_working]))

    def forget(self) -> None:
        """Take the passphrase off the screen."""
        self.passphrase.clear()
        self.again.clear()

    @Slot()
    def _on_submit(self) -> None:
        if self.make.isEnabled():
            self.submitted.emit(self._user())

    @Slot(str)
    def _on_passphrase_typed(self, _text: str) -> None:
        self.passphrase_typed.emit(self._user())

    def _user(self) -> FirstUser:
        return FirstUser(
            name=self.name.text,
            role=self.role.value,
            passphrase=self.passphrase.secret,
            again=self.again.secret,
            accepts_risk=self.risk.is_accepted,
        )
