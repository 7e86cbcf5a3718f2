"""Each kind of record as it is declared, held against what is published, and what is grouped."""

from collections.abc import Mapping

import pytest

from app.records.declaration import FORMAT, KINDS, Kind
from app.records.fields import Code, Date, Facts, FieldType, fields_of
from app.records.lists import code_list
from app.records.rows import TABLES
from tests.records.workbench import Bench

PUBLISHED = {
    "patients.csv": (
        "*patient_id given_name family_name birth_date sex diagnosis diagnosis_note course "
        "onset_date language status status_date next_visit diagnosis_confirmed "
        "gestation_weeks"
    ),
    "visits.csv": (
        "*patient_id *visit_id *date time rater slept ill missed_dose cooperation note"
    ),
    "answers.csv": "*patient_id *visit_id *scale scale_version *item side *value reason",
    "totals.csv": "*patient_id *visit_id *scale scale_version *total",
    "treatments.csv": "*patient_id *treatment_id *agent start stop route note stop_reason",
    "doses.csv": (
        "*patient_id *treatment_id start stop *dose *unit frequency note per with "
        "brand batch reaction given"
    ),
    "events.csv": "*patient_id *date stop *kind author note",
    "measures.csv": "*patient_id visit_id *date *kind *value note",
    "sequelae.csv": "*patient_id *date *kind *state note",
    "findings.csv": "*patient_id *date *kind *name result value unit next_date note",
}
"""The header rows as other programs know them; a star says that the column is required."""

KEYS = {
    "patients": ("patient_id",),
    "visits": ("visit_id",),
    "answers": ("visit_id", "scale", "item", "side"),
    "totals": ("visit_id", "scale"),
    "treatments": ("treatment_id",),
    "doses": (),
    "events": (),
    "measures": (),
    "sequelae": (),
    "findings": (),
}

TOGETHER = (
    ("patients", {"diagnosis", "diagnosis_note", "diagnosis_confirmed"}),
    ("visits", {"date", "time"}),
    (
        "visits",
        {
            "state", "signed_by", "signed_name", "signed_role", "signed_utc", "signed_offset",
            "meaning",
        },
    ),
    ("answers", {"value", "reason"}),
    ("sheets", {"is_typed", "total", "missing", "reasons", "subscores"}),
    ("treatments", {"agent", "note"}),
    ("treatments", {"start", "stop", "stop_reason"}),
    ("doses", {"start", "stop"}),
    ("doses", {"dose", "unit", "frequency", "note", "per"}),
    ("events", {"date", "stop"}),
    ("events", {"kind", "note"}),
    ("patients", {"status", "status_date"}),
    ("measures", {"kind", "value"}),
    ("sequelae", {"kind", "state"}),
    ("findings", {"date", "next_date"}),
    ("findings", {"kind", "name", "result", "value", "unit"}),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_table_has_the_columns_that_are_published(kind: Kind) -> None:
    """In their order, the required ones among them, and the keys that make a row one."""
    header = PUBLISHED[kind.file].split()
    assert kind.columns == tuple(name.lstrip("*") for name in header)
    assert kind.required == {name[1:] for name in header if name.startswith("*")}
    assert kind.keys == KEYS[kind.name]


def test_every_published_table_is_declared() -> None:
    """None is missing, none is there twice, and patients come first."""
    assert [kind.file for kind in KINDS] == list(PUBLISHED)


def test_the_format_is_written_into_every_entry(bench: Bench) -> None:
    """So a newer declaration can tell which one an entry was written by."""
    bench.signed(bench.patient())
    assert {entry.format for entry in bench.store.journal.entries()} == {FORMAT} == {1}


@pytest.mark.parametrize(("table", "names"), TOGETHER)
def test_what_means_something_only_together_changes_together(table: str, names: set[str]) -> None:
    """Such columns are one group, and no other column is in it."""
    groups = TABLES[table].shape.groups
    assert names in [set(group) for group in groups.values()]


def test_every_other_column_stands_alone() -> None:
    """Outside the groups above a column is taken by itself."""
    told = {(table, frozenset(names)) for table, names in TOGETHER} | {
        ("visits", frozenset({"started_utc", "started_offset"}))
    }
    found = {
        (name, frozenset(group))
        for name, table in TABLES.items()
        for group in table.shape.groups.values()
        if len(group) > 1
    }
    assert found == told


def _declared() -> list[tuple[str, type[Facts], str, FieldType]]:
    return [
        (f"{kind.name}.{each.name}", kind.facts, each.name, each.type)
        for kind in KINDS
        for each in fields_of(kind.facts)
    ]


@pytest.mark.parametrize(
    ("facts", "told"),
    [(facts, told) for _, facts, _, told in _declared()],
    ids=[name for name, *_ in _declared()],
)
def test_a_field_names_only_what_is_there(facts: type[Facts], told: FieldType) -> None:
    """Its list exists, and so do the fields that it points to."""
    names = {each.name for each in fields_of(facts)}
    if isinstance(told, Code):
        assert code_list(told.list).entries
        assert not told.note or told.note in names
    assert not told.of or (told.of in names and told.lacking)
    assert not told.unless or (told.unless in names and told.lacking)
    if isinstance(told, Date):
        assert not told.not_before or told.not_before in names


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_explains_stands_in_the_group_that_it_explains(kind: Kind) -> None:
    """“Other” and the note that says what it is never come from two writers, nor do others."""
    groups: Mapping[str, str] = {each.name: each.group for each in fields_of(kind.facts)}
    for each in fields_of(kind.facts):
        if isinstance(each.type, Code) and each.type.note:
            assert groups[each.type.note] == each.group
        if each.type.of:
            assert groups[each.type.of] == each.group


def test_each_declared_field_is_a_stored_column() -> None:
    """Its default is that of the declaration, so what was never told reads the same everywhere."""
    for kind in KINDS:
        table = TABLES.get(kind.name)
        if table is None:
            assert kind.name == "totals"
            continue
        stored = {column.name for column in table.all_columns}
        names = {each.name for each in fields_of(kind.facts)} - {"version"}
        assert names <= stored
