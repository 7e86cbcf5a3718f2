"""Reads a form into facts that can be stored, or one sentence for each place that cannot stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.records.declaration import (
    DoseFacts,
    EventFacts,
    FindingFacts,
    MeasureFacts,
    TreatmentFacts,
)
from app.records.fields import Facts, build, day_problems_in, fields_of, problems_in
from app.records.lists import OTHER, code_list
from app.records.model import Treatment
from app.records.rules import check_span
from app.screens.treatments.form_values import (
    WEIGHED_ON,
    WEIGHT,
    Filled,
    FormKind,
    Spot,
    Submission,
    Typed,
    Weighing,
)
from app.screens.treatments.reading import Reader
from app.screens.treatments.step_reading import Table, read_steps

_TOLD: Mapping[FormKind, type[Facts]] = {
    FormKind.TREATMENT: TreatmentFacts,
    FormKind.CHANGE: TreatmentFacts,
    FormKind.EVENT: EventFacts,
    FormKind.FINDING: FindingFacts,
    FormKind.MEASURE: MeasureFacts,
    FormKind.GIVEN: DoseFacts,
}
"""What the fields of a form tell; the other forms hold a table or a day alone."""


class Case(Struct, frozen=True):
    """Whose form it is: the patient's birth, and the treatment that it is about."""

    birth: PartialDate | None
    treatment: Treatment | None = None


class Read(Struct, frozen=True):
    """A submission, or the sentences by their place; one of the two is empty.

    ``zeros`` are rows in which 0 stands as a dose: a slip, or a pause that was not chosen.
    """

    submission: Submission | None
    problems: Mapping[Spot, str]
    zeros: tuple[int, ...] = ()


def read_form(kind: FormKind, filled: Filled, case: Case, dates: DateReader) -> Read:
    """Read a form. Events and weighings lie within the patient's life so far."""
    reader = Reader(dates)
    fields = _Fields(case, reader)
    _read_fields(kind, filled.fields, fields)
    weighing = fields.weighing(filled.fields) if kind is FormKind.TREATMENT else None
    steps = read_steps(filled.steps, _table(kind, fields, case), reader)
    problems = {**fields.problems, **steps.problems}
    told = {spot: dates.words.error(problem) for spot, problem in problems.items()}
    if told or steps.zeros:
        return Read(None, told, steps.zeros)
    return Read(Submission(fields.values, steps.steps, filled.taken_away, weighing), {})


def _read_fields(kind: FormKind, typed: Typed, fields: "_Fields") -> None:
    if kind in _TOLD:
        fields.read_all(_TOLD[kind], typed)
    if kind is FormKind.STOP:
        fields.read_stop(typed)
    if kind is FormKind.EVENT:
        fields.check_event()


def _table(kind: FormKind, fields: "_Fields", case: Case) -> Table:
    """Return what the rows of a form stand in: the treatment as it is typed or stored."""
    stored = () if case.treatment is None else case.treatment.doses
    return Table(
        treatment=_treatment_facts(fields, case),
        birth=case.birth,
        stored=stored,
        standing=stored if kind is FormKind.STEPS else (),
    )


def _treatment_facts(fields: "_Fields", case: Case) -> TreatmentFacts:
    known = case.treatment.facts if case.treatment is not None else TreatmentFacts(agent="")
    told = {name: fields.values[name] for name in _SPAN if name in fields.values}
    return build(TreatmentFacts, {**{n: getattr(known, n) for n in _SPAN}, **told})


_SPAN = ("agent", "start", "stop")


@dataclass(slots=True)
class _Fields:
    """Reads field after field and keeps the first sentence of each that cannot be read."""

    case: Case
    reader: Reader
    values: dict[str, object] = field(default_factory=dict)
    problems: dict[Spot, UserError] = field(default_factory=dict)

    def refuse(self, name: str, problem: UserError) -> None:
        self.problems.setdefault(Spot(name), problem)

    def read_all(self, told: type[Facts], typed: Typed) -> None:
        """Read the fields of a kind of facts, and refuse what such facts cannot say."""
        for each in fields_of(told):
            if each.name in typed:
                try:
                    self.values[each.name] = self.reader.value(each, typed[each.name])
                except UserError as problem:
                    self.refuse(each.name, problem)
        self._check(told, self.values, {})

    def read_stop(self, typed: Typed) -> None:
        """Read the last day of a treatment, which is needed and not before its start, and why."""
        known = self.case.treatment
        self.values["stop_reason"] = typed.get("stop_reason", "")
        try:
            stop = self.reader.needed_day(typed["stop"])
            check_span(None if known is None else known.facts.start, stop)
        except UserError as problem:
            self.refuse("stop", problem)
        else:
            self.values["stop"] = stop

    def check_event(self) -> None:
        """Refuse an event that only a note can tell, without one."""
        kind = code_list("event_kinds").find(str(self.values.get("kind", "")))
        needs_note = kind is not None and (kind.needs_note or kind.id == OTHER)
        if kind is not None and needs_note and not str(self.values["note"]).strip():
            sentence = N_("“{value}” needs a note that says what it is.")
            self.refuse("note", UserError(sentence, value=kind.id))

    def weighing(self, typed: Typed) -> Weighing | None:
        """Read a weight and its day, where a weight is written."""
        if not typed.get(WEIGHT):
            return None
        told: dict[str, Any] = {"kind": "weight_kg"}
        try:
            told["value"] = self.reader.number(typed[WEIGHT])
        except UserError as problem:
            self.refuse(WEIGHT, problem)
        try:
            told["date"] = self.reader.full_day(typed[WEIGHED_ON])
        except UserError as problem:
            self.refuse(WEIGHED_ON, problem)
        self._check(MeasureFacts, told, _WEIGHING)
        if told.keys() < {"kind", "date", "value"}:
            return None
        return Weighing(told["value"], told["date"])

    def _check(
        self, told: type[Facts], values: Mapping[str, Any], names: Mapping[str, str]
    ) -> None:
        """Refuse what facts of a kind cannot say; ``names`` are those of other fields."""
        case = self.case
        problems = (
            *problems_in(told, values),
            *day_problems_in(told, values, case.birth, self.reader.dates.today()),
        )
        for name, problem in problems:
            self.refuse(names.get(name, name), problem)


_WEIGHING = {"date": WEIGHED_ON, "value": WEIGHT, "kind": WEIGHT}
