"""The catalogue of this version, loaded once for all tests of the scales."""

import pytest

from scales.catalogue import load_catalogue
from scales.shelf import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the shipped scales."""
    return load_catalogue()
