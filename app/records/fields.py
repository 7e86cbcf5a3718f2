"""What a field of a record can be: how its text is read and written, and what it refuses.

Stored rows and the published tables hold the same texts: a number in its shortest form, a date as
``2003-05-17``, ``2003-05`` or ``2003``, an id of a list, or free text; empty is not recorded.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import NODEFAULT, Struct

from app.dates import PartialDate, iso, parse_date
from app.errors import N_, UserError
from app.numbers import read_cell
from app.records.lists import code_list
from app.records.rules import (
    STOP_TOO_EARLY,
    check_day,
    check_id,
    check_number,
    check_seen,
    check_span,
    check_time,
    check_year,
)
from scales.model import plain

_read_date = lru_cache(maxsize=4096)(parse_date)

Problem = tuple[str, UserError]
"""The name of a field, and why what it holds cannot stay."""


class Facts(Struct, frozen=True):
    """What is told about one thing: each field is annotated with its ``FieldType``.

    A field whose type is itself ``Facts`` is told in its own columns.
    """


class FieldType(Struct, frozen=True, kw_only=True):
    """How one field is told.

    ``required`` says that a table needs the column and, unless ``may_be_empty``, a text in each
    cell; ``group`` names the columns that mean something only together; ``column`` is the name in
    tables where it is not the field's own. ``of`` names the field that it says something about;
    without that one it means nothing. ``unless`` names the field that can stand in its place: one
    of the two is needed. ``lacking`` is the sentence that says what the other one lacks.
    """

    required: bool = False
    may_be_empty: bool = False
    group: str = ""
    column: str = ""
    of: str = ""
    unless: str = ""
    lacking: str = ""

    def parse(self, text: str) -> Any:  # noqa: ANN401 - each type has its own values
        """Return the value that a text stands for; UserError if it stands for none."""
        return text

    def check_signs(self, text: str) -> None:
        """Refuse a written text with a character that nobody sees and that changes what it is."""
        check_seen(text)

    def text(self, value: Any) -> str:  # noqa: ANN401 - as above
        """Return the text of a value."""
        return str(value)

    def check(self, value: Any) -> None:  # noqa: ANN401 - as above
        """Refuse, with a UserError, a value that no record may have."""


class Text(FieldType, frozen=True):
    """Any text, kept as it was typed; ``is_name`` says that a catalogue knows it by this name."""

    is_name: bool = False

    def check_signs(self, text: str) -> None:
        """Refuse unseen characters in a name; other texts may need them."""
        if self.is_name:
            check_seen(text)

    def check(self, value: str) -> None:
        """Refuse spaces alone where words are needed."""
        if self.required and not self.is_name and not value.strip():
            raise UserError(N_("This cell must not be empty."))


class Identifier(FieldType, frozen=True):
    """A name that people and other programs use, compared exactly."""

    reserved: tuple[str, ...] = ()

    def check(self, value: str) -> None:
        """Refuse what breaks the rule of identifiers, and names that mean something else."""
        if value in self.reserved:
            raise UserError(N_("“{text}” names an axis and cannot be a treatment id."), text=value)
        check_id(value)


class Time(FieldType, frozen=True):
    """A local time, ``HH:MM``."""

    def check(self, value: str) -> None:
        """Refuse what is no time."""
        check_time(value)


class Number(FieldType, frozen=True):
    """A plain decimal number that is 0 or more.

    ``kind`` names the field whose entry of ``measure_kinds`` says what the number can be.
    """

    kind: str = ""

    def parse(self, text: str) -> Decimal:
        """Return a plain decimal number; UserError for anything else."""
        return read_cell(text)

    def text(self, value: Decimal | None) -> str:
        """Return the number in its shortest form, empty where none is recorded."""
        return "" if value is None else plain(value)

    def check(self, value: Decimal) -> None:
        """Refuse what is below zero or no plain number, and what could not be read back."""
        check_number(value)


class Weeks(Number, frozen=True):
    """Completed weeks of pregnancy at birth, within wide limits of our own."""

    lowest: int = 20
    highest: int = 45

    def check(self, value: Decimal) -> None:
        """Refuse part of a week, and what no pregnancy can be."""
        super().check(value)
        if value % 1 or not self.lowest <= value <= self.highest:
            raise UserError(
                N_("Please give completed weeks: a whole number from {lowest} to {highest}."),
                lowest=self.lowest,
                highest=self.highest,
            )


class Date(FieldType, frozen=True):
    """A date with its precision; ``None`` where it is unknown and may be.

    It lies between the patient's birth and today; where ``planned``, two years ahead at most.
    ``not_before`` names the field of another date that it may not precede; ``too_early`` is what
    is said where it does, with ``{start}`` and ``{stop}``.
    """

    planned: bool = False
    not_before: str = ""
    too_early: str = STOP_TOO_EARLY

    def parse(self, text: str) -> PartialDate | None:
        """Return the date; UserError for what is none."""
        return _read_date(text)

    def text(self, value: PartialDate | None) -> str:
        """Return the date as ISO text, empty where it is unknown."""
        return iso(value)

    def check(self, value: PartialDate | None) -> None:
        """Refuse a year in which nobody of a record was alive."""
        if value is not None:
            check_year(value)

    def check_in_life(self, value: PartialDate, birth: PartialDate | None, today: date) -> None:
        """Refuse what lies before the birth, or further ahead than this date may."""
        check_day(value, birth, today, is_planned=self.planned)


class Code(FieldType, frozen=True):
    """An id of a list, or free text where the list takes it.

    ``note`` names the field in which an entry such as “other” must be explained.
    """

    list: str
    note: str = ""

    def check_signs(self, text: str) -> None:
        """Refuse unseen characters unless the list takes any text."""
        if not code_list(self.list).takes_text:
            check_seen(text)

    def check(self, value: str) -> None:
        """Refuse what the list does not take."""
        known = code_list(self.list)
        if not known.takes_text:
            known.get(value)


class Field(Struct, frozen=True):
    """A field of a kind of record: its name, its type, its default, and what tells its value.

    ``column`` is its name in the published table, ``group`` the name of the fields that change
    together with it. ``is_optional`` says that an empty text stands for the default.
    """

    name: str
    type: FieldType
    default: object
    value: Callable[[Facts], Any]
    column: str
    group: str
    is_optional: bool

    def parse(self, text: str) -> Any:  # noqa: ANN401 - each type has its own values
        """Return what a text stands for; an empty one is the default of an optional field."""
        if text:
            return self.type.parse(text)
        if self.default is NODEFAULT and not self.type.may_be_empty:
            raise UserError(N_("This cell must not be empty."))
        return "" if self.default is NODEFAULT else self.default

    def read(self, text: str) -> Any:  # noqa: ANN401 - as above
        """Return what a text stands for; UserError for what no record may have in this field."""
        if text:
            self.type.check_signs(text)
        value = self.parse(text)
        if text:
            self.type.check(value)
        return value


F = TypeVar("F", bound=Facts)


@cache
def fields_of(kind: type[Facts]) -> tuple[Field, ...]:
    """Return the fields that a class of facts declares, in its order."""
    return tuple(_declared(kind, ()))


def _declared(kind: type[Facts], path: tuple[str, ...]) -> Iterator[Field]:
    defaults = _defaults(kind)
    for name in kind.__struct_fields__:
        annotation = kind.__annotations__[name]
        if _is_facts(annotation):
            yield from _declared(annotation, (*path, name))
        else:
            told: FieldType = annotation.__metadata__[0]
            yield _field(told, (*path, name), defaults[name])


def _field(told: FieldType, path: tuple[str, ...], default: object) -> Field:
    name = path[-1]
    return Field(
        name=name,
        type=told,
        default=default,
        value=attrgetter(".".join(path)),
        column=told.column or name,
        group=told.group or name,
        is_optional=not told.required or told.may_be_empty,
    )


def _defaults(kind: type[Facts]) -> dict[str, object]:
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    missing = [NODEFAULT] * (len(names) - len(defaults))
    return dict(zip(names, [*missing, *defaults], strict=True))


def _is_facts(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Facts)


def texts_of(facts: Facts) -> dict[str, str]:
    """Return the text of each field by name."""
    return {each.name: each.type.text(each.value(facts)) for each in fields_of(type(facts))}


def facts_from(kind: type[F], texts: Mapping[str, Any]) -> F:
    """Return the facts that texts by name tell; UserError for a text that tells nothing."""
    return build(kind, {each.name: each.parse(texts[each.name]) for each in fields_of(kind)})


def told_anew(facts: F, texts: Mapping[str, str]) -> F:
    """Return facts in which some fields are told by texts; the others stay."""
    return facts_from(type(facts), {**texts_of(facts), **texts})


def build(kind: type[F], values: Mapping[str, object]) -> F:
    """Return facts made of values by name; what is not there has its default."""
    told = {name: values[name] for name in kind.__struct_fields__ if name in values}
    for name, part in _parts(kind):
        told[name] = build(part, values)
    return kind(**told)


@cache
def _parts(kind: type[Facts]) -> tuple[tuple[str, type[Facts]], ...]:
    """Return the fields of a class that are facts in themselves."""
    told = kind.__annotations__.items()
    return tuple((name, annotation) for name, annotation in told if _is_facts(annotation))


def values_of(facts: Facts) -> dict[str, object]:
    """Return the value of each field by name."""
    return {each.name: each.value(facts) for each in fields_of(type(facts))}


def problems_in(kind: type[Facts], values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the values of a kind, field by field; others need not be there."""
    for each in fields_of(kind):
        value = values.get(each.name, "")
        if _is_empty(value) and (each.is_optional or each.name not in values):
            continue
        try:
            each.type.check(value)
        except UserError as problem:
            yield each.name, problem
    yield from problems_beside(kind, values)


def problems_beside(kind: type[Facts], values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what does not go with another field; each field once."""
    if _beside(kind):
        yield from dict(_problems_beside(kind, values)).items()


@cache
def _beside(kind: type[Facts]) -> tuple[Field, ...]:
    """Return the fields that must go with another one."""
    return tuple(
        each
        for each in fields_of(kind)
        if each.type.of
        or each.type.unless
        or (isinstance(each.type, Date) and each.type.not_before)
        or (isinstance(each.type, Code) and each.type.note)
        or (isinstance(each.type, Number) and each.type.kind)
    )


def _problems_beside(kind: type[Facts], values: Mapping[str, Any]) -> Iterator[Problem]:
    for each in _beside(kind):
        if each.name not in values:
            continue
        told, value = each.type, values[each.name]
        if isinstance(told, Date) and told.not_before in values:
            yield from _refused(
                each.name, partial(check_span, values[told.not_before], value, told.too_early)
            )
        if isinstance(told, Code) and told.note in values:
            yield from _refused(told.note, partial(_check_noted, told, value, values[told.note]))
        if told.unless in values:
            yield from _refused(
                each.name, partial(_check_either, told, value, values[told.unless])
            )
        if told.of in values:
            yield from _refused(each.name, partial(_check_said_of, told, value, values[told.of]))
        if isinstance(told, Number) and told.kind in values:
            yield from _refused(each.name, partial(check_measure, values[told.kind], value))


def _check_noted(told: Code, value: str, note: str) -> None:
    entry = code_list(told.list).find(value)
    if entry is not None and entry.needs_note and not note.strip():
        raise UserError(N_("“{value}” needs a note that says what it is."), value=value)


def _check_said_of(told: FieldType, value: object, of: object) -> None:
    if not _is_empty(value) and _is_empty(of):
        raise UserError(told.lacking)


def _check_either(told: FieldType, value: object, other: object) -> None:
    if _is_empty(value) and _is_empty(other):
        raise UserError(told.lacking)


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def check_measure(kind: str, value: Decimal) -> None:
    """Refuse a number that no measure of a kind can be; an unknown kind has no limits."""
    entry = code_list("measure_kinds").find(kind)
    if entry is not None and not entry.is_possible(value):
        raise UserError(
            N_("{value} cannot be: the lowest possible is {lowest}, the highest {highest}."),
            value=plain(value),
            lowest=entry.lowest,
            highest=entry.highest,
        )


@cache
def dates_of(kind: type[Facts]) -> tuple[tuple[str, Date], ...]:
    """Return the dates that a class of facts declares, by name."""
    return tuple((each.name, each.type) for each in fields_of(kind) if isinstance(each.type, Date))


def day_problems_in(
    kind: type[Facts], values: Mapping[str, Any], birth: PartialDate | None, today: date
) -> Iterator[Problem]:
    """Yield the dates that lie outside the patient's life so far, or too far ahead."""
    for name, told in dates_of(kind):
        day = values.get(name)
        if day is not None:
            yield from _refused(name, partial(told.check_in_life, day, birth, today))


def _refused(name: str, check: Callable[[], None]) -> Iterator[Problem]:
    try:
        check()
    except UserError as problem:
        yield name, problem


def check_facts(facts: Facts) -> None:
    """Raise the first thing that is wrong with facts in themselves."""
    for _, problem in problems_in(type(facts), values_of(facts)):
        raise problem


def check_lived(facts: Facts, birth: PartialDate | None, today: date) -> None:
    """Raise the first date of facts before the patient's birth, or too far ahead."""
    for _, problem in day_problems_in(type(facts), values_of(facts), birth, today):
        raise problem
