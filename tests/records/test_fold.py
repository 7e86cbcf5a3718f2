"""The fold: what rows come of entries, and which entries have no effect."""

from typing import Any

import pytest

from app.errors import Damage
from app.records.fold import Folded, Hearing, fold
from app.records.shape import Shape
from tests.records.stations import (
    FIVE,
    MANY,
    NO_SPAN,
    PATIENT,
    SHAPES,
    Station,
    entries_of,
    folded,
    row_of,
    two_that_know_a_dose,
)

NO_DOSE = {"dose": "", "unit": "", "frequency": ""}
VISIT = b"visit---".ljust(16, b"1")
ANSWER = VISIT + b"icars\0gait\0left"


def test_an_insert_says_every_column() -> None:
    """What it leaves out has its declared default, or nothing; the row is whole."""
    one = Station("a")
    one.write(after=FIVE)
    assert row_of(folded(one)) == {**FIVE, **NO_SPAN, "note": ""}


def test_an_insert_of_defaults_alone_is_arow_of() -> None:
    """A row of which nothing was said is there all the same."""
    one = Station("a")
    one.write(after={})
    assert row_of(folded(one)) == {**NO_DOSE, **NO_SPAN, "note": ""}


def test_with_one_station_a_row_is_its_last_after() -> None:
    """Each update leaves the other groups as they were."""
    one = Station("a")
    one.write(after=FIVE)
    one.write(before={"note": ""}, after={"note": "with food"})
    one.write(before=FIVE, after=MANY)
    assert row_of(folded(one)) == {**MANY, **NO_SPAN, "note": "with food"}


def test_nothing_empty_and_zero_stay_apart() -> None:
    """A cell is exactly what was written."""
    one = Station("a")
    for value in (None, "", "0", 0):
        one.write("answers", bytes([len(one.entries)]), after={"value": value})
    values = [row["value"] for row in folded(one).rows.values()]
    assert values == [None, "", "0", 0]
    assert list(map(type, values)) == [type(None), str, str, int]


def test_a_group_is_taken_whole() -> None:
    """What an update of a group does not mention is at its default, never the other write's."""
    one = Station("a")
    one.write(after={**FIVE, "start": "2025-05-01", "stop": "2025-05-09"})
    one.write(before=FIVE, after={"dose": "250", "unit": "g"})
    one.write(before={"start": "2025-05-01"}, after={"start": "2025-05-02"})
    assert row_of(folded(one)) == {
        "dose": "250", "unit": "g", "frequency": "", "start": "2025-05-02", "stop": None,
        "note": "",
    }  # fmt: skip


def test_groups_of_two_stations_stand_side_by_side() -> None:
    """Writes of different groups both count, and are no conflict."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before={"note": ""}, after={"note": "with food"})
    made = folded(one, two)
    assert row_of(made) == {**MANY, **NO_SPAN, "note": "with food"}
    assert made.conflicts == ()


def test_the_later_clock_wins_then_the_station_then_the_sequence() -> None:
    """A row's entries are ordered by clock, station and sequence, whichever came first."""
    one, two = Station("a"), Station("b")
    one.write(after=FIVE, clock=7)
    two.write(after=MANY, clock=7)
    assert row_of(folded(one, two))["unit"] == "g"
    one.write(before=MANY, after=FIVE, clock=8)
    assert row_of(folded(two, one))["unit"] == "mg"


def test_a_delete_takes_the_wholerow_of() -> None:
    """Nothing of the row is left."""
    one = Station("a")
    one.write(after=FIVE)
    one.write(before=FIVE)
    assert folded(one).rows == {}


def test_an_update_never_brings_a_row_back() -> None:
    """A change that is later than the delete leaves neither a row nor half of one."""
    one, two = two_that_know_a_dose()
    two.write(before=FIVE)
    one.write(before={"note": ""}, after={"note": "with food"}, clock=99)
    assert folded(one, two).rows == {}


def test_an_update_of_a_row_that_nobody_inserted_makes_none() -> None:
    """Half a row is never shown."""
    one = Station("a")
    one.write(before={"note": ""}, after={"note": "x"})
    made = folded(one)
    assert (made.rows, made.ignored) == ({}, 0)


def test_undo_of_a_delete_brings_the_whole_row_back() -> None:
    """It is written like an insert, and nothing older shows through."""
    one = Station("a")
    one.write(after={**FIVE, "note": "with food"})
    one.write(before={**FIVE, "note": "with food"})
    one.write(after=FIVE, undoes=2)
    assert row_of(folded(one)) == {**FIVE, **NO_SPAN, "note": ""}


def test_undo_of_an_insert_takes_the_row_away() -> None:
    """It is written like a delete."""
    one = Station("a")
    one.write(after=FIVE)
    one.write(before=FIVE, undoes=1)
    assert folded(one).rows == {}


def test_a_column_of_a_newer_version_is_kept() -> None:
    """It stands in the row, a group of its own, and goes when an insert does not mention it."""
    one = Station("a")
    one.write(after={**FIVE, "later": 1})
    one.write(before=FIVE, after=MANY)
    assert row_of(folded(one)) == {**MANY, **NO_SPAN, "note": "", "later": 1}
    one.write(before={"later": 1}, after={"later": 2})
    assert row_of(folded(one))["later"] == 2
    one.write(before={**MANY, "later": 2})
    one.write(after=MANY)
    assert "later" not in row_of(folded(one))


def test_a_kind_of_a_newer_version_is_kept() -> None:
    """Each of its columns is a group of its own."""
    one, two = Station("a"), Station("b")
    one.write("findings", after={"name": "x", "result": "positive"})
    two.hear(one)
    two.write("findings", before={"name": "x"}, after={"name": "y"})
    one.write("findings", before={"result": "positive"}, after={"result": "negative"})
    made = folded(one, two)
    assert row_of(made, "findings") == {"name": "y", "result": "negative"}
    assert made.conflicts == ()


def test_what_was_heard_and_erased_makes_norow_of() -> None:
    """Those entries speak about stations and patients."""
    one, two = two_that_know_a_dose()
    two.write("erased", b"somebody", after={}, patient=None)
    assert list(folded(one, two).rows) == [("doses", b"row")]


def test_delivery_shuffled_and_doubled_changes_nothing() -> None:
    """Neither the order nor repetition of what arrives shows."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE)
    entries = entries_of(one, two)
    hearing = Hearing.of(entries)
    again = [*reversed(entries), *entries]
    assert fold(again, Hearing.of(again), SHAPES) == fold(entries, hearing, SHAPES)


def test_a_body_that_cannot_be_read_is_damage() -> None:
    """No row is made up from it."""
    one = Station("a")
    one.write(body=b"[]")
    with pytest.raises(Damage):
        folded(one)


def _visit(station: Station, *, signs: bool) -> None:
    cells: Any = {"scope": VISIT}
    station.write("visits", VISIT, after={}, **cells)
    station.write("answers", ANSWER, after={"value": "2"}, **cells)
    if signs:
        signed = {"state": "signed", "signed_by": "ann"}
        station.write("visits", VISIT, before={"state": "draft"}, after=signed, **cells)


def test_a_visit_version_is_written_only_by_the_station_that_began_it() -> None:
    """What another one writes there is kept, counted and without effect or conflict."""
    one, two = Station("a"), Station("b")
    _visit(one, signs=False)
    two.write("answers", ANSWER, before={"value": "2"}, after={"value": "0"}, scope=VISIT)
    two.write("answers", VISIT + b"other", after={"value": "0"}, scope=VISIT, clock=1)
    two.write("visits", VISIT, before={}, scope=VISIT)
    made = folded(one, two)
    assert row_of(made, "answers", ANSWER) == {"value": "2", "reason": ""}
    assert row_of(made, "visits", VISIT) == {"state": "draft", "signed_by": None, "note": ""}
    assert (len(made.rows), made.ignored, made.conflicts) == (2, 3, ())


def test_the_earliest_insert_says_who_began_a_visit_version() -> None:
    """A second one is another station's entry on it."""
    one, two = Station("a"), Station("b")
    _visit(one, signs=False)
    two.write("visits", VISIT, after={"note": "x"}, scope=VISIT, clock=50)
    made = folded(two, one)
    assert (row_of(made, "visits", VISIT)["note"], made.ignored) == ("", 1)


def test_an_entry_on_a_visit_version_that_nobody_began_has_no_effect() -> None:
    """It is counted."""
    one = Station("a")
    one.write("answers", ANSWER, after={"value": "2"}, scope=VISIT)
    made = folded(one)
    assert (made.rows, made.ignored) == ({}, 1)


@pytest.mark.parametrize("state", ["signed", "imported"])
def test_nothing_is_written_on_a_visit_version_after_its_signing(state: str) -> None:
    """Later entries of its own station are counted and without effect."""
    one = Station("a")
    one.write("visits", VISIT, after={}, scope=VISIT)
    one.write("answers", ANSWER, after={"value": "2"}, scope=VISIT)
    one.write("visits", VISIT, before={"state": "draft"}, after={"state": state}, scope=VISIT)
    one.write("answers", ANSWER, before={"value": "2"}, after={"value": "0"}, scope=VISIT)
    for after in ({"state": "draft"}, {"state": "signed", "signed_by": "ben"}, None):
        one.write("visits", VISIT, before={"state": state}, after=after, scope=VISIT)
    made = folded(one)
    assert row_of(made, "visits", VISIT) == {"state": state, "signed_by": None, "note": ""}
    assert (row_of(made, "answers", ANSWER)["value"], made.ignored) == ("2", 4)


def test_the_step_that_signs_counts_whole() -> None:
    """What it writes beneath the visit after the signature belongs to it, as in an import."""
    one = Station("a")
    first = one.write("visits", VISIT, after={"state": "imported"}, scope=VISIT)
    one.write("answers", ANSWER, after={"value": "2"}, scope=VISIT, step=first.sequence)
    made = folded(one)
    assert (row_of(made, "answers", ANSWER)["value"], made.ignored) == ("2", 0)


def test_another_station_cannot_sign() -> None:
    """The visit stays open to the station that began it."""
    one, two = Station("a"), Station("b")
    _visit(one, signs=False)
    two.hear(one)
    two.write("visits", VISIT, before={}, after={"state": "signed"}, scope=VISIT)
    one.write(
        "answers", ANSWER, before={"value": "2"}, after={"value": "1"}, scope=VISIT, clock=50
    )
    made = folded(one, two)
    assert (row_of(made, "answers", ANSWER)["value"], made.ignored) == ("1", 1)


def test_a_state_of_another_kind_of_row_signs_nothing() -> None:
    """Only the visit's own row does."""
    one = Station("a")
    _visit(one, signs=False)
    one.write("sheets", VISIT, after={"state": "signed"}, scope=VISIT)
    one.write("answers", ANSWER, before={}, after={"value": "1"}, scope=VISIT)
    assert folded(one).ignored == 0


def test_an_error_mark_passes_whoever_sets_it() -> None:
    """It belongs to the visit, not to a version."""
    one, two = Station("a"), Station("b")
    _visit(one, signs=True)
    two.hear(one)
    two.write("error_marks", VISIT, after={"reason": "wrong child"})
    made = folded(one, two)
    assert row_of(made, "error_marks", VISIT) == {"reason": "wrong child"}
    assert made.ignored == 0


def test_an_amendment_is_a_version_of_whoever_began_it() -> None:
    """Both stations' amendments of one signed visit stand."""
    one, two = Station("a"), Station("b")
    _visit(one, signs=True)
    two.hear(one)
    for station, version in ((one, b"2a"), (two, b"2b")):
        station.write("visits", version, after={"note": "slip"}, scope=version)
    made = folded(one, two)
    assert (len(made.rows), made.ignored, made.conflicts) == (4, 0, ())


@pytest.mark.parametrize("cells", [{"patient": b"somebody else"}, {"scope": VISIT}])
def test_a_row_never_changes_its_patient_or_its_visit(cells: Any) -> None:
    """An entry that names another than the row's first one is counted, without effect."""
    one = Station("a")
    _visit(one, signs=False)
    one.write(after=FIVE)
    one.write(before=FIVE, after=MANY, **cells)
    made = folded(one)
    assert (row_of(made)["unit"], made.ignored) == ("mg", 1)


def test_nothing_is_left_of_an_erased_patient() -> None:
    """Neither a row nor a conflict nor a count, with bodies or without."""
    one, two = two_that_know_a_dose()
    one.write(before=FIVE, after=MANY)
    two.write(before=FIVE, salt=None, body=None)
    assert folded(one, two, erased=(PATIENT,)) == Folded({}, (), 0, 0)


def test_an_entry_without_a_body_waits_for_its_erasure() -> None:
    """Until then it is counted, without effect."""
    one = Station("a")
    one.write(after=FIVE)
    one.write(before=FIVE, after=MANY, salt=None, body=None)
    made = folded(one)
    assert (row_of(made)["unit"], made.waiting, made.ignored) == ("mg", 1, 0)


def test_rows_without_a_patient_fold_like_others() -> None:
    """Users and the unit's settings have none."""
    one = Station("a")
    one.write("users", b"ann", after={"name": "Ann"}, patient=None)
    assert row_of(folded(one, erased=(PATIENT,)), "users", b"ann") == {"name": "Ann"}


def test_a_shape_says_what_belongs_together() -> None:
    """Every column has a group, a lone one its own; a group's value is one thing."""
    shape = SHAPES["doses"]
    assert shape.groups_in(["dose", "unit", "note", "later"]) == {"dose", "note", "later"}
    assert shape.value("dose", {"unit": "mg", "dose": "5"}) == ("5", "mg", "")
    assert shape.value("later", {}) == (None,)
    assert Shape({}, {}).empty == {}
