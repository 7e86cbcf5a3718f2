"""Who comes into a visit: of a draft, whoever may score."""

from app.records.actions import Action
from app.records.model import VisitState
from app.screens.desk import Desk
from app.screens.places import ChartPlace


def is_turned_away(desk: Desk, visit: str) -> bool:
    """Go to the course in place of a draft that whoever looks may not score on, and say why."""
    found = desk.store.visits.get(visit)
    if found.state is not VisitState.DRAFT or desk.may(Action.ANSWER):
        return False
    desk.navigation.replace(ChartPlace(found.patient))
    desk.news.note(desk.words(Action.ANSWER.refusal))
    return True
