"""Whether a file has the tables of this version, and what to do where it has not."""

from app.errors import N_, Damage, UserError
from app.records.database import RecordsFile, guard

SET = "oms_bedside"
STEPS = ("m001_first_tables",)
"""The name of every step, oldest first. ``user_version`` counts them, so an app can tell a newer
file. The steps themselves load only where one is missing: most starts need none."""

_NEWER = N_(
    "These records were made by a newer version of OMS Bedside. "
    "Please update the app on this machine; nothing was changed."
)
_HAS_STEPS = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'"
_APPLIED = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"


def prepare(database: RecordsFile) -> None:
    """Bring the file to this version; UserError, and no change, if it is a newer one."""
    with guard():
        applied = _applied(database)
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(STEPS) or applied - set(STEPS):
            raise UserError(_NEWER)
        if applied != set(STEPS):
            _apply(database)


def _applied(database: RecordsFile) -> set[str]:
    if not database.execute(_HAS_STEPS).fetchone()[0]:
        return set()
    return {name for (name,) in database.execute(_APPLIED, [SET]).fetchall()}


def _apply(database: RecordsFile) -> None:
    """Run the missing steps with foreign keys off, as a rebuilt table needs; check them after."""
    from app.records.steps import MIGRATIONS  # noqa: PLC0415 - as said beside STEPS

    database.execute("PRAGMA foreign_keys = OFF")
    MIGRATIONS.apply(database.utils)
    database.execute("PRAGMA foreign_keys = ON")
    database.execute(f"PRAGMA user_version = {len(STEPS)}")
    if database.execute("PRAGMA foreign_key_check").fetchall():
        raise Damage(
            N_("The records do not fit together after an update. A copy can be put back.")
        )
