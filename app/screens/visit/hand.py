"""The visit in hand: what the store has of it, and where the rater stands in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.records.model import Patient, Visit, VisitState
from app.screens.desk import Desk
from app.screens.visit.last import LastSheet, last_sheet
from app.screens.visit.raised import raised
from app.screens.visit.stand import FIRST_SCALE, Part, Stand, begin
from app.screens.visit.view import Scene
from scales.model import Answer, Definition, Key

NOWHERE = Stand(Part.SHEET, FIRST_SCALE, Key(""))


class InHand:
    """Reads the visit again after each write; holds nothing that the store does not have."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.visit: Visit | None = None
        self.patient: Patient | None = None
        self.stand = NOWHERE
        self.put_off: frozenset[tuple[str, str]] = frozenset()
        self.is_writing = False
        self._last: Mapping[str, LastSheet] = {}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Know that what the store tells meanwhile comes from here."""
        self.is_writing = True
        try:
            yield
        finally:
            self.is_writing = False

    def take(self, visit_id: str, scale: str) -> None:
        """Take a visit in hand at the first open key of a scale; UserError if it is gone.

        Without a scale it goes on where something begun is still open.
        """
        self.drop()
        self.visit = self._desk.store.visits.get(visit_id)
        self.patient = self._desk.store.patients.get(self.visit.patient)
        self.read_before()
        begun = scale or self._begun()
        self.stand = begin(self._desk.catalogue, begun, self.answers(begun))
        if self.visit.state is not VisitState.DRAFT:
            self.stand = Stand(Part.SUMMARY, self.stand.scale, self.stand.key)

    def _begun(self) -> str:
        for sheet in self.held.sheets:
            keys = self._desk.catalogue.find(sheet.scale).keys
            if sheet.answers and len(sheet.answers) < len(keys):
                return sheet.scale
        return FIRST_SCALE

    def drop(self) -> None:
        """Forget the visit and everything around it."""
        self.visit = None
        self.patient = None
        self.stand = NOWHERE
        self.put_off = frozenset()
        self._last = {}

    def read_again(self) -> None:
        """Read the visit as it is stored now."""
        visits, patients = self._desk.store.visits, self._desk.store.patients
        self.visit = visits.get(self.held.id)
        self.patient = patients.get(self.visit.patient)

    def read_before(self) -> None:
        """Read the last sheets before this visit, which a new day or another visit changes."""
        store, words = self._desk.store, self._desk.words
        found = {
            one.id: last_sheet(store.visits.previous(self.held.id, one.id), one.id, words)
            for one in self._desk.catalogue.scoring
        }
        self._last = {scale: sheet for scale, sheet in found.items() if sheet is not None}

    @property
    def held(self) -> Visit:
        """The visit in hand; asking without one is our own fault."""
        if self.visit is None:
            message = "no visit is in hand"
            raise RuntimeError(message)
        return self.visit

    @property
    def definition(self) -> Definition:
        """The scale that the rater stands in."""
        return self._desk.catalogue.find(self.stand.scale)

    def answers(self, scale: str) -> Mapping[Key, Answer]:
        """Return the answers of a scale as stored."""
        sheet = self.held.sheet(scale or FIRST_SCALE)
        return {} if sheet is None else sheet.answers

    def scene(self) -> Scene:
        """Return all that the views are made from."""
        desk, visit = self._desk, self.held
        patient = self.patient or desk.store.patients.get(visit.patient)
        is_draft = visit.state is VisitState.DRAFT
        return Scene(
            visit=visit,
            patient=patient,
            catalogue=desk.catalogue,
            last=self._last,
            raised=raised(visit, desk.catalogue, self._last, desk.words),
            undo=desk.store.visits.undo_label(visit.id) if is_draft else None,
            put_off=self.put_off,
            words=desk.words,
        )
