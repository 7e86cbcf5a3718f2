"""What a row is called and made of: the columns of each table and the SQL that touches one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

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


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("users", ("id", "name", "role")),
        Table("settings", ("id", "value")),
        Table(
            "patients",
            ("id", "patient_id", "given_name", "family_name", "birth_date", "sex", "diagnosis",
             "diagnosis_note", "course", "onset_date", "language", "caution", "error_reason"),
        ),
        Table(
            "visits",
            ("id", "visit_id", "patient", "date", "time", "rater", "state", "version",
             "started_utc", "started_offset", "slept", "ill", "missed_dose", "cooperation",
             "note", "amends", "amend_reason", "signed_by", "signed_name", "signed_role",
             "signed_utc", "signed_offset", "meaning", "error_reason"),
        ),
        Table(
            "assessments",
            ("id", "visit", "scale", "version", "is_typed", "total", "missing", "reasons",
             "subscores"),
        ),
        Table("answers", ("id", "assessment", "item", "side", "value", "reason")),
        Table("kept", ("id", "assessment", "question", "sentence")),
        Table(
            "treatments",
            ("id", "treatment_id", "patient", "agent", "start", "stop", "route", "note"),
        ),
        Table(
            "doses",
            ("id", "treatment", "start", "stop", "dose", "unit", "frequency", "note"),
        ),
        Table("events", ("id", "patient", "date", "stop", "kind", "author", "note")),
        Table("measures", ("id", "patient", "visit", "date", "kind", "value", "note")),
        Table("sequelae", ("id", "patient", "date", "kind", "state", "note")),
    )
}  # fmt: skip
"""Every table whose rows the journal answers for."""
