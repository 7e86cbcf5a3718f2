"""Joins the page of the people to the store."""

from functools import partial

from PySide6.QtCore import QObject, Slot

from app.errors import N_, AppError
from app.records.model import Changes, Role
from app.screens.desk import Desk
from app.screens.new_key.offer import offer_new_key
from app.screens.people.page import PeoplePage
from app.screens.people.view import Person, TypedPerson, people_view, problems_in, retiring
from app.screens.places import Place
from app.screens.screen import Screen
from app.screens.strength import strength_view


class PeopleControl(Screen):
    """Adds people, changes and retires them."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.page: PeoplePage = PeoplePage(desk.words)
        self.page.banner.back_requested.connect(desk.navigation.back)
        self.page.saved.connect(self._on_page_saved)
        self.page.retire_requested.connect(self._on_page_retire_requested)
        self.page.form.passphrase_typed.connect(self._on_passphrase_typed)

    def open(self, place: Place) -> None:  # noqa: ARG002 - there is but one
        """Show who works here."""
        self.page.message.hide()
        self._show()
        self.page.form.show_nobody()
        self.page.start()

    def refresh(self, changes: Changes) -> None:
        """Show it again where somebody was changed."""
        if "users" in changes.tables:
            self._show()

    def leave(self) -> None:
        """Let no passphrase stand in a field that nobody looks at."""
        self.page.form.show_nobody()

    def unsaved(self) -> str:
        """Say that somebody was typed and not saved."""
        if not self.page.form.is_touched:
            return ""
        return self._desk.words(N_("What was typed about a person is not saved."))

    def save(self) -> None:
        """Save it, or say what is wrong."""
        self._on_page_saved(self.page.form.typed())

    def _show(self) -> None:
        store = self._desk.store
        self.page.show_view(people_view(store.users.all(), store.user, self._desk.words))

    @Slot(object)
    def _on_page_saved(self, typed: TypedPerson) -> None:
        problems = problems_in(typed, self._desk.words)
        self.page.form.show_problems(problems)
        if problems:
            return
        try:
            self._store(typed)
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
            return
        self.page.form.show_nobody()
        self.page.message.show_note(self._desk.words(N_("{name} is saved."), name=typed.name))
        if typed.id and typed.passphrase:
            offer_new_key(self._desk, self.page)

    @Slot(str)
    def _on_passphrase_typed(self, passphrase: str) -> None:
        form = self.page.form
        view = strength_view(passphrase, form.name.text, self._desk.words)
        form.passphrase.show_strength(view)

    def _store(self, typed: TypedPerson) -> None:
        users, roles = self._desk.store.users, frozenset(map(Role, typed.roles))
        if not typed.id:
            users.invite(typed.name, roles, typed.passphrase)
            return
        with self._desk.store.atomic():
            users.rename(typed.id, typed.name)
            users.give_roles(typed.id, roles)
            if typed.passphrase:
                users.give_passphrase(typed.id, typed.passphrase)

    @Slot(object)
    def _on_page_retire_requested(self, person: Person) -> None:
        loss = retiring(person, self._desk.words)
        self._desk.ask.lose(self.page, loss, partial(self._retire, person))

    def _retire(self, person: Person) -> None:
        try:
            self._desk.store.users.retire(person.id)
        except AppError as problem:
            self.page.message.show_problem(self._desk.words.error(problem))
        else:
            offer_new_key(self._desk, self.page)
