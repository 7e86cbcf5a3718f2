"""A scale file as written: its raw shape, and what is wrong in it.

Unknown keys and wrong types stop here. Numbers come as whole numbers or exact decimals, never as
floats.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from scales.model import Number

Text = Annotated[str, msgspec.Meta(min_length=1)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*\Z")]


class Fault(Exception):
    """Something in a scale file is wrong: at which key, and why, for the file's author."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


@contextmanager
def faults_told(path: Path, error: Callable[..., Exception], sentence: str) -> Iterator[None]:
    """Raise a fault as an error about its file; the sentence has places for file, key, reason."""
    try:
        yield
    except Fault as fault:
        reason = fault.reason.rstrip(".")
        raise error(sentence, file=path.name, key=fault.key, reason=reason) from fault


def refuse_twice(place: str, names: Iterable[str]) -> None:
    """Refuse a name that stands twice.

    Raises:
        Fault: One does; it is named.

    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Fault(place, f"“{name}” stands twice")
        seen.add(name)


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all shapes: frozen, and closed to unknown keys."""


class SourceShape(Shape, frozen=True):
    """Where a scale or a number comes from."""

    citation: Text
    doi: str = ""
    pmid: str = ""


class LevelShape(Shape, frozen=True):
    """One level of an item."""

    value: Number
    label: Text
    criterion: Text
    plain: str = ""


class ItemShape(Shape, frozen=True):
    """One item with its levels in rising order."""

    id: Id
    title: Text
    how_to_test: Text
    verified: bool
    levels: tuple[LevelShape, ...]
    sides: Literal["none", "mean", "sum"] = "none"
    heading: str = ""
    term: str = ""
    plain: str = ""
    reasons: tuple[Text, ...] = ()
    seconds: Annotated[int, msgspec.Meta(ge=0)] = 0


class SubscoreShape(Shape, frozen=True):
    """A named sum of some items."""

    id: Id
    title: Text
    items: tuple[str, ...]
    lowest: Number
    highest: Number


class RuleShape(Shape, frozen=True):
    """A rule of the scale between two items without sides."""

    item: str
    at_least: Number
    other: str
    equals: Number
    sentence: Text


class ConditionShape(Shape, frozen=True):
    """One half of a consistency question. ``scale`` is written in ``across.toml`` only."""

    key: str
    levels: tuple[Number, ...]
    scale: str = ""


class QuestionShape(Shape, frozen=True):
    """A consistency question."""

    id: Id
    when: tuple[ConditionShape, ...]
    sentence: Text


class NeverShape(Shape, frozen=True):
    """A question about a reason that an earlier level contradicts."""

    id: Id
    key: str
    reason: Id
    sentence: Text


class NoiseShape(Shape, frozen=True):
    """Published limits of agreement."""

    low: Number
    high: Number
    label: Text
    from_age: int
    source: SourceShape


class SmallestChangeShape(Shape, frozen=True):
    """A published smallest change that mattered."""

    value: Number
    label: Text
    from_age: int
    source: SourceShape


class AgeMarkShape(Shape, frozen=True):
    """What typical people of one age score."""

    age: int
    median: Number
    low: Number
    high: Number
    label: Text


class VectorShape(Shape, frozen=True):
    """A worked example. No ``total`` means that none comes out; so for each subscore."""

    name: Text
    answers: dict[str, Number | dict[str, Number]]
    not_testable: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    total: Number | None = None
    subscores: dict[str, Number] = {}
    refused: bool = False


class ScaleShape(Shape, frozen=True):
    """A whole scale file."""

    id: Id
    order: int
    version: Text
    title: Text
    short_title: Text
    measures: Text
    lowest: Number
    highest: Number
    step: Number
    verified: Literal["yes", "no", "own"]
    caution: str
    licence: Text
    source: SourceShape
    continues: tuple[Text, ...] = ()
    level_step: Number = 1
    remarks: tuple[Text, ...] = ()
    item: tuple[ItemShape, ...] = ()
    subscore: tuple[SubscoreShape, ...] = ()
    rule: tuple[RuleShape, ...] = ()
    question: tuple[QuestionShape, ...] = ()
    never: tuple[NeverShape, ...] = ()
    noise: tuple[NoiseShape, ...] = ()
    smallest_change: tuple[SmallestChangeShape, ...] = ()
    age_mark: tuple[AgeMarkShape, ...] = ()
    vector: tuple[VectorShape, ...] = ()


class AcrossShape(Shape, frozen=True):
    """The file of questions between scales."""

    question: tuple[QuestionShape, ...]


_Shape = TypeVar("_Shape", bound=msgspec.Struct)


def read_shape(path: Path, shape: type[_Shape]) -> _Shape:
    """Read a TOML file into its shape.

    Raises:
        Fault: The file cannot be read, is not TOML, or does not have this shape.

    """
    return shaped(read_toml(path, _exact), shape)


def read_toml(path: Path, number: Callable[[str], Decimal] = Decimal) -> dict[str, Any]:
    """Read a TOML file, its numbers exact; ``number`` reads them and may refuse.

    Raises:
        Fault: The file cannot be read, is not TOML, or has a number that is refused.

    """
    try:
        return tomllib.loads(path.read_text("utf-8"), parse_float=number)
    except OSError as error:
        raise Fault("file", f"cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise Fault("file", f"is not a TOML text: {error}") from error


def shaped(raw: dict[str, Any], shape: type[_Shape]) -> _Shape:
    """Return what a TOML file says, in its shape.

    Raises:
        Fault: It does not have this shape.

    """
    try:
        return msgspec.convert(raw, shape, builtin_types=(Decimal,))
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        raise Fault(place.strip("`").removeprefix("$.") or "file", reason) from error


def _exact(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        message = f"{text} is not a number"
        raise ValueError(message)
    return number
