"""Loads scale files from their sources: read, build, check it all, or stop with file and key."""

from decimal import Decimal
from operator import attrgetter
from pathlib import Path

from scales.build import Find, build, build_across, build_vectors
from scales.check import check_definition, check_question
from scales.errors import N_, DefinitionError
from scales.model import Catalogue, ConsistencyRule, Definition
from scales.shape import AcrossShape, Fault, ScaleShape, faults_told, read_shape, refuse_twice

_ACROSS = "across.toml"
_UNUSABLE = N_("The scale file {file} cannot be used. {key}: {reason}.")


def load_sources(folder: Path) -> Catalogue:
    """Load every scale file of a folder, and the questions between scales.

    Raises:
        DefinitionError: A file contradicts itself or the others; file and key are named.

    """
    paths = sorted(path for path in folder.glob("*.toml") if path.name != _ACROSS)
    loaded = sorted((load_definition(path) for path in paths), key=attrgetter("order", "id"))
    scales = Catalogue(tuple(loaded), ())
    return Catalogue(scales.definitions, load_across(folder / _ACROSS, scales.find))


def load_definition(path: Path) -> Definition:
    """Load one scale file, its worked examples recomputed.

    Raises:
        DefinitionError: The file contradicts itself; file, key and reason are named.

    """
    with faults_told(path, DefinitionError, _UNUSABLE):
        raw = read_shape(path, ScaleShape)
        if raw.id != path.stem:
            raise Fault("id", f"“{raw.id}” is not the name of the file")
        definition = build(raw)
        vectors = build_vectors(definition, raw.vector)
        check_definition(definition, Decimal(raw.level_step), vectors)
        return definition


def load_across(path: Path, find: Find) -> tuple[ConsistencyRule, ...]:
    """Load the questions between scales; ``find`` returns the scale with an id.

    Raises:
        DefinitionError: A question names what is not there; file, key and reason are named.

    """
    with faults_told(path, DefinitionError, _UNUSABLE):
        raw = read_shape(path, AcrossShape)
        refuse_twice("question", (question.id for question in raw.question))
        rules = tuple(build_across(question, find) for question in raw.question)
        for rule in rules:
            check_question(rule, [find(condition.scale) for condition in rule.conditions])
        return rules
