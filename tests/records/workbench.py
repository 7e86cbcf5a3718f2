"""What the tests of the record keep doing: days, levels, keys, and a store at work."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.dates import PartialDate, parse_date
from app.records.model import Changes, DoseFacts, DoseStep, Patient, PatientFacts, Visit
from app.records.store import Store
from scales.catalogue import Catalogue
from scales.model import Key, Scored, Side

KEY = bytes(range(32))
TODAY = date(2025, 6, 1)


def day(text: str) -> PartialDate:
    """Read a date that is known."""
    found = parse_date(text)
    assert found is not None
    return found


def level(value: int | str) -> Scored:
    """Return a chosen level."""
    return Scored(Decimal(value))


def key(text: str) -> Key:
    """Return the key that ``item`` or ``item.side`` names."""
    item, _, side = text.partition(".")
    return Key(item, Side(side) if side else None)


@dataclass(frozen=True)
class Bench:
    """A store, and what tests keep doing with it."""

    store: Store
    catalogue: Catalogue

    def patient(self, patient_id: str = "P1", birth: str = "2020-05-17") -> Patient:
        """Add a patient."""
        facts = PatientFacts(patient_id, "Ada", "Berg", birth_date=day(birth))
        return self.store.patients.add(facts)

    def draft(self, patient: Patient, when: str = "2025-06-01", visit_id: str = "") -> Visit:
        """Begin a visit."""
        return self.store.visits.start(patient.id, day(when), "", visit_id)

    def fill(self, visit: Visit, scale: str = "five_feature", value: int = 1) -> None:
        """Score every key of a scale."""
        for one in self.catalogue.find(scale).keys:
            self.store.visits.answer(visit.id, scale, one, level(value))

    def signed(
        self, patient: Patient, when: str = "2025-06-01", visit_id: str = "", value: int = 1
    ) -> Visit:
        """Sign a visit with a full five-feature sheet."""
        visit = self.draft(patient, when, visit_id)
        self.fill(visit, value=value)
        return self.store.visits.sign(visit.id, "scored by me")

    def change_dose(self, treatment: str, step: str, facts: DoseFacts) -> None:
        """Correct one dose step of a treatment."""
        stands = self.store.treatments.get(treatment).facts
        self.store.treatments.write_whole(treatment, stands, (DoseStep(step, facts),))

    def remove_dose(self, treatment: str, step: str, reason: str = "") -> None:
        """Take one dose step out of a treatment."""
        stands = self.store.treatments.get(treatment).facts
        self.store.treatments.write_whole(treatment, stands, (), (step,), reason)

    def raw(self, sql: str, *values: object) -> None:
        """Change the file behind the back of the store."""
        self.store._database.execute(sql, list(values))

    def told(self) -> list[Changes]:
        """Return a list that grows with what the store tells from now on."""
        heard: list[Changes] = []
        self.store.listen(heard.append)
        return heard

    def count(self, table: str) -> int:
        """Count the rows of a table of the file."""
        return int(self.store._database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def found(self) -> dict[str, int]:
        """Return what the check counts, without what is fine."""
        return {one.kind: one.count for one in self.store.check() if one.count}
