"""What a row is called and made of: the columns of each table and the SQL that touches one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from app.records.declaration import (
    DoseFacts,
    EventFacts,
    MeasureFacts,
    PatientFacts,
    SequelaFacts,
    TreatmentFacts,
    VisitFacts,
)
from app.records.fields import Facts, fields_of

Cell = str | int | None
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Table:
    """A table that only the journal writes: its columns, ``id`` first, and prepared SQL."""

    name: str
    columns: tuple[str, ...]

    @cached_property
    def select(self) -> str:
        """Read the row with an id."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name} WHERE id = ?"  # noqa: S608 - our own names

    @cached_property
    def select_all(self) -> str:
        """Read every row."""
        return f"SELECT {', '.join(self.columns)} FROM {self.name}"  # noqa: S608 - our own names

    @cached_property
    def insert(self) -> str:
        """Write a new row; values in column order."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({marks})"  # noqa: S608 - our own names

    @cache  # noqa: B019 - the tables live as long as the program
    def update(self, columns: tuple[str, ...]) -> str:
        """Rewrite these columns of a row, then the id; an untouched index costs nothing."""
        pairs = ", ".join(f"{column} = ?" for column in columns)
        return f"UPDATE {self.name} SET {pairs} WHERE id = ?"  # noqa: S608 - our own names

    @cached_property
    def delete(self) -> str:
        """Remove the row with an id."""
        return f"DELETE FROM {self.name} WHERE id = ?"  # noqa: S608 - our own names


def _names(kind: type[Facts]) -> tuple[str, ...]:
    return tuple(each.name for each in fields_of(kind))


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("users", ("id", "name", "role")),
        Table("settings", ("id", "value")),
        Table("patients", ("id", *_names(PatientFacts), "caution", "error_reason")),
        Table(
            "visits",
            ("id", "patient", *_names(VisitFacts), "state", "version", "started_utc",
             "started_offset", "amends", "amend_reason", "signed_by", "signed_name",
             "signed_role", "signed_utc", "signed_offset", "meaning", "error_reason"),
        ),
        Table(
            "assessments",
            ("id", "visit", "scale", "version", "is_typed", "total", "missing", "reasons",
             "subscores"),
        ),
        Table("answers", ("id", "assessment", "item", "side", "value", "reason")),
        Table("kept", ("id", "assessment", "question", "sentence")),
        Table("treatments", ("id", "patient", *_names(TreatmentFacts))),
        Table("doses", ("id", "treatment", *_names(DoseFacts))),
        Table("events", ("id", "patient", *_names(EventFacts))),
        Table("measures", ("id", "patient", "visit", *_names(MeasureFacts))),
        Table("sequelae", ("id", "patient", *_names(SequelaFacts))),
    )
}  # fmt: skip
"""Every table whose rows the journal answers for."""
