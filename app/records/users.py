"""Who works with the records, and what each of them may do."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from app.errors import N_, UserError
from app.records.actions import Action
from app.records.entries import Cell
from app.records.holding import Holding
from app.records.journal import NOBODY
from app.records.model import Role, User, UserState
from app.records.session import Session, new_id, user_of
from app.signs import folded

if TYPE_CHECKING:
    from app.records.renewal import NewKey

_LAST_KEEPER = N_(
    "{name} is the only keeper of these records. Make somebody else a keeper first: without one "
    "nobody could add people or put a copy back."
)
_SHARED = N_(
    "More than one person here has this passphrase. Please say who you are; a command takes "
    "--user NAME."
)
_NOT_THEIRS = N_("This is not the passphrase of “{name}”. Please check the name.")
_NOBODY_SO_CALLED = N_("Nobody who works with these records is called “{name}”.")
_RETIRED = N_("{name} does not work with these records any more.")


class Claim(Struct, frozen=True):
    """Who somebody says to be, if anybody, and the ids of whom the secret that was given proves.

    Where it proves nobody in particular, as a recovery code does, everybody who works here can
    be meant, and ``opened`` is who acts unless somebody is named.
    """

    opened: str
    name: str = ""
    proven: tuple[str, ...] = ()


class WhoIsIt(UserError):
    """A passphrase is that of several people; ``names`` are theirs."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(_SHARED)
        self.names = names


class Users:
    """Adds, changes and lists users. The first one to be added acts from then on, as keeper too.

    One user who keeps the records always remains.
    """

    def __init__(self, session: Session, holding: Holding) -> None:
        self._session = session
        self._holding = holding

    def invite(self, name: str, roles: Collection[Role], passphrase: str) -> User:
        """Store a new user whose passphrase opens the records.

        Raises:
            UserError: As ``add`` does, or the passphrase protects nothing; nothing is stored.

        """
        with self._session.journal.step(Action.ADD_USER):
            user = self.add(name, *roles)
            self.give_passphrase(user.id, passphrase)
        return user

    def add(self, name: str, *roles: Role) -> User:
        """Store a new user.

        Raises:
            UserError: There is no name or no role, or somebody else here is called that.

        """
        journal = self._session.journal
        first = frozenset() if journal.user else frozenset({Role.KEEPER})
        user = User(new_id(), self._checked(name), self._given(roles) | first)
        with journal.step(Action.ADD_USER):
            journal.write("users", {"id": user.id, **_cells(user)}, NOBODY)
        journal.user = journal.user or user.id
        return user

    def rename(self, user_id: str, name: str) -> None:
        """Call somebody otherwise; what was signed keeps its name. Raises as ``add`` does."""
        self._change(Action.RENAME_USER, user_id, name=self._checked(name, user_id))

    def give_roles(self, user_id: str, roles: Collection[Role]) -> None:
        """Let somebody do other things from now on.

        Raises:
            UserError: No role is named, or no keeper would be left.

        """
        given = self._given(roles)
        if Role.KEEPER not in given:
            self._keep_a_keeper(user_id)
        self._change(Action.CHANGE_ROLES, user_id, roles=_written(given))

    def give_passphrase(self, user_id: str, passphrase: str) -> None:
        """Let somebody open the records with another passphrase than before.

        Raises:
            UserError: It protects nothing, or somebody does not work here any more.

        """
        from app.records.keys.passphrase import check_passphrase  # noqa: PLC0415 - seldom needed

        user, now = self.check_works(user_id), self._session.clock.now()
        check_passphrase(passphrase, (user.name,))
        with self._session.journal.step(Action.GIVE_PASSPHRASE):
            self._write(user_id, passphrase_utc=now.milliseconds)
            # Last: a keys file that cannot be written leaves nothing in the records either.
            self._holding.give_slot(user, passphrase)

    def retire(self, user_id: str) -> None:
        """Let somebody do nothing here from now on, nor open the records.

        Raises:
            UserError: No keeper would be left.

        """
        self._keep_a_keeper(user_id)
        self.check_works(user_id)
        with self._session.journal.step(Action.RETIRE_USER):
            self._write(user_id, state=UserState.RETIRED.value)
            self._holding.end_slot(user_id)

    @property
    def new_key(self) -> "NewKey":
        """A new key for whoever works here, in place of the one that others may know."""
        from app.records.renewal import NewKey  # noqa: PLC0415 - seldom needed

        return NewKey(self._session, self._holding, self.all)

    def get(self, user_id: str) -> User:
        """Return a user; UserError if there is none with this id."""
        return user_of(self._session.row("users", user_id))

    def all(self) -> tuple[User, ...]:
        """Return all users, retired ones too, the first one in front."""
        return tuple(map(user_of, self._session.rows("users", "1 ORDER BY id")))

    def acting(self, user_id: str | Claim | None) -> str:
        """Return who acts where ``user_id`` opened the records.

        UserError where the claim names somebody whom the secret does not prove, and ``WhoIsIt``
        where the secret is that of several people and none is named.

        A code that was made for somebody who does not work here any more lets a keeper in; without
        an id the first user acts. Empty while there is nobody.
        """
        if isinstance(user_id, Claim):
            return self._claimed(user_id)
        everybody = {user.id: user for user in self.all()}
        named = everybody.get(user_id or next(iter(everybody), ""))
        if named is None or named.state is UserState.ACTIVE:
            return user_id or ("" if named is None else named.id)
        return next(user.id for user in everybody.values() if user.is_keeper)

    def _claimed(self, claim: Claim) -> str:
        works = [user for user in self.all() if user.state is UserState.ACTIVE]
        meant = [user for user in works if not claim.proven or user.id in claim.proven]
        if claim.name:
            named = [user for user in meant if folded(user.name) == folded(claim.name.strip())]
            if not named:
                refusal = _NOT_THEIRS if claim.proven else _NOBODY_SO_CALLED
                raise UserError(refusal, name=claim.name)
            return named[0].id
        if claim.proven and len(meant) > 1:
            raise WhoIsIt(tuple(user.name for user in meant))
        return self.acting(meant[0].id if claim.proven and meant else claim.opened)

    def check_works(self, user_id: str) -> User:
        """Return a user who works here; UserError if nobody has this id, or not any more."""
        user = self.get(user_id)
        if user.state is UserState.RETIRED:
            raise UserError(_RETIRED, name=user.name)
        return user

    def may(self, action: Action) -> bool:
        """Whether whoever acts may do something, so that it is offered."""
        return bool(self.get(self._session.journal.user).roles & action.roles)

    def check_may(self, action: Action) -> None:
        """Refuse what whoever acts may not do; before there is a user, everything is allowed."""
        acting = self._session.journal.user
        if not acting:
            return
        if not self.check_works(acting).roles & action.roles:
            raise UserError(action.refusal)

    def _change(self, action: Action, user_id: str, **cells: Cell) -> None:
        self.check_works(user_id)
        with self._session.journal.step(action):
            self._write(user_id, **cells)

    def _write(self, user_id: str, **cells: Cell) -> None:
        self._session.journal.write("users", {"id": user_id, **cells}, NOBODY)

    def _checked(self, name: str, user_id: str = "") -> str:
        bare = name.strip()
        if not bare:
            raise UserError(N_("Please give a name."))
        for other in self.all():
            if other.id != user_id and folded(other.name) == folded(bare):
                message = N_("Somebody here is called {name} already. Please tell the two apart.")
                raise UserError(message, name=other.name)
        return bare

    @staticmethod
    def _given(roles: Collection[Role]) -> frozenset[Role]:
        if not roles:
            raise UserError(N_("Please choose at least one role."))
        return frozenset(map(Role, roles))

    def _keep_a_keeper(self, user_id: str) -> None:
        user = self.get(user_id)
        if user.is_keeper and not any(one.is_keeper for one in self.all() if one.id != user_id):
            raise UserError(_LAST_KEEPER, name=user.name)


def _cells(user: User) -> dict[str, Cell]:
    return {"name": user.name, "roles": _written(user.roles), "state": user.state.value}


def _written(roles: frozenset[Role]) -> str:
    return " ".join(role for role in Role if role in roles)
