"""A field for a number: it says how what is typed is read."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.language import Words
from widgets.number_field import NumberField


@pytest.mark.parametrize(
    ("typed", "below"),
    [
        ("12,50", "read as 12.5"), ("012", "read as 12"), ("12.5", "last: 11"), ("", "last: 11"),
        ("heavy", "last: 11"), ("1.000", "last: 11"),
    ],
)  # fmt: skip
def test_a_number_that_is_written_in_another_way_is_read_back(
    qtbot: QtBot, words: Words, typed: str, below: str
) -> None:
    """Only where it differs from what is typed; else the hint stands there."""
    field = NumberField("Weight", words)
    qtbot.addWidget(field)
    field.show_hint("last: 11")
    QTest.keyClicks(field.edit, "9")
    field.edit.clear()
    QTest.keyClicks(field.edit, f"{typed} ")
    assert field.below.text() == below
