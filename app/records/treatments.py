"""Treatments with their dose steps, as prescribed."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import UserError
from app.records.actions import Action
from app.records.doses import cut_at, problems_outside, steps_beyond
from app.records.fields import texts_of
from app.records.giving import NOTHING_DUE, Giving, as_given, due_dose, told_of
from app.records.identifiers import check_free, named_as
from app.records.journal import Subject
from app.records.life import check_in_life
from app.records.loading import dose_of, in_order, treatment_of
from app.records.model import DoseFacts, DoseStep, Treatment, TreatmentFacts
from app.records.rows import blob
from app.records.rules import RECORDED
from app.records.session import GONE, Session, new_id, new_name
from app.records.undo import CHANGED_SINCE, undo


class Treatments:
    """Writes treatments and dose steps; ids are internal unless a name says otherwise."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, patient: str, facts: TreatmentFacts) -> Treatment:
        """Store a treatment; an empty id means: make one. UserError if it cannot be."""
        named = replace(facts, treatment_id=facts.treatment_id or new_name())
        check_in_life(self._session, patient, named)
        check_free(self._session, "treatments", named.treatment_id)
        treatment = Treatment(new_id(), patient, named)
        with self._session.journal.step(Action.ADD_TREATMENT):
            self._write(treatment)
        return treatment

    def add_whole(
        self, patient: str, facts: TreatmentFacts, doses: Sequence[DoseFacts]
    ) -> tuple[Treatment, int]:
        """Store a treatment with its doses in one step, whose number stands beside it."""
        with self._session.journal.step(Action.ADD_TREATMENT) as done:
            treatment = self.add(patient, facts)
            for dose in doses:
                self.add_dose(treatment.id, dose)
        return self.get(treatment.id), done.number

    def write_whole(
        self,
        treatment: str,
        facts: TreatmentFacts,
        steps: Sequence[DoseStep],
        taken_out: Sequence[str] = (),
        reason: str = "",
    ) -> int:
        """Correct a treatment and its dose steps in one step, whose number it is.

        A step without an id is new, those ``taken_out`` go for a reason, others that are not named
        stay; what reaches beyond the stop is cut there. UserError as for each of these alone.
        """
        before = self.get(treatment)
        known = {step.id: step.facts for step in before.doses}
        whole = self._whole(before, self._corrected(treatment, facts).facts, steps, taken_out)
        journal, subject = self._session.journal, Subject(whole.patient)
        with journal.step(Action.CHANGE_TREATMENT, reason=reason) as done:
            self._write(whole)
            for step in sorted(known.keys() - {step.id for step in whole.doses}):
                journal.delete("doses", {"id": step}, subject)
            for each in whole.doses:
                if each.facts != known.get(each.id):
                    check_in_life(self._session, whole.patient, each.facts)
                    told = {"id": each.id or new_id(), "treatment": treatment}
                    journal.write("doses", {**told, **texts_of(each.facts)}, subject)
        return done.number

    def give(self, treatment: str, day: date, told: Giving) -> int:
        """Record the dose that is due on a day as given on it, in one step, whose number it is.

        UserError where none is due any more, and as for a step that is typed.
        """
        before = self.get(treatment)
        due = due_dose(before, day)
        if due is None:
            raise UserError(NOTHING_DUE)
        facts, step = as_given(before, due, day, told)
        with self._session.journal.step(Action.GIVE_DOSE) as done:
            self.write_whole(treatment, facts, [step])
        return done.number

    def tell_given(self, treatment: str, dose: str, told: Giving) -> int:
        """Tell brand, batch and reaction of a dose in one step, whose number it is."""
        before = self.get(treatment)
        found = next((step for step in before.doses if step.id == dose), None)
        if found is None:
            raise UserError(GONE)
        with self._session.journal.step(Action.GIVE_DOSE) as done:
            self.write_whole(treatment, before.facts, [told_of(found, told)])
        return done.number

    def _whole(
        self,
        before: Treatment,
        facts: TreatmentFacts,
        steps: Sequence[DoseStep],
        taken_out: Sequence[str],
    ) -> Treatment:
        """Return a treatment as it would be stored; UserError where it cannot be."""
        told = {step.id: step for step in steps if step.id}
        if told.keys() - {step.id for step in before.doses}:
            raise UserError(GONE)
        stood = [told.get(step.id, step) for step in before.doses if step.id not in taken_out]
        doses = (*stood, *(step for step in steps if not step.id))
        _check_no_double(doses)
        if facts.stop is not None and facts.stop != before.facts.stop:
            doses = _cut(replace(before, facts=facts, doses=doses), facts.stop)
        is_moved = (facts.start, facts.stop) != (before.facts.start, before.facts.stop)
        for step in doses:
            if is_moved or step not in before.doses:
                _check_inside(facts, step.facts)
        return replace(before, facts=facts, doses=doses)

    def take_back(self, treatment: str, step: int) -> None:
        """Undo what was done in a step; UserError where something was changed there since.

        That is also a change elsewhere that leaves no room for what stood before: a dose step
        that was added or typed again, another birth date.
        """
        patient = self._session.row("treatments", treatment)["patient"]
        with self._session.journal.atomic():
            undo(self._session.journal, step, Subject(patient))
            try:
                self._check_stored(treatment, patient)
            except UserError as problem:
                raise UserError(CHANGED_SINCE) from problem

    def remove(self, treatment: str, reason: str = "") -> None:
        """Take a treatment out with its dose steps; the journal keeps them."""
        found = self.get(treatment)
        journal, subject = self._session.journal, Subject(found.patient)
        with journal.step(Action.REMOVE_TREATMENT, reason=reason):
            for step in found.doses:
                journal.delete("doses", {"id": step.id}, subject)
            journal.delete("treatments", {"id": treatment}, subject)

    def add_dose(self, treatment: str, facts: DoseFacts) -> DoseStep:
        """Store a dose step; UserError for what cannot be, or is recorded already."""
        parent = treatment_of(self._session.row("treatments", treatment), ())
        check_in_life(self._session, parent.patient, facts)
        _check_inside(parent.facts, facts)
        cells = {"id": new_id(), "treatment": treatment, **texts_of(facts)}
        self._session.check_new("doses", "treatment", cells)
        with self._session.journal.step(Action.ADD_DOSE):
            self._session.journal.add("doses", cells, Subject(parent.patient))
        return DoseStep(cells["id"], facts)

    def get(self, treatment: str) -> Treatment:
        """Return a treatment with its dose steps; UserError if there is none."""
        row = self._session.row("treatments", treatment)
        doses = self._session.rows("doses", "treatment = ?", [blob(treatment)])
        return treatment_of(row, in_order(map(dose_of, doses)))

    def find(self, treatment_id: str) -> Treatment | None:
        """Return the treatment with this identifier, or nothing."""
        found = named_as(self._session, "treatments", treatment_id)
        return self.get(str(found[0]["id"])) if found else None

    def _check_stored(self, treatment: str, patient: str) -> None:
        """Refuse a treatment that could not be stored as it stands; one that is gone has no doses.

        UserError as for a new one.
        """
        doses = self._session.rows("doses", "treatment = ?", [blob(treatment)])
        if not doses and self._session.journal.read("treatments", {"id": treatment}) is None:
            return
        whole = self.get(treatment)
        check_in_life(self._session, patient, whole.facts)
        for step in whole.doses:
            check_in_life(self._session, patient, step.facts)
            _check_inside(whole.facts, step.facts)
        _check_no_double(whole.doses)

    def _corrected(self, treatment: str, facts: TreatmentFacts) -> Treatment:
        before = self.get(treatment)
        corrected = replace(facts, treatment_id=before.facts.treatment_id)
        check_in_life(self._session, before.patient, corrected)
        return replace(before, facts=corrected)

    def _write(self, treatment: Treatment) -> None:
        cells = {"id": treatment.id, **texts_of(treatment.facts)}
        self._session.journal.write("treatments", cells, Subject(treatment.patient))


def _check_inside(treatment: TreatmentFacts, dose: DoseFacts) -> None:
    for _, problem in problems_outside(treatment, dose):
        raise problem


def _check_no_double(doses: Sequence[DoseStep]) -> None:
    if len({step.facts for step in doses}) < len(doses):
        raise UserError(RECORDED)


def _cut(treatment: Treatment, stop: PartialDate) -> tuple[DoseStep, ...]:
    """Return what a stop leaves of the dose steps of a treatment; of two made equal one stays."""
    beyond = steps_beyond(treatment, stop)
    left: dict[DoseFacts, DoseStep] = {}
    for step in treatment.doses:
        cut = cut_at(step, stop) if step in beyond else step
        if cut is not None:
            left.setdefault(cut.facts, cut)
    return tuple(left.values())
