"""What whoever looks may do with a visit as a whole."""

from msgspec import Struct

from app.errors import N_
from app.records.actions import Action
from app.screens.desk import Desk


class Rights(Struct, frozen=True):
    """What may be done with a visit; ``told`` says who does the rest."""

    can_sign: bool = True
    can_amend: bool = True
    can_mark: bool = True
    told: str = ""


def rights_at(desk: Desk, visit: str) -> Rights:
    """Return what whoever acts now may do with a visit, by its internal id."""
    can_amend = desk.may(desk.store.visits.amending(visit))
    told = ""
    if not desk.may(Action.AMEND_VISIT):
        told = desk.words(N_("A nurse or a physician scores, amends and marks visits."))
    elif not can_amend:
        told = desk.words(N_("A physician amends what somebody else signed."))
    can_sign = desk.may(Action.SIGN_VISIT) and can_amend
    return Rights(can_sign, can_amend, desk.may(Action.MARK_VISIT), told)
