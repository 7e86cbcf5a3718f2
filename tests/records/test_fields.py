"""What a field can be: read, written, checked, alone and beside another field."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dates import PartialDate
from app.errors import UserError
from app.records.declaration import (
    KINDS,
    AnswerFacts,
    DoseFacts,
    EventFacts,
    Kind,
    VisitContext,
    VisitFacts,
)
from app.records.fields import (
    Code,
    Date,
    Facts,
    Field,
    FieldType,
    Identifier,
    Number,
    Text,
    Time,
    build,
    check_facts,
    check_lived,
    day_problems_in,
    facts_from,
    fields_of,
    problems_in,
    texts_of,
    told_anew,
    values_of,
)
from app.records.lists import code_list
from tests.records.workbench import day

TODAY = date(2025, 6, 1)


class Inner(Facts, frozen=True):
    """What is told in the columns of something else."""

    mood: Annotated[str, Text()] = ""
    weight: Annotated[Decimal, Number(group="scales")] = Decimal(0)


class Outer(Facts, frozen=True, kw_only=True):
    """One field of each type, and facts within."""

    name: Annotated[str, Identifier(required=True, reserved=("age",))]
    first: Annotated[PartialDate | None, Date(planned=True)] = None
    last: Annotated[PartialDate | None, Date(not_before="first")] = None
    at: Annotated[str, Time(column="time_of_day")] = ""
    unit: Annotated[str, Code(list="units", note="note")] = ""
    note: Annotated[str, Text()] = ""
    inner: Inner = Inner()


def _dates() -> st.SearchStrategy[str]:
    days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)
    return st.one_of(
        st.just(""), days, days.map(lambda one: one[:7]), days.map(lambda one: one[:4])
    )


def _numbers() -> st.SearchStrategy[str]:
    whole = st.decimals(0, 999_999, places=6, allow_nan=False)
    return whole.map(lambda one: f"{one.normalize():f}")


def _texts_for(told: FieldType) -> st.SearchStrategy[str]:
    """Return texts in the form in which such a field is written."""
    match told:
        case Identifier():
            return st.from_regex(r"\A[A-Za-z0-9]{1,64}\Z")
        case Time():
            return st.times().map(lambda one: f"{one:%H:%M}")
        case Number():
            return _numbers()
        case Date():
            return _dates()
        case Code():
            return st.sampled_from([entry.id for entry in code_list(told.list).entries])
    return st.text()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(data=st.data())
def test_what_is_written_is_read_and_written_alike(kind: Kind, data: st.DataObject) -> None:
    """Every field of every kind: text to value to text, and the facts are the same again."""
    texts = {
        each.name: data.draw(
            _texts_for(each.type) if each.is_optional else _texts_for(each.type).filter(bool)
        )
        for each in fields_of(kind.facts)
    }
    facts = facts_from(kind.facts, texts)
    told = texts_of(facts)
    assert {name: told[name] for name, text in texts.items() if text} == {
        name: text for name, text in texts.items() if text
    }
    assert facts_from(kind.facts, told) == facts
    assert build(kind.facts, values_of(facts)) == facts


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (Number(), "1,5"), (Number(), ".5"), (Number(), "1e3"), (Number(), "٣"),
        (Number(), "NaN"), (Number(), " 1"), (Number(), "+1"),
        (Date(), "17.05.2003"), (Date(), "2003-13"), (Date(), "2003-02-30"), (Date(), "03"),
    ],
)  # fmt: skip
def test_a_text_that_stands_for_nothing_is_refused(told: FieldType, text: str) -> None:
    """A number or a date is never guessed."""
    with pytest.raises(UserError):
        told.parse(text)


@pytest.mark.parametrize(
    ("told", "value", "sentence"),
    [
        (Number(), Decimal(-1), "0 or more"), (Number(), Decimal("NaN"), "0 or more"),
        (Number(), Decimal("Infinity"), "0 or more"),
        (Number(), Decimal("0.1234567"), "6 digits after"),
        (Number(), Decimal(10**9), "below 1,000"), (Number(), Decimal("-0"), "0 or more"),
        (Time(), "9:30", "not a time"),
        (Time(), "24:00", "not a time"), (Identifier(), "", "1 to 64"),
        (Identifier(), "x" * 65, "1 to 64"), (Identifier(), " P1", "no spaces around"),
        (Identifier(reserved=("age",)), "age", "names an axis"),
        (Code(list="units"), "kg", "not in the list"),
    ],
)  # fmt: skip
def test_a_value_that_no_record_may_have_is_refused(
    told: FieldType, value: Any, sentence: str
) -> None:
    """Each type says in a sentence what it does not take."""
    with pytest.raises(UserError, match=sentence):
        told.check(value)


@given(st.decimals(min_value=0, allow_nan=False, allow_infinity=False))
def test_a_number_that_is_taken_can_be_read_back(number: Decimal) -> None:
    """Or else it is refused before it is stored; a row that nobody can read is lost."""
    try:
        Number().check(number)
    except UserError:
        return
    assert Number().parse(Number().text(number)) == number


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (Text(), "anything"), (FieldType(), "anything"), (Number(), Decimal(0)),
        (Time(), "00:00"), (Identifier(), "x" * 64), (Code(list="units"), "mg"),
        (Code(list="routes"), "by pigeon"), (Date(), None),
    ],
)  # fmt: skip
def test_what_may_be_is_taken(told: FieldType, value: Any) -> None:
    """0 is a number, a text that its list takes needs no id, and an unknown date is none."""
    told.check(value)


def _field(kind: type[Facts], name: str) -> Field:
    return next(each for each in fields_of(kind) if each.name == name)


def test_an_empty_text_is_the_default_or_is_missing() -> None:
    """Where nothing need be told it stands for the default; else it is a problem, or itself."""
    assert _field(Outer, "weight").parse("") == Decimal(0)
    assert _field(Outer, "first").parse("") is None
    with pytest.raises(UserError, match="must not be empty"):
        _field(Outer, "name").parse("")
    not_scored = _field(AnswerFacts, "value")
    assert (not_scored.parse(""), not_scored.is_optional) == ("", True)
    assert not _field(Outer, "name").is_optional


def test_facts_within_facts_are_told_in_their_own_columns() -> None:
    """They stand where the field that holds them stands, and are built back into it."""
    names = ["name", "first", "last", "at", "unit", "note", "mood", "weight"]
    assert [each.name for each in fields_of(Outer)] == names
    facts = Outer(name="x", inner=Inner("glad", Decimal("1.50")))
    texts = texts_of(facts)
    assert (texts["mood"], texts["weight"], texts["first"]) == ("glad", "1.5", "")
    assert facts_from(Outer, texts) == facts
    assert build(Outer, {"name": "x", "mood": "sad"}) == Outer(name="x", inner=Inner("sad"))
    context = VisitContext(slept="well")
    visit = VisitFacts("V1", PartialDate(2024, 5, 1), context=context)
    assert _field(VisitFacts, "slept").value(visit) == "well"


def test_a_field_says_its_column_and_its_group() -> None:
    """Its own name, unless the declaration says another."""
    assert (_field(Outer, "at").column, _field(Outer, "note").column) == ("time_of_day", "note")
    assert (_field(Outer, "weight").group, _field(Outer, "mood").group) == ("scales", "mood")


def test_some_fields_are_told_anew_and_the_others_stay() -> None:
    """What a form types replaces what it names; a text that stands for nothing is refused."""
    facts = Outer(name="x", note="kept", inner=Inner("glad"))
    assert told_anew(facts, {"mood": "sad"}) == Outer(name="x", note="kept", inner=Inner("sad"))
    with pytest.raises(UserError):
        told_anew(facts, {"weight": "much"})


def _problems(values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(error)) for name, error in problems_in(Outer, values)]


def test_every_problem_is_told_with_its_field() -> None:
    """All of them, in the order of the fields, what is wrong beside another field last."""
    found = _problems(
        {
            "name": "", "first": day("2020-05-02"), "last": day("2020-05-01"), "at": "noon",
            "unit": "other", "note": " ", "weight": Decimal(-1),
        }
    )  # fmt: skip
    assert [name for name, _ in found] == ["name", "at", "weight", "last", "note"]
    assert found[-2][1] == "The stop, 2020-05-01, is before the start, 2020-05-02."
    assert "needs a note" in found[-1][1]


def test_what_is_not_there_is_not_looked_at() -> None:
    """Single cells can be checked before the rest is known."""
    assert _problems({}) == []
    assert _problems({"last": day("2020-05-01")}) == []
    assert _problems({"unit": "other"}) == []
    assert _problems({"name": "x", "at": "", "first": None, "unit": ""}) == []


@pytest.mark.parametrize(
    ("first", "last", "is_wrong"),
    [
        ("2020-05", "2020-05-01", False), ("2020-05-31", "2020-05", False),
        ("2020", "2019-12-31", True), ("", "2019", False), ("2020", "", False),
    ],
)  # fmt: skip
def test_a_stop_is_refused_only_where_no_day_could_be(
    first: str, last: str, *, is_wrong: bool
) -> None:
    """A short date is its whole period, and an unknown one is in nobody's way."""
    values = {"first": day(first) if first else None, "last": day(last) if last else None}
    assert bool(_problems(values)) is is_wrong


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2025-06-02", "in the future"), ("2020-05-16", "before the birth date"),
        ("2025-06", ""), ("2020-05", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_day_lies_within_the_patients_life_so_far(when: str, sentence: str) -> None:
    """After the birth, and not after today; of a short date one day is enough."""
    values = {"last": day(when) if when else None, "first": day("2020-06")}
    found = list(day_problems_in(Outer, values, day("2020-05-17"), TODAY))
    assert [name for name, _ in found] == (["last"] if sentence else [])
    assert all(sentence in str(error) for _, error in found)
    facts = Outer(name="x", last=values["last"])
    if sentence:
        with pytest.raises(UserError, match=sentence):
            check_lived(facts, day("2020-05-17"), TODAY)
    else:
        check_lived(facts, day("2020-05-17"), TODAY)
    check_lived(facts, None, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2027-06-02", "2027-06-02 is more than two years ahead"),
        ("2027-07", "more than two years ahead"), ("2028", "more than two years ahead"),
        ("2020-05-16", "before the birth date"), ("2020-04", "before the birth date"),
        ("2027-06-01", ""), ("2027-06", ""), ("2027", ""), ("2020-05", ""), ("2020", ""),
    ],
)  # fmt: skip
def test_a_planned_day_lies_two_years_ahead_at_most(when: str, sentence: str) -> None:
    """A plan may lie ahead of today, and no plan lies before the birth."""
    facts = Outer(name="x", first=day(when))
    if sentence:
        with pytest.raises(UserError, match=sentence):
            check_lived(facts, day("2020-05-17"), TODAY)
    else:
        check_lived(facts, day("2020-05-17"), TODAY)


@pytest.mark.parametrize("when", ["0024-01-05", "1899-12-31", "1899-12", "1899", "0001"])
def test_no_date_lies_before_1900(when: str) -> None:
    """Nobody of a record was alive; the first day of 1900 is taken."""
    first = next(each for each in fields_of(Outer) if each.name == "first")
    with pytest.raises(UserError, match=f"{when} is before 1900"):
        first.read(when)
    assert [name for name, _ in problems_in(Outer, {"first": day(when)})] == ["first"]
    for taken in ("1900-01-01", "1900-01", "1900"):
        assert first.read(taken) == day(taken)


def test_the_first_problem_of_whole_facts_is_raised() -> None:
    """Facts that are sound pass; of several faults the first field's is told."""
    check_facts(VisitContext(note="fine"))
    check_facts(EventFacts(date=day("2025-05-01"), kind="fever"))
    with pytest.raises(UserError, match="0 or more"):
        check_facts(DoseFacts(dose=Decimal(-1), unit="stones"))
