"""The figure that is drawn."""

import pytest

from app.trends.figure import Figure
from tests.drawing.by_hand import figure_by_hand


@pytest.fixture
def figure() -> Figure:
    """Return the course of an invented child, drawn by hand."""
    return figure_by_hand()
