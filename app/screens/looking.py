"""Whose records are in view: noted once for each time that a patient comes into view."""

from app.records.actions import Action
from app.screens.desk import Desk
from app.screens.places import (
    ComparisonPlace,
    HistoryPlace,
    Place,
    SignedVisitPlace,
    VisitPlace,
)

_OF_A_VISIT = VisitPlace | SignedVisitPlace | ComparisonPlace


class Looking:
    """Follows whose places are shown; between two places of one patient nothing is noted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._patient = ""

    def at(self, place: Place) -> None:
        """Note that a patient was opened, if it is another one than before."""
        patient = self._patient_of(place)
        if patient and patient != self._patient:
            self._desk.note_seen(Action.OPEN_PATIENT, patient)
        self._patient = patient

    def history_at(self, place: Place) -> Place:
        """Return the history of what a place shows: a visit, a patient, or the whole site."""
        if isinstance(place, HistoryPlace):
            return place
        visit = place.visit if isinstance(place, _OF_A_VISIT) else ""
        return HistoryPlace(self._patient_of(place), visit)

    def _patient_of(self, place: Place) -> str:
        if isinstance(place, _OF_A_VISIT):
            return self._desk.store.visits.get(place.visit).patient
        return getattr(place, "patient", None) or ""
