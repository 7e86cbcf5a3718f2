"""Users of the tests who may do more than nurse and keep the records."""

from app.records.model import Role
from app.records.store import Store


def let_do_everything(store: Store) -> None:
    """Give whoever acts every role."""
    store.users.give_roles(store.user.id, frozenset(Role))
