"""Who works with the records, as the page shows them; and what a person was typed as."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from app.errors import N_
from app.language import Words
from app.records.actions import Action
from app.records.model import User, UserState
from app.screens.ask import Loss
from app.screens.offers import offers
from app.wording.people import roles_words
from widgets.values import Choice


class Person(Struct, frozen=True):
    """One line: the name, what this person is, and whether anything can be changed."""

    id: str
    name: str
    facts: str
    roles: frozenset[str]
    can_change: bool


class PeopleView(Struct, frozen=True):
    """Everybody; ``told`` says why nobody can be changed, empty where that is possible."""

    people: tuple[Person, ...]
    roles: tuple[Choice, ...]
    told: str = ""


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """What stands in the form. ``id`` is empty for somebody new."""

    id: str = ""
    name: str = ""
    roles: frozenset[str] = frozenset()
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


def people_view(users: Collection[User], acting: User, words: Words) -> PeopleView:
    """Show everybody, those who work here in front."""
    may = bool(acting.roles & Action.ADD_USER.roles)
    active = [user for user in users if user.state is UserState.ACTIVE]
    retired = [user for user in users if user.state is not UserState.ACTIVE]
    return PeopleView(
        people=tuple(_person(user, acting, may, words) for user in (*active, *retired)),
        roles=offers("roles", words),
        told="" if may else words(N_("A keeper of the records adds and changes people.")),
    )


def _person(user: User, acting: User, may: bool, words: Words) -> Person:  # noqa: FBT001 - a fact
    is_active = user.state is UserState.ACTIVE
    roles = roles_words(user.roles, words)
    you = words(N_("you")) if user.id == acting.id else ""
    state = "" if is_active else words(N_("does not work here any more"))
    return Person(
        id=user.id,
        name=user.name,
        facts=words.dotted((roles, you, state)),
        roles=frozenset(user.roles),
        can_change=may and is_active,
    )


def problems_in(typed: TypedPerson, words: Words) -> Mapping[str, str]:
    """Return what is wrong in the form, a sentence each; what else is refused the store says."""
    problems = {}
    if not typed.name.strip():
        problems["name"] = words(N_("Please give a name."))
    if not typed.roles:
        problems["roles"] = words(N_("Please choose at least one role."))
    if not typed.id and not typed.passphrase:
        problems["passphrase"] = words(N_("Please let this person type a passphrase."))
    elif typed.passphrase != typed.again:
        problems["again"] = words(N_("The two passphrases differ."))
    return problems


def retiring(person: Person, words: Words) -> Loss:
    """Return the question before somebody can do nothing here any more."""
    return Loss(
        words(N_("Retire {name}?"), name=person.name),
        words(
            N_(
                "{name} cannot open these records from then on, and cannot come back under this "
                "entry. What was signed stays signed. Older copies still open with the passphrase."
            ),
            name=person.name,
        ),
        words(N_("Retire")),
    )
