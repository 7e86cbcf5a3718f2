"""What a look found on a day: antibodies, spinal fluid, tumours, pictures, development."""

from app.errors import UserError
from app.records.actions import Action
from app.records.fields import texts_of
from app.records.journal import Subject
from app.records.life import check_in_life
from app.records.loading import finding_of
from app.records.model import ClinicalFinding, FindingFacts
from app.records.session import Session, new_id
from app.records.undo import CHANGED_SINCE, undo


class Findings:
    """Writes findings; what was saved last can be taken back by the number of its step."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, patient: str, facts: FindingFacts) -> tuple[ClinicalFinding, int]:
        """Store a finding, with its step beside it; UserError for what cannot be, or is there."""
        finding = ClinicalFinding(new_id(), patient, facts)
        return finding, self._store(Action.ADD_FINDING, finding)

    def change(self, finding: str, facts: FindingFacts) -> int:
        """Correct a finding in one step, whose number it is; UserError as for a new one."""
        patient = self.get(finding).patient
        return self._store(Action.CHANGE_FINDING, ClinicalFinding(finding, patient, facts))

    def get(self, finding: str) -> ClinicalFinding:
        """Return a finding; UserError if there is none."""
        return finding_of(self._session.row("findings", finding))

    def remove(self, finding: str, reason: str = "") -> None:
        """Take a finding out; the journal keeps it."""
        subject = Subject(self.get(finding).patient)
        with self._session.journal.step(Action.REMOVE_FINDING, reason=reason):
            self._session.journal.delete("findings", {"id": finding}, subject)

    def take_back(self, finding: str, step: int) -> None:
        """Undo what was done in a step; UserError where something was changed there since.

        That is also a change elsewhere that leaves no room for what stood before.
        """
        patient = self.get(finding).patient
        with self._session.journal.atomic():
            undo(self._session.journal, step, Subject(patient))
            row = self._session.journal.read("findings", {"id": finding})
            try:
                if row is not None:
                    self._check(finding_of(row))
            except UserError as problem:
                raise UserError(CHANGED_SINCE) from problem

    def _store(self, action: Action, finding: ClinicalFinding) -> int:
        self._check(finding)
        with self._session.journal.step(action) as done:
            subject = Subject(finding.patient)
            self._session.journal.write("findings", _cells_of(finding), subject)
        return done.number

    def _check(self, finding: ClinicalFinding) -> None:
        check_in_life(self._session, finding.patient, finding.facts)
        self._session.check_new("findings", "patient", _cells_of(finding))


def _cells_of(finding: ClinicalFinding) -> dict[str, str]:
    return {"id": finding.id, "patient": finding.patient, **texts_of(finding.facts)}
