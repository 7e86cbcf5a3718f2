"""The history in words: no id, no code and no name of a column where people have one of theirs."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from app.clock import Moment
from app.language import words
from app.records.actions import Action
from app.records.entries import Cell
from app.records.history import Change, Deed, Step
from app.records.lists import code_list
from app.records.rows import TABLES
from app.settings import Settings
from app.wording.fields import (
    SETTINGS,
    TITLES,
    UNTOLD,
    WITH_DOSE,
    cell_words,
    setting_words,
    title_words,
)
from app.wording.history import Line, action_words, deed_lines, visit_words, written_words
from scales.catalogue import load_catalogue

SAY = words()
CATALOGUE = load_catalogue()
Row = Mapping[str, Cell] | None
NOON = Moment(datetime(2026, 1, 28, 12, tzinfo=UTC), 0)


def _deed(*changes: Change, visit: Mapping[str, Cell] | None = None) -> Deed:
    step = Step((0, 1, 1), NOON, "", "patient.change", "", (1,))
    return Deed(step, "Ann", "", changes, 1, "", (), {}, visit or {})


def _change(
    kind: str, before: Row, after: Row, key: Mapping[str, Cell] | None = None, owner: Row = None
) -> Change:
    named = {**(before or {}), **(after or {})}
    return Change("p", kind, key or {}, before, after, named, owner or {})


def _lines(change: Change) -> list[tuple[str, str, str, str]]:
    told = deed_lines(_deed(change), CATALOGUE, SAY)
    return [(line.about, line.field, line.before, line.after) for line in told]


def test_every_column_of_the_records_is_called_something() -> None:
    """Or told by the entry itself: a column that is declared from now on fails here first."""
    columns = {column.name for table in TABLES.values() for column in table.told}
    assert columns - TITLES.keys() - UNTOLD - WITH_DOSE == set()


def test_every_setting_is_called_something() -> None:
    """A new one fails here first; one of a newer version stands under its own name."""
    assert set(SETTINGS) == set(Settings.__struct_fields__)
    assert (setting_words("new", SAY), title_words("new", SAY)) == ("new", "new")


def test_the_rule_for_a_relapse_is_told_in_words() -> None:
    """The scale by its name, the choices by theirs; a scale that is gone stands as stored."""

    def told(name: str, before: str, after: str) -> list[tuple[str, str, str]]:
        was: Row = {"value": before} if before else None
        change = _change("unit_settings", was, {"value": after}, key={"name": name})
        return [line[1:] for line in _lines(change)]

    title = "Scale on which a rise is asked about"
    assert told("relapse_scale", "", "oms") == [(title, "", "OMS rating scale, six items")]
    assert told("relapse_scale", "old", "sara") == [
        (title, "old", "Scale for the Assessment and Rating of Ataxia")
    ]
    assert told("relapse_asked", "at_once", "next_total") == [
        ("A rise is asked about", "At once", "Once the next total confirms it")
    ]
    assert told("relapse_points", "3", "2.5") == [
        ("Ask about a relapse from a rise of so many points on (0: never)", "3", "2.5")
    ]
    ((_, _, wording),) = told("relapse_wording", "no_wording", "encephalitis")
    assert wording == "Used for autoimmune encephalitis, not for OMS"


def test_a_correction_tells_each_field_before_and_after() -> None:
    """What is the same within its group is not told."""
    before = {"diagnosis": "", "diagnosis_note": "", "birth_date": "2020-05", "sex": "female"}
    after = {**before, "diagnosis": "oms_neuroblastoma", "birth_date": "2020-05-17"}
    assert _lines(_change("patients", before, after)) == [
        ("", "Birth date", "May 2020", "17 May 2020"),
        ("", "Diagnosis", "not recorded", "OMS with neuroblastoma"),
    ]


def test_an_answer_is_told_by_its_scale_and_item() -> None:
    """A first one was open before, one that was taken back is open again."""
    key = {"visit": "v", "scale": "five_feature", "item": "gait", "side": ""}
    two = {"value": "2", "reason": ""}
    asleep = {"value": "not_testable", "reason": "asleep"}
    sheet = "Five-feature sheet"
    assert _lines(_change("answers", None, two, key)) == [(sheet, "Gait", "open", "2")]
    assert _lines(_change("answers", two, None, key)) == [(sheet, "Gait", "2", "open")]
    ((_, _, _, told),) = _lines(_change("answers", two, asleep, key))
    assert told == f"not testable: {SAY(code_list('reasons').get('asleep').title)}"


def test_a_dose_is_told_whole_with_what_it_is_a_dose_of() -> None:
    """Dose, unit, rhythm and note mean something only together."""
    before = {"dose": "20", "unit": "mg", "frequency": "once_daily", "note": "", "per": ""}
    after = {**before, "dose": "15", "note": "with food"}
    told = _lines(_change("doses", before, after, owner={"agent": "prednisolone", "note": ""}))
    ((about, field, was, stands),) = told
    assert (about, field) == ("Prednisolone", "Dose")
    assert was.startswith("20 mg")
    assert stands.startswith("15 mg")
    assert stands.endswith("(with food)")


def test_a_finding_is_told_with_every_field() -> None:
    """Its unit, too, which of a dose is told with the dose."""
    before = {"date": "2025-05-03", "name": "anti-Hu", "value": "20", "unit": "U/ml"}
    named = {**before, "kind": "antibody"}
    change = _change("findings", before, {**before, "unit": "mU/ml", "next_date": "2026-05"})
    told = deed_lines(_deed(replace(change, named=named)), CATALOGUE, SAY)
    assert [(line.about, line.field, line.before, line.after) for line in told] == [
        ("Antibody", "Next look", "not recorded", "May 2026"),
        ("Antibody", "Unit", "U/ml", "mU/ml"),
    ]


def test_what_was_removed_says_so_and_what_is_new_has_no_before() -> None:
    """The row that is gone is still named."""
    row = {"agent": "ivig", "start": "2026-01-06", "note": ""}
    gone = _lines(_change("treatments", row, None))
    assert ("Start", "6 Jan 2026", "removed") in [line[1:] for line in gone]
    new = _lines(_change("treatments", None, row))
    assert ("Start", "", "6 Jan 2026") in [line[1:] for line in new]
    ((about, *_),) = _lines(_change("doses", {"dose": "1", "unit": "mg"}, None))
    assert about == "A treatment that was removed"


def test_what_a_signature_writes_had_nothing_before() -> None:
    """A total that comes with it is not told as one that somebody forgot."""
    before = {"total": None, "missing": "[]", "is_typed": 0, "reasons": "{}", "subscores": "{}"}
    key = {"visit": "v", "scale": "oms"}
    ((about, *told),) = _lines(_change("sheets", before, {**before, "total": "4"}, key))
    assert (about, told) == ("OMS rating scale, six items", ["Total", "", "4"])


@pytest.mark.parametrize(
    ("kind", "column", "cell", "told"),
    [
        ("patients", "status", "died", "Died"),
        ("patients", "language", "en", "English"),
        ("patients", "language", "xy", "xy"),
        ("visits", "state", "draft", "unfinished"),
        ("visits", "signed_role", "nurse", "Nurse"),
        ("sheets", "is_typed", 1, "yes"),
        ("measures", "value", "12.5", "12.5"),
        ("unit_settings", "value", "contrast", "High contrast"),
        ("patients", "birth_date", "nonsense", "nonsense"),
        ("patients", "note", "<b>one\ntwo</b>", "<b>one two</b>"),
        ("doses", "stop", None, ""),
        ("unheard", "of", "as it is", "as it is"),
    ],
)
def test_a_cell_is_said_as_people_say_it(kind: str, column: str, cell: Cell, told: str) -> None:
    """What cannot be read stands as the records have it, on one line."""
    assert cell_words(kind, column, cell, SAY) == told


def test_an_identifier_that_the_app_made_is_not_told() -> None:
    """One that somebody gave is."""
    made = {"visit_id": "01a219ec-5b15-780a-b1c3-9163c5119c9b"}
    assert _lines(_change("visits", None, made)) == []
    assert _lines(_change("visits", None, {"visit_id": "D1"})) == [("", "Identifier", "", "D1")]


def test_what_this_version_does_not_know_is_told_as_it_is() -> None:
    """A scale, an item, an action and a kind of row of another version."""
    key = {"visit": "v", "scale": "new_scale", "item": "new_item", "side": ""}
    answer = _change("answers", None, {"value": "1", "reason": ""}, key)
    assert _lines(answer) == [("new_scale", "new_item", "open", "1")]
    assert _lines(_change("letters", None, {"text": "x"})) == [("", "text", "", "x")]
    assert action_words("letter.write", SAY) == "letter.write"
    assert action_words(Action.SIGN_VISIT.id, SAY) == "Sign a visit"


def test_what_was_erased_says_so() -> None:
    """No field is left of it."""
    told = deed_lines(_deed(_change("patients", None, None)), CATALOGUE, SAY)
    assert told == (Line("p", "", "", "", "erased with the patient"),)


def test_the_time_is_that_of_the_place_with_its_offset() -> None:
    """Two entries of two places do not read as of one hour."""
    moment = Moment(datetime(2026, 1, 28, 9, 40, tzinfo=UTC), 330)
    assert written_words(moment, SAY) == "28 Jan 2026, 15:10 (UTC+05:30)"
    moment = Moment(datetime(2026, 1, 28, 9, 40, tzinfo=UTC), -210)
    assert written_words(moment, SAY) == "28 Jan 2026, 06:10 (UTC−03:30)"


def test_a_visit_is_named_by_its_day() -> None:
    """Where a step was about none, nothing is said."""
    assert visit_words(_deed(visit={"date": "2026-01"}), SAY) == "visit of Jan 2026"
    assert visit_words(_deed(), SAY) == ""


def test_other_stations_are_counted() -> None:
    """Their names in the file are for machines."""
    heard = _change("heard", None, {"00" * 16: "7:" + "ab" * 32, "11" * 16: "9:" + "cd" * 32})
    assert _lines(heard) == [("", "Stations known", "", "2")]


def test_an_erasing_says_who_agreed_and_names_nobody_else() -> None:
    """The id of that person stands under no title."""
    told = {"agreed_by": "0" * 32, "agreed_name": "Ben"}
    change = Change("", "erased", {}, None, told, told, {})
    assert deed_lines(_deed(change), CATALOGUE, SAY) == (Line("", "", "Agreed by", "", "Ben"),)
