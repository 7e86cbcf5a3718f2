"""Who works with the records: added, renamed, given roles and passphrases, retired."""

from decimal import Decimal
from functools import partial
from itertools import chain, combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.clock import SystemClock
from app.errors import UserError
from app.records.actions import Action
from app.records.folder import Founder, create_folder, open_folder
from app.records.keys.keyfile import Cost
from app.records.keys.vault import WrongSecret
from app.records.model import Role, UserState, VisitFacts
from app.records.store import Store
from app.records.users import WhoIsIt
from app.settings import Theme
from scales.catalogue import Catalogue
from tests.records.workbench import Bench, day

ANN, BEN, ANNEW = "a horse in the rain", "seven quiet boats", "nine loud boats then"
SETS = tuple(chain.from_iterable(combinations(Role, count) for count in (1, 2, 3)))


@pytest.fixture
def folder(tmp_path: Path, catalogue: Catalogue) -> Path:
    """A data folder with one user, Ann, nurse and keeper."""
    path, cheap = tmp_path / "data", Cost(passes=1, memory_kib=128, lanes=1)
    store, _ = create_folder(
        path, Founder("Ann", Role.NURSE), ANN, clock=SystemClock(), catalogue=catalogue, cost=cheap
    )
    store.close()
    return path


def _opened(folder: Path, secret: str, catalogue: Catalogue) -> Store:
    return open_folder(folder, secret, clock=SystemClock(), catalogue=catalogue)


@pytest.mark.parametrize("roles", SETS, ids="+".join)
def test_each_action_is_for_its_roles_alone(bench: Bench, roles: tuple[Role, ...]) -> None:
    """The store begins no step that none of a user's roles may do, and says who may."""
    users, journal = bench.store.users, bench.store.journal
    bench.store.act_as(users.add("Ben", *roles).id)
    entries = len(list(journal.entries()))
    for action in Action:
        assert users.may(action) is bool(action.roles & set(roles)), action
        if users.may(action):
            with journal.step(action):
                continue
        with pytest.raises(UserError, match="Only "), journal.step(action):
            pass  # pragma: no cover - refused
    assert len(list(journal.entries())) == entries


def test_the_first_user_keeps_the_records_too(bench: Bench) -> None:
    """Whoever begins can add the others."""
    assert bench.store.user.roles == {Role.NURSE, Role.KEEPER}
    assert bench.store.users.add("Ben", Role.PHYSICIAN).roles == {Role.PHYSICIAN}


def test_a_signature_names_the_role_of_the_bedside(bench: Bench) -> None:
    """A keeper who is a nurse signs as a nurse; what comes later changes no signature."""
    visit = bench.signed(bench.patient())
    bench.store.users.give_roles(bench.store.user.id, frozenset(Role))
    bench.store.users.rename(bench.store.user.id, "Ann Other")
    signed = bench.store.visits.get(visit.id).signature
    assert signed is not None
    assert (signed.name, signed.role) == ("Ann", Role.NURSE)
    assert bench.store.user.role is Role.PHYSICIAN


def test_a_physician_who_keeps_the_records_signs_as_a_physician(bench: Bench) -> None:
    """Of several roles the one that answers for the visit stands there, and stays."""
    store = bench.store
    cleo = store.users.add("Cleo", Role.PHYSICIAN, Role.KEEPER)
    store.act_as(cleo.id)
    signed = bench.signed(bench.patient())
    store.users.give_roles(cleo.id, {Role.NURSE, Role.KEEPER})
    later = bench.signed(bench.patient("P2"))
    told = [store.visits.get(one.id).signature for one in (signed, later)]
    assert [one.role for one in told if one] == [Role.PHYSICIAN, Role.NURSE]


def test_an_amendment_of_others_is_signed_by_whoever_may_amend_it(bench: Bench) -> None:
    """A nurse who finds a physician's amendment open cannot sign it; the physician can."""
    store = bench.store
    visit = bench.signed(bench.patient())
    cleo, ben = store.users.add("Cleo", Role.PHYSICIAN), store.users.add("Ben", Role.NURSE)
    store.act_as(cleo.id)
    draft = store.visits.amend(visit.id, "slip")
    store.act_as(ben.id)
    with pytest.raises(UserError, match="Only a physician"):
        store.visits.sign(draft.id, "scored by me")
    assert not store.users.may(store.visits.amending(draft.id))
    store.act_as(cleo.id)
    store.visits.sign(draft.id, "scored by me")


def test_a_keeper_always_remains(bench: Bench) -> None:
    """The last one can neither retire nor be something else; once there are two, one can go."""
    users, ann = bench.store.users, bench.store.user
    with pytest.raises(UserError, match="only keeper"):
        users.retire(ann.id)
    with pytest.raises(UserError, match="only keeper"):
        users.give_roles(ann.id, [Role.NURSE])
    ben = users.add("Ben", Role.KEEPER)
    users.retire(ben.id)
    with pytest.raises(UserError, match="only keeper"):
        users.retire(ann.id)
    users.add("Cem", Role.KEEPER)
    users.give_roles(ann.id, [Role.NURSE])
    assert users.get(ann.id).roles == {Role.NURSE}


@pytest.mark.parametrize("name", ["", "  ", "\t"])
def test_a_name_of_spaces_is_none(bench: Bench, name: str) -> None:
    """Neither for somebody new nor for somebody known."""
    with pytest.raises(UserError, match="give a name"):
        bench.store.users.add(name, Role.NURSE)
    with pytest.raises(UserError, match="give a name"):
        bench.store.users.rename(bench.store.user.id, name)


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN "])
def test_two_users_are_not_called_alike(bench: Bench, name: str) -> None:
    """A signature must say who it was; one's own name in other letters is one's own."""
    with pytest.raises(UserError, match="already"):
        bench.store.users.add(name, Role.NURSE)
    bench.store.users.rename(bench.store.user.id, name)
    assert bench.store.user.name == name.strip()


def test_a_user_has_a_role(bench: Bench) -> None:
    """Without one nothing could be done."""
    with pytest.raises(UserError, match="at least one role"):
        bench.store.users.add("Ben")
    with pytest.raises(UserError, match="at least one role"):
        bench.store.users.give_roles(bench.store.user.id, [])


def test_who_is_retired_does_nothing_more(bench: Bench) -> None:
    """Not act, not be changed, not write in a session that is still open."""
    users = bench.store.users
    ben = users.add("Ben", Role.NURSE)
    users.retire(ben.id)
    assert users.get(ben.id).state is UserState.RETIRED
    for deed in (
        partial(bench.store.act_as, ben.id),
        partial(users.rename, ben.id, "Benno"),
        partial(users.give_roles, ben.id, [Role.KEEPER]),
        partial(users.give_passphrase, ben.id, BEN),
    ):
        with pytest.raises(UserError, match="Ben does not work"):
            deed()
    bench.store.journal.user = ben.id
    with pytest.raises(UserError, match="Ben does not work"):
        bench.patient()


def test_a_nurse_amends_what_she_signed(bench: Bench) -> None:
    """What somebody else signed, or tables brought, a physician amends."""
    own = bench.signed(bench.patient())
    amended = bench.store.visits.amend(own.id, "slip")
    bench.store.visits.discard(amended.id)
    imported = bench.store.visits.add_imported(
        bench.patient("P2").id, VisitFacts("V2", day("2025-05-01")), []
    )
    cem = bench.store.users.add("Cem", Role.NURSE)
    with pytest.raises(UserError, match="Only a physician"):
        bench.store.visits.amend(imported, "slip")
    bench.store.act_as(cem.id)
    with pytest.raises(UserError, match="Only a physician"):
        bench.store.visits.amend(own.id, "slip")


def test_a_keeper_scores_nothing_without_another_role(bench: Bench) -> None:
    """Looking after a machine is no nursing."""
    patient = bench.patient()
    bench.store.act_as(bench.store.users.add("Ben", Role.KEEPER).id)
    with pytest.raises(UserError, match="Only a nurse or a physician"):
        bench.draft(patient)


def test_thresholds_are_the_physicians(bench: Bench) -> None:
    """A keeper sets the rest of what the unit prints; one's own look is everybody's."""
    before = bench.store.settings.load()
    bench.store.settings.save(replace(before, site="Ward 3", theme=Theme.DARK))
    for threshold in ({"weight_days": 30}, {"relapse_points": Decimal(3)}):
        with pytest.raises(UserError, match="Only a physician"):
            bench.store.settings.save(replace(before, **threshold))
    bench.store.act_as(bench.store.users.add("Ben", Role.PHYSICIAN).id)
    bench.store.settings.save(replace(bench.store.settings.load(), weight_days=30))
    bench.store.settings.save(replace(bench.store.settings.load(), relapse_points=Decimal(3)))
    with pytest.raises(UserError, match="Only a keeper"):
        bench.store.settings.save(replace(bench.store.settings.load(), site="Ward 4"))


def test_everybody_opens_with_a_passphrase_of_ones_own(folder: Path, catalogue: Catalogue) -> None:
    """And acts as oneself; a new passphrase ends the one before, of nobody else."""
    store = _opened(folder, ANN, catalogue)
    ben = store.users.invite("Ben", [Role.PHYSICIAN], BEN)
    store.close()
    store = _opened(folder, BEN, catalogue)
    assert store.user == ben
    store.close()
    store = _opened(folder, ANN, catalogue)
    store.users.give_passphrase(ben.id, ANNEW)
    store.close()
    with pytest.raises(WrongSecret):
        _opened(folder, BEN, catalogue)
    store = _opened(folder, ANNEW, catalogue)
    assert store.user == ben
    store.close()


def _sharing(folder: Path, catalogue: Catalogue) -> None:
    """Let Ben, a physician, have the passphrase of Ann; nothing is said about that."""
    store = _opened(folder, ANN, catalogue)
    store.users.invite("Ben", [Role.PHYSICIAN], ANN)
    store.users.invite("Cleo", [Role.NURSE], BEN)
    store.close()


def test_whose_passphrase_is_anothers_too_says_who_it_is(
    folder: Path, catalogue: Catalogue
) -> None:
    """Nobody acts until it is said; capitals do not matter, and it is no one else's passphrase."""
    _sharing(folder, catalogue)
    before = (folder / "records.db").read_bytes()
    with pytest.raises(WhoIsIt) as asked:
        _opened(folder, ANN, catalogue)
    assert asked.value.names == ("Ann", "Ben")
    for name in ("Cleo", "Nobody", "Ann Ben"):
        with pytest.raises(UserError, match=f"not the passphrase of “{name}”"):
            open_folder(folder, ANN, clock=SystemClock(), catalogue=catalogue, user=name)
    assert (folder / "records.db").read_bytes() == before
    for name in ("Ann", "ben"):
        store = open_folder(folder, ANN, clock=SystemClock(), catalogue=catalogue, user=name)
        assert store.user.name == name.title()
        store.close()


def test_a_name_that_the_passphrase_is_not_of_is_refused(
    folder: Path, catalogue: Catalogue
) -> None:
    """Where nobody shares it, too; the right name is as good as none."""
    _sharing(folder, catalogue)
    with pytest.raises(UserError, match="not the passphrase of “Ann”"):
        open_folder(folder, BEN, clock=SystemClock(), catalogue=catalogue, user="Ann")
    for name in ("", "Cleo"):
        store = open_folder(folder, BEN, clock=SystemClock(), catalogue=catalogue, user=name)
        assert store.user.name == "Cleo"
        store.close()


def test_whoever_shared_and_left_is_not_asked_for(folder: Path, catalogue: Catalogue) -> None:
    """The slot ended with the work, so the passphrase is one person's again."""
    _sharing(folder, catalogue)
    store = open_folder(folder, ANN, clock=SystemClock(), catalogue=catalogue, user="Ann")
    store.users.retire(next(one.id for one in store.users.all() if one.name == "Ben"))
    store.close()
    store = _opened(folder, ANN, catalogue)
    assert store.user.name == "Ann"
    store.close()


def test_a_recovery_code_takes_whoever_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    """Whoever works here; of others it is said that nobody is called so."""
    path, cheap = tmp_path / "data", Cost(passes=1, memory_kib=128, lanes=1)
    store, code = create_folder(
        path, Founder("Ann", Role.NURSE), ANN, clock=SystemClock(), catalogue=catalogue, cost=cheap
    )
    store.users.invite("Ben", [Role.PHYSICIAN], ANN)
    store.users.retire(store.users.invite("Cleo", [Role.NURSE], BEN).id)
    store.close()
    for name, acts in (("", "Ann"), ("Ben", "Ben")):
        store = open_folder(path, code, clock=SystemClock(), catalogue=catalogue, user=name)
        assert store.user.name == acts
        store.close()
    with pytest.raises(UserError, match="Nobody who works with these records is called “Cleo”"):
        open_folder(path, code, clock=SystemClock(), catalogue=catalogue, user="Cleo")


def test_who_is_retired_opens_nothing(folder: Path, catalogue: Catalogue) -> None:
    """The slot ends with the work."""
    store = _opened(folder, ANN, catalogue)
    store.users.retire(store.users.invite("Ben", [Role.NURSE], BEN).id)
    store.close()
    with pytest.raises(WrongSecret):
        _opened(folder, BEN, catalogue)


def test_a_weak_passphrase_invites_nobody(folder: Path, catalogue: Catalogue) -> None:
    """Neither the records nor the keys know of somebody who could not open them."""
    store = _opened(folder, ANN, catalogue)
    with pytest.raises(UserError):
        store.users.invite("Ben", [Role.NURSE], "x")
    assert [user.name for user in store.users.all()] == ["Ann"]
    store.close()


def test_a_code_of_somebody_who_left_lets_a_keeper_in(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    """The way back must not end with whoever made it."""
    path, cheap = tmp_path / "data", Cost(passes=1, memory_kib=128, lanes=1)
    store, code = create_folder(
        path, Founder("Ann", Role.NURSE), ANN, clock=SystemClock(), catalogue=catalogue, cost=cheap
    )
    ben = store.users.invite("Ben", [Role.KEEPER], BEN)
    ann = store.user
    store.close()
    store = _opened(path, BEN, catalogue)
    store.users.retire(ann.id)
    store.close()
    store = _opened(path, code, catalogue)
    assert store.user == ben
    store.close()


def test_twenty_changes_of_hands_sign_under_the_right_names(
    folder: Path, catalogue: Catalogue
) -> None:
    """A nurse and a physician share a machine for a day; each opens, signs and closes in turn."""
    store = _opened(folder, ANN, catalogue)
    store.users.invite("Ben", [Role.PHYSICIAN], BEN)
    patient = Bench(store, catalogue).patient()
    store.close()
    for number in range(20):
        store = _opened(folder, (ANN, BEN)[number % 2], catalogue)
        Bench(store, catalogue).signed(patient, f"2025-05-{number + 1:02}", f"V{number}")
        store.close()
    store = _opened(folder, ANN, catalogue)
    visits = store.record(patient.id).visits
    signed = {visit.facts.visit_id: visit.signature for visit in visits}
    told = [(one.name, one.role) for one in signed.values() if one is not None]
    assert len(told) == 20
    names = {name: one.name for name, one in signed.items() if one is not None}
    assert [names[f"V{number}"] for number in range(20)] == ["Ann", "Ben"] * 10
    assert set(told) == {("Ann", Role.NURSE), ("Ben", Role.PHYSICIAN)}
    store.close()
