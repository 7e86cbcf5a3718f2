"""The steps that make the tables of the record, one decorated function a step, oldest first.

A step never imports today's values, so an old step keeps its meaning. Every table is STRICT, ids
are UUIDv7 as text, decimals and dates are text as written, and an absent text is empty.
"""

from sqlite_utils import Database, Migrations

from app.records.locks import FIRST_LOCKS

MIGRATIONS = Migrations("oms_bedside")

_FIRST_TABLES = """
CREATE TABLE users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
    id TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE patients (
    id TEXT PRIMARY KEY, patient_id TEXT NOT NULL UNIQUE,
    given_name TEXT NOT NULL, family_name TEXT NOT NULL, birth_date TEXT NOT NULL,
    sex TEXT NOT NULL, diagnosis TEXT NOT NULL, diagnosis_note TEXT NOT NULL,
    course TEXT NOT NULL, onset_date TEXT NOT NULL, language TEXT NOT NULL,
    caution TEXT NOT NULL, error_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE visits (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patients (id),
    visit_id TEXT NOT NULL,
    date TEXT NOT NULL, time TEXT NOT NULL, rater TEXT NOT NULL,
    slept TEXT NOT NULL, ill TEXT NOT NULL, missed_dose TEXT NOT NULL,
    cooperation TEXT NOT NULL, note TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'signed', 'imported')),
    version INTEGER NOT NULL CHECK (version > 0),
    started_utc TEXT NOT NULL, started_offset INTEGER NOT NULL,
    amends TEXT REFERENCES visits (id), amend_reason TEXT NOT NULL,
    signed_by TEXT REFERENCES users (id), signed_name TEXT NOT NULL, signed_role TEXT NOT NULL,
    signed_utc TEXT NOT NULL, signed_offset INTEGER NOT NULL, meaning TEXT NOT NULL,
    error_reason TEXT,
    UNIQUE (visit_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_of_patient ON visits (patient);
CREATE TABLE assessments (
    id TEXT PRIMARY KEY, visit TEXT NOT NULL REFERENCES visits (id),
    scale TEXT NOT NULL, version TEXT NOT NULL,
    is_typed INTEGER NOT NULL CHECK (is_typed IN (0, 1)), total TEXT,
    missing TEXT NOT NULL, reasons TEXT NOT NULL, subscores TEXT NOT NULL,
    UNIQUE (visit, scale)
) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
    id TEXT PRIMARY KEY, assessment TEXT NOT NULL REFERENCES assessments (id),
    item TEXT NOT NULL, side TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
    UNIQUE (assessment, item, side)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept (
    id TEXT PRIMARY KEY, assessment TEXT NOT NULL REFERENCES assessments (id),
    question TEXT NOT NULL, sentence TEXT NOT NULL,
    UNIQUE (assessment, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE treatments (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patients (id),
    treatment_id TEXT NOT NULL UNIQUE, agent TEXT NOT NULL,
    start TEXT NOT NULL, stop TEXT NOT NULL, route TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX treatments_of_patient ON treatments (patient);
CREATE TABLE doses (
    id TEXT PRIMARY KEY, treatment TEXT NOT NULL REFERENCES treatments (id),
    start TEXT NOT NULL, stop TEXT NOT NULL, dose TEXT NOT NULL, unit TEXT NOT NULL,
    frequency TEXT NOT NULL, note TEXT NOT NULL, per TEXT NOT NULL, together TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX doses_of_treatment ON doses (treatment);
CREATE TABLE events (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patients (id),
    date TEXT NOT NULL, stop TEXT NOT NULL, kind TEXT NOT NULL,
    author TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX events_of_patient ON events (patient);
CREATE TABLE measures (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patients (id),
    visit TEXT REFERENCES visits (id), date TEXT NOT NULL, kind TEXT NOT NULL,
    value TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX measures_of_patient ON measures (patient);
CREATE INDEX measures_of_visit ON measures (visit);
CREATE TABLE sequelae (
    id TEXT PRIMARY KEY, patient TEXT NOT NULL REFERENCES patients (id),
    date TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sequelae_of_patient ON sequelae (patient);
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY, step INTEGER NOT NULL, scope TEXT NOT NULL, undoes INTEGER,
    table_name TEXT NOT NULL, row_id TEXT NOT NULL,
    user TEXT NOT NULL, device TEXT NOT NULL, utc TEXT NOT NULL, offset_minutes INTEGER NOT NULL,
    action TEXT NOT NULL, before TEXT, after TEXT, reason TEXT NOT NULL,
    previous_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_of_visit ON journal (scope) WHERE scope <> '';
"""


@MIGRATIONS()
def m001_first_tables(database: Database) -> None:
    """Make every table of the first release, with its locks."""
    database.executescript(_FIRST_TABLES)
    for lock in FIRST_LOCKS.values():
        database.execute(lock)
