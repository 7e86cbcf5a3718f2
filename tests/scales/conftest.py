"""The catalogue of this version, loaded once for all tests of the scales."""

import pytest

from scales.catalogue import Catalogue, load_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the shipped scales."""
    return load_catalogue()
