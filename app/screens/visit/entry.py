"""Who comes into a visit: of an unfinished one, whoever may score. A signed one is read."""

from app.records.actions import Action
from app.records.model import VisitState
from app.screens.desk import Desk
from app.screens.places import ChartPlace, SignedVisitPlace


def is_turned_away(desk: Desk, visit: str) -> bool:
    """Go to where a signed visit is read.

    A draft that whoever looks may not score on leads to the course instead, and it is said why.
    """
    found = desk.store.visits.get(visit)
    if found.state is not VisitState.DRAFT:
        desk.navigation.replace(SignedVisitPlace(visit))
        return True
    if desk.may(Action.ANSWER):
        return False
    desk.navigation.replace(ChartPlace(found.patient))
    desk.news.note(desk.words(Action.ANSWER.refusal))
    return True
