"""Identifiers of patients, visits and treatments: found exactly, and never two that look alike."""

from collections.abc import Mapping

from app.errors import N_, UserError
from app.records.rows import FOLDED, TABLES, Row, blob
from app.records.session import Session
from app.signs import folded

ALIKE = N_(
    "“{name}” and “{other}” differ only in capitals, in the width of letters or in spaces. "
    "Please give one of them another identifier."
)
_TAKEN: Mapping[str, str] = {
    "patients": N_("There already is a patient “{name}”."),
    "visits": N_("There already is a visit “{name}”."),
    "treatments": N_("There already is a treatment “{name}”."),
}


def named_as(session: Session, table: str, name: str) -> list[Row]:
    """Return the rows whose identifier is exactly this one; ``folded`` has the index."""
    column = TABLES[table].named
    return session.rows(table, f"{FOLDED} = ? AND {column} = ?", [folded(name), name])


def alike_in(session: Session, table: str, name: str, but: str = "") -> str:
    """Return an identifier that people would take for this one, itself included; or nothing.

    ``but`` is the internal id of a row that does not count.
    """
    column = TABLES[table].named
    sql = f"SELECT {column} FROM {table} WHERE {FOLDED} = ? AND id <> ?"
    found = [str(other) for (other,) in session.tuples(sql, [folded(name), blob(but)])]
    return name if name in found else next(iter(found), "")


def check_free(session: Session, table: str, name: str, but: str = "") -> None:
    """Refuse an identifier that another row has, or that looks like another row's."""
    other = alike_in(session, table, name, but)
    if other == name:
        raise UserError(_TAKEN[table], name=name)
    if other:
        raise UserError(ALIKE, name=name, other=other)
