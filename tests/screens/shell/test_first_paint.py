"""Knowing that a page was painted: told once, and not of a page that has gone meanwhile."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from app.screens.first_paint import FirstPaint


@pytest.fixture
def calls(qtbot: Any) -> list[str]:
    """Return what was called."""
    assert qtbot is not None
    return []


def test_the_first_paint_is_told_once(calls: list[str]) -> None:
    """However often a widget is painted."""
    page = QWidget()
    FirstPaint(page, lambda: calls.append("painted"))
    page.grab()
    page.grab()
    QApplication.processEvents()
    assert calls == ["painted"]


def test_a_page_that_went_meanwhile_tells_nothing(calls: list[str]) -> None:
    """What would be called may be gone with it."""
    page = QWidget()
    FirstPaint(page, lambda: calls.append("painted"))
    page.grab()
    delete(page)
    QApplication.processEvents()
    assert calls == []
