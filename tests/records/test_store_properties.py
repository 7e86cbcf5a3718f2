"""Random sequences of what people do: undo, versions and the journal hold whatever happens."""

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.clock import FixedClock
from app.dates import PartialDate
from app.errors import UserError
from app.records.entries import Body, Cell
from app.records.file.database import open_database
from app.records.model import (
    ConfirmedQuestion,
    PatientFacts,
    Role,
    Visit,
    VisitContext,
    VisitState,
)
from app.records.rows import TABLES
from app.records.store import Store
from scales.catalogue import load_catalogue
from scales.model import Answer, Declined, Key, NotTestable, Scored
from tests.records.workbench import KEY, TODAY

CATALOGUE = load_catalogue()
SCALES = ("five_feature", "oms", "icars", "oms5")
KEYS = {
    "five_feature": CATALOGUE.find("five_feature").keys,
    "oms": CATALOGUE.find("oms").keys[:3],
    # The two keys that a rule of the scale binds.
    "icars": (Key("walking"), Key("gait_speed")),
}
ANSWERS: tuple[Answer | None, ...] = (
    None,
    *(Scored(Decimal(value)) for value in range(4)),
    NotTestable("asleep"),
    Declined(),
)

Rows = dict[tuple[str, bytes], dict[str, Cell]]
Seen = Mapping[str, tuple[Mapping[Key, Answer], Decimal | None]]


class Clinic(RuleBasedStateMachine):
    """One patient, many visits. ``taken_back`` is what undo must bring, last one on top."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        database = open_database(self.folder / "records.db", KEY, create=True)
        clock = FixedClock.on(TODAY)
        self.store = Store(database, catalogue=CATALOGUE, clock=clock, station="desk")
        self.store.users.add("Ann", Role.NURSE)
        self.patient = self.store.patients.add(PatientFacts("P1"))
        self.draft: Visit | None = None
        self.taken_back: list[Seen] = []
        self.closed: dict[str, Visit] = {}

    def teardown(self) -> None:
        """Compare the file with a replay of its journal, then let it go."""
        assert {one.kind: one.count for one in self.store.check() if one.count} == {}
        assert self._replayed() == self._stored()
        self.store.close()
        shutil.rmtree(self.folder)

    def _replayed(self) -> Rows:
        rows: Rows = {}
        for entry in self.store.journal.entries():
            body, shape = Body.decode(entry.body or b""), TABLES[entry.kind].shape
            name = (entry.kind, entry.row)
            before = rows.pop(name, None)
            if body.before is None:
                assert before is None
                rows[name] = {**shape.empty, **(body.after or {})}
                continue
            assert before is not None
            assert body.before.items() <= before.items()
            if body.after is not None:
                rows[name] = {**before, **body.after}
        return rows

    def _stored(self) -> Rows:
        found: Rows = {}
        for name, table in TABLES.items():
            cursor = self.store._database.execute(f"SELECT {table.listed} FROM {name}")
            for cells in cursor.fetchall():
                row = table.read(cells)
                found[name, table.row_bytes(row)] = {one: row[one] for one in table.shape.empty}
        return found

    def _seen(self) -> Seen:
        assert self.draft is not None
        sheets = self.store.visits.get(self.draft.id).sheets
        return {one.scale: (one.answers, one.total if one.is_typed else None) for one in sheets}

    def _remember(self, before: Seen) -> None:
        if self._seen() != before:
            self.taken_back.append(before)

    @precondition(lambda self: self.draft is None)
    @rule(day=st.integers(1, 28))
    def start(self, day: int) -> None:
        """Begin a visit."""
        when = PartialDate(2025, 5, day)
        self.draft = self.store.visits.start(self.patient.id, when, "")
        self.taken_back = []

    @precondition(lambda self: self.draft is not None)
    @rule(
        scale=st.sampled_from(list(KEYS)), place=st.integers(0, 9), answer=st.sampled_from(ANSWERS)
    )
    def tap(self, scale: str, place: int, answer: Answer | None) -> None:
        """Choose, change or open an answer."""
        assert self.draft is not None
        before = self._seen()
        one = KEYS[scale][place % len(KEYS[scale])]
        with suppress(UserError):
            self.store.visits.answer(self.draft.id, scale, one, answer)
            assert self._seen().get(scale, ({}, None))[0].get(one) == answer
        self._remember(before)

    @precondition(lambda self: self.draft is not None)
    @rule(scale=st.sampled_from(SCALES), total=st.sampled_from([None, Decimal(0), Decimal(7)]))
    def type_total(self, scale: str, total: Decimal | None) -> None:
        """Type or take away a total."""
        assert self.draft is not None
        before = self._seen()
        with suppress(UserError):
            self.store.visits.type_total(self.draft.id, scale, total)
        self._remember(before)

    @precondition(lambda self: self.draft is not None)
    @rule(scale=st.sampled_from(SCALES))
    def remove_sheet(self, scale: str) -> None:
        """Take a scale out."""
        assert self.draft is not None
        before = self._seen()
        self.store.visits.remove_sheet(self.draft.id, scale)
        assert scale not in self._seen()
        self._remember(before)

    @precondition(lambda self: self.draft is not None)
    @rule(scale=st.sampled_from(SCALES), text=st.text(max_size=5))
    def keep(self, scale: str, text: str) -> None:
        """Keep a question, and write a note: neither is part of undo."""
        assert self.draft is not None
        self.store.visits.confirm(self.draft.id, scale, ConfirmedQuestion("q", text))
        self.store.visits.set_context(self.draft.id, VisitContext(note=text))

    @precondition(lambda self: self.draft is not None)
    @rule()
    def undo(self) -> None:
        """Take the last tap back: the sheets are as they were before it."""
        assert self.draft is not None
        label = self.store.visits.undo_label(self.draft.id)
        assert (label is None) == (not self.taken_back)
        assert self.store.visits.undo(self.draft.id) == (label is not None)
        if label is not None:
            assert self._seen() == self.taken_back.pop()

    @precondition(lambda self: self.draft is not None)
    @rule()
    def sign(self) -> None:
        """Sign, unless nothing is scored."""
        assert self.draft is not None
        seen = self._seen()
        with suppress(UserError):
            signed = self.store.visits.sign(self.draft.id, "scored")
            told = {
                one.scale: (one.answers, one.total if one.is_typed else None)
                for one in signed.sheets
            }
            assert told == seen
            self.closed[signed.id] = signed
            self.draft = None
        assert (self.draft is None) == bool(seen)

    @precondition(lambda self: self.draft is not None)
    @rule()
    def discard(self) -> None:
        """Put the draft away."""
        assert self.draft is not None
        self.store.visits.discard(self.draft.id)
        self.draft = None

    @precondition(lambda self: self.draft is None and self.closed)
    @rule(place=st.integers(0, 9))
    def amend(self, place: int) -> None:
        """Open a new version of any signed visit; old versions refuse."""
        before = list(self.closed.values())[place % len(self.closed)]
        with suppress(UserError):
            self.draft = self.store.visits.amend(before.id, "slip")
            self.taken_back = []
            told = [(one.scale, one.answers, one.total) for one in self.draft.sheets]
            assert told == [(one.scale, one.answers, one.total) for one in before.sheets]

    @invariant()
    def closed_visits_stay(self) -> None:
        """Whatever happens, what was signed reads as it was signed."""
        for visit in list(self.closed.values())[-2:]:
            assert self.store.visits.get(visit.id) == visit

    @invariant()
    def the_record_holds_the_latest_versions(self) -> None:
        """One version of each signed visit counts, the highest."""
        latest: dict[str, Visit] = {}
        for visit in self.closed.values():
            known = latest.get(visit.facts.visit_id)
            if known is None or known.version < visit.version:
                latest[visit.facts.visit_id] = visit
        record = self.store.record(self.patient.id)
        assert {one.facts.visit_id: one for one in record.visits} == latest
        assert all(one.state is VisitState.SIGNED for one in record.visits)


Clinic.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestClinic = Clinic.TestCase
