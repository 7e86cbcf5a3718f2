"""Visits with their sheets: four questions to the file, however many visits there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from app.dates import PartialDate
from app.records.ledger import Ledger
from app.records.model import ConfirmedQuestion, Sheet, Visit, VisitState
from app.records.rows import TABLES, Cell
from app.records.values import Read, answer_of, key_of, sheet_of, visit_of
from scales.catalogue import Catalogue
from scales.errors import ScaleError
from scales.model import Answer, Key
from scales.score import score

_NEWEST = (
    "v.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM visits AS newer "
    "WHERE newer.visit_id = v.visit_id AND newer.version > v.version AND newer.state <> 'draft')"
)
LATEST = f"{_NEWEST} AND v.error_reason IS NULL"
"""Which visits count: the latest signed or imported version, unless entered in error."""
MARKED = f"{_NEWEST} AND v.error_reason IS NOT NULL"
"""Which visits are entered in error."""

_VISITS = ", ".join(f"v.{column}" for column in TABLES["visits"].columns)
_SHEETS = ", ".join(f"a.{column}" for column in TABLES["assessments"].columns)

Order = tuple[int, int, str, str]


def series_order(day: PartialDate, time: str, visit_id: str) -> Order:
    """Return what visits sort by: first day, full dates first, time (empty first), visit id."""
    return *day.order, time, visit_id


def order_of(visit: Visit) -> Order:
    """Return a visit's place in a series."""
    return series_order(visit.facts.date, visit.facts.time, visit.facts.visit_id)


def load_visits(ledger: Ledger, where: str, values: Sequence[Cell]) -> tuple[Visit, ...]:
    """Return the visits ``v`` that a condition names, in series order, with their sheets.

    A sheet of a draft is scored on reading; one without any answer or total is left out.
    """
    heads = ledger.rows(f"SELECT {_VISITS} FROM visits AS v WHERE {where}", values)  # noqa: S608 - our own conditions
    states = {row["id"]: VisitState(row["state"]) for row in heads}
    sheets: dict[str, list[Sheet]] = defaultdict(list)
    for row, sheet in _load_sheets(ledger, where, values):
        if sheet.is_typed or sheet.answers:
            is_draft = states[row["visit"]] is VisitState.DRAFT
            sheets[row["visit"]].append(_scored(ledger.catalogue, sheet) if is_draft else sheet)
    visits = (visit_of(row, _in_order(ledger.catalogue, sheets[row["id"]])) for row in heads)
    return tuple(sorted(visits, key=order_of))


def _load_sheets(ledger: Ledger, where: str, values: Sequence[Cell]) -> list[tuple[Read, Sheet]]:
    joined = f"FROM visits AS v JOIN assessments AS a ON a.visit = v.id AND {where}"
    answers = _load_answers(ledger, joined, values)
    kept = _load_kept(ledger, joined, values)
    rows = ledger.rows(f"SELECT {_SHEETS} {joined}", values)
    return [(row, sheet_of(row, answers[row["id"]], tuple(kept[row["id"]]))) for row in rows]


def _load_answers(
    ledger: Ledger, joined: str, values: Sequence[Cell]
) -> Mapping[str, dict[Key, Answer]]:
    found: dict[str, dict[Key, Answer]] = defaultdict(dict)
    for sheet, item, side, value, reason in ledger.tuples(
        f"SELECT w.assessment, w.item, w.side, w.value, w.reason {joined} "
        "JOIN answers AS w ON w.assessment = a.id",
        values,
    ):
        found[sheet][key_of(item, side)] = answer_of(value, reason)
    return found


def _load_kept(
    ledger: Ledger, joined: str, values: Sequence[Cell]
) -> Mapping[str, list[ConfirmedQuestion]]:
    found: dict[str, list[ConfirmedQuestion]] = defaultdict(list)
    for sheet, question, sentence in ledger.tuples(
        f"SELECT k.assessment, k.question, k.sentence {joined} "
        "JOIN kept AS k ON k.assessment = a.id ORDER BY k.question",
        values,
    ):
        found[sheet].append(ConfirmedQuestion(question, sentence))
    return found


def _scored(catalogue: Catalogue, sheet: Sheet) -> Sheet:
    if sheet.is_typed:
        return sheet
    try:
        result = score(catalogue.find(sheet.scale), sheet.answers)
    except ScaleError:
        # A later version of the scale refuses what an older one took; signing says why.
        return sheet
    return replace(
        sheet,
        total=result.total,
        missing=result.missing,
        reasons=result.reasons,
        subscores=result.subscores,
    )


def _in_order(catalogue: Catalogue, sheets: list[Sheet]) -> tuple[Sheet, ...]:
    places = {definition.id: place for place, definition in enumerate(catalogue.definitions)}
    return tuple(sorted(sheets, key=lambda sheet: (places.get(sheet.scale, 99), sheet.scale)))
