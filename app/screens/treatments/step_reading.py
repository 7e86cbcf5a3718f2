"""Reads the rows of a treatment's table into dose steps, or a sentence for each cell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.dates import PartialDate
from app.errors import N_, UserError
from app.language import Words
from app.records.declaration import ONCE, DoseFacts, TreatmentFacts
from app.records.doses import is_ahead, problems_outside
from app.records.fields import build, day_problems_in, fields_of, problems_in, values_of
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
    shown = _shown(table.stored, reader.words)
    told = [_Told(None, shown[step.id], step) for step in table.standing]
    problems: dict[Spot, UserError] = {}
    for number, row in enumerate(rows):
        if row.is_blank:
            continue
        above = told[-1].step.facts if told else None
        facts, refused = _read_row(row, above, table, reader, shown)
        problems.update({Spot(name, number): why for name, why in refused.items()})
        if facts is not None and not refused:
            told.append(_Told(number, row, DoseStep(row.id, facts)))
    steps = _joined(told)
    problems.update(_doubles(told, steps))
    return StepsRead(steps, problems, _zeros(told))


class _Told(Struct, frozen=True):
    """A row and the step that it tells; ``number`` is ``None`` where nobody types into it."""

    number: int | None
    row: TypedStep
    step: DoseStep

    @property
    def is_zero(self) -> bool:
        """Whether 0 stands as a dose where no pause was chosen."""
        return self.step.facts.is_pause and not self.row.is_pause


def _zeros(told: Sequence[_Told]) -> tuple[int, ...]:
    return tuple(each.number for each in told if each.is_zero and each.number is not None)


def _shown(stored: Sequence[DoseStep], words: Words) -> Mapping[str, TypedStep]:
    """Return what stands in the cells of the stored steps by id."""
    return {each.id: each for each in typed_steps(stored, words)}


def _doubles(told: Sequence[_Told], steps: Sequence[DoseStep]) -> Iterator[tuple[Spot, UserError]]:
    """Yield the rows that say what a row above says already."""
    seen: set[DoseFacts] = set()
    for each, step in zip(told, steps, strict=True):
        if step.facts in seen:
            yield Spot("start", each.number), UserError(N_("This is recorded already."))
        seen.add(step.facts)


def _read_row(
    row: TypedStep,
    above: DoseFacts | None,
    table: Table,
    reader: Reader,
    shown: Mapping[str, TypedStep],
) -> tuple[DoseFacts | None, Mapping[str, UserError]]:
    """Return what a row tells, and what cannot stay by cell."""
    known = next((step.facts for step in table.stored if step.id == row.id), None)
    if known is not None and row == replace(shown[row.id], is_with_above=row.is_with_above):
        return known, dict(problems_outside(_open(table.treatment), known))
    typed = _pause_texts(row, known, above, table) if row.is_pause else _texts(row)
    values, refused = _values(typed, reader)
    for name, problem in _problems(values, table, reader):
        refused.setdefault(name if name in _CELLS else "note", problem)
    if refused:
        return None, refused
    facts = build(DoseFacts, {**_unshown(known, values, reader.dates.today()), **values})
    return facts, dict(problems_outside(table.treatment, facts))


def _unshown(
    known: DoseFacts | None, values: Mapping[str, Any], today: date
) -> Mapping[str, object]:
    """Return what no cell shows of a stored step, and stays.

    Nothing was given in a pause, and what is still to come, or is no single dose, was not given.
    """
    if known is None:
        return {}
    if values["dose"] == 0:
        return {"together": known.together}
    kept = {name: told for name, told in values_of(known).items() if name not in _CELLS}
    is_given = values["frequency"] == ONCE and not is_ahead(values["start"], today)
    return {**kept, "given": known.given if is_given else ""}


def _open(treatment: TreatmentFacts) -> TreatmentFacts:
    """Return a treatment without its stop: what was stored before is cut there, not refused."""
    return replace(treatment, stop=None)


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


def _joined(told: Sequence[_Told]) -> tuple[DoseStep, ...]:
    """Give steps that are marked as given together one word, and take it from those that are not.

    A word that was stored stays where it says the same.
    """
    taken = {each.step.facts.together for each in told}
    joined: list[DoseStep] = []
    before = ""
    for each in told:
        stored = each.step.facts.together
        word = stored
        if each.row.is_with_above and joined:
            word = joined[-1].facts.together or _fresh(taken)
            taken.add(word)
            joined[-1] = _with_word(joined[-1], word)
        elif joined and stored and stored == before:
            word = ""
        joined.append(_with_word(each.step, word))
        before = stored
    return tuple(joined)


def _with_word(step: DoseStep, word: str) -> DoseStep:
    return replace(step, facts=replace(step.facts, together=word))


def _fresh(taken: set[str]) -> str:
    """Return a short word that no step of the treatment has yet."""
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)
