"""The triggers that hold even against a fault of ours: what is signed or journalled stays.

A visit that is not a draft keeps every column but its error mark; so do its assessments, answers,
kept questions and measures. One thing may join an imported visit: a measure from another table.
"""

_VISIT_COLUMNS = (
    "id", "visit_id", "patient", "date", "time", "rater", "state", "version",
    "started_utc", "started_offset", "slept", "ill", "missed_dose", "cooperation", "note",
    "amends", "amend_reason", "signed_by", "signed_name", "signed_role",
    "signed_utc", "signed_offset", "meaning",
)  # fmt: skip
_SAME_VISIT = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _VISIT_COLUMNS)
_STATE = "(SELECT state FROM visits WHERE id = {row}.visit)"
_STATE_OF_SHEET = (
    "(SELECT state FROM visits WHERE id = "
    "(SELECT visit FROM assessments WHERE id = {row}.assessment))"
)


def _lock(table: str, verb: str, condition: str = "1") -> str:
    return (
        f"CREATE TRIGGER {table}_{verb.lower()}_locked BEFORE {verb} ON {table} "
        f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table}: locked'); END"
    )


def _locks_of(table: str, state: str) -> dict[str, str]:
    new, old = state.format(row="NEW"), state.format(row="OLD")
    return {
        f"{table}_insert_locked": _lock(table, "INSERT", f"{new} <> 'draft'"),
        f"{table}_update_locked": _lock(table, "UPDATE", f"{old} <> 'draft' OR {new} <> 'draft'"),
        f"{table}_delete_locked": _lock(table, "DELETE", f"{old} <> 'draft'"),
    }


FIRST_LOCKS: dict[str, str] = {
    "journal_update_locked": _lock("journal", "UPDATE"),
    "journal_delete_locked": _lock("journal", "DELETE"),
    "visits_update_locked": _lock(
        "visits", "UPDATE", f"OLD.state <> 'draft' AND NOT ({_SAME_VISIT})"
    ),
    "visits_delete_locked": _lock("visits", "DELETE", "OLD.state <> 'draft'"),
    **_locks_of("assessments", _STATE),
    **_locks_of("answers", _STATE_OF_SHEET),
    **_locks_of("kept", _STATE_OF_SHEET),
    **_locks_of("measures", _STATE),
    "measures_insert_locked": _lock(
        "measures", "INSERT", f"{_STATE.format(row='NEW')} = 'signed'"
    ),
}
"""The locks of the first release by name; ``check`` compares the file with them."""
