"""Reads a form into facts that can be stored, or one sentence for each field that cannot stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from msgspec import Struct

from app.date_reader import DateReader
from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.fields import (
    Date,
    Facts,
    Field,
    Number,
    check_measure,
    dates_of,
    day_problems_in,
    fields_of,
    problems_in,
)
from app.records.lists import OTHER
from app.records.model import MeasureFacts
from app.screens.treatments.form_values import (
    FACTS,
    WEIGHED_ON,
    WEIGHT,
    FormKind,
    Submission,
    Typed,
    Weighing,
)

_REFUSALS = {
    "agent": N_("Please choose a treatment from the list."),
    "dose": N_("Please write the dose as a number above 0 with a point, for example 0.4."),
    "unit": N_("Please choose a unit."),
    "kind": N_("Please choose what happened."),
    "weight": N_("Please write the weight as a number above 0 with a point, for example 12.5."),
}


class Life(Struct, frozen=True):
    """A patient's life so far: from the birth date, where it is known, until today."""

    birth: PartialDate | None
    today: date


class Read(Struct, frozen=True):
    """A submission, or the sentences by the name of the field; one of the two is empty."""

    submission: Submission | None
    problems: Mapping[str, str]


def read_form(kind: FormKind, typed: Typed, life: Life, words: Words) -> Read:
    """Read a form; its dates are held to the rule of all dates."""
    fields = _Fields(life.birth, DateReader(words, lambda: life.today))
    submission = _submission(kind, typed, fields)
    told = {name: words.error(problem) for name, problem in fields.problems.items()}
    return Read(None if told else submission, told)


def read_amount(name: str, text: str, words: Words) -> Decimal:
    """Read the number in a field; UserError for none, for what could be two, and for 0."""
    number = words.read_number(text) if text.strip() else Decimal(0)
    if number == 0:
        raise UserError(_REFUSALS[name])
    return number


def _submission(kind: FormKind, typed: Typed, fields: "_Fields") -> Submission:
    told = FACTS[kind]
    for each in fields_of(told):
        if each.name in typed:
            fields.read(each, typed[each.name])
    fields.check(told)
    if kind is FormKind.EVENT:
        _check_event(fields)
    return Submission(fields.values, _weighing(typed, fields))


def _check_event(fields: "_Fields") -> None:
    if fields.values.get("kind") == OTHER and not str(fields.values["note"]).strip():
        fields.refuse(
            "note", UserError(N_("“{value}” needs a note that says what it is."), value=OTHER)
        )


def _weighing(typed: Typed, fields: "_Fields") -> Weighing | None:
    if not typed.get(WEIGHT):
        return None
    weight = fields.weight(typed[WEIGHT])
    when = fields.day_of_weighing(typed[WEIGHED_ON])
    return None if weight is None or when is None else Weighing(weight, when)


@dataclass(slots=True)
class _Fields:
    """Reads field after field and keeps the first sentence of each that cannot be read."""

    birth: PartialDate | None
    dates: DateReader
    values: dict[str, object] = field(default_factory=dict)
    problems: dict[str, UserError] = field(default_factory=dict)

    def refuse(self, name: str, problem: UserError) -> None:
        self.problems.setdefault(name, problem)

    def read(self, each: Field, text: str) -> None:
        """Read one field; a required one that is empty has a sentence of its own."""
        try:
            self.values[each.name] = self._value(each, text)
        except UserError as problem:
            self.refuse(each.name, problem)

    def weight(self, text: str) -> Decimal | None:
        """Read a weight that a child can have."""
        try:
            number = read_amount(WEIGHT, text, self.dates.words)
            check_measure("weight_kg", number)
        except UserError as problem:
            self.refuse(WEIGHT, problem)
            return None
        return number

    def check(self, told: type[Facts]) -> None:
        """Refuse what facts of this kind cannot say."""
        for name, problem in problems_in(told, self.values):
            self.refuse(name, problem)
        today = self.dates.today()
        for name, problem in day_problems_in(told, self.values, self.birth, today):
            self.refuse(name, problem)

    def day_of_weighing(self, text: str) -> PartialDate | None:
        """Read the day of a weighing, which a dose is read against: a month is not enough."""
        try:
            when = self.dates.read(text, may_be_unknown=False, may_be_short=False)
            told = dict(dates_of(MeasureFacts))["date"]
            told.check(when)
            if when is not None:
                told.check_in_life(when, self.birth, self.dates.today())
        except UserError as problem:
            self.refuse(WEIGHED_ON, problem)
            return None
        return when

    def _value(self, each: Field, text: str) -> object:
        if isinstance(each.type, Date):
            return self.dates.read(text, may_be_unknown=not each.type.required)
        if isinstance(each.type, Number):
            return read_amount(each.name, text, self.dates.words)
        if each.type.required and not text:
            raise UserError(_REFUSALS[each.name])
        return each.parse(text)
