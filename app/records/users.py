"""The people who work with the app."""

from app.errors import N_, UserError
from app.records.ledger import Ledger, new_id
from app.records.model import Role, User
from app.records.values import user_of


class Users:
    """Adds and lists users. The first one to be added acts from then on."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, name: str, role: Role) -> User:
        """Store a new user; UserError without a name."""
        if not name.strip():
            raise UserError(N_("Please give a name."))
        user = User(new_id(), name.strip(), Role(role))
        journal = self._ledger.journal
        with journal.step("add"):
            cells = {"id": user.id, "name": user.name, "role": user.role.value}
            journal.write("users", user.id, cells)
        journal.user = journal.user or user.id
        return user

    def all(self) -> tuple[User, ...]:
        """Return all users, the first one in front."""
        return tuple(map(user_of, self._ledger.rows("SELECT * FROM users ORDER BY id")))
