"""What people do to a store at random, and what the list must then show, told a second time."""

import random
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

from app.dates import PartialDate
from app.errors import UserError
from app.records.lines import LINE_LENGTH, Search
from app.records.model import (
    ImportedSheet,
    LastTotal,
    Patient,
    PatientFacts,
    VisitFacts,
)
from app.records.store import Store
from tests.builders import replace
from tests.records.workbench import Bench, day, level

Line = tuple[str, PartialDate | None, tuple[LastTotal, ...], str | None]
_PLAIN = str.maketrans("öëł", "oel")
BOTH = Search(with_errors=True)
SCALES = ("five_feature", "oms")


def shown(store: Store) -> list[Line]:
    """Return what the list shows, marked patients too."""
    return [
        (
            line.patient.facts.patient_id,
            line.last_visit,
            line.totals,
            None if line.draft is None else line.draft.visit,
        )
        for line in store.lines.read(0, 1000, BOTH)
    ]


def expected(store: Store) -> list[Line]:
    """Return what the list must show, told from each whole record and sorted by hand."""
    told = [(*_place(store, who), _line(store, who)) for who in _all(store)]
    return [line for *_, line in sorted(told, key=lambda one: one[:-1])]


def _all(store: Store) -> tuple[Patient, ...]:
    return (*store.patients.all(), *store.patients.marked())


def _line(store: Store, who: Patient) -> Line:
    record = store.record(who.id)
    visits, draft = record.visits, record.draft
    totals = []
    for scale in ("five_feature", "oms", "sara"):
        sheets = [(one.facts.date, one.sheet(scale)) for one in visits]
        found = tuple((when, sheet.total) for when, sheet in sheets if sheet is not None)
        if found:
            totals.append(LastTotal(scale, found[-LINE_LENGTH:]))
    last = visits[-1].facts.date if visits else None
    return who.facts.patient_id, last, tuple(totals), None if draft is None else draft.id


def _place(store: Store, who: Patient) -> tuple[bool, int, str, str]:
    _, last, _, _ = _line(store, who)
    days = 0 if last is None else -last.first.toordinal()
    name = who.facts.name.lower().translate(_PLAIN)
    return who.error_reason is not None, days, name, who.id


class History:
    """Does at random what people do, and what the list must make of it."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.go_on_with(bench)
        self.random = random.Random(seed)  # noqa: S311 - a story, no secret
        self.count = 0

    def go_on_with(self, bench: Bench) -> None:
        """Go on in another store of the same records."""
        self.bench = bench
        self.store = bench.store

    def act(self) -> None:
        """Do one thing that can be done; what cannot be is refused, and changes nothing."""
        deeds: list[Callable[[Patient], object]] = [
            self.add, self.begin, self.tap, self.tap, self.sign, self.sign, self.amend,
            self.discard, self.mark, self.mark, self.unmark, self.rename, self.mark_patient,
            self.unmark_patient, self.bring, self.fail,
        ]  # fmt: skip
        before = self.bench.count("journal")
        while self.bench.count("journal") == before:
            who = self.random.choice(_all(self.store) or (self.add(),))
            with suppress(UserError, IndexError):
                self.random.choice(deeds)(who)

    def add(self, _who: Patient | None = None) -> Patient:
        """Add a patient; some share a name."""
        self.count += 1
        name = self.random.choice(("Ada", "Björn", "cem"))
        facts = PatientFacts(f"P{self.count}", name, "Öz", birth_date=day("2020-05-17"))
        return self.store.patients.add(facts)

    def begin(self, who: Patient) -> None:
        """Begin a visit on some day of spring."""
        self.store.visits.start(who.id, self.day(), "")

    def day(self) -> PartialDate:
        """Return a day, or a month."""
        number = self.random.randrange(1, 29)
        return day(self.random.choice((f"2025-04-{number:02d}", "2025-04", "2025-03-31")))

    def tap(self, who: Patient) -> None:
        """Score an item of the draft."""
        draft = self.store.record(who.id).draft
        scale = self.random.choice(SCALES)
        one = self.random.choice(self.bench.catalogue.find(scale).keys)
        if draft is not None:
            self.store.visits.answer(draft.id, scale, one, level(self.random.randrange(3)))

    def sign(self, who: Patient) -> None:
        """Fill a sheet of the draft and sign it."""
        draft = self.store.record(who.id).draft or self.bench.draft(who, str(self.day()))
        self.bench.fill(draft, self.random.choice(SCALES), self.random.randrange(3))
        self.store.visits.sign(draft.id, "scored")

    def amend(self, who: Patient) -> None:
        """Open a new version of a visit, whatever was begun."""
        if self.store.record(who.id).visits:
            self.discard(who)
        self.store.visits.amend(self.random.choice(self.store.record(who.id).visits).id, "slip")

    def discard(self, who: Patient) -> None:
        """Put the draft away."""
        draft = self.store.record(who.id).draft
        if draft is not None:
            self.store.visits.discard(draft.id)

    def mark(self, who: Patient) -> None:
        """Mark a visit entered in error."""
        self.store.visits.mark_error(
            self.random.choice(self.store.record(who.id).visits).id, "other child"
        )

    def unmark(self, who: Patient) -> None:
        """Take the mark of a visit back."""
        self.store.visits.unmark_error(self.random.choice(self.store.visits.in_error(who.id)).id)

    def rename(self, who: Patient) -> None:
        """Correct a name."""
        name = self.random.choice(("Zoë", "ada", "Łukasz"))
        self.store.patients.change(who.id, replace(who.facts, given_name=name))

    def mark_patient(self, who: Patient) -> None:
        """Mark a patient entered in error; one at a time."""
        if not self.store.patients.marked():
            self.store.patients.mark_error(who.id, "double")

    def unmark_patient(self, who: Patient) -> None:
        """Take the mark of a patient back."""
        if who.error_reason is not None:
            self.store.patients.unmark_error(who.id)

    def bring(self, who: Patient) -> None:
        """Import a visit with a total from paper, or without anything."""
        sheet = ImportedSheet("sara", "", {}, Decimal(self.random.randrange(20)))
        sheets = self.random.choice(((sheet,), ()))
        self.count += 1
        facts = VisitFacts(f"V{self.count}", self.day())
        self.store.visits.add_imported(who.id, facts, sheets)

    def fail(self, who: Patient) -> None:
        """Do something that is taken back."""
        with suppress(ZeroDivisionError), self.store.atomic():
            self.sign(who)
            raise ZeroDivisionError
