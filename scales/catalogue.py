"""The door to the scales of this version: every definition file of a folder, checked."""

from operator import attrgetter
from pathlib import Path

from scales.load import load_across, load_definition
from scales.shelf import Catalogue

__all__ = ["DEFINITIONS", "Catalogue", "load_catalogue"]

DEFINITIONS = Path(__file__).parent / "definitions"
_ACROSS = "across.toml"


def load_catalogue(folder: Path = DEFINITIONS) -> Catalogue:
    """Load every scale file of a folder, and the questions between scales.

    Raises:
        DefinitionError: A file contradicts itself or the others; file and key are named.

    """
    paths = sorted(path for path in folder.glob("*.toml") if path.name != _ACROSS)
    loaded = sorted((load_definition(path) for path in paths), key=attrgetter("order", "id"))
    scales = Catalogue(tuple(loaded), ())
    return Catalogue(scales.definitions, load_across(folder / _ACROSS, scales.find))
