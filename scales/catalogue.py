"""The door to the scales of this version: every definition file of a folder, checked.

The checked catalogue is kept sealed beside its sources, in ``catalogue.json``; where it does not
fit them, they are read and checked.
"""

from pathlib import Path

from scales.model import Catalogue
from scales.sealed import read_sealed, write_sealed

__all__ = ["CHECKED", "DEFINITIONS", "Catalogue", "load_catalogue", "write_checked"]

DEFINITIONS = Path(__file__).parent / "definitions"
CHECKED = "catalogue.json"


def load_catalogue(folder: Path = DEFINITIONS) -> Catalogue:
    """Load every scale of a folder and the questions between scales, all checked.

    Raises:
        DefinitionError: A file contradicts itself or the others; file and key are named.

    """
    checked = read_sealed(folder / CHECKED, folder.glob("*.toml"), Catalogue)
    if checked is not None:
        return checked
    from scales.load import load_sources  # noqa: PLC0415 - only where nothing checked fits

    return load_sources(folder)


def write_checked(folder: Path = DEFINITIONS) -> None:
    """Check the sources of a folder and write the checked catalogue beside them.

    Raises:
        DefinitionError: A file contradicts itself or the others; nothing is written.

    """
    from scales.load import load_sources  # noqa: PLC0415 - as above

    write_sealed(folder / CHECKED, folder.glob("*.toml"), load_sources(folder))
