"""How what is typed in a form becomes a draft, or one sentence for each field that cannot stay."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.dates import PartialDate, parse_date
from app.errors import N_, UserError
from app.language import Words
from app.records.codes import OTHER
from app.records.rules import check_day, check_noted, check_span
from app.screens.treatments.drafts import (
    DoseDraft,
    Draft,
    EventDraft,
    TreatmentDraft,
    Typed,
    TypedDose,
    TypedEvent,
    TypedTreatment,
    Weighing,
)

_DATE_NEEDED = N_("Please write a date, for example 2025-01-31.")
_NUMBER = re.compile(r"(?P<whole>\d*)(?:(?P<sign>[.,])(?P<part>\d*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """A draft, or the sentences by the name of the field; one of the two is empty."""

    draft: Draft | None
    problems: Mapping[str, str]


def read_form(typed: Typed, birth: PartialDate | None, today: date, words: Words) -> Read:
    """Read a form. Events and weighings lie between the birth date and today."""
    fields = _Fields(birth, today)
    draft = _draft(typed, fields)
    told = {name: words.error(problem) for name, problem in fields.problems.items()}
    return Read(None if told else draft, told)


def read_number(text: str) -> Decimal | None:
    """Read a dose or a weight with a point or a decimal comma; ``None`` if it is no such number.

    A comma before three digits (``1,000``) could mean thousands or thousandths: it is not read.
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole, sign, part = match["whole"], match["sign"], match["part"]
    if sign == "," and len(part) == 3 and int(whole or 0) > 0:
        return None
    number = Decimal(f"{whole or 0}.{part or 0}")
    return number if number > 0 else None


@dataclass(slots=True)
class _Fields:
    """Reads field after field and keeps the first sentence of each that cannot be read."""

    birth: PartialDate | None
    today: date
    problems: dict[str, UserError] = field(default_factory=dict)

    def refuse(self, name: str, problem: UserError) -> None:
        self.problems.setdefault(name, problem)

    def chosen(self, name: str, value: str, missing: str) -> str:
        if not value:
            self.refuse(name, UserError(missing))
        return value

    def number(self, name: str, text: str, refusal: str) -> Decimal | None:
        number = read_number(text)
        if number is None:
            self.refuse(name, UserError(refusal))
        return number

    def date(self, name: str, text: str) -> PartialDate | None:
        try:
            return parse_date(text)
        except UserError as problem:
            self.refuse(name, problem)
            return None

    def past(self, name: str, text: str) -> PartialDate | None:
        """Read a date that is needed and lies in the patient's life so far."""
        when = self.date(name, text)
        if when is None:
            self.refuse(name, UserError(_DATE_NEEDED))
            return None
        try:
            check_day(when, self.birth, self.today)
        except UserError as problem:
            self.refuse(name, problem)
        return when

    def stop(self, start: PartialDate | None, text: str) -> PartialDate | None:
        stop = self.date("stop", text)
        try:
            check_span(start, stop)
        except UserError as problem:
            self.refuse("stop", problem)
        return stop

    def note(self, code: str, text: str) -> str:
        try:
            check_noted(code, text)
        except UserError as problem:
            self.refuse("note", problem)
        return text


def _draft(typed: Typed, fields: _Fields) -> Draft | None:
    if isinstance(typed, TypedTreatment):
        return _treatment(typed, fields)
    return _dose(typed, fields) if isinstance(typed, TypedDose) else _event(typed, fields)


def _treatment(typed: TypedTreatment, fields: _Fields) -> TreatmentDraft:
    agent = fields.chosen("agent", typed.agent, N_("Please choose a treatment from the list."))
    start = fields.date("start", typed.start)
    stop = fields.stop(start, typed.stop)
    return TreatmentDraft(agent, start, stop, typed.route, fields.note(agent, typed.note))


def _dose(typed: TypedDose, fields: _Fields) -> DoseDraft | None:
    refusal = N_("Please write the dose as a number above 0 with a point, for example 0.4.")
    amount = fields.number("amount", typed.amount, refusal)
    unit = fields.chosen("unit", typed.unit, N_("Please choose a unit."))
    start = fields.date("start", typed.start)
    stop = fields.stop(start, typed.stop)
    code = OTHER if OTHER in {unit, typed.frequency} else ""
    note = fields.note(code, typed.note)
    weighing = _weighing(typed, fields)
    if amount is None:
        return None
    return DoseDraft(start, stop, amount, unit, typed.frequency, note, weighing)


def _weighing(typed: TypedDose, fields: _Fields) -> Weighing | None:
    if not typed.weight:
        return None
    refusal = N_("Please write the weight as a number above 0 with a point, for example 12.5.")
    weight = fields.number("weight", typed.weight, refusal)
    when = fields.past("weighed_on", typed.weighed_on)
    return None if weight is None or when is None else Weighing(weight, when)


def _event(typed: TypedEvent, fields: _Fields) -> EventDraft | None:
    kind = fields.chosen("kind", typed.kind, N_("Please choose what happened."))
    when = fields.past("date", typed.date)
    stop = fields.stop(when, typed.stop)
    if stop is not None and stop.first > fields.today:
        fields.refuse("stop", UserError(N_("This date is still to come.")))
    note = fields.note(kind, typed.note)
    return None if when is None else EventDraft(when, stop, kind, note)
