"""The tables of answers and of typed totals, which only a catalogue of scales can read."""

from decimal import Decimal

from app.errors import N_
from app.exchange.cells import Cells, read_number
from app.exchange.rows import AnswerRow, TotalRow
from app.exchange.table import Table, Texts, table
from scales.answers import NOT_TESTABLE, key_of, read_answer, write_answer
from scales.catalogue import Catalogue
from scales.errors import AnswerRefused, ScaleError, UnknownScale
from scales.model import Answer, Definition, Key, plain
from scales.score import check_total

_NO_KEY = Key("")


def answers_table(catalogue: Catalogue) -> Table[AnswerRow]:
    """Return the table of answers on the scales of this catalogue."""

    def read(cells: Cells) -> AnswerRow:
        return _read_answer(cells, _read_scale(cells, catalogue))

    return table(
        "answers.csv",
        "patient_id* visit_id* scale* scale_version item* side value* reason",
        read=read,
        write=_write_answer,
        keys="visit_id scale item side",
    )


def totals_table(catalogue: Catalogue) -> Table[TotalRow]:
    """Return the table of typed totals on the scales of this catalogue."""

    def read(cells: Cells) -> TotalRow:
        return _read_total(cells, _read_scale(cells, catalogue))

    return table(
        "totals.csv",
        "patient_id* visit_id* scale* scale_version total*",
        read=read,
        write=_write_total,
        keys="visit_id scale",
    )


def _read_scale(cells: Cells, catalogue: Catalogue) -> Definition | None:
    """Return the scale of a record; complain where it is not in this version."""
    scale, version = cells.filled("scale"), cells.text("scale_version")
    if not scale:
        return None
    try:
        definition = catalogue.find(scale)
    except UnknownScale as error:
        _complain(cells, "scale", error)
        return None
    if version not in ("", definition.version):
        cells.complain(
            "scale_version",
            N_("Version “{text}” of “{scale}” is not in this version; it has {known}."),
            text=version,
            scale=scale,
            known=definition.version,
        )
    return definition


def _complain(cells: Cells, column: str, error: ScaleError) -> None:
    cells.complain(column, error.message, **error.values)


def _read_answer(cells: Cells, definition: Definition | None) -> AnswerRow:
    key = _read_key(cells, definition)
    return AnswerRow(
        patient_id=cells.identifier("patient_id"),
        visit_id=cells.identifier("visit_id"),
        scale=cells.text("scale"),
        version="" if definition is None else definition.version,
        key=key or _NO_KEY,
        answer=_read_value(cells, definition, key),
    )


def _read_key(cells: Cells, definition: Definition | None) -> Key | None:
    item, side = cells.filled("item"), cells.text("side")
    if definition is None or not item:
        return None
    try:
        return key_of(definition, item, side)
    except AnswerRefused as error:
        _complain(cells, _blamed(definition, item), error)
        return None


def _blamed(definition: Definition, item: str) -> str:
    if definition.typed_only:
        return "scale"
    return "side" if any(item == known.id for known in definition.items) else "item"


def _read_value(cells: Cells, definition: Definition | None, key: Key | None) -> Answer | None:
    if definition is None or key is None:
        return None
    value, reason = cells.text("value"), cells.text("reason")
    try:
        return read_answer(definition, key, value, reason)
    except AnswerRefused as error:
        is_about_reason = value == NOT_TESTABLE or bool(reason)
        _complain(cells, "reason" if is_about_reason else "value", error)
        return None


def _write_answer(row: AnswerRow) -> Texts:
    value, reason = write_answer(row.answer)
    item, side = row.key.item, row.key.side or ""
    return (row.patient_id, row.visit_id, row.scale, row.version, item, side, value, reason)


def _read_total(cells: Cells, definition: Definition | None) -> TotalRow:
    total = cells.required("total", read_number, Decimal(0))
    if definition is not None and cells.text("total"):
        try:
            check_total(definition, total)
        except AnswerRefused as error:
            _complain(cells, "total", error)
    return TotalRow(
        patient_id=cells.identifier("patient_id"),
        visit_id=cells.identifier("visit_id"),
        scale=cells.text("scale"),
        version="" if definition is None else definition.version,
        total=total,
    )


def _write_total(row: TotalRow) -> Texts:
    return (row.patient_id, row.visit_id, row.scale, row.version, plain(row.total))
