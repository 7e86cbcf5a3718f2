"""The visit that is open: what the store has of it, and the cursor of the rater in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from msgspec.structs import replace

from app.records.model import Patient, Visit
from app.records.visits import amended_version
from app.screens.desk import Desk
from app.screens.rights import Rights, rights_at
from app.screens.visit.cursor import FIRST_SCALE, Cursor, Part, begin
from app.screens.visit.snapshot import Before, Snapshot, kept_of_old, last_sheet, raised
from scales.model import Answer, Definition, EarlierLevel, Key

NOWHERE = Cursor(Part.SHEET, FIRST_SCALE, Key(""))


class VisitSession:
    """Reads the visit again after each write; holds nothing that the store does not have."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visit: Visit | None = None
        self._patient: Patient | None = None
        self.cursor = NOWHERE
        self._left = ("", NOWHERE)
        self.put_off: frozenset[tuple[str, str]] = frozenset()
        self.is_writing = False
        self._before = Before()
        self._amended: Visit | None = None
        self._rights = Rights()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Know that what the store tells meanwhile comes from here."""
        self.is_writing = True
        try:
            yield
        finally:
            self.is_writing = False

    def open(self, visit_id: str, scale: str) -> None:
        """Open a visit at the first open key of a scale; UserError if it is gone.

        Without a scale it goes on where the visit that was open last was left, else where
        something begun is still open.
        """
        self.close()
        self._visit = self._desk.store.visits.get(visit_id)
        self._patient = self._desk.store.patients.get(self._visit.patient)
        self.read_before()
        begun = scale or self._begun()
        self.cursor = begin(self._desk.catalogue, begun, self.answers(begun))
        left_visit, left_at = self._left
        if left_visit == visit_id and not scale and self._is_unfinished(left_at):
            self.cursor = replace(left_at, reasons_for=None, is_sign_tried=False)

    def _is_unfinished(self, left: Cursor) -> bool:
        """Whether something is left to do there: the scale is open, or it is no scale."""
        keys = self._desk.catalogue.find(left.scale).keys
        is_open = len(self.answers(left.scale)) < len(keys)
        return is_open or left.part in (Part.CONTEXT, Part.SUMMARY)

    def _begun(self) -> str:
        for sheet in self.visit.sheets:
            keys = self._desk.catalogue.find(sheet.scale).keys
            if sheet.answers and len(sheet.answers) < len(keys):
                return sheet.scale
        return FIRST_SCALE

    def close(self) -> None:
        """Forget the visit and everything around it, but where in it the rater was."""
        if self._visit is not None:
            self._left = (self._visit.id, self.cursor)
        self._visit = None
        self._patient = None
        self.cursor = NOWHERE
        self.put_off = frozenset()
        self._before = Before()
        self._amended = None
        self._rights = Rights()

    def read_again(self) -> None:
        """Read the visit as it is stored now."""
        visits, patients = self._desk.store.visits, self._desk.store.patients
        self._visit = visits.get(self.visit.id)
        self._patient = patients.get(self._visit.patient)

    def read_before(self) -> None:
        """Read the last sheets before this visit, which a new day or another visit changes."""
        store, words = self._desk.store, self._desk.words
        found = {
            one.id: last_sheet(store.visits.previous(self.visit.id, one.id), one.id, words)
            for one in self._desk.catalogue.scoring
        }
        self._before = Before(
            last={scale: sheet for scale, sheet in found.items() if sheet is not None},
            earlier=self._earlier_levels(),
        )
        self._amended = amended_version(store.visits, self.visit)
        self._rights = rights_at(self._desk, self.visit.id)

    def _earlier_levels(self) -> Mapping[str, EarlierLevel]:
        """Return the last level, in any scale, of what each “never …” reason says never was."""
        store, catalogue, words = self._desk.store, self._desk.catalogue, self._desk.words
        places: dict[str, list[tuple[str, Key]]] = defaultdict(list)
        for definition in catalogue.scoring:
            for rule in definition.never:
                places[rule.reason].append((definition.id, rule.key))
        found = {}
        for reason, asked in places.items():
            last = store.visits.last_level(self.visit.id, asked)
            if last is not None:
                scale, level, day = last
                title = words(catalogue.find(scale).short_title)
                found[reason] = EarlierLevel(title, level, words.short_date(day))
        return found

    @property
    def is_open(self) -> bool:
        """Whether there is a visit."""
        return self._visit is not None

    @property
    def visit(self) -> Visit:
        """The visit as it was read last; asking without one is our own fault."""
        if self._visit is None:
            message = "no visit is open"
            raise RuntimeError(message)
        return self._visit

    @property
    def definition(self) -> Definition:
        """The scale that the cursor is in."""
        return self._desk.catalogue.find(self.cursor.scale)

    def answers(self, scale: str) -> Mapping[Key, Answer]:
        """Return the answers of a scale as stored."""
        sheet = self.visit.sheet(scale or FIRST_SCALE)
        return {} if sheet is None else sheet.answers

    def kept_of_old(self) -> frozenset[tuple[str, str]]:
        """Return the kept questions that nothing raises any more, by scale and id."""
        desk = self._desk
        return kept_of_old(self.visit, self._before, desk.catalogue, desk.words)

    def snapshot(self) -> Snapshot:
        """Return all that the views are made from."""
        desk, visit = self._desk, self.visit
        patient = self._patient or desk.store.patients.get(visit.patient)
        return Snapshot(
            visit=visit,
            patient=patient,
            catalogue=desk.catalogue,
            last=self._before.last,
            raised=raised(visit, self._before, desk.catalogue, desk.words),
            undo=desk.store.visits.undo_label(visit.id),
            put_off=self.put_off,
            words=desk.words,
            has_namesake=desk.store.namesakes.is_marked(patient.id),
            amended=self._amended,
            rights=self._rights,
        )
