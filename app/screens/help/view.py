"""The keys by where they act, and what this app is, in words."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from app.errors import N_
from app.language import Words
from widgets.shortcuts import AREA_TITLES, SHORTCUTS, Area

Rows = tuple[tuple[str, str], ...]
"""Two words a line: a key and its deed, or a name and what is told of it."""


class Group(Struct, frozen=True):
    """Some lines under a heading."""

    title: str
    rows: Rows


class HelpView(Struct, frozen=True):
    """The whole page."""

    title: str
    about: Group
    keys: tuple[Group, ...]


def help_view(version: str, folder: Path, words: Words) -> HelpView:
    """Make the page for a version of the app and its data folder."""
    about = (
        (words(N_("Version")), version),
        (words(N_("Licence")), words(N_("Apache License 2.0; the file LICENSE has its text"))),
        (words(N_("Data folder")), str(folder)),
        (words(N_("What it is")), words(N_("A notebook for scores. It makes no diagnosis."))),
    )
    return HelpView(
        title=words(N_("Keys and About")),
        about=Group(words(N_("About OMS Bedside")), about),
        keys=tuple(Group(words(AREA_TITLES[area]), key_rows((area,), words)) for area in Area),
    )


def key_rows(areas: Sequence[Area], words: Words) -> Rows:
    """Return the keys that act in some areas, each with what it does."""
    return tuple(
        (words(one.shown), words(one.deed))
        for area in areas
        for one in SHORTCUTS
        if one.area is area
    )
