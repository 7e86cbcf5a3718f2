"""Reads the rows of a treatment's table into dose steps, or a sentence for each cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.declaration import DoseFacts, TreatmentFacts
from app.records.doses import problems_outside
from app.records.fields import build, day_problems_in, fields_of, problems_in
from app.records.lists import code_list
from app.records.model import DoseStep
from app.screens.treatments.form_values import Spot, TypedStep
from app.screens.treatments.form_view import typed_steps
from app.screens.treatments.reading import Reader

_CELLS = ("start", "stop", "dose", "unit", "frequency", "per", "note")
_DATES = ("start", "stop")


class Table(Struct, frozen=True):
    """What rows stand in: their treatment, the patient's birth, and what is stored.

    ``standing`` are the stored steps above the rows that nobody types into.
    """

    treatment: TreatmentFacts
    birth: PartialDate | None
    stored: tuple[DoseStep, ...] = ()
    standing: tuple[DoseStep, ...] = ()


class StepsRead(Struct, frozen=True):
    """The steps of the whole table, the sentences by cell, and the rows whose dose is 0."""

    steps: tuple[DoseStep, ...]
    problems: Mapping[Spot, UserError]
    zeros: tuple[int, ...]


def read_steps(rows: Sequence[TypedStep], table: Table, reader: Reader) -> StepsRead:
    """Read every row that is not blank; a stored row that nobody changed stays as it is."""
    problems: dict[Spot, UserError] = {}
    zeros: list[int] = []
    standing = typed_steps(table.standing, reader.words)
    told = list(zip(standing, table.standing, strict=True))
    for number, row in enumerate(rows):
        if row.is_blank:
            continue
        above = told[-1][1].facts if told else None
        facts, refused = _read_row(row, above, table, reader)
        if facts is None or refused:
            problems.update({Spot(name, number): why for name, why in refused.items()})
            continue
        if facts.is_pause and not row.is_pause:
            zeros.append(number)
        if any(facts == replace(step.facts, together=facts.together) for _, step in told):
            problems[Spot("start", number)] = UserError(N_("This is recorded already."))
        told.append((row, DoseStep(row.id, facts)))
    return StepsRead(_joined(told), problems, tuple(zeros))


def _read_row(
    row: TypedStep, above: DoseFacts | None, table: Table, reader: Reader
) -> tuple[DoseFacts | None, Mapping[str, UserError]]:
    """Return what a row tells, and what cannot stay by cell."""
    stored = {step.id: step.facts for step in table.stored}
    if _is_as_stored(row, table, reader.words):
        facts = stored[row.id]
        return facts, dict(problems_outside(_open(table.treatment), facts))
    typed = _pause_texts(row, stored.get(row.id), above, table) if row.is_pause else _texts(row)
    values, refused = _values(typed, reader)
    for name, problem in _problems(values, table, reader):
        refused.setdefault(name if name in _CELLS else "note", problem)
    if refused:
        return None, refused
    known = stored.get(row.id)
    values["together"] = "" if known is None else known.together
    facts = build(DoseFacts, values)
    return facts, dict(problems_outside(table.treatment, facts))


def _open(treatment: TreatmentFacts) -> TreatmentFacts:
    """Return a treatment without its stop: what was stored before is cut there, not refused."""
    return replace(treatment, stop=None)


def _is_as_stored(row: TypedStep, table: Table, words: Words) -> bool:
    """Whether nothing but its place beside the row above was changed in a row."""
    return any(
        row == replace(each, is_with_above=row.is_with_above)
        for each in typed_steps(table.stored, words)
    )


def _texts(row: TypedStep) -> dict[str, str]:
    return {name: getattr(row, name) for name in _CELLS}


def _pause_texts(
    row: TypedStep, stored: DoseFacts | None, above: DoseFacts | None, table: Table
) -> dict[str, str]:
    """Return a pause as it is stored: no dose, in the unit of what it interrupts."""
    interrupted = stored or above
    unit = _usual_unit(table.treatment.agent) if interrupted is None else interrupted.unit
    kept = {"frequency": "", "per": ""}
    if unit == _OTHER:
        unit = _usual_unit(table.treatment.agent)
    return {**_texts(row), **kept, "dose": "0", "unit": unit}


_OTHER = "other"


def _usual_unit(agent: str) -> str:
    known = code_list("agents").find(agent)
    limits = () if known is None else known.limits
    return limits[0].unit if limits else code_list("units").entries[0].id


def _values(
    typed: Mapping[str, str], reader: Reader
) -> tuple[dict[str, Any], dict[str, UserError]]:
    values: dict[str, Any] = {}
    refused: dict[str, UserError] = {}
    for each in fields_of(DoseFacts):
        if each.name in typed:
            try:
                values[each.name] = reader.value(each, typed[each.name])
            except UserError as problem:
                refused[each.name] = problem
    return values, refused


def _problems(
    values: Mapping[str, Any], table: Table, reader: Reader
) -> Sequence[tuple[str, UserError]]:
    return (
        *problems_in(DoseFacts, values),
        *day_problems_in(DoseFacts, values, table.birth, reader.dates.today()),
    )


def _joined(told: Sequence[tuple[TypedStep, DoseStep]]) -> tuple[DoseStep, ...]:
    """Give steps that are marked as given together one word, and take it from those that are not.

    A word that was stored stays where it says the same.
    """
    taken = {step.facts.together for _, step in told}
    joined: list[DoseStep] = []
    before = ""
    for row, step in told:
        stored = step.facts.together
        word = stored
        if row.is_with_above and joined:
            word = joined[-1].facts.together or _fresh(taken)
            taken.add(word)
            joined[-1] = _with_word(joined[-1], word)
        elif joined and stored and stored == before:
            word = ""
        joined.append(_with_word(step, word))
        before = stored
    return tuple(joined)


def _with_word(step: DoseStep, word: str) -> DoseStep:
    return replace(step, facts=replace(step.facts, together=word))


def _fresh(taken: set[str]) -> str:
    """Return a short word that no step of the treatment has yet."""
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)
