"""What can go wrong where the app is used, what guards against it, and what does not yet.

The file ``resources/hazards.toml`` is the list. A start reads none of it, so nothing of it is
kept sealed: it is read and checked when somebody asks for it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from app.errors import N_, Bug
from app.paths import HAZARDS
from scales.shape import Fault, Id, Shape, Text, faults_told, read_shape, refuse_twice

TestId = Annotated[str, msgspec.Meta(pattern=r"^tests/[a-z0-9_/]+\.py::test_\w+\Z")]
"""A test as pytest is asked for it; one that is run with many values is named once."""

Severity = Literal["catastrophic", "major", "considerable", "significant", "minor"]
SEVERITIES: Mapping[Severity, str] = {
    "catastrophic": N_("Catastrophic"),
    "major": N_("Major"),
    "considerable": N_("Considerable"),
    "significant": N_("Significant"),
    "minor": N_("Minor"),
}
"""The words of DCB0129 for the harm that would come if nothing guarded against it."""


class Hazard(Shape, frozen=True):
    """One thing that can go wrong.

    ``app_does`` is what the app does against it, held by ``tests``; ``left_to_unit`` is a control
    of the unit that uses the app, which the app does not claim; ``not_built`` says what lacks.
    """

    id: Id
    title: Text
    severity: Severity
    cause: Text
    harm: Text
    app_does: str = ""
    left_to_unit: str = ""
    not_built: str = ""
    tests: tuple[TestId, ...] = ()


class HazardPart(Shape, frozen=True):
    """Hazards that belong together, under their heading."""

    id: Id
    title: Text
    hazard: Annotated[tuple[Hazard, ...], msgspec.Meta(min_length=1)]


class _File(Shape, frozen=True):
    part: Annotated[tuple[HazardPart, ...], msgspec.Meta(min_length=1)]


def load_hazards(path: Path = HAZARDS) -> tuple[HazardPart, ...]:
    """Read the hazards, part by part, and check them.

    Raises:
        Bug: The file is not sound; file and key are named.

    """
    with faults_told(path, Bug, N_("The hazard file {file} cannot be used. {key}: {reason}.")):
        parts = read_shape(path, _File).part
        refuse_twice("part", (part.id for part in parts))
        _check(tuple(hazard for part in parts for hazard in part.hazard))
        return parts


def _check(hazards: Iterable[Hazard]) -> None:
    refuse_twice("hazard", (hazard.id for hazard in hazards))
    for hazard in hazards:
        place = f"hazard.{hazard.id}"
        refuse_twice(f"{place}.tests", hazard.tests)
        if hazard.app_does and not hazard.tests:
            raise Fault(f"{place}.tests", "what the app does needs a test that holds it")
        if hazard.tests and not hazard.app_does:
            raise Fault(f"{place}.app_does", "the tests hold something that is not told")
        if not (hazard.app_does or hazard.not_built):
            raise Fault(f"{place}.not_built", "where the app does nothing, this says so")
