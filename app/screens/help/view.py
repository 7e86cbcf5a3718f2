"""The keys by where they act, what this app is, and what can go wrong with it, in words."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from app.errors import N_, NN_
from app.hazards import SEVERITIES, Hazard, HazardPart
from app.language import Words
from widgets.shortcuts import AREA_TITLES, SHORTCUTS, Area
from widgets.values import Choice

KEYS = "keys"
"""The part of the page that is not about hazards."""
Rows = tuple[tuple[str, str], ...]
"""Two words a line: a key and its deed, or a name and what is told of it."""


class Group(Struct, frozen=True):
    """Some lines under a heading."""

    title: str
    rows: Rows


class HelpView(Struct, frozen=True):
    """One part of the page: ``choices`` are all of them, ``chosen`` is the one that shows.

    ``lead`` stands above the groups; what is on the left has the whole width where nothing is
    on the right.
    """

    title: str
    choices: tuple[Choice, ...]
    chosen: str
    lead: str
    left: tuple[Group, ...]
    right: tuple[Group, ...]


class Told(Struct, frozen=True):
    """What the page tells: the version of the app, its data folder, and the hazards."""

    version: str
    folder: Path
    hazards: tuple[HazardPart, ...]


def help_view(told: Told, chosen: str, words: Words) -> HelpView:
    """Make a part of the page: the keys with About, or the hazards of one kind."""
    hazards = next((part for part in told.hazards if part.id == chosen), None)
    left, right = _keys_and_about(told, words)
    if hazards is not None:
        left, right = tuple(_hazard(one, words) for one in hazards.hazard), ()
    return HelpView(
        title=words(N_("Help")),
        choices=(
            Choice(KEYS, words(N_("Keys and About"))),
            *(Choice(part.id, words(part.title)) for part in told.hazards),
        ),
        chosen=hazards.id if hazards else KEYS,
        lead=words(_LEAD) if hazards else "",
        left=left,
        right=right,
    )


_LEAD = N_(
    "What can go wrong, how bad it would be if nothing guarded against it, and what does. "
    "What is left to the unit, the app does not do."
)


def _keys_and_about(told: Told, words: Words) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """Return the keys in two halves; About stands first on the right."""
    keys = tuple(Group(words(AREA_TITLES[area]), key_rows((area,), words)) for area in Area)
    about = (
        (words(N_("Version")), told.version),
        (words(N_("Licence")), words(N_("Apache License 2.0; the file LICENSE has its text"))),
        (words(N_("Data folder")), str(told.folder)),
        (words(N_("What it is")), words(N_("A notebook for scores. It makes no diagnosis."))),
    )
    half = (len(keys) + 1) // 2
    return keys[:half], (Group(words(N_("About OMS Bedside")), about), *keys[half:])


def _hazard(hazard: Hazard, words: Words) -> Group:
    return Group(words(hazard.title), tuple(_hazard_rows(hazard, words)))


def _hazard_rows(hazard: Hazard, words: Words) -> Iterator[tuple[str, str]]:
    yield words(N_("Severity")), words(SEVERITIES[hazard.severity])
    for name, text in (
        (N_("Cause"), hazard.cause),
        (N_("Harm"), hazard.harm),
        (N_("What the app does"), hazard.app_does),
        (N_("Not built yet"), hazard.not_built),
        (N_("Left to the unit"), hazard.left_to_unit),
    ):
        if text:
            yield words(name), words(text)
    if hazard.tests:
        count = words.plural(NN_("{count} test", "{count} tests"), len(hazard.tests))
        yield words(N_("Held by")), count


def key_rows(areas: Sequence[Area], words: Words) -> Rows:
    """Return the keys that act in some areas, each with what it does."""
    return tuple(
        (words(one.shown), words(one.deed))
        for area in areas
        for one in SHORTCUTS
        if one.area is area
    )
