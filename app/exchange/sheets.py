"""The sheets of new visits: their answers gathered, their typed totals weighed against them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.errors import N_
from app.exchange.fresh import Fresh
from app.exchange.problems import Complaints, Place
from app.exchange.reading import Placed
from app.exchange.rows import AnswerRow, TotalRow
from app.records.model import ImportedSheet
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused
from scales.model import Answers, Definition, Result, plain
from scales.score import score

Rows = list[Placed[AnswerRow]]
_Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answer rows of one scale of one visit, and what they score."""

    definition: Definition
    rows: Rows
    result: Result | None

    @property
    def answers(self) -> Answers:
        """The keys that are not open."""
        return {each.row.key: each.row.answer for each in self.rows if each.row.answer is not None}


def sheets_of(
    fresh: Fresh, catalogue: Catalogue, complaints: Complaints
) -> Mapping[str, tuple[ImportedSheet, ...]]:
    """Return the sheets of each visit id; a scale with open keys only has none.

    Complain about a broken rule of a scale, and a typed total beside answers that do not make it.
    """
    gathered = _gather(fresh.answers, catalogue, complaints)
    found: dict[str, list[ImportedSheet]] = defaultdict(list)
    for (visit_id, scale), sheet in gathered.items():
        if sheet.answers:
            imported = ImportedSheet(scale, sheet.definition.version, sheet.answers)
            found[visit_id].append(imported)
    for typed in fresh.totals:
        row = typed.row
        beside = gathered.get((row.visit_id, row.scale))
        if beside is None:
            found[row.visit_id].append(ImportedSheet(row.scale, row.version, {}, row.total))
        else:
            _check_beside(typed, beside, complaints)
    return {visit_id: tuple(sheets) for visit_id, sheets in found.items()}


def _gather(
    placed: Iterable[Placed[AnswerRow]], catalogue: Catalogue, complaints: Complaints
) -> dict[_Name, Gathered]:
    groups: dict[_Name, Rows] = defaultdict(list)
    for each in placed:
        groups[each.row.visit_id, each.row.scale].append(each)
    return {
        name: _scored(catalogue.find(name[1]), rows, complaints) for name, rows in groups.items()
    }


def _scored(definition: Definition, rows: Rows, complaints: Complaints) -> Gathered:
    gathered = Gathered(definition, rows, None)
    try:
        return Gathered(definition, rows, score(definition, gathered.answers))
    except AnswerRefused as error:
        complaints.add(_bound(definition, rows), "value", error.message, **error.values)
        return gathered


def _bound(definition: Definition, rows: Rows) -> Place:
    """Return the place of the answer that a rule of the scale binds."""
    bound = {rule.other for rule in definition.rules}
    return next(each.place for each in rows if each.row.key.item in bound)


def _check_beside(typed: Placed[TotalRow], gathered: Gathered, complaints: Complaints) -> None:
    """Complain unless there is a row for every key and they make the same total."""
    if len(gathered.rows) < len(gathered.definition.keys):
        message = N_("A typed total needs either no answer row of its scale or one for each item.")
        complaints.add(typed.place, "total", message)
    elif gathered.result is not None and gathered.result.total != typed.row.total:
        total = gathered.result.total
        complaints.add(
            typed.place,
            "total",
            N_("The answers make {total}, not {typed}."),
            total="no total" if total is None else plain(total),
            typed=plain(typed.row.total),
        )
