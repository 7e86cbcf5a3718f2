"""Doubts about numbers outside the typing limits of their list: asked back once, then stored.

Typing limits are wide and our own. They catch slips of typing and are no recommendation.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from app.errors import N_
from app.language import Words
from app.records.lists import code_list
from app.screens.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def measure_doubt(kind: str, value: Decimal, words: Words) -> str:
    """Return what is unusual about a measure of a kind; empty where nothing is, and for 0."""
    known = code_list("measure_kinds").get(kind)
    if value == 0 or not known.asks_back(value):
        return ""
    return words(
        N_("{measure}: {value} is outside the usual typing limits."),
        measure=words(known.title),
        value=words.number(value),
    )


def ask_back(
    desk: Desk, parent: "QWidget", doubts: Sequence[str], on_right: Callable[[], None]
) -> None:
    """Ask whether what is unusual is right; nothing happens unless it is."""
    words = desk.words
    why = N_("These limits catch slips of typing. They are no recommendation.")
    desk.ask.confirm(
        parent,
        words(N_("Is it right?")),
        "\n".join((*doubts, words(why))),
        words(N_("Yes, it is right")),
        on_right,
    )
